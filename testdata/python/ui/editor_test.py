"""Using forms: neither input nor the changes of others are lost."""

from __future__ import annotations

import json
import pytest
from applications import Application, definition
from conftest import Visit
from record_test import AUTHOR, BOOK, LIBRARY
from visitor import App


def edited(visit: Visit, library: Application) -> App:
    return visit(library, load=LIBRARY).open("books", view="edit", id=BOOK)


class TestCreate:
    def test_a_record_is_made_of_what_is_typed(self, visit: Visit, library: Application) -> None:
        app = visit(library).open("authors", view="new")
        app.fill("Name", "Stanisław Lem").press("authors:new:save")
        (sent,) = app.api.writes()
        assert (sent.method, sent.compact) == ("POST", '{"name":"Stanisław Lem"}')
        assert app.heading == "Stanisław Lem"

    def test_nothing_is_sent_that_the_server_would_refuse(
        self, visit: Visit, library: Application
    ) -> None:
        app = visit(library).open("authors", view="new")
        app.press("authors:new:save")
        assert not app.api.writes()
        assert "Name is required" in app.errors()
        assert "1 thing needs attention\n\n- Name is required" in app.errors()

    def test_what_was_wrong_is_said_until_it_is_changed(
        self, visit: Visit, library: Application
    ) -> None:
        app = visit(library).open("authors", view="new")
        app.press("authors:new:save").fill("Name", "Ada")
        assert app.errors() == []
        app.fill("Name", "")
        assert "1 thing needs attention\n\n- Name is required" in app.errors()
        app.fill("Name", "Ada").press("authors:new:save")
        assert app.heading == "Ada"

    def test_another_one_can_be_added(self, visit: Visit, library: Application) -> None:
        app = visit(library).open("authors", view="new")
        app.fill("Name", "Ada").press("authors:new:another")
        assert app.query["view"] == "new"
        assert not app.field("Name").value
        app.fill("Name", "Bea").press("authors:new:save")
        assert [each.compact for each in app.api.writes()] == ['{"name":"Ada"}', '{"name":"Bea"}']

    def test_a_copy_begins_with_what_there_was(self, visit: Visit, library: Application) -> None:
        app = visit(library, load=LIBRARY).open("books", view="show", id=BOOK)
        app.press("books:show:duplicate").press("books:new:save")
        (sent,) = app.api.writes()
        wanted = dict(LIBRARY["books"][0])
        del wanted["book_id"]
        assert json.loads(sent.body) == wanted

    def test_what_the_server_refuses_stays(self, visit: Visit, library: Application) -> None:
        app = visit(library).open("authors", view="new").fill("Name", "Ada")
        problem = {"title": "No", "errors": [{"pointer": "/name", "detail": "is **taken**"}]}
        app.api.answer(409, problem, matches=("POST", ".*"))
        app.press("authors:new:save")
        assert any("is **taken**" in text for text in app.errors())
        assert app.field("Name").value == "Ada"
        app.press("authors:new:save")
        assert len(app.api.writes()) == 2
        assert app.heading == "Ada"


class TestEdit:
    def test_nothing_changed_is_nothing_sent(self, visit: Visit, library: Application) -> None:
        app = edited(visit, library).press("books:edit:save")
        assert not app.api.writes()

    def test_what_was_changed_alone_is_sent(self, visit: Visit, library: Application) -> None:
        app = edited(visit, library).fill("ISBN", "9780441478126").press("books:edit:save")
        (sent,) = app.api.writes()
        assert (sent.method, sent.compact) == ("PATCH", '{"isbn":"9780441478126"}')
        assert sent.header("If-Match")
        assert app.query["view"] == "show"

    def test_a_draft_is_kept_while_somebody_looks_elsewhere(
        self, visit: Visit, library: Application
    ) -> None:
        app = edited(visit, library).fill("ISBN", "9780441478126")
        app.open("authors").open("books", view="edit", id=BOOK)
        assert app.field("ISBN").value == "9780441478126"
        assert "not saved yet" in app.text

    def test_one_without_changes_is_read_anew(self, visit: Visit, library: Application) -> None:
        app = edited(visit, library)
        app.open("authors")
        app.api.outside("PATCH", f"/books/{BOOK}", {"isbn": "9780441478127"})
        app.open("books", view="edit", id=BOOK)
        assert app.field("ISBN").value == "9780441478127"


