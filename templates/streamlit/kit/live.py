"""Live changes: the state of the connection in the sidebar, and a page that is redrawn when there are changes.

While a form or a dialog is open, nothing is redrawn: the sidebar shows the number of changes.
"""

from __future__ import annotations

import time
import zoneinfo
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import streamlit as st

from ..._core import APIError
from . import address, deleting, news, session, words
from .listener import EVERY, Listener, hub, polled, watched
from .news import Line, Live, Name
from .session import Seen

if TYPE_CHECKING:
    import datetime

    from ..._core import Channel, Operation
    from .page import Keys, ResourcePage

Color: TypeAlias = Literal["green", "orange", "gray", "blue"]
_BADGES: Mapping[str, tuple[str, str, Color]] = {
    "live": ("Live", ":material/sensors:", "green"),
    "connecting": ("Connecting", ":material/sync:", "gray"),
    "polling": (f"Every {EVERY:.0f} s", ":material/update:", "blue"),
    "lost": ("Disconnected, retrying", ":material/sensors_off:", "orange"),
    "paused": ("Paused", ":material/pause:", "gray"),
    "off": ("Not live", ":material/sensors_off:", "gray"),
}
_MAX_NAMED = 5
"""How many changes are listed singly."""


class LineRequest:
    """A line that a page needs, before it is opened."""

    def __init__(self, page: ResourcePage, keys: Keys, key: str | None, seen: Seen | None) -> None:
        """Start from what the page has read. If seen is None, it could not read, and keeps an existing line."""
        self.page = page
        self.keys = keys
        self.key = key
        self.seen = seen or Seen()
        self.is_read = seen is not None

    def channel(self, channel: Channel[Any]) -> tuple[Name, Callable[[], Line]]:
        """Return the name of a line that listens to a channel, and a function that opens it."""
        names = {parameter.name for parameter in channel.parameters}
        given = {name: value for name, value in self.seen.query.items() if value is not None}
        query = {name: value for name, value in given.items() if name in names}
        number = self.seen.number if channel.envelope else None
        before = self.seen.value if len(query) == len(given) else None
        client = self.page.client

        def make() -> Line:
            source = watched(client, channel, self.keys, query)
            return Line(self.page, Listener(source, number), self.key, before)

        return self._name(channel.name, query), make

    def request(self, operation: Operation[Any]) -> tuple[Name, Callable[[], Line]]:
        """Return the name of a line that polls an operation, and a function that opens it."""
        client, seen = self.page.client, self.seen

        def make() -> Line:
            source = polled(client, operation, self.keys, seen.query, seen.etag)
            return Line(self.page, Listener(source), self.key, seen.value)

        return self._name(operation.name, seen.query), make

    def _name(self, name: str, query: Mapping[str, object]) -> Name:
        """Return the identity of a line: the client, the channel or operation, the keys and the query."""
        known = id(self.page.client), name, self.keys
        existing = (each for each in news.current().lines if each[:3] == known)
        arguments = tuple((name, repr(value)) for name, value in query.items())
        return (not self.is_read and next(existing, None)) or (*known, arguments)


def draw(page: ResourcePage) -> None:
    """Listen to changes of what the page shows, and draw the state of the connection in the sidebar."""
    try:
        requested = _requested(page)
    except APIError:
        requested = []  # the page has already reported the error
    is_form = address.view() in {address.NEW, address.EDIT}
    listen(requested, is_busy=is_form or deleting.is_open())


def listen(requested: Iterable[tuple[Name, Callable[[], Line]]], *, is_busy: bool = False) -> None:
    """Open these lines, close all others, and draw their state in the sidebar."""
    live = news.current()
    makers = dict(requested)
    made = {name: make() for name, make in makers.items() if name not in live.lines}
    live.lines = {name: made.get(name) or live.lines[name] for name in makers}
    hub().sync({name: _constant(line.listener) for name, line in live.lines.items()})
    is_busy, live.is_held = is_busy or live.is_held, False
    live.is_fresh = True
    mine = session.current()
    if not is_busy or mine.is_entered:
        live.pending.clear()
        live.refresh, live.read = None, mine.began
    if makers:
        with st.sidebar:
            _line(is_busy=is_busy)


