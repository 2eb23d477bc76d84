"""`explain books author.name`: what the schema says about one field, in words."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from ..._core import forms as schemas
from ..._core.forms import Forms
from . import config, group, terminal
from .common import OUTPUT
from .options import form_of
from .paths import Path, display, steps
from .wording import kind

if TYPE_CHECKING:
    from ..._core import JSON

STRUCTURED = {"json", "yaml", "ndjson"}
"""The formats in which the schema itself is printed."""

MAX_KIND = 36
"""The widest column for the types of fields, so that the descriptions after them are aligned."""

BOUNDS = {
    "minimum": "at least {}",
    "maximum": "at most {}",
    "exclusiveMinimum": "more than {}",
    "exclusiveMaximum": "less than {}",
    "multipleOf": "a multiple of {}",
    "minLength": "{} characters or more",
    "maxLength": "{} characters or fewer",
    "minItems": "{} items or more",
    "maxItems": "{} items or fewer",
    "pattern": "matches {}",
}
"""The keywords that constrain a value, and how they are described."""


def group_of(ctx: click.Context, word: str) -> group.Group:
    """Return the group of a resource by name. Raises UsageError if there is none."""
    from .did_you_mean import close_matches, question

    root = ctx.find_root()
    found = root.command.get_command(root, word) if isinstance(root.command, click.Group) else None
    if isinstance(found, group.Group) and found.about is not None:
        return found
    known = list(root.command.groups) if isinstance(root.command, group.Root) else []
    message = f"{word!r} is not the group of a resource.{question(close_matches(word, known))}"
    raise click.UsageError(message, ctx)


def words(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the groups of resources."""
    root = ctx.find_root().command
    known = list(root.groups) if isinstance(root, group.Root) else []
    return [CompletionItem(word) for word in known if word.startswith(incomplete)]


