"""The client: it prepares requests, sends them, and reads what comes back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from .errors import ConnectError, DecodeError, StatusError

if TYPE_CHECKING:
    import requests

    from .operation import JSON, Operation

TIMEOUT = (5.0, 30.0)
"""Seconds until a connection stands, and between two parts of an answer."""


class Client:
    """Calls the operations of an API below one URL."""

    def __init__(self, base_url: str, *, session: requests.Session | None = None) -> None:
        self.base_url = base_url.rstrip("/")
        self._session = session

    def call(self, operation: Operation, *keys: object, query: Mapping[str, object] | None = None, body: object = None) -> JSON:
        """Call an operation and return what it answers; nothing is None."""
        return self._read(operation, self._send(self.prepare(operation, *keys, query=query, body=body)))

    def prepare(
        self, operation: Operation, *keys: object, query: Mapping[str, object] | None = None, body: object = None
    ) -> requests.PreparedRequest:
        """Return the request that a call would send."""
        import requests

        request = requests.Request(operation.method, self.base_url + operation.url(keys), params=list(_pairs(query or {})))
        request.headers["Accept"] = "application/json, application/problem+json;q=0.9"
        if body is not None:
            request.data = json.dumps(body, ensure_ascii=False, allow_nan=False).encode()
            request.headers["Content-Type"] = operation.media_type
        return request.prepare()

    def _send(self, request: requests.PreparedRequest) -> requests.Response:
        import requests

        if self._session is None:
            self._session = requests.Session()
        try:
            return self._session.send(request, timeout=TIMEOUT, allow_redirects=False)
        except requests.RequestException as error:
            raise ConnectError(f"{request.method} {request.url}: {error}") from error

    def _read(self, operation: Operation, response: requests.Response) -> JSON:
        content: JSON = None
        if response.content:
            try:
                content = json.loads(response.content)
            except ValueError as error:
                if response.ok:
                    raise DecodeError(f"{operation.method} {operation.path}: the answer is not JSON") from error
        if not response.ok:
            raise StatusError(f"{operation.method} {operation.path}", response.status_code, content)
        return content


def _pairs(query: Mapping[str, object]) -> Iterable[tuple[str, str]]:
    """Return the parameters of a query as the API reads them: one pair for each item of a list."""
    for name, value in query.items():
        items = value if isinstance(value, list | tuple) else [value]
        for item in items:
            if item is not None:
                yield name, _text(item)


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
