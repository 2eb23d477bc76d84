"""Behaviour of event servers that the mock does not have."""

from __future__ import annotations

import contextlib
import http
import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.sync.server import Server, ServerConnection, serve

EVENT = {"specversion": "1.0", "source": "/doors", "type": "door.created", "subject": "a", "data": {"door_id": "a"}}


@pytest.fixture
def sockets() -> Iterator[Callable[..., tuple[str, list[str]]]]:
    """Return a function that starts a server. Each answer is for one connection: a status, or events and a close code."""
    servers: list[Server] = []

    def start(*answers: int | tuple[list[dict[str, Any]], int]) -> tuple[str, list[str]]:
        asked: list[str] = []

        def process(connection: ServerConnection, request: Request) -> Response | None:
            asked.append(request.path)
            answer = answers[len(asked) - 1]
            return connection.respond(http.HTTPStatus(answer), "{}") if isinstance(answer, int) else None

        def handle(connection: ServerConnection) -> None:
            events, code = answers[len(asked) - 1]  # type: ignore[misc]
            for event in events:
                connection.send(json.dumps(event))
            connection.close(code)

        server = serve(handle, "127.0.0.1", 0, process_request=process)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.socket.getsockname()[1]}", asked

    yield start
    for server in servers:
        server.shutdown()


def watch(url: str, **options: Any) -> Iterator[Any]:
    from doors import Client
    from doors.resources import doors

    return Client(url).watch(doors.WATCH, **options)


@pytest.mark.parametrize("code", [1001, 1011, 1012, 1013])
def test_a_connection_that_ends_is_made_again(sockets: Callable[..., Any], code: int) -> None:
    url, asked = sockets(([EVENT | {"id": "7"}], code), 503, ([EVENT | {"id": "8"}], 1000))
    states: list[str] = []
    assert [event.id for event in watch(url, count=2, on_state=states.append)] == ["7", "8"]
    assert asked == ["/doors", "/doors?lastEventId=7", "/doors?lastEventId=7"]
    assert [state.partition(":")[0] for state in states] == ["live", "lost", "unreachable", "live"]


def test_a_server_that_cannot_resume(sockets: Callable[..., Any]) -> None:
    url, asked = sockets(([EVENT | {"id": "7"}], 1001), 400, ([EVENT | {"id": "8"}], 1001), ([EVENT | {"id": "9"}], 1000))
    states: list[str] = []
    assert [event.id for event in watch(url, count=3, on_state=states.append)] == ["7", "8", "9"]
    assert asked == ["/doors", "/doors?lastEventId=7", "/doors", "/doors"]
    assert "missed" in {state.partition(":")[0] for state in states}


def test_a_number_that_is_not_known_any_more(sockets: Callable[..., Any]) -> None:
    from doors import StatusError

    url, _ = sockets(410)
    with pytest.raises(StatusError, match="410 Gone"):
        next(watch(url, since="5"))


@pytest.mark.parametrize("code", [1003, 1008, 1009])
def test_a_server_that_wants_no_more(sockets: Callable[..., Any], code: int) -> None:
    from doors import ConnectError

    url, _ = sockets(([EVENT], code))
    events = watch(url)
    assert next(events).key == "a"
    with pytest.raises(ConnectError, match=str(code)):
        next(events)


def test_deleted(sockets: Callable[..., Any]) -> None:
    url, asked = sockets(([EVENT], 4404))
    assert len(list(watch(url))) == 1
    assert len(asked) == 1


@pytest.mark.parametrize("message", [{"type": "door.created"}, [], "text"])
def test_messages_that_are_no_events(sockets: Callable[..., Any], message: Any) -> None:
    from doors import DecodeError

    url, _ = sockets(([message], 1000))
    with pytest.raises(DecodeError, match="not a CloudEvent"):
        next(watch(url))


def test_a_server_that_ends_before_it_answers(sockets: Callable[..., Any]) -> None:
    from doors import Client, ConnectError

    url, _ = sockets(([], 1011))
    with pytest.raises(ConnectError, match="before the server could answer"):
        Client(url).doors.publish({"door_id": "a"})


@contextlib.contextmanager
def answering(handle: Callable[[ServerConnection], None], process: Any = None) -> Iterator[str]:
    with serve(handle, "127.0.0.1", 0, process_request=process) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.socket.getsockname()[1]}"


def test_a_message_that_is_sent_where_others_never_stop() -> None:
    from doors import Client

    received: list[str | bytes] = []

    def handle(connection: ServerConnection) -> None:
        received.append(connection.recv())
        with contextlib.suppress(ConnectionClosed):
            while True:
                connection.send(json.dumps(EVENT))
                time.sleep(0.02)

    with answering(handle) as url:
        Client(url, timeout=(2, 2)).doors.publish({"door_id": "a"})
    assert len(received) == 1


def test_a_message_that_is_sent_where_others_are_no_json() -> None:
    from doors import Client, DecodeError

    with answering(lambda connection: connection.send("{")) as url, pytest.raises(DecodeError, match="not JSON"):
        Client(url).doors.publish({"door_id": "a"})


def test_the_headers_of_a_refusal_in_any_case() -> None:
    from doors import Client, StatusError

    def process(connection: ServerConnection, request: Request) -> Response:
        headers = Headers({"content-type": "text/plain", "retry-after": "7", "location": "https://elsewhere.example"})
        return Response(503, "Service Unavailable", headers, b"closed for the night")

    with answering(lambda _: None, process) as url, pytest.raises(StatusError) as caught:
        Client(url).doors.publish({"door_id": "a"})
    error = caught.value
    assert (error.detail, error.retry_after, error.location) == ("closed for the night", 7.0, "https://elsewhere.example")


def test_a_credential_that_operation_and_channel_share_is_sent_once() -> None:
    from doors import Client, ConnectError
    from doors._core import Channel, Operation, Scheme

    class Guarded(Client):
        schemes = [Scheme("key", "apiKey", "query", "key"), Scheme("session", "apiKey", "cookie", "session")]

    asked: list[tuple[str, str]] = []

    def process(connection: ServerConnection, request: Request) -> None:
        asked.append((request.path, request.headers["Cookie"]))

    security = [{"key": [], "session": []}]
    ring: Operation[Any] = Operation("ring", "Ring", "POST", "/bell", security=security)
    bell: Channel[Any] = Channel("bell", "Bell", "/bell", security=security, publishes=ring)
    with answering(lambda connection: None if connection.recv() else None, process) as url, contextlib.suppress(ConnectError):
        Guarded(url, "secret").publish(bell, body={})
    assert asked == [("/bell?key=secret", "session=secret")]
