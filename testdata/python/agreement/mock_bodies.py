"""What the mock accepts and refuses in a body: the types, values and bounds of all members, and the required ones.

The table that it is compared with determines which names and values are tried; the results come only from the mock.
"""

from __future__ import annotations

import dataclasses
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from mock_prober import Place, Prober
from schema import load, type_of
from table import Field, Fields, Path

DEPTH = 3
"""The depth beyond which nothing is tried."""
LONG = 10_000
"""The length from which on a text is not sent."""

SAMPLES: Mapping[str, Any] = {
    "string": "a",
    "integer": 7,
    "number": 7.5,
    "boolean": True,
    "array": [],
    "object": {},
    "null": None,
}
"""A value of each type, to find out which types a field refuses."""

FOREIGN: Mapping[str, Any] = {"string": "no such value", "integer": 1234567, "number": 0.1234567}
"""A value of each type that is in no enum."""

ODD = ("~ no such value ~", "%", "(", "", "a" * 99, "0", 1e99)
"""Values of which at least one does not have a format, or does not match a pattern."""
EXCERPT = 100
"""How many characters of a pattern are shown."""
NO_NAME = "no such member"

_TYPES = r"(?:an? (?:string|integer|number|boolean|array|object)|null|true or false)"
_OF_TYPE = re.compile(rf"must be {_TYPES}(?:(?:,| or) {_TYPES})*\.$", re.MULTILINE)
_OF_ENUM = re.compile(r"must be (?:one of |\"|-?\d|true|false|\{|\[)")
_STEPS = {"minimum": -1, "maximum": 1, "exclusiveMinimum": 0, "exclusiveMaximum": 0}
"""From a bound to the next whole number that it refuses."""
_INSIDE = {"exclusiveMinimum": 1, "exclusiveMaximum": -1}
"""From a bound to the next whole number that it allows."""
_SIZES: Mapping[str, int] = {
    **{"minLength": -1, "maxLength": 1, "minItems": -1, "maxItems": 1},
    **{"minProperties": -1, "maxProperties": 1},
}
"""From a size to the next one that it refuses."""


def sends(prober: Prober, place: Place, known: Fields) -> Fields:
    """Return the fields of a body, as observed in the mock."""
    fields = {path: each for path, each in known.items() if _is_tried(path, known)}
    frames = [path for path in _frames(place) if path in fields]
    values = {path: each for path, each in fields.items() if path not in frames}
    types = _types(prober, place, values)
    enums = _enums(prober, place, values)
    types |= {path: types[path] or _types_of(each) for path, each in enums.items()}
    objects = [
        path for path, each in fields.items() if path in frames or "object" in (each.types or ())
    ]
    missing = set(_missing(prober, place, _holders(fields) | set(frames)))
    closed = set(_closed(prober, place, objects))
    found: Fields = {path: Field(bounds=_closed_bound(path in closed)) for path in frames}
    for path in dict.fromkeys([*values, *missing]):
        bounds = dict(_bounds(prober, place, path, values[path])) if path in values else {}
        is_member = path != () and path[-1] not in {"[]", "{}"}
        found[path] = Field(
            types.get(path),
            enums.get(path),
            {**bounds, **_closed_bound(path in closed)},
            required=path in missing if is_member else None,
        )
    return found


def _frames(place: Place) -> tuple[Path, ...]:
    """Return the paths that always exist: a record, or a list with one."""
    if place.is_value:
        return ()
    return ((), ("[]",)) if place.is_list else ((),)


def _holders(fields: Fields) -> set[Path]:
    """Return the paths that have members; recursive ones end at some depth."""
    return {path[:-1] for path in fields if path and path[-1] not in {"[]", "{}"}}


def _is_tried(path: Path, known: Fields) -> bool:
    is_plain = all(step in {"[]", "{}"} or step[:1] not in {"|", "{", "/", "["} for step in path)
    is_in_tuple = any((*path[:at], "[0]") in known for at, step in enumerate(path) if step == "[]")
    return is_plain and not is_in_tuple and len(path) <= DEPTH


def _types(prober: Prober, place: Place, values: Fields) -> dict[Path, frozenset[str]]:
    """Return the types that are accepted; empty if all are."""
    found: dict[Path, set[str]] = {path: set() for path in values}
    for kind, value in SAMPLES.items():
        faults = prober.refused(place, dict.fromkeys(values, value))
        for path in values:
            told = faults.get(path, "")
            if not _OF_TYPE.search(told) and not (value is None and "is required" in told):
                found[path].add(kind)
    for each in found.values():
        if "number" in each:
            each.discard("integer")
        if len(each) == len(SAMPLES) - 1:
            each.clear()
    return {path: frozenset(each) for path, each in found.items()}


