"""Your own commands: this file is generated once, and never overwritten."""

from .kit import Root


def register(root: Root) -> None:
    """Add commands to root, for example root.add_command(report). One of the same name replaces a generated one."""
