"""The client: it prepares requests, sends them, and reads the responses."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar, cast
from urllib.parse import urlsplit

from . import oauth
from .auth import Auth, Carried, ClientCredentials, Scheme, chosen
from .errors import ConnectError, NotFoundError, RequestError, reason
from .jsontext import dumps
from .operation import NOTHING, Channel, Event, Operation, Security
from .pages import Pages
from .request import Places, origin, request
from .response import Answer, decoded, refusal

if TYPE_CHECKING:
    import requests

T = TypeVar("T")

_ACCEPTED = "application/json, application/problem+json;q=0.9"
_UNAUTHORIZED = 401


class Client:
    """Calls the operations of an API at one base URL, and listens to its channels.

    Threads may share a client; last is separate for each of them. A with statement closes the client at its end.
    """

    schemes: ClassVar[Sequence[Scheme]] = ()
    default_url: ClassVar[str] = ""

    def __init__(  # noqa: PLR0913 - options are keyword arguments
        self,
        base_url: str = "",
        auth: Auth = None,
        *,
        events_url: str | None = None,
        timeout: tuple[float, float] = (5.0, 30.0),
        retries: int = 3,
        patience: float | None = None,
        session: requests.Session | None = None,
        verify: bool | str | None = None,
        cert: str | tuple[str, str] | None = None,
        on_wait: Callable[[str], None] | None = None,
    ) -> None:
        """Create a client. Nothing is sent.

        events_url is the URL of the channels, if it differs from the default. timeout is in seconds: for connecting,
        and for reading each part of a response. verify is a file of CA certificates, or False to disable verification;
        cert is a file with a client certificate, or a pair of certificate and key. on_wait is called before waiting for
        a retry. If the server asks for a wait of more than patience seconds, the call fails immediately. A session that
        is passed in keeps its own retry policy.
        """
        self.base_url = _checked_url(base_url or self.default_url)
        self.events_url = events_url.rstrip("/") if events_url else None
        self.auth: Auth = auth
        self.timeout = timeout
        self.retries = retries
        self.patience = patience
        self.verify = verify
        self.cert = cert
        self.on_wait = on_wait
        self.resumes = False
        """Whether the server has sent a Last-Event-ID, so that a watch can request the events that it missed."""
        self._session = session
        self._lock = threading.Lock()
        self._local = threading.local()

    def __enter__(self) -> Self:
        """Return the client."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the client."""
        self.close()

    @property
    def last(self) -> Answer | None:
        """The response to the last call of this thread."""
        return cast("Answer | None", getattr(self._local, "last", None))

    def call(
        self,
        operation: Operation[T],
        *keys: object,
        query: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        body: object = NOTHING,
    ) -> T:
        """Call an operation and return the result, None if there is none.

        query has all parameters by name, including those in headers and cookies. A body of None is null.
        """
        response = self.respond(operation, *keys, query=query, headers=headers, body=body)
        return cast("T", decoded(operation.phrase, response))

    def exists(
        self, operation: Operation[Any], *keys: object, query: Mapping[str, object] | None = None
    ) -> bool:
        """Report whether something exists, using a HEAD operation."""
        try:
            self.call(operation, *keys, query=query)
        except NotFoundError:
            return False
        return True

    def pages(
        self,
        operation: Operation[list[T]],
        *keys: object,
        query: Mapping[str, object] | None = None,
        max_items: int | None = None,
    ) -> Pages[T]:
        """Return the records of a list. Pages are fetched as needed."""
        return Pages(self, operation, keys, query or {}, max_items)

    def watch(  # noqa: PLR0913 - options are keyword arguments
        self,
        channel: Channel[T],
        *keys: object,
        query: Mapping[str, object] | None = None,
        count: int | None = None,
        since: str | None = None,
        on_state: Callable[[str], None] | None = None,
        stop: threading.Event | None = None,
    ) -> Iterator[Event[T]]:
        """Return the events of a channel as they arrive. Ends after count events, or when the watched record is deleted.

        A lost connection is reopened. on_state is called with live, lost, unreachable or missed, all but the first
        followed by a colon and a reason. since is the number of a change (last.last_event_id): the changes after it are
        returned first. Setting stop in another thread ends the watch within about a second.
        """
        from .events import watch

        return watch(self, channel, keys, query or {}, count, since, on_state, stop)

    def publish(
        self,
        channel: Channel[T],
        *keys: object,
        body: object,
        query: Mapping[str, object] | None = None,
    ) -> None:
        """Send a message to a channel. Raises StatusError if the server refuses it."""
        from .events import publish

        publish(self, channel, keys, query or {}, body)

    def prepare(
        self,
        operation: Operation[Any],
        *keys: object,
        query: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        body: object = NOTHING,
    ) -> requests.PreparedRequest:
        """Return the request that a call would send, without sending it. <NAME> stands for a token that would be fetched."""
        carried = self.carried(operation.security, is_pure=True)
        return self._prepare(operation, keys, carried, query, headers, body)

    def respond(
        self,
        operation: Operation[Any],
        *keys: object,
        query: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        body: object = NOTHING,
        url: str | None = None,
    ) -> requests.Response:
        """Call an operation and return the successful response. url replaces its path and query."""

        def attempt() -> requests.Response:
            carried = self.carried(operation.security)
            return self._send(self._prepare(operation, keys, carried, query, headers, body, url))

        response = attempt()
        if response.status_code == _UNAUTHORIZED and self._drop_tokens(operation.security):
            response = attempt()
        has_body = bool(response.content) and operation.method != "HEAD"
        self._local.last = Answer(response.status_code, response.headers, has_body)
        self.resumes = self.resumes or "Last-Event-ID" in response.headers
        if not 200 <= response.status_code < 300:
            error = refusal(operation.phrase, response, is_repeated=_is_repeated(response))
            error.security = operation.security
            raise error
        return response

    def carried(self, security: Security, *, is_pure: bool = False) -> Carried:
        """Return the credentials for the first requirement for which all of them are available."""
        carried = Carried()
        for scheme, scopes, credential in chosen(
            security, self._schemes_by_name(), self.auth, has_certificate=bool(self.cert)
        ):
            if isinstance(credential, ClientCredentials):
                wanted = tuple(scopes if credential.scopes is None else credential.scopes)
                token = credential.tokens.get(wanted) or f"<{scheme.name}>"
                carried.add(
                    scheme,
                    token if is_pure else oauth.token(self._send, scheme, credential, wanted),
                )
            elif callable(credential):
                carried.add(scheme, f"<{scheme.name}>" if is_pure else credential())
            else:
                carried.add(scheme, credential)
        return carried

    def before_request(self, request: requests.PreparedRequest) -> None:
        """Called with each request before it is sent. Override it to log or sign requests."""

    def after_response(self, response: requests.Response) -> None:
        """Called with each response, whatever its status. Override it to log responses."""

    def close(self) -> None:
        """Close the pooled connections."""
        if self._session is not None:
            self._session.close()

    def _prepare(  # noqa: PLR0913, PLR0917 - the arguments of call
        self,
        operation: Operation[Any],
        keys: tuple[object, ...],
        carried: Carried,
        query: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        body: object = NOTHING,
        url: str | None = None,
    ) -> requests.PreparedRequest:
        places = Places({"Accept": _ACCEPTED, "User-Agent": self.user_agent})
        data = None
        if body is not NOTHING:
            data = _body(operation.phrase, body)
            places.headers["Content-Type"] = operation.content_type or "application/json"
        places.headers |= headers or {}
        if url is None:
            url = self.base_url + operation.url(keys)
            places.put(operation.parameters, query or {})
        else:
            places.put(operation.parameters, query or {}, has_query=True)
        places.carry(carried, urlsplit(url).query)
        return request(operation.method, places.url(url), places.headers, data)

    @property
    def user_agent(self) -> str:
        """The User-Agent header: the name of the package."""
        return type(self).__module__.partition(".")[0]

    def _send(self, request: requests.PreparedRequest) -> requests.Response:
        """Send a request. Every request goes through this method."""
        import requests

        with self._lock:
            session = self._session = self._session or _new_session(
                self.retries, self.on_wait, self.patience
            )
        self.before_request(request)
        url = request.url or ""
        try:
            settings = session.merge_environment_settings(url, {}, False, self.verify, self.cert)
            response = session.send(
                request, timeout=self.timeout, allow_redirects=False, **settings
            )
        except (OSError, requests.RequestException, UnicodeError) as error:
            raise ConnectError(f"cannot connect to {origin(url)}: {reason(error)}") from error
        self.after_response(response)
        return response

    def _schemes_by_name(self) -> dict[str, Scheme]:
        return {scheme.name: scheme for scheme in self.schemes}

    def _drop_tokens(self, security: Security) -> bool:
        """Drop the tokens that the server refused, and report whether there were any."""
        found = chosen(
            security, self._schemes_by_name(), self.auth, has_certificate=bool(self.cert)
        )
        clients = [
            credential for _, _, credential in found if isinstance(credential, ClientCredentials)
        ]
        for client in clients:
            client.tokens.clear()
        return bool(clients)


