"""The table of the types in the generated client, for records, bodies and parameters, as a type checker reads them."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import client_table
from projects import Project
from schema import DEPTH, canonical, type_of
from table import Field, Fields, Operation, Table
from table import Path as Steps

TYPES = {
    "str": "string",
    "int": "integer",
    "bool": "boolean",
    "declare.Numeric": "number",
    "list": "array",
    "dict": "object",
}
ANY = {"declare.JSON", "declare.Scalar", "declare.Never"}
NAMES = {"declare.Operation": client_table.called, "declare.Channel": client_table.heard}
"""The name in tables of the operation that a constant of each type contains."""


def table(project: Project) -> Table:
    """Return the table of a client's operations and channels, as described by types."""
    found = Table("types of the client")
    folder = project.source / project.package
    types = Types(declarations(folder / "forms.py"))
    for file in sorted((folder / "resources").glob("*.py")):
        if file.stem != "__init__":
            module = Module(types, declarations(file), project.module(f"resources.{file.stem}"))
            for name, told in module.operations():
                known = found.operations.setdefault(name, told)
                known.parameters = known.parameters or told.parameters
                known.sends = known.sends or told.sends
                known.answers = known.answers or told.answers
    return found


def declarations(file: Path) -> dict[str, ast.stmt]:
    """Return the declarations of a module by name."""
    found: dict[str, ast.stmt] = {}
    for each in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(each, ast.ClassDef):
            found[each.name] = each
        elif isinstance(each, ast.AnnAssign | ast.Assign):
            target = each.target if isinstance(each, ast.AnnAssign) else each.targets[0]
            found[ast.unparse(target)] = each
    return found


@dataclass
class Type:
    """What an annotation allows."""

    types: set[str] = field(default_factory=set[str])
    is_open: bool = False
    """Anything is possible."""
    values: list[Any] | None = None
    inner: dict[str, tuple[ast.expr, bool | None]] = field(
        default_factory=dict[str, tuple[ast.expr, bool | None]]
    )
    """The types of members and items, and whether they are required."""
    options: list[ast.expr] = field(default_factory=list[ast.expr])


class Types:
    """The types that a module declares."""

    def __init__(self, declared: dict[str, ast.stmt]) -> None:
        """Create it from the types by name."""
        self.declared = declared

    def fields(self, annotation: ast.expr, *, required: bool | None = None) -> Fields:
        """Return all fields of a type; the first is the value itself."""
        return dict(self._walk((), annotation, required, frozenset()))

    def _walk(
        self, path: Steps, annotation: ast.expr, required: bool | None, trail: frozenset[str]
    ) -> Iterator[tuple[Steps, Field]]:
        told, seen = Type(), set[str]()
        self._read(annotation, told, seen)
        types = set() if told.is_open else told.types
        enum = None
        if told.values is not None:
            types = types | {type_of(each) for each in told.values}
            enum = frozenset(map(canonical, told.values)) | ({"null"} & told.types)
        for option in told.options:
            types = types | self._types(option)
        yield path, Field(frozenset(types), enum, required=required)
        if len(path) >= DEPTH or seen & trail:
            return
        for step, (inner, is_required) in told.inner.items():
            yield from self._walk((*path, step), inner, is_required, trail | seen)
        for at, option in enumerate(told.options):
            yield from self._walk((*path, f"|0.{at}"), option, None, trail | seen)

    def _types(self, annotation: ast.expr) -> frozenset[str]:
        ((_, first), *_) = self._walk((), annotation, None, frozenset())
        return first.types or frozenset()

    def _read(self, annotation: ast.expr, told: Type, seen: set[str]) -> None:
        """Add what an annotation allows."""
        annotation = _unquoted(annotation)
        parts = [each for each in _parts(annotation) if not _is_none(each)]
        if any(map(_is_none, _parts(annotation))):
            told.types.add("null")
        if len(parts) > 1:
            told.options += parts
        for one in parts if len(parts) == 1 else ():
            self._read_one(one, told, seen)

    def _read_one(self, one: ast.expr, told: Type, seen: set[str]) -> None:
        word = ast.unparse(one.value if isinstance(one, ast.Subscript) else one)
        arguments = _arguments(one)
        if word in ANY:
            told.is_open = True
        elif word in TYPES:
            told.types.add(TYPES[word])
            if arguments and ast.unparse(arguments[-1]) != "declare.JSON":
                told.inner["[]" if word == "list" else "{}"] = arguments[-1], None
        elif word == "declare.Literal":
            told.values = [ast.literal_eval(each) for each in arguments]
        else:
            self._read_named(word.removeprefix("forms."), told, seen)

    def _read_named(self, name: str, told: Type, seen: set[str]) -> None:
        seen.add(name)
        declared = self.declared[name]
        members = dict(members_of(declared))
        if isinstance(declared, ast.AnnAssign) and declared.value is not None:
            self._read(declared.value, told, seen)
        else:
            told.types.add("object")
            told.inner |= members


