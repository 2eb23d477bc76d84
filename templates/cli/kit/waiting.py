"""How to wait until a record is in the wanted state: by its channel, or by polling."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

import click

from ..._core import Event, NotFoundError, differences
from . import conditions, terminal
from .body import Builder
from .errors import Status
from .following import STALE, Source, teller
from .options import Form
from .watching import limit_of, until

if TYPE_CHECKING:
    from ..._core import JSON, About, Channel, Operation
    from .app import App

DELETED = (("deleted",), "", "")
"""The condition that the record is gone, which no value expresses."""


class LateError(click.ClickException):
    """The time is over, and it does not hold."""

    exit_code = int(Status.FAILED)


class GoneError(click.ClickException):
    """The record was deleted, so that nothing else will ever hold."""

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
    seconds = limit_of(app.ctx)
    for state in until(waiting.states(), seconds):
        if waiting.holds(state):
            if state.kind != "deleted":
                app.output.value(state.data, app.view)
            return
    raise LateError(f"{waiting.now} after {seconds:g} s")


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
        """Its state in words while it is not the wanted one."""
        self.conditions, self.is_end = _wanted(app, about, given)
        keys, query = app.keys(given), app.parameters(operation, given)

        def fetch(headers: Mapping[str, str]) -> JSON:
            return cast("JSON", app.client.call(operation, *keys, query=query, headers=headers))

        self.source = Source(app, channel, given, fetch, teller(app))

    def states(self) -> Iterator[Event[Any]]:
        """Yield each state of the record that is heard of or read: one of the kind state, or deleted."""
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
        """Return what an event of all records says about this one. Its absence from a list says nothing."""
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
            if not self.source.was_read and not self.is_end:
                raise
            yield Event("deleted", None, self.key)

    def holds(self, state: Event[Any]) -> bool:
        """Report whether the record is in the wanted state, and otherwise show its state to a person."""
        if state.kind == "deleted":
            if self.is_end:
                return True
            raise GoneError(f"{self.name} was deleted")
        unmet = [one.now(state.data) for one in self.conditions if not one.holds(state.data)]
        if not unmet and not self.is_end:
            return True
        now = ", ".join(dict.fromkeys(unmet)) or f"{self.name} is still there"
        if now != self.now:
            terminal.hint(now)
        self.now = now
        return False


def _wanted(
    app: App, about: About, given: Mapping[str, object]
) -> tuple[list[conditions.Condition], bool]:
    """Return what has to hold, or that the end of the record is waited for."""
    wanted = cast("Sequence[tuple[tuple[str, ...], str, str]]", given["conditions"])
    if DELETED in wanted:
        if len(set(wanted)) > 1:
            raise click.UsageError("--for deleted cannot be combined with another --for.", app.ctx)
        return [], True
    builder = Builder(Form(about.form, of=about.form), "get", app.ctx.command.params, given)
    for path, _, _ in wanted:
        builder.check_known(path, "--for")
    return [conditions.condition(builder, *one) for one in wanted], False