def hold() -> None:
    """Prevent redrawing in this run, since a dialog or the like is open."""
    news.current().is_held = True


def recent(page: ResourcePage) -> Mapping[str, str]:
    """Return the marks of records that others have just created or changed, by key: new or changed."""
    return news.marks(news.current(), page.module)


def clock(when: datetime.datetime) -> str:
    """Return a time of day in the visitor's time zone."""
    zone = st.context.timezone
    try:
        return (
            f"{when.astimezone(zoneinfo.ZoneInfo(zone)):%H:%M:%S}"
            if zone
            else f"{when:%H:%M:%S} UTC"
        )
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return f"{when:%H:%M:%S} UTC"


def of_list(page: ResourcePage, query: Mapping[str, object]) -> tuple[Name, Callable[[], Line]]:
    """Return the line of a list that is not nested, whether it was read or not."""
    channel = page.channels.list
    if channel is None:
        raise ValueError(f"{page.title} has no channel")
    return LineRequest(page, (), None, Seen(None, query)).channel(channel)


def _requested(page: ResourcePage) -> list[tuple[Name, Callable[[], Line]]]:
    """Return the line for the displayed record or list: its channel, else polling."""
    parents, key = page.parents(), address.key()
    if parents is None:
        return []
    seen = session.current().seen
    is_record = address.view() in {address.SHOW, address.EDIT} and key is not None
    if is_record and key is not None:
        keys = *parents, key
        requested = LineRequest(page, keys, key, seen.get((page.module, keys)))
        channel, operation = page.channels.record, page.operations.get
    else:
        requested = LineRequest(page, parents, None, seen.get((page.module, parents)))
        channel, operation = page.channels.list, page.operations.list
    if channel is not None:
        return [requested.channel(channel)]
    return [requested.request(operation)] if operation is not None else []


@st.fragment(run_every="1s")
def _line(*, is_busy: bool) -> None:
    """Draw the state of the connection, and redraw the page if there is news."""
    live = news.current()
    news.take(live)
    was_fresh, live.is_fresh = live.is_fresh, False
    if not (was_fresh or is_busy or live.is_paused) and _is_due(live):
        st.rerun()
    state = "paused" if live.is_paused else _state(live)
    label, icon, color = _BADGES[state]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.badge(label, icon=icon, color=color)
        st.toggle(
            "Pause",
            live.is_paused,
            key="live:pause",
            on_change=_pause,
            help="Leave the page as it is",
        )
    if live.last is not None:
        st.caption(f"Last change {clock(live.last)}")
    reasons = {line.listener.reason for line in live.lines.values()}
    if state == "off" and len(reasons) == 1:
        st.caption(words.plain(words.cut(words.line(*reasons), 120)))
    if live.pending and (is_busy or live.is_paused):
        _pending(live, is_busy=is_busy)


def _pending(live: Live, *, is_busy: bool) -> None:
    """Draw the pending changes while the page must not be redrawn."""
    more = "+" if len(live.pending) == live.pending.maxlen else ""
    with st.popover(
        f"{len(live.pending):,}{more} new", icon=":material/notifications:", key="live:new"
    ):
        for each in list(live.pending)[-_MAX_NAMED:]:
            st.markdown(words.plain(words.cut(news.describe(each), 80)))
        if len(live.pending) > _MAX_NAMED:
            st.markdown(f"and {len(live.pending) - _MAX_NAMED:,} more")
        if not is_busy and st.button("Show", key="live:show", icon=":material/refresh:"):
            st.rerun()


def _is_due(live: Live) -> bool:
    """Report whether to redraw the page: for news, expired marks, or changes hidden by the visitor's own ones."""
    is_late = live.refresh is not None and time.monotonic() > live.refresh
    return bool(live.pending) or is_late or news.forget_marks(live)


def _state(live: Live) -> str:
    """Return the combined state of all lines: the first of these that any line is in."""
    found = {line.listener.state for line in live.lines.values()}
    return next(
        (each for each in ("lost", "connecting", "live", "polling") if each in found), "off"
    )


def _pause() -> None:
    live = news.current()
    live.is_paused = not live.is_paused


def _constant(listener: Listener) -> Callable[[], Listener]:
    return lambda: listener
