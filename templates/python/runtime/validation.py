"""Validates values against schemas (JSON Schema 2020-12), as far as a client reliably can.

Patterns, formats and whatever else needs a full validator (contains, unevaluatedProperties ...) are left to the server.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping, Sized
from decimal import Decimal
from typing import cast

from .jsontext import JSON, dumps, is_array, is_object

Fault = tuple[str, str]


def validate(schema: JSON, value: object, definitions: Mapping[str, JSON]) -> list[Fault]:
    """Return the faults of a value: a JSON pointer and a sentence for each."""
    return list(_Check(definitions).faults(schema, value, "", 0))


_MAX_DEPTH = 100


class _Check:
    def __init__(self, definitions: Mapping[str, JSON]) -> None:
        self.definitions = definitions

    def faults(self, schema: JSON, value: object, pointer: str, depth: int) -> Iterator[Fault]:
        if schema is False:
            yield pointer, "no value is accepted here"
        if not isinstance(schema, dict) or depth > _MAX_DEPTH:
            return
        types = schema.get("type")
        if types is not None and not any(
            _is(value, kind) for kind in (types if isinstance(types, list) else [types])
        ):
            yield pointer, f"{_short(value)} is not {_listed(types)}"
            return
        yield from _values(schema, value, pointer)
        yield from self._parts(schema, value, pointer, depth + 1)
        yield from self._others(schema, value, pointer, depth + 1)

    def _parts(
        self, schema: dict[str, JSON], value: object, pointer: str, depth: int
    ) -> Iterator[Fault]:
        if is_object(value):
            yield from self._members(schema, cast("Mapping[str, object]", value), pointer, depth)
        elif is_array(value):
            first = schema.get("prefixItems")
            first = first if isinstance(first, list) else []
            for i, item in enumerate(value):
                yield from self.faults(
                    first[i] if i < len(first) else schema.get("items"),
                    item,
                    f"{pointer}/{i}",
                    depth,
                )

    def _members(
        self, schema: dict[str, JSON], value: Mapping[str, object], pointer: str, depth: int
    ) -> Iterator[Fault]:
        required = schema.get("required")
        for name in required if isinstance(required, list) else []:
            if name not in value:
                yield f"{pointer}/{_escaped(str(name))}", "is required"
        listed = schema.get("properties")
        listed = listed if isinstance(listed, dict) else {}
        has_patterns = bool(schema.get("patternProperties"))
        for name, member in value.items():
            if name in listed:
                yield from self.faults(listed[name], member, f"{pointer}/{_escaped(name)}", depth)
            elif not has_patterns:
                yield from self.faults(
                    schema.get("additionalProperties"), member, f"{pointer}/{_escaped(name)}", depth
                )

    def _others(
        self, schema: dict[str, JSON], value: object, pointer: str, depth: int
    ) -> Iterator[Fault]:
        reference = schema.get("$ref")
        if isinstance(reference, str):
            yield from self.faults(
                self.definitions.get(reference.removeprefix("#/$defs/")), value, pointer, depth
            )
        for branch in _branches(schema, "allOf"):
            yield from self.faults(branch, value, pointer, depth)
        for keyword in ("anyOf", "oneOf"):
            branches = _branches(schema, keyword)
            found = [list(self.faults(branch, value, pointer, depth)) for branch in branches]
            if found and all(found):
                other = [self._contradicted(branch, value, depth) for branch in branches]
                ranks = [
                    (number, *_badness(each)) for number, each in zip(other, found, strict=True)
                ]
                yield from found[ranks.index(min(ranks))]

    def _contradicted(self, schema: JSON, value: object, depth: int) -> int:
        """Return how many members of an object contradict the constants that distinguish a branch."""
        if not isinstance(schema, dict) or not is_object(value) or depth > _MAX_DEPTH:
            return 0
        reference, listed = schema.get("$ref"), schema.get("properties")
        parts = _branches(schema, "allOf")
        if isinstance(reference, str):
            parts = [*parts, self.definitions.get(reference.removeprefix("#/$defs/"))]
        return sum(self._contradicted(part, value, depth + 1) for part in parts) + sum(
            isinstance(member, dict)
            and name in value
            and any(True for _ in _constants(member, value[name]))
            for name, member in (listed.items() if isinstance(listed, dict) else ())
        )


def _constants(schema: dict[str, JSON], value: object) -> Iterator[str]:
    """Yield a fault if a value is not among the listed ones."""
    listed = schema.get("enum")
    if isinstance(listed, list) and not any(is_equal(value, one) for one in listed):
        yield f"{_short(value)} is not one of {', '.join(_short(one) for one in listed[:20])}"
    if "const" in schema and not is_equal(value, schema["const"]):
        yield f"{_short(value)} is not {_short(schema['const'])}"


def _values(schema: dict[str, JSON], value: object, pointer: str) -> Iterator[Fault]:
    """Yield the faults of a value itself, not of its parts."""
    for text in _constants(schema, value):
        yield pointer, text
    if _is(value, "number"):
        yield from _bounds(schema, Decimal(str(value)), pointer)
    for kind, least, most, unit in _SIZES:
        if _is(value, kind):
            size = len(cast("Sized", value))
            low, high = schema.get(least), schema.get(most)
            if isinstance(low, int) and size < low:
                yield pointer, f"at least {low} {unit} are needed, not {size}"
            if isinstance(high, int) and size > high:
                yield pointer, f"at most {high} {unit} are accepted, not {size}"


_SIZES = (
    ("string", "minLength", "maxLength", "characters"),
    ("array", "minItems", "maxItems", "items"),
    ("object", "minProperties", "maxProperties", "members"),
)


_BOUNDS: tuple[tuple[str, Callable[[Decimal, Decimal], bool], str], ...] = (
    ("minimum", operator.lt, "below"),
    ("maximum", operator.gt, "above"),
    ("exclusiveMinimum", operator.le, "not above"),
    ("exclusiveMaximum", operator.ge, "not below"),
)


def _bounds(schema: dict[str, JSON], value: Decimal, pointer: str) -> Iterator[Fault]:
    for keyword, is_wrong, word in _BOUNDS:
        bound = schema.get(keyword)
        if isinstance(bound, int | Decimal) and is_wrong(value, Decimal(bound)):
            yield pointer, f"{value} is {word} {dumps(bound)}"


_TYPES: Mapping[object, Callable[[object], bool]] = {
    "null": lambda value: value is None,
    "boolean": lambda value: isinstance(value, bool),
    "string": lambda value: isinstance(value, str),
    "number": lambda value: (
        isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    ),
    "integer": lambda value: _is(value, "number") and _is_whole(Decimal(str(value))),
    "object": is_object,
    "array": is_array,
}


def _is(value: object, kind: object) -> bool:
    return kind not in _TYPES or _TYPES[kind](value)


def _is_whole(value: Decimal) -> bool:
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and (exponent >= 0 or value == value.to_integral_value())


def is_equal(a: object, b: object) -> bool:
    """Report whether two values are equal, comparing numbers by value: 1.10 equals 1.1."""
    if isinstance(a, bool) != isinstance(b, bool):
        return False
    if is_object(a) and is_object(b):
        return a.keys() == b.keys() and all(is_equal(a[name], b[name]) for name in a)
    if is_array(a) and is_array(b):
        return len(a) == len(b) and all(map(is_equal, a, b))
    return a == b


def _branches(schema: dict[str, JSON], keyword: str) -> list[JSON]:
    found = schema.get(keyword)
    return found if isinstance(found, list) else []


def _badness(faults: list[Fault]) -> tuple[int, int]:
    """Rank a branch by its faults: the branch that fits best has the deepest and fewest."""
    return -max(pointer.count("/") for pointer, _ in faults), len(faults)


def _listed(kinds: JSON) -> str:
    return " or ".join(str(kind) for kind in kinds) if isinstance(kinds, list) else str(kinds)


def _short(value: object) -> str:
    text = dumps(value)
    return text if len(text) <= 60 else text[:59] + "…"


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
