"""Invalid data from a server: each view shows what it can, or reports the problem."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

import pytest
from applications import Application, definition
from conftest import Visit
from record_test import BOOK, LIBRARY
from visitor import App

THING = """
kind: thing
methods: {resource: [get, post], instance: [get, METHOD, delete]}
default_query_params:
  - {name: limit, schema: {type: integer, minimum: 1, maximum: 100, default: 20}}
  - {name: offset, schema: {type: integer, minimum: 0, default: 0}}
schema:
  key: {name: thing_id}
  items:
    type: object
    properties:
      title: {type: string}
      status: {type: string, enum: [open, "", done]}
      mixed: {enum: [1, true, {"a": 1}, [1], null, "1"]}
      number: {type: boolean}
      count: {type: number}
      when: {type: string, format: date}
      at: {type: string, format: date-time}
      link: {type: string, format: uri}
      tags: {type: array, items: {type: string}}
      rows: {type: array, items: {type: object, properties: {a: {type: string}, n: {type: integer}}}}
      inner: {type: object, properties: {a: {type: string}, b: {type: object, properties: {c: {type: string}}}}}
      pay:
        oneOf:
          - {type: object, properties: {type: {const: a}, x: {type: string}}, required: [type]}
          - {type: object, properties: {type: {const: b}, y: {type: integer}}, required: [type]}
      labels: {type: object, additionalProperties: {type: string}}
      pair: {type: array, prefixItems: [{type: string}, {type: integer}]}
      blob: {type: string, format: byte}
      free: {}
