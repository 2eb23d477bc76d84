"""Follows the state of a server: by the events of a channel, or by polling if there is none."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, cast

from ..._core import ConnectError, Event, StatusError
from . import terminal
from .watching import LOOK_UP, Arrivals, arriving

if TYPE_CHECKING:
    from ..._core import JSON, Channel
    from .app import App

    Fetch = Callable[[Mapping[str, str]], JSON]
    """Reads what is there; the headers make the answer 304 where that is what was read last."""

STALE: Final[Event[Any]] = Event("stale", None)
"""There may have been changes without events: the state has to be read."""

UNCHANGED = 304
OUTAGES = {0, 408, 429, 500, 502, 503, 504}
"""The statuses that may be temporary; 0 is no answer."""


class Source:
    """What reports changes, and what reads the resulting state."""

    def __init__(
        self,
        app: App,
        channel: Channel[Any] | None,
        given: Mapping[str, object],
        fetch: Fetch,
        tell: Callable[[str], None],
    ) -> None:
        self.app = app
        self.channel = channel
        self.given = given
        self.fetch = fetch
        self.tell = tell
        self.interval = cast("float", given["interval"])
        self.tag: str | None = None
        """The entity tag of what was read last; to be forgotten when something else told of a later state."""
        self.was_read = False
        self.is_listening = channel is not None
        """Changes are reported, so there is no need to poll."""

    def changes(self) -> Iterator[Sequence[Event[Any]]]:
        """Yield what came since the last time: events, and STALE first of all, after each gap, and at each interval.

        A channel is listened to before the state is read, so that nothing is lost in between.
        """
        if self.channel is not None:
            try:
                yield from self._heard(self.channel)
                yield [STALE]
            except (ConnectError, StatusError) as error:
                self.tell(f"no events: {error}")
        self.is_listening = False
        self.tell(self._normal())
        while True:
            yield [STALE]
            time.sleep(self.interval)

    def _heard(self, channel: Channel[Any]) -> Iterator[Sequence[Event[Any]]]:
        arrived: Arrivals[Event[Any]] = queue.SimpleQueue()

        def state(text: str) -> None:
            self.tell(text)
            if text == "live":
                arrived.put(STALE)

        keys = self.app.keys(self.given)[: len(channel.keys)]
        query = self.app.parameters(channel, self.given)
        events = self.app.client.watch(channel, *keys, query=query, on_state=state)
        arriving(events, arrived)
        while True:
            batch = [_waited(arrived)]
            while not arrived.empty():
                batch.append(arrived.get())
            heard = [event for event in batch if isinstance(event, Event)]
            if heard:
                yield heard
            if isinstance(batch[-1], BaseException):
                raise batch[-1]
            if batch[-1] is None:
                return

    def read(self) -> Iterator[JSON]:
        """Yield what is there, or nothing if it is what was read last. Only the first time, an outage is an error."""
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
                self.tell(f"unreachable: {error}")
                time.sleep(self.interval)
            else:
                last = self.app.client.last
                self.tag = last.etag if last is not None else None
                self.was_read = True
                yield value
                break
        if was_down:
            self.tell(self._normal())

    def _normal(self) -> str:
        return "live" if self.is_listening else f"polling every {self.interval:g} s"


def _waited(arrived: Arrivals[Event[Any]]) -> Event[Any] | BaseException | None:
    while True:
        try:
            return arrived.get(timeout=LOOK_UP)
        except queue.Empty:
            continue


def teller(app: App) -> Callable[[str], None]:
    """Return what tells states of the connection: to a person, or to whoever wants to know everything."""

    def tell(text: str) -> None:
        if app.settings.verbose:
            terminal.say(f"[{text}]")
        else:
            terminal.hint(f"[{text}]")

    return tell
