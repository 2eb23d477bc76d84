"""Applies files to the records of an API: shows the differences, asks for confirmation, then makes the changes."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

import click

from . import preview, table, terminal
from .batch import Batch, Outcome, Step
from .desired import read
from .output import View
from .planning import Change, Planner, Verbs

if TYPE_CHECKING:
    from ..._core import JSON
    from .app import App

MARKS = {"create": ("+", "green"), "update": ("~", "yellow"), "delete": ("-", "red")}
"""The symbol and the colour of each action in the differences."""

DONE = {"create": "created", "update": "updated", "delete": "deleted"}

FIELDS = ("key", "action", "status")


def apply(app: App, given: Mapping[str, object], verbs: Verbs) -> None:
    """Change the records of the API to match files."""
    from ..._core import APIError

    planner = Planner(app, given, verbs)
    records = read(planner.about, cast("Sequence[str]", given["files"]), planner.advice)
    try:
        changes = planner.plan(records)
    except (KeyboardInterrupt, APIError):
        if planner.current is not None:
            terminal.say(f"{planner.current.place}: {planner.current.name} was not read")
        terminal.say("Nothing was changed.")
        raise
    Apply(app, changes).run()


class Apply:
    """Executes a plan."""

    def __init__(self, app: App, changes: Sequence[Change]) -> None:
        self.app = app
        self.settings = app.settings
        self.changes = changes

    def run(self) -> None:
        """Show the differences. Then preview the changes, or make them after confirmation."""
        self._show()
        if self.settings.curl:
            self._preview()
        elif self.settings.dry_run:
            self._print(Outcome(each.key, each.action, None) for each in self.changes)
        else:
            self._confirm()
            batch = Batch(self.app)
            self._print(self._outcomes(batch))
            batch.end()

    @property
    def _has_results(self) -> bool:
        """Whether results are printed to stdout, since a format was requested."""
        settings = self.settings
        return settings.output != "auto" or settings.query is not None or bool(settings.columns)

    def _show(self) -> None:
        """Write the differences: to stdout if nothing else is printed there, else to stderr."""
        is_all = self.settings.dry_run and not self.settings.curl and not self._has_results
        stream = sys.stdout if is_all else sys.stderr
        color = terminal.wants_color(stream, self.settings.color)
        for change in self.changes:
            if change.action in MARKS:
                mark, shade = MARKS[change.action]
                name = terminal.printable(f"{mark} {table.text(change.key)}")
                text = terminal.printable(change.text)
                click.echo(f"{click.style(name, fg=shade)}  {text}", stream, color=color)
        click.echo(self._summary(), stream, color=color)

    def _summary(self) -> str:
        actions = [change.action for change in self.changes]
        parts = [f"{actions.count(each)} to {each}" for each in MARKS if each in actions]
        return ", ".join([*parts, f"{actions.count('unchanged')} unchanged"])

    def _preview(self) -> None:
        client = self.app.client
        for change in self.changes:
            if change.request is not None:
                request = change.request.prepare(client)
                secrets = self.settings.show_secrets
                click.echo(preview.curl(request, client.schemes, show_secrets=secrets))

    def _confirm(self) -> None:
        """Ask for confirmation; without a terminal, only deletions need it."""
        losses = sum(change.action == "delete" for change in self.changes)
        is_something = any(change.request is not None for change in self.changes)
        if losses or (is_something and terminal.can_ask()):
            deleting = (
                f", and delete {losses} {self.app.view.plural if losses > 1 else self.app.one}"
            )
            question = f"Apply these changes{deleting if losses else ''}?"
            terminal.confirm(question, self.settings)

    def _outcomes(self, batch: Batch) -> Iterator[Outcome]:
        """Make the changes. Deletions come last, and only if all else succeeded: the replacement may have been refused."""
        for change in self.changes:
            if change.request is None:
                yield Outcome(change.key, "unchanged", change.status)
        yield from batch.outcomes(self._steps("create", "update"))
        deletions = self._steps("delete")
        if batch.stopped is not None:
            batch.skip(deletions)
        elif batch.status:
            batch.skip(deletions, ", since not all before it worked")
        else:
            yield from batch.outcomes(deletions)

    def _steps(self, *actions: str) -> list[Step]:
        client = self.app.client
        return [
            Step(change.key, DONE[change.action], partial(change.request.send, client))
            for change in self.changes
            if change.action in actions and change.request is not None
        ]

    def _print(self, outcomes: Iterable[Outcome]) -> None:
        """Print the result for each record, if a format was requested."""
        records = (_record(outcome) for outcome in outcomes)
        if self._has_results:
            view = View(self.app.view.plural, "key", FIELDS, FIELDS)
            self.app.output.items(records, view, is_done=not self.settings.dry_run)
        else:
            for _ in records:
                pass


def _record(outcome: Outcome) -> JSON:
    members: dict[str, JSON] = {
        "key": outcome.key,
        "action": outcome.action,
        "status": outcome.status,
    }
    return {name: value for name, value in members.items() if value is not None}
