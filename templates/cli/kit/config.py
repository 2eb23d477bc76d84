"""Resolves settings: from a flag, else the environment, else a profile, else the default.

A profile that is named by a flag is as explicit as a flag: its settings override the environment, so that a forgotten
variable cannot send to production what was meant for staging.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import click

from ..._core import environment
from . import values

if TYPE_CHECKING:
    from pathlib import Path

    from .settings import Settings

CONFIG_KEYS = ("profile", "profiles")
DEFAULTS: Mapping[str, object] = {
    "output": "auto",
    "columns": (),
    "timeout": (5.0, 30.0),
    "retries": 3,
    "cacert": None,
    "cert": None,
    "cert_key": None,
}


class ConfigError(click.ClickException):
    """A settings file that cannot be used: the command exits with status 1."""


# This module avoids dataclasses: help loads it, and importing dataclasses takes longer than importing the module.


class Profile(NamedTuple):
    """A named set of settings."""

    name: str
    by_flag: bool
    settings: Mapping[str, object]
    auth: Mapping[str, object]


class Program:
    """The program as its root command declares it."""

    def __init__(self, name: str, base_url: str, environ: Mapping[str, str] = os.environ) -> None:
        self.name = name
        self.base_url = base_url
        self.environ = environ

    def variable(self, name: str) -> str:
        """Return the name of an environment variable: "base_url" gives LIBRARY_BASE_URL."""
        return environment.variable(self.name, name)

    def env(self, name: str) -> str | None:
        """Return the value of a variable; an empty one counts as unset."""
        return self.environ.get(self.variable(name)) or None

    @property
    def folder(self) -> Path:
        """The folder for the user's settings of this program."""
        from pathlib import Path

        return Path(click.get_app_dir(self.name))

    @property
    def file(self) -> Path:
        """The file of the profiles."""
        from pathlib import Path

        named = self.env("config")
        return Path(named).expanduser() if named else self.folder / "config.toml"


def read(file: Path) -> dict[str, Any]:
    """Return the content of the profiles file; a missing one is empty."""
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise ConfigError(f"cannot read {file}: {error.strerror}") from error
    import tomllib

    try:
        found = tomllib.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{file}: {error}") from error
    for key in found:
        if key not in CONFIG_KEYS:
            raise ConfigError(f"{file}: unknown key {key}{values.nearest(key, list(CONFIG_KEYS))}")
    return found


def profiles(file: Path) -> dict[str, dict[str, object]]:
    """Return the profiles in the file by name."""
    tables = read(file).get("profiles", {})
    if not _is_table(tables) or not all(_is_table(table) for table in tables.values()):
        raise ConfigError(f"{file}: profiles: write [profiles.NAME]")
    return cast("dict[str, dict[str, object]]", tables)


def _is_table(value: object) -> bool:
    return isinstance(value, dict)


def choose(program: Program, flag: str | None) -> Profile | None:
    """Return the profile that a flag, the environment or the file names. One that does not exist is a usage error."""
    file = program.file
    default = read(file).get("profile")
    name = flag or values.text(program.env("profile") or "") or default
    known = profiles(file)
    if name is None:
        name = "default" if "default" in known else None
    if name is None:
        return None
    if not isinstance(name, str) or name not in known:
        source = "-p" if flag else program.variable("profile") if name != default else str(file)
        near = values.nearest(str(name), list(known)) if known else " (config edit adds profiles)"
        raise click.UsageError(f"{source}: there is no profile {name} in {file}{near}")
    settings = dict(known[name])
    auth = settings.pop("auth", {})
    for key in settings:
        if key not in values.READERS:
            close = values.nearest(key, [*values.READERS, "auth"])
            raise ConfigError(f"{file}: profile {name}: unknown key {key}{close}")
    if not _is_table(auth):
        raise ConfigError(f"{file}: profile {name}: write [profiles.{name}.auth]")
    return Profile(name, flag is not None, settings, cast("dict[str, object]", auth))


