"""The options of every command and of the program: `library -o json books list` is `library books list -o json`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

import click
from click.core import ParameterSource

from . import values

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

REQUIRED, FIELDS, FILTERS, INPUT = "Required fields", "Fields", "Filters", "Input"
"""The help sections for a command's own options."""

OUTPUT, CONNECTION, RUN = "Output", "Connection", "This run"
"""The help sections for common options."""


class Common(click.Option):
    """An option that is a setting of the run. If given several times, the one nearest to the command wins."""

    def __init__(
        self,
        *flags: str,
        section: str,
        variable: str | None = None,
        **attributes: Any,  # noqa: ANN401
    ) -> None:
        name = flags[0].partition("/")[0].lstrip("-").replace("-", "_")
        super().__init__(
            [*flags, f"common_{name}"], expose_value=False, callback=self._remember, **attributes
        )
        self.section = section
        self.setting = name
        self.variable = variable

    def _remember(self, ctx: click.Context, param: click.Parameter, value: object) -> None:
        from . import config

        if ctx.get_parameter_source(str(param.name)) is ParameterSource.COMMANDLINE:
            found = config.given(ctx)
            if self.multiple:
                value = (
                    *cast("tuple[object, ...]", found.get(self.setting, ())),
                    *cast("Any", value),
                )
            found[self.setting] = value

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the help. It adds the default base URL, and, in the help of the program, the environment variable."""
        record = super().get_help_record(ctx)
        if record is None:
            return None
        from . import config, terminal

        program = config.program_of(ctx)
        notes = [record[1]]
        if self.setting == "base_url":
            notes.append(f"[default: {terminal.printable(program.base_url)}]")
        if self.variable is not None and ctx.parent is None:
            notes.append(f"[${program.variable(self.variable)}]")
        return record[0], " ".join(notes)


class Setting(click.ParamType[Any]):
    """A setting that is parsed as in the environment and in profiles."""

    def __init__(
        self,
        name: str,
        read: Callable[[object], object],
        complete: Callable[[click.Context], list[str]] | None = None,
    ) -> None:
        self.name = name
        self.read = read
        self.complete = complete

    def convert(
        self,
        value: Any,  # noqa: ANN401 - the signature of Click
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> object:
        """Parse the text."""
        try:
            return self.read(value) if isinstance(value, str) else value
        except ValueError as error:
            self.fail(str(error), param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Complete the known values."""
        from click.shell_completion import CompletionItem

        known = self.complete(ctx) if self.complete else []
        return [CompletionItem(value) for value in known if value.startswith(incomplete)]


class Columns(Setting):
    """Names separated by commas."""

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Complete the fields of the record, after the columns already typed."""
        from click.shell_completion import CompletionItem

        from . import suggest

        before, comma, begun = incomplete.rpartition(",")
        taken = before.split(",")
        return [
            CompletionItem(f"{before}{comma}{item.value}", help=item.help)
            for item in suggest.fields(ctx, begun)
            if item.value not in taken and "\\" not in str(item.value)
        ]


class Expression(click.ParamType[str]):
    """A JMESPath expression, checked before anything is sent."""

    name = "jmespath"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the expression if it compiles."""
        from .query import Query

        Query(value)
        return value


def _formats(_ctx: click.Context) -> list[str]:
    return list(values.FORMATS)


def _profiles(ctx: click.Context) -> list[str]:
    from . import config

    try:
        return list(config.profiles(config.program_of(ctx).file))
    except click.ClickException:
        return []


def _file(flag: str, help_text: str) -> Common:
    return Common(
        flag,
        section=CONNECTION,
        variable=flag.lstrip("-").replace("-", "_"),
        type=click.Path(exists=True, dir_okay=False),
        help=help_text,
    )


def _flag(*flags: str, help_text: str) -> Common:
    return Common(*flags, section=RUN, is_flag=True, help=help_text)


def options() -> list[click.Parameter]:
    """Return the common options, the same objects for every command."""
    if not _OPTIONS:
        _OPTIONS.extend([*_output_options(), *_connection_options(), *_run_options()])
    return list(_OPTIONS)


_OPTIONS: list[click.Parameter] = []


def _output_options() -> list[Common]:
    return [
        Common(
            "--output",
            "-o",
            section=OUTPUT,
            variable="output",
            type=Setting("format", values.output, _formats),
            metavar="FORMAT",
            help="auto (a table on a terminal, otherwise JSON), table, json, yaml, csv, ndjson, or name (only the keys).",
        ),
        Common(
            "--columns",
            section=OUTPUT,
            type=Columns("columns", values.columns),
            metavar="A,B.C",
            help="The columns of a table or CSV; in JSON and YAML, the only members of each record.",
        ),
        Common(
            "--query",
            section=OUTPUT,
            type=Expression(),
            metavar="JMESPATH",
            help="Print only what this JMESPath expression selects.",
        ),
        Common(
            "--color/--no-color",
            section=OUTPUT,
            default=None,
            help="Turn colour on or off, regardless of the terminal and the environment.",
        ),
    ]


def _connection_options() -> list[Common]:
    return [
        Common(
            "--profile",
            "-p",
            section=CONNECTION,
            variable="profile",
            type=Setting("name", values.name, _profiles),
            metavar="NAME",
            help="Use this profile; its settings override the environment.",
        ),
        Common(
            "--base-url",
            section=CONNECTION,
            variable="base_url",
            type=Setting("url", values.url),
            metavar="URL",
            help="The base URL of the API.",
        ),
        Common(
            "--token",
            section=CONNECTION,
            variable="token",
            metavar="TOKEN",
            help="The token, API key or USER:PASSWORD. Other users of this machine can see it: prefer auth login.",
        ),
        Common(
            "--token-file",
            section=CONNECTION,
            type=click.Path(allow_dash=True, dir_okay=False),
            metavar="FILE",
            help="Read the token from FILE; - reads the first line of stdin.",
        ),
        Common(
            "--auth",
            section=CONNECTION,
            multiple=True,
            metavar="SCHEME=VALUE",
            help="The credential for one security scheme. [can be repeated]",
        ),
        Common(
            "--timeout",
            section=CONNECTION,
            variable="timeout",
            type=Setting("seconds", values.timeout),
            metavar="SECONDS",
            help="How long to wait for a response. [default: 30]",
        ),
        Common(
            "--retries",
            section=CONNECTION,
            variable="retries",
            type=Setting("number", values.retries),
            metavar="NUMBER",
            help="How often to retry a request that is safe to repeat. [default: 3]",
        ),
        _file("--cacert", "Trust the CA certificates in this file."),
        _file("--cert", "Present this client certificate."),
        _file("--cert-key", "The key of --cert, if it is in a file of its own."),
    ]


def _run_options() -> list[Common]:
    return [
        _flag("--dry-run", help_text="Print the request instead of sending it."),
        _flag("--curl", help_text="Print the request as a curl command instead of sending it."),
        _flag("--show-secrets", help_text="Show credentials in what --dry-run and --curl print."),
        _flag(
            "--yes",
            "-y",
            help_text="Never prompt, neither for confirmation nor for missing values.",
        ),
        _flag(
            "--verbose",
            "-v",
            help_text="Report on stderr where settings come from, what is sent, and what is omitted.",
        ),
    ]
