"""doctor: checks settings, connection and credentials, and suggests remedies."""

from __future__ import annotations

import email.utils
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from . import config, credentials
from .common import CONNECTION, OUTPUT
from .config import Program
from .group import Command
from .output import Output, View
from .store import Store, is_expired

if TYPE_CHECKING:
    from ..._core import JSON
    from .settings import Settings

MAX_SKEW = 60.0
"""Seconds by which the clocks may differ before tokens with a lifetime fail."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check."""

    check: str
    is_ok: bool
    found: str
    remedy: str = ""


@click.command(
    "doctor",
    cls=Command,
    shows=(OUTPUT, CONNECTION),
    examples=("{0} doctor", "{0} doctor -o json"),
    help="Check settings, connection and credentials.",
)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Print a line for each check, and exit with 1 if one of them failed."""
    program = config.program_of(ctx)
    settings = config.current(ctx)
    findings = list(_findings(ctx, program, settings))
    rows: list[JSON] = [
        {"check": one.check, "ok": one.is_ok, "found": one.found, "remedy": one.remedy}
        for one in findings
    ]
    columns = ("check", "ok", "found", "remedy")
    Output(settings).items(rows, View("checks", "check", columns, columns))
    if not all(one.is_ok for one in findings):
        ctx.exit(1)


def _findings(ctx: click.Context, program: Program, settings: Settings) -> Iterator[Finding]:
    exists = program.file.exists()
    yield Finding("settings", True, f"{program.file}{'' if exists else ' (none, which is fine)'}")
    yield Finding("profile", True, settings.profile or "none")
    yield from _connection(ctx, program, settings)
    yield from _credentials(program, settings)


def _connection(ctx: click.Context, program: Program, settings: Settings) -> Iterator[Finding]:
    from ..._core import APIError, Operation, StatusError
    from .app import App

    client = App(ctx).connect(settings.timeout, retries=0)
    reach: Operation[Any] = Operation("doctor", "Reach the API", "GET", "")
    headers: Mapping[str, str] = {}
    url = f"{settings.base_url} ({settings.sources['base_url']})"
    try:
        response = client.respond(reach)
        found, headers = f"{url}: {response.status_code}", response.headers
    except StatusError as error:
        found, headers = f"{url}: {error.status}, so it responds", error.headers
    except APIError as error:
        remedy = f"set {program.variable('base_url')}, --base-url or a profile; check proxy and VPN"
        yield Finding("connection", False, str(error), remedy)
        return
    yield Finding("connection", True, found)
    yield from _clock(headers)


def _clock(headers: Mapping[str, str]) -> Iterator[Finding]:
    try:
        server = email.utils.parsedate_to_datetime(headers.get("Date", "")).timestamp()
    except ValueError:
        return
    skew = time.time() - server
    is_ok = abs(skew) <= MAX_SKEW
    remedy = "" if is_ok else "set the clock of this machine"
    yield Finding("clock", is_ok, f"{abs(skew):.0f} s off the server's clock", remedy)


def _credentials(program: Program, settings: Settings) -> Iterator[Finding]:
    known = credentials.schemes()
    store = Store(program)
    for scheme in known:
        source = settings.sources.get(f"auth.{scheme.name}")
        if source is None:
            continue
        entry = store.get(settings.profile, scheme.name, settings.base_url) or {}
        expired = source == "auth login" and is_expired(entry) and not entry.get("refresh_token")
        remedy = f"{program.name} auth login --scheme {scheme.name}" if expired else ""
        found = f"from {source}{', expired' if expired else ''}"
        yield Finding(f"credential {scheme.name}", not expired, found, remedy)
    if known and not settings.auth:
        names = " or ".join(scheme.name for scheme in known)
        remedy = f"{program.name} auth login, or set {program.variable('token')}"
        yield Finding("credentials", False, f"there is none for {names}", remedy)
