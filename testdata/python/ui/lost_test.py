"""Protection of data: the changes of others, and other records."""

from __future__ import annotations

import json
import time
from contextlib import ExitStack

import pytest
from applications import Application, definition
from conftest import Serve, Visit
from record_test import AUTHOR, BOOK, LIBRARY
from servers import Tab, streamlit, wait_for
from visitor import App

OTHER = "33333333-3333-4333-8333-333333333333"
JOBS = """
kind: job
methods: {resource: [get, post], instance: [get, METHOD, delete]}
schema:
  key: {name: job_id, schema: {type: integer, minimum: 1}}
  items:
    type: object
    properties:
      title: {type: string}
      status: {type: string, enum: [open, doing, done]}
      note: {type: string}
      pin: {type: string, writeOnly: true}
      views: {type: integer, readOnly: true}
    required: [title, status]
"""
MEMBERS = [{"member_id": key, "name": "A", "email": "a@b.example"} for key in (7, 8)]
LOAD = {
    "jobs": [
        {"job_id": 1, "title": "a", "status": "open"},
        {"job_id": 2, "title": "b", "status": "open"},
    ]
}


@pytest.fixture(scope="module")
def jobs() -> Application:
    return definition("lost_jobs", JOBS.replace("METHOD", "patch"))


def stored(app: App, key: int = 1) -> dict[str, object]:
    found: dict[str, object] = json.loads(app.api.stored(f"/jobs/{key}"))
    return found


class TestTwice:
    """A second click while the first one is still processed: Streamlit runs both concurrently."""

    @pytest.mark.parametrize("outcome", ["made", "lost"])
    def test_creating(self, serve: Serve, library: Application, outcome: str) -> None:
        with ExitStack() as stack:
            api = serve(library)
            server = stack.enter_context(streamlit(library, api.url))
            tab = stack.enter_context(Tab(server))
            tab.open("authors", {"view": "new"})
            if outcome == "lost":
                api.drop(matches=("POST", ".*"), is_after=True)
            with api.holding():
                tab.press("authors:new:save", name="Ada")
                wait_for(api.writes)
                tab.press("authors:new:save", name="Ada")
                time.sleep(0.5)
            tab.settle()
            assert len(api.writes()) == 1
            said = b"It may or may not have been saved" if outcome == "lost" else b"Ada was created"
            assert said in tab.raw

    def test_saving(self, serve: Serve, library: Application) -> None:
        with ExitStack() as stack:
            api = serve(library, load=LIBRARY)
            server = stack.enter_context(streamlit(library, api.url))
            tab = stack.enter_context(Tab(server))
            tab.open("books", {"view": "edit", "id": BOOK})
            with api.holding():
                tab.press("books:edit:save", isbn="9780441478126")
                wait_for(api.writes)
                tab.press("books:edit:save", isbn="9780441478126")
                time.sleep(0.5)
            tab.settle()
            assert [each.status for each in api.writes()] == [200]
            assert b"Somebody else" not in tab.raw


class TestInPlace:
    """A record that is added on the page of another record belongs to that one."""

    def test_a_form_stays_with_its_record(self, visit: Visit, library: Application) -> None:
        authors = [*LIBRARY["authors"], {"author_id": OTHER, "name": "Ada"}]
        app = visit(library, load={**LIBRARY, "authors": authors})
        app.open("authors", view="show", id=AUTHOR).press("Add book").fill("Title", "Left")
        app.open("authors", view="show", id=OTHER)
        assert not app.has("books:in place:save")
        app.press("Add book")
        assert not app.field("Title").value
        app.fill("Title", "Right")
        choice = next(each for each in app.at.radio if "available" in each.options)
        choice.set_value(0)
        app.run().press("books:in place:save")
        (sent,) = app.api.writes()
        assert json.loads(sent.body)["author_id"] == OTHER
        app.open("authors", view="show", id=AUTHOR).press("Add book")
        assert app.field("Title").value == "Left"

    def test_two_lists_of_one_resource(self, visit: Visit) -> None:
        app = visit(
            definition("lost_flights", FLIGHTS), load={"towns": [{"town_id": 1, "name": "A"}]}
        )
        app.open("towns", view="show", id="1")
        first, second = [each.key for each in app.at.button if each.key.endswith(":add")]
        app.press(first).press(second)
        app.fill("Number", "LH 1").press("flights:in place:save")
        (sent,) = app.api.writes()
        assert json.loads(sent.body) == {"number": "LH 1", second.split(":")[3]: 1}


