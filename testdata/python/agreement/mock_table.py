"""What the mock says by its answers: what it allows, asks credentials for, refuses, and has in a record.

Which names and values to try is taken from what it is compared with; what is said of them are the mock's answers alone.
"""

from __future__ import annotations

import dataclasses
import itertools
import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import requests
from schema import load, type_of
from table import Field, Fields, Operation, Requirement, Table

SAMPLES: Mapping[str, Any] = {
    "string": "a",
    "integer": 7,
    "number": 7.5,
    "boolean": True,
    "array": [],
    "object": {},
    "null": None,
}
"""A value of each type, to see which a field refuses because of its type."""

FOREIGN: Mapping[str, Any] = {"string": "no such value", "integer": 1234567, "number": 0.1234567}
"""A value of each type that no enum has."""

UNAUTHORIZED, UNPROCESSABLE = 401, 422
_TYPES = r"(?:an? (?:string|integer|number|boolean|array|object)|null|true or false)"
_OF_TYPE = re.compile(rf"must be {_TYPES}(?:(?:,| or) {_TYPES})*\.$", re.MULTILINE)
_OF_ENUM = re.compile(r"must be (?:one of |\"|-?\d)")
_STEPS = {"minimum": -1, "maximum": 1, "exclusiveMinimum": 0, "exclusiveMaximum": 0}
"""From a bound to the next whole number that it refuses."""
_INSIDE = {"exclusiveMinimum": 1, "exclusiveMaximum": -1}
"""From a bound to the next whole number that it allows."""
_LENGTHS = {"minLength": -1, "maxLength": 1}
_LONGEST = 9_999
_FEW = 12


class Prober:
    """Asks one mock."""

    def __init__(self, url: str, schemes: Mapping[str, str]) -> None:
        """Know where it is, and the security schemes."""
        self.url = url
        words = (carrier(load(told)) for told in schemes.values())
        self.carriers = sorted(filter(None, set(words)))
        self.session = requests.Session()

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,  # noqa: ANN401
        carries: Sequence[str] | None = None,
    ) -> requests.Response:
        """Send a request with some credentials; without being told, with as many as go together."""
        headers = {} if body is None else {"Content-Type": "application/json"}
        query: dict[str, str] = {}
        for word in self.carriers if carries is None else carries:
            _carry(word, headers, query)
        if carries is None and "Basic" in self.carriers:
            answer = self.ask(
                method, path, body, [each for each in self.carriers if each != "Basic"]
            )
            if answer.status_code != UNAUTHORIZED:
                return answer
            return self.ask(
                method, path, body, [each for each in self.carriers if each != "Bearer"]
            )
        return self.session.request(
            method,
            self.url + quote(path, safe="/%"),
            params=query,
            data=None if body is None else json.dumps(body),
            headers=headers,
            timeout=20,
        )

    def refused(self, path: str, body: Mapping[str, Any]) -> dict[str, str]:
        """Return the members at fault of a record that is to be created, each with what is said of it.

        A few members are tried at a time, because only so many faults are told.
        """
        found: dict[str, str] = {}
        names = list(body)
        for at in range(0, max(len(names), 1), _FEW):
            answer = self.ask("POST", path, {name: body[name] for name in names[at : at + _FEW]})
            if answer.status_code == UNPROCESSABLE:
                errors = load(answer.text)["errors"]
                told: dict[str, str] = {}
                for each in errors:
                    name = _member(each["pointer"])
                    told[name] = (
                        f"{told[name]}\n{each['detail']}" if name in told else each["detail"]
                    )
                wanted = names[at : at + _FEW] or told
                found |= {name: told[name] for name in wanted if name in told}
        return found

    def close(self) -> None:
        """Close the connections."""
        self.session.close()


def carrier(scheme: Any) -> str:  # noqa: ANN401
    """Return what a request needs for a scheme, in words: tokens of all kinds look alike. Empty for what is in the connection."""
    if scheme["type"] == "apiKey":
        return f"{scheme['in']} {scheme['name']}"
    words = {"basic": "Basic", "mutualTLS": ""}
    word = str(scheme.get("scheme", scheme["type"]))
    return words.get(word.lower(), words.get(word, "Bearer"))


def carried(table: Table) -> Table:
    """Return a table with what requests have to carry in place of the schemes."""
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


def _carry(word: str, headers: dict[str, str], query: dict[str, str]) -> None:
    place, _, name = word.partition(" ")
    if place == "query":
        query[name] = "key"
    elif place == "header":
        headers[name] = "key"
    elif place == "cookie":
        headers["Cookie"] = f"{name}=key"
    else:
        headers.setdefault("Authorization", f"{word} dXNlcjpzZWNyZXQ=")


def _member(pointer: str) -> str:
    return pointer.removeprefix("/").split("/")[0].replace("~1", "/").replace("~0", "~")


def table(rest: Table, prober: Prober) -> Table:
    """Return what the mock says at the paths that a table has."""
    found = Table("mock")
    paths = {name.partition(" ")[2]: each.path for name, each in rest.operations.items()}
    for name, path in paths.items():
        for method in _allowed(prober, path):
            known = rest.operations.get(f"{method} {name}")
            if method == "HEAD" and known is None:
                continue  # wherever GET is, by RFC 9110, section 9.3.2
            operation = Operation(security=_security(prober, method, path))
            if known and "{" not in path:
                if method == "POST" and known.sends:
                    operation.sends = dict(_sends(prober, path, known.sends))
                if method == "GET" and known.answers:
                    operation.answers = dict(_answers(prober, path, known.answers))
            found.operations[f"{method} {name}"] = operation
    return found


