"""Reads from the API and writes to it. Nothing is drawn here."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from ..._core import (
    APIError,
    DecodeError,
    NotFoundError,
    Operation,
    PreconditionFailedError,
    RequestError,
    differences,
)
from ..._core.operation import NOTHING
from . import session, words
from .page import Keys, Record, ResourcePage, page_of
from .session import Seen

if TYPE_CHECKING:
    from ..._core import JSON, Client

_CONCURRENT = 8
"""How many requests are made concurrently when several records are fetched by key."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A record as the server returned it."""

    record: Record
    etag: str | None = None
    number: str | None = None
    """That of the last change in it (Last-Event-ID)."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A page of a list."""

    records: list[Record]
    total: int | None
    """The total number, if the server reports it."""
    has_more: bool
    number: str | None = None
    """That of the last change in it (Last-Event-ID)."""


def fetch(page: ResourcePage, keys: Keys) -> Loaded:
    """Return a record by its keys, those of its parents first."""
    query = _arguments(page, "get")
    loaded = _fetch(page.client, page, keys, query)
    if page.may("get"):
        seen = Seen(loaded.record, query or {}, loaded.number, loaded.etag)
        session.current().record_read((page.module, keys), seen)
    return loaded


def _arguments(page: ResourcePage, operation: str) -> Mapping[str, object] | None:
    """Return the visitor's input for the parameters of an operation."""
    found = page.operation(operation) if page.may(operation) else None
    return session.current().arguments.get(found.name) if found is not None else None


def fetch_all(page: ResourcePage, wanted: Sequence[Keys]) -> list[Loaded | APIError]:
    """Return records by their keys, fetched concurrently, with the error in place of each one that is unavailable."""
    client, query = page.client, _arguments(page, "get")  # made here: the threads have no session

    def one(keys: Keys) -> Loaded | APIError:
        try:
            return _fetch(client, page, keys, query)
        except APIError as error:
            return error

    with ThreadPoolExecutor(_CONCURRENT) as pool:
        return list(pool.map(one, wanted))


def _fetch(
    client: Client, page: ResourcePage, keys: Keys, query: Mapping[str, object] | None
) -> Loaded:
    if not page.may("get"):
        return Loaded(_members(client, page, keys))
    operation = page.operation("get")
    record = client.call(operation, *keys, query=query)
    last = client.last
    if not isinstance(record, dict):  # treated as empty, it would later be replaced by an empty one
        raise DecodeError(f"{operation.phrase}: the answer is not an object")
    found = cast("Record", record)
    return Loaded(found, last.etag if last else None, last.last_event_id if last else None)


def _members(client: Client, page: ResourcePage, keys: Keys) -> Record:
    """Return the members of a record that can only be read one at a time."""
    found: Record = {}
    for name, attribute in page.attributes.items():
        if attribute.get is not None:
            with contextlib.suppress(NotFoundError):  # a member that is absent
                found[name] = client.call(attribute.get, *keys)
    return found


def rows(page: ResourcePage, parents: Keys, query: Mapping[str, object]) -> Rows:
    """Return one page of a list."""
    client = page.client
    pages = client.pages(page.operation("list"), *parents, query=query)
    found = objects(page, pages.first())
    last = client.last
    number, etag = (last.last_event_id, last.etag) if last else (None, None)
    session.current().record_read((page.module, parents), Seen(list(found), query, number, etag))
    return Rows(found, pages.total, pages.has_more, number)


def objects(page: ResourcePage, listed: Sequence[JSON]) -> list[Record]:
    """Return the records of a list. A list of only other values is not treated as empty."""
    found = [each for each in listed if isinstance(each, dict)]
    if listed and not found:
        raise DecodeError(f"{page.operation('list').phrase}: the answer is not a list of objects")
    return found


def create(page: ResourcePage, parents: Keys, body: JSON) -> Record | None:
    """Create a record, and return it if the server does."""
    # Streamlit may end a run wherever it accesses the session, which must not happen before the result is stored.
    mine = session.current()
    made = page.client.call(
        page.operation("create"), *parents, query=_arguments(page, "create"), body=body
    )
    record = cast("Record", made) if isinstance(made, dict) else None
    mine.changed(page.module, page.key(record) if record else "")
    return record


def delete(page: ResourcePage, keys: Keys, etag: str | None = None) -> None:
    """Delete a record; with an etag, only if it is unchanged."""
    operation = page.operation("delete")
    headers = {"If-Match": etag} if etag and operation.is_conditional else None
    session.current().changed(page.module, keys[-1])
    page.client.call(operation, *keys, query=_arguments(page, "delete"), headers=headers)


