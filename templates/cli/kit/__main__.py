"""python -m PACKAGE.cli runs the command line."""

from . import main

main()
