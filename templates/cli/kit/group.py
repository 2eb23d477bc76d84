"""The classes of the program, its groups and its commands: they load modules on demand, and write help."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from typing import TYPE_CHECKING, Any, cast

import click

from . import common
from .config import Program

if TYPE_CHECKING:
    from ..._core import About

MIN_WIDTH, MAX_WIDTH = 50, 120
"""The limits for the width of help, in columns."""

TOOLS: Mapping[str, tuple[str, str]] = {
    "auth": ("auth", "Log in and out, and show the credentials in use."),
    "completion": ("completion", "Print the completion script of a shell."),
    "config": ("config_commands", "Show and edit the settings and profiles."),
    "doctor": ("doctor", "Check settings, connection and credentials."),
    "explain": ("explain", "Explain a field: its type, bounds, default and example."),
    "schema": ("describe", "Print a schema, a body to fill in, or all commands as JSON."),
}
"""The commands that every program has: the module of each in this package, and its help."""

_HELP_ALL = f"{__name__}.all"
_WORDS = f"{__name__}.words"


class Command(click.Command):
    """A command with help in sections, the common options, and readable reports of failures.

    shows are the sections of common options that its help lists; --help-all lists all. examples are those at the end of
    its help, if they cannot be generated from its parameters: {0} stands for the program, {1} for the group of a
    resource.
    """

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        shows: Sequence[str] = (common.OUTPUT, common.RUN),
        examples: Sequence[str] | Callable[[], Sequence[str]] = (),
        **attributes: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **attributes)
        self.shows = shows
        self.examples = examples
        self.params = [*self.params, *common.options(), _help_all()]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments; -5 is a key if keys are integers."""
        if _has_integer_key(self) and any(map(_is_negative, args)):
            ctx.ignore_unknown_options = True
        takes_more, ctx.allow_extra_args = ctx.allow_extra_args, True
        words = list(args)
        try:
            rest = super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            raise _with_suggestions(self, error, ctx) from error
        if rest and not takes_more and not ctx.resilient_parsing:
            raise _extra_argument(self, words, rest[0], ctx)
        return rest

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401
        """Run the command. Errors of the API are reported in terms of its flags."""
        from ..._core import APIError

        try:
            return super().invoke(ctx)
        except APIError as error:
            from .errors import failure

            raise failure(error, ctx) from error

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help of the arguments."""
        from .help_page import write_arguments

        write_arguments(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options in sections, and examples."""
        from .help_page import write_command

        write_command(self, ctx, formatter)


