"""Writes the help of a command: its arguments, its options in sections, and examples.

Only help loads this module, so that everything else starts without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from . import common, group

if TYPE_CHECKING:
    from .config import Program

SHOWN = 40
"""How many of its own options the help of a command lists; --help-all lists all."""

OPTIONS, HELP = "Options", "Help"
SECTIONS = (common.REQUIRED, common.FIELDS, common.FILTERS, OPTIONS, common.INPUT)
"""The sections for a command's own options, in order; those for common options and for help follow."""

COMMON = (common.OUTPUT, common.CONNECTION, common.RUN)

STATUSES = (
    ("0", "Success."),
    ("1", "No connection, wrong settings, or a problem on this machine."),
    ("2", "The command line is wrong, and nothing was sent."),
    ("4", "The API refused the request (HTTP 4xx)."),
    ("5", "The API failed (HTTP 5xx)."),
    ("130", "Interrupted with Ctrl-C."),
)
"""The exit statuses of the program."""

START = ("{0} {1} --help", "{0} doctor", "source <({0} completion bash)")
"""Examples of how to explore the commands, check the setup, and install completion."""

Rows = Sequence[tuple[str, str]]


def write_arguments(
    command: click.Command, ctx: click.Context, formatter: click.HelpFormatter
) -> None:
    """Write the help of positional arguments."""
    params = [one for one in command.get_params(ctx) if isinstance(one, click.Argument)]
    rows = [(one.human_readable_name.strip("[]."), one.help or "") for one in params]
    _write(formatter, "Arguments", rows if any(about for _, about in rows) else ())


def write_command(
    command: group.Command, ctx: click.Context, formatter: click.HelpFormatter
) -> None:
    """Write the options of a command, and examples."""
    is_everything = group.wants_everything(ctx)
    left = SHOWN
    hidden = 0
    for title, rows in _sections(command, ctx).items():
        shown = rows
        if not is_everything and title in COMMON and title not in command.shows:
            shown = []
        elif not is_everything and title in SECTIONS:
            shown = rows[:left]
            left -= len(shown)
            hidden += len(rows) - len(shown)
        _write(formatter, title, shown)
    if hidden:
        formatter.write_paragraph()
        formatter.write_text(f"{hidden} more options: --help-all")
    _write_lines(formatter, _lines(command, ctx))


def write_group(command: group.Group, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """Write one line for each command, and how to see its options."""
    every = command.commands.items()
    rows = [(name, one.get_short_help_str(300)) for name, one in every if not one.hidden]
    _write(formatter, "Commands", rows)
    formatter.write_paragraph()
    formatter.write(
        f"Run '{ctx.command_path} COMMAND --help' for the options of a command, and examples.\n"
    )


def write_program(root: group.Root, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """Write the options of the program, its environment variables and exit statuses, and examples."""
    for title, rows in _sections(root, ctx).items():
        _write(formatter, title, rows)
    _write(formatter, "Environment", _variables(root.program))
    _write(formatter, "Exit status", STATUSES)
    _write_lines(formatter, _declared(START, ctx))


def _lines(command: group.Command, ctx: click.Context) -> list[str]:
    """Return the examples of a command: those that it declares, else generated ones."""
    parent = ctx.parent.command if ctx.parent else None
    about = parent.about if isinstance(parent, group.Group) else None
    if command.examples or about is None:
        return _declared(
            command.examples() if callable(command.examples) else command.examples, ctx
        )
    from . import examples

    return examples.lines(command, ctx, about)


def _declared(lines: Iterable[str], ctx: click.Context) -> list[str]:
    """Return lines with the program for {0} and the first resource for {1}. Without a resource, omit lines with {1}."""
    root = ctx.find_root()
    groups = list(root.command.groups) if isinstance(root.command, group.Root) else []
    possible = [line for line in lines if groups or "{1}" not in line]
    first = groups[0] if groups else ""
    return [line.replace("{0}", root.command_path).replace("{1}", first) for line in possible]


def _variables(program: Program) -> Rows:
    return (
        (program.variable("config"), "The settings file to use instead of the default one."),
        ("VISUAL, EDITOR", "The editor that --edit and config edit open."),
        ("NO_COLOR, FORCE_COLOR", "No colour, or colour even where no terminal is."),
    )


def _sections(command: click.Command, ctx: click.Context) -> dict[str, list[tuple[str, str]]]:
    """Return the help of the options by the titles of their sections."""
    sections: dict[str, list[tuple[str, str]]] = {title: [] for title in (*SECTIONS, *COMMON, HELP)}
    for param in command.get_params(ctx):
        record = param.get_help_record(ctx)
        if record is not None and not isinstance(param, click.Argument):
            # Options that print something and exit, such as --help and --version, are eager.
            title = HELP if param.is_eager else str(getattr(param, "section", OPTIONS))
            sections.setdefault(title, []).append(record)
    sections[HELP].sort(key=lambda row: row[0].lstrip("-"))
    return sections


def _write(formatter: click.HelpFormatter, title: str, rows: Rows) -> None:
    if rows:
        with formatter.section(title):
            formatter.write_dl(rows)


def _write_lines(formatter: click.HelpFormatter, lines: Iterable[str]) -> None:
    """Write examples unwrapped: a wrapped line can no longer be copied."""
    shown = [f"{'':{formatter.indent_increment}}{line}\n" for line in lines]
    if shown:
        with formatter.section("Examples"):
            formatter.write("".join(shown))
