"""Values for completion: the keys of existing records with their labels, and the names of fields from the schemas."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import click
from click.shell_completion import CompletionItem

from ..._core import forms
from ..._core.forms import Forms
from . import table, terminal
from .completion import LIMIT, Label, from_api
from .options import form_of
from .paths import written

if TYPE_CHECKING:
    from ..._core import JSON, About
    from .group import Group
    from .options import Key, Option

Path = tuple[str, ...]

MAX_DEPTH = 3
"""How deep the fields of objects are completed."""


def keys(ctx: click.Context, param: Key, incomplete: str) -> list[CompletionItem]:
    """Return the keys of the records that a key argument may identify, with their labels."""
    try:
        chain = _chain(_about(ctx))
        params = [one for one in ctx.command.params if isinstance(one, type(param))]
        resource = chain[params.index(param)]
        above = [ctx.params.get(one.name or "") for one in params[: params.index(param)]]
        return from_api(partial(_labels, ctx, resource, above), incomplete)
    except Exception:
        return []


def references(ctx: click.Context, option: Option, incomplete: str) -> list[CompletionItem]:
    """Return the keys of the records that an option may refer to, unless they are nested under others."""
    try:
        for reference in _about(ctx).refers:
            if tuple(reference.path) == option.wire:
                resource = _resource(reference.resource)
                if resource.parent is None and resource.key == reference.member:
                    return from_api(partial(_labels, ctx, resource, []), incomplete)
    except Exception:
        return []
    return []


def fields(
    ctx: click.Context, incomplete: str, *, is_sent: bool = False, sign: str = ""
) -> list[CompletionItem]:
    """Return the paths of fields of the record, or of the body that is sent; with a sign, also the values after it."""
    try:
        form = form_of(ctx.command.params) if is_sent else None
        schemas = forms.load()
        schema = schemas.named(form.name if form is not None else _about(ctx).form)
        return _items(schemas, schema, incomplete, sign)
    except Exception:
        return []


def members(group: Group, incomplete: str) -> list[CompletionItem]:
    """Return the paths of all fields of a resource, including those that are only sent."""
    from .explain import forms_of

    schemas = forms.load()
    found: dict[object, CompletionItem] = {}
    for schema in forms_of(schemas, group):
        for item in _items(schemas, schema, incomplete, ""):
            found.setdefault(item.value, item)
    return list(found.values())


def _items(forms_: Forms, schema: JSON, incomplete: str, sign: str) -> list[CompletionItem]:
    items: list[CompletionItem] = []
    for path, inner in _paths(forms_, schema):
        about = forms_.keyword(inner, "description")
        line = (
            terminal.printable(about.strip().partition("\n")[0]) if isinstance(about, str) else None
        )
        for word in _words(forms_, inner) if sign else [""]:
            value = f"{written(path)}{sign}{word}"
            if value.startswith(incomplete) and value.isprintable():
                items.append(CompletionItem(value, help=line))
    return items


def _words(forms_: Forms, schema: JSON) -> list[str]:
    """Return the values that a field may have, if they are listed, else an empty one, to be typed."""
    values = forms_.keyword(schema, "enum")
    if isinstance(values, list):
        return [table.text(value) for value in values if value is not None]
    kinds = forms_.kinds(schema)
    return ["true", "false"] if "boolean" in kinds and kinds <= {"boolean", "null"} else [""]


def _paths(forms_: Forms, schema: JSON, path: Path = ()) -> Iterator[tuple[Path, JSON]]:
    """Yield the paths of fields with their schemas. An object is followed by its members."""
    for name in forms_.names(schema):
        inner = forms_.member(schema, name)
        yield (*path, name), inner
        if len(path) + 1 < MAX_DEPTH:
            yield from _paths(forms_, inner, (*path, name))


def _about(ctx: click.Context) -> About:
    parent = ctx.parent
    return cast("About", getattr(parent.command if parent else None, "about", None))


def _package() -> str:
    return (__package__ or "").rsplit(".", 2)[0]


def _resource(module: str) -> About:
    return cast("About", importlib.import_module(f"{_package()}.resources.{module}").RESOURCE)


def _chain(about: About) -> list[About]:
    """Return the resources that a resource is nested under, and the resource itself."""
    above = _chain(_resource(about.parent)) if about.parent else []
    return [*above, about]


def _labels(ctx: click.Context, about: About, above: Sequence[object]) -> Iterator[Label]:
    from .app import App

    operation: Any = importlib.import_module(f"{_package()}.resources.{about.module}").LIST
    client = App(ctx).connect(timeout=(LIMIT, LIMIT), retries=0)
    for record in cast("Sequence[JSON]", client.call(operation, *above)):
        if isinstance(record, Mapping) and about.key in record:
            label = record.get(about.label) if about.label != about.key else None
            yield str(record[about.key]), None if label is None else str(label)
