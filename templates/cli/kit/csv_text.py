"""Writes and reads CSV (RFC 4180, but with LF) in which no cell is a formula to a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from . import table

if TYPE_CHECKING:
    from ..._core import JSON

# What a spreadsheet treats as a formula, after any number of apostrophes, which mark text.
_FORMULA = re.compile(r"'*[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]")
_QUOTED = re.compile(r'[",\r\n]|^[ \t]|[ \t]$')

# The text of a quoted cell up to the closing quote, if it is on this line.
_INSIDE = re.compile(r'([^"]*(?:""[^"]*)*)("?)')
_BARE = re.compile(r"[^,\n]*")


@dataclass(frozen=True, slots=True)
class Cell:
    """The text between two commas. Empty quotes are an empty string; an empty cell without quotes is no value."""

    text: str
    is_quoted: bool = False


@dataclass(slots=True)
class Row:
    """A row of cells, which spans several lines of the file if a cell does."""

    line: int
    """The number of its first line in the file."""
    lines: list[str]
    """Its lines as written in the file."""
    cells: list[Cell] = field(default_factory=list[Cell])
    fault: str | None = None
    """Why it is not valid CSV."""


def header(columns: Sequence[str]) -> str:
    """Return the header line."""
    return ",".join(_text(name) for name in columns)


def line(record: JSON, columns: Sequence[str]) -> str:
    """Return the line for a record."""
    return ",".join(cell(record, path) for path in columns)


def cell(record: JSON, path: str) -> str:
    """Return the cell for a member: empty if it is null or absent, "" for an empty string."""
    found, value = table.select(record, path)
    if not found or value is None:
        return ""
    return _text(value) if isinstance(value, str) else _quoted(table.text(value))


def _text(value: str) -> str:
    """Return the cell for a string. A formula is prefixed with an apostrophe, which is removed when it is read."""
    return _quoted("'" + value if _FORMULA.match(value) else value)


def _quoted(value: str) -> str:
    if value and not _QUOTED.search(value):
        return value
    return '"' + value.replace('"', '""') + '"'


def restored(value: str) -> str:
    """Return the string in a cell, without the apostrophe that was put before a formula."""
    return value[1:] if value.startswith("'") and _FORMULA.match(value[1:]) else value


class Rows:
    """The rows of a CSV text, read line by line. Blank lines are skipped."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines = lines
        self.number = 0
        self.line = ""
        self.at = 0

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows."""
        while self._has_next():
            if self.line.strip("\r\n"):
                yield self._row()

    def _has_next(self) -> bool:
        """Go to the next line, and report whether there is one."""
        self.line, self.at = next(self.lines, ""), 0
        self.number += 1
        return self.line != ""

    def _row(self) -> Row:
        row = Row(self.number, [self.line])
        row.cells.append(self._cell(row))
        while self.line.startswith(",", self.at):
            self.at += 1
            row.cells.append(self._cell(row))
        return row

    def _cell(self, row: Row) -> Cell:
        if not self.line.startswith('"', self.at):
            return Cell(self._bare())
        self.at += 1
        parts: list[str] = []
        while not (inside := self._inside())[1]:
            parts.append(inside[0])
            if not self._has_next():
                row.fault = "a quote is not closed"
                return Cell("".join(parts), is_quoted=True)
            row.lines.append(self.line)
        if self._bare():
            row.fault = "there is text between a closing quote and the next comma"
        return Cell("".join([*parts, inside[0]]).replace('""', '"'), is_quoted=True)

    def _inside(self) -> tuple[str, bool]:
        """Return the quoted text on this line, and whether the quote is closed on it."""
        inside = _INSIDE.match(self.line, self.at)
        assert inside is not None  # noqa: S101 - it also matches the empty string
        self.at = inside.end()
        return inside[1], inside[2] != ""

    def _bare(self) -> str:
        """Return the text up to the next comma or the end of the line."""
        bare = _BARE.match(self.line, self.at)
        assert bare is not None  # noqa: S101
        self.at = bare.end()
        return bare[0] if self.line.startswith(",", self.at) else bare[0].removesuffix("\r")