def _new_session(
    retries: int, on_wait: Callable[[str], None] | None, max_wait: float | None
) -> requests.Session:
    import requests
    from requests.adapters import HTTPAdapter

    from .retry import Patience

    session = requests.Session()
    for scheme in ("http://", "https://"):
        session.mount(scheme, HTTPAdapter(max_retries=Patience.of(retries, on_wait, max_wait)))
    return session


def _checked_url(base_url: str) -> str:
    try:
        parts = urlsplit(base_url)
        _ = None if parts.username else parts.port
    except ValueError as error:
        raise RequestError(f"the base URL {base_url!r} is not a URL: {error}") from error
    if parts.username is not None:  # checked first, since the other messages quote the URL
        raise RequestError("the base URL contains a user name: pass credentials as auth")
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise RequestError(
            f"the base URL {base_url!r} must begin with http:// or https:// and a host"
        )
    if parts.query or parts.fragment:
        raise RequestError(
            f"the base URL {base_url!r} has a query or a fragment, to which no path can be appended"
        )
    return base_url.rstrip("/")


def _body(phrase: str, body: object) -> bytes:
    try:
        return dumps(body).encode()
    except (TypeError, ValueError) as error:
        raise RequestError(f"{phrase}: the body cannot be encoded: {error}") from error


def _is_repeated(response: requests.Response) -> bool:
    """Report whether an earlier attempt got no response, and so may have succeeded."""
    retries = getattr(response.raw, "retries", None)
    return any(earlier.error is not None for earlier in getattr(retries, "history", ()))
