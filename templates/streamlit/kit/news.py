"""The changes relevant to a page: which record, what happened to it, and whether this visitor knows."""

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
    from .listener import Heard, Listener
    from .page import ResourcePage

Name: TypeAlias = "tuple[int, str, tuple[str, ...], tuple[tuple[str, str], ...]]"
"""What tells a line from others."""

_STATE = "firestone.live"
_MOST = 1000
"""Changes that are kept while somebody types or the page is paused; of more, nobody reads the first."""
_MARKED = 10.0
"""Seconds for which a record is marked as new or changed."""
_OWN = 5.0
"""Seconds after which a page is read again that may have missed somebody's change behind one of one's own."""


@dataclass(frozen=True, slots=True)
class News:
    """What happened to a record."""

    kind: str
    """created, updated, deleted; changed where it is not known what happened to which."""
    module: str
    key: str
    label: str
    when: datetime.datetime
    at: float
    is_own: bool = False


@dataclass
class Line:
    """A line that a page listens to, and what is known of its records."""

    page: ResourcePage
    listener: Listener
    key: str | None
    """That of the record; None where it is a list."""
    before: JSON
    """What was there last, so that a state can be compared with it; None before the first one."""


@dataclass
class Live:
    """What a visitor has heard."""

    lines: dict[Name, Line] = field(default_factory=dict["Name", Line])
    feed: deque[News] = field(default_factory=lambda: deque[News](maxlen=50))
    """What changed lately, the latest first."""
    pending: deque[News] = field(default_factory=lambda: deque[News](maxlen=_MOST))
    """What the page does not show yet, the latest of it."""
    marks: dict[tuple[str, str], tuple[str, float]] = field(
        default_factory=dict[tuple[str, str], tuple[str, float]]
    )
    last: datetime.datetime | None = None
    read: float = 0.0
    """When the page was read: what came before is in it."""
    refresh: float | None = None
    """When the page is to be read again."""
    is_paused: bool = False
    is_held: bool = False
    """Something is open that must not be drawn anew."""
    is_fresh: bool = False
    """The page was drawn in this run."""


def current() -> Live:
    """Return what this visitor has heard."""
    if _STATE not in st.session_state:
        st.session_state[_STATE] = Live()
    return cast("Live", st.session_state[_STATE])


def take(live: Live) -> None:
    """Take what came on all lines: note it, and what of it the page does not show yet."""
    mine = session.current()
    for line in live.lines.values():
        for heard in line.listener.drain():
            for each in told(line, heard):
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


def told(line: Line, heard: Heard) -> Iterator[News]:
    """Return what an event tells of records."""
    event, page = heard.event, line.page
    if event.kind in {"missed", "ended"}:
        kind = "deleted" if event.kind == "ended" and line.key is not None else "changed"
        yield _news(page, Event(kind, None, line.key), heard.at)
    elif event.kind != "state":
        key = line.key if line.key is not None else event.key
        yield _news(page, Event(event.kind, event.data, key, time=event.time), heard.at)
    elif line.key is not None:
        if line.before is not None and not differences.is_same(line.before, event.data):
            yield _news(page, Event("updated", event.data, line.key), heard.at)
        line.before = event.data
    else:
        for each in _compared(page, line.before, event.data):
            yield _news(page, each, heard.at)
        line.before = event.data


def _compared(page: ResourcePage, before: JSON, after: JSON) -> Iterable[Event[JSON]]:
    """Return what differs between two states of a list.

    Of a page that is full, a record that came may only have moved up, and one that went moved on.
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
    key = event.key if event.key and words.is_sound(event.key) else ""
    label = page.label(event.data) if isinstance(event.data, dict) else words.line(key)
    now = datetime.datetime.now(datetime.UTC)
    is_own = bool(key) and session.current().is_own(page.module, key)
    return News(event.kind, page.module, key, label, now, at, is_own)


def _mark(live: Live, news: News) -> None:
    if news.key and news.kind in {"created", "updated"}:
        kind = "new" if news.kind == "created" else "changed"
        live.marks[news.module, news.key] = kind, news.at + _MARKED


def marks(live: Live, module: str) -> Mapping[str, str]:
    """Return the records of a resource that are new or changed, by their keys."""
    now = time.monotonic()
    return {
        key: kind for (of, key), (kind, end) in live.marks.items() if of == module and end > now
    }


def forget_marks(live: Live) -> bool:
    """Forget the marks whose time is over, and report whether there were any."""
    now = time.monotonic()
    over = [name for name, (_, end) in live.marks.items() if end <= now]
    for name in over:
        del live.marks[name]
    return bool(over)


def said(news: News) -> str:
    """Return what happened, in words."""
    what = {"created": "is new", "updated": "has changed", "deleted": "is gone"}
    return (
        f"{news.label} {what[news.kind]}" if news.kind in what and news.key else "Something changed"
    )
