"""Start the web interface: python -m PACKAGE.ui."""

from . import main

if __name__ == "__main__":
    main()
