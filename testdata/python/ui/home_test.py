"""The start page: every resource with its count, or why there is none, and recent changes."""

from __future__ import annotations

import time

import pytest
from applications import Application, definition
from conftest import Visit
from record_test import LIBRARY
from servers import wait_for
from visitor import App

KIND = """
kind: {kind}
metadata: {{description: "**Things** of kind {kind}"}}
methods: {{resource: [get, post], instance: [get]}}
schema: {{key: {{name: {kind}_id}}, items: {{type: object, properties: {{name: {{type: string}}}}}}}}
asyncapi: {{servers: {{dev: {{url: "ws://localhost:8080", protocol: ws}}}}}}
"""


def words(number: int) -> str:
    return "".join(chr(97 + int(digit)) for digit in f"{number:03}")


@pytest.fixture(scope="module")
def hundred() -> Application:
    return definition(
        "home_hundred", "---".join(KIND.format(kind=f"k{words(n)}x") for n in range(100))
    )


class TestCards:
    def test_each_has_its_count(self, library: Application, visit: Visit) -> None:
        app = visit(library, load=LIBRARY).open()
        assert app.heading == "Library API"
        assert "Manages authors, books and members." in app.text
        for text in ("1 author", "1 book", "0 members", "Open Books"):
            assert text in app.texts(), text
        assert "With member loans." in app.text
        assert "Open Member loans" not in app.text
        asked = {each.path: each.query for each in app.api.requests()}
        assert asked == {"/authors": [], "/books": [("limit", "1")], "/members": asked["/members"]}

    def test_one_that_needs_credentials(self, library: Application, visit: Visit) -> None:
        app = visit(library, is_signed_in=False, load=LIBRARY).open()
        assert "Sign in to see" in app.texts()
        assert "1 author" in app.texts()
        assert app.heading == "Library API"

    def test_an_error_stays_in_its_card(self, library: Application, visit: Visit) -> None:
        app = visit(library, load=LIBRARY)
        app.api.answer(500, times=9, matches=("GET", "/authors"))
        app.api.answer(403, times=9, matches=("GET", "/members"))
        app.open()
        for text in ("Not available", "1 book", "No access"):
            assert text in app.texts()

    def test_nobody_answers(self, library: Application, visit: Visit) -> None:
        app = visit(library, load=LIBRARY)
        app.api.cut()
        app.open()
        assert "The API is not responding" in app.text
        assert "Not responding" not in app.texts()
        app.api.restore()
        assert "1 author" in app.press("Try again").texts()

    def test_a_server_that_tells_no_total(self, library: Application, visit: Visit) -> None:
        app = visit(library, "--seed", "30")
        app.api.hidden = {"x-total-count"}
        app.open()
        assert "20+ books" in app.texts()
        assert "30 authors" in app.texts()

    def test_counts_are_kept_for_a_while(self, library: Application, visit: Visit) -> None:
        app = visit(library, load=LIBRARY).open()
        asked = len(app.api.requests())
        app.open("authors").open()
        assert len(app.api.requests()) == asked + 1


class TestManyResources:
    def test_they_are_found(self, hundred: Application, visit: Visit) -> None:
        app = visit(hundred, "--seed", "2")
        began = time.monotonic()
        app.open()
        assert time.monotonic() - began < 10
        assert len(app.api.requests()) == 24
        assert app.texts().count("Open") + app.text.count("Open K") == 24
        app.fill("Find", "ACD")
        assert app.texts().count("Open") + app.text.count("Open K") == 1
        assert "**Things** of kind kacdx" in app.text
        app.fill("Find", "").press("Show all 100")
        assert len(app.api.requests()) == 100

    def test_not_all_are_listened_to(self, hundred: Application, visit: Visit) -> None:
        app = visit(hundred).open()
        assert len(app.at.session_state["firestone.live"].lines) == 24


class TestWhatChanged:
    def settled(self, app: App) -> App:
        """Wait until all lists have sent their initial state, which is not news."""
        lines = app.at.session_state["firestone.live"].lines.values()
        wait_for(lambda: all(each.before is not None or each.listener._received for each in lines))
        return app.run()

    def test_it_is_told_and_counted(self, library: Application, visit: Visit) -> None:
        app = visit(library, load=LIBRARY).open()
        assert "Nothing yet. Changes appear here as they happen." in app.text
        assert "Nothing yet" in self.settled(app).text
        app.api.outside("POST", "/authors", {"name": "**Zadie** Smith"})
        lines = app.at.session_state["firestone.live"].lines.values()
        wait_for(lambda: any(each.listener._received for each in lines))
        app.run()
        assert "**Zadie** Smith" in app.texts()
        assert "author, new" in app.texts()
        assert "2 authors" in app.texts()
