"""Environment variables: their names, and which credential each security scheme gets from them.

The command line and the web interface read the same ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .auth import Credential, Scheme

TOKEN_KINDS = ("bearer", "oauth2", "openIdConnect", "http")
RESERVED = (
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
)
"""Settings whose variables are not available to a scheme of the same name."""
PASTED = "\ufeff\u00a0 \t\r\n"
"""Characters that are often pasted along with a text: a byte order mark, line breaks, spaces of any kind."""
_MAX_LATIN1 = 0xFF


def variable(program: str, name: str) -> str:
    """Return the environment variable for a setting of a program: LIBRARY_BASE_URL for "base_url"."""
    return "".join(
        letter if letter.isascii() and letter.isalnum() else "_" for letter in f"{program}_{name}"
    ).upper()


def variables(program: str, known: Sequence[Scheme]) -> dict[str, str]:
    """Return the environment variable for each scheme. No two are the same."""
    taken = {variable(program, name) for name in RESERVED}
    found: dict[str, str] = {}
    for scheme in known:
        name = variable(program, scheme.name)
        if name in taken:
            name = variable(program, f"{scheme.name}_auth")
        number = 2
        while name in taken:
            name, number = variable(program, f"{scheme.name}_auth_{number}"), number + 1
        taken.add(name)
        found[scheme.name] = name
    return found


def primary(known: Sequence[Scheme]) -> list[str]:
    """Return the schemes that COMMAND_TOKEN is for: those with tokens, else keys, else passwords."""
    for kinds in (TOKEN_KINDS, ("apiKey",), ("basic",)):
        names = [scheme.name for scheme in known if scheme.kind in kinds]
        if names:
            return names
    return []


def given(
    program: str, known: Sequence[Scheme], environ: Mapping[str, str]
) -> dict[str, tuple[str, str]]:
    """Return the variable that provides the credential for each scheme, and its value.

    The variable of a scheme takes precedence over COMMAND_TOKEN. An empty variable counts as unset.
    """
    found: dict[str, tuple[str, str]] = {}
    names, first = variables(program, known), primary(known)
    for scheme in known:
        candidates = [names[scheme.name]]
        if scheme.name in first:
            candidates.append(variable(program, "token"))
        for candidate in candidates:
            if environ.get(candidate):
                found[scheme.name] = candidate, environ[candidate]
                break
    return found


def parse(scheme: Scheme, text: object) -> Credential:
    """Parse a credential: a token, or user:password."""
    found = secret(text)
    if scheme.kind != "basic":
        return found
    user, colon, password = found.partition(":")
    if not colon:
        raise ValueError(f"{scheme.name} takes USER:PASSWORD")
    return user, password


def secret(value: object) -> str:
    """Return a token or password without characters pasted around it. Refuse one that a header cannot carry."""
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is not a string")
    found = value.strip(PASTED)
    if not found:
        raise ValueError("it is empty")
    for at, character in enumerate(found, 1):
        if not character.isprintable() or ord(character) > _MAX_LATIN1:
            raise ValueError(f"character {at}, U+{ord(character):04X}, cannot be sent in a header")
    return found
