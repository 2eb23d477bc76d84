"""Which calls are retried."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

SLOW = (503, {"Retry-After": "1"}, b"")
GOOD = (200, {"Content-Type": "application/json"}, b'{"door_id": "a"}')


def api(url: str, **options: Any) -> Any:
    from doors import Client

    return Client(url, **options)


def test_safe_calls_are_tried_again(faulty: Callable[..., Any]) -> None:
    said: list[str] = []
    server = faulty(SLOW, GOOD)
    assert api(server.url, on_wait=said.append).doors.get("a") == {"door_id": "a"}
    assert len(server.asked) == 2
    assert said == ["the server answered 503; trying again in 1 s"]


def test_a_post_is_not(faulty: Callable[..., Any]) -> None:
    from doors import ServerError

    server = faulty(SLOW, GOOD)
    with pytest.raises(ServerError) as caught:
        api(server.url).doors.create({})
    assert caught.value.retry_after == 1
    assert len(server.asked) == 1


def test_nothing_is_where_nobody_wants_it(faulty: Callable[..., Any]) -> None:
    from doors import ServerError

    server = faulty(SLOW, GOOD)
    with pytest.raises(ServerError):
        api(server.url, retries=0).doors.get("a")
    assert len(server.asked) == 1


def test_the_last_answer_is_told(faulty: Callable[..., Any]) -> None:
    from doors import TooManyRequestsError

    server = faulty((429, {"Retry-After": "0"}, b'{"title": "Slow down"}'))
    with pytest.raises(TooManyRequestsError, match="Slow down"):
        api(server.url, retries=2).doors.get("a")
    assert len(server.asked) == 3


@pytest.mark.parametrize(("patience", "asked"), [(0.5, 1), (2.0, 2), (None, 2)])
def test_who_is_impatient_is_told_at_once(faulty: Callable[..., Any], patience: float | None, asked: int) -> None:
    from doors import ServerError

    server = faulty(SLOW, GOOD)
    try:
        api(server.url, patience=patience).doors.get("a")
    except ServerError as error:
        assert (error.status, error.retry_after) == (503, 1)
    assert len(server.asked) == asked


def test_a_server_may_not_make_us_wait_for_hours() -> None:
    from doors._core.retry import Patience

    said: list[str] = []
    patience = Patience.of(3, said.append)
    assert patience.parse_retry_after("36000") == 30
    assert patience.increment("GET", "/").on_wait == said.append


def test_a_lost_answer_may_have_worked(faulty: Callable[..., Any]) -> None:
    from doors import NotFoundError

    server = faulty((0, {}, b""), (404, {}, b""))
    with pytest.raises(NotFoundError) as caught:
        api(server.url).doors.delete("a")
    assert caught.value.is_repeated
    assert len(server.asked) == 2


def test_a_dead_server_is_told_soon() -> None:
    from doors import ConnectError

    begin = time.process_time(), time.monotonic()
    with pytest.raises(ConnectError):
        api("http://127.0.0.1:9").doors.get("a")
    assert time.monotonic() - begin[1] < 5
