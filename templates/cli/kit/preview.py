"""The output of --dry-run and --curl: the request that would be sent. Credentials are masked unless requested."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus, urlsplit, urlunsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import requests

    from ..._core import Scheme

SECRET = "***"  # noqa: S105 - the mask, not a secret
OWN_HEADERS = frozenset({"content-length", "connection", "accept-encoding", "user-agent"})
"""Headers that curl adds itself, or that are not specific to the request."""


def curl(
    request: requests.PreparedRequest, schemes: Sequence[Scheme], *, show_secrets: bool
) -> str:
    """Return the request as a curl command."""
    words = ["curl"]
    if request.method != "GET":
        words += ["--head"] if request.method == "HEAD" else ["--request", request.method or ""]
    for name, value in _headers(request, schemes, show_secrets=show_secrets):
        # Curl omits a header without a value, unless its name ends with a semicolon.
        words += ["--header", f"{name}: {value}" if value else f"{name};"]
    if request.body is not None:
        words += ["--data-binary", _text(request.body)]
    # Without this, curl interprets brackets and braces in a URL as ranges.
    words += ["--globoff", url(request, schemes, show_secrets=show_secrets)]
    return shlex.join(words)


def message(
    request: requests.PreparedRequest, schemes: Sequence[Scheme], *, show_secrets: bool
) -> str:
    """Return the request as an HTTP message."""
    lines = [f"{request.method} {url(request, schemes, show_secrets=show_secrets)}"]
    lines += [
        f"{name}: {value}" for name, value in _headers(request, schemes, show_secrets=show_secrets)
    ]
    if request.body is not None:
        lines += ["", _text(request.body)]
    return "\n".join(lines)


def url(request: requests.PreparedRequest, schemes: Sequence[Scheme], *, show_secrets: bool) -> str:
    """Return the URL of a request."""
    parts = urlsplit(request.url or "")
    secret = {scheme.parameter for scheme in schemes if scheme.place == "query"}
    if show_secrets or not secret:
        return request.url or ""
    pairs = [pair.partition("=") for pair in parts.query.split("&")]
    query = "&".join(
        f"{name}{sign}{SECRET if unquote_plus(name) in secret else value}"
        for name, sign, value in pairs
    )
    return urlunsplit(parts._replace(query=query))


def _headers(
    request: requests.PreparedRequest, schemes: Sequence[Scheme], *, show_secrets: bool
) -> Iterator[tuple[str, str]]:
    secret = {"authorization", "proxy-authorization", "cookie"}
    secret |= {(scheme.parameter or "").lower() for scheme in schemes if scheme.place == "header"}
    for name, value in request.headers.items():
        if name.lower() in OWN_HEADERS:
            continue
        text = value if isinstance(value, str) else value.decode("latin-1")
        yield name, _hidden(text) if name.lower() in secret and not show_secrets else text


def _hidden(value: str) -> str:
    """Return a masked credential, with its authentication scheme in clear."""
    kind = re.match(r"(Basic|Bearer|Digest) ", value, re.IGNORECASE)
    return f"{kind[0] if kind else ''}{SECRET}"


def _text(body: bytes | str | object) -> str:
    return body.decode(errors="replace") if isinstance(body, bytes) else str(body)