class TestConflict:
    def test_both_versions_are_shown_and_nothing_is_lost(
        self, visit: Visit, library: Application
    ) -> None:
        app = edited(visit, library).fill("ISBN", "9780441478126")
        app.api.outside("PATCH", f"/books/{BOOK}", {"isbn": "9780441478127", "published": 1970})
        app.press("books:edit:save")
        assert {"9780441478126", "9780441478127"} <= {each.value for each in app.at.code}
        assert "Publication year" in app.text
        app.press("books:conflict:save")
        stored = json.loads(app.api.stored(f"/books/{BOOK}"))
        assert (stored["isbn"], stored["published"]) == ("9780441478126", 1970)
        assert app.query["view"] == "show"

    def test_theirs_can_stay(self, visit: Visit, library: Application) -> None:
        app = edited(visit, library).fill("ISBN", "9780441478126").fill("Language", "de")
        app.api.outside("PATCH", f"/books/{BOOK}", {"isbn": "9780441478127"})
        app.press("books:edit:save")
        app.fill("books:conflict:/isbn", "Theirs").press("books:conflict:save")
        stored = json.loads(app.api.stored(f"/books/{BOOK}"))
        assert (stored["isbn"], stored["language"]) == ("9780441478127", "de")

    def test_a_third_change_is_not_lost_either(self, visit: Visit, library: Application) -> None:
        app = edited(visit, library).fill("ISBN", "9780441478126")
        app.api.outside("PATCH", f"/books/{BOOK}", {"isbn": "9780441478127"})
        app.press("books:edit:save")
        app.api.outside("PATCH", f"/books/{BOOK}", {"isbn": "9780441478128"})
        app.press("books:conflict:save")
        assert json.loads(app.api.stored(f"/books/{BOOK}"))["isbn"] == "9780441478128"
        assert "9780441478128" in {each.value for each in app.at.code}

    def test_a_server_without_conditions_is_looked_at_before(
        self, visit: Visit, library: Application
    ) -> None:
        app = visit(library, load=LIBRARY)
        app.api.hidden.add("etag")
        app.open("books", view="edit", id=BOOK).fill("ISBN", "9780441478126")
        app.api.outside("PATCH", f"/books/{BOOK}", {"isbn": "9780441478127"})
        app.press("books:edit:save")
        assert not app.api.writes()
        assert {"9780441478126", "9780441478127"} <= {each.value for each in app.at.code}

    def test_one_that_was_deleted_keeps_what_was_typed(
        self, visit: Visit, library: Application
    ) -> None:
        app = edited(visit, library).fill("ISBN", "9780441478126")
        app.api.outside("DELETE", f"/books/{BOOK}")
        app.press("books:edit:save")
        assert any("deleted" in text for text in app.errors())
        assert app.field("ISBN").value == "9780441478126"


class TestSignIn:
    @pytest.mark.parametrize("view", ["edit", "new"])
    def test_what_was_typed_waits(self, visit: Visit, library: Application, view: str) -> None:
        app = visit(library, "--token", "good", load=LIBRARY)
        where = {"view": view} | ({"id": BOOK} if view == "edit" else {})
        app.open("authors" if view == "new" else "books", where)
        name, field, value = (
            ("authors", "Name", "Ada") if view == "new" else ("books", "ISBN", "9780441478126")
        )
        app.fill(field, value).press(f"{name}:{view}:save")
        assert [each.status for each in app.api.writes()] == [401]
        assert app.heading == "Sign in"
        app.field("login:librarian:token").set_value("good")
        app.press("login:submit")
        assert len(app.api.writes()) == 1
        assert app.field(field).value == value
        app.press(f"{name}:{view}:save")
        sent = app.api.writes()[-1]
        assert sent.status in {200, 201}
        if view == "edit":
            assert sent.header("If-Match") == '"2"'
        assert "good" not in app.text

    def test_forbidden_is_a_reason_and_no_login(self, visit: Visit, library: Application) -> None:
        app = edited(visit, library).fill("ISBN", "9780441478126")
        app.api.answer(
            403, {"title": "Forbidden", "detail": "Only Mondays."}, matches=("PATCH", ".*")
        )
        app.press("books:edit:save")
        assert any("Only Mondays." in text for text in app.errors())
        assert app.field("ISBN").value == "9780441478126"


EVENT = """
kind: event
methods: {resource: [get, post], instance: [get, put]}
schema:
  key: {name: event_id, schema: {type: integer, minimum: 1}}
  items:
    type: object
    properties:
      title: {type: string}
      starts: {type: string, format: date-time}
      day: {type: string, format: date}
      price: {type: number}
      serial: {type: integer}
      open: {type: [boolean, "null"]}
      note: {type: string}
      remark: {type: [string, "null"]}
      created: {type: string, format: date-time, readOnly: true}
    required: [title]
"""
STORED = (
    '{"event_id":1,"title":"Reading","starts":"2026-05-10T23:30:00.120-07:00","day":"2026-05-10","price":1.10,'
    '"serial":363228830310334464,"open":null,"note":"","created":"2026-01-01T00:00:00Z","legacy":{"a":[1,null]}}'
)


class TestWhole:
    """A record that is replaced as a whole."""

    def test_what_nobody_touched_goes_back_as_it_was(self, visit: Visit) -> None:
        app = visit(definition("ui_events", EVENT), load=f'{{"events": [{STORED}]}}')
        app.open("events", view="edit", id="1").press("events:edit:save")
        assert not app.api.writes()
        assert "Nothing to save" in app.text
        app.open("events", view="edit", id="1").fill("Title", "Reading 2").press("events:edit:save")
        (sent,) = app.api.writes()
        assert sent.method == "PUT"
        assert sent.compact == (
            '{"title":"Reading 2","starts":"2026-05-10T23:30:00.120-07:00","day":"2026-05-10","price":1.10,'
            '"serial":363228830310334464,"open":null,"note":"","legacy":{"a":[1,null]}}'
        )


