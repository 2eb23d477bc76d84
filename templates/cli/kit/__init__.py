"""The command line: how arguments become a call, and answers become lines."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and exit."""
    from . import kit

    try:
        from .main import root

        sys.exit(kit.run(root))
    except KeyboardInterrupt:
        sys.exit(kit.Status.INTERRUPTED)