FLIGHTS = """
kind: town
methods: {resource: [get, post], instance: [get]}
schema:
  key: {name: town_id, schema: {type: integer, minimum: 1}}
  items: {type: object, properties: {name: {type: string}}}
---
kind: flight
methods: {resource: [get, post], instance: [get]}
schema:
  key: {name: flight_id, schema: {type: integer, minimum: 1}}
  query_params:
    - {name: from_id, schema: {type: integer}}
    - {name: to_id, schema: {type: integer}}
  items:
    type: object
    properties:
      number: {type: string}
      from_id: {type: integer, references: {kind: town}}
      to_id: {type: integer, references: {kind: town}}
"""


class TestConflict:
    def test_what_cannot_be_read_is_not_dropped(self, visit: Visit) -> None:
        text = JOBS.replace("METHOD", "patch").replace(
            "note: {type: string}", "note: {type: number}"
        )
        app = visit(definition("lost_numbers", text), load=LOAD).open("jobs", view="edit", id="1")
        app.fill("Title", "mine")
        app.api.outside("PATCH", "/jobs/1", {"title": "theirs"})
        app.press("jobs:edit:save").fill("Note", "x1").press("jobs:conflict:save")
        assert len(app.api.writes()) == 1
        assert app.field("Note").value == "x1"
        app.fill("Note", "1").press("jobs:conflict:save")
        assert (stored(app)["title"], stored(app)["note"]) == ("mine", 1)


class TestElder:
    """Servers without conditional requests: the record that was read is compared with the current one."""

    def test_what_the_server_alone_writes_is_no_conflict(
        self, visit: Visit, jobs: Application
    ) -> None:
        app = visit(jobs, load=LOAD)
        app.api.hidden.add("etag")
        app.open("jobs", view="edit", id="1").fill("Note", "x")
        record = {**LOAD["jobs"][0], "views": 7}
        app.api.answer_text(200, json.dumps(record), matches=("GET", "/jobs/1"))
        app.press("jobs:edit:save")
        assert stored(app)["note"] == "x"

    def test_deleting(self, visit: Visit, jobs: Application) -> None:
        app = visit(jobs, load=LOAD)
        app.api.hidden.add("etag")
        app.open("jobs", view="show", id="1").press("jobs:show:delete")
        app.api.outside("PATCH", "/jobs/1", {"note": "theirs"})
        app.press("jobs:delete:yes")
        assert stored(app)["note"] == "theirs"
        assert any("changed in the meantime" in text for text in app.errors())
        app.press("jobs:delete:yes")
        assert [each["job_id"] for each in json.loads(app.api.stored("/jobs"))] == [2]

    def test_a_card_that_somebody_else_moved(self, visit: Visit, jobs: Application) -> None:
        app = visit(jobs, load=LOAD).open("jobs", tab="board")
        app.api.outside("PATCH", "/jobs/1", {"status": "done"})
        app.fill("jobs:list:move:1:open", "doing")
        assert not app.api.writes()
        assert stored(app)["status"] == "done"
        assert "somebody else has moved it" in app.text


class TestWhole:
    """A record that is replaced as a whole, although the server does not return all of it."""

    def test_it_is_changed_by_whoever_knows_that(self, visit: Visit) -> None:
        app = visit(definition("lost_whole", JOBS.replace("METHOD", "put")), load=LOAD)
        app.open("jobs", tab="board")
        assert not [each.key for each in app.at.selectbox if ":move:" in each.key]
        app.open("jobs", view="edit", id="1")
        assert app.field("PIN").placeholder == "Type it again: saving replaces all"
        app.fill("PIN", "4711").fill("Note", "x").press("jobs:edit:save")
        (sent,) = app.api.writes()
        assert json.loads(sent.body)["pin"] == "4711"


