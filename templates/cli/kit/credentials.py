"""Which credential each security scheme gets, and where that came from.

For each scheme: --auth SCHEME=VALUE, --token, its variable, COMMAND_TOKEN, the profile, what `auth login` kept.
A profile that a flag names comes before the variables, as everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from . import values
from .config import ConfigError, Profile, Program, checked

if TYPE_CHECKING:
    from ..._core import Credential, Scheme
    from .settings import Settings

TOKEN_KINDS = ("bearer", "oauth2", "openIdConnect", "http")
RESERVED = [
    "profile",
    "config",
    "base_url",
    "token",
    "output",
    "columns",
    "timeout",
    "retries",
    "cacert",
    "cert",
    "cert_key",
]
"""Settings whose variables a scheme of the same name cannot have."""


def schemes() -> tuple[Scheme, ...]:
    """Return the security schemes of the API that take a secret in a request."""
    from ...client import SCHEMES

    return tuple(scheme for scheme in SCHEMES if scheme.kind != "mutualTLS")


def variables(program: Program, known: Sequence[Scheme]) -> dict[str, str]:
    """Return the environment variable of each scheme, no two the same."""
    taken = {program.variable(name) for name in RESERVED}
    found: dict[str, str] = {}
    for scheme in known:
        name = program.variable(scheme.name)
        if name in taken:
            name = program.variable(f"{scheme.name}_auth")
        number = 2
        while name in taken:
            name, number = program.variable(f"{scheme.name}_auth_{number}"), number + 1
        taken.add(name)
        found[scheme.name] = name
    return found


def primary(known: Sequence[Scheme]) -> list[str]:
    """Return the schemes that --token and COMMAND_TOKEN are for: those with tokens, else keys, else passwords."""
    for kinds in (TOKEN_KINDS, ("apiKey",), ("basic",)):
        names = [scheme.name for scheme in known if scheme.kind in kinds]
        if names:
            return names
    return []


def parse(scheme: Scheme, text: object) -> Credential:
    """Return the credential that a text stands for: a token, or user:password."""
    found = values.secret(text)
    if scheme.kind != "basic":
        return found
    user, colon, password = found.partition(":")
    if not colon:
        raise ValueError(f"{scheme.name} takes USER:PASSWORD")
    return user, password


def parse_flag(known: Sequence[Scheme], text: str) -> tuple[Scheme, Credential]:
    """Return the scheme and credential of --auth SCHEME=VALUE."""
    for scheme in known:
        if text.startswith(f"{scheme.name}="):
            return scheme, parse(scheme, text.removeprefix(f"{scheme.name}="))
    names = ", ".join(scheme.name for scheme in known) or "none"
    raise ValueError(f"write SCHEME=VALUE; the schemes of this API are: {names}")


def read_token(file: str) -> str:
    """Return the token that a file holds, or the first line of the standard input for -."""
    from . import documents

    if file == values.STANDARD_INPUT:
        return documents.decode(documents.standard_input().readline(), "standard input")
    try:
        return documents.decode(Path(file).expanduser().read_bytes(), file)
    except OSError as error:
        raise click.UsageError(f"cannot read the token file {file}: {error.strerror}") from error


@dataclass(frozen=True, slots=True)
class Found:
    """A credential, and the words for its source."""

    credential: Credential
    source: str


def collect(
    program: Program, given: Mapping[str, object], profile: Profile | None, settings: Settings
) -> tuple[dict[str, Credential], dict[str, str]]:
    """Return a credential for each scheme that has one, and the sources by "auth.SCHEME"."""
    known = schemes()
    environment = from_environment(program, known)
    kept = {
        **from_store(program, known, settings),
        **from_profile(program, known, profile),
    }
    by_flag = profile is not None and profile.by_flag
    layers = [kept, environment] if not by_flag else [environment, kept]
    layers.append(from_flags(known, given))
    merged = {name: found for layer in layers for name, found in layer.items()}
    sources = {f"auth.{name}": found.source for name, found in merged.items()}
    return {name: found.credential for name, found in merged.items()}, sources


def from_flags(known: Sequence[Scheme], given: Mapping[str, object]) -> dict[str, Found]:
    """Return what --token, --token-file and --auth say."""
    found: dict[str, Found] = {}
    token = given.get("token")
    source = "--token"
    if isinstance(given.get("token_file"), str):
        source = "--token-file"
        token = read_token(str(given["token_file"]))
    if token is not None:
        names = primary(known)
        if not names:
            raise click.UsageError(f"{source}: this API takes no credentials")
        for scheme in known:
            if scheme.name in names:
                found[scheme.name] = Found(checked(_parser(scheme), token, source), source)
    for text in cast("tuple[str, ...]", given.get("auth", ())):
        scheme, credential = checked(lambda value: parse_flag(known, str(value)), text, "--auth")
        found[scheme.name] = Found(credential, "--auth")
    return found


def from_environment(program: Program, known: Sequence[Scheme]) -> dict[str, Found]:
    """Return what the variables say; that of a scheme is more exact than COMMAND_TOKEN."""
    found: dict[str, Found] = {}
    names = variables(program, known)
    for scheme in known:
        pairs = [names[scheme.name]]
        if scheme.name in primary(known):
            pairs.append(program.variable("token"))
        for variable in pairs:
            text = program.environ.get(variable)
            if text:
                found[scheme.name] = Found(checked(_parser(scheme), text, variable), variable)
                break
    return found


def from_profile(
    program: Program, known: Sequence[Scheme], profile: Profile | None
) -> dict[str, Found]:
    """Return what [profiles.NAME.auth] says."""
    if profile is None:
        return {}
    by_name = {scheme.name: scheme for scheme in known}
    found: dict[str, Found] = {}
    for name, value in profile.auth.items():
        where = f"{program.file}: profile {profile.name}: auth.{name}"
        if name not in by_name:
            raise ConfigError(f"{where}: unknown scheme{values.nearest(name, list(by_name))}")
        scheme = by_name[name]

        def read(value: object, scheme: Scheme = scheme) -> Credential:
            return _from_table(program, scheme, value)

        found[name] = Found(checked(read, value, where, ConfigError), f"profile {profile.name}")
    return found


def _from_table(program: Program, scheme: Scheme, value: object) -> Credential:
    if not isinstance(value, dict):
        return parse(scheme, value)
    table = cast("dict[str, object]", value)
    if isinstance(table.get("token_file"), str):
        return parse(scheme, read_token(str(program.file.parent / str(table["token_file"]))))
    return credential_of(scheme, table)


def credential_of(scheme: Scheme, entry: Mapping[str, Any]) -> Credential:
    """Return the credential of an entry of the store or a table of a profile."""
    if "token" in entry:
        return parse(scheme, entry["token"])
    if "username" in entry:
        return values.secret(entry["username"]), values.secret(entry.get("password"))
    if "client_id" in entry:
        return _client_credentials(scheme, entry)
    raise ValueError(
        "give token, token_file, username and password, or client_id and client_secret"
    )


def _client_credentials(scheme: Scheme, entry: Mapping[str, Any]) -> Credential:
    from ..._core import ClientCredentials

    if scheme.kind not in {"oauth2", "openIdConnect"}:
        raise ValueError(f"{scheme.name} is not an OAuth 2 scheme")
    secret = values.secret(entry.get("client_secret"))
    return ClientCredentials(values.secret(entry["client_id"]), secret)


def from_store(program: Program, known: Sequence[Scheme], settings: Settings) -> dict[str, Found]:
    """Return what `auth login` kept for this profile and this origin."""
    from .store import Store

    store = Store(program)
    found: dict[str, Found] = {}
    for scheme in known:
        entry = store.get(settings.profile, scheme.name, settings.base_url)
        if entry is not None:
            if entry.get("refresh_token"):
                from .oauth import Kept

                found[scheme.name] = Found(Kept(store, scheme, settings), "auth login")
                continue
            where = f"{store.file}: {scheme.name}"

            def read(value: Any, scheme: Scheme = scheme) -> Credential:  # noqa: ANN401
                return credential_of(scheme, value)

            found[scheme.name] = Found(checked(read, entry, where, ConfigError), "auth login")
    return found


def _parser(scheme: Scheme) -> Callable[[object], Credential]:
    return lambda text: parse(scheme, text)


def masked(credential: Credential) -> str:
    """Return what may be shown of a credential."""
    if isinstance(credential, tuple):
        return f"{credential[0]}:***"
    if isinstance(credential, str):
        return f"{credential[:4]}***" if len(credential) > 16 else "***"
    return "fetched when it is needed"
