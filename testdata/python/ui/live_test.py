"""Live changes: what is shown, what is not news, and no leftover threads."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from applications import Application, definition
from conftest import Serve, Visit
from record_test import AUTHOR, BOOK, LIBRARY
from servers import Tab, streamlit, wait_for
from visitor import App

EVENTS = """
kind: task
default_query_params:
  - {name: limit, schema: {type: integer, minimum: 1, maximum: 100, default: 20}}
  - {name: offset, schema: {type: integer, minimum: 0, default: 0}}
schema:
  key: {name: task_id, schema: {type: integer, minimum: 1}}
  query_params: [{name: title, schema: {type: string}}]
  items: {type: object, properties: {title: {type: string}}, required: [title]}
asyncapi:
  envelope: cloudevents
  servers: {dev: {url: "ws://localhost:8080", protocol: ws}}
"""
SILENT = EVENTS.partition("asyncapi:")[0]
TASKS = {"tasks": [{"task_id": number, "title": f"Task {number}"} for number in range(1, 31)]}
AUTHORS = {"authors": [{"author_id": AUTHOR, "name": "Ursula K. Le Guin"}]}


@pytest.fixture(scope="module")
def tasks() -> Application:
    """Every change is an event."""
    return definition("live_tasks", EVENTS)


@pytest.fixture(scope="module")
def silent() -> Application:
    """There is no channel."""
    return definition("live_silent", SILENT)


@pytest.fixture
def visit(visit: Visit) -> Iterator[Visit]:
    """Close the lines of visitors, like the end of a session, and wait until no thread is left."""
    apps: list[App] = []
    before = set(threading.enumerate())

    def start(*given: Any, **more: Any) -> App:
        apps.append(visit(*given, **more))
        return apps[-1]

    yield start
    for app in apps:
        for each in live(app).lines.values():
            each.listener.close()
    wait_for(lambda: "listener" not in {each.name for each in {*threading.enumerate()} - before})


def live(app: App) -> Any:
    return app.at.session_state["firestone.live"]


def line(app: App) -> Any:
    (found,) = live(app).lines.values()
    return found


def connected(app: App) -> App:
    wait_for(lambda: line(app).listener.state == "live")
    if not line(app).page.channels.list.envelope:
        wait_for(lambda: line(app).before is not None or line(app).listener._received)
    return app.run()


def hear(app: App) -> App:
    """Wait until a change has arrived, and run again."""
    wait_for(lambda: line(app).listener._received)
    return app.run()


class TestLists:
    def test_states_of_a_list_are_compared(self, library: Application, visit: Visit) -> None:
        app = connected(visit(library, load=AUTHORS).open("authors"))
        assert "Live" in app.text
        assert live(app).last is None
        app.api.outside("POST", "/authors", {"name": "Zadie Smith"})
        hear(app)
        assert "Zadie Smith" in app.text
        assert "Last change" in app.text
        assert [(each.kind, each.label) for each in live(app).feed] == [("created", "Zadie Smith")]

    def test_events_are_taken_one_by_one(self, tasks: Application, visit: Visit) -> None:
        app = connected(visit(tasks, load=TASKS).open("tasks"))
        for method, path, body in [
            ("PUT", "/tasks/1", {"title": "Changed"}),
            ("DELETE", "/tasks/2", None),
            ("POST", "/tasks", {"title": "New"}),
        ]:
            app.api.outside(method, path, body)
        wait_for(lambda: len(line(app).listener._received) == 3)
        app.run()
        told = [(each.kind, each.key) for each in live(app).feed]
        assert told == [("created", "31"), ("deleted", "2"), ("updated", "1")]

    def test_what_came_between_reading_and_listening_is_not_missed(
        self, tasks: Application, visit: Visit
    ) -> None:
        app = visit(tasks, load=TASKS)
        app.open()
        with app.api.holding():
            threading.Timer(0.5, app.api.gate.set).start()
            app.api.outside("PUT", "/tasks/1", {"title": "Meanwhile"})
            app.open("tasks")
        assert line(app).listener.last is not None

    def test_a_list_that_is_full_tells_no_tales(self, library: Application, visit: Visit) -> None:
        """On a full page, a record that disappears was not necessarily deleted."""
        app = visit(library, "--seed", "30").open("books")
        news = library.module("ui.kit.news")
        page = dict(library.pages())["books"]
        books = [{"book_id": str(number), "title": f"Book {number}"} for number in range(4)]
        found = list(news._compared(page, books[:3], [books[3], *books[:2]]))
        assert [(each.kind, each.key) for each in found] == [("changed", None)]
        assert [each.kind for each in news._compared(page, books[:3], books[:2])] == ["deleted"]
        assert list(news._compared(page, None, books)) == []
        assert app.heading == "Books"

    def test_filters_and_pages_go_with_the_channel(self, tasks: Application, visit: Visit) -> None:
        app = visit(tasks, load=TASKS).open("tasks", title="Task 3")
        connected(app)
        (name,) = live(app).lines
        assert "Task 3" in str(name)

    def test_marks_last_a_moment(self, tasks: Application, visit: Visit) -> None:
        news = tasks.module("ui.kit.news")
        app = connected(visit(tasks, load=TASKS).open("tasks"))
        held = live(app)
        held.pending.clear()
        page = dict(tasks.pages())["tasks"]
        each = news.News("created", "tasks", "9", "Nine", None, time.monotonic())
        news._mark(held, each)
        assert news.marks(held, page.module) == {"9": "new"}
        held.marks["tasks", "9"] = ("new", time.monotonic() - 1)
        assert news.marks(held, page.module) == {}
        assert news.forget_marks(held)


class TestOwnChanges:
    def test_they_are_no_news(self, library: Application, visit: Visit) -> None:
        app = connected(visit(library, load=AUTHORS).open("authors"))
        app.open("authors", view="new").fill("Name", "Zadie Smith").press("authors:new:save")
        app.open("authors")
        connected(app)
        time.sleep(0.5)
        app.run()
        assert not live(app).pending
        assert not [each for each in live(app).feed if not each.is_own]
        assert live(app).marks == {}


class TestForms:
    def test_a_form_is_told_how_much_is_new(self, library: Application, visit: Visit) -> None:
        app = visit(library, load=LIBRARY).open("books", view="edit", id=BOOK)
        wait_for(lambda: line(app).listener.state == "live")
        app.fill("Title", "Typed")
        app.api.outside("PATCH", f"/books/{BOOK}", {"title": "Theirs"})
        wait_for(lambda: line(app).listener._received)
        time.sleep(0.3)
        app.run()
        assert "1 new" in app.texts()
        assert "Theirs has changed" in app.texts()
        assert app.field("Title").value == "Typed"
        app.fill("Title", "Typed on")
        assert "1 new" in app.texts()
        assert app.open("books").texts().count("1 new") == 0


class TestLines:
    def test_one_that_is_lost_comes_back(self, tasks: Application, visit: Visit) -> None:
        app = connected(visit(tasks, load=TASKS).open("tasks"))
        app.api.is_cut = True
        app.api.cut_lines()
        wait_for(lambda: line(app).listener.state == "lost")
        app.run()
        assert "Disconnected, retrying" in app.text
        app.api.outside("PUT", "/tasks/1", {"title": "Meanwhile"})
        app.api.restore()
        wait_for(lambda: line(app).listener.state == "live")
        hear(app)
        assert ("updated", "1") in [(each.kind, each.key) for each in live(app).feed]

    def test_one_that_cannot_be_made_at_first(self, tasks: Application, visit: Visit) -> None:
        app = visit(tasks, load=TASKS).open()
        app.api.cut()
        app.open("tasks")
        wait_for(lambda: line(app).listener.state == "lost")
        app.api.restore()
        wait_for(lambda: line(app).listener.state == "live")
        assert "Task 1" in app.run().text

    def test_one_that_is_refused_says_why(self, library: Application, visit: Visit) -> None:
        app = visit(library, is_signed_in=False, load=LIBRARY).open()
        lines = live(app).lines.values()
        wait_for(lambda: "off" in {each.listener.state for each in lines})
        assert "401" in next(each.listener.reason for each in lines if each.listener.state == "off")

    def test_a_record_that_goes(self, library: Application, visit: Visit) -> None:
        app = visit(library, load=LIBRARY).open("books", view="show", id=BOOK)
        wait_for(lambda: line(app).listener.state == "live")
        app.api.outside("DELETE", f"/books/{BOOK}")
        wait_for(lambda: line(app).listener.state == "off")
        app.run()
        assert "This book is gone" in app.text

    def test_other_credentials_have_lines_of_their_own(
        self, library: Application, visit: Visit
    ) -> None:
        app = connected(visit(library, load=AUTHORS).open("authors"))
        before = line(app).listener
        app.press("Sign out").open("authors")
        assert line(app).listener is not before
        assert before.stop.is_set()


class TestPolling:
    def test_a_list_without_a_channel(self, silent: Application, visit: Visit) -> None:
        app = visit(silent, load=TASKS).open("tasks")
        assert "Every 5 s" in app.text
        wait_for(lambda: [each for each in app.api.requests("GET") if each.status == 304])
        assert not line(app).listener._received
        app.api.outside("PUT", "/tasks/1", {"title": "Theirs"})
        hear(app)
        assert ("updated", "1") in [(each.kind, each.key) for each in live(app).feed]
        assert "Theirs" in app.text

    def test_a_record_without_a_channel(self, silent: Application, visit: Visit) -> None:
        app = visit(silent, load=TASKS).open("tasks", view="show", id="1")
        app.api.outside("DELETE", "/tasks/1")
        wait_for(lambda: line(app).listener.state == "off")
        app.run()
        assert "This task is gone" in app.text


class TestServed:
    """As in a browser: fragments rerun, and tabs are closed."""

    @pytest.fixture
    def served(self, tasks: Application, serve: Serve) -> Iterator[tuple[Any, Any]]:
        api = serve(tasks, load=TASKS)
        with ExitStack() as stack:
            yield api, stack.enter_context(streamlit(tasks, api.url))

    def test_news_draws_the_page_anew(self, served: tuple[Any, Any]) -> None:
        api, server = served
        with Tab(server) as tab:
            tab.open("tasks", {"title": "Task 3"})
            (fragment,) = tab.fragments
            assert tab.fragments[fragment] == 1
            wait_for(lambda: b"sensors" in tab.tick(fragment).raw and b"Live" in tab.raw)
            reads = len(api.requests("GET", "/tasks"))
            for _ in range(3):
                tab.tick(fragment)
            assert len(api.requests("GET", "/tasks")) == reads
            api.outside("PUT", "/tasks/3", {"title": "Task 3, theirs"})
            wait_for(lambda: b"Task 3, theirs" in tab.tick(fragment).raw)
            assert len(api.requests("GET", "/tasks")) == reads + 1

    def test_a_closed_tab_leaves_no_thread(self, served: tuple[Any, Any]) -> None:
        api, server = served
        with Tab(server) as tab:
            tab.open("tasks")
            wait_for(lambda: api.lines)
            during = server.threads
        wait_for(lambda: server.threads < during, 10)


class TestFlood:
    """More changes than can be kept."""

    def test_while_somebody_types(self, tasks: Application, visit: Visit) -> None:
        app = connected(visit(tasks, load=TASKS).open("tasks", view="edit", id="1"))
        event = tasks.module("_core").Event
        for start in range(0, 10_000, 500):
            for number in range(start, start + 500):
                data = {"task_id": number, "title": "x"}
                line(app).listener._put(event("updated", data, str(number)))
            app.run()
        heard = live(app)
        assert len(heard.pending) == 1000
        assert "1,000+ new" in app.text
        assert len(heard.feed) == 50
        assert app.field("Title").value == "Task 1"

    @pytest.mark.parametrize("key", ["\ud800", "", None, "..", "a/b"])
    def test_any_key(self, tasks: Application, visit: Visit, key: str | None) -> None:
        app = connected(visit(tasks, load=TASKS).open("tasks"))
        event = tasks.module("_core").Event
        for kind in ("created", "updated", "deleted", "odd"):
            for data in (None, [1], {"task_id": {}}, {"title": "\ud800"}):
                line(app).listener._put(event(kind, data, key))
        app.run()
        app.open()
        app.open("tasks", view="new")
