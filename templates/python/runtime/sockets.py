"""Connections to channels: their URLs, credentials and certificates."""

from __future__ import annotations

import contextlib
import ssl
from collections.abc import Generator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from .errors import APIError, ConnectError, StatusError, reason
from .operation import Channel, Operation
from .request import Places, request
from .response import refused

if TYPE_CHECKING:
    from websockets.http11 import Response
    from websockets.sync.client import ClientConnection

    from .client import Client


@contextlib.contextmanager
def connected(
    client: Client,
    channel: Channel[Any],
    keys: tuple[object, ...],
    query: Mapping[str, object],
    publishes: Operation[Any] | None = None,
) -> Generator[ClientConnection]:
    """Yield a connection to a channel. Raises StatusError if the server refuses it."""
    from websockets.exceptions import InvalidHandshake, InvalidStatus, InvalidURI
    from websockets.sync.client import connect

    places = Places({"User-Agent": client.user_agent})
    places.put(channel.parameters, query)
    places.carry(
        client.carried(publishes.security if publishes else ()) | client.carried(channel.security)
    )
    url = base_of(client, channel) + channel.url(keys)
    # The handshake is an HTTP request, so requests can reject what HTTP cannot transmit.
    checked = request("GET", places.url("http" + url.removeprefix("ws")), places.headers)
    headers = {name: str(value) for name, value in checked.headers.items() if name != "User-Agent"}
    url = "ws" + str(checked.url).removeprefix("http")
    with contextlib.ExitStack() as stack:
        try:
            connection = stack.enter_context(
                connect(
                    url,
                    ssl=_context(client, url) if url.startswith("wss:") else None,
                    additional_headers=headers,
                    user_agent_header=client.user_agent,
                    open_timeout=client.timeout[0] + client.timeout[1],
                    close_timeout=1,
                    max_size=None,
                    create_connection=_no_redirects(),
                )
            )
        except _RedirectedError as error:
            raise _refusal(channel.phrase, error.response) from error
        except InvalidStatus as error:
            raise _refusal(channel.phrase, error.response) from error
        except (OSError, TimeoutError, InvalidHandshake, InvalidURI, EOFError) as error:
            raise ConnectError(
                f"cannot connect to {url.partition('?')[0]}: {reason(error)}"
            ) from error
        yield connection


def base_of(client: Client, channel: Channel[Any]) -> str:
    """Return the URL of the channels: events_url of the client, else one derived from the base URL."""
    if client.events_url:
        return client.events_url
    server = channel.servers[0] if channel.servers else ""
    if not server or client.base_url != client.default_url.rstrip("/"):
        parts = urlsplit(client.base_url)
        scheme = "wss" if parts.scheme == "https" else "ws"
        path = urlsplit(server).path
        same = not server or path == urlsplit(client.default_url).path.rstrip("/")
        return urlunsplit((scheme, parts.netloc, parts.path if same else path, "", ""))
    return server


def _context(client: Client, url: str) -> ssl.SSLContext:
    """Return the TLS context, with the same CA certificates and client certificate as requests."""
    import requests
    from requests.utils import DEFAULT_CA_BUNDLE_PATH

    settings = requests.Session().merge_environment_settings(
        "https" + url.removeprefix("wss"), {}, False, client.verify, client.cert
    )
    verify: object = settings["verify"]
    trusted = verify if isinstance(verify, str) else DEFAULT_CA_BUNDLE_PATH
    try:
        if Path(trusted).is_dir():
            context = ssl.create_default_context(capath=trusted)
        else:
            context = ssl.create_default_context(cafile=trusted)
        if verify is False:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        if client.cert:
            context.load_cert_chain(
                *([client.cert] if isinstance(client.cert, str) else client.cert)
            )
    except OSError as error:
        raise ConnectError(f"cannot read the certificates: {reason(error)}") from error
    return context


class _RedirectedError(APIError):
    """The response to the handshake was a redirect."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status_code)
        self.response = response


def _refusal(phrase: str, response: Response) -> StatusError:
    from requests.structures import CaseInsensitiveDict

    headers = CaseInsensitiveDict[str](response.headers.raw_items())
    return refused(phrase, response.status_code, headers, bytes(response.body or b""))


def _no_redirects() -> type[ClientConnection]:
    """Return a connection class for which a redirect is an error, since it could lead to an untrusted host."""
    from websockets.exceptions import InvalidStatus
    from websockets.sync.client import ClientConnection

    class NonRedirectingConnection(ClientConnection):
        def handshake(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - the signature of websockets
            try:
                super().handshake(*args, **options)
            except InvalidStatus as error:
                if 300 <= error.response.status_code < 400:
                    raise _RedirectedError(error.response) from error
                raise

    return NonRedirectingConnection
