"""Which columns the records of a resource can have, by the schema: what no record has is told before anything is sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from ..._core import forms as schemas
from . import terminal
from .cells import path_of
from .meant import near
from .paths import told

if TYPE_CHECKING:
    from ..._core import JSON, About
    from ..._core.forms import Forms


def check(about: About, columns: Sequence[str], ctx: click.Context) -> None:
    """Refuse a misspelt column; only warn about an unknown one that resembles no other."""
    forms = schemas.load()
    schema = forms.named(about.form)
    for name in columns:
        path, names = unknown(forms, schema, path_of(forms, schema, name))
        close = near(path[-1], names) if path else []
        if close:
            meant = terminal.printable(".".join((*path[:-1], close[0])))
            message = f"--columns: {about.plural} have no {told(path)}. Did you mean {meant}?"
            raise click.UsageError(message, ctx)
        if path:
            terminal.say(f"note: the definition does not mention {told(path)}")


def unknown(forms: Forms, schema: JSON, path: Sequence[str]) -> tuple[tuple[str, ...], list[str]]:
    """Return the part of a path of which a schema says nothing, with the names that it has there; nothing if it is open."""
    for end, step in enumerate(path, 1):
        names = list(forms.names(schema))
        is_open = forms.keyword(schema, "additionalProperties") is True
        schema = forms.member(schema, step)
        if schema is None:
            return (tuple(path[:end]), names) if names and not is_open else ((), [])
    return (), []
