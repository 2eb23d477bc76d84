"""Probes a mock with different credentials and values, at one location at a time. Changes are undone."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlencode

import urllib3
from schema import load
from table import Path, Table

UNAUTHORIZED, UNPROCESSABLE = 401, 422
OTHER = "another"
"""The name of a member whose name is arbitrary."""
_FEW = 12
"""How many values are tried at a time."""
_MOST_FAULTS = 20
"""How many faults the mock reports at a time."""


@dataclass(frozen=True)
class Place:
    """The target of bodies."""

    method: str
    path: str
    """The path with keys of existing records."""
    keys: Mapping[str, Any] = dataclasses.field(default_factory=dict[str, Any])
    """Members that identify the record, if the body is a list of records."""
    is_list: bool = False
    is_value: bool = False
    """The body is the value of one property."""

    @property
    def media_type(self) -> str:
        """The media type of the body."""
        is_patch = self.method == "PATCH" and not self.is_list
        return "application/merge-patch+json" if is_patch else "application/json"


@dataclass(frozen=True)
class Answer:
    """The mock's response to a request."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_good(self) -> bool:
        """Whether it succeeded."""
        return self.status < HTTPStatus.BAD_REQUEST

    @property
    def value(self) -> Any:  # noqa: ANN401
        """The body, which is JSON."""
        return load(self.body.decode())


class Prober:
    """Probes one mock."""

    def __init__(self, url: str, schemes: Mapping[str, str]) -> None:
        """Create it for a base URL and security schemes."""
        self.pool = urllib3.connection_from_url(url, retries=False, timeout=20)
        words = (carrier(load(told)) for told in schemes.values())
        self.carriers = sorted(filter(None, set(words)))
        self.state = self.pool.request("GET", "/_mock/state").data
        self.is_changed = False

    def ask(  # noqa: PLR0913
        self,
        method: str,
        path: str,
        body: str | None = None,
        *,
        media_type: str = "application/json",
        query: Mapping[str, Any] | None = None,
        carries: Sequence[str] | None = None,
    ) -> Answer:
        """Send a request with some credentials; by default, with as many as can be combined."""
        for words in self._fitting() if carries is None else [carries]:
            headers = {} if body is None else {"Content-Type": media_type}
            given = dict(query or {})
            for word in words:
                _carry(word, headers, given)
            answer = self._send(
                method, f"{quote(path, safe='/%')}?{urlencode(given)}", body, headers
            )
            if answer.status != UNAUTHORIZED:
                break
        self.is_changed |= answer.is_good and method not in {"GET", "HEAD", "OPTIONS"}
        return answer

    def restore(self) -> None:
        """Undo changes."""
        if self.is_changed:
            self._send("PUT", "/_mock/state", self.state, {})
            self.is_changed = False

    def _send(
        self, method: str, target: str, body: str | bytes | None, headers: Mapping[str, str]
    ) -> Answer:
        found = self.pool.urlopen(method, target, body, headers, redirect=False)
        return Answer(found.status, found.headers, found.data)

    def _fitting(self) -> list[list[str]]:
        """Return credentials that can be combined: a request has only one Authorization header."""
        alone = ("Basic", "Bearer")
        return [[each for each in self.carriers if each != other] for other in alone]

    def refused(self, place: Place, values: Mapping[Path, Any]) -> dict[Path, str]:
        """Return which values in a body are refused, with the message for each.

        Values in the same object are tried a few at a time, because the number of reported faults is limited.
        """
        found: dict[Path, str] = {}
        for family in _families(values):
            paths = list(family)
            for at in range(0, len(paths), _FEW):
                few = {path: family[path] for path in paths[at : at + _FEW]}
                found |= self._tried(place, few)
        return found

    def _tried(self, place: Place, values: Mapping[Path, Any]) -> dict[Path, str]:
        told = self.faults(place, self.body(place, values))
        if sum(text.count("\n") + 1 for text in told.values()) >= _MOST_FAULTS and len(values) > 1:
            halves = [dict(list(values.items())[at::2]) for at in (0, 1)]
            return self._tried(place, halves[0]) | self._tried(place, halves[1])
        return {path: told[path] for path in values if path in told}

    def body(self, place: Place, values: Mapping[Path, Any]) -> Any:  # noqa: ANN401
        """Return a body with values, all in the same object."""
        if () in values:
            return values[()]
        parent = next(iter(values))[:-1]
        return _wrapped({path[-1]: each for path, each in values.items()}, parent, place.keys)

    def faults(self, place: Place, body: Any) -> dict[Path, str]:  # noqa: ANN401
        """Return the message for each refused value in a body."""
        answer = self.ask(place.method, place.path, json.dumps(body), media_type=place.media_type)
        if place.method == "PATCH":
            self.restore()  # the effect of a patch depends on the record
        told: dict[Path, str] = {}
        if answer.status == UNPROCESSABLE:
            for each in answer.value["errors"]:
                path = _path(each["pointer"], body)
                if path[-1:] == ("[]",) and each["detail"].endswith("is not allowed."):
                    path = path[:-1]  # an item too many is a fault of its list
                told[path] = f"{told[path]}\n{each['detail']}" if path in told else each["detail"]
        return told

    def close(self) -> None:
        """Close the connections."""
        self.pool.close()


