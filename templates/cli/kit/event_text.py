"""Formats events for people, one per line: the time, the change, the record, and the differences."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from ..._core import differences
from . import paths, table, terminal

if TYPE_CHECKING:
    from ..._core import JSON, Event
    from .output import View

KIND_WIDTH = len("updated")
"""The width of the kind of an event, so that the text after it is aligned."""

MAX_TEXT = 40
"""How many characters of a value are shown."""

CONTEXT = 10
"""How many characters before the first difference are shown."""


def line(event: Event[JSON], view: View, before: JSON, columns: Sequence[str] = ()) -> str:
    """Return the line for an event. Columns are shown with their names, since a record may lack some of them."""
    data = event.data if event.data is not None else before
    parts = [clock(event.time), f"{event.kind:{KIND_WIDTH}}", _name(event, view, data)]
    if columns:
        known = (path for path in columns if table.select(data, path)[0])
        parts.append(
            "; ".join(f"{terminal.printable(path)}: {table.cell(data, path)}" for path in known)
        )
    elif event.kind != "deleted" and isinstance(before, Mapping) and isinstance(data, Mapping):
        parts.append(changes(differences.members(before, data)))
    elif data is not None and not isinstance(data, Mapping):
        parts.append(terminal.printable(table.text(data)))
    return "  ".join(part for part in parts if part).rstrip()


def _name(event: Event[JSON], view: View, data: JSON) -> str:
    """Return the label of a record, else its key."""
    names = (table.cell(data, path) for path in (view.label, view.key) if path is not None)
    return next((name for name in names if name), terminal.printable(event.key or ""))


def clock(when: str | None) -> str:
    """Return a time in the local time zone, with the date unless it is today; the current time if there is none."""
    now = datetime.datetime.now().astimezone()
    try:
        time = datetime.datetime.fromisoformat(when).astimezone() if when else now
    except (ValueError, OverflowError):
        return terminal.printable(when or "")
    return time.strftime("%H:%M:%S" if time.date() == now.date() else "%Y-%m-%d %H:%M:%S")


def arrow(before: str | None, after: str | None) -> str:
    """Return "before -> after"; None means absent. Long values are cut around the first difference."""
    one, other = (text if text is not None else "absent" for text in (before, after))
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    start = max(same - CONTEXT, 0) if max(len(one), len(other)) > MAX_TEXT else 0
    return f"{_part(one, start)} -> {_part(other, start)}"


def changes(
    pairs: Iterable[tuple[tuple[str, ...], str | None, str | None]],
) -> str:
    """Return differences on one line, each with its path."""
    return "; ".join(f"{paths.display(path)}: {arrow(one, other)}" for path, one, other in pairs)


def _part(text: str, start: int) -> str:
    end = start + MAX_TEXT
    return ("…" if start else "") + text[start:end] + ("…" if len(text) > end else "")