def _enums(prober: Prober, place: Place, values: Fields) -> dict[Path, frozenset[str]]:
    """Return which of the expected values are accepted, if others are refused."""
    lists = {path: sorted(each.enum) for path, each in values.items() if each.enum}
    samples = {path: FOREIGN.get(type_of(json.loads(each[0]))) for path, each in lists.items()}
    foreign = prober.refused(place, dict.fromkeys(values, FOREIGN["string"]) | samples)
    found: dict[Path, set[str]] = {
        path: set() for path in values if _OF_ENUM.search(foreign.get(path, ""))
    }
    for at in range(max(map(len, lists.values()), default=0)):
        tried = {path: each[at] for path, each in lists.items() if at < len(each)}
        faults = prober.refused(place, {path: json.loads(value) for path, value in tried.items()})
        for path, value in tried.items():
            if path in found and path not in faults:
                found[path].add(value)
    return {path: frozenset(each) for path, each in found.items()}


def _types_of(values: Iterable[str]) -> frozenset[str]:
    """Return the types of enum values, since any other value is refused whatever its type."""
    return frozenset(type_of(load(each)) for each in values)


def _missing(prober: Prober, place: Place, objects: Iterable[Path]) -> Iterator[Path]:
    """Yield the members that are reported as missing from empty objects."""
    for path in objects:
        bare = dataclasses.replace(place, keys={}) if path == ("[]",) else place
        for at, told in prober.faults(bare, prober.body(bare, {path: {}})).items():
            if at[:-1] == path and "is required" in told and len(at) <= DEPTH:
                yield at


def _closed(prober: Prober, place: Place, objects: Iterable[Path]) -> Iterator[Path]:
    """Yield the objects that refuse an unknown member."""
    for path in objects:
        told = prober.refused(place, {(*path, NO_NAME): 1}).get((*path, NO_NAME), "")
        if "is not an allowed property" in told:
            yield path


def _closed_bound(is_closed: bool) -> dict[str, str]:
    return {"closed": "true"} if is_closed else {}


def _bounds(prober: Prober, place: Place, path: Path, known: Field) -> Iterator[tuple[str, str]]:
    """Yield the expected bounds that are enforced: a value just beyond them is refused."""
    for word, told in known.bounds.items():
        if word in {"pattern", "format"}:
            sign = re.compile(_sign(word, load(told)), re.MULTILINE)
            tried = (prober.refused(place, {path: each}).get(path, "") for each in ODD)
            if any(map(sign.search, tried)):
                yield word, told
        elif pair := _pair(word, told, known):
            inside, beyond = (prober.refused(place, {path: each}).get(path) for each in pair)
            if beyond is not None and inside != beyond:
                yield word, told


def _sign(word: str, told: str) -> str:
    """Return the message for a value that does not match a pattern, or does not have a format."""
    if word == "pattern":
        return re.escape(f"must match the pattern {told[:EXCERPT]}")
    return r"is not (?:an? )?valid|must be an integer"


def _pair(word: str, told: str, known: Field) -> tuple[Any, Any] | None:
    """Return the last value that a bound allows, and the first that it refuses; None if that is not tried."""
    if word in _SIZES:
        size = int(told)
        return _sized(word, size, size + _SIZES[word])
    if word == "uniqueItems":
        return [1, 2], [1, 1]
    if word == "multipleOf":
        step = Decimal(told)
        return _number(step), _number(step * Decimal("1.5"))
    if word not in _STEPS:
        return None
    bound = Decimal(told)
    if bound != int(bound) and (known.types is None or "number" not in known.types):
        below, above = math.floor(bound), math.ceil(bound)
        return (above, below) if "inimum" in word else (below, above)
    exact = _number(bound)
    return exact + _INSIDE.get(word, 0), exact + _STEPS[word]


def _number(value: Decimal) -> Any:  # noqa: ANN401
    return int(value) if value == int(value) else float(value)


def _sized(word: str, *sizes: int) -> tuple[Any, Any] | None:
    """Return values of two sizes, as far as they are possible."""
    if min(sizes) < 0 or max(sizes) >= LONG:
        return None
    makers: Mapping[str, Any] = {
        "Length": lambda size: "a" * size,
        "Items": lambda size: list(range(size)),
        "Properties": lambda size: {f"p{at}": at for at in range(size)},
    }
    make = makers[word[3:]]
    return make(sizes[0]), make(sizes[1])
