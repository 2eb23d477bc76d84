"""Builds a request from parameters, headers and credentials."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from .auth import Carried, clean
from .errors import RequestError
from .operation import Parameter, named
from .style import cookie_pairs, header_text, query_pairs

if TYPE_CHECKING:
    import requests


@dataclass
class Places:
    """The parts of a request that parameters and credentials fill."""

    headers: dict[str, str]
    query: list[str] = field(default_factory=list[str])
    cookies: list[str] = field(default_factory=list[str])

    def put(
        self,
        parameters: Sequence[Parameter],
        given: Mapping[str, object],
        *,
        has_query: bool = False,
    ) -> None:
        """Put values into the locations of their parameters. Unknown parameters go into the query; None is skipped.

        has_query means that the URL already has its query.
        """
        known = named(parameters)
        for name, value in given.items():
            parameter = known.get(name) or Parameter(name)
            if value is None or (has_query and parameter.place == "query"):
                continue
            try:
                self._put(parameter, value)
            except ValueError as error:
                raise RequestError(f"{name} cannot be sent: {error}") from error

    def _put(self, parameter: Parameter, value: object) -> None:
        if parameter.place == "header":
            self.headers[parameter.name] = header_text(value, explode=parameter.explode)
        elif parameter.place == "cookie":
            self.cookies += cookie_pairs(parameter.name, value, explode=parameter.explode)
        else:
            self._add_to_query(
                query_pairs(parameter.name, value, parameter.style, explode=parameter.explode)
            )

    def carry(self, carried: Carried, existing: str = "") -> None:
        """Put credentials into their locations, except those that the existing query already contains."""
        names = {name for name, _ in parse_qsl(existing, keep_blank_values=True)}
        for name, text in carried.query.items():
            if name not in names:
                self._add_to_query(query_pairs(name, text, "form", explode=True))
        self.cookies += [f"{name}={text}" for name, text in carried.cookies.items()]
        self.headers |= carried.headers
        if self.cookies:
            self.headers["Cookie"] = "; ".join(self.cookies)

    def _add_to_query(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.query += [f"{name}={text}" for name, text in pairs]

    def url(self, url: str) -> str:
        """Return a URL with the query appended."""
        if not self.query:
            return url
        return f"{url}{'&' if urlsplit(url).query else '?'}{'&'.join(self.query)}"


def request(
    method: str, url: str, headers: Mapping[str, str], data: bytes | Mapping[str, str] | None = None
) -> requests.PreparedRequest:
    """Return a request. Refuse values that HTTP cannot transmit."""
    import requests

    checked = {name: clean(name, text, may_be_empty=True) for name, text in headers.items()}
    try:
        return requests.Request(method, url, checked, data=data, auth=unchanged).prepare()
    except (requests.RequestException, ValueError) as error:
        # Without the query, which may contain an API key.
        raise RequestError(f"{method} {url.partition('?')[0]}: {error}") from error


def unchanged(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """The auth object of every request: it prevents requests from reading ~/.netrc."""
    return request


def origin(url: str) -> str:
    """Return the scheme, the host and the port of a URL."""
    parts = urlsplit(url)
    port = parts.port or {"http": 80, "https": 443, "ws": 80, "wss": 443}.get(parts.scheme)
    return f"{parts.scheme}://{parts.hostname or ''}:{port}"