def _allowed(prober: Prober, path: str) -> set[str]:
    allow = prober.ask("OPTIONS", path).headers.get("Allow", "")
    return set(re.findall(r"[A-Z]+", allow)) - {"OPTIONS"}


def _security(prober: Prober, method: str, path: str) -> frozenset[Requirement]:
    """Return what a request has to carry: the least that is enough."""
    enough: list[frozenset[str]] = []
    for count in (0, 1, 2):
        for words in itertools.combinations(prober.carriers, count):
            given = frozenset(words)
            if not any(each <= given for each in enough):
                body = {} if method in {"POST", "PUT", "PATCH"} else None
                if prober.ask(method, path, body, words).status_code != UNAUTHORIZED:
                    enough.append(given)
    return frozenset(frozenset((word, ()) for word in each) for each in enough if each)


def _sends(prober: Prober, path: str, known: Fields) -> Iterator[tuple[tuple[str, ...], Field]]:
    """Yield what the mock says of the members of a new record."""
    names = [each[0] for each in known if len(each) == 1 and each[0][:1] not in {"|", "{", "/"}]
    missing = {name for name, fault in prober.refused(path, {}).items() if "is required" in fault}
    types: dict[str, set[str]] = {name: set() for name in names}
    for kind, value in SAMPLES.items():
        faults = prober.refused(path, dict.fromkeys(names, value))
        for name in names:
            if not _OF_TYPE.search(faults.get(name, "")):
                types[name].add(kind)
    for each in types.values():
        if "number" in each:
            each.discard("integer")
        if len(each) == len(SAMPLES) - 1:
            each.clear()  # any
    enums = _enums(prober, path, {name: known[name,].enum for name in names})
    yield (), Field()
    for name in [*names, *(each for each in missing if each not in names)]:
        yield (
            (name,),
            Field(
                frozenset(types.get(name, ())),
                enums.get(name),
                dict(_bounds(prober, path, name, known[name,])) if name in names else {},
                required=name in missing,
            ),
        )


def _enums(
    prober: Prober, path: str, known: Mapping[str, frozenset[str] | None]
) -> dict[str, frozenset[str]]:
    """Return which of the values that there should be are taken, where others are not."""
    lists = {name: sorted(values) for name, values in known.items() if values}
    samples = {name: FOREIGN.get(type_of(json.loads(values[0]))) for name, values in lists.items()}
    foreign = prober.refused(path, dict.fromkeys(known, FOREIGN["string"]) | samples)
    found: dict[str, set[str]] = {
        name: set() for name in known if _OF_ENUM.search(foreign.get(name, ""))
    }
    for at in range(max(map(len, lists.values()), default=0)):
        tried = {name: values[at] for name, values in lists.items() if at < len(values)}
        faults = prober.refused(path, {name: json.loads(value) for name, value in tried.items()})
        for name, value in tried.items():
            if name in found and name not in faults:
                found[name].add(value)
    return {name: frozenset(values) for name, values in found.items()}


def _bounds(prober: Prober, path: str, name: str, known: Field) -> Iterator[tuple[str, str]]:
    """Yield the bounds that there should be and are: what is just beyond them is refused."""
    for word, told in known.bounds.items():
        if word not in _STEPS and word not in _LENGTHS:
            continue
        pair = _pair(
            word, Decimal(told), is_whole=known.types is None or "number" not in known.types
        )
        if pair is None:
            continue
        inside, beyond = (prober.refused(path, {name: each}).get(name) for each in pair)
        if beyond is not None and inside != beyond:
            yield word, told


def _pair(word: str, bound: Decimal, *, is_whole: bool) -> tuple[Any, Any] | None:
    """Return the last value that a bound allows, and the first that it does not; None where that is not tried."""
    if word in _LENGTHS:
        length = int(bound)
        beyond = length + _LENGTHS[word]
        return ("a" * length, "a" * beyond) if 0 <= beyond <= _LONGEST else None
    if is_whole and bound != int(bound):
        below, above = math.floor(bound), math.ceil(bound)
        return (above, below) if "inimum" in word else (below, above)
    number: Any = int(bound) if bound == int(bound) else float(bound)
    return number + _INSIDE.get(word, 0), number + _STEPS.get(word, 0)


def _answers(prober: Prober, path: str, known: Fields) -> Iterator[tuple[tuple[str, ...], Field]]:
    """Yield the members that records have, and of those that there should be, that one without them is a record too."""
    answer = prober.ask("GET", path)
    records = load(answer.text) if answer.ok else []
    if isinstance(records, list) and records:
        yield (), Field()
        yield ("[]",), Field()
        names = {
            each[1]: None
            for each in known
            if len(each) == 2 and each[1][:1] not in {"|", "{", "/", "["}
        }
        for name in names | dict.fromkeys(name for record in records for name in record):
            is_optional = any(name not in record for record in records)
            yield ("[]", name), Field(required=False if is_optional else None)
