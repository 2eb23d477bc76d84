"""`schema`: the schema of a resource, a body to fill in, or all commands with their options, for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from ..._core import forms as schemas
from . import errors, explain, group
from .common import OUTPUT
from .options import Field, Filter, Key, form_of
from .params import Choice

if TYPE_CHECKING:
    from ..._core import JSON

VERBS = ("create", "replace", "update")


@click.command(
    "schema",
    cls=group.Command,
    shows=(OUTPUT,),
    examples=("{0} schema {1} -o yaml", "{0} schema --all"),
    help="Print the schema of a resource, a body to fill in, or all commands.",
)
@click.argument(
    "word",
    metavar="[RESOURCE]",
    required=False,
    shell_complete=explain.words,
    help="The group of a resource.",
)
@click.option(
    "--for",
    "verb",
    type=click.Choice(VERBS),
    help="What this command sends, instead of what the server returns.",
)
@click.option("--template", is_flag=True, help="Print a body to fill in, as YAML, for -f.")
@click.option(
    "--all", "is_all", is_flag=True, help="Print every command, option and exit code as JSON."
)
@click.pass_context
def command(
    ctx: click.Context, /, word: str | None, verb: str | None, *, template: bool, is_all: bool
) -> None:
    """Print the requested description."""
    if is_all == (word is not None):
        raise click.UsageError("give a RESOURCE, or --all.", ctx)
    if word is None:
        explain.show(ctx, commands(ctx))
        return
    forms = schemas.load()
    name = _form(ctx, word, verb or ("create" if template else None))
    if template:
        from . import skeleton

        click.echo(skeleton.text(forms, name), nl=False)
        return
    explain.show(ctx, explain.document(forms, forms.definitions[name]))


def _form(ctx: click.Context, word: str, verb: str | None) -> str:
    """Return the name of the schema of a resource, or of the body that one of its commands sends."""
    found = explain.group_of(ctx, word)
    if verb is None and found.about is not None:
        return found.about.form
    one = found.commands.get(verb or "")
    form = form_of(one.params) if one else None
    if form is None:
        raise click.UsageError(f"{word} have no command {verb}.", ctx)
    return form.name


def commands(ctx: click.Context) -> JSON:
    """Return every command with its arguments, options and exit codes."""
    root = ctx.find_root()
    assert isinstance(root.command, click.Group)  # noqa: S101 - it found this command
    return {
        "program": root.command.name,
        "help": root.command.help,
        "exit_codes": {str(int(status)): status.name.lower() for status in errors.Status},
        "commands": list(_commands(root, root.command, ())),
    }


def _commands(ctx: click.Context, parent: click.Group, path: tuple[str, ...]) -> Iterator[JSON]:
    for name in parent.list_commands(ctx):
        one = parent.get_command(ctx, name)
        if isinstance(one, click.Group):
            yield from _commands(click.Context(one, ctx, name), one, (*path, name))
        elif one is not None and not one.hidden:
            yield {
                "command": [*path, name],
                "help": one.help,
                "arguments": [
                    _argument(param) for param in one.params if isinstance(param, click.Argument)
                ],
                "options": [
                    _option(param, ctx) for param in one.params if isinstance(param, click.Option)
                ],
            }


def _argument(param: click.Argument) -> JSON:
    return {
        "name": param.human_readable_name.strip("[]."),
        "help": getattr(param, "help", None),
        "required": param.required,
        "several": param.nargs == -1,
        **({"wire": param.wire} if isinstance(param, Key) else {}),
    }


def _option(param: click.Option, ctx: click.Context) -> JSON:
    description: dict[str, Any] = {
        "flags": [*param.opts, *param.secondary_opts],
        "help": param.help,
        "type": None if param.is_flag else param.type.name,
        "required": param.required or (isinstance(param, Field | Filter) and param.is_required),
        "several": param.multiple,
        "section": getattr(param, "section", None),
    }
    if isinstance(param, Field | Filter):
        description["wire"] = list(param.wire)
    if isinstance(param.type, Choice):
        description["values"] = list(param.type.values.values())
    elif isinstance(param.type, click.Choice):
        description["values"] = [str(choice) for choice in param.type.choices]
    return description
