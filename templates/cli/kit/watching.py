"""Prints the events of a channel, or the differences between the states that it sends.

Changes during an interruption are not lost: the server is asked for those after the last known one, and if it does not
know that one, the records are listed again.
"""

from __future__ import annotations

import math
import queue
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, cast

from ..._core import differences
from . import config, terminal
from .options import Key

if TYPE_CHECKING:
    import click

    from ..._core import JSON, Channel, Event, Operation
    from .app import App

T = TypeVar("T")
Arrivals: TypeAlias = "queue.SimpleQueue[T | BaseException | None]"
"""A queue of items, at the end None or the error that ended them."""


POLL_INTERVAL = 1.0
"""Seconds to wait for an idle queue at a time: on Windows, a longer wait cannot be interrupted."""


class CountReachedError(Exception):
    """The requested number of events has been printed."""


def watch(
    app: App, channel: Channel[Any], given: Mapping[str, object], listing: Operation[Any] | None
) -> None:
    """Print what a channel sends, until --count is reached or --timeout has passed."""
    try:
        Watch(app, channel, given, listing).run()
    except CountReachedError:
        return


class Watch:
    """One run of a watch command."""

    def __init__(
        self,
        app: App,
        channel: Channel[Any],
        given: Mapping[str, object],
        listing: Operation[Any] | None,
    ) -> None:
        self.app = app
        self.channel = channel
        self.keys: Sequence[Any] = [key for key in app.keys(given) if key is not None]
        self.query = app.parameters(channel, given)
        self.is_raw = bool(given.get("raw"))
        self.left = cast("int | None", given.get("count"))
        self.since = cast("str | None", given.get("since"))
        depth = sum(isinstance(param, Key) for param in app.ctx.command.params)
        is_list = given.get("attribute") is None and len(self.keys) < max(depth, 1)
        self.key = app.view.key if is_list and not self.is_raw else None
        self.listing = listing if self.key else None
        self.known: dict[str, JSON] | None = None
        """The last known states of the listed records."""
        self.seen: dict[str, JSON] = {}
        """The last printed state of each record by key, for the differences; a single record has the key ""."""
        self.is_one = not is_list
        self.was_lost = False

    def run(self) -> None:
        """Print events as they arrive."""
        if self.channel.envelope and self.listing is not None and self.since is None:
            self.known = self.listed()
            self.seen.update(self.known)
            last = self.app.client.last
            self.since = last.last_event_id if last is not None else None
        arrived = self.app.client.watch(
            self.channel, *self.keys, query=self.query, since=self.since, on_state=self.state
        )
        for event in until(arrived, time_limit(self.app.ctx)):
            self.take(event)

    def take(self, event: Event[Any]) -> None:
        """Print an event; if it is a list, the differences from the last one."""
        data = cast("JSON", event.data)
        if self.key is None or event.kind != "state" or not isinstance(data, list):
            self.remember(event)
            self.show(event)
            return
        records = differences.keyed(data, self.key)
        if self.known is None:
            terminal.say(f"{self.app.counted(len(records))} now")
            self.seen.update(records)
        self.compare(records)

    def compare(self, records: dict[str, JSON]) -> None:
        """Print the differences from the known records."""
        before, self.known = self.known, records
        for event in differences.between(before, records) if before is not None else ():
            self.show(event)

    def remember(self, event: Event[Any]) -> None:
        """Store the state of a record from an event."""
        if self.known is None or event.key is None:
            return
        if event.kind == "deleted":
            self.known.pop(event.key, None)
        else:
            self.known[event.key] = cast("JSON", event.data)

    def show(self, event: Event[Any]) -> None:
        """Print an event. Raises CountReachedError if it was the last one requested."""
        name = "" if self.is_one else event.key or ""
        before = self.seen.pop(name, None)
        if event.kind != "deleted":
            self.seen[name] = cast("JSON", event.data)
        self.app.output.event(event, self.app.view, before)
        if self.left is not None:
            self.left -= 1
            if self.left == 0:
                raise CountReachedError

    def state(self, state: str) -> None:
        """Report the state of the connection, and list the records again if events were missed."""
        terminal.say(f"[{state}]")
        if state.startswith("missed") or (state.startswith("lost") and not self.app.client.resumes):
            self.was_lost = True
        elif state == "live" and self.was_lost:
            self.was_lost = False
            if self.channel.envelope and self.listing is not None and self.known is not None:
                self.compare(self.listed())

    def listed(self) -> dict[str, JSON]:
        """Return the records that the API lists now."""
        assert self.listing is not None  # noqa: S101 - checked by the callers
        assert self.key is not None  # noqa: S101
        names = {parameter.name for parameter in self.listing.parameters}
        query = {name: value for name, value in self.query.items() if name in names}
        return differences.keyed(
            self.app.client.pages(self.listing, *self.keys, query=query), self.key
        )


def time_limit(ctx: click.Context) -> float:
    """Return the time limit in seconds for a command that does not end by itself: --timeout, else infinity."""
    given = cast("tuple[float, float] | None", config.given(ctx).get("timeout"))
    return given[1] if given is not None else math.inf


def until(items: Iterator[T], seconds: float) -> Iterator[T]:
    """Yield items as they arrive until the time has passed."""
    if math.isinf(seconds):
        yield from items
        return
    arrived: Arrivals[T] = queue.SimpleQueue()
    pump(items, arrived)
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        try:
            item = arrived.get(timeout=min(left, POLL_INTERVAL))
        except queue.Empty:
            continue
        if item is None:
            return
        if isinstance(item, BaseException):
            raise item
        yield item


def pump(items: Iterator[T], arrived: Arrivals[T]) -> None:
    """Put items into a queue as they arrive, then None or the error that ended them. This happens in another thread."""

    def run() -> None:
        try:
            for item in items:
                arrived.put(item)
            arrived.put(None)
        except BaseException as error:
            arrived.put(error)

    threading.Thread(target=run, daemon=True).start()