"""
MEMBERS = [
    *("title", "status", "mixed", "number", "count", "when", "at", "link", "tags", "rows"),
    *("inner", "pay", "labels", "pair", "blob", "free", "unknown/x"),
]
VALUES = [
    *("null", "true", "-0", "1e400", "1e9999999999999999999", "1e1000000", "9" * 5000, "1.10"),
    *('""', '"\\ud800"', '"https://a.b/\\ud800"', '"javascript:alert(1)"', f'"{"x" * 3000}"'),
    *('"2026-13-45"', '"0001-01-01"', '"9999-12-31T23:59:59.999999999999Z"'),
    '"\\u0000\\u202e\\r\\n:red[x] $a$ :material/x: <b>"',
    *("[]", "[null]", '[1,[2,{"a":{"b/c":1}}]]', '[{"a":1},2,"\\ud800"]', "{}"),
    '{"a":{"b":{"c":{"d":1}}},"a/b":{"c":2}}',
    *('{"type":"a","x":{"y":1}}', '{"type":["a"]}'),
]
ANSWERS = [
    *[(200, text) for text in ("<html><b>x</b>", "", "null", '[1,null,"x"]', "{}", '"x"')],
    *[(200, text) for text in ("[{}]", '[{"thing_id":null}]', "[" * 3000, '{"a":NaN}')],
    (200, '[{"thing_id":{}},{"thing_id":[]},{"thing_id":1.5},{"thing_id":true},{"thing_id":".."}]'),
    (200, '[{"thing_id":"\\ud800"},{"thing_id":"a"},{"thing_id":"a"}]'),
    *[(204, ""), (302, ""), (500, "oops"), (599, "x")],
    (418, '{"title":5,"detail":[1],"errors":{"a":1}}'),
    (422, '{"errors":[{"pointer":5,"detail":6},null]}'),
]
LISTS: list[dict[str, str]] = [{}, {"tab": "board"}, {"tab": "chart"}]
RECORDS = [{"view": "show", "id": "k"}, {"view": "edit", "id": "k"}]


@pytest.fixture(scope="module")
def things() -> Application:
    return definition("hostile", THING.replace("METHOD", "patch"))


def answered(app: App, text: str, status: int = 200, **headers: str) -> App:
    app.api.clear()
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    kind = {"Content-Type": "application/json", **given}
    app.api.answer_text(status, text, times=99, matches=("GET", ".*"), headers=kind)
    return app


def charts(app: App) -> Iterator[str]:
    """Draw each chart."""
    (box,) = [each for each in app.at.selectbox if each.key == "things:list:chart"]
    for at, title in enumerate(box.options):
        (box,) = [each for each in app.at.selectbox if each.key == "things:list:chart"]
        box.select_index(at)
        app.run()
        yield title


class TestValues:
    @pytest.mark.parametrize("value", VALUES, ids=lambda value: value[:30])
    def test_any_value_of_any_member(self, visit: Visit, things: Application, value: str) -> None:
        app = visit(things)
        members = ",".join(f"{json.dumps(name)}:{value}" for name in MEMBERS)
        record = f'{{"thing_id":"k",{members}}}'
        answered(app, record)
        for query in RECORDS:
            app.open("things", query)
        answered(app, f"[{record},{record}]")
        for query in LISTS:
            app.open("things", query)
        assert list(charts(app))
        assert not app.api.writes()

    @pytest.mark.parametrize("value", VALUES, ids=lambda value: value[:30])
    def test_any_reference(self, visit: Visit, library: Application, value: str) -> None:
        app = visit(library, load=LIBRARY)
        record = f'{{"book_id":"{BOOK}","title":"t","author_id":{value},"shelves":{value}}}'
        for view in ("show", "edit"):
            answered(app, record).open("books", view=view, id=BOOK)
        answered(app, f"[{record}]").open("books")

    def test_any_moment(self, visit: Visit, things: Application) -> None:
        moments = ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2020-01-01"]
        numbers = ["1", "2", "1e1000000", "1e-1000000", "null"]
        rows = [
            f'{{"thing_id":"{at}","count":{number},"at":"{moment}","when":"{moment[:10]}"}}'
            for at, (number, moment) in enumerate((n, m) for n in numbers for m in moments)
        ]
        app = answered(visit(things), f"[{','.join(rows)}]").open("things", tab="chart")
        assert list(charts(app)) == [
            *("Number by status", "Number by mixed", "Number by number"),
            *("Count over when", "Count over at"),
        ]


class TestAnswers:
    @pytest.mark.parametrize(("status", "text"), ANSWERS, ids=lambda value: str(value)[:30])
    def test_any_answer(self, visit: Visit, things: Application, status: int, text: str) -> None:
        app = visit(things)
        for query in [*LISTS, *RECORDS]:
            answered(app, text, status, X_Total_Count="1", Location="/x").open("things", query)
        app.open()

    @pytest.mark.parametrize("text", ["null", "[]", "", '"x"'])
    def test_what_is_no_record_is_not_edited(self, visit: Visit, text: str) -> None:
        """A form that treated it as an empty record would replace it with an empty one."""
        app = visit(definition("hostile_put", THING.replace("METHOD", "put")))
        answered(app, text).open("things", view="edit", id="k")
        assert "The answer cannot be read" in app.text
        assert not app.has("things:edit:save")

    def test_what_is_no_list_of_records_is_not_an_empty_one(
        self, visit: Visit, things: Application
    ) -> None:
        app = answered(visit(things), '["a","b"]').open("things")
        assert "The answer cannot be read" in app.text
        assert "No things yet" not in app.text

    @pytest.mark.parametrize("number", ["1", "2", "3", "9"])
    def test_a_page_beyond_the_count(self, visit: Visit, things: Application, number: str) -> None:
        app = answered(visit(things), '[{"thing_id":"a"}]', X_Total_Count="25")
        app.open("things", page=number)
        assert "a" in app.texts()

    def test_a_key_twice(self, visit: Visit, things: Application) -> None:
        """It would be ambiguous which one a button acts on."""
        twice = '{"thing_id":"a","title":"one","status":"open"}'
        app = answered(visit(things), f"[{twice},{twice}]").open("things", tab="board")
        assert [each.key for each in app.at.button if ":card:" in each.key] == [
            "things:list:card:a"
        ]


KEYS = [
    "a/b",
    "a b",
    "%2F",
    "ü",
    "a?b#c",
    "\u202e",
    "x" * 300,
    "-1",
    "'\"",
    "a\nb",
    "+",
    "\\",
    "null",
]


class TestKeys:
    @pytest.mark.parametrize("key", KEYS, ids=ascii)
    def test_any_key_leads_to_its_record(self, visit: Visit, things: Application, key: str) -> None:
        load: Mapping[str, object] = {
            "things": [{"thing_id": each, "title": f"Thing {at}"} for at, each in enumerate(KEYS)]
        }
        app = visit(things, load=load).open("things", view="show", id=key)
        assert app.heading == f"Thing {KEYS.index(key)}"
        app.open("things", view="edit", id=key).fill("Title", "New").press("things:edit:save")
        changed = [
            each["thing_id"]
            for each in json.loads(app.api.stored("/things?limit=100"))
            if each["title"] == "New"
        ]
        assert changed == [key]

    @pytest.mark.parametrize("key", [".", ".."])
    def test_one_that_is_a_path_is_refused(
        self, visit: Visit, things: Application, key: str
    ) -> None:
        app = visit(things).open("things", view="edit", id=key)
        assert "This request is not possible" in app.text
        assert not [each for each in app.api.asked if each.path != "/things"]


NAMED = """
kind: thing
methods: {resource: [get, post], instance: [get, patch, delete]}
schema:
  key: {name: thing_id, schema: {type: integer, minimum: 1}}
  items:
    type: object
    properties:
      title: {type: string}
      edit: {type: string}
      delete: {type: string}
      duplicate: {type: string}
      save: {type: string}
      drop: {type: string}
      a: {type: object, properties: {b: {type: string}, "b:json": {type: string}}}
      "a/b": {type: string}
      "a:json": {type: string}
      "a:remove": {type: string}
      "a|0/b": {type: string}
      "a~1b": {type: string}
      list: {type: array, items: {type: object, properties: {x: {type: string}}}}
      "list/#1/x": {type: string}
"""


class TestNames:
    def test_members_that_are_called_as_parts_of_the_page(self, visit: Visit) -> None:
        things = definition("hostile_names", NAMED)
        names = [each for each in things.module("ui.kit").page_of("things").shape("read").fields]
        record: dict[str, object] = {each: f"old {each}" for each in names}
        record |= {"thing_id": 1, "a": {"b": "1", "b:json": "2"}, "list": [{"x": "1"}]}
        app = visit(things, load={"things": [record]})
        for view in ("show", "edit", "new"):
            app.open("things", view=view, id="1")
        app.open("things", view="edit", id="1").fill("Save", "mine").fill("Drop", "mine")
        app.api.outside("PATCH", "/things/1", {"save": "theirs", "drop": "theirs"})
        app.press("things:edit:save").press("things:conflict:save")
        stored = json.loads(app.api.stored("/things/1"))
        assert stored == {**record, "save": "mine", "drop": "mine"}
