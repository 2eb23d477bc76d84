"""Your own commands. This file is generated once, and never overwritten."""

from .kit import Root


def register(root: Root) -> None:
    """Add commands to root, for example root.add_command(report). A command replaces a generated one of the same name."""
