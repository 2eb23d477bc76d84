"""The description of an API by an output, as a table of the same form for every output.

A table contains only what the output itself expresses. Everything else is absent or None, and never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

Path = tuple[str, ...]
"""The path of a field: names of members, [] for the items of a list, {} for the values of a map, |0 for an alternative."""

Requirement = frozenset[tuple[str, tuple[str, ...]]]
"""Schemes to be used together, each with its scopes."""


@dataclass(frozen=True)
class Field:
    """The description of one value."""

    types: frozenset[str] | None = None
    """The JSON Schema types; empty if all are possible."""
    enum: frozenset[str] | None = None
    """The enum values as JSON; None if there is no enum."""
    bounds: Mapping[str, str] = field(default_factory=dict[str, str])
    """The constraints of the value, by JSON Schema keyword."""
    required: bool | None = None
    read_only: bool | None = None
    write_only: bool | None = None
    conditions: frozenset[str] | None = None
    """Further conditions, see conditions.py."""
    refers: str | None = None
    """The kind of resource that the value refers to; "" if it does not refer to any."""
    is_whole: bool = False
    """Whether the output treats it as opaque JSON, and does not describe what is inside."""


Fields = dict[Path, Field]


@dataclass
class Operation:
    """One operation at a path."""

    path: str = ""
    """As it is sent, percent-encoded except for the names of keys in braces."""
    parameters: dict[str, Fields] = field(default_factory=dict[str, Fields])
    """By location and name: query limit."""
    security: frozenset[Requirement] | None = None
    """Any one is enough; empty if no credentials are needed."""
    sends: Fields | None = None
    """What a client sends."""
    answers: Fields | None = None
    """What the server sends."""


@dataclass
class Table:
    """The description of an API by one output."""

    output: str
    operations: dict[str, Operation] = field(default_factory=dict[str, Operation])
    """By method and path: GET /books/{book_id}. SUBSCRIBE and PUBLISH are the methods of channels."""
    schemes: dict[str, str] | None = None
    """The security schemes by name, each with its distinguishing properties."""


Subject = tuple[str, ...]
"""The subject of a fact: an operation, a part of it, a field, and an aspect of it."""


def facts(table: Table) -> dict[Subject, object]:
    """Return all facts in a table, by subject."""
    return dict(_facts(table))


def wholes(table: Table) -> set[Subject]:
    """Return the subjects of opaque values in a table."""
    return {
        (name, part, *path)
        for name, operation in table.operations.items()
        for part, fields in (
            ("sends", operation.sends or {}),
            *((f"parameter {each}", told) for each, told in operation.parameters.items()),
        )
        for path, field in fields.items()
        if field.is_whole
    }


def _facts(table: Table) -> Iterator[tuple[Subject, object]]:
    for name, scheme in (table.schemes or {}).items():
        yield ("scheme", name), scheme
    for name, operation in table.operations.items():
        yield (name,), True
        if operation.security is not None:
            yield (name, "security"), operation.security
        for parameter, fields in operation.parameters.items():
            for path, each in fields.items():
                yield from _of_field((name, f"parameter {parameter}", *path), each)
        for part in ("sends", "answers"):
            for path, each in (getattr(operation, part) or {}).items():
                yield from _of_field((name, part, *path), each)


def _of_field(subject: Subject, told: Field) -> Iterator[tuple[Subject, object]]:
    yield (*subject, ":there"), True
    for aspect in ("types", "enum", "required", "read_only", "write_only", "conditions", "refers"):
        value = getattr(told, aspect)
        if value is not None:
            yield (*subject, f":{aspect}"), value
    for keyword, value in told.bounds.items():
        yield (*subject, f":{keyword}"), value
