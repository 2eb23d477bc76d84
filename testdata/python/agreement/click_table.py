"""The table of the generated command line: its Click commands, with their arguments and options."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import click
from client_table import called, heard, of_operation, sent
from projects import Project
from schema import ALL, canonical, type_of
from table import Field, Fields, Operation, Table

COMMANDS = (
    *("list", "get", "exists", "create", "replace", "update", "delete", "set", "unset"),
    *("update-all", "delete-all", "watch", "publish"),
)
"""The commands that call a single operation; the others are built on them."""

ATTRIBUTES = {"get": "get", "set": "set", "unset": "unset", "exists": "exists", "watch": "watch"}


def table(project: Project) -> Table:
    """Return the table of a command line."""
    found = Table("command line")
    for _, group in project.groups():
        for name, command in group.commands.items():
            if name in COMMANDS:
                for called_as, operation in _operations(name, command):
                    found.operations[called_as] = operation
    return found


def _operations(name: str, command: click.Command) -> Iterator[tuple[str, Operation]]:
    """Yield the operations that a command calls, as named in its code, with the table of its options."""
    callback = inspect.unwrap(command.callback)  # type: ignore[arg-type]
    resource = callback.__globals__["resource"]
    values = [
        getattr(resource, word)
        for word in callback.__code__.co_names
        if word.isupper() and hasattr(resource, word)
    ]
    operations = [each for each in values if hasattr(each, "method")]
    channels = [each for each in values if hasattr(each, "publishes")]
    if name == "publish":
        for channel in channels:
            yield sent(channel), _said(command, channel.publishes, fields=True)
    elif name == "watch":
        for channel in channels:
            yield heard(channel), _said(command, channel)
    elif operations:
        yield called(operations[0]), _said(command, operations[0], fields=True)
    for attributes in (each for each in values if isinstance(each, dict)):
        for attribute in attributes.values():
            one = getattr(attribute, ATTRIBUTES.get(name, ""), None)
            if one is not None:
                is_channel = hasattr(one, "publishes")
                yield (heard if is_channel else called)(one), _said(command, one)


def _said(command: click.Command, operation: Any, *, fields: bool = False) -> Operation:  # noqa: ANN401
    """Return the description of an operation by the options of a command."""
    declared = of_operation(operation)
    found = Operation(security=declared.security)
    sends: Fields = {}
    keys = iter(operation.keys)
    for param in command.params:
        if not hasattr(param, "wire") or not param.wire:
            continue
        if isinstance(param, click.Argument):
            # An argument has the name of the key, and stands for the path step at its position.
            key = next(keys, None)
            if key is not None:
                found.parameters[f"path {key}"] = {(): Field(required=param.required)}
        elif hasattr(param, "place"):
            _put(
                found.parameters,
                declared.parameters,
                f"{param.place} {param.wire[0]}",
                _option(param),
            )
        elif fields:
            sends |= {(*param.wire, *path): each for path, each in _option(param).items()}
    if sends:
        objects = {
            path[:at] for path in sends for at in range(1, len(path)) if "[]" not in path[: at + 1]
        }
        inner = {path: Field(frozenset({"object"})) for path in objects if path not in sends}
        found.sends = {(): Field(), **inner, **sends}
    return found


def _put(found: dict[str, Fields], declared: dict[str, Fields], name: str, fields: Fields) -> None:
    """Add a parameter to an operation that has it: a command may have options for two."""
    if name in declared:
        found[name] = fields


def _option(param: Any) -> Fields:  # noqa: ANN401
    """Return the description of a value by an option, and of its items if the option can be repeated."""
    types, enum, bounds = _type(param.type)
    if param.is_flag:
        types = frozenset({"boolean"})
    is_whole = type(param.type).__name__ == "JSONValue"
    one = Field(types, enum, bounds, is_whole=is_whole)
    if param.multiple:
        return {(): Field(frozenset({"array"}), required=param.is_required), ("[]",): one}
    return {(): dataclasses.replace(one, required=param.is_required)}


BOUNDS = {
    "min_length": "minLength",
    "max_length": "maxLength",
    "minimum": "minimum",
    "maximum": "maximum",
    "above": "exclusiveMinimum",
    "below": "exclusiveMaximum",
    "multiple_of": "multipleOf",
}


def _type(kind: Any) -> tuple[frozenset[str], frozenset[str] | None, dict[str, str]]:  # noqa: ANN401
    """Return the types, values and bounds of an option's type."""
    bounds = {
        word: str(canonical_bound(getattr(kind, attribute)))
        for attribute, word in BOUNDS.items()
        if getattr(kind, attribute, None) is not None
    }
    name = type(kind).__name__
    if name == "Choice":
        values = list(kind.values.values())
        return frozenset(map(type_of, values)), frozenset(map(canonical, values)), bounds
    if name == "JSONValue":
        return frozenset() if kind.kinds == set(ALL) else frozenset(kind.kinds), None, bounds
    formats = {"Date": "date", "DateTime": "date-time", "UUIDText": "uuid"}
    if name in formats:
        bounds["format"] = canonical(formats[name])
    types = {"Text": "string", "Integer": "integer", "Number": "number", "Boolean": "boolean"}
    return frozenset({types.get(name, "string")}), None, bounds


def canonical_bound(bound: Any) -> str:  # noqa: ANN401
    """Return a bound, which is a string if a float would lose digits."""
    return canonical(Decimal(str(bound)))
