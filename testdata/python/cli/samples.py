"""Values for every option of a command: the example of its definition, or nasty ones where anything is allowed."""

from __future__ import annotations

import functools
import itertools
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click
from projects import FIRESTONE, ROOT, Project

TEXTS = (
    "@ada",
    "file://note",
    "http://127.0.0.1:9/x",
    "null",
    "",
    "\"quoted\" and 'quoted'",
    "-5",
    "--yes",
    " blank at both ends ",
    "two\nlines\n",
    "é ß 漢字 😀 \u202e",
    '{"a": 1}',
    "true",
    "0123",
    "back\\slash $HOME `id` %s {x} [red]",
)
INTEGERS = (
    "123456789012345678901234567890123456789012345678901234567890",
    "-0",
    "0",
    "9007199254740993",
)
NUMBERS = ("1.10", "1e400", "-0.0", "1E-8", "12345678901234567.5")

FREE = frozenset(
    {"type", "title", "description", "default", "example", "examples", "deprecated", "x-default"}
)
"""Keywords that do not restrict the values of a type."""


@functools.cache
def examples(project: Project) -> Mapping[str, Any]:
    """Return the examples of all forms by name."""
    command = [FIRESTONE, "model", "--get", "Components", *map(str, project.definitions)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    components = project.module("cli.kit.documents").interpret(done.stdout, "model")
    return {one["Name"]: one["Example"] for one in components}


class Samples:
    """Chooses a value for each option, and writes it as the command line expects it."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.kit = project.module("cli.kit")
        self.core = project.module("_core")
        self.forms = project.module("_core.forms").load()
        self.texts: Iterator[str] = itertools.cycle(TEXTS)
        self.integers = itertools.cycle(INTEGERS)
        self.numbers = itertools.cycle(NUMBERS)

    def body(self, command: click.Command) -> dict[tuple[str, ...], Any]:
        """Return a value for each field of a command that has one, by path."""
        form = self.project.module("cli.kit.options").form_of(command.params)
        example = examples(self.project).get(form.name)
        values = {}
        for option in command.params:
            if isinstance(option, self.kit.Field):
                found, value = at(example, option.wire)
                schema = self.forms.at(self.forms.named(form.name), option.wire)
                found, value = self.worse(option, schema, found, value)
                if found:
                    values[option.wire] = value
        return values

    def worse(self, option: click.Option, schema: Any, found: bool, value: Any) -> tuple[bool, Any]:
        """Return another value where the schema allows any of its type."""
        if (
            isinstance(option.type, self.kit.Choice)
            or not isinstance(schema, dict)
            or not schema.keys() <= FREE
        ):
            return found, value
        kinds = self.forms.kinds(schema) - {"null"}
        if kinds == {"string"}:
            return True, next(self.texts)
        if kinds == {"integer"}:
            return True, self.core.loads(next(self.integers))
        if kinds == {"number", "integer"}:
            return True, self.core.loads(next(self.numbers))
        if kinds == {"boolean"}:
            return True, False
        return found, value

    def words(self, option: click.Option, value: Any) -> list[str] | None:
        """Return the arguments for a value; None if no flag can express it."""
        flag = max(option.opts, key=len)
        if option.is_flag:
            return (
                [flag if value else option.secondary_opts[0]] if isinstance(value, bool) else None
            )
        if option.multiple:
            if not isinstance(value, list) or not value or None in value:
                return None
            return [f"{flag}={self.text(option.type, item)}" for item in value]
        return None if value is None else [f"{flag}={self.text(option.type, value)}"]

    def text(self, type_: Any, value: Any) -> str:
        """Return a value as it is written for a flag of this type."""
        if isinstance(type_, self.kit.Choice):
            return next(
                word for word, known in type_.values.items() if same(self.core, known, value)
            )
        if isinstance(value, str) and not (
            isinstance(type_, self.kit.JSONValue) and type_.kinds - {"string", "null"}
        ):
            return value
        text: str = self.core.dumps(value)
        return text


def at(value: Any, path: Sequence[str]) -> tuple[bool, Any]:
    """Return whether there is something at a path, and what."""
    for step in path:
        if not isinstance(value, dict) or step not in value:
            return False, None
        value = value[step]
    return True, value


def nested(values: Mapping[tuple[str, ...], Any]) -> dict[str, Any]:
    """Return an object that has these values at their paths."""
    whole: dict[str, Any] = {}
    for path, value in values.items():
        here = whole
        for step in path[:-1]:
            here = here.setdefault(step, {})
        here[path[-1]] = value
    return whole


def same(core: Any, one: Any, other: Any) -> bool:
    """Report whether two values have the same JSON text."""
    return bool(core.dumps(one) == core.dumps(other))
