"""`export`: writes all records of a list to a file or to stdout. A file is either complete or unchanged."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import secrets
import shutil
import sys
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, cast

import click

from . import config, records, terminal, values
from .output import Output
from .progress import Progress

if TYPE_CHECKING:
    from ..._core import JSON, Pages
    from .app import App

FORMATS = ", ".join(values.RECORD_FORMATS)


class Export:
    """One run of an export command."""

    def __init__(self, app: App, given: Mapping[str, object]) -> None:
        self.app = app
        self.file = None if given["file"] == values.STANDARD_INPUT else str(given["file"])
        self.limit = cast("int | None", given.get("max_items"))
        flags = config.given(app.ctx)
        self.format = str(flags.get("output") or self._format_from_name())
        self.columns = cast("tuple[str, ...]", flags.get("columns", ()))
        self.count = 0
        self._check()

    def _format_from_name(self) -> str:
        """Return the format indicated by the name of the file; without a suffix there is none."""
        found = records.format_of(self.file or "")
        suffix = Path(self.file or "").suffix
        if found is None and suffix and not _is_special(Path(self.file or "")):
            message = f"{self.file}: {suffix} is not a format: export writes {FORMATS}; choose one with -o."
            raise click.UsageError(message, self.app.ctx)
        return found or "ndjson"

    def _check(self) -> None:
        fault = None
        if self.format not in values.RECORD_FORMATS:
            fault = f"-o {self.format}: export writes {FORMATS}."
        elif self.columns and self.format != "csv":
            fault = f"--columns is for CSV; {self.format} holds whole records."
        elif self.app.settings.query is not None:
            fault = "export writes whole records; list --all takes a --query."
        if fault is not None:
            raise click.UsageError(fault, self.app.ctx)

    def run(self, pages: Pages[Any]) -> None:
        """Write the records, and report how many there were."""
        if self.file is None:
            self._write(pages, sys.stdout)
            return
        with self._report_result(self.file), atomic_writer(self.file) as out:
            self._write(pages, out)

    def _write(self, pages: Pages[Any], out: TextIO) -> None:
        settings = dataclasses.replace(
            self.app.settings, output=self.format, columns=self.columns, query=None
        )
        self.app.output = Output(settings, out)
        with Progress(is_shown=not self.app.output.is_terminal) as progress:
            self.app.output.items(self._followed(pages, progress), self.app.view)

    def _followed(self, pages: Pages[Any], progress: Progress) -> Iterator[JSON]:
        for record in pages:
            yield record
            self.count += 1
            expected = min(pages.total, self.limit or pages.total) if pages.total else None
            progress.show(self.counted, min(self.count / expected, 1) if expected else None)
        progress.clear()

    @contextlib.contextmanager
    def _report_result(self, file: str) -> Generator[None]:
        """Report whether the file was written."""
        from ..._core import APIError

        state = "is unchanged" if Path(file).exists() else "was not written"
        try:
            yield
        except (APIError, KeyboardInterrupt):
            terminal.say(f"{file} {state}: {self.counted} had arrived.")
            raise
        terminal.say(f"{self.counted} in {file}")

    @property
    def counted(self) -> str:
        """The number of records so far, with a noun: 250 books."""
        return self.app.counted(self.count)


@contextlib.contextmanager
def atomic_writer(file: str) -> Generator[TextIO]:
    """Open a file for writing. It is replaced when the new one is complete; a device or a pipe is written to directly."""
    try:
        with _opened(Path(file)) as out:
            yield out
    except BrokenPipeError:
        raise
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror or error}") from error


def _is_special(file: Path) -> bool:
    """Report whether a file is a device or a pipe."""
    return file.exists() and not file.is_file()


@contextlib.contextmanager
def _opened(file: Path) -> Generator[TextIO]:
    if _is_special(file):
        with file.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as out:
            yield out
        return
    target = file.resolve()
    part = target.with_name(f".export-{secrets.token_hex(8)}")
    try:
        with part.open("x", encoding="utf-8", errors="backslashreplace", newline="\n") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        if target.exists():
            shutil.copymode(target, part)
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
