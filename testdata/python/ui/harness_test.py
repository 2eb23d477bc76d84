"""The test harness itself: the record of requests, injected faults, and what a visitor sees."""

from __future__ import annotations

import http.client

import pytest
from applications import Application, definition
from conftest import Serve, Visit


def test_opens(library: Application, visit: Visit) -> None:
    app = visit(library, "--seed", "3")
    assert app.open().heading == "Library API"
    app.open("books")
    assert (app.heading, app.module, app.query) == ("Books", "books", {})
    app.open("books", view="new")
    assert (app.heading, app.query) == ("New book", {"view": "new"})
    assert "New book" in app.texts()
    assert b"New book" in app.raw()


def test_definitions_that_a_test_writes(visit: Visit) -> None:
    text = "kind: task\nschema: {key: {name: task_id}, items: {type: object, properties: {title: {type: string}}}}\n"
    app = visit(definition("harness", text), load={"tasks": [{"task_id": "1", "title": "x"}]})
    assert app.open("tasks").heading == "Tasks"
    assert app.api.stored("/tasks/1") == '{"task_id":"1","title":"x"}'


def test_what_goes_over_the_line(library: Application, visit: Visit) -> None:
    api = visit(library, "--seed", "1").api
    with library.module("client").Client(api.url, auth="token", retries=0) as client:
        (found,) = client.books.list()
        book = {**found, "title": "Emma"}
        (read,) = api.requests()
        assert (read.method, read.path, read.status) == ("GET", "/books", 200)
        client.books.update(found["book_id"], {"title": "Persuasion"})
        (write,) = api.writes()
        assert write.compact == '{"title":"Persuasion"}'
        assert write.header("authorization") == "Bearer token"
        api.answer(503, {"title": "Closed"}, matches=("GET", "/books"))
        with pytest.raises(Exception, match="Closed"):
            list(client.books.list())
        assert len(list(client.books.list())) == 1
        api.drop(is_after=True, matches=("DELETE", ".*"))
        with pytest.raises(Exception, match="cannot connect"):
            client.books.delete(found["book_id"])
        assert list(client.books.list()) == []
        assert api.outside("POST", "/books", book)[0] == 201
        assert '"Emma"' in api.stored("/books")
        api.hidden = {"etag"}
        list(client.books.list())
        assert client.last.etag is None


def test_a_line_that_is_cut(library: Application, serve: Serve) -> None:
    api = serve(library)
    api.cut()
    connection = http.client.HTTPConnection(api.url[7:])
    with pytest.raises(OSError):
        connection.request("GET", "/books")
        connection.getresponse()
    connection.close()
    api.restore()
    assert api.stored("/books") == "[]"