class TestUndo:
    def deleted(self, visit: Visit, jobs: Application) -> App:
        app = visit(jobs, load=LOAD).open("jobs").tick(0, 1)
        return app.press("Delete").press("jobs:delete:yes")

    def test_what_cannot_be_restored_now_can_be_tried_again(
        self, visit: Visit, jobs: Application
    ) -> None:
        app = self.deleted(visit, jobs)
        app.api.answer(503, times=9, matches=("POST", ".*"))
        app.press("Undo")
        assert "a could not be restored" in app.text
        app.api.clear()
        app.press("Try again")
        assert [each["title"] for each in json.loads(app.api.stored("/jobs"))] == ["a", "b"]
        assert "Try again" not in app.buttons()

    def test_a_secret_that_nobody_has_is_told(self, visit: Visit, jobs: Application) -> None:
        app = self.deleted(visit, jobs).press("Undo")
        assert "without its PIN" in app.text


SETTING = """
kind: setting
methods: {resource: [get], instance: [], instance_attrs: [get, put]}
schema:
  key: {name: name}
  items:
    type: object
    properties:
      title: {type: string}
      color: {type: string}
"""


class TestMembers:
    def test_one_that_cannot_be_taken_away_is_not_said_to_be(self, visit: Visit) -> None:
        load = {"settings": [{"name": "a", "title": "A", "color": "red"}]}
        app = visit(definition("lost_members", SETTING), load=load)
        app.open("settings", view="edit", id="a").fill("Color", "").press("settings:edit:save")
        assert any("Color cannot be left out" in text for text in app.errors())
        assert not app.api.writes()
        app.fill("Color", "blue").press("settings:edit:save")
        (sent,) = app.api.writes()
        assert (sent.method, sent.path) == ("PUT", "/settings/a/color")


class TestNested:
    """Records below others."""

    def test_an_address_without_them_asks_for_them(
        self, visit: Visit, library: Application
    ) -> None:
        app = visit(library, load={"members": MEMBERS})
        for view in ("show", "edit"):
            app.open("member_loans", view=view, id="1")
            assert "Choose the member" in app.text

    def test_the_way_back_leads_to_the_same_ones(self, visit: Visit, library: Application) -> None:
        app = visit(library, load={"members": MEMBERS})
        app.open("member_loans", {"of.member_id": "7"})
        app.open("member_loans", {"of.member_id": "8", "view": "new"})
        app.press("member_loans:new:cancel")
        assert app.query == {"of.member_id": "8"}


class TestImport:
    def test_no_reason_is_run_by_a_spreadsheet(self, visit: Visit, jobs: Application) -> None:
        app = visit(jobs).open("jobs", view="import")
        app.at.file_uploader[0].upload("a.csv", b"title,status\na,open\n", "text/csv")
        app.run()
        app.api.answer(409, {"title": "No", "detail": "=1+1"}, matches=("POST", ".*"))
        app.press("jobs:import:go")
        importing = jobs.module("ui.kit.importing")
        job = app.at.session_state["jobs:import"]
        (row,) = job.sheet.rows
        made = importing._rest(job, [importing.Item(row, {}, [])]).decode("utf-8-sig")
        assert made == "title,status,problem\r\na,open,'=1+1.\r\n"

    def test_the_same_file_for_another_list(self, visit: Visit, library: Application) -> None:
        app = visit(library, load={**LIBRARY, "members": MEMBERS})
        for key in ("7", "8"):
            app.open("member_loans", {"view": "import", "of.member_id": key})
            rows = f"book_id,due\n{BOOK},2027-01-01\n".encode()
            app.at.file_uploader[0].upload("a.csv", rows, "text/csv")
            app.run().press("member_loans:import:go")
            assert "Created 1" in app.text
        assert [each.path for each in app.api.writes()] == ["/members/7/loans", "/members/8/loans"]


