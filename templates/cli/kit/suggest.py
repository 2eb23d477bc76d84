"""Keys that exist, for completion: of the records that an argument or an option may mean, with what people call them."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import click
from click.shell_completion import CompletionItem

from .completion import LIMIT, Label, from_api

if TYPE_CHECKING:
    from ..._core import JSON, About
    from .options import Key, Option


def keys(ctx: click.Context, param: Key, incomplete: str) -> list[CompletionItem]:
    """Return the keys of the records that a key argument may mean, with what people call them."""
    try:
        chain = _chain(_about(ctx))
        params = [one for one in ctx.command.params if isinstance(one, type(param))]
        resource = chain[params.index(param)]
        above = [ctx.params.get(one.name or "") for one in params[: params.index(param)]]
        return from_api(partial(_labels, ctx, resource, above), incomplete)
    except Exception:
        return []


def references(ctx: click.Context, option: Option, incomplete: str) -> list[CompletionItem]:
    """Return the keys of the records that an option may refer to, if it refers to some that have no parent."""
    try:
        for reference in _about(ctx).refers:
            if tuple(reference.path) == option.wire:
                resource = _resource(reference.resource)
                if resource.parent is None and resource.key == reference.member:
                    return from_api(partial(_labels, ctx, resource, []), incomplete)
    except Exception:
        return []
    return []


def _about(ctx: click.Context) -> About:
    parent = ctx.parent
    return cast("About", getattr(parent.command if parent else None, "about", None))


def _package() -> str:
    return (__package__ or "").rsplit(".", 2)[0]


def _resource(module: str) -> About:
    return cast("About", importlib.import_module(f"{_package()}.resources.{module}").RESOURCE)


def _chain(about: About) -> list[About]:
    """Return the resources that a nested one is under, and itself."""
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