class Resolver:
    """Finds the value of each setting, and records its source."""

    def __init__(
        self, program: Program, given: Mapping[str, object], profile: Profile | None
    ) -> None:
        self.program = program
        self.given = given
        """The values of flags, by the names of settings."""
        self.profile = profile
        self.sources: dict[str, str] = {}

    def value(self, name: str, default: object = None) -> Any:  # noqa: ANN401
        """Return the value of one setting."""
        if name in self.given:
            self.sources[name] = "flag"
            return self.given[name]
        from_profile = self.profile is not None and name in self.profile.settings
        variable = self.program.env(name)
        if variable is not None and not (from_profile and self.profile and self.profile.by_flag):
            self.sources[name] = self.program.variable(name)
            return checked(values.READERS[name], variable, self.sources[name])
        if from_profile and self.profile:
            self.sources[name] = f"profile {self.profile.name}"
            where = f"{self.program.file}: {self.sources[name]}: {name}"
            return checked(values.READERS[name], self.profile.settings[name], where, ConfigError)
        self.sources[name] = "default"
        return default


def checked(
    reader: Callable[[object], object],
    value: object,
    where: str,
    kind: type[click.ClickException] = click.UsageError,
) -> Any:  # noqa: ANN401
    """Return a value as parsed by its reader, or raise an error that names its source."""
    try:
        return reader(value)
    except ValueError as error:
        raise kind(f"{where}: {error}") from error


def resolve(program: Program, given: Mapping[str, object]) -> Settings:
    """Return the settings of a run, including credentials."""
    import dataclasses

    from . import credentials
    from .settings import Settings

    profile = choose(program, cast("str | None", given.get("profile")))
    resolver = Resolver(program, given, profile)
    found = {name: resolver.value(name, default) for name, default in DEFAULTS.items()}
    base_url = resolver.value("base_url", program.base_url)
    cert, key = found["cert"], found["cert_key"]
    settings = Settings(
        command=program.name,
        base_url=base_url,
        profile=profile.name if profile else None,
        output=found["output"],
        columns=found["columns"],
        query=cast("str | None", given.get("query")),
        timeout=found["timeout"],
        retries=found["retries"],
        verbose=bool(given.get("verbose")),
        dry_run=bool(given.get("dry_run")),
        curl=bool(given.get("curl")),
        show_secrets=bool(given.get("show_secrets")),
        yes=bool(given.get("yes")),
        color=cast("bool | None", given.get("color")),
        verify=found["cacert"],
        cert=(cert, key) if cert and key else cert,
    )
    auth, sources = credentials.collect(program, given, profile, settings)
    return dataclasses.replace(settings, auth=auth, sources={**resolver.sources, **sources})


def program_of(ctx: click.Context) -> Program:
    """Return the program that runs, as its root command declares it."""
    root = ctx.find_root().command
    program = getattr(root, "program", None)
    assert isinstance(program, Program), f"{root.name} is not a kit.Root"  # noqa: S101 - a programming error
    return program


def given(ctx: click.Context) -> dict[str, object]:
    """Return the values of the common flags parsed so far, by the names of settings."""
    found: dict[str, object] = ctx.meta.setdefault(f"{__name__}.given", {})
    return found


def current(ctx: click.Context | None = None) -> Settings:
    """Return the settings of the run, resolved on first use."""
    ctx = ctx or click.get_current_context()
    key = f"{__name__}.settings"
    if key not in ctx.meta:
        settings = resolve(program_of(ctx), given(ctx))
        ctx.meta[key] = settings
        if settings.verbose:
            _report_sources(settings)
    found: Settings = ctx.meta[key]
    return found


def _report_sources(settings: Settings) -> None:
    from . import terminal

    terminal.say(f"* base URL {settings.base_url} ({settings.sources['base_url']})")
    for name, source in settings.sources.items():
        if name != "base_url" and source != "default":
            shown = "" if name.startswith("auth.") else f" {getattr(settings, name, '')}"
            terminal.say(f"* {name}{shown} ({source})")
