"""Records as columns: which members are shown, what stands in a cell, how a table is drawn."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, TextIO

from . import terminal

if TYPE_CHECKING:
    from ..._core import JSON

Rows = Sequence[Sequence[str]]


def select(record: JSON, path: str) -> tuple[bool, JSON]:
    """Return whether the record has the member, and the member; dots lead into objects."""
    if not isinstance(record, Mapping):
        return False, None
    if path in record:
        return True, record[path]
    first, dot, rest = path.partition(".")
    while dot:
        if first in record:
            return select(record[first], rest)
        step, dot, rest = rest.partition(".")
        first = f"{first}.{step}"
    return False, None


def members(records: Iterable[JSON]) -> tuple[str, ...]:
    """Return the names of all members of the records, in the order in which they come."""
    names: dict[str, None] = {}
    for record in records:
        if isinstance(record, Mapping):
            names.update(dict.fromkeys(record))
    return tuple(names)


def text(value: JSON) -> str:
    """Return the value as a person reads it; objects and lists as JSON."""
    from ..._core import dumps

    return value if isinstance(value, str) else dumps(value)


def cell(record: JSON, path: str) -> str:
    """Return what a table shows of a member: nothing where it is absent, and one line otherwise."""
    found, value = select(record, path)
    return terminal.printable(text(value)) if found else ""


def rows(records: Sequence[JSON], columns: Sequence[str]) -> list[list[str]]:
    """Return a row of cells for each record."""
    return [[cell(record, path) for path in columns] for record in records]


def are_numbers(records: Sequence[JSON], path: str) -> bool:
    """Report whether a column holds nothing but numbers, and is aligned to the right."""
    values = [value for found, value in (select(record, path) for record in records) if found]
    return bool(values) and all(_is_number(value) for value in values)


def _is_number(value: JSON) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def width(shown: str) -> int:
    """Return how many columns of a terminal the text takes."""
    return sum(
        0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in "WF" else 1
        for one in shown
    )


def lines(header: Sequence[str], body: Rows, numbers: Sequence[bool]) -> Iterator[str]:
    """Yield a table at its full width, however wide that is: nothing is cut."""
    table = [header, *body]
    widths = [max(map(width, column)) for column in zip(*table, strict=True)]
    for row in table:
        cells = [
            " " * (wide - width(shown)) + shown if right else shown + " " * (wide - width(shown))
            for shown, wide, right in zip(row, widths, numbers, strict=True)
        ]
        yield "  ".join(cells).rstrip()


def draw(
    stream: TextIO, header: Sequence[str], body: Rows, numbers: Sequence[bool], *, color: bool
) -> None:
    """Draw a table on a terminal, as wide as that is: long cells continue on the next line."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold" if color else "")
    for name, right in zip(header, numbers, strict=True):
        table.add_column(Text(name), justify="right" if right else "left", overflow="fold")
    for row in body:
        table.add_row(*map(Text, row))
    Console(
        file=stream,
        force_terminal=color,
        no_color=not color,
        color_system="standard" if color else None,
        highlight=False,
        markup=False,
        emoji=False,
    ).print(table)
