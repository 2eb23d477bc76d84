"""Requests, byte for byte, and responses."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests

from .conftest import DEFINITIONS, LIBRARY

DOORS = DEFINITIONS / "door.yaml"
QUERY = DEFINITIONS / "query.yaml"


def doors(url: str, **options: Any) -> Any:
    from doors import Client

    return Client(url, **options)


def test_a_book_from_beginning_to_end(mock: Callable[..., Any]) -> None:
    from library import Client, NotFoundError, PreconditionFailedError

    api = Client(mock(LIBRARY).url, "secret")
    author = api.authors.create({"name": "Stanisław Lem"})
    book = api.books.create({"title": "Solaris", "author_id": author["author_id"], "availability": "lent"})
    assert api.last and api.last.status == 201 and api.last.location == f"/books/{book['book_id']}"
    assert api.books.get(book["book_id"]) == book
    etag = api.last.etag
    assert api.books.update(book["book_id"], {"published": 1961}, if_match=etag)["published"] == 1961
    with pytest.raises(PreconditionFailedError):
        api.books.update(book["book_id"], {"published": 1962}, if_match=etag)
    api.books.update(book["book_id"], {"published": None})
    assert "published" not in api.books.get(book["book_id"])
    assert api.books.set_attribute(book["book_id"], name="title", value="Fiasco") == "Fiasco"
    assert api.books.get_attribute(book["book_id"], name="title") == "Fiasco"
    assert [found["title"] for found in api.books.list(title="ias")] == ["Fiasco"]
    assert api.books.delete(book["book_id"]) is None
    with pytest.raises(NotFoundError) as caught:
        api.books.get(book["book_id"])
    assert str(caught.value).startswith("get a book: 404 Not Found")


def test_nested_resources(mock: Callable[..., Any]) -> None:
    from library import Client

    server = mock("--seed", "1", LIBRARY)
    api = Client(server.url, {"librarian": "a", "desk": "b"})
    book = next(api.books.list())
    member = api.members.create({"name": "Ada", "email": "ada@example.org", "pin": "1234"})
    loan = api.member_loans.create(member["member_id"], {"book_id": book["book_id"], "due": "2026-12-24"})
    assert api.member_loans.get(member["member_id"], loan["loan_id"]) == loan
    sent = server.requests()
    assert sent[-1]["path"] == f"/members/{member['member_id']}/loans/{loan['loan_id']}"
    assert sent[-1]["headers"]["X-Desk-Key"] == ["b"]
    assert "Authorization" not in sent[-1]["headers"]


BODY = '{"door_id": "a/b ä%?#.", "state": "open", "weight": 1.10, "serial": DIGITS, "note": null, "parts": ["", {}, [], 1e400, -0, "\\ud83d\\ude00\\"\\\\"]}'.replace(
    "DIGITS", "9" * 60
)


def test_bodies_arrive_as_they_were_given(mock: Callable[..., Any]) -> None:
    from doors._core import dumps, loads

    server = mock(DOORS)
    api = doors(server.url)
    body: Any = loads(BODY)
    assert dumps(api.doors.create(body)) == dumps(body)
    assert dumps(api.doors.get(body["door_id"])) == dumps(body)
    created, got = server.requests()
    assert created["body"] == dumps(body)
    assert got["path"] == "/doors/a%2Fb%20%C3%A4%25%3F%23."
    assert api.doors.exists(body["door_id"])
    assert not api.doors.exists("b")
    api.doors.unset_attribute(body["door_id"], name="weight")
    assert "weight" not in api.doors.replace(body["door_id"], {"state": "shut"})


def test_a_collection_is_changed_and_deleted(mock: Callable[..., Any]) -> None:
    api = doors(mock(DOORS).url)
    for key in ("a", "b", "c"):
        api.doors.create({"door_id": key, "state": "open"})
    api.doors.update_all([{"door_id": "b", "state": "shut"}])
    assert [door["door_id"] for door in api.doors.list(state="open")] == ["a", "c"]
    assert api.doors.delete_all(state="open") is None
    assert [door["door_id"] for door in api.doors.list()] == ["b"]


@pytest.mark.parametrize("key", ["", ".", "..", "\ud800"])
def test_keys_that_would_make_another_path(key: str) -> None:
    from doors import RequestError

    with pytest.raises(RequestError):
        doors("http://127.0.0.1:9").doors.get(key)
    with pytest.raises(TypeError, match="1 keys are needed"):
        doors("http://127.0.0.1:9").doors.get_attribute(name="state")


@pytest.mark.parametrize(
    ("given", "query"),
    [
        ({"each": ["a", "b c"]}, "each=a&each=b%20c"),
        ({"each": []}, ""),
        ({"commas": ["a,b", "c"]}, "commas=a%2Cb,c"),
        ({"blanks": ["a", "b"]}, "blanks=a%20b"),
        ({"pipes": ["a", "b"]}, "pipes=a%7Cb"),
        ({"deep": {"a": "x&y", "b": 2}}, "deep%5Ba%5D=x%26y&deep%5Bb%5D=2"),
        ({"flat": {"x": 1, "y": 2}}, "x=1&y=2"),
        ({"pairs": {"p": 1, "q": 2}}, "pairs=p,1,q,2"),
        ({"flag": True}, "flag=true"),
        ({"from_": "ä+b"}, "from=%C3%A4%2Bb"),
        ({"odd_name": "a"}, "odd%5Bname%5D=a"),
        ({"from_": None}, ""),
        ({"from_": ""}, "from="),
    ],
)
def test_parameters_arrive_in_their_style(mock: Callable[..., Any], given: dict[str, object], query: str) -> None:
    server = mock(QUERY)
    list(doors(server.url).queries.list(**given))
    assert server.requests()[0]["path"] == "/queries" + ("?" + query if query else "")


def test_parameters_of_headers_and_cookies(mock: Callable[..., Any]) -> None:
    server = mock(QUERY)
    list(doors(server.url).queries.list(X_Trace=[1, 2], crumb="a;ä", flag=False, flag2="up"))
    (asked,) = server.requests()
    assert asked["path"] == "/queries?flag=false"
    assert asked["headers"]["X-Trace"] == ["1,2"]
    assert asked["headers"]["Cookie"] == ["crumb=a%3B%C3%A4"]
    assert asked["headers"]["Flag"] == ["up"]


def test_prepare_sends_nothing() -> None:
    from doors.resources import guards

    def never() -> str:
        raise AssertionError("a token was fetched")

    request = doors("http://127.0.0.1:9/base", auth={"token": never}).prepare(guards.LIST, query={"a": 1})
    assert request.url == "http://127.0.0.1:9/base/guards?a=1"
    assert request.headers["Authorization"] == "Bearer <token>"


def test_a_body_of_null_is_one(mock: Callable[..., Any]) -> None:
    from doors.resources import doors as resource

    server = mock(DOORS)
    api = doors(server.url)
    api.doors.create({"door_id": "a", "note": "x"})
    api.call(resource.ATTRIBUTES["note"].set, "a", body=None)
    assert server.requests()[-1]["body"] == "null"


@pytest.mark.parametrize("url", ["", "/", "localhost:8080", "ftp://a", "http://", "http://u:p@h", "http://h/?a", "http://h:x"])
def test_base_urls_that_cannot_be(url: str) -> None:
    from doors import RequestError
    from doors._core import Client

    with pytest.raises(RequestError):
        Client(url)


def test_faults_have_places(mock: Callable[..., Any]) -> None:
    from doors import UnprocessableError

    api = doors(mock(DOORS).url)
    with pytest.raises(UnprocessableError) as caught:
        api.doors.create({"door_id": "a", "state": "ajar", "parts": 1})
    assert {fault.pointer for fault in caught.value.errors} == {"/state", "/parts"}
    assert caught.value.title == "Unprocessable Content"


@pytest.mark.parametrize(
    ("status", "headers", "body", "says"),
    [
        (500, {"Content-Type": "text/html"}, b"<h1>Oops</h1>", "get a door: 500 Internal Server Error"),
        (400, {"Content-Type": "text/plain"}, b"no \x1b[31mcolours\n", "get a door: 400 Bad Request: no  [31mcolours"),
        (400, {"Content-Type": "application/json"}, b'["a"]', "get a door: 400 Bad Request"),
        (404, {"Content-Type": "application/problem+json"}, b'{"title": 5, "detail": "gone\\u202e"}', "get a door: 404 Not Found: gone"),
        (599, {}, b"", "get a door: 599"),
    ],
)
def test_refusals_that_are_no_problems(faulty: Callable[..., Any], status: int, headers: dict[str, str], body: bytes, says: str) -> None:
    from doors import StatusError

    with pytest.raises(StatusError) as caught:
        doors(faulty((status, headers | {"X-Request-ID": "r1"}, body)).url, retries=0).doors.get("a")
    assert str(caught.value) == says
    assert caught.value.request_id == "r1"


@pytest.mark.parametrize(
    ("status", "name"),
    [
        (308, "RedirectError"), (400, "BadRequestError"), (401, "UnauthorizedError"), (403, "ForbiddenError"), (404, "NotFoundError"),
        (409, "ConflictError"), (412, "PreconditionFailedError"), (418, "StatusError"), (422, "UnprocessableError"),
        (429, "TooManyRequestsError"), (499, "StatusError"), (500, "ServerError"), (599, "ServerError"),
    ],
)
def test_a_refusal_is_of_its_class(faulty: Callable[..., Any], status: int, name: str) -> None:
    import doors as package

    with pytest.raises(package.StatusError) as caught:
        doors(faulty((status, {}, b"")).url, retries=0).doors.get("a")
    assert type(caught.value) is getattr(package, name)


def test_answers_that_cannot_be_read(faulty: Callable[..., Any]) -> None:
    from doors import DecodeError

    for kind, body in (("text/html", b"<html>"), ("application/json", b'{"a": NaN}'), ("application/json", b'"\xff"')):
        with pytest.raises(DecodeError, match=kind):
            doors(faulty((200, {"Content-Type": kind}, body)).url).doors.get("a")
    assert doors(faulty((204, {}, b"")).url).doors.update("a", {}) is None


def test_nobody_is_there() -> None:
    from doors import ConnectError

    with pytest.raises(ConnectError, match="^cannot connect to http://127.0.0.1:9: Connection refused$"):
        doors("http://127.0.0.1:9", retries=0).doors.get("a")


def test_certificates_that_are_not_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from doors import ConnectError

    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "none"))
    with pytest.raises(ConnectError, match="certificate"):
        doors("https://127.0.0.1:9", retries=0).doors.get("a")


def test_validation() -> None:
    from doors._core import Schemas, loads

    schemas = Schemas("doors.resources")
    assert schemas.validate("CreateDoor", loads('{"state": "open", "weight": 1e2, "serial": 1.0, "note": null, "unknown": 1}')) == []
    assert [place for place, _ in schemas.validate("CreateDoor", {"state": "ajar", "serial": 1.5, "parts": {}, "note": 1})] == [
        "/state",
        "/serial",
        "/parts",
        "/note",
    ]
    assert list(schemas.fields("UpdateDoor")) == ["state", "weight", "serial", "note", "parts"]


def test_an_error_goes_to_another_process(faulty: Callable[..., Any]) -> None:
    from doors import NotFoundError

    server = faulty((404, {"Set-Cookie": "session=secret"}, b'{"title": "Nothing there", "detail": 1.10}'))
    with pytest.raises(NotFoundError) as caught:
        doors(server.url).doors.get("a")
    for again in (pickle.loads(pickle.dumps(caught.value)), copy.copy(caught.value)):
        assert type(again) is NotFoundError
        assert (str(again), again.problem, again.headers["set-cookie"]) == (str(caught.value), caught.value.problem, "session=secret")
    assert "secret" not in repr(caught.value)


def test_a_client_that_is_closed_at_the_end(faulty: Callable[..., Any]) -> None:
    class Session(requests.Session):
        is_closed = False

        def close(self) -> None:
            self.is_closed = True
            super().close()

    session = Session()
    with doors(faulty((200, {}, b"[]")).url, session=session) as api:
        assert list(api.doors.list()) == []
        assert not session.is_closed
    assert session.is_closed


@pytest.mark.parametrize("url", ["https://me:secret@host:port", "https://me:secret@/", "https://me:secret@host/?a"])
def test_no_message_shows_a_password(url: str) -> None:
    from doors import RequestError

    with pytest.raises(RequestError, match="contains a user name") as caught:
        doors(url)
    assert "secret" not in str(caught.value)


def test_no_message_shows_a_key() -> None:
    from doors import RequestError
    from doors._core.request import request

    with pytest.raises(RequestError, match=r"^GET http://\.example: ") as caught:
        request("GET", "http://.example?key=secret", {})
    assert "secret" not in str(caught.value)


def test_text_that_is_not_unicode() -> None:
    from doors import RequestError
    from doors._core import Scheme
    from doors._core.auth import basic

    with pytest.raises(RequestError, match="state cannot be sent"):
        doors("http://127.0.0.1:9").doors.list(state="\ud800").first()
    with pytest.raises(RequestError, match="not Unicode"):
        basic(Scheme("user", "basic"), ("me", "\udcff"))
