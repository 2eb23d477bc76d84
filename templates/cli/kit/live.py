"""Keeps a displayed list up to date: a table on a terminal is redrawn, other outputs get each state in full."""

from __future__ import annotations

import contextlib
import queue
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

import click

from ..._core import differences
from . import table, terminal
from .following import Source, reporter
from .screen import Screen
from .watching import Arrivals, pump, time_limit, until

if TYPE_CHECKING:
    from ..._core import JSON, Channel, Operation
    from .app import App

PAUSE = 0.2
"""The least seconds between two reads of the list because of events, however many arrive."""
HIGHLIGHT = 3.0
"""Seconds for which a changed row is highlighted."""
TICK = 0.5
"""Seconds between checks whether the terminal was resized, a highlight has ended, or the connection is lost."""


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
    seconds = time_limit(app.ctx)
    if output.can_redraw:
        LiveTable(app, operation, given, channel).show(seconds)
        return
    lists = ListStates(app, operation, given, channel, reporter(app)).states()
    before: list[JSON] | None = None
    for records in until(lists, seconds):
        if before is None or not differences.is_same(before, records):
            output.state(records, app.view)
        before = records


class ListStates:
    """The states of a list."""

    def __init__(
        self,
        app: App,
        operation: Operation[Any],
        given: Mapping[str, object],
        channel: Channel[Any] | None,
        report: Callable[[str], None],
    ) -> None:
        self.app = app
        self.operation = operation
        self.keys = app.keys(given)
        self.query = app.parameters(operation, given)
        self.limit = cast("int | None", given.get("max_items"))
        self.has_pages = bool(given.get("all_pages")) or self.limit is not None
        known = {parameter.name for parameter in channel.parameters} if channel else set[str]()
        self.is_sent = not self.has_pages and self.query.keys() <= known
        """Whether a list that the channel sends is the requested one: the channel supports all given filters."""
        self.has_more = False
        self.source = Source(app, channel, given, self.fetch, report)

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
        """Read the list: its first page, or as much as was requested."""
        client = self.app.client
        if self.has_pages:
            pages = client.pages(self.operation, *self.keys, query=self.query, max_items=self.limit)
            return list(pages)
        value = client.call(self.operation, *self.keys, query=self.query, headers=headers)
        self.has_more = self.app.has_more()
        return cast("JSON", [] if value is None else value)


class LiveTable:
    """A table on a terminal that is redrawn when the list changes."""

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
        """The time of the displayed state."""
        self.records: list[JSON] | None = None
        self.marked: dict[str, float] = {}
        """The keys of changed records, each with the time at which its highlight ends."""
        self.lists = ListStates(app, operation, given, channel, self.report)
        app.client.on_wait = self.report

    def report(self, text: str) -> None:
        """Store the state of the connection, to be shown on the last line."""
        self.status = terminal.printable(text)

    def show(self, seconds: float) -> None:
        """Draw the list, and redraw it as it changes."""
        arrived: Arrivals[list[JSON]] = queue.SimpleQueue()
        pump(self.lists.states(), arrived)
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
        """Store a state of the list, and highlight what has changed."""
        if isinstance(arrived, BaseException):
            raise arrived
        records = arrived or []
        if self.records is not None and self.view.key is not None:
            before = differences.keyed(self.records, self.view.key)
            after = differences.keyed(records, self.view.key)
            until_then = time.monotonic() + HIGHLIGHT
            for event in differences.between(before, after):
                self.marked[str(event.key)] = until_then
        self.records = records
        self.time = time.strftime("%H:%M:%S")

    def frame(self, records: Sequence[JSON]) -> list[str]:
        """Return the lines that fit on the terminal: as much of the table as possible, and the status."""
        columns, height = self.screen.size
        now = time.monotonic()
        marked = {key for key, until_then in self.marked.items() if until_then > now}
        lines = self.output.picture(records[:height], self.view, columns, marked)
        if len(lines) >= height:
            # Three lines are needed for the heading, the number of omitted rows, and the status.
            left = len(records) - max(height - 3, 0)
            lines = [*lines[: max(height - 2, 0)], table.cut(f"... {left} more", columns)]
        more = " on this page, --all shows more" if self.lists.has_more else ""
        words = f"{self.counted(len(records))}{more}", self.time, self.status
        return [*lines, table.cut("  ".join(words), columns)][-height:]
