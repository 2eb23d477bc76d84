"""The command line: how arguments become a call, and answers become lines."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click


def main() -> None:
    """Run the command line and exit. What interrupts the loading of it is told by the status, too."""
    try:
        from .kit.run import run

        sys.exit(run(_load))
    except KeyboardInterrupt:
        sys.exit(130)


def _load() -> click.Command:
    from .main import root

    return root
