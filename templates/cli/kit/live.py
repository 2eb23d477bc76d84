"""Keeps a displayed list up to date: a terminal is redrawn, other outputs get each state as a text."""

from __future__ import annotations

import contextlib
import queue
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

import click

from ..._core import differences
from . import table, terminal
from .following import Source, teller
from .screen import Screen
from .watching import Arrivals, arriving, limit_of, until

if TYPE_CHECKING:
    from ..._core import JSON, Channel, Operation
    from .app import App

PAUSE = 0.2
"""Seconds between two times that a list is read because of events, however many there are."""
MARKED = 3.0
"""Seconds that a row is marked that has changed."""
TICK = 0.5
"""Seconds until one looks whether the screen has another size, a mark is over, or the connection lost."""


def follow(
    app: App,
    operation: Operation[Any],
    given: Mapping[str, object],
    channel: Channel[Any] | None,
) -> None:
    """Show a list and its changes, until --timeout has passed or Ctrl-C."""
    output = app.output
    if output.format in {"csv", "name"}:
        raise click.UsageError(
            f"--watch does not print {output.format}: choose table, json, ndjson or yaml.", app.ctx
        )
    seconds = limit_of(app.ctx)
    if output.can_redraw:
        Picture(app, operation, given, channel).show(seconds)
        return
    lists = Lists(app, operation, given, channel, teller(app)).states()
    before: list[JSON] | None = None
    for records in until(lists, seconds):
        if before is None or not differences.is_same(before, records):
            output.state(records, app.view)
        before = records


class Lists:
    """The states of a list."""

    def __init__(
        self,
        app: App,
        operation: Operation[Any],
        given: Mapping[str, object],
        channel: Channel[Any] | None,
        tell: Callable[[str], None],
    ) -> None:
        self.app = app
        self.operation = operation
        self.keys = app.keys(given)
        self.query = app.parameters(operation, given)
        self.limit = cast("int | None", given.get("max_items"))
        self.has_pages = bool(given.get("all_pages")) or self.limit is not None
        known = {parameter.name for parameter in channel.parameters} if channel else set[str]()
        self.is_sent = not self.has_pages and self.query.keys() <= known
        """What a channel sends is the list itself, where it is one: all filters that were given are its own."""
        self.has_more = False
        self.source = Source(app, channel, given, self.fetch, tell)

    def states(self) -> Iterator[list[JSON]]:
        """Yield the current list, and again after every change."""
        for events in self.source.changes():
            sent = cast("JSON", events[-1].data)
            is_list = events[-1].kind == "state" and isinstance(sent, list)
            if is_list and self.is_sent and self.source.was_read:
                self.source.tag = None
                yield cast("list[JSON]", sent)
                continue
            for value in self.source.read():
                yield value if isinstance(value, list) else [value]
            if self.source.is_listening:
                time.sleep(PAUSE)

    def fetch(self, headers: Mapping[str, str]) -> JSON:
        """Read the list: its first page, or the requested number of pages."""
        client = self.app.client
        if self.has_pages:
            pages = client.pages(self.operation, *self.keys, query=self.query, max_items=self.limit)
            return list(pages)
        value = client.call(self.operation, *self.keys, query=self.query, headers=headers)
        self.has_more = self.app.has_more()
        return cast("JSON", [] if value is None else value)


class Picture:
    """A table on a terminal that changes with the list."""

    def __init__(
        self,
        app: App,
        operation: Operation[Any],
        given: Mapping[str, object],
        channel: Channel[Any] | None,
    ) -> None:
        self.view = app.view
        self.counted = app.counted
        self.output = app.output
        self.screen = Screen(app.output.stream)
        self.status = ""
        self.time = ""
        """The time of the displayed state of the list."""
        self.records: list[JSON] | None = None
        self.marked: dict[str, float] = {}
        """The keys of changed records, each with the time at which the change stops being news."""
        self.lists = Lists(app, operation, given, channel, self.tell)
        app.client.on_wait = self.tell

    def tell(self, text: str) -> None:
        """Store the state of the connection, which the last line shows."""
        self.status = terminal.printable(text)

    def show(self, seconds: float) -> None:
        """Draw the list, and redraw it as it changes."""
        arrived: Arrivals[list[JSON]] = queue.SimpleQueue()
        arriving(self.lists.states(), arrived)
        end = time.monotonic() + seconds
        try:
            while (left := end - time.monotonic()) > 0:
                with contextlib.suppress(queue.Empty):
                    self.take(arrived.get(timeout=min(TICK, left)))
                if self.records is not None:
                    self.screen.draw(self.frame(self.records))
        finally:
            self.screen.end()

    def take(self, arrived: list[JSON] | BaseException | None) -> None:
        """Store a state of the list, and mark what is new in it."""
        if isinstance(arrived, BaseException):
            raise arrived
        records = arrived or []
        if self.records is not None and self.view.key is not None:
            before = differences.keyed(self.records, self.view.key)
            after = differences.keyed(records, self.view.key)
            until_then = time.monotonic() + MARKED
            for event in differences.between(before, after):
                self.marked[str(event.key)] = until_then
        self.records = records
        self.time = time.strftime("%H:%M:%S")

    def frame(self, records: Sequence[JSON]) -> list[str]:
        """Return the lines that fit on the terminal: the table as far as there is room, and how things are."""
        columns, height = self.screen.size
        now = time.monotonic()
        marked = {key for key, until_then in self.marked.items() if until_then > now}
        lines = self.output.picture(records[:height], self.view, columns, marked)
        if len(lines) >= height:
            # The heading, the line that tells of the others and the last line take one each.
            left = len(records) - max(height - 3, 0)
            lines = [*lines[: max(height - 2, 0)], table.cut(f"... {left} more", columns)]
        more = " on this page, --all shows more" if self.lists.has_more else ""
        words = f"{self.counted(len(records))}{more}", self.time, self.status
        return [*lines, table.cut("  ".join(words), columns)][-height:]
