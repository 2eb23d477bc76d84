"""One record: showing, deleting and restoring it."""

from __future__ import annotations

import json

from applications import Application, definition
from conftest import Visit
from visitor import App

AUTHOR = "11111111-1111-4111-8111-111111111111"
BOOK = "22222222-2222-4222-8222-222222222222"
MEMBER = 7
LIBRARY = {
    "authors": [{"author_id": AUTHOR, "name": "Ursula K. Le Guin"}],
    "books": [
        {
            "book_id": BOOK,
            "title": "The *Left* Hand :red[of] <b>Darkness</b>",
            "author_id": AUTHOR,
            "isbn": "9780441478125",
            "published": 1969,
            "shelves": ["SF-12", "SF-13"],
            "availability": "available",
        }
    ],
}


def shown(visit: Visit, library: Application, load: object = LIBRARY) -> App:
    return visit(library, load=load).open("books", view="show", id=BOOK)


class TestShow:
    def test_texts_are_shown_as_they_are(self, visit: Visit, library: Application) -> None:
        app = shown(visit, library)
        assert app.heading == "The *Left* Hand :red[of] <b>Darkness</b>"
        for text in ("9780441478125", "1969", "SF-12", "SF-13", "available"):
            assert text in app.text

    def test_a_reference_is_a_link_that_is_called_as_the_record(
        self, visit: Visit, library: Application
    ) -> None:
        app = shown(visit, library)
        assert "Author" in app.texts()
        assert "Ursula K. Le Guin" in app.texts()
        (icon,) = [
            each.proto.icon for each in app.at.get("page_link") if "Ursula" in each.proto.label
        ]
        assert icon.startswith(":material/")

    def test_a_reference_to_nothing_says_so(self, visit: Visit, library: Application) -> None:
        app = shown(visit, library, {"books": LIBRARY["books"]})
        assert f"{AUTHOR} (not found)" in app.texts()

    def test_the_json_has_every_digit_and_the_order(self, visit: Visit) -> None:
        hooks = definition(
            "ui_hooks",
            """
kind: hook
methods: {resource: [get, post], instance: [get, patch]}
schema:
  key: {name: hook_id, schema: {type: integer, minimum: 1}}
  items:
    type: object
    properties:
      name: {type: string}
      pin: {type: string, writeOnly: true}
      payload: {}
""",
        )
        payload = '{"10":1,"9":2,"b":363228830310334464,"a":1.10,"c":1e400,"d":"</script>"}'
        app = visit(
            hooks,
            load=f'{{"hooks": [{{"hook_id": 1, "name": "a", "pin": "4711", "payload": {payload}}}]}}',
        )
        app.open("hooks", view="show", id="1")
        codes = [each.value for each in app.at.code]
        whole = next(each for each in codes if "hook_id" in each)
        for part in ('"10": 1', '"9": 2', "363228830310334464", "1.10", "1e400", '"</script>"'):
            assert part in whole
        assert whole.index('"10"') < whole.index('"9"') < whole.index('"a": 1.10')
        assert "4711" not in app.text

    def test_one_that_is_gone_leads_back(self, visit: Visit, library: Application) -> None:
        app = visit(library).open("books", view="show", id=BOOK)
        assert "gone" in app.text or "not found" in app.text.lower()


class TestRelated:
    def test_nested_and_selected_records_are_listed_and_can_be_added(
        self, visit: Visit, library: Application
    ) -> None:
        load = {
            **LIBRARY,
            "members": [
                {"member_id": MEMBER, "name": "Ada", "email": "a@b.example", "pin": "4711"}
            ],
        }
        app = visit(library, load=load)
        status, text = app.api.outside(
            "POST",
            f"/members/{MEMBER}/loans",
            {"book_id": BOOK, "due": "2026-12-24"},
            X_Desk_Key="k",
        )
        assert status == 201, text
        app.open("authors", view="show", id=AUTHOR)
        assert LIBRARY["books"][0]["title"] in app.text
        assert "Add book" in app.buttons()
        app.open("members", view="show", id=str(MEMBER))
        assert "2026-12-24" in app.text
        assert "Add member loan" in app.buttons() or "Add loan" in app.buttons()


