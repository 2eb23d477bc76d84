"""One invocation of a command: its settings, client, input and output."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

import click

from . import config, terminal
from .group import Group
from .options import Filter, Key

if TYPE_CHECKING:
    from ..._core import JSON, About, Channel, Operation
    from ...client import Client
    from .output import Output, View
    from .settings import Settings

    Given = Mapping[str, object]

SAFE = {"GET", "HEAD"}
"""The methods that do not change anything."""


class Invocation:
    """What all commands share."""

    def __init__(self, ctx: click.Context) -> None:
        self.ctx = ctx

    @cached_property
    def settings(self) -> Settings:
        """The settings of this run."""
        return config.current(self.ctx)

    @cached_property
    def client(self) -> Client:
        """The client of the API, with the credentials of this run."""
        return self.connect(self.settings.timeout, self.settings.retries)

    def connect(self, timeout: tuple[float, float], retries: int) -> Client:
        """Return a client with a timeout and a number of retries."""
        from ...client import Client

        settings = self.settings
        kind = Client
        if settings.verbose:
            from .tracing import TracingClient

            kind = TracingClient
        return kind(
            settings.base_url,
            settings.auth,
            timeout=timeout,
            retries=retries,
            verify=settings.verify,
            cert=settings.cert,
            on_wait=terminal.say,
        )

    @cached_property
    def output(self) -> Output:
        """The printer of results."""
        from .output import Output

        return Output(self.settings)

    @property
    def about(self) -> About | None:
        """The resource of the command's group."""
        parent = self.ctx.parent
        return parent.command.about if parent and isinstance(parent.command, Group) else None

    @cached_property
    def view(self) -> View:
        """How the resource's records are displayed."""
        from ..._core import forms
        from .output import View

        about = self.about
        if about is None:
            return View()
        fields: tuple[str, ...] = ()
        if self.output.format == "csv":
            schemas = forms.load()
            fields = tuple(schemas.names(schemas.named(about.form)))
        return View(about.plural, about.key, tuple(about.columns), fields, about.label)

    @property
    def one(self) -> str:
        """The noun for a record: book."""
        return self.about.singular if self.about else "record"

    def counted(self, count: int) -> str:
        """Return how many records there are: 250 books."""
        return f"{count} {self.one if count == 1 else self.view.plural}"

    def call(self, operation: Operation[Any], given: Given, **body: JSON) -> None:
        """Call an operation with the given keys and filters, and print its response."""
        keys, query, headers = self._arguments(operation, given)
        if self._previews(operation, keys, query, headers, **body):
            return
        answer = self.client.call(operation, *keys, query=query, headers=headers, **body)
        if answer is not None or self._has_content():
            self.output.value(answer, self.view, is_done=operation.method not in SAFE)

    def _arguments(
        self, operation: Operation[Any], given: Given
    ) -> tuple[Sequence[Any], dict[str, Any], dict[str, str]]:
        """Return the keys, the parameters by their names, and the headers of conditions."""
        self._check_columns(given)
        headers = {"If-Match": str(given["if_match"])} if given.get("if_match") else {}
        return self.keys(given), self.parameters(operation, given), headers

    def _check_columns(self, given: Given) -> None:
        """Refuse columns that no record has, unless they come from a profile, which applies to all resources."""
        flags = config.given(self.ctx)
        if (
            self.about
            and flags.get("columns")
            and not (flags.get("query") or given.get("attribute"))
        ):
            from . import columns

            columns.check(self.about, cast("Sequence[str]", flags["columns"]), self.ctx)

    def keys(self, values: Given) -> Sequence[Any]:
        """Return the keys in the order of the path; an optional one may be None."""
        return [
            values[param.name]
            for param in self.ctx.command.params
            if isinstance(param, Key) and param.name
        ]

    def parameters(self, target: Operation[Any] | Channel[Any], values: Given) -> dict[str, Any]:
        """Return the filters by the client's names for them: a repeated name is prefixed with its location."""
        declared: dict[tuple[str, str], Any] = {
            (parameter.place, parameter.name): parameter for parameter in target.parameters
        }
        found: dict[str, Any] = {}
        names: set[str] = set()
        for param in self.ctx.command.params:
            if not isinstance(param, Filter) or (param.place, param.wire[0]) not in declared:
                continue
            name = param.wire[0] if param.wire[0] not in names else f"{param.place}:{param.wire[0]}"
            names.add(name)
            value = values.get(param.name or "")
            if param.is_given(value):
                found[name] = list(cast("Sequence[object]", value)) if param.multiple else value
            elif declared[param.place, param.wire[0]].required:
                raise click.MissingParameter(ctx=self.ctx, param=param)
        return found

    def _previews(
        self,
        operation: Operation[Any],
        keys: Sequence[object],
        query: Mapping[str, object],
        headers: Mapping[str, str],
        **body: JSON,
    ) -> bool:
        """Print the request if --dry-run or --curl is given, and report whether one is."""
        settings = self.settings
        if not settings.dry_run and not settings.curl:
            return False
        from . import preview

        request = self.client.prepare(operation, *keys, query=query, headers=headers, **body)
        write = preview.curl if settings.curl else preview.message
        click.echo(write(request, self.client.schemes, show_secrets=settings.show_secrets))
        return True

    def _previews_message(self, channel: Channel[Any], keys: Sequence[object], body: JSON) -> bool:
        """Print a message if --dry-run is given, and report whether it is."""
        if self.settings.curl:
            raise click.UsageError("curl cannot send messages: print one with --dry-run.", self.ctx)
        if not self.settings.dry_run:
            return False
        from ..._core import dumps
        from ..._core.sockets import base_of

        click.echo(f"SEND {base_of(self.client, channel)}{channel.url(keys)}\n\n{dumps(body)}")
        return True

    def has_more(self) -> bool:
        """Report whether the last response was a page followed by another."""
        last = self.client.last
        return last is not None and last.next_page is not None

    def _has_content(self) -> bool:
        """Report whether the last response had a body, even if it was null."""
        last = self.client.last
        return last is not None and last.has_body