def names(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the fields of the resource."""
    from . import suggest

    try:
        return suggest.members(group_of(ctx, str(ctx.params.get("word"))), incomplete)
    except click.UsageError:
        return []


@click.command(
    "explain",
    cls=group.Command,
    shows=(OUTPUT,),
    examples=("{0} explain {1}", "{0} explain {1} -o json"),
    help="Explain the fields of a resource, or one field.",
)
@click.argument("word", metavar="RESOURCE", shell_complete=words, help="The group of a resource.")
@click.argument(
    "path",
    metavar="[FIELD]",
    type=Path(),
    shell_complete=names,
    required=False,
    help="A field, such as address.city; RESOURCE.FIELD is the same.",
)
@click.pass_context
def command(ctx: click.Context, /, word: str, path: tuple[str, ...] | None) -> None:
    """Print the schema, in words or unchanged."""
    (word, *begin), _ = steps(word)
    path = (*begin, *(path or ()))
    forms = schemas.load()
    found = group_of(ctx, word)
    every = forms_of(forms, found)
    parts = _at(forms, every, path)
    if not parts:
        raise click.UsageError(f"{word} have no field {_unknown(forms, every, path)}", ctx)
    given = config.given(ctx)
    if given.get("output") in STRUCTURED or given.get("query"):
        show(ctx, document(forms, parts[0]))
        return
    name = display(path) if path else word
    room = terminal.size(sys.stdout).columns if terminal.is_terminal(sys.stdout) else None
    for line in lines(forms, parts, name, "" if path else found.help or "", room):
        click.echo(terminal.printable_lines(line))


def forms_of(forms: Forms, found: group.Group) -> list[JSON]:
    """Return the schemas of a resource: that of its records, then those of the bodies that its commands send."""
    read = [found.about.form] if found.about is not None else []
    sent = [form_of(one.params) for one in found.commands.values()]
    names = dict.fromkeys([*read, *(form.name for form in sent if form is not None)])
    return [forms.named(name) for name in names]


def _at(forms: Forms, parts: Sequence[JSON], path: Sequence[str]) -> list[JSON]:
    """Return the schemas at the end of a path, from those of the given ones that have it."""
    found = (forms.at(part, path) for part in parts)
    return [each for each in found if each is not None]


def fields(forms: Forms, parts: Sequence[JSON]) -> dict[str, JSON]:
    """Return the members in the schemas of a resource by name. Those that are only sent come last."""
    found: dict[str, JSON] = {}
    for part in parts:
        for name in forms.names(part):
            found.setdefault(name, forms.member(part, name))
    return found


def _unknown(forms: Forms, parts: Sequence[JSON], path: Sequence[str]) -> str:
    """Return the part of a path that does not exist, with suggestions."""
    from .did_you_mean import close_matches, question

    end = next(end for end in range(len(path)) if not _at(forms, parts, path[: end + 1]))
    names = list(fields(forms, _at(forms, parts, path[:end])))
    candidates = [display((*path[:end], each)) for each in close_matches(path[end], names)]
    return f"{display(path[: end + 1])}.{question(candidates)}"


def document(forms: Forms, schema: JSON) -> JSON:
    """Return a schema as a self-contained document, with the definitions that it refers to."""
    if isinstance(schema, dict) and [*schema] == ["$ref"]:
        schema = forms.target(str(schema["$ref"]))
    found: dict[str, JSON] = {}
    left = [schema]
    while left:
        here = left.pop()
        if isinstance(here, dict | list):
            left += here.values() if isinstance(here, dict) else here
        reference = here.get("$ref") if isinstance(here, dict) else None
        name = reference.removeprefix("#/$defs/") if isinstance(reference, str) else ""
        if name in forms.definitions and name not in found:
            found[name] = forms.definitions[name]
            left.append(found[name])
    top: dict[str, JSON] = dict(schema) if isinstance(schema, dict) else {"allOf": [schema]}
    top["$defs"] = {name: found[name] for name in forms.definitions if name in found}
    return top


def show(ctx: click.Context, value: JSON) -> None:
    """Print a document as JSON, unless -o or another structured format is set: a table would be of little use."""
    from .output import Output

    settings = config.current(ctx)
    if "output" not in config.given(ctx) and settings.output not in STRUCTURED:
        settings = dataclasses.replace(settings, output="json")
    Output(settings).value(value)


def lines(
    forms: Forms, parts: Sequence[JSON], name: str, about: str, room: int | None = None
) -> Iterator[str]:
    """Yield a line for each fact in the schemas, and one for each field, cut to the available room."""
    yield f"{name}: {kind(forms, parts[0])}"
    description = about or forms.keyword(parts[0], "description")
    if isinstance(description, str) and description.strip():
        yield f"  {' '.join(description.split())}"
    yield from (f"  {line}" for line in _facts(forms, parts[0]))
    yield from _fields(forms, parts, room)


def _fields(forms: Forms, parts: Sequence[JSON], room: int | None) -> Iterator[str]:
    from .table import cut, width

    # Required are the fields that must be sent, not those that must be returned: only the server writes some of these.
    required = forms.required(parts[min(1, len(parts) - 1)])
    rows = [
        (
            name,
            ", ".join([kind(forms, one), *_marks(forms, one, is_required=name in required)]),
            one,
        )
        for name, one in fields(forms, parts).items()
    ]
    if rows:
        yield "  fields:"
    names = max((width(name) for name, _, _ in rows), default=0)
    kinds = min(max((width(words) for _, words, _ in rows), default=0), MAX_KIND)
    for name, words, one in rows:
        description = forms.keyword(one, "description")
        about = description.strip().partition("\n")[0] if isinstance(description, str) else ""
        pads = " " * (names - width(name)), " " * (kinds - width(words))
        line = f"    {name}{pads[0]}  {words}{pads[1]}  {about}".rstrip()
        yield line if room is None else cut(line, room)


def _marks(forms: Forms, schema: JSON, *, is_required: bool) -> Iterator[str]:
    if is_required:
        yield "required"
    for keyword, word in (("readOnly", "read-only"), ("writeOnly", "write-only")):
        if forms.keyword(schema, keyword) is True:
            yield word


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
        yield "no duplicate items"
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
