"""Output to terminals: whether a stream is one, whether to use colour, and escaping of control characters."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from typing import IO, TYPE_CHECKING, Any, TextIO

import click

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .settings import Settings

# Controls of ECMA-48 (C0, DEL, C1), line separators, direction marks, and halves of surrogate pairs.
_STEERING = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


class DeclinedError(click.ClickException):
    """The confirmation was declined: not an error, but the command does nothing."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the message without "Error:"."""
        click.echo(self.message, file, err=True)


def is_terminal(stream: TextIO | None) -> bool:
    """Report whether a stream is a terminal. A closed one is None."""
    return stream is not None and not stream.closed and stream.isatty()


def size(stream: TextIO) -> os.terminal_size:
    """Return the current size of a terminal."""
    try:
        found = os.get_terminal_size(stream.fileno())
    except (OSError, ValueError):
        found = os.terminal_size((0, 0))
    if all(found):
        return found
    import shutil

    return shutil.get_terminal_size()


def can_ask() -> bool:
    """Report whether a person can be prompted."""
    return is_terminal(sys.stdin) and is_terminal(sys.stderr)


def can_move() -> bool:
    """Report whether the terminal supports moving the cursor."""
    return os.environ.get("TERM") != "dumb"


def wants_color(
    stream: TextIO | None, wanted: bool | None = None, environ: Mapping[str, str] = os.environ
) -> bool:
    """Report whether to write in colour: a flag first, then NO_COLOR, FORCE_COLOR, and TERM=dumb."""
    if wanted is not None:
        return wanted
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR", "0") not in {"", "0"}:
        return True
    return environ.get("TERM") != "dumb" and is_terminal(stream)


def printable(text: str) -> str:
    """Escape characters that could move the cursor or change the direction of text."""
    return _STEERING.sub(_escaped, text)


def printable_lines(text: str) -> str:
    """Escape such characters in a text of several lines, except line breaks and tabs."""
    return "".join(
        part if part in "\n\t" else printable(part) for part in re.split(r"([\n\t])", text)
    )


def printable_json(text: str) -> str:
    """Escape such characters in a JSON text by JSON escapes: they only occur in strings."""
    return _STEERING.sub(lambda at: at[0] if at[0] in "\n\t" else f"\\u{ord(at[0]):04x}", text)


def _escaped(at: re.Match[str]) -> str:
    code = ord(at[0])
    return _SHORT.get(at[0]) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")


def say(text: str) -> None:
    """Write a line to stderr, after flushing stdout. If flushing fails, that is reported when the program ends."""
    if sys.stdout is not None:  # pyright: ignore[reportUnnecessaryComparison]
        with contextlib.suppress(OSError):
            sys.stdout.flush()
    click.echo(printable_lines(text), err=True, color=wants_color(sys.stderr))


def hint(text: str) -> None:
    """Write a line to stderr, but only if that is a terminal."""
    if is_terminal(sys.stderr):
        say(text)


def may_ask(settings: Settings) -> bool:
    """Report whether to prompt for missing values: not with --yes, --dry-run or --curl."""
    return can_ask() and not (settings.yes or settings.dry_run or settings.curl)


def confirm(question: str, settings: Settings) -> None:
    """Ask for confirmation before data is lost. Without a terminal, --yes is required."""
    if settings.yes or settings.dry_run or settings.curl:
        return
    if not can_ask():
        raise click.UsageError(f"{question} Without a terminal, confirm with --yes.")
    where = printable(settings.base_url)
    try:
        is_wanted = click.confirm(f"{printable(question)} ({where})", err=True)
    except click.Abort as error:
        if isinstance(error.__context__, KeyboardInterrupt):
            raise
        say("")  # Ctrl-D leaves the cursor on the line of the question
        is_wanted = False
    if not is_wanted:
        raise DeclinedError("Nothing was changed.")
