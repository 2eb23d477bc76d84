"""Maps the cells of a CSV file to the members of a record, by the path and type of each column.

The reverse of csv_text.line. CSV cannot distinguish null from absent: an empty cell omits the member, unless the member
is required and may be null. An empty string is written "".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .body import Builder, Change, put
from .csv_text import Cell, Row, restored
from .params import shown, typed, utf8

if TYPE_CHECKING:
    from ..._core import JSON
    from ..._core.forms import Forms

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column, which is a member of records."""

    name: str
    path: Path
    kinds: frozenset[str]
    lists: frozenset[Path]
    """The prefixes of the path that are lists."""
    is_required: bool

    def fill(self, record: JSON, cell: Cell) -> None:
        """Set the member to the value of a cell."""
        if cell.text or (cell.is_quoted and "string" in self.kinds):
            put(record, Change(self.path, self._value(cell.text), self.name, self.lists))
        elif self.is_required and "null" in self.kinds:
            put(record, Change(self.path, None, self.name, self.lists))

    def _value(self, text: str) -> JSON:
        if "string" in self.kinds and (plain := restored(text)) != text:
            return utf8(plain)
        if self.kinds <= {"boolean", "null"}:
            text = text.lower()  # a spreadsheet writes TRUE
        try:
            return typed(text, self.kinds)
        except ValueError as error:
            raise ValueError(f"{self.name}: {error}") from None


class Columns:
    """The columns of a file. Raises ValueError if the header or a row is not valid."""

    def __init__(self, header: Row, builder: Builder) -> None:
        _check(header)
        form, of = (builder.forms.named(name) for name in (builder.form.name, builder.form.of))
        required = builder.forms.required(form)
        self.columns: list[Column] = []
        for number, cell in enumerate(header.cells, 1):
            name = restored(utf8(cell.text if cell.is_quoted else cell.text.strip()))
            if not name and not cell.is_quoted:
                raise ValueError(f"column {number} has no name")
            if any(column.name == name for column in self.columns):
                raise ValueError(f"two columns are called {shown(name)}")
            path = path_of(builder.forms, {"allOf": [form, of]}, name)
            is_required = len(path) == 1 and name in required
            kinds, lists = builder.kinds(path), builder.lists(path)
            self.columns.append(Column(name, path, kinds, lists, is_required))
        _check_commas(header, self.columns, builder.forms.names({"allOf": [form, of]}))

    def record(self, row: Row) -> JSON:
        """Return the record of a row."""
        _check(row)
        if len(row.cells) != len(self.columns):
            raise ValueError(f"{len(row.cells)} cells under {len(self.columns)} columns")
        record: JSON = {}
        for column, cell in zip(self.columns, row.cells, strict=True):
            column.fill(record, cell)
        return record


def _check_commas(header: Row, columns: list[Column], known: Mapping[str, None]) -> None:
    """Refuse a single column that looks like several: with another separator, or with other line ends."""
    cell = header.cells[0]
    if len(columns) > 1 or cell.is_quoted or columns[0].name in known:
        return
    if "\r" in cell.text:
        raise ValueError("the lines end with CR alone; CSV needs LF or CR LF")
    for mark, word in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
        if mark in cell.text:
            raise ValueError(f"there are {word} between the columns, but CSV needs commas")


def _check(row: Row) -> None:
    if row.fault is not None:
        raise ValueError(row.fault)


def path_of(forms: Forms, schema: JSON, name: str) -> Path:
    """Return the path that a column name stands for. A dot is part of a member's name only if the schema has such a name."""
    known = forms.names(schema)
    dots = [at for at, mark in enumerate(name) if mark == "."]
    if name in known or not dots:
        return (name,)
    inside = next((at for at in dots if name[:at] in known), None)
    if inside is None and forms.member(schema, name) is not None:
        return (name,)
    at = dots[0] if inside is None else inside
    return (name[:at], *path_of(forms, forms.member(schema, name[:at]), name[at + 1 :]))
