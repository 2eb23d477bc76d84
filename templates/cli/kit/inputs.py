"""The options shared by commands of one kind: how to give a body, how much of a list to fetch, when a watch ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

from . import values
from .common import INPUT, OUTPUT, Setting
from .conditions import ConditionType
from .options import Filter, Form, Option, chain, params_of
from .params import Integer
from .paths import Assignment, Path

if TYPE_CHECKING:
    from ..._core import Operation

F = TypeVar("F", bound=Callable[..., Any])

FILE = click.Path(dir_okay=False, allow_dash=True)


def _input(
    *args: Any,  # noqa: ANN401
    section: str = INPUT,
    form: Form | None = None,
    **attributes: Any,  # noqa: ANN401
) -> Callable[[F], F]:
    def decorate(function: F) -> F:
        function = click.option(*args, cls=Option, **attributes)(function)
        option = params_of(function)[-1]
        if isinstance(option, Option):
            option.section = section
            option.form = form
        return function

    return decorate


def body_options(form: Form) -> Callable[[F], F]:
    """Add the options for a body, other than the flags of its fields."""
    return chain(
        message_options(form),
        _input(
            "--edit", "edit", is_flag=True, help="Open the body in your editor before it is sent."
        ),
    )


def message_options(form: Form) -> Callable[[F], F]:
    """Add the options for a message: those for a body, except --edit."""
    return chain(
        _input(
            "-f",
            "--file",
            "file",
            type=FILE,
            form=form,
            help="Read the body from FILE (JSON or YAML; - is stdin). Other options override it.",
        ),
        _input(
            "-F",
            "--field",
            "assignments",
            type=Assignment(),
            multiple=True,
            help=r"Set any value by its path: address.city=Rome, rows.0.name=a, labels.app\.org=x. "
            "Its type comes from the schema; PATH:=VALUE takes JSON.",
        ),
        _input(
            "--null",
            "nulls",
            type=Path(),
            multiple=True,
            metavar="NAME",
            help="Set a value to null.",
        ),
    )


condition_options = _input(
    "--if-match",
    "if_match",
    metavar="ETAG",
    help="Fail unless the record still has this ETag.",
)
"""Makes a write conditional on the known state."""


def _attributes(
    ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Complete the names of attributes: the members of a record, not what is inside them."""
    from . import suggest

    found = suggest.fields(ctx, incomplete, is_sent=True)
    return [item for item in found if "." not in str(item.value)]


attribute_option = _input(
    "--attr",
    "attribute",
    metavar="NAME",
    section=INPUT,
    shell_complete=_attributes,
    help="Only this attribute.",
)

attribute_argument = click.argument(
    "attribute", metavar="NAME", shell_complete=_attributes, help="The attribute."
)


def changes_options(form: Form) -> Callable[[F], F]:
    """Add the option for a file of changes to several records."""
    return _input(
        "-f",
        "--file",
        "file",
        required=True,
        type=FILE,
        form=form,
        help="Read the list of changes, each with its key, from FILE (JSON or YAML; - is stdin).",
    )


files_option = _input(
    "-f",
    "--file",
    "files",
    required=True,
    multiple=True,
    type=FILE,
    help="Read records from FILE, each with its key: JSON, YAML or JSON lines; - is stdin. "
    "What a record does not name is left unchanged.",
)
"""Reads records from one or more files."""

prune_option = _input(
    "--prune",
    "prune",
    is_flag=True,
    help="Delete all records that the files do not name.",
)
"""Makes the files the complete list of records."""


def value_options(form: Form) -> Callable[[F], F]:
    """Add the options for the value of one attribute."""
    return chain(
        click.argument(
            "value",
            required=False,
            metavar="[VALUE]",
            help="The value, of the type in the schema.",
        ),
        _input(
            "-f",
            "--file",
            "file",
            type=FILE,
            form=form,
            help="Read the value from FILE (JSON or YAML; - is stdin).",
        ),
        _input("--null", "is_null", is_flag=True, help="Set it to null."),
    )


