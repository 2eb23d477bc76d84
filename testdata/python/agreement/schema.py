"""Reads the fields of a JSON Schema: 2020-12, AsyncAPI's draft 7, and OpenAPI 3.0."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import unquote

from conditions import conditions, is_choice_of_demands
from dialects import as_list, in_words_of_2020
from table import Field, Fields, Path

BOUNDS = (
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    *("minLength", "maxLength", "pattern", "format", "contentEncoding", "contentMediaType"),
    *("minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties"),
)
CLOSING = ("additionalProperties", "unevaluatedProperties")
"""The marker of objects that allow only listed members."""
ALL = ("null", "boolean", "integer", "number", "string", "array", "object")
DEPTH = 6
"""The depth beyond which nothing is compared, since recursive schemas have no end."""

Schema = Mapping[str, Any]


def load(text: str) -> Any:  # noqa: ANN401
    """Read JSON; numbers keep their digits."""
    return json.loads(text, parse_float=Decimal)


def canonical(value: object) -> str:
    """Return a value as canonical JSON, which is the same for equal values: 1.0 is 1."""
    if isinstance(value, dict):
        members = (f"{json.dumps(name)}:{canonical(value[name])}" for name in sorted(value))
        return "{" + ",".join(members) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        number = Decimal(str(value))
        return str(int(number)) if number == number.to_integral_value() else str(number.normalize())
    return json.dumps(value)


def type_of(value: object) -> str:
    """Return the JSON Schema type of a value."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float | Decimal):
        number = Decimal(str(value))
        return "integer" if number == number.to_integral_value() else "number"
    kinds: dict[type, str] = {str: "string", list: "array", dict: "object"}
    return "null" if value is None else kinds[type(value)]


class Reader:
    """Reads schemas of one document."""

    def __init__(self, document: Schema) -> None:
        """Create it for the document that references point into."""
        self.document = document

    def resolve(self, at: Any) -> Any:  # noqa: ANN401
        """Return the target of an object that is a reference, else the object itself."""
        while isinstance(at, dict) and isinstance(at.get("$ref"), str):
            at = self._target(at["$ref"])
        return at

    def _target(self, reference: str) -> Any:  # noqa: ANN401
        at: Any = self.document
        for step in reference.removeprefix("#/").split("/"):
            name = unquote(step).replace("~1", "/").replace("~0", "~")
            at = at[int(name)] if isinstance(at, list) else at[name]
        return at

    def fields(self, schema: Any, *, required: bool | None = None) -> Fields:  # noqa: ANN401
        """Return all fields that a schema describes; the first is the value itself."""
        return dict(self._walk((), [schema], required, frozenset()))

    def _walk(
        self, path: Path, schemas: Sequence[Any], required: bool | None, trail: frozenset[str]
    ) -> Iterator[tuple[Path, Field]]:
        parts: list[Schema] = []
        seen: set[str] = set()
        for schema in schemas:
            self._flatten(schema, parts, seen)
        is_nullable, alternatives = self._alternatives(parts, seen)
        field = _merged(parts, required, is_nullable=is_nullable)
        if alternatives and not field.types:
            field = dataclasses.replace(field, types=self._types(alternatives, is_nullable))
        is_end = len(path) >= DEPTH or bool(seen & trail)
        trail |= seen
        if not is_end:
            demands = conditions(parts, lambda inner: dict(self._walk((), [inner], None, trail)))
            field = dataclasses.replace(field, conditions=demands)
        yield path, field
        if is_end:
            return
        for step, inner, is_required in _children(parts):
            yield from self._walk((*path, step), inner, is_required, trail)
        for at, branch in alternatives:
            yield from self._walk((*path, f"|{at}"), [branch], None, trail)

    def _types(self, alternatives: Sequence[tuple[str, Any]], is_nullable: bool) -> frozenset[str]:
        """Return the union of the types of alternatives; empty if one of them allows any."""
        types = {"null"} if is_nullable else set[str]()
        for _, branch in alternatives:
            parts: list[Schema] = []
            self._flatten(branch, parts, set())
            own = _merged(parts, None, is_nullable=False).types
            if not own:
                return frozenset()
            types |= own
        return frozenset(types)

    def _flatten(self, schema: Any, parts: list[Schema], seen: set[str]) -> None:  # noqa: ANN401
        """Add a schema, including its references and its parts."""
        if schema is True:
            return
        if schema is False:
            parts.append({"enum": []})
            return
        own = in_words_of_2020(schema)
        reference = own.get("$ref")
        if isinstance(reference, str) and reference not in seen:
            seen.add(reference)
            self._flatten(self._target(reference), parts, seen)
        for each in own.get("allOf", ()):
            self._flatten(each, parts, seen)
        # Keywords beside a reference are added last, so that they take precedence.
        parts.append({name: value for name, value in own.items() if name not in {"$ref", "allOf"}})

    def _alternatives(
        self, parts: list[Schema], seen: set[str]
    ) -> tuple[bool, list[tuple[str, Any]]]:
        """Return whether null is one of the alternatives, and the others if there are several."""
        is_nullable = False
        found: list[tuple[str, Any]] = []
        groups = [
            part[word]
            for part in parts
            for word in ("oneOf", "anyOf")
            if word in part and not is_choice_of_demands(part[word])
        ]
        for branches in groups:
            left = [each for each in branches if not _is_null(each)]
            is_nullable = is_nullable or len(left) < len(branches)
            values = [_listed(each) for each in left]
            if left and all(value is not None for value in values):
                parts.append({"enum": [one for value in values for one in value or ()]})
            elif left and all(each.keys() <= {"type", "nullable"} for each in left):
                types = [as_list(in_words_of_2020(each)["type"]) for each in left]
                parts.append({"type": [one for several in types for one in several]})
            elif len(left) == 1:
                self._flatten(left[0], parts, seen)
            else:
                number = len({at.split(".")[0] for at, _ in found})
                found += [(f"{number}.{at}", each) for at, each in enumerate(left)]
        return is_nullable, found


