"""Prints requests and responses for --verbose, without credentials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...client import Client
from . import preview, terminal

if TYPE_CHECKING:
    import requests


class TracingClient(Client):
    """A client that reports its requests on stderr."""

    def before_request(self, request: requests.PreparedRequest) -> None:
        """Print the method and the URL of a request."""
        url = preview.url(request, self.schemes, show_secrets=False)
        terminal.say(f"> {request.method} {url}")

    def after_response(self, response: requests.Response) -> None:
        """Print the status of a response."""
        terminal.say(f"< {response.status_code} {response.reason or ''}".rstrip())
