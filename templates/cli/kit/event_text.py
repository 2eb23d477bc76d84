"""The lines of watch for people: the time, the change, the record, and the differences."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from ..._core import differences
from . import paths, table, terminal

if TYPE_CHECKING:
    from ..._core import JSON, Event
    from .output import View

KIND = len("updated")
"""How wide the word for an event is made, so that what follows forms a column."""

MAX_TEXT = 40
"""How many characters of a value are shown."""

BEFORE = 10
"""How many of them precede the first one that differs."""


def line(event: Event[JSON], view: View, before: JSON, columns: Sequence[str] = ()) -> str:
    """Return the line of an event. Columns are told with their names: one that a record has not shifts no other."""
    data = event.data if event.data is not None else before
    parts = [clock(event.time), f"{event.kind:{KIND}}", _name(event, view, data)]
    if columns:
        known = (path for path in columns if table.select(data, path)[0])
        parts.append(
            "; ".join(f"{terminal.printable(path)}: {table.cell(data, path)}" for path in known)
        )
    elif event.kind != "deleted" and isinstance(before, Mapping) and isinstance(data, Mapping):
        parts.append(told(differences.members(before, data)))
    elif data is not None and not isinstance(data, Mapping):
        parts.append(terminal.printable(table.text(data)))
    return "  ".join(part for part in parts if part).rstrip()


def _name(event: Event[JSON], view: View, data: JSON) -> str:
    """Return what a record is called, else its key."""
    names = (table.cell(data, path) for path in (view.label, view.key) if path is not None)
    return next((name for name in names if name), terminal.printable(event.key or ""))


def clock(when: str | None) -> str:
    """Return a time as a clock here shows it, with the date if that is another day; without a time, now."""
    now = datetime.datetime.now().astimezone()
    try:
        time = datetime.datetime.fromisoformat(when).astimezone() if when else now
    except (ValueError, OverflowError):
        return terminal.printable(when or "")
    return time.strftime("%H:%M:%S" if time.date() == now.date() else "%Y-%m-%d %H:%M:%S")


def arrow(before: str | None, after: str | None) -> str:
    """Return two values, None for one that is absent; of long ones, what is around the first difference."""
    one, other = (text if text is not None else "absent" for text in (before, after))
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    start = max(same - BEFORE, 0) if max(len(one), len(other)) > MAX_TEXT else 0
    return f"{_part(one, start)} -> {_part(other, start)}"


def told(
    pairs: Iterable[tuple[tuple[str, ...], str | None, str | None]],
) -> str:
    """Return what differs on one line, by the paths of it."""
    return "; ".join(f"{paths.told(path)}: {arrow(one, other)}" for path, one, other in pairs)


def _part(text: str, start: int) -> str:
    end = start + MAX_TEXT
    return ("…" if start else "") + text[start:end] + ("…" if len(text) > end else "")
