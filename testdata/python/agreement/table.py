"""The description of an API by an output: the same table for every output.

A table holds what the output says itself. What it does not speak of is absent or None, never a guess.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

Path = tuple[str, ...]
"""The way to a field: names of members, [] for the items of a list, {} for the values of a map, |0 for an alternative."""

Requirement = frozenset[tuple[str, tuple[str, ...]]]
"""Schemes that go together, each with its scopes."""


@dataclass(frozen=True)
class Field:
    """What is said of one value."""

    types: frozenset[str] | None = None
    """The types of JSON Schema; empty where all are possible."""
    enum: frozenset[str] | None = None
    """The values as JSON; None where there is no such list."""
    bounds: Mapping[str, str] = field(default_factory=dict[str, str])
    """What limits the value, by the keywords of JSON Schema."""
    required: bool | None = None
    read_only: bool | None = None
    write_only: bool | None = None
    conditions: frozenset[str] | None = None
    """What is demanded beyond that, see conditions.py."""
    refers: str | None = None
    """The kind of resource that the value names; empty where it names none."""
    is_whole: bool = False
    """The output takes it as it is, in JSON, and does not speak of what is inside."""


Fields = dict[Path, Field]


@dataclass
class Operation:
    """What can be done at one path."""

    path: str = ""
    """As it goes over the line, percent-encoded but for the names of keys in braces."""
    parameters: dict[str, Fields] = field(default_factory=dict[str, Fields])
    """By place and name: query limit."""
    security: frozenset[Requirement] | None = None
    """Any one is enough; empty where nothing is needed."""
    sends: Fields | None = None
    """What a client sends."""
    answers: Fields | None = None
    """What the server sends."""


@dataclass
class Table:
    """What an output says."""

    output: str
    operations: dict[str, Operation] = field(default_factory=dict[str, Operation])
    """By method and path: GET /books/{book_id}. SUBSCRIBE and PUBLISH are the methods of channels."""
    schemes: dict[str, str] | None = None
    """The security schemes by their names, each with what makes it another one."""


Subject = tuple[str, ...]
"""What a fact is about: an operation, a part of it, a field, and what is said of that."""


def facts(table: Table) -> dict[Subject, object]:
    """Return all that a table says, each fact by what it is about."""
    return dict(_facts(table))


def wholes(table: Table) -> set[Subject]:
    """Return what a table takes whole, as facts about it begin."""
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
