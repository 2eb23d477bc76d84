"""Plans the changes that make the records of an API match files. Nothing is changed here.

A member that a file does not contain is left unchanged, at every depth; a list is a single value. Members that the API
never returns are sent each time, since it is unknown whether they differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

import click

from ..._core import differences, forms
from . import event_text, paths, table
from .desired import DesiredRecord, collect
from .options import Form
from .paths import display
from .progress import Progress

if TYPE_CHECKING:
    import requests

    from ..._core import JSON, Client, Operation
    from .app import App

PROGRESS_FROM = 20
"""The number of records from which on progress is shown."""


class Verbs(TypedDict):
    """The operations of a resource; those that send a record have its form beside them."""

    read: Operation[Any]
    create: NotRequired[tuple[Operation[Any], Form]]
    update: NotRequired[tuple[Operation[Any], Form]]
    replace: NotRequired[tuple[Operation[Any], Form]]
    listing: NotRequired[Operation[Any]]
    delete: NotRequired[Operation[Any]]


@dataclass(frozen=True, slots=True)
class Request:
    """A request that changes a record."""

    operation: Operation[Any]
    keys: Sequence[object]
    arguments: Mapping[str, Any]

    def send(self, client: Client) -> Any:  # noqa: ANN401
        """Send the request."""
        return client.call(self.operation, *self.keys, **self.arguments)

    def prepare(self, client: Client) -> requests.PreparedRequest:
        """Return the request that would be sent."""
        return client.prepare(self.operation, *self.keys, **self.arguments)


@dataclass(frozen=True, slots=True)
class Change:
    """The change that one record needs."""

    key: JSON
    action: str
    """create, update, delete or unchanged."""
    request: Request | None = None
    text: str = ""
    """The differences, for people."""
    status: int | None = None
    """The status of the response that contained the record."""


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
        self.current: DesiredRecord | None = None
        """The record that is being compared."""
        self.queries = {
            operation.name: app.parameters(operation, given) for operation in self._operations()
        }

    @property
    def advice(self) -> str:
        """Advice, after a semicolon, which command accepts records without keys; "" if none does."""
        group = self.app.ctx.parent.command if self.app.ctx.parent is not None else None
        names = [*group.commands] if isinstance(group, click.Group) else []
        name = next((name for name in ("import", "create") if name in names), None)
        pair = self.verbs.get("create")
        if name is None or pair is None:
            return ""
        is_needed = self.about.key in self.forms.required(self.forms.named(pair[1].name))
        return "" if is_needed else f"; {name} adds records whose keys the server makes"

    def plan(self, desired: Sequence[DesiredRecord]) -> list[Change]:
        """Return the changes, the deletions last."""
        if self.is_pruning and not desired:
            raise click.UsageError(
                f"the files hold no {self.about.plural}: --prune would delete all of them."
            )
        names = {one.name for one in desired}

        def change(item: tuple[int, DesiredRecord]) -> Change:
            at, one = item
            self.current = one
            progress.show(f"{at} of {len(desired)} {self.about.plural} read", at / len(desired))
            change, name = self._change(one)
            if name != one.name and name in names:
                raise click.UsageError(f"{one.place}: {one.name} is {name}, which appears twice.")
            names.add(name)
            return change

        with Progress(is_shown=len(desired) >= PROGRESS_FROM) as progress:
            changes = collect(change, enumerate(desired))
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
        """Return the operations that send records. The last one is used to change a record."""
        verbs = self.verbs
        pairs = (verbs.get("create"), verbs.get("replace"), verbs.get("update"))
        return [pair for pair in pairs if pair is not None]

    def _change(self, desired: DesiredRecord) -> tuple[Change, str]:
        """Return the change that a record needs, and its key as the API writes it."""
        from ..._core import NotFoundError

        read = self.verbs["read"]
        try:
            existing: JSON = self._request(read, desired.key).send(self.app.client)
        except NotFoundError:
            return self._creation(desired), desired.name
        record = existing if isinstance(existing, dict) else {}
        return self._update(desired, record), table.text(record.get(self.about.key, desired.key))

    def _creation(self, desired: DesiredRecord) -> Change:
        called = f"{desired.place}: there is no {desired.called(self.about)}"
        if "create" not in self.verbs:
            raise click.UsageError(f"{called}, and the API creates none.")
        operation, form = self.verbs["create"]
        read, write = self.forms.named(form.of), self.forms.named(form.name)
        if self.about.key not in self.forms.names(write):
            raise click.UsageError(f"{called}, and the server chooses the keys.")
        body = self.forms.reduced(desired.record, read, write, [])
        self._check(desired, body, write)
        return Change(desired.key, "create", self._request(operation, body=body), "create")

    def _update(self, desired: DesiredRecord, existing: dict[str, JSON]) -> Change:
        last = self.app.client.last
        status = last.status if last is not None else None
        operation, form = self._writes()[-1]
        is_patch = operation.method == "PATCH"
        read, write = self.forms.named(form.of), self.forms.named(form.name)
        before, given = (self._sent(record, read, write) for record in (existing, desired.record))
        after = self._merge(before, given, read, keeps_null=not is_patch)
        if differences.is_same(before, after):
            return Change(desired.key, "unchanged", status=status)
        if operation.method == "POST":
            raise click.UsageError(
                f"{desired.place}: {desired.called(self.about)} differs, and the API cannot change it."
            )
        if not is_patch:
            self._check(desired, after, write)
        body = differences.patch(before, after) if is_patch else after
        tag = last.etag if last is not None and operation.is_conditional else None
        request = self._request(operation, desired.key, tag=tag, body=body)
        return Change(
            desired.key, "update", request, self._summary(before, after, read, write), status
        )

    def _sent(self, record: dict[str, JSON], read: JSON, write: JSON) -> JSON:
        """Return the part of a record that a client may send, without its key, which is in the path."""
        members = {name: member for name, member in record.items() if name != self.about.key}
        return self.forms.reduced(members, read, write, [])

    def _merge(self, existing: JSON, given: JSON, schema: JSON, *, keeps_null: bool) -> JSON:
        """Merge the given record into the existing one, and drop the members of alternatives that no longer apply.

        In a merge patch, null removes a member, so it is ignored if the member is absent.
        """
        if not isinstance(existing, dict) or not isinstance(given, dict):
            return given
        merged = dict(existing)
        for name, value in given.items():
            if value is not None or name in existing or keeps_null:
                inside = self.forms.member(schema, name)
                merged[name] = self._merge(existing.get(name), value, inside, keeps_null=keeps_null)
        for name in self.forms.left(schema, merged):
            if name not in given:
                merged.pop(name, None)
        return merged

    def _check(self, desired: DesiredRecord, body: JSON, schema: JSON) -> None:
        """Refuse a complete record without all required members."""
        members = body if isinstance(body, dict) else {}
        missing = [display([name]) for name in self.forms.required(schema) if name not in members]
        if missing:
            raise click.UsageError(f"{desired.place}: missing: {', '.join(missing)}.")

    def _summary(self, before: JSON, after: JSON, read: JSON, write: JSON) -> str:
        """Describe the differences. Values that the API never returns are not shown."""
        hidden: list[tuple[str, ...]] = []
        pairs = differences.members(
            self.forms.reduced(before, write, read, []),
            self.forms.reduced(after, write, read, hidden),
        )
        lines = [event_text.changes([pair]) for pair in pairs]
        return "; ".join(
            [*lines, *(f"{paths.display(path)}: set, as it is never shown" for path in hidden)]
        )

    def _deletions(self, names: set[str]) -> Iterator[Change]:
        """Yield a deletion for each record of the list whose key is not among these names."""
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