EXACT = """
kind: sample
methods: {resource: [get, post], instance: [get, put, delete]}
schema:
  key: {name: sample_id, schema: {type: integer, minimum: 1}}
  items:
    type: object
    properties:
      title: {type: string}
      status: {type: string, enum: [open, done]}
      price: {type: number}
      serial: {type: integer}
      at: {type: string, format: date-time}
      text: {type: string}
      maybe: {type: [string, "null"]}
      rows: {type: array, items: {type: object, properties: {n: {type: number}, t: {type: string}}}}
      free: {}
    required: [title]
"""
BODY = (
    '"title":" a ","status":"open","price":1.10,"serial":363228830310334464,'
    '"at":"2026-05-10T23:30:00.120-07:00","text":"\\r\\nx\\r\\n\\ty \\n","maybe":null,'
    '"rows":[{"n":1e400,"t":""},{"n":-0},{}],'
    '"free":{"10":1.0,"9":[null,1E+2],"s":"\\u2028é","x":{}},"more":[0.10]'
)


class TestDigits:
    """Every way in which a record is sent back: digits, order, line breaks, null and absent members."""

    @pytest.fixture
    def app(self, visit: Visit) -> App:
        return visit(
            definition("lost_digits", EXACT), load=f'{{"samples":[{{"sample_id":1,{BODY}}}]}}'
        )

    @pytest.fixture
    def sent(self, app: App) -> str:
        """The server's record, which must be sent back unchanged."""
        held = app.api.stored("/samples/1").replace('"sample_id":1,', "")
        assert '"price":1.10' in held
        assert "1e400" in held
        return held

    def test_a_copy(self, app: App, sent: str) -> None:
        app.open("samples", view="show", id="1").press("samples:show:duplicate")
        app.press("samples:new:save")
        assert [each.compact for each in app.api.writes()] == [sent]

    def test_an_undo(self, app: App, sent: str) -> None:
        app.open("samples", view="show", id="1").press("samples:show:delete")
        app.press("samples:delete:yes").press("Undo")
        assert app.api.writes()[-1].compact == sent

    def test_a_card(self, app: App, sent: str) -> None:
        app.open("samples", tab="board").fill("samples:list:move:1:open", "done")
        assert [each.compact for each in app.api.writes()] == [sent.replace('"open"', '"done"')]

    def test_a_change_of_several(self, app: App, sent: str) -> None:
        app.open("samples").tick(0).press("Edit").fill("What to change", ["status"])
        app.fill("samples:bulk:/status", 1).press("Preview").press("samples:bulk:save")
        assert [each.compact for each in app.api.writes()] == [sent.replace('"open"', '"done"')]

    def test_a_conflict(self, app: App, sent: str) -> None:
        app.open("samples", view="edit", id="1").fill("Title", "mine")
        theirs = sent.replace('"maybe":null', '"maybe":""')
        assert app.api.outside("PUT", "/samples/1", theirs)[0] == 200
        app.press("samples:edit:save").press("samples:conflict:save")
        assert app.api.writes()[-1].compact == theirs.replace('" a "', '"mine"')

    def test_a_file_of_json(self, app: App, sent: str) -> None:
        kit = app.application.module("ui.kit")
        export = app.application.module("ui.kit.export")
        loads = app.application.module("_core").loads
        made = export.to_json(kit.page_of("samples"), loads(app.api.stored("/samples")))
        app.open("samples", view="import")
        app.at.file_uploader[0].upload("a.json", made, "application/json")
        app.run().press("samples:import:go")
        (write,) = app.api.writes()
        members, wanted = json.loads(write.body), json.loads(sent)
        del wanted["more"]  # not a member of the definition, as the view says
        assert members == wanted
        assert "Left out: more" in app.text.replace("sample_id, ", "")
        assert '"price":1.10' in write.compact
        assert "1e400" in write.compact
        assert '{"10":1.0,"9":[null,1E+2]' in write.compact
