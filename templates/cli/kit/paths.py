"""Paths of values in a body, as written on the command line: address.city, rows.0.name, labels.app\\.org.

A backslash escapes a dot, an equals sign or a colon.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click
from click.shell_completion import CompletionItem

from .params import shown, utf8


def written(path: Iterable[str]) -> str:
    """Return a path in the form of -F: the names separated by dots, special characters after a backslash."""
    return ".".join(_escaped(name) for name in path)


def _escaped(name: str) -> str:
    return "".join(f"\\{mark}" if mark in "\\.=:" else mark for mark in name)


def display(path: Iterable[str]) -> str:
    """Return a written path for help and messages, without control characters."""
    from . import terminal

    return terminal.printable(written(path))


class Assignment(click.ParamType[Any]):
    """PATH=VALUE, or PATH:=JSON."""

    name = "path=value"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401
        """Return the path, the text after it, and whether that is JSON."""
        if not isinstance(value, str):
            return value
        try:
            return split(utf8(value))
        except ValueError as error:
            self.fail(f"{shown(value)}: {error}.", param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Complete the paths of fields, and the values of enums."""
        from . import suggest

        return suggest.fields(ctx, incomplete, is_sent=True, sign="=")


class Path(click.ParamType[Any]):
    """The path of a member: names separated by dots."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401
        """Return the names."""
        if not isinstance(value, str):
            return value
        try:
            path, rest = steps(utf8(value))
        except ValueError as error:
            self.fail(f"{error}.", param, ctx)
        if rest:
            self.fail(f"{shown(value)}: write \\= for an equals sign in a name.", param, ctx)
        return path

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Complete the names of the fields that have a flag."""
        from .options import Field

        words = [written(each.wire) for each in ctx.command.params if isinstance(each, Field)]
        return [CompletionItem(word) for word in words if word.startswith(incomplete)]


def split(text: str) -> tuple[tuple[str, ...], str, bool]:
    """Return the parts of an assignment: the path, the text, and whether the text is JSON."""
    path, rest = steps(text)
    if rest.startswith(":="):
        return path, rest[2:], True
    if rest.startswith("="):
        return path, rest[1:], False
    raise ValueError("there is no = behind the path")


def steps(text: str) -> tuple[tuple[str, ...], str]:
    """Return the names in a path, and the text after it."""
    names = [""]
    at = 0
    while at < len(text):
        mark = text[at]
        if mark == "\\" and at + 1 < len(text):
            at += 1
            names[-1] += text[at]
        elif mark == ".":
            names.append("")
        elif mark == "=" or text.startswith(":=", at):
            break
        else:
            names[-1] += mark
        at += 1
    return tuple(names), text[at:]
