"""Secrets of records and of visitors do not appear in anything that is drawn, sent or written."""

from __future__ import annotations

import json
import threading

import pytest
from applications import Application, definition
from conftest import Serve, Visit
from servers import Tab, streamlit, wait_for
from visitor import App, label

SAFE = """
kind: safe
methods: {resource: [get, post], instance: [get, METHOD]}
schema:
  key: {name: safe_id, schema: {type: integer, minimum: 1}}
  query_params:
    - {name: code, schema: {type: string, format: password}}
    - {name: title, schema: {type: string}}
  items:
    type: object
    properties:
      title: {type: string}
      pin: {type: string, writeOnly: true, minLength: 4}
      number: {type: integer, format: password}
      kind: {type: string, enum: [a, b]}
      access:
        type: object
        properties:
          user: {type: string}
          secret: {type: string, format: password}
      words: {type: array, items: {type: string, format: password}}
      ways:
        type: array
        items:
          type: object
          properties: {name: {type: string}, token: {type: string, format: password}}
      way:
        oneOf:
          - {title: Card, type: object, properties: {type: {const: card}, cvv: {type: string, format: password}}, required: [type]}
          - {title: Cash, type: object, properties: {type: {const: cash}}, required: [type]}
      given: {type: string, format: password, readOnly: true}
"""
LOAD = {
    "safes": [
        {
            "safe_id": number,
            "title": f"Safe {number}",
            "pin": "SECRET1",
            "number": 4700011,
            "kind": "a",
            "access": {"user": "ada", "secret": "SECRET2"},
            "words": ["SECRET3"],
            "ways": [{"name": "door", "token": "SECRET4"}],
            "way": {"type": "card", "cvv": "SECRET5"},
            "given": "SECRET6",
            "legacy": [1],
        }
        for number in (1, 2)
    ]
}


@pytest.fixture(scope="module", params=["patch", "put"])
def safes(request: pytest.FixtureRequest) -> Application:
    return definition(f"secret_{request.param}", SAFE.replace("METHOD", request.param))


@pytest.fixture
def app(visit: Visit, safes: Application) -> App:
    """A visitor of an API that returns secrets, which it should not."""
    found = visit(safes, load=LOAD)
    for path, body in [
        ("/safes", LOAD["safes"]),
        ("/safes/1", LOAD["safes"][0]),
        ("/safes/2", LOAD["safes"][1]),
    ]:
        found.api.answer_text(200, json.dumps(body), times=999, matches=("GET", path))
    return found


def is_safe(app: App) -> bool:
    return b"SECRET" not in app.raw() and "SECRET" not in app.text and "4700011" not in app.text


class TestRecords:
    @pytest.mark.parametrize(
        "query",
        [
            *({}, {"tab": "board"}, {"tab": "chart"}, {"view": "new"}),
            *({"view": "show", "id": "1"}, {"view": "edit", "id": "1"}),
        ],
        ids=str,
    )
    def test_no_view_shows_them(self, app: App, query: dict[str, str]) -> None:
        app.open("safes", query)
        assert is_safe(app)

    def test_a_copy_does_not_either(self, app: App) -> None:
        app.open("safes", view="show", id="1").press("safes:show:duplicate")
        assert is_safe(app)

    @pytest.mark.parametrize(("verb", "mark"), [("patch", ""), ("put", " *")])
    def test_what_stays_need_not_be_given(self, visit: Visit, verb: str, mark: str) -> None:
        text = SAFE.replace("METHOD", verb) + "    required: [pin]\n"
        app = visit(definition(f"needed_{verb}", text), "--seed", "1")
        app.open("safes", view="edit", id="1")
        assert label(app.field("PIN")) == f"PIN{mark}"
        assert label(app.open("safes", view="new").field("PIN")) == "PIN *"

    def test_they_stay_as_they_are(self, app: App) -> None:
        app.open("safes", view="edit", id="1").fill("Title", "New").press("safes:edit:save")
        (sent,) = app.api.writes()
        if sent.method == "PATCH":
            assert json.loads(sent.body) == {"title": "New"}
        else:
            wanted = {**LOAD["safes"][0], "title": "New"}
            del wanted["safe_id"], wanted["given"]
            assert json.loads(sent.body) == wanted

    def test_no_file_has_them(self, app: App, safes: Application) -> None:
        page, export = safes.module("ui.kit").page_of("safes"), safes.module("ui.kit.export")
        for make in (export.to_csv, export.to_json):
            made = make(page, LOAD["safes"]).decode("utf-8-sig")
            assert "Safe 1" in made
            assert "legacy" in made
            assert "ada" in made
            assert "SECRET" not in made
            assert "4700011" not in made


