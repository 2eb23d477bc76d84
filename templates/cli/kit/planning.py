"""Plans the changes that make the records of an API match files. Nothing is changed here.

A member that a file does not name is left unchanged, at every depth; a list is one value. What the API never returns is sent
each time, since it is unknown whether it differs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

import click

from ..._core import differences, forms
from . import event_text, paths, table
from .options import Form
from .paths import told
from .progress import Progress
from .wanted import Wanted, together

if TYPE_CHECKING:
    import requests

    from ..._core import JSON, Client, Operation
    from .app import App

MANY = 20
"""From so many records on, a terminal shows how far reading them is."""


class Verbs(TypedDict):
    """The operations of a resource, those that send a record with its form."""

    read: Operation[Any]
    create: NotRequired[tuple[Operation[Any], Form]]
    update: NotRequired[tuple[Operation[Any], Form]]
    replace: NotRequired[tuple[Operation[Any], Form]]
    listing: NotRequired[Operation[Any]]
    delete: NotRequired[Operation[Any]]


@dataclass(frozen=True, slots=True)
class Request:
    """What changes a record."""

    operation: Operation[Any]
    keys: Sequence[object]
    arguments: Mapping[str, Any]

    def send(self, client: Client) -> Any:  # noqa: ANN401
        """Send it."""
        return client.call(self.operation, *self.keys, **self.arguments)

    def prepare(self, client: Client) -> requests.PreparedRequest:
        """Return what would be sent."""
        return client.prepare(self.operation, *self.keys, **self.arguments)


@dataclass(frozen=True, slots=True)
class Change:
    """What has to be done with one record."""

    key: JSON
    action: str
    """create, update, delete or unchanged."""
    request: Request | None = None
    text: str = ""
    """What differs, for people."""
    status: int | None = None
    """That of the answer that showed the record."""


class Planner:
    """Compares the records of files with those of the API."""

    def __init__(self, app: App, given: Mapping[str, object], verbs: Verbs) -> None:
        about = app.about
        assert about is not None  # noqa: S101 - only resources have this command
        self.app = app
        self.about = about
        self.verbs = verbs
        self.above = app.keys(given)
        self.forms = forms.load()
        self.is_pruning = bool(given.get("prune"))
        self.current: Wanted | None = None
        """The wanted record."""
        self.queries = {
            operation.name: app.parameters(operation, given) for operation in self._operations()
        }

    @property
    def advice(self) -> str:
        """Return, after a semicolon, which command accepts records without keys, if there is one."""
        group = self.app.ctx.parent.command if self.app.ctx.parent is not None else None
        names = [*group.commands] if isinstance(group, click.Group) else []
        name = next((name for name in ("import", "create") if name in names), None)
        pair = self.verbs.get("create")
        if name is None or pair is None:
            return ""
        is_needed = self.about.key in self.forms.required(self.forms.named(pair[1].name))
        return "" if is_needed else f"; {name} adds records whose keys the server makes"

    def plan(self, wanted: Sequence[Wanted]) -> list[Change]:
        """Return what has to be done, the deletions last."""
        if self.is_pruning and not wanted:
            raise click.UsageError(
                f"the files hold no {self.about.plural}: --prune would delete all of them."
            )
        names = {one.name for one in wanted}

        def change(item: tuple[int, Wanted]) -> Change:
            at, one = item
            self.current = one
            progress.show(f"{at} of {len(wanted)} {self.about.plural} read", at / len(wanted))
            change, name = self._change(one)
            if name != one.name and name in names:
                raise click.UsageError(f"{one.place}: {one.name} is {name}, which appears twice.")
            names.add(name)
            return change

        with Progress(is_shown=len(wanted) >= MANY) as progress:
            changes = together(change, enumerate(wanted))
        self.current = None
        return [*changes, *(self._deletions(names) if self.is_pruning else ())]

    def _operations(self) -> Iterator[Operation[Any]]:
        yield self.verbs["read"]
        for operation, _ in self._writes():
            yield operation
        for pruning in (self.verbs.get("listing"), self.verbs.get("delete")):
            if pruning is not None and self.is_pruning:
                yield pruning

    def _writes(self) -> list[tuple[Operation[Any], Form]]:
        """Return what sends records: the last one changes them, if anything does."""
        verbs = self.verbs
        pairs = (verbs.get("create"), verbs.get("replace"), verbs.get("update"))
        return [pair for pair in pairs if pair is not None]

    def _change(self, wanted: Wanted) -> tuple[Change, str]:
        """Return what has to be done with a record, and its key as the API writes it."""
        from ..._core import NotFoundError

        read = self.verbs["read"]
        try:
            there: JSON = self._request(read, wanted.key).send(self.app.client)
        except NotFoundError:
            return self._creation(wanted), wanted.name
        record = there if isinstance(there, dict) else {}
        return self._update(wanted, record), table.text(record.get(self.about.key, wanted.key))

    def _creation(self, wanted: Wanted) -> Change:
        called = f"{wanted.place}: there is no {wanted.called(self.about)}"
        if "create" not in self.verbs:
            raise click.UsageError(f"{called}, and the API creates none.")
        operation, form = self.verbs["create"]
        read, write = self.forms.named(form.of), self.forms.named(form.name)
        if self.about.key not in self.forms.names(write):
            raise click.UsageError(f"{called}, and the server chooses the keys.")
        body = self.forms.reduced(wanted.record, read, write, [])
        self._check(wanted, body, write)
        return Change(wanted.key, "create", self._request(operation, body=body), "create")

    def _update(self, wanted: Wanted, there: dict[str, JSON]) -> Change:
        last = self.app.client.last
        status = last.status if last is not None else None
        operation, form = self._writes()[-1]
        is_patch = operation.method == "PATCH"
        read, write = self.forms.named(form.of), self.forms.named(form.name)
        before, given = (self._sent(record, read, write) for record in (there, wanted.record))
        after = self._over(before, given, read, keeps_null=not is_patch)
        if differences.is_same(before, after):
            return Change(wanted.key, "unchanged", status=status)
        if operation.method == "POST":
            raise click.UsageError(
                f"{wanted.place}: {wanted.called(self.about)} differs, and the API cannot change it."
            )
        if not is_patch:
            self._check(wanted, after, write)
        body = differences.patch(before, after) if is_patch else after
        tag = last.etag if last is not None and operation.is_conditional else None
        request = self._request(operation, wanted.key, tag=tag, body=body)
        return Change(wanted.key, "update", request, self._told(before, after, read, write), status)

    def _sent(self, record: dict[str, JSON], read: JSON, write: JSON) -> JSON:
        """Return what a client may send of a record; its key is in the path."""
        members = {name: member for name, member in record.items() if name != self.about.key}
        return self.forms.reduced(members, read, write, [])

    def _over(self, there: JSON, given: JSON, schema: JSON, *, keeps_null: bool) -> JSON:
        """Return what is there with what is given over it, without the members of an alternative that it leaves.

        In a merge patch null takes a member away, so that there is nothing to do where the member is absent.
        """
        if not isinstance(there, dict) or not isinstance(given, dict):
            return given
        merged = dict(there)
        for name, value in given.items():
            if value is not None or name in there or keeps_null:
                inside = self.forms.member(schema, name)
                merged[name] = self._over(there.get(name), value, inside, keeps_null=keeps_null)
        for name in self.forms.left(schema, merged):
            if name not in given:
                merged.pop(name, None)
        return merged

    def _check(self, wanted: Wanted, body: JSON, schema: JSON) -> None:
        """Refuse a whole record that has not all its required members."""
        members = body if isinstance(body, dict) else {}
        missing = [told([name]) for name in self.forms.required(schema) if name not in members]
        if missing:
            raise click.UsageError(f"{wanted.place}: missing: {', '.join(missing)}.")

    def _told(self, before: JSON, after: JSON, read: JSON, write: JSON) -> str:
        """Return what differs; a value that the API never shows is not shown here either."""
        hidden: list[tuple[str, ...]] = []
        pairs = differences.members(
            self.forms.reduced(before, write, read, []),
            self.forms.reduced(after, write, read, hidden),
        )
        lines = [event_text.told([pair]) for pair in pairs]
        return "; ".join(
            [*lines, *(f"{paths.told(path)}: set, as it is never shown" for path in hidden)]
        )

    def _deletions(self, names: set[str]) -> Iterator[Change]:
        """Yield a deletion for each record of the list that has none of these names."""
        listing, delete = self.verbs.get("listing"), self.verbs.get("delete")
        if listing is None or delete is None:
            return
        query = self.queries[listing.name]
        records: Iterator[JSON] = self.app.client.pages(listing, *self.above, query=query)
        for record in records:
            key = record.get(self.about.key) if isinstance(record, dict) else None
            if key is None:
                raise click.UsageError(
                    f"--prune needs the keys of all {self.about.plural}, and the list does not show them."
                )
            if table.text(key) not in names:
                names.add(table.text(key))
                yield Change(key, "delete", self._request(delete, key), "delete")

    def _request(
        self, operation: Operation[Any], *key: JSON, tag: str | None = None, **body: JSON
    ) -> Request:
        headers = {"If-Match": tag} if tag else {}
        arguments = {"query": self.queries[operation.name], "headers": headers, **body}
        return Request(operation, (*self.above, *key), arguments)
