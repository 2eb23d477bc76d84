"""Derives the channels of an API from its operations, as documented in docs/agreement.md."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from table import Fields, Operation, Path, Table


def events_of(rest: Table, names: list[str]) -> Table:
    """Return the expected table for the channels with these names, derived from the operations."""
    found = Table(rest.output)
    for name in names:
        operation = _event(rest, name)
        if operation is not None:
            found.operations[name] = operation
    used = {
        scheme
        for each in found.operations.values()
        for requirement in each.security or ()
        for scheme, _ in requirement
    }
    found.schemes = {name: text for name, text in (rest.schemes or {}).items() if name in used}
    return found


def _event(rest: Table, name: str) -> Operation | None:
    method, _, path = name.partition(" ")
    for mark in (" 0", " 1", " (each)", " (topic)"):
        path = path.removesuffix(mark)
    is_topic = " (topic)" in name
    if method == "SUBSCRIBE":
        read = _first(rest, path, "GET") or (
            _instance(rest, path, "GET") if is_topic else _first(rest, path, "HEAD")
        )
        if read is None:
            return None
        answers = read.answers
        if (" (each)" in name or is_topic) and answers and ("[]",) in answers:
            answers = _items(answers)
        return Operation(parameters=read.parameters, security=read.security, answers=answers)
    write = _first(rest, path, "POST", "PATCH", "PUT")
    if is_topic:
        writes = [_collection(rest, path), _instance(rest, path, "PATCH", "PUT")]
        found = [each for each in writes if each is not None]
        write = found[int(name[-1])] if name[-1] in "01" else found[0]
    return write and Operation(
        parameters=write.parameters, security=write.security, sends=write.sends
    )


def _items(fields: Fields) -> Fields:
    return {path[1:]: each for path, each in fields.items() if path[:1] == ("[]",)}


def _first(rest: Table, path: str, *methods: str) -> Operation | None:
    found = (rest.operations.get(f"{method} {path}") for method in methods)
    return next((each for each in found if each is not None), None)


def _instance(rest: Table, path: str, *methods: str) -> Operation | None:
    """Return an operation on the records of a collection, whose address is that of a topic apart from the keys."""
    for method in methods:
        for name, operation in rest.operations.items():
            at = name.removeprefix(f"{method} ")
            steps = [step for step in at.split("/") if not step.startswith("{")]
            if at != name and at.endswith("}") and "/".join(steps) == path:
                return operation
    return None


def _collection(rest: Table, path: str) -> Operation | None:
    for name, operation in rest.operations.items():
        method, _, at = name.partition(" ")
        steps = [step for step in at.split("/") if not step.startswith("{")]
        if method in {"POST", "PATCH"} and not at.endswith("}") and "/".join(steps) == path:
            return operation
    return None


def each_alternative_whole(table: Table) -> Table:
    """Return a table in which alternatives include what stands beside them, as types must express it."""
    operations = {
        name: dataclasses.replace(
            operation,
            sends=operation.sends and _distributed(operation.sends),
            answers=operation.answers and _distributed(operation.answers),
        )
        for name, operation in table.operations.items()
    }
    return Table(table.output, operations, table.schemes)


def _distributed(fields: Fields) -> Fields:
    alternatives: dict[Path, list[str]] = {}
    for path in fields:
        if path and path[-1].startswith("|"):
            alternatives.setdefault(path[:-1], []).append(path[-1])
    found: Fields = {}
    for path, field in fields.items():
        for each in _ways(path, alternatives):
            if each == path or each not in fields:
                found[each] = field
    return found


def _ways(path: Path, alternatives: Mapping[Path, list[str]]) -> list[Path]:
    """Return the path of a field if it is in each alternative instead of beside them."""
    for at in range(len(path)):
        branches = alternatives.get(path[:at], ())
        if branches and not path[at].startswith("|"):
            return [(*path[:at], each, *path[at:]) for each in branches]
    return [path]