def members_of(declared: ast.stmt) -> Iterator[tuple[str, tuple[ast.expr, bool]]]:
    """Yield the members of a dictionary, each with its type and whether it is required."""
    if isinstance(declared, ast.ClassDef):
        is_total = not any(each.arg == "total" for each in declared.keywords)
        for each in declared.body:
            if isinstance(each, ast.AnnAssign):
                yield ast.unparse(each.target), _member(each.annotation, is_total=is_total)
    elif isinstance(declared, ast.Assign):
        call = declared.value
        assert isinstance(call, ast.Call)
        is_total = not any(each.arg == "total" for each in call.keywords)
        given = call.args[1]
        assert isinstance(given, ast.Dict)
        for key, value in zip(given.keys, given.values, strict=True):
            assert key is not None
            yield ast.literal_eval(key), _member(value, is_total=is_total)


def _member(annotation: ast.expr, *, is_total: bool) -> tuple[ast.expr, bool]:
    word = ast.unparse(annotation.value) if isinstance(annotation, ast.Subscript) else ""
    marks = {"declare.Required": True, "declare.NotRequired": False}
    if word in marks:
        return _arguments(annotation)[0], marks[word]
    return annotation, is_total


def _unquoted(annotation: ast.expr) -> ast.expr:
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        return ast.parse(annotation.value, mode="eval").body
    return annotation


def _parts(annotation: ast.expr) -> Sequence[ast.expr]:
    """Return the parts of a union; any other type is its only part."""
    annotation = _unquoted(annotation)
    if isinstance(annotation, ast.BinOp):
        return [*_parts(annotation.left), *_parts(annotation.right)]
    if isinstance(annotation, ast.Subscript) and ast.unparse(annotation.value) == "declare.Union":
        return [part for each in _arguments(annotation) for part in _parts(each)]
    return [annotation]


def _is_none(annotation: ast.expr) -> bool:
    return isinstance(annotation, ast.Constant) and annotation.value is None


def _arguments(annotation: ast.expr) -> list[ast.expr]:
    if not isinstance(annotation, ast.Subscript):
        return []
    given = annotation.slice
    return given.elts if isinstance(given, ast.Tuple) else [given]


class Module:
    """The module of one resource: its constants, and the methods that are called with them."""

    def __init__(self, types: Types, declared: dict[str, ast.stmt], imported: Any) -> None:  # noqa: ANN401
        """Create it from the types in its source, and its imported constants."""
        self.types = types
        self.declared = declared
        self.imported = imported

    def operations(self) -> Iterator[tuple[str, Operation]]:
        """Yield the description of each operation and of each direction of a channel."""
        for each in self.declared.values():
            if isinstance(each, ast.AnnAssign) and isinstance(each.annotation, ast.Subscript):
                name = NAMES.get(ast.unparse(each.annotation.value))
                of = _arguments(each.annotation)[0]
                if name is not None and not _is_none(of):
                    value = getattr(self.imported, ast.unparse(each.target))
                    yield name(value), Operation(answers=self.types.fields(of))
        for each in self.declared.values():
            if isinstance(each, ast.ClassDef) and ast.unparse(each.bases[0]) == "declare.Resource":
                for method in each.body:
                    if isinstance(method, ast.FunctionDef):
                        yield self._method(method)

    def _method(self, method: ast.FunctionDef) -> tuple[str, Operation]:
        (call,) = [each for each in ast.walk(method) if isinstance(each, ast.Call)]
        value = getattr(self.imported, ast.unparse(call.args[0]))
        word = ast.unparse(call.func).removeprefix("self._")
        names = {"watch": client_table.heard, "publish": client_table.sent}
        name = names.get(word, client_table.called)(value)
        annotations = {
            each.arg: each.annotation
            for each in method.args.posonlyargs
            if each.annotation is not None
        }
        body = annotations.pop("body", None)
        found = Operation(sends=self.types.fields(body) if body is not None else None)
        for key, annotation in zip(value.keys, annotations.values(), strict=True):
            found.parameters[f"path {key}"] = self.types.fields(annotation, required=True)
        if method.args.kwarg is not None and method.args.kwarg.annotation is not None:
            (named,) = _arguments(method.args.kwarg.annotation)
            members = [each for _, each in members_of(self.declared[ast.unparse(named)])]
            for each, (annotation, is_required) in zip(value.parameters, members, strict=True):
                found.parameters[f"{each.place} {each.name}"] = self.types.fields(
                    annotation, required=is_required
                )
        return name, found
