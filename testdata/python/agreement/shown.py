"""Normalises the texts of documents and of the web interface, so that they can be compared."""

from __future__ import annotations

import dataclasses
import re

from schema import load
from table import Field, Fields, Operation, Table

NO_NAME = "(no name)"
_PATCH = re.compile(r"PATCH .*/\{[^/{}]*\}")
_OF_RECORD = re.compile(r"/\{[^/{}]*\}$")


def as_shown(table: Table) -> Table:
    """Return the lists and forms of a table as an interface can show them.

    Values are texts, and patches are described like whole records: a member that null would remove may be absent or
    null; any other is required.
    """
    operations = {
        name: dataclasses.replace(operation, sends=operation.sends and _sent(name, operation.sends))
        for name, operation in table.operations.items()
        if _is_drawn(name, table)
    }
    return Table(table.output, operations)


def _is_drawn(name: str, table: Table) -> bool:
    """Report whether an operation has a list or a form. If a record can be read, the form patches it, else it replaces it."""
    method, _, path = name.partition(" ")
    if _OF_RECORD.search(path):
        is_read = any(re.match(rf"GET {re.escape(path)}(/|$)", each) for each in table.operations)
        verb = "PATCH" if f"PATCH {path}" in table.operations else "PUT"
        return method == verb and is_read
    is_list = f"POST {path}" in table.operations or any(
        re.fullmatch(rf"[A-Z]+ {re.escape(path)}/\{{[^/{{}}]*\}}", each)
        for each in table.operations
    )
    return method == "POST" or (method == "GET" and is_list)


def _sent(name: str, fields: Fields) -> Fields:
    is_patch = _PATCH.fullmatch(name) is not None
    return {
        path: _as_text(_unpatched(field) if is_patch and path != () and "[]" not in path else field)
        for path, field in fields.items()
    }


def _as_text(field: Field) -> Field:
    return dataclasses.replace(field, enum=field.enum and frozenset(map(_text, field.enum)))


def _text(value: str) -> str:
    loaded = load(value)
    return loaded if isinstance(loaded, str) else value


def _unpatched(field: Field) -> Field:
    may_be_null = "null" in (field.types or ())
    return dataclasses.replace(
        field,
        types=field.types and field.types - {"null"},
        enum=field.enum and field.enum - {"null"},
        required=None if may_be_null or field.write_only or not field.types else True,
    )


def by_names(known: Table, found: Table) -> Table:
    """Return the table of an interface with the names in documents, for the titles of columns and the filters."""
    operations: dict[str, Operation] = {}
    for name, operation in found.operations.items():
        told = known.operations.get(name, Operation())
        sends = operation.sends and _compared(name, operation.sends)
        operations[name] = Operation(
            parameters={_placed(each, told): f for each, f in operation.parameters.items()},
            sends=sends,
            answers=operation.answers and _named(operation.answers, told.answers or {}),
        )
    return Table(found.output, operations)


def _placed(parameter: str, told: Operation) -> str:
    name = parameter.partition(" ")[2]
    places = (f"{place} {name}" for place in ("query", "header", "cookie"))
    return next((each for each in places if each in told.parameters), parameter)


def _compared(name: str, fields: Fields) -> Fields:
    """Return the fields of a form without what documents do not express: required values in rows, and null in patches."""
    is_patch = _PATCH.fullmatch(name) is not None
    found: Fields = {}
    for path, field in fields.items():
        null = {"null"} if is_patch and "[]" not in path else set[str]()
        found[path] = dataclasses.replace(
            field,
            types=field.types and field.types - null,
            enum=field.enum and field.enum - null,
            required=None if path[-1:] == ("[]",) else field.required,
        )
    return found


def _named(columns: Fields, told: Fields) -> Fields:
    names = [path[1] for path in told if len(path) == 2]
    return {
        (path[0], _name(path[1], names)) if len(path) == 2 else path: field
        for path, field in columns.items()
    }


def _name(title: str, names: list[str]) -> str:
    """Return the member with the title of a column; an ambiguous title contains the name of the member."""
    inner = re.fullmatch(r".*\((.*)\)", title)
    wanted = [title, *([inner[1]] if inner else []), f"{title} id"]
    for same in (str, _spaced, _bare):
        found = {same(name): name for name in sorted(names, key=len, reverse=True)}
        for each in wanted:
            if same(each) in found:
                return found[same(each)]
    return "" if title == NO_NAME else title


def _spaced(text: str) -> str:
    return " ".join(text.casefold().split())


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", text).lower()
