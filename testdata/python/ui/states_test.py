"""Placeholders for missing content: each failure is shown with a next step."""

from __future__ import annotations

from typing import Any

import pytest
from applications import Application
from conftest import Visit
from record_test import BOOK, LIBRARY
from visitor import App

HOSTILE = "**x** :red[y] <b> $z$ [a](javascript:1)"


def listed(visit: Visit, library: Application) -> App:
    return visit(library, load=LIBRARY).open()  # which counts the records of each list


class TestNobodyAnswers:
    def test_the_api_is_down(self, library: Application, visit: Visit) -> None:
        app = listed(visit, library)
        app.api.cut()
        app.open("authors")
        assert "The API is not responding" in app.text
        assert app.api.url in app.text
        assert app.heading == "Authors"
        assert "Search by name" not in app.text  # what was drawn before is gone
        app.api.restore()
        app.press("Try again")
        assert "Ursula K. Le Guin" in app.text
        assert "does not answer" not in app.text

    def test_the_answer_is_no_json(self, library: Application, visit: Visit) -> None:
        app = listed(visit, library)
        app.api.answer_text(200, "<html>", matches=("GET", "/authors"))
        app.open("authors")
        assert "The answer cannot be read" in app.text
        assert "Ursula K. Le Guin" in app.press("Try again").text

    def test_the_base_url_is_none(self, library: Application, visit: Visit) -> None:
        app = listed(visit, library)
        app.api.url = "localhost:8080"
        for module in ("start-page", "authors"):
            app.at.session_state["firestone.session"]._client = None
            app.open(module)
            assert "must begin with http:// or https:// and a host" in app.text


class TestTheServerRefuses:
    @pytest.mark.parametrize(
        ("status", "headers", "wanted"),
        [
            (400, {}, ["The API refused this"]),
            (403, {}, ["You are not allowed to see this", "Sign in as somebody else"]),
            (404, {}, ["Nothing here", "Back to the start"]),
            (409, {}, ["This author has changed in the meantime", "Reload"]),
            (412, {}, ["This author has changed in the meantime", "Reload"]),
            (429, {"Retry-After": "90"}, ["The API is busy", "Wait 90 seconds."]),
            (500, {"X-Request-ID": "abc-1"}, ["The API has a problem", "request ID abc-1"]),
            (501, {}, ["The API has a problem", "Try again"]),
        ],
    )
    def test_it_says_so(
        self,
        library: Application,
        visit: Visit,
        status: int,
        headers: dict[str, str],
        wanted: list[str],
    ) -> None:
        app = listed(visit, library)
        problem = {"title": "No", "detail": HOSTILE}
        app.api.answer(status, problem, times=9, matches=("GET", "/authors"), headers=headers)
        app.open("authors")
        for text in [*wanted, HOSTILE]:
            assert text in app.text
        assert f"Status {status}" in app.text
        assert not app.errors()

    def test_it_says_nothing_twice(self, library: Application, visit: Visit) -> None:
        app = listed(visit, library)
        faults = [{"pointer": "/a", "detail": "no such id"}, {"pointer": "/b", "detail": "too big"}]
        problem = {"title": "No", "detail": "no such id", "errors": faults}
        app.api.answer(400, problem, times=9, matches=("GET", "/authors"))
        assert "No such id. Too big." in app.open("authors").text

    def test_elsewhere(self, library: Application, visit: Visit) -> None:
        app = listed(visit, library)
        there = {"Location": "https://id.example.org/login"}
        app.api.answer(302, times=9, matches=("GET", "/authors"), headers=there)
        app.open("authors")
        assert "The API has moved" in app.text
        assert there["Location"] in app.text

    def test_all_that_is_wrong_with_it(self, library: Application, visit: Visit) -> None:
        app = listed(visit, library)
        errors = [{"detail": f"fault {number}", "parameter": "name"} for number in range(9)]
        app.api.answer(400, {"title": "No", "errors": errors}, times=9, matches=("GET", ".*"))
        app.open("authors", name="Le Guin")
        assert "No. Fault 0. Fault 1. Fault 2." in app.text
        app.api.clear()
        app.press("Clear filters")
        assert app.query == {}
        assert "Ursula K. Le Guin" in app.text

    def test_a_record_that_is_gone(self, library: Application, visit: Visit) -> None:
        app = listed(visit, library)
        app.api.outside("DELETE", f"/books/{BOOK}")
        app.open("books", view="show", id=BOOK)
        assert "This book is gone" in app.text
        app.press("Back to the list")
        assert (app.heading, app.query) == ("Books", {})

    def test_a_key_that_makes_another_path(self, library: Application, visit: Visit) -> None:
        app = listed(visit, library)
        app.open("books", view="show", id="..")
        assert "This request is not possible" in app.text
        assert app.press("Back to the list").query == {}


class TestMessages:
    @pytest.fixture
    def app(self, library: Application, visit: Visit) -> App:
        app = listed(visit, library)
        app.open("authors")
        return app

    def flash(self, app: App, **given: Any) -> None:
        app.at.session_state["firestone.session"].flash(HOSTILE, **given)

    def test_a_toast_is_shown_once(self, app: App) -> None:
        self.flash(app)
        assert HOSTILE in app.run().text
        assert HOSTILE not in app.run().text

    def test_one_that_is_kept_survives_runs_until_it_is_answered(self, app: App) -> None:
        done: list[str] = []
        self.flash(app, is_kept=True, label="Undo", do=lambda: done.append("undone"))
        app.run()
        assert HOSTILE in app.run().text
        app.press("Undo")
        assert done == ["undone"]
        assert HOSTILE not in app.text

    def test_one_that_is_kept_can_be_dismissed(self, app: App) -> None:
        self.flash(app, is_kept=True)
        assert HOSTILE not in app.run().press("Dismiss").text

    def test_one_that_is_kept_ends_where_something_else_is_looked_at(self, app: App) -> None:
        self.flash(app, is_kept=True)
        app.run()
        assert HOSTILE not in app.open("books").text
        assert HOSTILE not in app.open("authors").text
