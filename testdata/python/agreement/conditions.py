"""The constraints of a schema beyond single values: dependencies between members, if and then, not, names.

Each condition is a text that is the same for every dialect, however the dialect expresses it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from table import Fields

Schema = Mapping[str, Any]
Read = Callable[[Any], Fields]
"""Reads the fields of a schema."""


def conditions(parts: Sequence[Schema], read: Read) -> frozenset[str] | None:
    """Return the conditions in the parts of a schema; None if there are none."""
    found = frozenset(text for part in parts for text in _of_part(part, read))
    return found or None


def is_choice_of_demands(branches: Sequence[Any]) -> bool:
    """Report whether alternatives do not describe values. Dialects without if and then express them by such alternatives."""
    is_implication = any(isinstance(each, dict) and each.keys() == {"not"} for each in branches)
    return is_implication or (bool(branches) and all(map(_is_demand, branches)))


def _is_demand(schema: Any) -> bool:  # noqa: ANN401
    if not isinstance(schema, dict) or "required" not in schema:
        return False
    is_bare = all(each in ({}, True) for each in schema.get("properties", {}).values())
    return is_bare and schema.keys() <= {"required", "properties"}


def _of_part(part: Schema, read: Read) -> Iterator[str]:
    def told(schema: Any) -> str:  # noqa: ANN401
        return _told(schema, read)

    if "if" in part:
        for word, sign in (("then", ""), ("else", "not ")):
            if word in part:
                yield f"if {sign}{told(part['if'])} then {told(part[word])}"
    for name, needed in _dependent(part):
        yield f"if {told({'required': [name]})} then {told(needed)}"
    if "not" in part:
        yield from _not(part["not"], read)
    if "contains" in part:
        yield _contains(part, read)
    if "propertyNames" in part:
        yield f"names {told(part['propertyNames'])}"
    for word in ("oneOf", "anyOf"):
        branches = part.get(word, ())
        if is_choice_of_demands(branches):
            yield from _choice(word, branches, read)


def _choice(word: str, branches: Sequence[Any], read: Read) -> Iterator[str]:
    premises = [each["not"] for each in branches if each.keys() == {"not"}]
    others = [each for each in branches if each.keys() != {"not"}]
    if not premises:
        texts = sorted(_told(each, read) for each in branches)
        yield f"{word} {' | '.join(texts)}"
    elif others:
        yield f"if {_told(premises[0], read)} then {_told(others[0], read)}"
    elif premises[0].keys() == {"type", "items"}:
        yield from _not(premises[1], read)  # which applies only to arrays
    else:
        yield f"not {_told({'allOf': premises}, read)}"


def _not(schema: Any, read: Read) -> Iterator[str]:  # noqa: ANN401
    """Yield what "not" excludes. That no item is of another kind is expressed by contains."""
    items = schema.get("items") if isinstance(schema, dict) and schema.keys() == {"items"} else None
    if isinstance(items, dict) and items.keys() == {"not"}:
        yield _contains({"contains": items["not"]}, read)
    else:
        yield f"not {_told(schema, read)}"


def _contains(part: Schema, read: Read) -> str:
    least, most = part.get("minContains", 1), part.get("maxContains", "any")
    return f"contains {least} to {most} of {_told(part['contains'], read)}"


def _dependent(part: Schema) -> Iterator[tuple[str, Any]]:
    for word in ("dependentRequired", "dependentSchemas", "dependencies"):
        needed: Mapping[str, Any] = part.get(word, {})
        for name, each in needed.items():
            yield name, {"required": each} if isinstance(each, list) else each


def _told(schema: Any, read: Read) -> str:  # noqa: ANN401
    """Return a schema as one text."""
    said: list[str] = []
    for path, field in read(schema).items():
        way = " ".join(path)
        if field.required:
            said.append(f"{way} required")
        if field.types:
            said.append(f"{way} is {sorted(field.types)}")
        if field.enum is not None:
            said.append(f"{way} among {sorted(field.enum)}")
        said += [f"{way} {word} {told}" for word, told in field.bounds.items() if told != "0"]
        said += [f"{way} {text}" for text in field.conditions or ()]
    return "{" + ", ".join(sorted(said)) + "}"
