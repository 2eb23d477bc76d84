"""Reads uploaded files: CSV as spreadsheets write it, JSON and JSON lines. The types of values are not guessed."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..._core.jsontext import loads

if TYPE_CHECKING:
    from ..._core import JSON

_DELIMITERS = (",", ";", "\t", "|")
_LARGEST_CELL = 2**27


@dataclass(frozen=True)
class Row:
    """A row of a file."""

    number: int
    """The line where it begins, or its position among the JSON values."""
    cells: dict[str, JSON]
    """Texts from CSV, values from JSON. Empty cells of CSV are left out."""


@dataclass(frozen=True)
class Sheet:
    """The content of a file."""

    columns: list[str]
    rows: list[Row]
    is_text: bool
    """Its cells are texts, which have to be converted to the types of the schema."""
    note: str = ""


def read(name: str, data: bytes) -> Sheet:
    """Read a file. Raises ValueError with a reason and a position if it cannot be read."""
    text, note = _text(data)
    if name.lower().endswith((".json", ".ndjson", ".jsonl")) or text.lstrip()[:1] in {"{", "["}:
        return _json(text, note)
    return _csv(text, note)


def _text(data: bytes) -> tuple[str, str]:
    """Return the text of a file, and a note if its encoding is unusual."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16"), ""
        except UnicodeDecodeError:
            raise ValueError("The file begins like UTF-16, but is not valid UTF-16.") from None
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError as error:
        place = data.count(b"\n", 0, error.start) + 1
    try:
        note = f"Line {place} is not UTF-8; the file was read as Windows-1252. Check the special characters."
        return data.decode("cp1252"), note
    except UnicodeDecodeError:
        raise ValueError(f"Line {place} is not UTF-8. Save the file as UTF-8 first.") from None


def _csv(text: str, note: str) -> Sheet:
    if "\0" in text:
        raise ValueError("The file is not text. Save it as CSV first.")
    csv.field_size_limit(_LARGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    columns: list[str] | None = None
    rows: list[Row] = []
    begin = 1
    try:
        for cells in reader:
            if any(cells):
                if columns is None:
                    columns = _unique(cells)
                else:
                    rows.append(_row(begin, columns, cells))
            begin = reader.line_num + 1
    except csv.Error as error:
        raise ValueError(f"Line {begin}: {error}.") from None
    if columns is None:
        raise ValueError("The file is empty.")
    return Sheet(columns, rows, is_text=True, note=note)


def _delimiter(text: str) -> str:
    """Return the delimiter that gives the first line the most cells."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    counts = {each: len(next(csv.reader([first], delimiter=each))) for each in _DELIMITERS}
    return max(_DELIMITERS, key=lambda each: counts[each])


def _row(number: int, columns: Sequence[str], cells: Sequence[str]) -> Row:
    if len(cells) > len(columns) and any(cells[len(columns) :]):
        raise ValueError(f"Line {number} has {len(cells)} cells, the first one {len(columns)}.")
    found = zip(columns, cells, strict=False)
    return Row(number, {name: cell for name, cell in found if cell != ""})


def _unique(names: Sequence[str]) -> list[str]:
    """Return the names of columns, made unique and not empty."""
    found: list[str] = []
    for at, name in enumerate(names, 1):
        base = name.strip() or f"Column {at}"
        candidate, number = base, 2
        while candidate in found:
            candidate, number = f"{base} ({number})", number + 1
        found.append(candidate)
    return found


def _json(text: str, note: str) -> Sheet:
    try:
        value = loads(text)
        listed = value if isinstance(value, list) else [value]
    except ValueError as error:
        listed = _lines(text, error)
    rows = [Row(number, _object(number, each)) for number, each in enumerate(listed, 1)]
    columns = list(dict.fromkeys(name for row in rows for name in row.cells))
    if not rows:
        raise ValueError("The file is empty.")
    return Sheet(columns, rows, is_text=False, note=note)


def _lines(text: str, error: ValueError) -> list[JSON]:
    """Parse JSON lines. If it does not look like them, raise the error for the whole text."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if len(lines) < 2 or lines[0][1].strip() in {"[", "{"}:
        raise ValueError(f"The file is not JSON: {error}.") from None
    found: list[JSON] = []
    for number, line in lines:
        try:
            found.append(loads(line))
        except ValueError as fault:
            raise ValueError(f"Line {number} is not JSON: {fault}.") from None
    return found


def _object(number: int, value: JSON) -> dict[str, JSON]:
    if not isinstance(value, dict):
        raise ValueError(f"Value {number} is not an object.")
    return value
