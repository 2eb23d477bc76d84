"""Several records at once: a change of all selected ones, and the board."""

from __future__ import annotations

import json

import pytest
from applications import Application, definition
from conftest import Visit
from visitor import App

JOBS = """
kind: job
methods: {resource: [get, post], instance: [get, METHOD]}
schema:
  key: {name: job_id, schema: {type: integer, minimum: 1}}
  items:
    type: object
    properties:
      title: {type: string, maxLength: 9}
      status: {type: string, enum: [open, doing, done]}
      price: {type: number}
      serial: {type: integer}
      note: {type: string}
    required: [title, status]
"""
LOAD = (
    '{"jobs":[{"job_id":1,"title":"a","status":"open","price":1.10,"serial":363228830310334464,"legacy":[null]},'
    '{"job_id":2,"title":"b","status":"done","note":"x"},'
    '{"job_id":3,"title":"c","status":"open"}]}'
)


@pytest.fixture(scope="module", params=["patch", "put"])
def jobs(request: pytest.FixtureRequest) -> Application:
    return definition(f"bulk_{request.param}", JOBS.replace("METHOD", request.param))


def values(app: App, name: str, value: str) -> App:
    """Choose a member, and give it a value."""
    return app.fill("What to change", [name]).fill(name.capitalize(), value)


def stored(app: App, key: int) -> str:
    return app.api.stored(f"/jobs/{key}")


class TestBulk:
    def begun(self, jobs: Application, visit: Visit) -> App:
        app = visit(jobs, load=LOAD).open("jobs")
        return app.tick(0, 1).press("Edit")

    def test_only_what_was_chosen_changes(self, jobs: Application, visit: Visit) -> None:
        app = self.begun(jobs, visit)
        assert app.heading == "Edit 2 jobs"
        values(app, "status", "done").press("Preview")
        assert {"open", "done"} <= set(app.texts())
        assert "No change" in app.text
        app.press("Save 1 job")
        (write,) = app.api.writes()
        if write.method == "PATCH":
            assert write.compact == '{"status":"done"}'
        assert stored(app, 1).replace('"done"', '"open"') == (
            '{"job_id":1,"title":"a","status":"open","price":1.10,"serial":363228830310334464,"legacy":[null]}'
        )
        assert write.header("if-match")
        assert "Saved" in app.text

    def test_what_others_changed_since_the_preview_is_left(
        self, jobs: Application, visit: Visit
    ) -> None:
        app = self.begun(jobs, visit)
        values(app, "note", "new").press("Preview")
        app.api.outside(
            "PATCH" if jobs.project.case.endswith("patch") else "PUT",
            "/jobs/1",
            {"title": "A", "status": "open"},
        )
        app.press("Save 2 jobs")
        assert "It was changed in the meantime, and is left as it is now." in app.text
        assert json.loads(stored(app, 1))["title"] == "A"
        assert "note" not in json.loads(stored(app, 1))
        assert json.loads(stored(app, 2))["note"] == "new"
        app.press("Preview again")
        assert app.heading == "Edit 1 job"

    def test_what_would_be_refused_is_not_sent(self, jobs: Application, visit: Visit) -> None:
        app = self.begun(jobs, visit)
        values(app, "title", "much too long").press("Preview")
        assert "at most 9 characters" in app.text
        assert not any(each.startswith("Save") for each in app.buttons())
        assert app.api.writes() == []

    def test_deleted_meanwhile(self, jobs: Application, visit: Visit) -> None:
        app = self.begun(jobs, visit)
        app.api.answer(404, {"title": "Not Found"}, matches=("GET", "/jobs/1"))
        values(app, "note", "new").press("Preview")
        assert "a: " in app.at.warning[0].value.replace("\\", "")
        app.press("Save 1 job")
        assert [each.path for each in app.api.writes()] == ["/jobs/2"]

    def test_cancel_goes_back_to_the_same_list(self, jobs: Application, visit: Visit) -> None:
        app = self.begun(jobs, visit)
        values(app, "note", "new").press("Preview").press("Cancel")
        assert app.heading == "Jobs"
        assert app.has("jobs:list:ticked:delete") or app.has("jobs:list:ticked:edit")
        assert app.api.writes() == []


class TestBoard:
    def test_move(self, jobs: Application, visit: Visit) -> None:
        app = visit(jobs, load=LOAD).open("jobs", tab="board")
        app.fill("jobs:list:move:1:open", "doing")
        (write,) = app.api.writes()
        if write.method == "PATCH":
            assert write.compact == '{"status":"doing"}'
        assert '"price":1.10,"serial":363228830310334464,"legacy":[null]' in stored(app, 1)
        assert app.has("jobs:list:move:1:doing")

    def test_a_refusal_is_told(self, jobs: Application, visit: Visit) -> None:
        app = visit(jobs, load=LOAD).open("jobs", tab="board")
        app.api.answer(409, {"title": "No", "detail": "not yet"}, matches=("PATCH|PUT", ".*"))
        app.fill("jobs:list:move:1:open", "done")
        assert "was not moved: Not yet." in app.text
        assert json.loads(stored(app, 1))["status"] == "open"

    def test_those_without_a_value_have_a_column(self, visit: Visit) -> None:
        text = JOBS.replace("METHOD", "patch").replace(
            "required: [title, status]", "required: [title]"
        )
        load = '{"jobs":[{"job_id":1,"title":"a","status":"open"},{"job_id":2,"title":"b"}]}'
        app = visit(definition("bulk_optional", text), load=load).open("jobs", tab="board")
        assert "No status" in app.text
        assert "jobs:list:card:2" in [each.key for each in app.at.button]


class TestChart:
    def test_counts(self, jobs: Application, visit: Visit) -> None:
        app = visit(jobs, load=LOAD).open("jobs", tab="chart")
        assert "open: 2, doing: 0, done: 1" in app.text
        assert "on this page" not in app.text

    def test_an_unknown_tab_is_the_table(self, jobs: Application, visit: Visit) -> None:
        app = visit(jobs, load=LOAD).open("jobs", tab="x")
        assert len(app.at.dataframe) == 1
