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

_SHORTEST, _LONGEST = 0.5, 30.0
"""Seconds between two attempts to connect."""
_LISTEN = 1.0
"""Seconds between checks of an idle connection: on Windows, a waiting thread cannot be interrupted."""
_GRACE = 0.3
"""Seconds in which a refusal may follow the response to a ping."""
_GONE = 4404
_TRY_AGAIN = {408, 429, 500, 502, 503, 504}
_FINAL = {1002, 1003, 1007, 1008, 1009, 1010, _GONE}
_PROBLEM = {"type", "title", "status", "detail", "instance", "errors"}


def watch(  # noqa: PLR0913, PLR0917 - those of Client.watch
    client: Client,
    channel: Channel[T],
    keys: tuple[object, ...],
    query: Mapping[str, object],
    count: int | None,
    since: str | None,
    on_state: Callable[[str], None] | None,
    stop: threading.Event | None,
) -> Iterator[Event[T]]:
    """Return events until there were count of them, the server ends the stream, or stop is set."""
    if count is not None and count < 1:
        return
    line = _Line(client, channel, keys, query, since, on_state or (lambda _: None), stop)
    for number, event in enumerate(line.events(), 1):
        yield event
        if number == count:
            return


class _Line:
    """A connection to a channel that is reopened when it is lost."""

    def __init__(  # noqa: PLR0913, PLR0917 - those of watch
        self,
        client: Client,
        channel: Channel[Any],
        keys: tuple[object, ...],
        query: Mapping[str, object],
        since: str | None,
        tell: Callable[[str], None],
        stop: threading.Event | None,
    ) -> None:
        self.client = client
        self.channel = channel
        self.keys = keys
        self.query = query
        self.last = since
        self.tell = tell
        self.stop = stop
        self.was_live = False
        self.failures = 0
        self.is_sure = since is not None
        """The server is known to understand lastEventId."""
        self.may_ask = True

    def events(self) -> Iterator[Event[Any]]:
        """Return the events of one connection after another."""
        from websockets.exceptions import ConnectionClosed

        while not self._is_stopped():
            try:
                with self._connected() as connection:
                    yield from self._received(connection)
            except ConnectionClosed as error:
                code = error.rcvd.code if error.rcvd else None
                if code == _GONE:
                    return
                if code in _FINAL:
                    raise ConnectError(
                        f"{self.channel.phrase}: the server ended it: {error}"
                    ) from error
                self.tell(f"lost: {error}")
            except StatusError as error:
                self._refused(error)
            except ConnectError as error:
                if not self.was_live:
                    raise
                self.tell(f"unreachable: {error}")
            self._wait()

    def _is_stopped(self) -> bool:
        return self.stop is not None and self.stop.is_set()

    def _connected(self) -> contextlib.AbstractContextManager[ClientConnection]:
        query = dict(self.query)
        self.is_sure = self.is_sure or self.client.resumes
        if self.channel.envelope and self.last is not None and self.may_ask:
            query["lastEventId"] = self.last
        return connected(self.client, self.channel, self.keys, query)

    def _received(self, connection: ClientConnection) -> Iterator[Event[Any]]:
        self.was_live = True
        number = connection.response.headers.get("Last-Event-ID") if connection.response else None
        if number is not None:
            self.client.resumes = True
            self.last = self.last or number
        self.tell("live")
        while not self._is_stopped():
            with contextlib.suppress(TimeoutError):
                event = _event(self.channel, connection.recv(timeout=_LISTEN))
                self.failures = 0
                if event is not None:
                    self.last = event.id or self.last
                    yield event

    def _refused(self, error: StatusError) -> None:
        """Raise a refusal, unless it helps to wait, or not to request missed events."""
        is_unknown = error.status == 400 and not self.is_sure and self.may_ask
        if self.was_live and self.last is not None and (error.status == 410 or is_unknown):
            self.may_ask = not is_unknown
            self.last = None
            self.failures = 0
            self.tell("missed: the server does not report what happened in between")
        elif error.status in _TRY_AGAIN and self.was_live:
            self.failures = max(self.failures, 1)
            self.tell(f"unreachable: {error}")
        else:
            raise error

    def _wait(self) -> None:
        """Wait longer after each failure, with jitter."""
        longest = min(_LONGEST, _SHORTEST * 2**self.failures)
        self.failures = min(self.failures + 1, 10)
        seconds = longest * (0.5 + random.random() / 2)  # noqa: S311 - not a secret
        if self.stop is None:
            time.sleep(seconds)  # Unlike an event, it can be interrupted on Windows.
        else:
            self.stop.wait(seconds)


def publish(
    client: Client,
    channel: Channel[Any],
    keys: tuple[object, ...],
    query: Mapping[str, object],
    body: object,
) -> None:
    """Send a message, and raise an error if the server refuses it.

    Servers do not confirm messages. So a message counts as accepted if the server had time to refuse it: if it
    answered a ping sent after the message, and said nothing for another moment.
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
    # One that is closed already may have said why: that is still to be read.
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
    """Return the event of a message, or None for one that reports another sender's refusal."""
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
    """Raise what a message refuses; any other is none of the sender's business."""
    problem = message
    if channel.envelope:
        if not isinstance(message, dict) or not str(message.get("type")).endswith("refused"):
            return
        problem = message.get("data")
    if not _is_problem(problem):
        return
    told = cast("dict[str, Any]", problem)
    raise class_of(told["status"])(
        operation=channel.publishes.phrase if channel.publishes else channel.phrase,
        status=told["status"],
        title=told["title"],
        detail=str(told.get("detail") or ""),
        errors=faults(told.get("errors")),
        problem=told,
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
