"""What --verbose prints about each request: where it goes, and the response, without credentials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...client import Client
from . import preview, terminal

if TYPE_CHECKING:
    import requests


class TellingClient(Client):
    """A client that reports its requests on stderr."""

    def before_request(self, request: requests.PreparedRequest) -> None:
        """Tell where a request goes."""
        url = preview.url(request, self.schemes, show_secrets=False)
        terminal.say(f"> {request.method} {url}")

    def after_response(self, response: requests.Response) -> None:
        """Tell what came back."""
        terminal.say(f"< {response.status_code} {response.reason or ''}".rstrip())
