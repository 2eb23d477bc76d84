"""Checks columns against the schema of a resource, before anything is sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from ..._core import forms as schemas
from . import terminal
from .cells import path_of
from .did_you_mean import close_matches
from .paths import display

if TYPE_CHECKING:
    from ..._core import JSON, About
    from ..._core.forms import Forms


def check(about: About, columns: Sequence[str], ctx: click.Context) -> None:
    """Refuse a misspelt column. Only note an unknown one that resembles no known one."""
    forms = schemas.load()
    schema = forms.named(about.form)
    for name in columns:
        path, names = unknown(forms, schema, path_of(forms, schema, name))
        close = close_matches(path[-1], names) if path else []
        if close:
            suggestion = terminal.printable(".".join((*path[:-1], close[0])))
            message = (
                f"--columns: {about.plural} have no {display(path)}. Did you mean {suggestion}?"
            )
            raise click.UsageError(message, ctx)
        if path:
            terminal.say(f"note: the definition does not mention {display(path)}")


def unknown(forms: Forms, schema: JSON, path: Sequence[str]) -> tuple[tuple[str, ...], list[str]]:
    """Return the prefix of a path that a schema does not know, and the names known there; empty if the schema is open."""
    for end, step in enumerate(path, 1):
        names = list(forms.names(schema))
        is_open = forms.keyword(schema, "additionalProperties") is True
        schema = forms.member(schema, step)
        if schema is None:
            return (tuple(path[:end]), names) if names and not is_open else ((), [])
    return (), []
