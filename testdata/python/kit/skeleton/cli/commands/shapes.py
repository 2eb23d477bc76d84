"""A command whose key is completed from the API."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click
from click.shell_completion import CompletionItem

from ..._core import JSON, Operation
from ...client import Client
from ..kit import completion, config
from ..kit.group import Command, Group

LIST: Operation[list[JSON]] = Operation("listShapes", "List the shapes", "GET", "/shapes")

group = Group("shapes", help="Shapes.")


def _keys(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    def fetch() -> Iterator[completion.Label]:
        client = Client(config.current(ctx).base_url, timeout=(1, 1), retries=0)
        found: Any = client.call(LIST)
        for record in found:
            yield record["key"], record.get("label")

    return completion.from_api(fetch, incomplete)


@group.command("get", cls=Command, help="Print a shape.")
@click.argument("key", shell_complete=_keys, metavar="KEY")
def get(key: str) -> None:
    """Print the key."""
    click.echo(repr(key))