def is_older(page: ResourcePage, loaded: Loaded, now: Loaded) -> bool:
    """Report whether the writable part of a record has changed; what only the server writes cannot get lost."""
    return not differences.is_same(written(page, loaded), written(page, now))


def written(page: ResourcePage, loaded: Loaded) -> Record:
    """Return the writable part of a record, including members that the definition does not know."""
    read, write = page.schemas.named(page.forms.read), page.schemas.named(page.write_form)
    return cast("Record", page.schemas.reduced(loaded.record, read, write, []))


def refuse_older(page: ResourcePage, keys: Keys, loaded: Loaded, operation: str) -> None:
    """Do what If-Match does for servers without it: refuse to continue if the record has changed."""
    known = page.operation(operation) if page.may(operation) else None
    if loaded.etag and known is not None and known.is_conditional:
        return
    if is_older(page, loaded, fetch(page, keys)):
        raise PreconditionFailedError(operation, 412, "The record was changed in the meantime")


def save(
    page: ResourcePage, keys: Keys, before: Record, after: Record, etag: str | None
) -> Record | None:
    """Save a record, if it is unchanged: by a merge patch, else as a whole, else one member at a time.

    before and after contain the writable part, and members that the definition does not know. Returns the record if the
    server does.
    """
    client = page.client
    mine = session.current()
    mine.changed(page.module, keys[-1])
    for name in ("update", "replace"):
        if not page.may(name):
            continue
        operation = page.operation(name)
        body: JSON = differences.patch(before, after) if name == "update" else after
        if name == "update" and not differences.is_same(differences.merged(before, body), after):
            if page.may("replace"):
                continue
            raise RequestError(
                "a patch cannot set null where there is no value: leave it unset instead"
            )
        headers = {"If-Match": etag} if etag and operation.is_conditional else None
        answer = client.call(
            operation, *keys, query=_arguments(page, name), headers=headers, body=body
        )
        mine.changed(page.module, keys[-1])
        return cast("Record", answer) if isinstance(answer, dict) else None
    _save_members(page, keys, before, after, etag)
    mine.changed(page.module, keys[-1])
    return None


def _save_members(
    page: ResourcePage, keys: Keys, before: Record, after: Record, etag: str | None
) -> None:
    """Send each changed member separately, on the condition that the record has not changed meanwhile."""
    client = page.client
    for name, operation in _changes_of_members(page, before, after):
        headers = {"If-Match": etag} if etag and operation.is_conditional else None
        client.call(operation, *keys, headers=headers, body=after.get(name, NOTHING))
        etag = client.last.etag if client.last else None


def _changes_of_members(
    page: ResourcePage, before: Record, after: Record
) -> list[tuple[str, Operation[Any]]]:
    """Return the changed members with the operations that change them. If one cannot be changed, nothing is sent."""
    found: list[tuple[str, Operation[Any]]] = []
    for name in {**before, **after}:
        if name in before and name in after and differences.is_same(before[name], after[name]):
            continue
        operation: Operation[Any] | None = None
        if name in page.attributes:
            attribute = page.attributes[name]
            operation = attribute.set if name in after else attribute.unset
        if operation is None:
            what = "changed" if name in after else "left out"
            raise RequestError(f"{words.title(name)} cannot be {what}, as far as the API says")
        found.append((name, operation))
    return found


def label_of(module: str, key: JSON, member: str = "") -> str | None:
    """Return the label of the record that a value refers to, None if it is not found."""
    return labels(module, [key], member).get(str(key))


def labels(module: str, keys: Iterable[JSON], member: str = "") -> dict[str, str | None]:
    """Return the labels of the records that values refer to, by the values as text; None for one that does not exist.

    Values whose records cannot be fetched are left out. member is the member that the values equal, if not the key.
    """
    page = page_of(module)
    wanted = list(
        dict.fromkeys(
            str(key) for key in keys if isinstance(key, str | int) and key not in {"", ".", ".."}
        )
    )
    if (
        not page.may("get")
        or len(page.operation("get").keys) != 1
        or member not in {"", page.about.key}
    ):
        return {}
    mine = session.current()
    unknown = [key for key in wanted if not mine.has_fresh((module, key))]
    for key, loaded in zip(unknown, fetch_all(page, [(key,) for key in unknown]), strict=True):
        if isinstance(loaded, Loaded | NotFoundError):
            mine.remember((module, key), partial(_label, page, loaded))
    return {
        key: mine.remember((module, key), lambda: None)
        for key in wanted
        if mine.has_fresh((module, key))
    }


def _label(page: ResourcePage, found: Loaded | NotFoundError) -> str | None:
    return page.label(found.record) if isinstance(found, Loaded) else None
