"""Access tokens for a program that acts on its own behalf (RFC 6749, section 4.4)."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

from .auth import ClientCredentials, Scheme
from .errors import DecodeError, RequestError
from .jsontext import loads
from .request import request
from .response import refusal

if TYPE_CHECKING:
    import requests

_LIFETIME = 300.0
"""The assumed lifetime of a token in seconds, if the server does not specify it."""


def token(
    send: Callable[[requests.PreparedRequest], requests.Response],
    scheme: Scheme,
    credential: ClientCredentials,
    scopes: tuple[str, ...],
) -> str:
    """Return an access token: a stored one if it is still valid, else a new one."""
    tokens = credential.tokens
    with tokens.lock:
        found = tokens.get(scopes)
        if found is None:
            found, lifetime = _fetch(send, scheme, credential, scopes)
            tokens.put(scopes, found, lifetime)
        return found


def _fetch(
    send: Callable[[requests.PreparedRequest], requests.Response],
    scheme: Scheme,
    credential: ClientCredentials,
    scopes: tuple[str, ...],
) -> tuple[str, float]:
    phrase = f"get a token for {scheme.name}"
    url = credential.token_url or scheme.token_url
    if not url:
        raise RequestError(
            f"{phrase}: the token URL is not known; pass token_url to ClientCredentials"
        )
    form, headers = _token_request(credential, scopes)
    response = send(request("POST", url, headers, form))
    if not 200 <= response.status_code < 300:
        raise refusal(phrase, response)
    try:
        answer = loads(response.content)
    except ValueError as error:
        raise DecodeError(f"{phrase}: the answer is not JSON: {error}") from error
    found = answer.get("access_token") if isinstance(answer, dict) else None
    if not isinstance(answer, dict) or not isinstance(found, str):
        raise DecodeError(f"{phrase}: the answer has no access_token")
    lifetime = answer.get("expires_in")
    return found, float(lifetime) if isinstance(lifetime, int) else _LIFETIME


def _token_request(
    credential: ClientCredentials, scopes: tuple[str, ...]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the form and the headers of a token request (RFC 6749, sections 2.3.1 and 4.4.2)."""
    form = {"grant_type": "client_credentials"}
    headers = {"Accept": "application/json"}
    if scopes:
        form["scope"] = " ".join(scopes)
    if credential.is_in_body:
        form |= {"client_id": credential.client_id, "client_secret": credential.client_secret}
    else:
        pair = f"{quote_plus(credential.client_id)}:{quote_plus(credential.client_secret)}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    return form, headers
