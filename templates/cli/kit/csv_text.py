"""Lines of CSV (RFC 4180, with LF) that a spreadsheet shows and does not run, and what such lines say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from . import table

if TYPE_CHECKING:
    from ..._core import JSON

# What a spreadsheet takes for a formula, behind any number of apostrophes that say it is none.
_FORMULA = re.compile(r"'*[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]")
_QUOTED = re.compile(r'[",\r\n]|^[ \t]|[ \t]$')

# What stands in a cell up to its end, or up to the end of the line: the quote behind it tells.
_INSIDE = re.compile(r'([^"]*(?:""[^"]*)*)("?)')
_BARE = re.compile(r"[^,\n]*")


@dataclass(frozen=True, slots=True)
class Cell:
    """The text between two commas; empty quotes are an empty text, nothing at all is no value."""

    text: str
    is_quoted: bool = False


@dataclass(slots=True)
class Row:
    """A line of cells, which goes over several lines of the file where a cell does."""

    line: int
    """The number of its first line in the file."""
    lines: list[str]
    """As written there."""
    cells: list[Cell] = field(default_factory=list[Cell])
    fault: str | None = None
    """Why it is not CSV."""


def header(columns: Sequence[str]) -> str:
    """Return the line of the names of columns."""
    return ",".join(_text(name) for name in columns)


def line(record: JSON, columns: Sequence[str]) -> str:
    """Return the line of a record."""
    return ",".join(cell(record, path) for path in columns)


def cell(record: JSON, path: str) -> str:
    """Return a member: nothing for null and where it is absent, "" for an empty text."""
    found, value = table.select(record, path)
    if not found or value is None:
        return ""
    return _text(value) if isinstance(value, str) else _quoted(table.text(value))


def _text(value: str) -> str:
    """Return a text with an apostrophe before a formula; reading it back removes one."""
    return _quoted("'" + value if _FORMULA.match(value) else value)


def _quoted(value: str) -> str:
    if value and not _QUOTED.search(value):
        return value
    return '"' + value.replace('"', '""') + '"'


def restored(value: str) -> str:
    """Return the text of a cell: without the apostrophe that a formula was given."""
    return value[1:] if value.startswith("'") and _FORMULA.match(value[1:]) else value


class Rows:
    """The rows of a text, read as its lines come; lines without a cell are left out."""

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
        """Go to the next line, if there is one."""
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
        """Return what is between quotes on this line, and whether they are closed on it."""
        inside = _INSIDE.match(self.line, self.at)
        assert inside is not None  # noqa: S101 - it matches nothing, too
        self.at = inside.end()
        return inside[1], inside[2] != ""

    def _bare(self) -> str:
        """Return what is left up to the next comma or the end of the line."""
        bare = _BARE.match(self.line, self.at)
        assert bare is not None  # noqa: S101
        self.at = bare.end()
        return bare[0] if self.line.startswith(",", self.at) else bare[0].removesuffix("\r")