class Group(click.Group):
    """A group of commands with unique names. about describes their resource, if they have one."""

    command_class = Command

    def __init__(self, name: str, about: About | None = None, **attributes: Any) -> None:  # noqa: ANN401
        super().__init__(name, **attributes)
        self.about = about
        self.params = [*self.params, *common.options()]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the options before the command."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            raise _with_suggestions(self, error, ctx) from error

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of definition: commands that read come before those that write."""
        return list(self.commands)

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add a command. Refuse a name that is taken."""
        name = name or cmd.name
        if name in self.commands:
            raise ValueError(f"two commands of {self.name} are called {name}")
        super().add_command(cmd, name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command by name, or raise an error with suggestions, including commands of modules not yet loaded."""
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand:
            from . import did_you_mean

            lines = self.suggestions(ctx, args)
            message = f"No such command {args[0]!r}.{did_you_mean.question(lines)}"
            raise click.NoSuchCommand(args[0], message, ctx=ctx) from None

    def suggestions(self, ctx: click.Context, args: Sequence[str]) -> list[str]:
        """Return suggestions for words that do not begin with a command."""
        from . import did_you_mean

        return did_you_mean.command(args[0], self.list_commands(ctx), _flags(self, ctx))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands. The options are in the help of the program and of each command."""
        from .help_page import write_group

        write_group(self, ctx, formatter)


class Root(Group):
    """The program. groups maps the name of each group to its module and its help.

    A module is imported when its group is used, so that help and completion stay fast with any number of resources.
    """

    def __init__(
        self,
        name: str,
        *,
        title: str,
        base_url: str,
        version: str,
        groups: Mapping[str, tuple[str, str]],
    ) -> None:
        names = {"help_option_names": ["--help", "-h"]}
        super().__init__(name, help=title, context_settings=names)
        self.program = Program(name, base_url)
        self.groups: MutableMapping[str, tuple[str, str]] = dict(groups)
        self.params.append(_version(version))
        for word in self.groups.keys() & TOOLS.keys():
            raise ValueError(f"two commands of {name} are called {word}")

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments, and keep the command line."""
        ctx.meta[_WORDS] = (*ctx.command_path.split(" "), *args)
        return super().parse_args(ctx, args)

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add a command. It replaces a group of the same name."""
        self.groups.pop(name or cmd.name or "", None)
        super().add_command(cmd, name)

    def main(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401
        """Run the program. Arguments are used exactly as typed, on Windows too."""
        extra = {
            "prog_name": self.name,
            "windows_expand_args": False,
            "terminal_width": _width(),
            **extra,
        }
        if completion_variable(str(extra["prog_name"])) not in os.environ:
            return cast("Any", super()).main(*args, **extra)
        from .completion import silent

        with silent():
            return cast("Any", super()).main(*args, **extra)

    def suggestions(self, ctx: click.Context, args: Sequence[str]) -> list[str]:
        """Return suggestions. If a verb precedes a group, suggest the reverse order."""
        for noun in args[1:2]:
            group = self.get_command(ctx, noun) if noun in self.groups else None
            if isinstance(group, Group):
                verbs = args[:1] if args[0] in group.commands else group.suggestions(ctx, args[:1])
                return [f"{noun} {verb}" for verb in verbs]
        return super().suggestions(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return all names: of the resources, of the user's own commands, and of the tools."""
        return [*self.groups, *super().list_commands(ctx), *self._tools()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by name, importing its module."""
        own = super().get_command(ctx, cmd_name)
        if own is not None:
            return own
        if cmd_name in self.groups:
            module = importlib.import_module(f"..commands.{self.groups[cmd_name][0]}", __package__)
            return cast("click.Command", module.group)
        if cmd_name in TOOLS:
            module = importlib.import_module(f".{TOOLS[cmd_name][0]}", __package__)
            return cast("click.Command", module.command)
        return None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the names and their help, without importing any module."""
        own = [(name, one.get_short_help_str(200)) for name, one in self.commands.items()]
        resources = [(word, about) for word, (_, about) in self.groups.items()]
        tools = [(word, TOOLS[word][1]) for word in self._tools()]
        for title, rows in (("Commands", [*resources, *own]), ("Tools", tools)):
            if rows:
                with formatter.section(title):
                    formatter.write_dl([(word, _first_line(about)) for word, about in rows])

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands, and the options common to all of them."""
        from .help_page import write_program

        self.format_commands(ctx, formatter)
        write_program(self, ctx, formatter)

    def _tools(self) -> list[str]:
        return [word for word in TOOLS if word not in self.commands]


def typed_words(ctx: click.Context) -> tuple[str, ...]:
    """Return the command line of this run, beginning with the name of the program."""
    words: tuple[str, ...] = ctx.meta.get(_WORDS, ())
    return words


def completion_variable(program: str) -> str:
    """Return Click's name for the variable by which a shell requests completions."""
    return f"_{program}_COMPLETE".replace("-", "_").replace(".", "_").upper()


def _width() -> int:
    """Return the width of help. Click would import shutil for that, which takes longer than writing the help."""
    try:
        columns = int(os.environ.get("COLUMNS") or os.get_terminal_size().columns)
    except (OSError, ValueError):
        columns = 80
    return max(MIN_WIDTH, min(columns, MAX_WIDTH)) - 2


def wants_everything(ctx: click.Context) -> bool:
    """Report whether --help-all was given."""
    return bool(ctx.meta.get(_HELP_ALL))


def _first_line(about: str) -> str:
    return about.strip().partition("\n")[0]


def _version(version: str) -> click.Option:
    def show(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
        if value:
            click.echo(f"{ctx.find_root().info_name} {version}")
            ctx.exit()

    attributes: dict[str, Any] = {"is_flag": True, "is_eager": True, "expose_value": False}
    return click.Option(
        ["--version", "common_version"], callback=show, help="Print the version.", **attributes
    )


def _help_all() -> click.Option:
    if not _HELP_OPTIONS:

        def show(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
            if value and not ctx.resilient_parsing:
                ctx.meta[_HELP_ALL] = True
                click.echo(ctx.get_help())
                ctx.exit()

        attributes: dict[str, Any] = {"is_flag": True, "is_eager": True, "expose_value": False}
        _HELP_OPTIONS.append(
            click.Option(
                ["--help-all", "common_help_all"],
                callback=show,
                help="Show all options, including those of the connection, and exit.",
                **attributes,
            )
        )
    return _HELP_OPTIONS[0]


_HELP_OPTIONS: list[click.Option] = []


def _is_negative(word: str) -> bool:
    return word.startswith("-") and word[1:].isascii() and word[1:].isdecimal()


def _has_integer_key(command: click.Command) -> bool:
    arguments = (param for param in command.params if isinstance(param, click.Argument))
    return any(argument.type.name == "integer" for argument in arguments)


def _extra_argument(
    command: click.Command, words: Sequence[str], left: str, ctx: click.Context
) -> click.UsageError:
    """Return the error for an extra argument: an option that does not exist, or part of an unquoted value."""
    flags = _flags(command, ctx)
    for word in words if ctx.ignore_unknown_options else ():
        if word.startswith("--") and word.partition("=")[0] not in {"--", *flags}:
            return _with_suggestions(command, click.NoSuchOption(word, ctx=ctx), ctx)
    message = f"Got unexpected extra argument {left!r}. Put a value that contains spaces in quotes."
    return click.UsageError(message, ctx)


def _with_suggestions(
    command: click.Command, error: click.NoSuchOption, ctx: click.Context
) -> click.NoSuchOption:
    """Return the error with suggestions, or with advice in case a key was meant."""
    from . import did_you_mean

    lines = did_you_mean.option(error.option_name, _flags(command, ctx))
    has_keys = any(isinstance(one, click.Argument) for one in command.params)
    advice = (
        " Write -- before a key or value that begins with a dash." if has_keys and not lines else ""
    )
    message = f"{error.message}{did_you_mean.question(lines)}{advice}"
    return click.NoSuchOption(error.option_name, message, ctx=ctx)


def _flags(command: click.Command, ctx: click.Context) -> list[str]:
    """Return all flags of a command."""
    options = (one for one in command.get_params(ctx) if isinstance(one, click.Option))
    return [flag for one in options for flag in [*one.opts, *one.secondary_opts]]