def _families(values: Mapping[Path, Any]) -> Iterable[dict[Path, Any]]:
    """Group values by object; an item and a body are on their own."""
    found: dict[Path, dict[Path, Any]] = {}
    for path, value in values.items():
        is_alone = path == () or path[-1] == "[]"
        found.setdefault((*path, "") if is_alone else path[:-1], {})[path] = value
    return found.values()


def _wrapped(members: Mapping[str, Any], parent: Path, keys: Mapping[str, Any]) -> Any:  # noqa: ANN401
    """Return a body that has members at a path; in a list, with the keys that identify the record."""
    value: Any = [members["[]"]] if "[]" in members else _named(members)
    if keys and parent == ("[]",):
        value = {**keys, **value}
    for at in reversed(range(len(parent))):
        value = [value] if parent[at] == "[]" else _named({parent[at]: value})
        if keys and at == 1:
            value = {**keys, **value}
    return value


def _named(members: Mapping[str, Any]) -> dict[str, Any]:
    return {OTHER if name == "{}" else name: value for name, value in members.items()}


def _path(pointer: str, body: Any) -> Path:  # noqa: ANN401
    """Return a pointer as a path in tables."""
    found: list[str] = []
    at = body
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(at, list):
            found.append("[]")
            at = at[int(name)] if int(name) < len(at) else None
        else:
            found.append("{}" if name == OTHER else name)
            at = at.get(name) if isinstance(at, dict) else None
    return tuple(found)


def carrier(scheme: Any) -> str:  # noqa: ANN401
    """Return what a request needs for a scheme, in words: tokens of all kinds look alike. Empty for what is in the connection."""
    if scheme["type"] == "apiKey":
        return f"{scheme['in']} {scheme['name']}"
    words = {"basic": "Basic", "mutualTLS": ""}
    word = str(scheme.get("scheme", scheme["type"]))
    return words.get(word.lower(), words.get(word, "Bearer"))


def carried(table: Table) -> Table:
    """Return a table in which schemes are replaced with what requests must carry."""
    schemes = {name: carrier(load(told)) for name, told in (table.schemes or {}).items()}
    operations = {}
    for name, operation in table.operations.items():
        needs = {
            frozenset((schemes[each], ()) for each, _ in requirement if schemes[each])
            for requirement in operation.security or ()
        }
        security = frozenset() if frozenset() in needs else frozenset(needs)
        operations[name] = dataclasses.replace(operation, security=security)
    return Table(table.output, operations, table.schemes)


def _carry(word: str, headers: dict[str, str], query: dict[str, Any]) -> None:
    place, _, name = word.partition(" ")
    if place == "query":
        query[name] = "key"
    elif place == "header":
        headers[name] = "key"
    elif place == "cookie":
        headers["Cookie"] = f"{name}=key"
    else:
        headers.setdefault("Authorization", f"{word} dXNlcjpzZWNyZXQ=")