class TestDelete:
    def test_it_is_asked_by_name_and_can_be_taken_back(
        self, visit: Visit, library: Application
    ) -> None:
        app = shown(visit, library)
        app.press("books:show:delete")
        assert any("The *Left* Hand" in text for text in app.texts())
        app.press("books:delete:no")
        assert not app.api.writes()

    def test_a_deleted_record_can_be_brought_back(self, visit: Visit, library: Application) -> None:
        app = shown(visit, library)
        before = json.loads(app.api.stored(f"/books/{BOOK}"))
        app.press("books:show:delete").press("books:delete:yes")
        assert [each.method for each in app.api.writes()] == ["DELETE"]
        assert app.query.get("view") in {None, "list"}
        app.press("Undo")
        (made,) = json.loads(app.api.stored("/books"))
        del before["book_id"], made["book_id"]
        assert made == before

    def test_what_somebody_changed_since_is_not_deleted(
        self, visit: Visit, library: Application
    ) -> None:
        app = shown(visit, library)
        app.press("books:show:delete")
        app.api.outside("PATCH", f"/books/{BOOK}", {"title": "Other"})
        app.press("books:delete:yes")
        assert json.loads(app.api.stored(f"/books/{BOOK}"))["title"] == "Other"
        assert any("changed in the meantime" in text for text in app.errors())

    def test_one_that_is_gone_already_is_no_fault(self, visit: Visit, library: Application) -> None:
        app = shown(visit, library)
        app.press("books:show:delete")
        app.api.outside("DELETE", f"/books/{BOOK}")
        app.press("books:delete:yes")
        assert not app.errors()
        assert json.loads(app.api.stored("/books")) == []


NOTE = """
kind: note
methods: {resource: [get, post, delete], instance: [get, delete]}
schema:
  key: {name: note_id, schema: {type: integer, minimum: 1}}
  query_params:
    - {name: X-Tenant, in: header, required: true, methods: [get, post, delete], schema: {type: string}}
    - {name: kind, methods: [get, delete], schema: {type: string}}
  items:
    type: object
    properties:
      text: {type: string}
      kind: {type: string}
    required: [text]
"""
NOTES = {
    "notes": [
        {"note_id": 1, "text": "one", "kind": "a"},
        {"note_id": 2, "text": "two", "kind": "b"},
    ]
}


class TestAsked:
    """Parameters of operations besides keys and bodies."""

    def test_a_record_is_read_once_all_is_said(self, visit: Visit) -> None:
        app = visit(definition("ui_notes", NOTE), load=NOTES).open("notes", view="show", id="1")
        assert not app.api.requests("GET", "/notes/1")
        app.fill("X tenant", "north")
        assert "one" in app.texts()
        (sent, *_) = app.api.requests("GET", "/notes/1")
        assert sent.header("X-Tenant") == "north"

    def test_a_record_is_made_with_it(self, visit: Visit) -> None:
        app = visit(definition("ui_notes", NOTE), load=NOTES).open("notes", view="new")
        app.fill("Text", "three").fill("X tenant", "north").press("notes:new:save")
        (sent,) = app.api.writes()
        assert (sent.header("X-Tenant"), sent.status) == ("north", 201)


class TestDeleteAll:
    def test_what_is_selected_goes_once_its_name_is_typed(self, visit: Visit) -> None:
        app = visit(definition("ui_notes", NOTE), load=NOTES)
        app.open("notes", {"X-Tenant": "north", "kind": "a"})
        app.press("notes:list:delete all")
        assert app.button("notes:empty:yes").disabled
        assert "kind = a" in app.text
        app.fill("notes:empty:typed", "notes").press("notes:empty:yes")
        (sent,) = app.api.writes()
        assert (sent.method, sent.target) == ("DELETE", "/notes?kind=a")
        status, text = app.api.outside("GET", "/notes", X_Tenant="north")
        assert [each["note_id"] for each in json.loads(text)] == [2]
