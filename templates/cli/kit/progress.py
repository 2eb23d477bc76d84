"""A progress bar on a terminal. Without a terminal, nothing is drawn."""

from __future__ import annotations

import sys
import time

import click

from . import terminal

BAR = 24
"""The width of the bar in characters."""
PAUSE = 0.1
"""The least seconds between two updates."""


class Progress:
    """A progress line on stderr. Clear it before anything else is written there."""

    def __init__(self, *, is_shown: bool = True) -> None:
        self.is_shown = is_shown and terminal.is_terminal(sys.stderr)
        self.width = 0
        """The length of the current line."""
        self.next = 0.0

    def __enter__(self) -> Progress:
        """Return the progress bar."""
        return self

    def __exit__(self, *_: object) -> None:
        """Remove the line."""
        self.clear()

    def show(self, text: str, share: float | None = None) -> None:
        """Show the progress; share is from 0 to 1, if it is known."""
        now = time.monotonic()
        if self.is_shown and now >= self.next:
            self.next = now + PAUSE
            bar = "" if share is None else f"[{'#' * int(share * BAR):-<{BAR}}] {share:4.0%}  "
            room = terminal.size(sys.stderr).columns - 1
            self._draw((bar + terminal.printable(text))[:room])

    def clear(self) -> None:
        """Remove the line."""
        if self.width:
            self._draw("")
            click.echo("\r", nl=False, err=True)

    def _draw(self, line: str) -> None:
        click.echo(f"\r{line:<{self.width}}", nl=False, err=True)
        self.width = len(line)
