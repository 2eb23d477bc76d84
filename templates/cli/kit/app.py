"""The implementation of the commands: a method for each verb reads the input, calls the operation and prints the result."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, TypeVar, Unpack, cast

import click

from . import paths, terminal
from .invocation import Invocation
from .options import Filter, Form, form_of

if TYPE_CHECKING:
    from ..._core import JSON, Attribute, Channel, Operation
    from .body import Body, Builder
    from .planning import Verbs

    Attributes = Mapping[str, Attribute]
    Given = Mapping[str, object]

CLIENT_ERROR = 4
T = TypeVar("T")


class App(Invocation):
    """The verbs. Each method implements a command of the resources."""

    def list(
        self,
        operation: Operation[Any],
        given: Given,
        channel: Channel[Any] | None = None,
    ) -> None:
        """Print the records of a list: its first page, or as many as requested; with --watch, again after every change."""
        keys, query, headers = self._arguments(operation, given)
        if self._previews(operation, keys, query, headers):
            return
        if given.get("watch"):
            from .live import follow

            follow(self, operation, given, channel)
            return
        limit = cast("int | None", given.get("max_items"))
        if given.get("all_pages") or limit is not None:
            self.output.items(
                self.client.pages(operation, *keys, query=query, max_items=limit), self.view
            )
            return
        answer = self.client.call(operation, *keys, query=query, headers=headers)
        if answer is None or isinstance(answer, list):
            self.output.items(cast("list[JSON]", answer or []), self.view)
        else:
            self.output.value(answer, self.view)
        if self.has_more():
            terminal.say("There are more: --all fetches them, --max-items N as many as you want.")

    def get(
        self, operation: Operation[Any] | None, given: Given, attributes: Attributes | None = None
    ) -> None:
        """Print a record, or one attribute of it."""
        self.call(self._select(operation, given, attributes, "get"), given)

    def create(self, operation: Operation[Any], given: Given) -> None:
        """Create a record, and print it as the server returns it."""
        self._write(operation, "create", given)

    def export(self, operation: Operation[Any], given: Given) -> None:
        """Write all records of a list to a file or to stdout."""
        from .exporting import Export

        export = Export(self, given)
        keys, query, headers = self._arguments(operation, given)
        if not self._previews(operation, keys, query, headers):
            export.run(self.client.pages(operation, *keys, query=query, max_items=export.limit))

    def import_(self, operation: Operation[Any], given: Given) -> None:
        """Create the records of a file one by one, and report the results."""
        from .importing import Import

        keys, query, headers = self._arguments(operation, given)

        def create(body: JSON) -> JSON:
            if self._previews(operation, keys, query, headers, body=body):
                return None
            answer: JSON = self.client.call(
                operation, *keys, query=query, headers=headers, body=body
            )
            return answer

        Import(self, create, given).run()

    def replace(
        self, operation: Operation[Any], given: Given, get: Operation[Any] | None = None
    ) -> None:
        """Replace a record with the given one."""
        self._write(operation, "replace", given, get)

    def update(
        self, operation: Operation[Any], given: Given, get: Operation[Any] | None = None
    ) -> None:
        """Update the given members of a record."""
        self._write(operation, "update", given, get)

    def update_all(self, operation: Operation[Any], given: Given) -> None:
        """Change several records, all or none."""
        from . import documents

        about = _required(self.about, "The resource", self.ctx)
        changes = documents.read(cast("str", given["file"]))
        self._send(operation, given, self._builder("update", given).several(changes, about.key))

    def delete(self, operation: Operation[Any], given: Given) -> None:
        """Delete records after confirmation. Nothing is printed on stdout."""
        from .batch import Batch, Step

        *above, keys = self.keys(given)
        wanted = list(dict.fromkeys(cast("Sequence[str]", keys)))
        _, query, headers = self._arguments(operation, given)
        if self.settings.dry_run or self.settings.curl:
            for key in wanted:
                self._previews(operation, [*above, key], query, headers)
            return
        names = ", ".join(str(key) for key in wanted)
        terminal.confirm(f"Delete {self.one} {names}?", self.settings)
        call = partial(self.client.call, operation, *above, query=query, headers=headers)
        if len(wanted) == 1:
            call(wanted[0])
            terminal.hint(f"{wanted[0]}: deleted")
            return
        Batch(self).run([Step(key, "deleted", partial(call, key)) for key in wanted])

    def delete_all(self, operation: Operation[Any], given: Given) -> None:
        """Delete the records that the filters select, after confirmation."""
        keys, query, headers = self._arguments(operation, given)
        if self._previews(operation, keys, query, headers):
            return
        params = [param for param in self.ctx.command.params if isinstance(param, Filter)]
        has_filters = any(param.place == "query" and param.wire[0] in query for param in params)
        which = " that the filters select" if has_filters else ""
        terminal.confirm(f"Delete all {self.view.plural}{which}?", self.settings)
        self.call(operation, given)

    def apply(self, given: Given, **verbs: Unpack[Verbs]) -> None:
        """Change the records of the API to match files, after showing the differences."""
        from .applying import apply

        apply(self, given, verbs)

    def exists(
        self, operation: Operation[Any] | None, given: Given, attributes: Attributes | None = None
    ) -> None:
        """Exit with status 0 if the record exists, else with 4; nothing is printed."""
        operation = self._select(operation, given, attributes, "exists")
        keys, query, headers = self._arguments(operation, given)
        if self._previews(operation, keys, query, headers):
            return
        if not self.client.exists(operation, *keys, query=query):
            self.ctx.exit(CLIENT_ERROR)

    def set_attribute(self, attributes: Attributes, given: Given) -> None:
        """Set one attribute of a record to a value, which is parsed as the type in the schema."""
        from . import documents
        from .params import typed

        operation = self._select(None, given, attributes, "set")
        name, text, file = given["attribute"], given.get("value"), given.get("file")
        if sum((text is not None, file is not None, bool(given.get("is_null")))) != 1:
            raise click.UsageError("give one of VALUE, -f FILE and --null.", self.ctx)
        path, builder = (str(name),), self._builder("update", given)
        body: JSON = None
        if isinstance(file, str):
            body = documents.read(file)
        elif isinstance(text, str):
            try:
                body = typed(text, builder.kinds(path))
            except ValueError as error:
                raise click.UsageError(f"{name}: {error}.", self.ctx) from None
        self._send(operation, given, builder.part(path, body))

    def unset_attribute(self, attributes: Attributes, given: Given) -> None:
        """Remove one attribute of a record."""
        self.call(self._select(None, given, attributes, "unset"), given)

    def watch(
        self,
        given: Given,
        *,
        every: Channel[Any] | None = None,
        one: Channel[Any] | None = None,
        attributes: Attributes | None = None,
        listing: Operation[Any] | None = None,
    ) -> None:
        """Print events as they arrive, until --count, --timeout or Ctrl-C ends it."""
        from .watching import watch

        self._check_columns(given)
        watch(self, self._channel(given, every, one, attributes, "watch"), given, listing)

    def wait(
        self,
        operation: Operation[Any],
        given: Given,
        *,
        one: Channel[Any] | None = None,
        every: Channel[Any] | None = None,
    ) -> None:
        """Wait until a record meets the conditions of --for, and print it."""
        from .waiting import wait

        keys, query, headers = self._arguments(operation, given)
        if not self._previews(operation, keys, query, headers):
            about = _required(self.about, "The resource", self.ctx)
            wait(self, operation, given, one or every, about)

    def publish(
        self,
        given: Given,
        *,
        every: tuple[Channel[Any], Form] | None = None,
        one: tuple[Channel[Any], Form] | None = None,
    ) -> None:
        """Send a message, which has the same effect as a request. If the server refuses it, that is an error."""
        from .body import Builder

        keys = [key for key in self.keys(given) if key is not None]
        for action, target in (("update", one), ("create", every)):
            if target is not None and len(target[0].keys) == len(keys):
                body = Builder(target[1], action, self.ctx.command.params, given).build()
                if not self._previews_message(target[0], keys, body.value):
                    self.client.publish(target[0], *keys, body=body.value)
                return
        raise click.UsageError("KEY is missing.", self.ctx)

    def _write(
        self,
        operation: Operation[Any],
        action: str,
        given: Given,
        get: Operation[Any] | None = None,
    ) -> None:
        builder = self._builder(action, given)
        if given.get("edit"):
            from .editing import edit

            edit(self, operation, builder, get)
            return
        if action == "update" and get is not None and given.get("file") is None:
            given = self._with_lists(builder, given, get)
        if action == "update" or given.get("file") == "-" or not terminal.may_ask(self.settings):
            body = builder.build()
        else:
            from .prompts import complete_body

            self._arguments(operation, given)  # report wrong arguments before prompting
            body = complete_body(self.ctx, builder)
        self._send(operation, given, body)

    def _with_lists(self, builder: Builder, given: Given, get: Operation[Any]) -> Given:
        """Read the record if items of lists are changed, and require it to stay unchanged: a patch contains whole lists."""
        if not builder.parts_of_lists(builder.changes()):
            return given
        builder.current = builder.accept(self.read(get, given)).value
        return self.if_unchanged(given)

    def read(self, get: Operation[Any], given: Given) -> JSON:
        """Return the record that a command is about to change."""
        return cast(
            "JSON", self.client.call(get, *self.keys(given), query=self.parameters(get, given))
        )

    def if_unchanged(self, given: Given) -> Given:
        """Return the input with the condition that the record has not changed since it was read."""
        tag = self.client.last.etag if self.client.last is not None else None
        if tag and "if_match" in given and given["if_match"] is None:
            return {**given, "if_match": tag}
        return given

    def _send(self, operation: Operation[Any], given: Given, body: Body) -> None:
        if body.dropped and self.settings.verbose:
            names = ", ".join(map(paths.display, body.dropped))
            terminal.say(f"* omitted, since only the server writes it: {names}")
        self.call(operation, given, body=body.value)

    def _builder(self, action: str, given: Given) -> Builder:
        from .body import Builder

        params = self.ctx.command.params
        return Builder(_required(form_of(params), "-f", self.ctx), action, params, given)

    def _select(
        self,
        operation: Operation[Any] | None,
        given: Given,
        attributes: Attributes | None,
        what: str,
    ) -> Operation[Any]:
        """Return the operation on the record, or on the attribute that was named."""
        name = given.get("attribute")
        if name is None:
            return _required(operation, "--attr", self.ctx)
        found = (attributes or {}).get(str(name))
        chosen = getattr(found, what, None)
        if chosen is None:
            known = [
                each
                for each, attribute in (attributes or {}).items()
                if getattr(attribute, what, None)
            ]
            raise click.UsageError(
                f"{name!r} is not one of the attributes: {', '.join(known)}.", self.ctx
            )
        return cast("Operation[Any]", chosen)

    def _channel(
        self,
        given: Given,
        every: Channel[Any] | None,
        one: Channel[Any] | None,
        attributes: Attributes | None,
        what: str,
    ) -> Channel[Any]:
        if given.get("attribute") is not None:
            return cast("Channel[Any]", self._select(None, given, attributes, what))
        keys = [key for key in self.keys(given) if key is not None]
        for channel in (one, every):
            if channel is not None and len(channel.keys) == len(keys):
                return channel
        raise click.UsageError("KEY is missing.", self.ctx)


def _required(value: T | None, name: str, ctx: click.Context) -> T:
    if value is None:
        raise click.UsageError(f"{name} is missing.", ctx)
    return value


def pass_app(function: Callable[..., None]) -> Callable[..., None]:
    """Call a command with the App of its context."""

    @wraps(function)
    def run(*args: Any, **values: Any) -> None:  # noqa: ANN401
        function(App(click.get_current_context()), *args, **values)

    return run
