"""`explain books author.name`: what the schema says about one field, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from . import forms as schemas
from . import group, terminal
from .forms import Forms
from .params import describe
from .paths import Path, told

if TYPE_CHECKING:
    from ..._core import JSON, About

BOUNDS = {
    "minimum": "at least {}",
    "maximum": "at most {}",
    "exclusiveMinimum": "more than {}",
    "exclusiveMaximum": "less than {}",
    "multipleOf": "a multiple of {}",
    "minLength": "{} characters or more",
    "maxLength": "{} characters or less",
    "minItems": "{} items or more",
    "maxItems": "{} items or less",
    "pattern": "matches {}",
    "format": "format {}",
}
"""The keywords that say more than the type, and how."""


def about(ctx: click.Context, word: str) -> About:
    """Return what the group of a word is about."""
    root = ctx.find_root()
    found = root.command.get_command(root, word) if isinstance(root.command, click.Group) else None
    if isinstance(found, group.Group) and found.about is not None:
        return found.about
    raise click.UsageError(f"{word!r} is not the group of a resource.", ctx)


def words(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the groups of resources."""
    root = ctx.find_root().command
    known = list(root.groups) if isinstance(root, group.Root) else []
    return [CompletionItem(word) for word in known if word.startswith(incomplete)]


@click.command(
    "explain",
    cls=group.Command,
    shows=(),
    examples=("{0} explain {1}",),
    help="Explain the fields of a resource, or one field.",
)
@click.argument("word", metavar="RESOURCE", shell_complete=words, help="The group of a resource.")
@click.argument(
    "path", metavar="[FIELD]", type=Path(), required=False, help="A field, such as address.city."
)
@click.pass_context
def command(ctx: click.Context, /, word: str, path: tuple[str, ...] | None) -> None:
    """Print what the schema says."""
    forms = schemas.load()
    schema = forms.at(forms.named(about(ctx, word).form), path or ())
    if schema is None:
        raise click.UsageError(f"{word} have no field {told(path or ())}.", ctx)
    for line in lines(forms, schema, word if not path else told(path)):
        click.echo(terminal.printable_lines(line))


def lines(forms: Forms, schema: JSON, name: str) -> Iterator[str]:
    """Yield what a schema says, a line for each thing, and a line for each of its fields."""
    yield f"{name}: {_type(forms, schema)}"
    description = forms.keyword(schema, "description")
    if isinstance(description, str) and description.strip():
        yield f"  {' '.join(description.split())}"
    yield from (f"  {line}" for line in _facts(forms, schema))
    members = forms.names(schema)
    required = forms.required(schema)
    if members:
        yield "  fields:"
    width = max(map(len, members), default=0)
    for member in members:
        inner = forms.member(schema, member)
        mark = ", required" if member in required else ""
        yield f"    {member:{width}}  {_type(forms, inner)}{mark}"


def _type(forms: Forms, schema: JSON) -> str:
    kinds = forms.kinds(schema)
    return "any value" if len(kinds) == len(schemas.ALL) else describe(kinds) or "no value"


def _facts(forms: Forms, schema: JSON) -> Iterator[str]:
    from ..._core import dumps

    values = forms.keyword(schema, "enum")
    if isinstance(values, list):
        yield f"one of {', '.join(dumps(value) for value in values)}"
    for keyword, words_ in BOUNDS.items():
        bound = forms.keyword(schema, keyword)
        if bound is not None:
            yield words_.format(bound if isinstance(bound, str) else dumps(bound))
    if forms.keyword(schema, "uniqueItems") is True:
        yield "no item twice"
    for keyword, word in (
        ("readOnly", "only the server writes it"),
        ("writeOnly", "the server never sends it"),
    ):
        if forms.keyword(schema, keyword) is True:
            yield word
    if forms.keyword(schema, "deprecated") is True:
        yield "deprecated"
    for keyword in ("const", "default", "example"):
        value = forms.keyword(schema, keyword)
        if value is not None:
            yield f"{keyword}: {dumps(value)}"
    examples = forms.keyword(schema, "examples")
    if isinstance(examples, list) and examples:
        yield f"example: {dumps(examples[0])}"
