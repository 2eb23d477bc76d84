"""auth login, status, logout and token: the credentials that are stored between runs."""

from __future__ import annotations

import datetime
import shlex
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from ..._core import environment
from . import config, credentials, terminal, values
from .common import CONNECTION, OUTPUT
from .config import Program
from .group import Command, Group
from .output import Output, View
from .store import Store

if TYPE_CHECKING:
    from ..._core import JSON, Credential, Scheme
    from .settings import Settings

command = Group("auth", help="Log in and out, and show the credentials in use.")


def _schemes(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[Any]:
    names = [scheme.name for scheme in credentials.schemes()]
    return [name for name in names if name.startswith(incomplete)]


def _line(verb: str, *words: str) -> str:
    """Return an example that names a scheme if there are several."""
    known = credentials.schemes()
    scheme = [f"--scheme {shlex.quote(known[0].name)}"] if len(known) > 1 else []
    return " ".join(["{0} auth", verb, *scheme, *words])


scheme_option = click.option(
    "--scheme",
    "scheme_name",
    metavar="SCHEME",
    shell_complete=_schemes,
    help="The security scheme; needed where the API has several.",
)


@command.command(
    "login",
    cls=Command,
    shows=(CONNECTION,),
    examples=lambda: [_line("login"), _line("login", "--token-file token.txt")],
    help="Log in, and store the credential for this profile and this API.",
)
@scheme_option
@click.option("--client-id", metavar="ID", help="The OAuth 2 client.")
@click.option("--device", is_flag=True, help="Log in on another device (OAuth 2 device code).")
@click.option(
    "--web/--no-web",
    default=None,
    help="Whether to log in with a browser (OAuth 2 code with PKCE).",
)
@click.option(
    "--scope", "scopes", multiple=True, metavar="SCOPE", help="Ask for this OAuth 2 scope."
)
@click.pass_context
def login(  # noqa: PLR0913, PLR0917
    ctx: click.Context,
    scheme_name: str | None,
    client_id: str | None,
    device: bool,
    web: bool | None,
    scopes: tuple[str, ...],
) -> None:
    """Obtain a credential, and store it."""
    settings = _persistent_settings(ctx)
    scheme = _chosen(scheme_name or _prompt_scheme(settings), settings)
    entry = _given(scheme, settings)
    if entry is None and (device or web or (web is None and client_id and _has_web(scheme))):
        from . import oauth

        client_id = client_id or _prompt(f"Client ID for {scheme.name}")
        way = oauth.device if device else oauth.web
        entry = way(scheme, settings, client_id, scopes or scheme.scopes)
    if entry is None:
        entry = _prompt_entry(scheme, client_id)
    store = Store(config.program_of(ctx))
    store.put(settings.profile, scheme.name, settings.base_url, entry)
    where = f"{settings.base_url}{f' (profile {settings.profile})' if settings.profile else ''}"
    terminal.say(f"The credential of {scheme.name} for {where} is stored in {store.file}.")
    if "expires_at" not in entry:
        terminal.hint("The first request will show whether the API accepts it.")


@command.command(
    "status",
    cls=Command,
    shows=(OUTPUT,),
    examples=("{0} auth status", "{0} auth status -o json"),
    help="Show which credentials would be sent, and their sources.",
)
@click.pass_context
def status(ctx: click.Context) -> None:
    """Print a line for each scheme, and exit with 1 if no scheme has a credential."""
    settings = config.current(ctx)
    program = config.program_of(ctx)
    known = credentials.schemes()
    names = environment.variables(program.name, known)
    rows: list[JSON] = [_row(program, scheme, settings, names[scheme.name]) for scheme in known]
    columns = ("scheme", "kind", "credential", "source", "expires", "variable")
    Output(settings).items(rows, View("security schemes", "scheme", columns, columns))
    if known and not settings.auth:
        terminal.hint(f"Log in with {program.name} auth login, or set {program.variable('token')}.")
        ctx.exit(1)


@command.command(
    "logout",
    cls=Command,
    shows=(),
    examples=("{0} auth logout",),
    help="Delete the stored credentials of this profile.",
)
@scheme_option
@click.pass_context
def logout(ctx: click.Context, scheme_name: str | None) -> None:
    """Delete one stored credential, or all of the profile."""
    settings = _persistent_settings(ctx)
    store = Store(config.program_of(ctx))
    known = [scheme.name for scheme in credentials.schemes()]
    if scheme_name is not None:
        known = [_chosen(scheme_name, settings).name]
    gone = [name for name in known if store.remove(settings.profile, name)]
    terminal.say(f"Forgot {', '.join(gone)}." if gone else "No credential was stored.")


@command.command(
    "token",
    cls=Command,
    shows=(),
    examples=lambda: [_line("token")],
    help="Print the token or key that would be sent.",
)
@scheme_option
@click.pass_context
def token(ctx: click.Context, scheme_name: str | None) -> None:
    """Print the secret, for other programs."""
    settings = config.current(ctx)
    if scheme_name is None and len(settings.auth) == 1:
        scheme_name = next(iter(settings.auth))
    scheme = _chosen(scheme_name, settings)
    if scheme.name not in settings.auth:
        raise click.ClickException(f"no credential for {scheme.name}: log in first")
    click.echo(_secret(scheme, settings.auth[scheme.name], ctx))


def _persistent_settings(ctx: click.Context) -> Settings:
    """Return the settings of a command that changes the store. It sends no request that could be previewed."""
    settings = config.current(ctx)
    if settings.dry_run or settings.curl:
        raise click.UsageError(
            "--dry-run and --curl print requests, but this command makes none.", ctx
        )
    return settings


def _chosen(name: str | None, settings: Settings) -> Scheme:
    """Return the named scheme, or the only one."""
    known = credentials.schemes()
    if not known:
        raise click.UsageError("this API takes no credentials")
    names = [scheme.name for scheme in known]
    if name is None:
        sources = (
            (names[0],)
            if len(known) == 1
            else tuple(
                one for one in names if settings.sources.get(f"auth.{one}", "").startswith("--")
            )
        )
        if len(sources) != 1:
            raise click.UsageError(f"choose one with --scheme: {', '.join(names)}")
        name = sources[0]
    if name not in names:
        raise click.UsageError(f"there is no scheme {name}{values.nearest(name, names)}")
    return known[names.index(name)]


def _prompt_scheme(settings: Settings) -> str | None:
    """Prompt for one of several schemes, on a terminal and unless a flag names one."""
    known = credentials.schemes()
    by_flag = any(source.startswith("--") for source in settings.sources.values())
    if len(known) < 2 or by_flag or not terminal.can_ask():
        return None
    for scheme in known:
        about = f": {scheme.description}" if scheme.description else ""
        terminal.say(f"  {scheme.name}{about}")
    names = click.Choice([scheme.name for scheme in known])
    return str(click.prompt("Which one", type=names, show_choices=False, err=True))


def _given(scheme: Scheme, settings: Settings) -> dict[str, Any] | None:
    """Return the entry for a credential given by a flag."""
    if not settings.sources.get(f"auth.{scheme.name}", "").startswith("--"):
        return None
    credential = settings.auth[scheme.name]
    if isinstance(credential, tuple):
        return {"username": credential[0], "password": credential[1]}
    return {"token": credential}


def _has_web(scheme: Scheme) -> bool:
    return bool(scheme.authorization_url)


def _prompt_entry(scheme: Scheme, client_id: str | None) -> dict[str, Any]:
    """Prompt for the credential of a scheme."""
    if scheme.kind == "basic":
        return {"username": _prompt("User name"), "password": _prompt("Password", hidden=True)}
    if client_id is not None or "clientCredentials" in scheme.flows:
        client_id = client_id or _prompt(f"Client ID for {scheme.name}")
        return {"client_id": client_id, "client_secret": _prompt("Client secret", hidden=True)}
    word = "Key" if scheme.kind == "apiKey" else "Token"
    return {"token": _prompt(f"{word} for {scheme.name}", hidden=True)}


def _prompt(question: str, *, hidden: bool = False) -> str:
    if not terminal.can_ask():
        raise click.UsageError(
            "without a terminal, give the credential with --token-file FILE or -"
        )
    answer: str = click.prompt(terminal.printable(question), hide_input=hidden, err=True)
    return str(config.checked(environment.secret, answer, question))


def _row(program: Program, scheme: Scheme, settings: Settings, variable: str) -> dict[str, JSON]:
    credential = settings.auth.get(scheme.name)
    entry = Store(program).get(settings.profile, scheme.name, settings.base_url)
    source = settings.sources.get(f"auth.{scheme.name}")
    row: dict[str, JSON] = {
        "scheme": scheme.name,
        "kind": scheme.kind,
        "credential": None if credential is None else credentials.masked(credential),
        "source": source,
        "expires": _expiry(entry) if entry and source == "auth login" else None,
        "variable": variable,
    }
    return {name: value for name, value in row.items() if value is not None}


def _expiry(entry: Mapping[str, Any]) -> str | None:
    expires = entry.get("expires_at")
    if not isinstance(expires, int | float):
        return None
    when = datetime.datetime.fromtimestamp(expires, tz=datetime.UTC)
    return when.isoformat(timespec="seconds")


def _secret(scheme: Scheme, credential: Credential, ctx: click.Context) -> str:
    if isinstance(credential, str):
        return credential
    if isinstance(credential, tuple):
        return f"{credential[0]}:{credential[1]}"
    if callable(credential):
        return credential()
    from .app import App

    carried = App(ctx).client.carried([{scheme.name: scheme.scopes}])
    return carried.headers["Authorization"].partition(" ")[2]
