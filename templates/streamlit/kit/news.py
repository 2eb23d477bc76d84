"""The changes that are relevant to a page: of which record, of what kind, and whether by this visitor."""

from __future__ import annotations

import datetime
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias, cast

import streamlit as st

from ..._core import Event, differences
from . import session, words

if TYPE_CHECKING:
    from ..._core import JSON
    from .listener import Listener, Received
    from .page import ResourcePage

Name: TypeAlias = "tuple[int, str, tuple[str, ...], tuple[tuple[str, str], ...]]"
"""The identity of a line."""

_STATE = "firestone.live"
_MOST = 1000
"""How many changes are kept while a form is open or the page is paused; older ones are dropped."""
_MARKED = 10.0
"""Seconds for which a record is marked as new or changed."""
_OWN = 5.0
"""Seconds after an own change until the page is read again, since it may have hidden somebody else's change."""


@dataclass(frozen=True, slots=True)
class News:
    """A change of a record."""

    kind: str
    """created, updated or deleted; changed if it is unknown what happened to which record."""
    module: str
    key: str
    label: str
    when: datetime.datetime
    at: float
    is_own: bool = False


@dataclass
class Line:
    """A listener of a page, and the last known state of its records."""

    page: ResourcePage
    listener: Listener
    key: str | None
    """The key of the record; None for a list."""
    before: JSON
    """The previous state, for comparison; None before the first one."""


@dataclass
class Live:
    """The live changes of a visitor."""

    lines: dict[Name, Line] = field(default_factory=dict["Name", Line])
    feed: deque[News] = field(default_factory=lambda: deque[News](maxlen=50))
    """Recent changes, the latest first."""
    pending: deque[News] = field(default_factory=lambda: deque[News](maxlen=_MOST))
    """Changes that the page does not show yet."""
    marks: dict[tuple[str, str], tuple[str, float]] = field(
        default_factory=dict[tuple[str, str], tuple[str, float]]
    )
    last: datetime.datetime | None = None
    read: float = 0.0
    """When the page was read; it includes all earlier changes."""
    refresh: float | None = None
    """When to read the page again."""
    is_paused: bool = False
    is_held: bool = False
    """Something is open that must not be redrawn."""
    is_fresh: bool = False
    """The page was drawn in this run."""


def current() -> Live:
    """Return the live changes of this visitor."""
    if _STATE not in st.session_state:
        st.session_state[_STATE] = Live()
    return cast("Live", st.session_state[_STATE])


def take(live: Live) -> None:
    """Process the events of all lines: update the feed, and collect changes that the page does not show yet."""
    mine = session.current()
    for line in live.lines.values():
        for received in line.listener.drain():
            for each in changes_of(line, received):
                live.last = each.when
                mine.outdate(each.module, each.key)
                if each.key:
                    live.feed.appendleft(each)
                if each.at < live.read:
                    continue
                if each.is_own:
                    live.refresh = time.monotonic() + _OWN
                else:
                    live.pending.append(each)
                    _mark(live, each)
    if len(live.marks) > _MOST:
        forget_marks(live)


def changes_of(line: Line, received: Received) -> Iterator[News]:
    """Yield the changes that an event implies."""
    event, page = received.event, line.page
    if event.kind in {"missed", "ended"}:
        kind = "deleted" if event.kind == "ended" and line.key is not None else "changed"
        yield _news(page, Event(kind, None, line.key), received.at)
    elif event.kind != "state":
        key = line.key if line.key is not None else event.key
        yield _news(page, Event(event.kind, event.data, key, time=event.time), received.at)
    elif line.key is not None:
        if line.before is not None and not differences.is_same(line.before, event.data):
            yield _news(page, Event("updated", event.data, line.key), received.at)
        line.before = event.data
    else:
        for each in _compared(page, line.before, event.data):
            yield _news(page, each, received.at)
        line.before = event.data


def _compared(page: ResourcePage, before: JSON, after: JSON) -> Iterable[Event[JSON]]:
    """Return the differences between two states of a list.

    On a full page, a record that appeared or disappeared may only have moved from or to another page.
    """
    if not isinstance(before, list) or not isinstance(after, list):
        return []
    one, other = _keyed(page, before), _keyed(page, after)
    found = list(differences.between(one, other))
    moved = [each for each in found if each.kind in {"created", "deleted"}]
    kinds = {each.kind for each in moved}
    if len(kinds) == 1:
        return found
    known: list[Event[JSON]] = [each for each in found if each.kind == "updated"]
    return [*known, Event("changed", None)] if moved else known


def _keyed(page: ResourcePage, records: Iterable[JSON]) -> dict[str, JSON]:
    pairs = ((page.key(record), record) for record in records if isinstance(record, dict))
    return {key: record for key, record in pairs if key is not None}


def _news(page: ResourcePage, event: Event[JSON], at: float) -> News:
    key = event.key if event.key and words.is_encodable(event.key) else ""
    label = page.label(event.data) if isinstance(event.data, dict) else words.line(key)
    now = datetime.datetime.now(datetime.UTC)
    is_own = bool(key) and session.current().is_own(page.module, key)
    return News(event.kind, page.module, key, label, now, at, is_own)


def _mark(live: Live, news: News) -> None:
    if news.key and news.kind in {"created", "updated"}:
        kind = "new" if news.kind == "created" else "changed"
        live.marks[news.module, news.key] = kind, news.at + _MARKED


def marks(live: Live, module: str) -> Mapping[str, str]:
    """Return the marks of the records of a resource by key: new or changed."""
    now = time.monotonic()
    return {
        key: kind for (of, key), (kind, end) in live.marks.items() if of == module and end > now
    }


def forget_marks(live: Live) -> bool:
    """Remove expired marks, and report whether there were any."""
    now = time.monotonic()
    over = [name for name, (_, end) in live.marks.items() if end <= now]
    for name in over:
        del live.marks[name]
    return bool(over)


def describe(news: News) -> str:
    """Describe a change in words."""
    what = {"created": "is new", "updated": "has changed", "deleted": "is gone"}
    return (
        f"{news.label} {what[news.kind]}" if news.kind in what and news.key else "Something changed"
    )