PAGE = """
kind: page
methods: {resource: [get, post], instance: [get, patch]}
schema:
  key: {name: page_id, schema: {type: integer, minimum: 1}}
  items:
    type: object
    properties:
      title: {type: string}
      slug: {type: string, readOnly: true}
      revision: {type: integer, readOnly: true}
    required: [title, slug]
asyncapi:
  servers:
    dev: {url: "ws://localhost:8080", protocol: ws}
"""


class TestTwice:
    @pytest.mark.parametrize("status", [200, 204])
    def test_the_second_save_works_on_what_the_first_one_made(
        self, visit: Visit, status: int
    ) -> None:
        app = visit(
            definition("ui_pages", PAGE),
            load={"pages": [{"page_id": 1, "title": "a", "slug": "a", "revision": 1}]},
        )
        app.open("pages", view="edit", id="1").fill("Title", "  Hello WORLD ")
        if status == 204:
            app.api.answer_text(204, "", matches=("PATCH", ".*"), is_after=True)
        app.press("pages:edit:save")
        app.api.outside("PATCH", "/pages/1", {"title": "hello world"})  # like a server that trims texts
        app.run()
        assert app.heading == "hello world"
        app.press("pages:show:edit").fill("Title", "Bye").press("pages:edit:save")
        first, second = app.api.writes()
        assert first.compact == '{"title":"  Hello WORLD "}'
        assert second.status == 200
        assert second.header("If-Match") != first.header("If-Match")


PAYMENT = """
kind: payment
methods: {resource: [get, post], instance: [get, patch]}
schema:
  key: {name: payment_id, schema: {type: integer, minimum: 1}}
  items:
    type: object
    properties:
      amount: {type: number}
      method:
        oneOf:
          - title: Card
            type: object
            properties:
              type: {const: card}
              number: {type: string}
              expires: {type: string}
            required: [type, number]
            additionalProperties: false
          - title: Transfer
            type: object
            properties:
              type: {const: transfer}
              iban: {type: string}
            required: [type, iban]
            additionalProperties: false
    required: [amount, method]
"""


class TestAlternatives:
    def test_from_a_card_to_a_transfer(self, visit: Visit) -> None:
        card = {"type": "card", "number": "4111", "expires": "12/29"}
        app = visit(
            definition("ui_payments", PAYMENT),
            load={"payments": [{"payment_id": 1, "amount": 5, "method": card}]},
        )
        app.open("payments", view="edit", id="1")
        choose(app, "Transfer")
        app.fill("IBAN", "DE02").press("payments:edit:save")
        (sent,) = app.api.writes()
        assert json.loads(sent.body) == {
            "method": {"type": "transfer", "iban": "DE02", "number": None, "expires": None}
        }
        stored = json.loads(app.api.stored("/payments/1"))
        assert stored["method"] == {"type": "transfer", "iban": "DE02"}
        app.open("payments", view="edit", id="1")
        choose(app, "Card")
        choose(app, "Transfer")
        app.press("payments:edit:save")
        assert len(app.api.writes()) == 1


def choose(app: App, title: str) -> None:
    """Choose an alternative by its title."""
    for each in app.at.radio:
        if title in each.options:
            each.set_value(each.options.index(title))
            app.run()
            return
    raise AssertionError(title)


ORDER = """
kind: order
methods: {resource: [get, post], instance: [get, patch]}
schema:
  key: {name: order_id, schema: {type: integer, minimum: 1}}
  items:
    type: object
    properties:
      customer:
        type: object
        properties:
          name: {type: string}
          address:
            type: object
            properties:
              "zip/code": {type: string}
      lines:
        type: array
        items:
          type: object
          properties:
            sku: {type: string}
            amount: {type: integer}
          required: [sku, amount]
      created: {type: string, format: date-time, readOnly: true}
"""


class TestFaults:
    def test_each_is_told_and_none_is_hidden(self, visit: Visit) -> None:
        record = {
            "order_id": 1,
            "customer": {"name": "A", "address": {"zip/code": "1"}},
            "lines": [{"sku": "a", "amount": 1}, {"sku": "b", "amount": 2}],
        }
        app = visit(definition("ui_orders", ORDER), load={"orders": [record]})
        app.open("orders", view="edit", id="1").fill("Name", "B")
        pointers = ["/customer/address/zip~1code", "/lines/1/amount", "/created", "/nowhere/0", ""]
        errors: list[dict[str, str]] = [
            {"pointer": pointer, "detail": f"**x** :red[y] <b> {number}"}
            for number, pointer in enumerate(pointers)
        ]
        errors.append({"detail": "**x** :red[y] <b> 5"})
        app.api.answer(422, {"title": "No", "errors": errors}, matches=("PATCH", ".*"))
        app.press("orders:edit:save")
        said = "\n".join(app.errors())
        assert "6 things need attention" in said
        assert all(f"**x** :red[y] <b> {number}" in said for number in range(6))
        assert "row 2, Amount" in said
        assert app.field("Name").value == "B"
        app.press("orders:edit:save")
        assert app.api.writes()[-1].status == 200
