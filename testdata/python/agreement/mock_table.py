"""The behaviour of the mock as a table: what it allows, secures, accepts, refuses, and has in its records.

The table that it is compared with determines which names and values are tried; the results come only from the mock.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import mock_bodies
from mock_prober import UNAUTHORIZED, Place, Prober
from schema import canonical, load, type_of
from table import Field, Fields, Operation, Path, Requirement, Table

WRITING = {"POST", "PUT", "PATCH"}
_TELLING = ("PATCH", "PUT", "GET", "HEAD", "DELETE")
"""The methods of a record, those with the fewest parameters first."""


def table(rest: Table, prober: Prober) -> Table:
    """Return the table of the mock, for the paths in another table."""
    found = Table("mock")
    records = Records(rest, prober)
    paths = {name.partition(" ")[2]: each.path for name, each in rest.operations.items()}
    for name, path in paths.items():
        real = records.path(path)
        for method in _allowed(prober, path):
            known = rest.operations.get(f"{method} {name}")
            if method == "HEAD" and known is None:
                continue  # HEAD exists wherever GET does (RFC 9110, section 9.3.2)
            operation = Operation(security=_security(prober, method, path))
            prober.restore()
            if known and real is not None:
                if method in WRITING and known.sends:
                    operation.sends = _sends(records, method, path, real, known.sends)
                    prober.restore()
                if method == "GET" and known.answers:
                    operation.answers = dict(_answers(records.read(path, real), known.answers))
            found.operations[f"{method} {name}"] = operation
    return found


def _allowed(prober: Prober, path: str) -> set[str]:
    allow = prober.ask("OPTIONS", path).headers.get("Allow", "")
    return set(re.findall(r"[A-Z]+", allow)) - {"OPTIONS"}


def _security(prober: Prober, method: str, path: str) -> frozenset[Requirement]:
    """Return the minimum of credentials that a request must carry."""
    enough: list[frozenset[str]] = []
    for count in (0, 1, 2):
        for words in itertools.combinations(prober.carriers, count):
            given = frozenset(words)
            if not any(each <= given for each in enough):
                body = "{}" if method in WRITING else None
                if prober.ask(method, path, body, carries=words).status != UNAUTHORIZED:
                    enough.append(given)
    return frozenset(frozenset((word, ()) for word in each) for each in enough if each)


class Records:
    """The records of a mock: their keys, which are part of paths, and their content."""

    def __init__(self, rest: Table, prober: Prober) -> None:
        """Create it for the lists of a mock."""
        self.prober = prober
        self.reading = {
            each.path: each for name, each in rest.operations.items() if name.startswith("GET ")
        }
        self.known: dict[str, str | None] = {}
        lists = load(prober.state.decode()).values()
        self.stored = [record for records in lists for record in records]
        """All top-level records, for lists that cannot be read."""

    def path(self, path: str) -> str | None:
        """Return a path with keys of existing records; None if there are none."""
        if path not in self.known:
            self.known[path] = self._path(path)
        return self.known[path]

    def _path(self, path: str) -> str | None:
        match = re.fullmatch(r"(.*)/(\{[^{}/]*\})((?:/[^{}]*)?)", path)
        if match is None:
            return path
        above, key, rest = match[1], match[2][1:-1], match[3]
        if rest:
            record = self.path(f"{above}/{{{key}}}")
            return record and record + rest
        real = self.path(above)
        if real is None:
            return None
        records = self.read(above, real) or self.stored
        for record in sorted(records, key=lambda each: -len(str(each))):
            for value in _keys(record, key):
                tried = f"{real}/{quote(_text(value), safe='')}"
                if self._is_there(f"{above}/{{{key}}}", tried):
                    return tried
        return None

    def key(self, path: str) -> dict[str, Any]:
        """Return the members that identify a record in a list."""
        for one in self.reading:
            match = re.fullmatch(re.escape(path) + r"/\{([^{}/]*)\}", one)
            real = self.path(one) if match else None
            if match and real:
                (record,) = self.read(one, real)
                value = next(iter(_keys(record, match[1])), None)
                return {name: each for name, each in record.items() if each is value}
        return {}

    def _is_there(self, path: str, real: str) -> bool:
        """Report whether there is a record."""
        method = next(iter(sorted(_allowed(self.prober, path), key=_TELLING.index)))
        place = Place(method, real)
        body = "{}" if method in WRITING else None
        status = self.prober.ask(method, real, body, media_type=place.media_type).status
        self.prober.restore()
        return status != HTTPStatus.NOT_FOUND

    def read(self, path: str, real: str) -> list[Any]:
        """Return the records of a list, or another value."""
        operation = self.reading.get(path)
        if operation is None:
            return []
        query = {
            name.removeprefix("query "): _example(fields[()])
            for name, fields in operation.parameters.items()
            if name.startswith("query ") and fields[()].required
        }
        answer = self.prober.ask("GET", real, query=query)
        if not answer.is_good:
            return []
        value = answer.value
        is_list = operation.answers is not None and ("[]",) in operation.answers
        return value if is_list and isinstance(value, list) else [value]


def _keys(record: Any, key: str) -> list[Any]:  # noqa: ANN401
    """Return possible keys of a record, the member with the name of the key first."""
    if not isinstance(record, dict):
        return []
    scalars = [name for name, each in record.items() if not isinstance(each, dict | list | None)]
    return [record[name] for name in sorted(scalars, key=lambda name: name != key)]


def _text(value: Any) -> str:  # noqa: ANN401
    return value if isinstance(value, str) else canonical(value)


def _example(field: Field) -> Any:  # noqa: ANN401
    """Return a value for a required parameter."""
    if field.enum:
        return load(sorted(field.enum)[0])
    texts = {'"date-time"': "2020-01-31T09:30:00Z", '"date"': "2020-01-31"}
    text = texts.get(field.bounds.get("format", ""), "x")
    kinds = {"integer": field.bounds.get("minimum", "1"), "number": "1", "boolean": "true"}
    return next((kinds[each] for each in kinds if each in (field.types or ())), text)


def _sends(records: Records, method: str, path: str, real: str, known: Fields) -> Fields:
    is_list = method == "PATCH" and not path.endswith("}")
    is_value = method == "PUT" and not path.endswith("}")
    keys = records.key(path) if is_list else {}
    place = Place(method, real, keys, is_list, is_value)
    return mock_bodies.sends(records.prober, place, known)


def _answers(records: Sequence[Any], known: Fields) -> Iterator[tuple[Path, Field]]:
    """Yield the members of records, and those that are missing from some."""
    path: Path = ("[]",) if ("[]",) in known else ()
    if records:
        yield (), Field()
        yield from _seen(path, records, known, required=None)


def _seen(
    path: Path, values: Sequence[Any], known: Fields, *, required: bool | None
) -> Iterator[tuple[Path, Field]]:
    """Yield the types of values if they contradict the expected ones, and the same for their parts."""
    told = known.get(path, Field())
    types = frozenset(map(type_of, values))
    fitting = (told.types or types) | (
        {"integer"} & types if "number" in (told.types or ()) else set()
    )
    enum = frozenset(map(canonical, values)) if told.enum else None
    yield (
        path,
        Field(
            told.types if types <= fitting else types,
            told.enum if enum is None or enum <= (told.enum or enum) else enum,
            required=required,
        ),
    )
    if len(path) >= mock_bodies.DEPTH:
        return
    objects = [each for each in values if isinstance(each, dict)]
    for name in _names(path, objects, known):
        inner = [each[name] for each in objects if name in each]
        child = known.get((*path, name), Field())
        if inner:
            needed = bool(child.required) and len(inner) == len(objects)
            yield from _seen((*path, name), inner, known, required=needed)
        elif child.required:
            yield (*path, name), Field(required=False)
    items = [item for each in values if isinstance(each, list) for item in each]
    if items and (*path, "[]") in known and (*path, "[0]") not in known:
        yield from _seen((*path, "[]"), items, known, required=None)


def _names(path: Path, objects: Sequence[Mapping[str, Any]], known: Fields) -> Iterator[str]:
    """Yield the names of members, expected and actual, except arbitrary ones."""
    inner = {each[-1] for each in known if each[:-1] == path and len(each) == len(path) + 1}
    yield from sorted(name for name in inner if name[:1] not in {"|", "{", "/", "["})
    if inner and not any(name[:1] in {"{", "/"} for name in inner):
        yield from sorted({name for each in objects for name in each} - inner)
