"""Receiving events and sending messages over a WebSocket."""

from __future__ import annotations

import contextlib
import random
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from .errors import ConnectError, DecodeError, RequestError, StatusError, class_of
from .jsontext import JSON, dumps, loads
from .operation import Channel, Event
from .response import faults
from .sockets import connected

if TYPE_CHECKING:
    from websockets.sync.client import ClientConnection

    from .client import Client

T = TypeVar("T")

_MIN_DELAY, _MAX_DELAY = 0.5, 30.0
"""The least and the greatest delay between two attempts to connect, in seconds."""
_POLL_INTERVAL = 1.0
"""Seconds between checks of an idle connection: on Windows, a waiting thread cannot be interrupted."""
_GRACE = 0.3
"""Seconds within which a refusal may follow the response to a ping."""
_GONE = 4404
_TEMPORARY = {408, 429, 500, 502, 503, 504}
_FINAL = {1002, 1003, 1007, 1008, 1009, 1010, _GONE}
_PROBLEM = {"type", "title", "status", "detail", "instance", "errors"}


def watch(  # noqa: PLR0913, PLR0917 - the arguments of Client.watch
    client: Client,
    channel: Channel[T],
    keys: tuple[object, ...],
    query: Mapping[str, object],
    count: int | None,
    since: str | None,
    on_state: Callable[[str], None] | None,
    stop: threading.Event | None,
) -> Iterator[Event[T]]:
    """Yield events until count of them have arrived, the server ends the stream, or stop is set."""
    if count is not None and count < 1:
        return
    stream = _Stream(client, channel, keys, query, since, on_state or (lambda _: None), stop)
    for number, event in enumerate(stream.events(), 1):
        yield event
        if number == count:
            return


class _Stream:
    """A connection to a channel that is reopened when it is lost."""

    def __init__(  # noqa: PLR0913, PLR0917 - the arguments of watch
        self,
        client: Client,
        channel: Channel[Any],
        keys: tuple[object, ...],
        query: Mapping[str, object],
        since: str | None,
        on_state: Callable[[str], None],
        stop: threading.Event | None,
    ) -> None:
        self.client = client
        self.channel = channel
        self.keys = keys
        self.query = query
        self.last = since
        self.on_state = on_state
        self.stop = stop
        self.was_live = False
        self.failures = 0
        self.supports_resume = since is not None
        """Whether the server is known to support lastEventId."""
        self.may_resume = True

    def events(self) -> Iterator[Event[Any]]:
        """Yield the events of one connection after another."""
        from websockets.exceptions import ConnectionClosed

        while not self._is_stopped():
            try:
                with self._connect() as connection:
                    yield from self._receive(connection)
            except ConnectionClosed as error:
                code = error.rcvd.code if error.rcvd else None
                if code == _GONE:
                    return
                if code in _FINAL:
                    raise ConnectError(
                        f"{self.channel.phrase}: the server ended it: {error}"
                    ) from error
                self.on_state(f"lost: {error}")
            except StatusError as error:
                self._handle_refusal(error)
            except ConnectError as error:
                if not self.was_live:
                    raise
                self.on_state(f"unreachable: {error}")
            self._wait()

    def _is_stopped(self) -> bool:
        return self.stop is not None and self.stop.is_set()

    def _connect(self) -> contextlib.AbstractContextManager[ClientConnection]:
        query = dict(self.query)
        self.supports_resume = self.supports_resume or self.client.resumes
        if self.channel.envelope and self.last is not None and self.may_resume:
            query["lastEventId"] = self.last
        return connected(self.client, self.channel, self.keys, query)

    def _receive(self, connection: ClientConnection) -> Iterator[Event[Any]]:
        self.was_live = True
        number = connection.response.headers.get("Last-Event-ID") if connection.response else None
        if number is not None:
            self.client.resumes = True
            self.last = self.last or number
        self.on_state("live")
        while not self._is_stopped():
            with contextlib.suppress(TimeoutError):
                event = _event(self.channel, connection.recv(timeout=_POLL_INTERVAL))
                self.failures = 0
                if event is not None:
                    self.last = event.id or self.last
                    yield event

    def _handle_refusal(self, error: StatusError) -> None:
        """Raise a refusal, unless waiting may help, or no longer requesting the missed events."""
        is_unknown = error.status == 400 and not self.supports_resume and self.may_resume
        if self.was_live and self.last is not None and (error.status == 410 or is_unknown):
            self.may_resume = not is_unknown
            self.last = None
            self.failures = 0
            self.on_state("missed: the server does not report what happened in between")
        elif error.status in _TEMPORARY and self.was_live:
            self.failures = max(self.failures, 1)
            self.on_state(f"unreachable: {error}")
        else:
            raise error

    def _wait(self) -> None:
        """Wait longer after each failure, with jitter."""
        limit = min(_MAX_DELAY, _MIN_DELAY * 2**self.failures)
        self.failures = min(self.failures + 1, 10)
        seconds = limit * (0.5 + random.random() / 2)  # noqa: S311 - not a secret
        if self.stop is None:
            time.sleep(seconds)  # Unlike Event.wait, it can be interrupted on Windows.
        else:
            self.stop.wait(seconds)


