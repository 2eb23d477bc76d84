"""Records as tables: selects members, formats cells, and draws tables."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, TextIO, cast

from . import terminal

if TYPE_CHECKING:
    from rich.table import Table

    from ..._core import JSON

Rows = Sequence[Sequence[str]]

GAP = "  "
"""The separator of columns."""
MIN_CELL = 12
"""The narrowest that a cut column may be, in characters."""
MIN_TEXT, MAX_WORD = 24, 40
"""The least width of a column of long texts, and the longest word that is not broken."""


def select(record: JSON, path: str) -> tuple[bool, JSON]:
    """Return whether a record has the member at a dotted path, and the member."""
    found = _find(record, path)
    return (False, None) if found is None else (True, found[1])


def _find(record: JSON, path: str) -> tuple[tuple[str, ...], JSON] | None:
    """Return the names on the path of a member, and the member, if the record has it."""
    if not isinstance(record, Mapping):
        return None
    if path in record:
        return (path,), record[path]
    first, dot, rest = path.partition(".")
    while dot:
        if first in record:
            found = _find(record[first], rest)
            return None if found is None else ((first, *found[0]), found[1])
        step, dot, rest = rest.partition(".")
        first = f"{first}.{step}"
    return None


def pick(value: JSON, paths: Sequence[str]) -> JSON:
    """Return a record, or each record of a list, with only the members at these paths."""
    if isinstance(value, list):
        return [pick(item, paths) for item in value]
    if not isinstance(value, dict):
        return value
    picked: dict[str, JSON] = {}
    whole: set[tuple[str, ...]] = set()
    for found in (_find(value, path) for path in paths):
        if found is None or any(found[0][:end] in whole for end in range(len(found[0]))):
            continue
        *above, name = found[0]
        here = picked
        for step in above:
            here = cast("dict[str, JSON]", here.setdefault(step, {}))
        here[name] = found[1]
        whole.add(found[0])
    return picked


def members(records: Iterable[JSON]) -> tuple[str, ...]:
    """Return the names of all members of the records, in order of appearance."""
    names: dict[str, None] = {}
    for record in records:
        if isinstance(record, Mapping):
            names.update(dict.fromkeys(record))
    return tuple(names)


def text(value: JSON) -> str:
    """Return a value as text: strings without quotes, everything else as JSON."""
    from ..._core import dumps

    return value if isinstance(value, str) else dumps(value)


def cell(record: JSON, path: str) -> str:
    """Return the cell for a member: one line, with the items of a plain list separated by commas; "" if it is absent."""
    found, value = select(record, path)
    if not found:
        return ""
    if isinstance(value, list) and not any(isinstance(item, dict | list) for item in value):
        return terminal.printable(", ".join(map(text, value)))
    return terminal.printable(text(value))


def rows(records: Sequence[JSON], columns: Sequence[str]) -> list[list[str]]:
    """Return a row of cells for each record."""
    return [[cell(record, path) for path in columns] for record in records]


def are_numbers(records: Sequence[JSON], path: str) -> bool:
    """Report whether a column contains only numbers, and is right-aligned."""
    values = [value for found, value in (select(record, path) for record in records) if found]
    return bool(values) and all(_is_number(value) for value in values)


def _is_number(value: JSON) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def width(shown: str) -> int:
    """Return the width of a text in terminal columns."""
    return sum(
        0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in "WF" else 1
        for one in shown
    )


def cut(shown: str, room: int) -> str:
    """Return a text, cut to the available width."""
    if width(shown) <= room:
        return shown
    kept = shown[: max(room, 0)]
    while kept and width(kept) >= room:
        kept = kept[:-1]
    return f"{kept}…"


def lines(header: Sequence[str], body: Rows, numbers: Sequence[bool]) -> Iterator[str]:
    """Yield the lines of a table at its full width: nothing is cut."""
    table = [header, *body]
    widths = [max(map(width, column)) for column in zip(*table, strict=True)]
    for row in table:
        cells = [
            " " * (wide - width(shown)) + shown if right else shown + " " * (wide - width(shown))
            for shown, wide, right in zip(row, widths, numbers, strict=True)
        ]
        yield GAP.join(cells).rstrip()


def columns_that_fit(
    header: Sequence[str], body: Rows, kept: Collection[int], room: int
) -> list[int]:
    """Return the columns that fit without breaking words. Those not in kept are dropped, the widest first."""
    needed = [_min_width(column) for column in zip(header, *body, strict=True)]
    shown = list(range(len(header)))
    while sum(needed[each] + len(GAP) for each in shown) - len(GAP) > room:
        others = [each for each in shown if each not in kept]
        if not others:
            break
        shown.remove(max(others, key=lambda each: (needed[each], each)))
    return shown


def _min_width(column: Sequence[str]) -> int:
    """Return the least width of a column: a key stays in one piece, a text of several words can be wrapped."""
    words = max((width(word) for shown in column for word in shown.split()), default=0)
    return max(min(words, MAX_WORD), min(max(map(width, column)), MIN_TEXT), 1)


def draw(
    stream: TextIO, header: Sequence[str], body: Rows, numbers: Sequence[bool], *, color: bool
) -> None:
    """Draw a table at the width of the terminal. Long cells are wrapped, and nothing is cut."""
    room = terminal.size(stream).columns
    table = _table(header, body, numbers, color=color)
    found = widths(header, body, room)
    for column, wide in zip(table.columns, found, strict=True):
        column.width = wide
    taken = sum(found) + len(GAP) * (len(found) - 1)
    _print(stream, table, color=color, width=max(room, taken))


def widths(header: Sequence[str], body: Rows, room: int) -> list[int]:
    """Return the widths of the columns. Texts are wrapped at blanks; words are broken only if they do not all fit."""
    columns = list(zip(header, *body, strict=True))
    room -= len(GAP) * (len(columns) - 1)
    full = [max(1, *map(width, column)) for column in columns]
    words = [
        max((width(word) for one in column for word in one.split()), default=1)
        for column in columns
    ]
    for least in (list(map(_min_width, columns)), words):
        found = [min(pair) for pair in zip(least, full, strict=True)]
        if sum(found) <= room:
            for _ in range(min(room, sum(full)) - sum(found)):
                lacking = [whole - wide for whole, wide in zip(full, found, strict=True)]
                found[lacking.index(max(lacking))] += 1
            return found
    found = words
    for _ in range(sum(found) - max(room, len(found))):
        found[found.index(max(found))] -= 1
    return found


def picture(  # noqa: PLR0913 - keyword arguments
    header: Sequence[str],
    body: Rows,
    numbers: Sequence[bool],
    *,
    color: bool,
    width: int,
    bold: Collection[int],
) -> list[str]:
    """Return a table of at most a width, with one line per row: long cells are cut. Some rows are bold if colour is on.

    Columns that do not fit are omitted; the last heading says how many.
    """
    shown = _fitting(header, body, width)
    if shown < len(header):
        shown = _fitting(header, body, width - len(GAP) - len("+99"))
        header = [*header[:shown], f"+{len(header) - shown}"]
        body = [[*row[:shown], ""] for row in body]
        numbers = [*numbers[:shown], False]
    out = io.StringIO()
    _print(
        out,
        _table(header, body, numbers, color=color, bold=bold, is_cut=True),
        color=color,
        width=width,
    )
    return out.getvalue().rstrip("\n").split("\n")


def _fitting(header: Sequence[str], body: Rows, room: int) -> int:
    """Return how many columns fit legibly on a line, at least one."""
    taken = 0
    for count, column in enumerate(zip(header, *body, strict=True)):
        taken += min(max(map(width, column)), MIN_CELL)
        if count and taken > room:
            return count
        taken += len(GAP)
    return len(header)


def _table(  # noqa: PLR0913 - the arguments of picture
    header: Sequence[str],
    body: Rows,
    numbers: Sequence[bool],
    *,
    color: bool,
    bold: Collection[int] = (),
    is_cut: bool = False,
) -> Table:
    from rich.table import Table
    from rich.text import Text

    def cell(shown: str) -> Text:
        return Text(shown, no_wrap=True, overflow="ellipsis") if is_cut else Text(shown)

    table = Table(box=None, pad_edge=False, header_style="bold" if color else "")
    for name, right in zip(header, numbers, strict=True):
        table.add_column(cell(name), justify="right" if right else "left", overflow="fold")
    for index, row in enumerate(body):
        table.add_row(*map(cell, row), style="bold" if color and index in bold else "")
    return table


def _print(stream: TextIO, table: Table, *, color: bool, width: int | None = None) -> None:
    from rich.console import Console

    Console(
        file=stream,
        width=width,
        force_terminal=color,
        no_color=not color,
        color_system="standard" if color else None,
        highlight=False,
        markup=False,
        emoji=False,
    ).print(table)
