"""Events and messages, through a restart of the server, in both envelopes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from queue import Queue
from typing import Any

import pytest

from .conftest import DEFINITIONS, LIBRARY

DOORS = DEFINITIONS / "door.yaml"


def doors(url: str) -> Any:
    from doors import Client

    return Client(url)


def library(url: str) -> Any:
    from library import Client

    return Client(url, "token")


class Listener:
    """Receives events in a thread."""

    def __init__(self, listen: Callable[[Callable[[str], None]], Iterator[Any]]) -> None:
        self.heard: Queue[Any] = Queue()
        self.states: Queue[str] = Queue()
        self.thread = threading.Thread(target=self._run, args=(listen,), daemon=True)
        self.thread.start()

    def _run(self, listen: Callable[[Callable[[str], None]], Iterator[Any]]) -> None:
        try:
            for event in listen(self.states.put):
                self.heard.put(event)
        except Exception as error:  # noqa: BLE001 - the test gets it
            self.heard.put(error)
            self.states.put(repr(error))

    def state(self, wanted: str) -> str:
        """Wait for a state that begins with a text, and return it."""
        while not (state := self.states.get(timeout=20)).startswith(wanted):
            assert state.startswith(("live", "lost", "unreachable")), state
        return state


def test_every_change_once_and_in_order_through_a_restart(mock: Callable[..., Any], tmp_path: Any) -> None:
    from doors.resources import doors as resource

    server = mock("--data", tmp_path / "data", DOORS)
    api = doors(server.url)
    api.doors.create({"door_id": "before"})
    since = api.last.last_event_id
    listener = Listener(lambda tell: doors(server.url).watch(resource.WATCH, since=since, count=4, on_state=tell))
    listener.state("live")
    api.doors.create({"door_id": "a", "weight": 1})
    first = listener.heard.get(timeout=20)
    assert (first.kind, first.key, first.data, first.id) == ("created", "a", {"door_id": "a", "weight": 1}, "2")
    server.stop()
    listener.state("lost")
    server.start()
    api.doors.update("a", {"state": "open"})
    api.doors.delete("a")
    api.doors.create({"door_id": "b"})
    listener.state("live")
    rest = [listener.heard.get(timeout=20) for _ in range(3)]
    assert [(event.kind, event.key) for event in rest] == [("updated", "a"), ("deleted", "a"), ("created", "b")]
    listener.thread.join(20)
    assert not listener.thread.is_alive()


def test_the_state_through_a_restart(mock: Callable[..., Any], tmp_path: Any) -> None:
    from library.resources import authors

    server = mock("--data", tmp_path / "data", LIBRARY)
    api = library(server.url)
    listener = Listener(lambda tell: library(server.url).watch(authors.WATCH, on_state=tell))
    assert listener.heard.get(timeout=20).data == []
    api.authors.create({"name": "Lem"})
    event = listener.heard.get(timeout=20)
    assert event.kind == "state"
    assert [author["name"] for author in event.data] == ["Lem"]
    server.stop()
    listener.state("lost")
    server.start()
    listener.state("live")
    assert [author["name"] for author in listener.heard.get(timeout=20).data] == ["Lem"]


def test_a_server_that_forgot(mock: Callable[..., Any]) -> None:
    from doors.resources import doors as resource

    server = mock(DOORS)
    api = doors(server.url)
    listener = Listener(lambda tell: doors(server.url).watch(resource.WATCH, on_state=tell))
    listener.state("live")
    for key in ("a", "b"):
        api.doors.create({"door_id": key})
        listener.heard.get(timeout=20)
    server.stop()
    server.start()
    listener.state("missed")
    listener.state("live")
    api.doors.create({"door_id": "c"})
    assert listener.heard.get(timeout=20).key == "c"


def test_nothing_comes_after_the_deletion(mock: Callable[..., Any]) -> None:
    api = doors(mock(DOORS).url)
    api.doors.create({"door_id": "a"})
    listener = Listener(lambda _: api.doors.watch_one("a"))
    time.sleep(0.5)
    api.doors.delete("a")
    assert listener.heard.get(timeout=20).kind == "deleted"
    listener.thread.join(20)
    assert not listener.thread.is_alive()


@pytest.mark.parametrize("is_there", [True, False])
def test_another_thread_ends_it(mock: Callable[..., Any], is_there: bool) -> None:
    from doors.resources import doors as resource

    server = mock(DOORS)
    stop = threading.Event()
    listener = Listener(lambda tell: doors(server.url).watch(resource.WATCH, on_state=tell, stop=stop))
    listener.state("live")
    if not is_there:
        server.stop()
        listener.state("lost")
        time.sleep(2)  # by now the delay is longer than a second
    stop.set()
    listener.thread.join(5)
    if not is_there:
        server.start()
    assert not listener.thread.is_alive()
    assert listener.heard.empty()


def test_filters_count(mock: Callable[..., Any]) -> None:
    from doors.resources import doors as resource

    server = mock(DOORS)
    api = doors(server.url)
    listener = Listener(lambda tell: api.watch(resource.WATCH, query={"state": "open"}, count=1, on_state=tell))
    listener.state("live")
    api.doors.create({"door_id": "a", "state": "shut"})
    api.doors.create({"door_id": "b", "state": "open"})
    assert listener.heard.get(timeout=20).key == "b"


def test_an_attribute(mock: Callable[..., Any]) -> None:
    from doors.resources import doors as resource

    api = doors(mock(DOORS).url)
    api.doors.create({"door_id": "a", "state": "shut"})
    listener = Listener(lambda tell: api.watch(resource.ATTRIBUTES["state"].watch, "a", count=1, on_state=tell))
    listener.state("live")
    api.publish(resource.ATTRIBUTES["state"].publish, "a", body="open")
    assert listener.heard.get(timeout=20).data == "open"


@pytest.mark.parametrize("envelope", ["none", "cloudevents"])
def test_messages_do_what_requests_do(mock: Callable[..., Any], envelope: str) -> None:
    if envelope == "none":
        api = library(mock(LIBRARY).url)
        api.authors.publish({"name": "Lem"})
        assert [author["name"] for author in api.authors.list()] == ["Lem"]
    else:
        api = doors(mock(DOORS).url)
        api.doors.publish({"door_id": "a"})
        api.doors.publish_one("a", {"state": "open"})
        assert list(api.doors.list()) == [{"door_id": "a", "state": "open"}]


@pytest.mark.parametrize("envelope", ["none", "cloudevents"])
def test_messages_that_are_refused(mock: Callable[..., Any], envelope: str) -> None:
    from doors import StatusError as DoorError
    from library import StatusError as LibraryError

    with pytest.raises((DoorError, LibraryError)) as caught:
        if envelope == "none":
            library(mock(LIBRARY).url).authors.publish({"name": ""})
        else:
            doors(mock(DOORS).url).doors.publish({"door_id": "a", "state": "ajar"})
    assert caught.value.status == 422
    assert str(caught.value).startswith("create a")
    assert [fault.pointer for fault in caught.value.errors] == (["/name"] if envelope == "none" else ["/data/state"])


def test_what_is_not_there_or_not_allowed(mock: Callable[..., Any]) -> None:
    from library import Client, NotFoundError, UnauthorizedError

    url = mock(LIBRARY).url
    with pytest.raises(NotFoundError):
        next(library(url).books.watch_one("6b7f0a9e-3c0b-4ed5-9d1c-0f6a1c2f5a11"))
    with pytest.raises(UnauthorizedError):
        next(Client(url).members.watch())
    with pytest.raises(UnauthorizedError):
        Client(url).authors.publish({"name": "Lem"})


def test_nobody_is_there() -> None:
    from doors import ConnectError

    with pytest.raises(ConnectError, match="^cannot connect to ws://127.0.0.1:9/doors: Connection refused$"):
        next(doors("http://127.0.0.1:9").doors.watch())


@pytest.mark.parametrize(
    ("base_url", "events_url", "wanted"),
    [
        ("http://localhost:8080", None, "ws://localhost:8080"),
        ("https://api.example.org", None, "wss://api.example.org"),
        ("https://api.example.org/base/", None, "wss://api.example.org/base"),
        ("http://localhost:1", "wss://events.example.org/", "wss://events.example.org"),
    ],
)
def test_where_channels_are(base_url: str, events_url: str | None, wanted: str) -> None:
    from doors import Client
    from doors._core.sockets import base_of
    from doors.resources import doors as resource

    assert base_of(Client(base_url, events_url=events_url), resource.WATCH) == wanted
