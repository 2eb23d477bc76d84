"""Resolves the credential of each security scheme, and its source.

The first of: --auth SCHEME=VALUE, --token, the variable of the scheme, COMMAND_TOKEN, the profile, the store of
`auth login`. As for all settings, a profile that is named by a flag comes before the variables.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from ..._core import environment
from . import values
from .config import ConfigError, Profile, Program, checked

if TYPE_CHECKING:
    from ..._core import Credential, Scheme
    from .settings import Settings


def schemes() -> tuple[Scheme, ...]:
    """Return the security schemes of the API that take a secret in a request."""
    from ...client import SCHEMES

    return tuple(scheme for scheme in SCHEMES if scheme.kind != "mutualTLS")


def parse_flag(known: Sequence[Scheme], text: str) -> tuple[Scheme, Credential]:
    """Return the scheme and credential of --auth SCHEME=VALUE."""
    for scheme in known:
        if text.startswith(f"{scheme.name}="):
            return scheme, environment.parse(scheme, text.removeprefix(f"{scheme.name}="))
    names = ", ".join(scheme.name for scheme in known) or "none"
    raise ValueError(f"write SCHEME=VALUE; the schemes of this API are: {names}")


def read_token(file: str) -> str:
    """Return the content of a token file, or the first line of stdin for -."""
    from . import documents

    if file == values.STANDARD_INPUT:
        return documents.decode(documents.standard_input().readline(), "standard input")
    try:
        return documents.decode(Path(file).expanduser().read_bytes(), file)
    except OSError as error:
        raise click.UsageError(f"cannot read the token file {file}: {error.strerror}") from error


@dataclass(frozen=True, slots=True)
class Found:
    """A credential, and a description of its source."""

    credential: Credential
    source: str


def collect(
    program: Program, given: Mapping[str, object], profile: Profile | None, settings: Settings
) -> tuple[dict[str, Credential], dict[str, str]]:
    """Return a credential for each scheme that has one, and the sources by "auth.SCHEME"."""
    known = schemes()
    variables = from_environment(program, known)
    stored = {
        **from_store(program, known, settings),
        **from_profile(program, known, profile),
    }
    by_flag = profile is not None and profile.by_flag
    layers = [stored, variables] if not by_flag else [variables, stored]
    layers.append(from_flags(known, given))
    merged = {name: found for layer in layers for name, found in layer.items()}
    sources = {f"auth.{name}": found.source for name, found in merged.items()}
    return {name: found.credential for name, found in merged.items()}, sources


def from_flags(known: Sequence[Scheme], given: Mapping[str, object]) -> dict[str, Found]:
    """Return the credentials given by --token, --token-file and --auth."""
    found: dict[str, Found] = {}
    token = given.get("token")
    source = "--token"
    if isinstance(given.get("token_file"), str):
        source = "--token-file"
        token = read_token(str(given["token_file"]))
    if token is not None:
        names = environment.primary(known)
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
    """Return the credentials given by environment variables."""
    given = environment.given(program.name, known, program.environ)
    return {
        scheme.name: Found(checked(_parser(scheme), text, variable), variable)
        for scheme in known
        if scheme.name in given
        for variable, text in [given[scheme.name]]
    }


def from_profile(
    program: Program, known: Sequence[Scheme], profile: Profile | None
) -> dict[str, Found]:
    """Return the credentials in [profiles.NAME.auth]."""
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
        return environment.parse(scheme, value)
    table = cast("dict[str, object]", value)
    if isinstance(table.get("token_file"), str):
        return environment.parse(
            scheme, read_token(str(program.file.parent / str(table["token_file"])))
        )
    return credential_of(scheme, table)


def credential_of(scheme: Scheme, entry: Mapping[str, Any]) -> Credential:
    """Return the credential in an entry of the store or a table of a profile."""
    if "token" in entry:
        return environment.parse(scheme, entry["token"])
    if "username" in entry:
        return environment.secret(entry["username"]), environment.secret(entry.get("password"))
    if "client_id" in entry:
        return _client_credentials(scheme, entry)
    raise ValueError(
        "give token, token_file, username and password, or client_id and client_secret"
    )


def _client_credentials(scheme: Scheme, entry: Mapping[str, Any]) -> Credential:
    from ..._core import ClientCredentials

    if scheme.kind not in {"oauth2", "openIdConnect"}:
        raise ValueError(f"{scheme.name} is not an OAuth 2 scheme")
    secret = environment.secret(entry.get("client_secret"))
    return ClientCredentials(environment.secret(entry["client_id"]), secret)


def from_store(program: Program, known: Sequence[Scheme], settings: Settings) -> dict[str, Found]:
    """Return the credentials that `auth login` stored for this profile and origin."""
    from .store import Store

    store = Store(program)
    found: dict[str, Found] = {}
    for scheme in known:
        entry = store.get(settings.profile, scheme.name, settings.base_url)
        if entry is not None:
            if entry.get("refresh_token"):
                from .oauth import StoredToken

                found[scheme.name] = Found(StoredToken(store, scheme, settings), "auth login")
                continue
            where = f"{store.file}: {scheme.name}"

            def read(value: Any, scheme: Scheme = scheme) -> Credential:  # noqa: ANN401
                return credential_of(scheme, value)

            found[scheme.name] = Found(checked(read, entry, where, ConfigError), "auth login")
    return found


def _parser(scheme: Scheme) -> Callable[[object], Credential]:
    return lambda text: environment.parse(scheme, text)


def masked(credential: Credential) -> str:
    """Return the part of a credential that may be shown."""
    if isinstance(credential, tuple):
        return f"{credential[0]}:***"
    if isinstance(credential, str):
        return f"{credential[:4]}***" if len(credential) > 16 else "***"
    return "fetched when it is needed"
