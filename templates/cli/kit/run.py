"""Runs the program as a process: its streams, its signals, and the status that it exits with."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial

import click

from . import terminal

FAILED, INTERRUPTED = 1, 130


def run(load: Callable[[], click.Command], args: Sequence[str] | None = None) -> int:
    """Load the program, run it, and return its exit status. Loading may be interrupted too."""
    try:
        prepare_streams()
        status = _call(load, args)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _discard(1)
        return FAILED
    except OSError as error:
        _discard(1)
        return _failed(_cause(error))
    return status


def _call(load: Callable[[], click.Command], args: Sequence[str] | None) -> int:
    try:
        result = load().main(args, standalone_mode=False)
    except click.Abort as error:
        if isinstance(error.__context__, KeyboardInterrupt):
            return INTERRUPTED
        return _failed("aborted")
    except click.ClickException as error:
        sys.stdout.flush()
        _write_error(partial(_show, error))
        return int(error.exit_code)
    return result if isinstance(result, int) else 0


def _show(error: click.ClickException) -> None:
    """Show an error. Click's messages may contain file names and arguments, so control characters are escaped."""
    if type(error).show not in {click.ClickException.show, click.UsageError.show}:
        error.show()
        return
    text = io.StringIO()
    error.show(text)
    click.echo(terminal.printable_lines(text.getvalue()), nl=False, err=True)


def _failed(message: str) -> int:
    _write_error(lambda: click.echo(f"Error: {message}", err=True))
    return FAILED


def _write_error(show: Callable[[], None]) -> None:
    """Write to stderr, if that is possible."""
    try:
        show()
        sys.stderr.flush()
    except OSError:
        _discard(2)


def _cause(error: OSError) -> str:
    cause = error.strerror or str(error)
    if error.filename is not None:
        return f"{error.filename}: {cause}"
    return f"cannot write the output: {cause}"


def _discard(descriptor: int) -> None:
    """Discard what is still in a buffer, so that the end of the process does not fail on it."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), descriptor)


class Closed(io.TextIOBase):
    """The stdout of a process that was started without one: help and results cannot be written."""

    def write(self, s: str, /) -> int:
        """Refuse."""
        raise OSError(errno.EBADF, "standard output is closed")


def prepare_streams() -> None:
    """Make the standard streams accept any text, however the process was started."""
    _occupy_descriptors()
    if sys.stdin is None:  # pyright: ignore[reportUnnecessaryComparison]
        sys.stdin = os.fdopen(0, "r", closefd=False)
    if sys.stderr is None:  # pyright: ignore[reportUnnecessaryComparison]
        sys.stderr = os.fdopen(2, "w", closefd=False)
    if sys.stdout is None:  # pyright: ignore[reportUnnecessaryComparison]
        sys.stdout = Closed()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # In a pipe or a file, the output is UTF-8 with LF, whatever the locale and the platform.
            encoding = stream.encoding if stream.isatty() else "utf-8"
            newline = None if stream.isatty() else "\n"
            stream.reconfigure(encoding=encoding, errors="backslashreplace", newline=newline)


def _occupy_descriptors() -> None:
    """Reopen closed standard descriptors, since otherwise the next socket or file would get their numbers."""
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
