"""python -m desk."""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click


def main() -> int:
    """Run the command line."""
    try:
        from .cli.kit.run import run

        return run(_load)
    except KeyboardInterrupt:
        return 130


def _load() -> "click.Command":
    from .cli.main import root

    return root


if __name__ == "__main__":
    sys.exit(main())
