"""The base of the classes of resources."""

from __future__ import annotations

from .client import Client


class Resource:
    """The operations of one kind of thing."""

    def __init__(self, client: Client) -> None:
        self._client = client
