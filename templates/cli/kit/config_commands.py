"""config path, show, init and edit: the settings of this user."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from . import config, credentials, terminal
from .common import OUTPUT
from .config import ConfigError
from .group import Command, Group
from .output import Output, View

if TYPE_CHECKING:
    from ..._core import JSON

command = Group("config", help="Show and edit the settings and profiles.")

TEMPLATE = """\
# The settings of {name}. A flag wins over the environment, that over a profile; a profile that is named by -p wins
# over the environment too. Keep secrets out of this file: {name} auth login keeps them in a file of their own.

# profile = "staging"     # the profile to use where none is named

# [profiles.staging]
# base_url = "https://staging.example.com"
# output = "json"         # auto, table, json, yaml, csv, ndjson, name
# columns = ["name"]
# timeout = 30
# retries = 3
# cacert = "~/ca.pem"
# cert = "~/me.pem"
# cert_key = "~/me.key"

# [profiles.staging.auth]
# SCHEME = {{ token_file = "staging.token" }}
# OTHER = {{ client_id = "me", client_secret = "..." }}
"""


@command.command(
    "path",
    cls=Command,
    shows=(),
    examples=("{0} config path",),
    help="Print the path of the settings file.",
)
@click.pass_context
def path(ctx: click.Context) -> None:
    """Print the path of the file, whether it exists or not."""
    click.echo(str(config.program_of(ctx).file))


@command.command(
    "show",
    cls=Command,
    shows=(OUTPUT,),
    examples=("{0} config show", "{0} config show -o json"),
    help="Print the settings in force, and where each comes from.",
)
@click.pass_context
def show(ctx: click.Context) -> None:
    """Print a row for each setting; secrets are masked."""
    settings = config.current(ctx)
    shown: dict[str, JSON] = {
        "profile": settings.profile,
        "base_url": settings.base_url,
        "output": settings.output,
        "columns": list(settings.columns),
        "timeout": settings.timeout[1],
        "retries": settings.retries,
        "cacert": settings.verify,
        "cert": settings.cert if isinstance(settings.cert, str) else (settings.cert or (None,))[0],
    }
    rows: list[JSON] = [
        {"setting": name, "value": value, "source": settings.sources.get(name)}
        for name, value in shown.items()
    ]
    for name, credential in settings.auth.items():
        setting = f"auth.{name}"
        masked = credentials.masked(credential)
        rows.append({"setting": setting, "value": masked, "source": settings.sources[setting]})
    columns = ("setting", "value", "source")
    Output(settings).items(rows, View("settings", "setting", columns, columns))


@command.command(
    "init",
    cls=Command,
    shows=(),
    examples=("{0} config init",),
    help="Write a settings file to start from, unless one exists.",
)
@click.pass_context
def init(ctx: click.Context) -> None:
    """Write the template."""
    from .store import write_private

    program = config.program_of(ctx)
    if program.file.exists():
        raise click.ClickException(f"{program.file} exists; {program.name} config edit opens it")
    try:
        write_private(program.file, TEMPLATE.format(name=program.name))
    except OSError as error:
        raise ConfigError(f"cannot write {program.file}: {error.strerror}") from error
    terminal.say(f"Wrote {program.file}.")


@command.command(
    "edit",
    cls=Command,
    shows=(),
    examples=("{0} config edit",),
    help="Open the settings file in your editor.",
)
@click.pass_context
def edit(ctx: click.Context) -> None:
    """Open the file, and check it afterwards."""
    program = config.program_of(ctx)
    if not program.file.exists():
        ctx.invoke(init)
    click.edit(filename=str(program.file))
    config.profiles(program.file)
