"""Waits until a record is in the wanted state: by the events of a channel, or by polling."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

import click

from ..._core import Event, NotFoundError, differences
from . import conditions, terminal
from .body import Builder
from .errors import Status
from .following import STALE, Source, reporter
from .options import Form
from .watching import time_limit, until

if TYPE_CHECKING:
    from ..._core import JSON, About, Channel, Operation
    from .app import App

DELETED = (("deleted",), "", "")
"""The condition that the record is deleted, which no value expresses."""


class TimedOutError(click.ClickException):
    """The conditions were not met in time."""

    exit_code = int(Status.FAILED)


class RecordDeletedError(click.ClickException):
    """The record was deleted, so its conditions can never be met."""

    exit_code = int(Status.REFUSED)


def wait(
    app: App,
    operation: Operation[Any],
    given: Mapping[str, object],
    channel: Channel[Any] | None,
    about: About,
) -> None:
    """Wait until a record meets --for, and print it; --timeout limits the whole wait."""
    waiting = Wait(app, operation, given, channel, about)
    seconds = time_limit(app.ctx)
    for state in until(waiting.states(), seconds):
        if waiting.holds(state):
            if state.kind != "deleted":
                app.output.value(state.data, app.view)
            return
    raise TimedOutError(f"{waiting.now} after {seconds:g} s")


class Wait:
    """One run of a wait command."""

    def __init__(
        self,
        app: App,
        operation: Operation[Any],
        given: Mapping[str, object],
        channel: Channel[Any] | None,
        about: About,
    ) -> None:
        self.key = str(app.keys(given)[-1])
        self.about = about
        self.is_one = channel is not None and len(channel.keys) == len(operation.keys)
        self.name = f"{app.one} {self.key}"
        self.now = f"nothing is known about {self.name}"
        """Describes the current state while it is not the wanted one."""
        self.conditions, self.is_deletion = _conditions(app, about, given)
        keys, query = app.keys(given), app.parameters(operation, given)

        def fetch(headers: Mapping[str, str]) -> JSON:
            return cast("JSON", app.client.call(operation, *keys, query=query, headers=headers))

        self.source = Source(app, channel, given, fetch, reporter(app))

    def states(self) -> Iterator[Event[Any]]:
        """Yield each state of the record, from events or from reads. An event of the kind deleted ends it."""
        for events in self.source.changes():
            for event in events:
                yield from self._states(event)

    def _states(self, event: Event[Any]) -> Iterator[Event[Any]]:
        if not self.is_one:
            event = self._of_all(event)
        if event is STALE:
            yield from self._read()
        elif self.is_one or event.key == self.key:
            self.source.tag = None
            yield event

    def _of_all(self, event: Event[Any]) -> Event[Any]:
        """Return the event for this record from one for all records. Absence from a list means nothing."""
        if event.kind == "state":
            data = cast("JSON", event.data)
            records = differences.keyed(data if isinstance(data, list) else [], self.about.key)
            record = records.get(self.key)
            return STALE if record is None else Event("state", record, self.key)
        return STALE if event.key is None else event

    def _read(self) -> Iterator[Event[Any]]:
        try:
            for record in self.source.read():
                yield Event("state", record, self.key)
        except NotFoundError:
            if not self.source.was_read and not self.is_deletion:
                raise
            yield Event("deleted", None, self.key)

    def holds(self, state: Event[Any]) -> bool:
        """Report whether the record is in the wanted state. If not, print its state on a terminal."""
        if state.kind == "deleted":
            if self.is_deletion:
                return True
            raise RecordDeletedError(f"{self.name} was deleted")
        unmet = [one.now(state.data) for one in self.conditions if not one.holds(state.data)]
        if not unmet and not self.is_deletion:
            return True
        now = ", ".join(dict.fromkeys(unmet)) or f"{self.name} is still there"
        if now != self.now:
            terminal.hint(now)
        self.now = now
        return False


def _conditions(
    app: App, about: About, given: Mapping[str, object]
) -> tuple[list[conditions.Condition], bool]:
    """Return the conditions, and whether to wait for the deletion of the record instead."""
    wanted = cast("Sequence[tuple[tuple[str, ...], str, str]]", given["conditions"])
    if DELETED in wanted:
        if len(set(wanted)) > 1:
            raise click.UsageError("--for deleted cannot be combined with another --for.", app.ctx)
        return [], True
    builder = Builder(Form(about.form, of=about.form), "get", app.ctx.command.params, given)
    for path, _, _ in wanted:
        builder.check_known(path, "--for")
    return [conditions.condition(builder, *one) for one in wanted], False