interval_option = _input(
    "--interval",
    "interval",
    type=Setting("seconds", values.seconds),
    default=2.0,
    metavar="SECONDS",
    section=OUTPUT,
    help="How often to poll where no channel announces changes. [default: 2]",
)


def wait_options(function: F) -> F:
    """Add the options of wait commands: what to wait for, and how."""
    return chain(
        _input(
            "--for",
            "conditions",
            type=ConditionType(),
            multiple=True,
            required=True,
            metavar="PATH=VALUE",
            help="Wait for this value; its type comes from the schema. PATH!=VALUE is any other value, PATH one that is "
            "neither null nor false, and deleted the deletion of the record. If given several times, all must hold.",
        ),
        interval_option,
    )(function)


max_items_option = _input(
    "--max-items",
    "max_items",
    type=Integer(minimum=1),
    section=OUTPUT,
    help="Fetch pages until there are this many records.",
)


def all_pages(operation: Operation[Any]) -> Callable[[F], F]:
    """Remove the options that select a page of a list from a command that fetches all pages."""
    paging = operation.paging
    of_page = {paging.position, paging.size} if paging is not None else set[str | None]()

    def decorate(function: F) -> F:
        params = params_of(function)
        params[:] = [
            param
            for param in params
            if not (isinstance(param, Filter) and param.wire[0] in of_page)
        ]
        return function

    return decorate


def list_options(function: F) -> F:
    """Add the options of list commands: how much of a list to fetch, and how to keep it up to date."""
    return chain(
        _input(
            "--all",
            "all_pages",
            is_flag=True,
            section=OUTPUT,
            help="Fetch all pages, not only the first.",
        ),
        max_items_option,
        _input(
            "--watch",
            "watch",
            is_flag=True,
            section=OUTPUT,
            help="Keep the table on the terminal up to date, for --timeout seconds or until Ctrl-C; elsewhere print the "
            "whole list after each change, in JSON on one line.",
        ),
        interval_option,
    )(function)


def export_options(function: F) -> F:
    """Add the options of export commands: where to write the records, and how many."""
    return chain(
        click.argument(
            "file",
            required=False,
            default=values.STANDARD_INPUT,
            metavar="[FILE]",
            type=FILE,
            help="The file is written completely or not at all; - is stdout. "
            "-o ndjson, csv, yaml or json sets the format, else the suffix; without either it is ndjson.",
        ),
        max_items_option,
    )(function)


def import_options(form: Form) -> Callable[[F], F]:
    """Add the options of import commands: the file of records, its format, and where to begin."""
    return chain(
        click.argument(
            "file",
            metavar="FILE",
            type=click.Path(exists=True, dir_okay=False, allow_dash=True),
            help="A list or records one after the other: NDJSON, CSV, YAML or JSON; - is the standard input.",
        ),
        _input(
            "--format",
            "format",
            type=click.Choice(values.RECORD_FORMATS),
            form=form,
            help="The format of FILE; without it, its suffix or its content decides. "
            "In CSV, an empty cell omits the member, or is null if the member is required; "
            '"" is an empty text. A dot in the name of a column leads into an object.',
        ),
        _input(
            "--skip",
            "skip",
            type=Integer(minimum=0),
            default=0,
            help="Skip this many records at the beginning, to resume an import that stopped.",
        ),
        _input(
            "--failed",
            "failed",
            type=click.Path(dir_okay=False),
            metavar="FILE",
            help="Write the records that failed to FILE, unchanged, to be corrected and imported.",
        ),
    )


def watch_options(function: F) -> F:
    """Add the options of watch commands: where to begin, when to stop, and what to print."""
    return chain(
        _input(
            "--count",
            "count",
            type=Integer(minimum=1),
            section=OUTPUT,
            help="Stop after this many events.",
        ),
        _input(
            "--since",
            "since",
            metavar="ID",
            section=OUTPUT,
            help="Start after the event with this ID.",
        ),
        _input(
            "--raw",
            "raw",
            is_flag=True,
            section=OUTPUT,
            help="Print messages as they arrive, not the differences.",
        ),
    )(function)
