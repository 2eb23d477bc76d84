"""The entry points of the package: python -m PACKAGE runs the command line."""

from __future__ import annotations

import importlib
import importlib.util
import sys


def main() -> None:
    """Run the command line and exit."""
    _run("cli", "command line")


def ui() -> None:
    """Run the web interface and exit."""
    _run("ui", "web interface")


def _run(part: str, title: str) -> None:
    """Run main of a part, or report that it is missing: firestone -t python generates only the client."""
    package = __spec__.parent if __spec__ else __package__
    if importlib.util.find_spec(f"{package}.{part}") is None:
        sys.exit(f"{package} was generated without its {title}")
    importlib.import_module(f"{package}.{part}").main()


if __name__ == "__main__":
    main()
