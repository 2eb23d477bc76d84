"""The file of failed records, unchanged and in the format of the imported file.

It is valid after each record, and does not exist if nothing failed. An import that is continued with --skip appends to it.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..._core import differences
from . import documents, yaml_text
from .records import UnreadableError

if TYPE_CHECKING:
    from .records import Record, Records


class Rejects:
    """Writes the records that failed."""

    def __init__(self, file: str, records: Records, *, goes_on: bool) -> None:
        self.path = Path(file)
        self.records = records
        with self._named():
            if self.path.exists() and records.is_of(self.path):
                raise click.UsageError(f"--failed {file}: this is the file being imported.")
            self.is_empty = not (goes_on and self.path.is_file() and self.path.stat().st_size)
            mode = "w" if self.is_empty else "r+"
            self.out = self.path.open(mode, encoding="utf-8", errors="surrogateescape", newline="")
            if not self.is_empty:
                self._go_to_end()

    def write(self, record: Record) -> None:
        """Add a record."""
        with self._named():
            if self.records.format == "json":
                self.out.write(("[\n" if self.is_empty else ",\n") + record.text)
                end = self.out.tell()
                self.out.write("\n]\n")
                self.out.flush()
                self.out.seek(end)
            else:
                self.out.write(_line(self.records.header) if self.is_empty else "")
                is_yaml = self.records.format == "yaml"
                self.out.write(_item(record) if is_yaml else _line(record.text))
                self.out.flush()
        self.is_empty = False

    def close(self) -> None:
        """Close the file, and remove it if nothing failed."""
        with self._named():
            self.out.close()
            if self.is_empty and self.path.is_file() and not self.path.is_symlink():
                self.path.unlink()

    def _go_to_end(self) -> None:
        self.out.seek(0, os.SEEK_END)
        if self.records.format == "json":
            self.out.seek(0)
            begin, bracket, behind = self.out.read().rpartition("]")
            if not bracket or behind.strip():
                raise click.UsageError(
                    f"--failed {self.path}: it holds no list that could be continued."
                )
            self.out.seek(0)
            self.out.write(begin.rstrip())

    @contextlib.contextmanager
    def _named(self) -> Generator[None]:
        """Name the file in errors of the operating system."""
        try:
            yield
        except OSError as error:
            raise click.ClickException(f"{self.path}: {error.strerror or error}") from error


def _line(text: str) -> str:
    return text if not text or text.endswith("\n") else f"{text}\n"


def _item(record: Record) -> str:
    """Return a record as an item of a YAML list: as it was written, unless it has another meaning out of context."""
    text = record.text
    with contextlib.suppress(UnreadableError):
        value = record.read()
        try:
            is_whole = differences.is_same(documents.interpret(text, ""), value)
        except click.UsageError:
            is_whole = False
        text = text if is_whole else yaml_text.dump(value)
    return "- " + re.sub(r"\n(?=[^\n])", "\n  ", text)