def _is_null(schema: Any) -> bool:  # noqa: ANN401
    """Report whether an alternative is only null; OpenAPI 3.0 needs an enum for that."""
    return isinstance(schema, dict) and (
        schema.get("type") in ("null", ["null"])
        or schema.get("enum", ()) == [None]
        or schema.get("const", "") is None
    )


def _listed(schema: Any) -> list[Any] | None:  # noqa: ANN401
    """Return the values of an alternative that only lists values."""
    if not isinstance(schema, dict) or "$ref" in schema or "properties" in schema:
        return None
    if "const" in schema:
        return [schema["const"]]
    return schema.get("enum")


def _merged(parts: Sequence[Schema], required: bool | None, *, is_nullable: bool) -> Field:
    """Return the combined description of a value by several schemas."""
    types: set[str] | None = None
    enum: set[str] | None = None
    bounds: dict[str, str] = {}
    marks: dict[str, Any] = {}
    for part in parts:
        if "type" in part:
            own = set(as_list(part["type"]))
            types = own if types is None else _both(types, own)
        if "const" in part or "enum" in part:
            values = {
                canonical(each): each
                for each in ([part["const"]] if "const" in part else part["enum"])
            }
            enum = set(values) if enum is None else enum & set(values)
            own = {type_of(each) for each in values.values()}
            types = own if types is None else _both(own, types)
        bounds |= {
            word: canonical(part[word])
            for word in BOUNDS
            if part.get(word) is not None and part[word] is not False
        }
        if any(part.get(word) in (False, {"not": {}}) for word in CLOSING):
            bounds["closed"] = "true"
        marks |= {
            word: part[word] for word in ("readOnly", "writeOnly", "x-references") if word in part
        }
    if is_nullable and types:
        types.add("null")
    if is_nullable and enum is not None:
        enum.add("null")
    refers = marks.get("x-references") or {}
    if enum is not None:
        enum = {each for each in enum if not types or type_of(load(each)) in types | _wider(types)}
    return Field(
        frozenset(types or ()),
        None if enum is None else frozenset(enum),
        bounds,
        required,
        bool(marks.get("readOnly")),
        bool(marks.get("writeOnly")),
        refers=str(refers.get("kind", "")) if isinstance(refers, dict) else "",
    )


def _both(one: set[str], other: set[str]) -> set[str]:
    """Return the types that both allow; an integer is a number."""
    return {each for each in one if each in other | _wider(other)} | {
        each for each in other if each in one | _wider(one)
    }


def _wider(types: set[str]) -> set[str]:
    return {"integer"} if "number" in types else set()


_ONE_NAME = re.compile(r"\^((?:[^\\^$.|?*+()\[\]{}]|\\.)*)\$")


def _children(parts: Sequence[Schema]) -> Iterator[tuple[str, list[Any], bool | None]]:
    """Yield the steps below a value, each with its schemas and whether it is required."""
    required = [name for part in parts for name in part.get("required", ())]
    members: dict[str, list[Any]] = {}
    for part in parts:
        for name, schema in part.get("properties", {}).items():
            members.setdefault(name, []).append(schema)
        for pattern, schema in part.get("patternProperties", {}).items():
            one = _ONE_NAME.fullmatch(pattern)
            name = re.sub(r"\\(.)", r"\1", one[1]) if one else f"/{pattern}/"
            members.setdefault(name, []).append(schema)
    for name in required:
        members.setdefault(name, [])
    for name, schemas in members.items():
        yield name, schemas, name in required
    first = max((len(part.get("prefixItems", ())) for part in parts), default=0)
    for at in range(first):
        yield (
            f"[{at}]",
            [each["prefixItems"][at] for each in parts if at < len(each.get("prefixItems", ()))],
            None,
        )
    for word, step in (("items", "[]"), ("additionalProperties", "{}")):
        inner = [part[word] for part in parts if isinstance(part.get(word), dict) and part[word]]
        if inner:
            yield step, inner, None
