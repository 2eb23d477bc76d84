"""Follows the state of the server: by the events of a channel, or by polling if there is none."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, cast

from ..._core import ConnectError, Event, StatusError
from . import terminal
from .watching import POLL_INTERVAL, Arrivals, pump

if TYPE_CHECKING:
    from ..._core import JSON, Channel
    from .app import App

    Fetch = Callable[[Mapping[str, str]], JSON]
    """Reads the current state. The headers ask for status 304 if it is the one that was read last."""

STALE: Final[Event[Any]] = Event("stale", None)
"""There may have been changes without events, so the state has to be read again."""

UNCHANGED = 304
OUTAGES = {0, 408, 429, 500, 502, 503, 504}
"""The statuses that may be temporary; 0 stands for no response."""


class Source:
    """Reports changes, and reads the resulting state."""

    def __init__(
        self,
        app: App,
        channel: Channel[Any] | None,
        given: Mapping[str, object],
        fetch: Fetch,
        report: Callable[[str], None],
    ) -> None:
        self.app = app
        self.channel = channel
        self.given = given
        self.fetch = fetch
        self.report = report
        self.interval = cast("float", given["interval"])
        self.tag: str | None = None
        """The entity tag of the state that was read last; to be reset when an event contains a later state."""
        self.was_read = False
        self.is_listening = channel is not None
        """Whether the channel reports changes, so that there is no need to poll."""

    def changes(self) -> Iterator[Sequence[Event[Any]]]:
        """Yield the new events. STALE is yielded first, and after each gap; without a channel, at each interval.

        The channel is opened before the state is read, so that nothing is lost in between.
        """
        if self.channel is not None:
            try:
                yield from self._listen(self.channel)
                yield [STALE]
            except (ConnectError, StatusError) as error:
                self.report(f"no events: {error}")
        self.is_listening = False
        self.report(self._normal())
        while True:
            yield [STALE]
            time.sleep(self.interval)

    def _listen(self, channel: Channel[Any]) -> Iterator[Sequence[Event[Any]]]:
        arrived: Arrivals[Event[Any]] = queue.SimpleQueue()

        def state(text: str) -> None:
            self.report(text)
            if text == "live":
                arrived.put(STALE)

        keys = self.app.keys(self.given)[: len(channel.keys)]
        query = self.app.parameters(channel, self.given)
        events = self.app.client.watch(channel, *keys, query=query, on_state=state)
        pump(events, arrived)
        while True:
            batch = [_next_item(arrived)]
            while not arrived.empty():
                batch.append(arrived.get())
            received = [event for event in batch if isinstance(event, Event)]
            if received:
                yield received
            if isinstance(batch[-1], BaseException):
                raise batch[-1]
            if batch[-1] is None:
                return

    def read(self) -> Iterator[JSON]:
        """Yield the current state, or nothing if it is unchanged. An outage is an error only the first time."""
        was_down = False
        while True:
            try:
                value = self.fetch({"If-None-Match": self.tag} if self.tag else {})
            except (ConnectError, StatusError) as error:
                status = error.status if isinstance(error, StatusError) else 0
                if status != UNCHANGED and not (self.was_read and status in OUTAGES):
                    raise
                if status == UNCHANGED:
                    break
                was_down = True
                self.report(f"unreachable: {error}")
                time.sleep(self.interval)
            else:
                last = self.app.client.last
                self.tag = last.etag if last is not None else None
                self.was_read = True
                yield value
                break
        if was_down:
            self.report(self._normal())

    def _normal(self) -> str:
        return "live" if self.is_listening else f"polling every {self.interval:g} s"


def _next_item(arrived: Arrivals[Event[Any]]) -> Event[Any] | BaseException | None:
    while True:
        try:
            return arrived.get(timeout=POLL_INTERVAL)
        except queue.Empty:
            continue


def reporter(app: App) -> Callable[[str], None]:
    """Return a function that prints states of the connection on a terminal, or anywhere with --verbose."""

    def report(text: str) -> None:
        if app.settings.verbose:
            terminal.say(f"[{text}]")
        else:
            terminal.hint(f"[{text}]")

    return report
