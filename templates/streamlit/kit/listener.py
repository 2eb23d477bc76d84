"""Threads that receive changes, over a WebSocket or by polling. They draw nothing: pages fetch the changes from them.

All threads of a visitor end with the session.
"""

from __future__ import annotations

import random
import threading
import time
from collections import deque
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import streamlit as st

from ..._core import APIError, ConnectError, Event, StatusError
from ..._core.response import decoded

if TYPE_CHECKING:
    from ..._core import Channel, Client, Operation

EVERY = 5.0
"""Seconds between requests if there is no WebSocket."""
_MAX_PENDING = 1000
"""How many events are kept for a page; if there are more, it is told that it missed some."""
_MIN_DELAY, _MAX_DELAY = 0.5, 30.0
"""The least and the greatest delay before a connection is retried, in seconds."""
_GONE = {404, 410}
_NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class Received:
    """An event, and when it arrived, by the monotonic clock."""

    event: Event[Any]
    at: float


class Listener:
    """Receives the events of one source in a thread."""

    def __init__(self, source: Source, since: str | None = None) -> None:
        """Start the thread."""
        self.state = "connecting"
        """connecting, live, polling, lost or off."""
        self.reason = ""
        self.last = since
        """The number of the last change that arrived."""
        self.stop = threading.Event()
        self._source = source
        self._received: deque[Received] = deque(maxlen=_MAX_PENDING)
        self._is_full = False
        self._thread = threading.Thread(target=self._run, name="listener", daemon=True)
        self._thread.start()

    def drain(self) -> list[Received]:
        """Return the events since the last call."""
        found = [self._received.popleft() for _ in range(len(self._received))]
        if self._is_full:
            self._is_full = False
            found.append(Received(Event("missed", None), time.monotonic()))
        return found

    def report(self, state_text: str) -> None:
        """Store the state of the connection; a reason follows after a colon."""
        state, _, self.reason = state_text.partition(": ")
        if state == "missed":
            self._put(Event("missed", None))
        else:
            self.state = "lost" if state == "unreachable" else state

    def close(self) -> None:
        """End the thread within about a second, without waiting for it."""
        self.stop.set()

    def _run(self) -> None:
        wait = _MIN_DELAY
        while not self.stop.is_set():
            began = time.monotonic()
            try:
                for event in self._source(self):
                    self._put(event)
                if not self.stop.is_set():
                    self._put(Event("ended", None))
                    self.report("off: it is gone")
                return
            except APIError as error:
                if not _is_temporary(error):
                    self.report(f"off: {error}")
                    return
                self.report(f"lost: {error}")
            wait = (
                _MIN_DELAY if time.monotonic() - began > _MAX_DELAY else min(wait * 2, _MAX_DELAY)
            )
            self.stop.wait(wait * (0.5 + random.random() / 2))  # noqa: S311 - not a secret

    def _put(self, event: Event[Any]) -> None:
        self._is_full = self._is_full or len(self._received) == _MAX_PENDING
        self._received.append(Received(event, time.monotonic()))
        self.last = event.id or self.last


Source: TypeAlias = Callable[[Listener], Iterator[Event[Any]]]


def watched(
    client: Client, channel: Channel[Any], keys: tuple[str, ...], query: Mapping[str, object]
) -> Source:
    """Return a source with the events of a channel."""

    def source(line: Listener) -> Iterator[Event[Any]]:
        return client.watch(
            channel, *keys, query=query, since=line.last, on_state=line.report, stop=line.stop
        )

    return source


def polled(
    client: Client,
    operation: Operation[Any],
    keys: tuple[str, ...],
    query: Mapping[str, object],
    etag: str | None,
) -> Source:
    """Return a source that polls a list or a record, with an event for each state that differs from the one before."""

    def source(line: Listener) -> Iterator[Event[Any]]:
        known = etag
        line.report("polling")
        while not line.stop.wait(EVERY):
            headers = {"If-None-Match": known} if known else None
            try:
                response = client.respond(operation, *keys, query=query, headers=headers)
            except StatusError as error:
                if error.status in _GONE:
                    return
                if error.status != _NOT_MODIFIED:
                    raise
                line.report("polling")
                continue
            line.report("polling")
            known = response.headers.get("ETag")
            yield Event("state", decoded(operation.phrase, response))

    return source


class Hub:
    """The listeners of one visitor."""

    def __init__(self) -> None:
        """Start without any."""
        self._lines: dict[Hashable, Listener] = {}

    def sync(
        self, requested: Mapping[Hashable, Callable[[], Listener]]
    ) -> dict[Hashable, Listener]:
        """Return the requested listeners, creating new ones, and close all others."""
        for name in [name for name in self._lines if name not in requested]:
            self._lines.pop(name).close()
        for name, make in requested.items():
            if name not in self._lines:
                self._lines[name] = make()
        return dict(self._lines)

    def close(self) -> None:
        """Close all listeners."""
        self.sync({})


@st.cache_resource(scope="session", on_release=Hub.close, show_spinner=False)
def hub() -> Hub:
    """Return the listeners of this visitor."""
    return Hub()


def _is_temporary(error: APIError) -> bool:
    """Report whether retrying may help."""
    if isinstance(error, StatusError):
        return error.status in {408, 429} or error.status >= 500
    return isinstance(error, ConnectError)