class TestTyped:
    """Secret input is not shown either."""

    def test_in_a_change_of_several(self, app: App) -> None:
        app.open("safes").tick(0, 1)
        if app.application.project.case.endswith("put"):  # which would delete each PIN
            assert "Edit" not in app.buttons()
            return
        app.press("Edit").fill("What to change", ["pin", "access"])
        app.fill("PIN", "SECRET7").press("Preview")
        assert is_safe(app)
        assert "••••••" in app.text

    def test_in_a_file(self, app: App) -> None:
        app.open("safes", view="import")
        rows = b"title,pin,number\nA,SECRET7,4700011\nB,SECRET7,x4700011\nC,SEC,1\n"
        app.at.file_uploader[0].upload("a.csv", rows, "text/csv")
        app.run()
        assert is_safe(app)
        assert "at least 4 characters" in app.text

    def test_in_a_fault(self, app: App) -> None:
        app.open("safes", view="new").fill("Number", "4700011x").press("safes:new:save")
        assert any("not a number" in text for text in app.errors())
        assert "4700011" not in "".join(app.errors())

    def test_in_a_command(self, app: App) -> None:
        app.open("safes", view="new").fill("Title", "A").fill("PIN", "SECRET7").fill(
            "Number", "4700011"
        )
        assert "***" in "".join(each.value for each in app.at.code)
        assert "SECRET7" not in "".join(each.value for each in app.at.code)
        assert "4700011" not in "".join(each.value for each in app.at.code)

    def test_in_a_conflict(self, visit: Visit, safes: Application) -> None:
        app = visit(safes, load=LOAD).open("safes", view="edit", id="1")
        app.fill("Title", "Mine").fill("PIN", "SECRET7").fill("Secret", "SECRET8")
        verb = "PUT" if safes.project.case.endswith("put") else "PATCH"
        app.api.outside(
            verb, "/safes/1", {"title": "Theirs", "access": {"user": "bob", "secret": "SECRET9"}}
        )
        app.press("safes:edit:save")
        shown = "".join(each.value for each in app.at.code)
        assert "Mine" in shown
        assert "ada" in shown
        assert "bob" in shown
        assert "SECRET" not in shown

    def test_in_the_address(self, app: App) -> None:
        app.open("safes").fill("Code", "SECRET7")
        assert "SECRET7" not in str(app.query)
        assert app.api.requests("GET", "/safes")[-1].query == [("code", "SECRET7")]
        app.press("Clear")
        assert app.api.requests("GET", "/safes")[-1].query == []


PRIVATE = """
kind: diary
plural: diaries
methods: {resource: [get, post], instance: [get, patch]}
security:
  scheme:
    owner: {type: http, scheme: bearer}
  resource: [get, post]
  instance: [get, patch]
schema:
  key: {name: diary_id, schema: {type: integer, minimum: 1}}
  items: {type: object, properties: {title: {type: string}, text: {type: string}}}
"""
DIARIES = {"diaries": [{"diary_id": 1, "title": "Darkness", "text": "Le Guin"}]}


class TestVisitors:
    """Several people use one server."""

    def test_nothing_of_one_is_shown_to_another(self, serve: Serve) -> None:
        diaries = definition("secret_diaries", PRIVATE)
        api = serve(diaries, "--token", "token", load=DIARIES)
        one = App(diaries, api).open("diaries")
        assert "Darkness" in one.text
        other = App(diaries, api, is_signed_in=False).open()
        for query in [{}, {"view": "show", "id": "1"}, {"view": "edit", "id": "1"}]:
            other.open("diaries", query)
            assert "Darkness" not in other.text
            assert "Le Guin" not in other.text
            assert other.heading == "Sign in"
            assert api.asked[-1].header("Authorization") is None
        assert "Darkness" in one.run().text

    def test_signing_out_forgets_all(self, serve: Serve) -> None:
        before = set(threading.enumerate())

        def listens() -> bool:
            return "listener" in {each.name for each in {*threading.enumerate()} - before}

        diaries = definition("secret_diaries", PRIVATE)
        api = serve(diaries, "--token", "token", load=DIARIES)
        app = App(diaries, api).open("diaries", view="edit", id="1").fill("Text", "SECRET7")
        wait_for(listens)
        app.press("login:out")
        assert app.heading == "Sign in"
        wait_for(lambda: not listens(), 5)
        assert not app.at.session_state["firestone.editing"]
        assert not app.at.session_state["firestone.session"].credentials
        assert api.asked[-1].header("Authorization") is None
        api.clear()
        app.field("login:owner:token").set_value("token")
        app.press("login:submit")
        assert app.field("Text").value == "Le Guin"


class TestOutput:
    def test_the_server_writes_no_secret_down(self, serve: Serve, safes: Application) -> None:
        api = serve(safes, load=LOAD)
        with streamlit(safes, api.url, **{f"{safes.package.upper()}_TOKEN": "SECRET0"}) as server:
            with Tab(server) as tab:
                tab.open("safes", {"view": "new"})
                api.answer(500, {"title": "No"}, matches=("POST", ".*"))
                tab.press("safes:new:save", pin="SECRET7", title="A")
                tab.settle()
                api.drop(times=9)
                tab.open("safes")
            assert "SECRET" not in server.log.read_text()
