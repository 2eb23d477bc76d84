"""Authentication: the credentials for each security scheme, and how a request carries them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, cast

from .errors import RequestError
from .jsontext import is_object

_RENEWAL_MARGIN = 30.0
"""Seconds before its expiry at which a token is renewed."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """A way to authenticate (OpenAPI 3.1, section 4.8.27)."""

    name: str
    kind: Literal["bearer", "basic", "http", "apiKey", "oauth2", "openIdConnect", "mutualTLS"]
    place: str = ""
    """For an API key: query, header or cookie."""
    parameter: str = ""
    """For an API key: its name there. For http: the scheme in the Authorization header, such as Digest."""
    token_url: str = ""
    scopes: Sequence[str] = ()
    authorization_url: str = ""
    device_url: str = ""
    flows: Sequence[str] = ()
    """clientCredentials, authorizationCode, deviceAuthorization ..."""
    discovery_url: str = ""
    """For OpenID Connect."""
    description: str = ""


class Tokens:
    """Access tokens by their scopes, until they expire."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self._tokens: dict[tuple[str, ...], tuple[str, float]] = {}

    def get(self, scopes: tuple[str, ...]) -> str | None:
        """Return a token that will stay valid for a while, or None."""
        token, until = self._tokens.get(scopes, ("", 0.0))
        return token if time.monotonic() < until - _RENEWAL_MARGIN else None

    def put(self, scopes: tuple[str, ...], token: str, lifetime: float) -> None:
        """Store a token for its lifetime in seconds."""
        self._tokens[scopes] = token, time.monotonic() + max(lifetime, _RENEWAL_MARGIN + 1)

    def clear(self) -> None:
        """Forget all tokens, since the server refused one."""
        self._tokens.clear()


@dataclass(frozen=True)
class ClientCredentials:
    """The OAuth 2 client credentials grant (RFC 6749, section 4.4). Tokens are fetched on demand and reused."""

    client_id: str
    client_secret: str = field(repr=False)
    scopes: Sequence[str] | None = None
    """None requests those that the operation requires."""
    token_url: str = ""
    """Required if the definition does not specify it."""
    is_in_body: bool = False
    """Send the secret in the body of the token request instead of its Authorization header."""
    tokens: Tokens = field(default_factory=Tokens, init=False, repr=False, compare=False)
    """The fetched tokens."""


Credential: TypeAlias = str | tuple[str, str] | Callable[[], str] | ClientCredentials
"""A token or key, a user name with a password, a function that returns a token, or an OAuth 2 client."""

Auth: TypeAlias = Credential | Mapping[str, Credential] | None
"""One credential for every scheme that accepts it, or one for each scheme by name."""


def chosen(
    security: Sequence[Mapping[str, Sequence[str]]],
    schemes: Mapping[str, Scheme],
    auth: Auth,
    *,
    has_certificate: bool,
) -> Iterator[tuple[Scheme, Sequence[str], Credential]]:
    """Return the schemes of the first requirement with all credentials available, with scopes and credentials."""
    for requirement in security:
        found = [
            (schemes[name], scopes, credential_for(schemes[name], auth))
            for name, scopes in requirement.items()
            if name in schemes
        ]
        if found and all(
            credential is not None or (scheme.kind == "mutualTLS" and has_certificate)
            for scheme, _, credential in found
        ):
            for scheme, scopes, credential in found:
                if credential is not None:
                    yield scheme, scopes, credential
            return


def credential_for(scheme: Scheme, auth: Auth) -> Credential | None:
    """Return the credential for a scheme, or None."""
    if auth is None:
        return None
    if is_object(auth):
        return cast("Credential | None", auth.get(scheme.name))
    credential = cast("Credential", auth)
    return credential if _is_compatible(credential, scheme) else None


def _is_compatible(credential: Credential, scheme: Scheme) -> bool:
    if scheme.kind == "mutualTLS":
        return False
    if isinstance(credential, tuple):
        return scheme.kind == "basic"
    if isinstance(credential, ClientCredentials):
        return scheme.kind in {"oauth2", "openIdConnect"}
    return scheme.kind != "basic" or (isinstance(credential, str) and ":" in credential)


@dataclass
class Carried:
    """The credentials that a request carries."""

    headers: dict[str, str] = field(default_factory=dict[str, str])
    query: dict[str, str] = field(default_factory=dict[str, str])
    cookies: dict[str, str] = field(default_factory=dict[str, str])

    def __or__(self, other: Carried) -> Carried:
        """Return the union. In a conflict, the other one wins."""
        return Carried(
            self.headers | other.headers,
            self.query | other.query,
            self.cookies | other.cookies,
        )

    def add(self, scheme: Scheme, credential: str | tuple[str, str]) -> None:
        """Add the credential of a scheme."""
        if scheme.kind == "basic":
            self.headers["Authorization"] = f"Basic {basic(scheme, credential)}"
            return
        if isinstance(credential, tuple):
            raise RequestError(
                f"{scheme.name}: a user name and a password do not suit a scheme of the kind {scheme.kind}"
            )
        text = clean(scheme.name, credential)
        if scheme.kind == "apiKey":
            self._add_key(scheme, text)
        else:
            word = scheme.parameter if scheme.kind == "http" else "Bearer"
            self.headers["Authorization"] = f"{word} {text}"

    def _add_key(self, scheme: Scheme, text: str) -> None:
        if scheme.place == "query":
            self.query[scheme.parameter] = text
        elif scheme.place == "header":
            self.headers[scheme.parameter] = text
        elif any(character in '",;\\ ' for character in text):
            raise RequestError(
                f"{scheme.name}: a cookie cannot contain quotes, commas, semicolons, backslashes or spaces"
            )
        else:
            self.cookies[scheme.parameter] = text


def basic(scheme: Scheme, credential: str | tuple[str, str]) -> str:
    """Return a user name and password encoded for the scheme Basic (RFC 7617)."""
    import base64

    user, password = credential if isinstance(credential, tuple) else credential.partition(":")[::2]
    if ":" in user or any(
        ord(character) < 32 or ord(character) == 127 for character in user + password
    ):
        raise RequestError(
            f"{scheme.name}: a user name cannot contain a colon, and neither it nor the password control characters"
        )
    try:
        return base64.b64encode(f"{user}:{password}".encode()).decode()
    except UnicodeEncodeError:
        # Not chained: the original error would show both.
        raise RequestError(f"{scheme.name}: the user name or the password is not Unicode") from None


def clean(name: str, value: str, *, may_be_empty: bool = False) -> str:
    """Return the value of a header. Refuse one that HTTP cannot transmit unchanged."""
    for character in value:
        if character != "\t" and (ord(character) < 32 or ord(character) == 127):
            raise RequestError(
                f"{name}: the value holds the control character U+{ord(character):04X}; was it pasted with a line break?"
            )
        if ord(character) > 255:
            raise RequestError(
                f"{name}: the value holds U+{ord(character):04X}, which no header can carry"
            )
    if value != value.strip():
        raise RequestError(f"{name}: the value begins or ends with a space")
    if not value and not may_be_empty:
        raise RequestError(f"{name}: the value is empty")
    return value
