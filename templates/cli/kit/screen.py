"""Redraws lines on a terminal. Terminal modes are reset after each frame."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from . import terminal

if TYPE_CHECKING:
    import os

CLEAR_SCREEN, CLEAR_LINE, CLEAR_REST = "\x1b[2J\x1b[H", "\x1b[2K", "\x1b[J"
CUT, WRAP, PLAIN = "\x1b[?7l", "\x1b[?7h", "\x1b[0m"
"""Cut long lines, wrap long lines, and reset colours."""


class Screen:
    """The lines that were drawn last, and the size of the terminal at that time."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.drawn: Sequence[str] = ()
        self.last_size = self.size

    @property
    def size(self) -> os.terminal_size:
        """The current size of the terminal."""
        return terminal.size(self.stream)

    def draw(self, lines: Sequence[str]) -> None:
        """Draw lines in place of the last ones. There must not be more than the terminal has."""
        size = self.size
        if list(lines) == list(self.drawn) and size == self.last_size:
            return
        start = f"\r\x1b[{len(self.drawn) - 1}A" if len(self.drawn) > 1 else "\r"
        if size != self.last_size and self.drawn:
            # The terminal has rewrapped the old lines, so it is unknown where they begin.
            start = CLEAR_SCREEN
        # Lines are cleared before they are written: after a full line, the cursor is still on its last character.
        *above, last = lines
        frame = "".join(f"{CLEAR_LINE}{line}\n" for line in above) + f"{CLEAR_REST}{last}"
        self.stream.write(f"{CUT}{start}{frame}{WRAP}")
        self.stream.flush()
        self.drawn, self.last_size = lines, size

    def end(self) -> None:
        """Leave the last lines on the screen, and move below them."""
        if self.drawn:
            self.stream.write(f"{WRAP}{PLAIN}\n")
            self.stream.flush()
