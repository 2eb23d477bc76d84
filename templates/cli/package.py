"""The command line: turns arguments into calls of the API, and prints the results."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click


def main() -> None:
    """Run the command line and exit. An interrupt while it is loading has the same exit status as later."""
    try:
        from .kit.run import run

        sys.exit(run(_load))
    except KeyboardInterrupt:
        sys.exit(130)


def _load() -> click.Command:
    from .main import root

    return root
