"""A thread that receives changes, over a WebSocket or by polling. It draws nothing: pages ask it for the changes.

All threads of a visitor end with his session.
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
"""Seconds between two requests where there is no WebSocket."""
_MOST = 1000
"""Events that wait for a page; more, and it is told that it missed some."""
_SHORTEST, _LONGEST = 0.5, 30.0
"""Seconds until a line that could not be made is tried again."""
_GONE = {404, 410}
_NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class Heard:
    """An event, and when it came, by the clock that only runs forward."""

    event: Event[Any]
    at: float


class Listener:
    """One line, heard by a thread of its own."""

    def __init__(self, source: Source, since: str | None = None) -> None:
        """Begin to listen."""
        self.state = "connecting"
        """connecting, live, polling, lost or off."""
        self.reason = ""
        self.last = since
        """The number of the last change that came."""
        self.stop = threading.Event()
        self._source = source
        self._heard: deque[Heard] = deque(maxlen=_MOST)
        self._is_full = False
        self._thread = threading.Thread(target=self._run, name="listener", daemon=True)
        self._thread.start()

    def drain(self) -> list[Heard]:
        """Return what came since the last time."""
        found = [self._heard.popleft() for _ in range(len(self._heard))]
        if self._is_full:
            self._is_full = False
            found.append(Heard(Event("missed", None), time.monotonic()))
        return found

    def tell(self, said: str) -> None:
        """Note the state of the line, with the reason behind a colon."""
        state, _, self.reason = said.partition(": ")
        if state == "missed":
            self._put(Event("missed", None))
        else:
            self.state = "lost" if state == "unreachable" else state

    def close(self) -> None:
        """End the thread within about a second; nobody waits for that."""
        self.stop.set()

    def _run(self) -> None:
        wait = _SHORTEST
        while not self.stop.is_set():
            began = time.monotonic()
            try:
                for event in self._source(self):
                    self._put(event)
                if not self.stop.is_set():
                    self._put(Event("ended", None))
                    self.tell("off: it is gone")
                return
            except APIError as error:
                if not _is_passing(error):
                    self.tell(f"off: {error}")
                    return
                self.tell(f"lost: {error}")
            wait = _SHORTEST if time.monotonic() - began > _LONGEST else min(wait * 2, _LONGEST)
            self.stop.wait(wait * (0.5 + random.random() / 2))  # noqa: S311 - not a secret

    def _put(self, event: Event[Any]) -> None:
        self._is_full = self._is_full or len(self._heard) == _MOST
        self._heard.append(Heard(event, time.monotonic()))
        self.last = event.id or self.last


Source: TypeAlias = Callable[[Listener], Iterator[Event[Any]]]


def watched(
    client: Client, channel: Channel[Any], keys: tuple[str, ...], query: Mapping[str, object]
) -> Source:
    """Return the events of a channel."""

    def source(line: Listener) -> Iterator[Event[Any]]:
        return client.watch(
            channel, *keys, query=query, since=line.last, on_state=line.tell, stop=line.stop
        )

    return source


def polled(
    client: Client,
    operation: Operation[Any],
    keys: tuple[str, ...],
    query: Mapping[str, object],
    etag: str | None,
) -> Source:
    """Return how a list or a record is, each time that the server does not say that it is as before."""

    def source(line: Listener) -> Iterator[Event[Any]]:
        known = etag
        line.tell("polling")
        while not line.stop.wait(EVERY):
            headers = {"If-None-Match": known} if known else None
            try:
                response = client.respond(operation, *keys, query=query, headers=headers)
            except StatusError as error:
                if error.status in _GONE:
                    return
                if error.status != _NOT_MODIFIED:
                    raise
                line.tell("polling")
                continue
            line.tell("polling")
            known = response.headers.get("ETag")
            yield Event("state", decoded(operation.phrase, response))

    return source


class Hub:
    """The lines of one visitor."""

    def __init__(self) -> None:
        """Begin without any."""
        self._lines: dict[Hashable, Listener] = {}

    def want(self, wanted: Mapping[Hashable, Callable[[], Listener]]) -> dict[Hashable, Listener]:
        """Return the lines that are wanted, made if they are new, and end all others."""
        for name in [name for name in self._lines if name not in wanted]:
            self._lines.pop(name).close()
        for name, make in wanted.items():
            if name not in self._lines:
                self._lines[name] = make()
        return dict(self._lines)

    def close(self) -> None:
        """End all lines."""
        self.want({})


@st.cache_resource(scope="session", on_release=Hub.close, show_spinner=False)
def hub() -> Hub:
    """Return the lines of this visitor."""
    return Hub()


def _is_passing(error: APIError) -> bool:
    """Report whether it helps to try again."""
    if isinstance(error, StatusError):
        return error.status in {408, 429} or error.status >= 500
    return isinstance(error, ConnectError)