def publish(
    client: Client,
    channel: Channel[Any],
    keys: tuple[object, ...],
    query: Mapping[str, object],
    body: object,
) -> None:
    """Send a message. Raises an error if the server refuses it.

    Servers do not confirm messages. So a message counts as accepted once the server has had time to refuse it: when it
    has answered a ping sent after the message, and nothing else arrives for a moment.
    """
    if channel.publishes is None:
        raise RequestError(f"{channel.phrase}: the channel accepts no messages")
    try:
        text = dumps(_wrapped(channel, keys, body) if channel.envelope else body)
    except (TypeError, ValueError) as error:
        raise RequestError(f"{channel.phrase}: the message cannot be encoded: {error}") from error
    from websockets.exceptions import ConnectionClosed

    with connected(client, channel, keys, query, channel.publishes) as connection:
        try:
            _send(channel, connection, text, client.timeout[1])
        except ConnectionClosed as error:
            raise ConnectError(
                f"{channel.phrase}: the connection ended before the server could answer: {error}"
            ) from error


def _send(channel: Channel[Any], connection: ClientConnection, text: str, seconds: float) -> None:
    """Send, and raise a refusal that arrives before the response to a ping, or shortly after it."""
    from websockets.exceptions import ConnectionClosed

    answered = threading.Event()
    # If the connection is already closed, the reason may still be waiting to be read.
    with contextlib.suppress(ConnectionClosed):
        connection.send(text)
        answered = connection.ping()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            message = connection.recv(timeout=_GRACE)
        except TimeoutError:
            if answered.is_set():
                return
            continue
        _raise_refusal(channel, _value(channel, message))
        if answered.is_set():
            end = min(end, time.monotonic() + _GRACE)
    if not answered.is_set():
        raise ConnectError(f"{channel.phrase}: the server did not answer within {seconds:.0f} s")


def _event(channel: Channel[Any], message: str | bytes) -> Event[Any] | None:
    """Return the event of a message, or None if the message reports that another sender was refused."""
    value = _value(channel, message)
    if not channel.envelope:
        return None if _is_problem(value) else Event("state", value)
    if not isinstance(value, dict) or "data" not in value:
        raise DecodeError(f"{channel.phrase}: a message is not a CloudEvent with data")
    type_ = str(value.get("type"))
    kind = channel.kinds.get(type_) or type_.rpartition(".")[2]
    if kind == "refused":
        return None
    return Event(
        kind,
        value["data"],
        _text(value.get("subject")),
        _text(value.get("id")),
        _text(value.get("time")),
    )


def _value(channel: Channel[Any], message: str | bytes) -> JSON:
    try:
        return loads(message)
    except ValueError as error:
        raise DecodeError(f"{channel.phrase}: a message is not JSON: {error}") from error


def _text(value: JSON) -> str | None:
    return value if isinstance(value, str) else None


def _is_problem(value: JSON) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() <= _PROBLEM
        and isinstance(value.get("title"), str)
        and isinstance(value.get("status"), int)
    )


def _raise_refusal(channel: Channel[Any], message: JSON) -> None:
    """Raise an error if a message is a refusal. Other messages do not concern the sender."""
    problem = message
    if channel.envelope:
        if not isinstance(message, dict) or not str(message.get("type")).endswith("refused"):
            return
        problem = message.get("data")
    if not _is_problem(problem):
        return
    members = cast("dict[str, Any]", problem)
    raise class_of(members["status"])(
        operation=channel.publishes.phrase if channel.publishes else channel.phrase,
        status=members["status"],
        title=members["title"],
        detail=str(members.get("detail") or ""),
        errors=faults(members.get("errors")),
        problem=members,
    )


def _wrapped(channel: Channel[Any], keys: tuple[object, ...], body: object) -> dict[str, object]:
    """Return a message as a CloudEvent (CloudEvents 1.0.2, JSON format, section 3)."""
    return {
        "specversion": "1.0",
        "id": str(uuid.uuid4()),
        "source": channel.url(keys),
        "type": channel.type or channel.name,
        "datacontenttype": "application/json",
        "data": body,
    }
