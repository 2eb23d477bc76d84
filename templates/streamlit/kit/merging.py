"""The effective keywords of a schema: its own, and those of its references, of allOf, and of a single alternative."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..._core import JSON
    from ..._core.forms import Forms

UNIONS = ("oneOf", "anyOf")
TYPES = ("string", "integer", "number", "boolean", "array", "object")
_MAX_DEPTH = 20
_JOINED = frozenset({"properties", "patternProperties", "$defs"})


def merged(forms: Forms, schema: JSON, depth: int) -> dict[str, JSON]:
    """Return the effective keywords of a schema: its own, and those of its references and of allOf."""
    if not isinstance(schema, Mapping) or depth > _MAX_DEPTH:
        return {}
    found: dict[str, JSON] = {
        name: each for name, each in schema.items() if name not in {"$ref", "allOf"}
    }
    for part in _parts(forms, schema):
        _join(found, merged(forms, part, depth + 1))
    single = _single(forms, found)
    if single is not None:
        keyword, branch, has_null = single
        rest = {name: each for name, each in found.items() if name != keyword}
        _join(rest, merged(forms, branch, depth + 1))
        if has_null:
            rest["type"] = _with_null(rest)
        found = rest
    return found


def _parts(forms: Forms, schema: Mapping[str, JSON]) -> Iterator[JSON]:
    reference = schema.get("$ref")
    if isinstance(reference, str):
        yield forms.target(reference)
    both = schema.get("allOf")
    if isinstance(both, list):
        yield from both


def _single(forms: Forms, schema: Mapping[str, JSON]) -> tuple[str, JSON, bool] | None:
    """Return the alternative of a union that has only one besides null, and whether null is another."""
    for keyword in UNIONS:
        listed = schema.get(keyword)
        if isinstance(listed, list) and listed:
            others = [each for each in listed if not is_null(forms, each)]
            if len(others) == 1:
                return keyword, others[0], len(others) < len(listed)
    return None


def is_null(forms: Forms, schema: JSON) -> bool:
    """Report whether null is all that a schema accepts."""
    return forms.kinds(schema) == frozenset({"null"})


def _with_null(schema: Mapping[str, JSON]) -> JSON:
    declared = schema.get("type")
    kinds = (
        declared
        if isinstance(declared, list)
        else [declared]
        if isinstance(declared, str)
        else list(TYPES)
    )
    return [*kinds, "null"]


def _join(one: dict[str, JSON], other: Mapping[str, JSON]) -> None:
    """Add the keywords of a schema that also applies. Existing ones take precedence."""
    for name, value in other.items():
        there = one.get(name)
        if name == "required" and isinstance(there, list) and isinstance(value, list):
            one[name] = [*there, *(each for each in value if each not in there)]
        elif name in _JOINED and isinstance(there, dict) and isinstance(value, dict):
            merged: dict[str, JSON] = dict(there)
            for key, each in value.items():
                merged[key] = {"allOf": [there[key], each]} if key in there else each
            one[name] = merged
        elif name in UNIONS and there is not None:
            one[name] = there  # only one of two unions is represented; the server checks the other
        else:
            one.setdefault(name, value)
