"""Records from a file: columns and members, the problems of rows, and each record created once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from applications import Application, definition
from conftest import Visit
from visitor import App

PARTS = """
kind: part
methods: {resource: [get, post], instance: [get, patch, delete]}
schema:
  key: {name: part_id, schema: {type: integer, minimum: 1}}
  items:
    type: object
    properties:
      part_id: {type: integer, readOnly: true}
      name: {type: string, maxLength: 20}
      unit_price: {type: number, minimum: 0}
      count: {type: [integer, "null"]}
      in_stock: {type: boolean}
      kind: {type: string, enum: [Bolt, nut]}
      tags: {type: array, items: {type: string}}
      size: {type: object, properties: {a: {type: integer}}}
    required: [name]
"""


@pytest.fixture(scope="module")
def parts() -> Application:
    return definition("import_parts", PARTS)


def bring(app: App, name: str, data: str | bytes) -> App:
    """Open the view, and upload a file."""
    app.open("parts", view="import")
    raw = data if isinstance(data, bytes) else data.encode()
    app.at.file_uploader[0].set_value((name, raw, "text/csv"))
    return app.run()


def sent(app: App) -> list[Any]:
    return [each.compact for each in app.api.writes()]


class TestReading:
    def read(self, parts: Application, name: str, data: bytes) -> Any:
        return parts.module("ui.kit.spreadsheet").read(name, data)

    @pytest.mark.parametrize(
        "data",
        [
            b"name,count\r\na,1\r\n",
            b"\xef\xbb\xbfname,count\na,1",
            b"name;count\na;1\n\n",
            b"name\tcount\na\t1\n",
            "name,count\na,1\n".encode("utf-16"),
            b'[{"name":"a","count":"1"}]',
            b'{"name":"a","count":"1"}\n{"name":"a","count":"1"}\n',
        ],
    )
    def test_as_programs_write_it(self, parts: Application, data: bytes) -> None:
        sheet = self.read(parts, "x.csv", data)
        assert sheet.columns == ["name", "count"]
        assert sheet.rows[0].cells == {"name": "a", "count": "1"}

    def test_line_breaks_in_cells(self, parts: Application) -> None:
        sheet = self.read(parts, "x.csv", b'name,count\n"one\ntwo ""x""",1\nb,2\n')
        assert [each.cells["name"] for each in sheet.rows] == ['one\ntwo "x"', "b"]
        assert [each.number for each in sheet.rows] == [2, 4]

    def test_old_letters_are_told(self, parts: Application) -> None:
        sheet = self.read(parts, "x.csv", b"name\nM\xfcller\n")
        assert sheet.rows[0].cells == {"name": "Müller"}
        assert "Line 2" in sheet.note

    @pytest.mark.parametrize(
        ("data", "told"),
        [
            (b"", "empty"),
            (b'name\n"a', "Line 2"),
            (b"name\na,b\n", "Line 2 has 2 cells"),
            (b"PK\x03\x04\x00", "not text"),
            (b'[{"a":1,"a":2}]', "not JSON"),
            (b"[1]", "Value 1 is not an object"),
            (b'{"a":1}\n{"a":\n', "Line 2 is not JSON"),
        ],
    )
    def test_what_cannot_be_read_is_told(self, parts: Application, data: bytes, told: str) -> None:
        with pytest.raises(ValueError, match=told):
            self.read(parts, "x", data)

    def test_two_columns_of_one_name(self, parts: Application) -> None:
        assert self.read(parts, "x.csv", b"a,a,\n1,2,3\n").columns == ["a", "a (2)", "Column 3"]


def test_types_and_digits(parts: Application, visit: Visit) -> None:
    app = bring(
        visit(parts),
        "parts.csv",
        "Name,Unit price,count,In stock,KIND,tags,size,nothing\n"
        '\'=A,1.10,363228830310334464,yes,bolt,"[""a"",""b""]","{""a"":1}",x\n'
        "0123,,,No,,,,\n",
    )
    assert "Left out: nothing" in app.text
    app.press("Create 2 parts")
    assert sent(app) == [
        '{"name":"=A","unit_price":1.10,"count":363228830310334464,"in_stock":true,"kind":"Bolt","tags":["a","b"],"size":{"a":1}}',
        '{"name":"0123","in_stock":false}',
    ]
    assert "Created 2 parts." in app.text


def test_wrong_rows_are_told_and_not_sent(parts: Application, visit: Visit) -> None:
    app = bring(
        visit(parts),
        "parts.csv",
        'name,unit_price,count,in_stock,kind,tags\nok,1,,,,\n,1,,,,\nb,"1,5",,,,\nc,-1,,,,\nd,,1.5,,,\ne,,,maybe,,\nf,,,,screw,\ng,,,,,a\n',
    )
    for told in (
        "Name is required",
        "“1,5” is not a number",
        "below 0",
        "“1.5” is not a whole number",
        "neither yes nor no",
        "is not one of Bolt, nut",
        "is not a list",
    ):
        assert told in app.text, told
    assert "7 rows have problems, and will not be sent." in app.text
    app.press("Create 1 part")
    assert sent(app) == ['{"name":"ok","unit_price":1}']
    assert "parts:import:go" not in [each.key for each in app.at.button]


def test_refused_by_the_server(parts: Application, visit: Visit) -> None:
    app = visit(parts)
    app.api.answer(409, {"title": "Conflict", "detail": "there is one"}, matches=("POST", "/parts"))
    bring(app, "parts.csv", "name\na\nb\n").press("Create 2 parts")
    assert "There is one." in app.text
    assert "Created 1 part." in app.text
    assert "1 row was refused" in app.text
    assert json.loads(app.api.stored("/parts"))[0]["name"] == "b"
    app.run()
    assert len(app.api.writes()) == 2, "nothing is sent twice"


def test_a_lost_answer_stops(parts: Application, visit: Visit) -> None:
    app = visit(parts)
    app.api.drop(is_after=True, matches=("POST", "/parts"))
    bring(app, "parts.csv", "name\na\nb\nc\n").press("Create 3 parts")
    assert "may or may not have been created" in app.text
    app.press("Create 2 parts")
    names = [each["name"] for each in json.loads(app.api.stored("/parts"))]
    assert sorted(names) == ["a", "b", "c"]


def test_json_keeps_null_and_absent(parts: Application, visit: Visit) -> None:
    app = bring(
        visit(parts), "parts.json", '[{"name":"a","count":null},{"name":"","unit_price":1.50}]'
    )
    app.press("Create 2 parts")
    assert sent(app) == ['{"name":"a","count":null}', '{"name":"","unit_price":1.50}']


def test_what_was_exported_can_be_imported(parts: Application, visit: Visit) -> None:
    records = [
        {
            "part_id": 1,
            "name": "'=1\n☃",
            "unit_price": 2.5,
            "tags": ["a,b", "'"],
            "in_stock": False,
        },
        {"part_id": 2, "name": "-5", "kind": "nut", "size": {"a": 1}},
    ]
    export, page = parts.module("ui.kit.export"), parts.module("ui.kit").page_of("parts")
    data = export.to_csv(page, parts.module("_core").loads(json.dumps(records)))
    app = bring(visit(parts), "parts.csv", data).press("Create 2 parts")
    wanted = [{k: v for k, v in each.items() if k != "part_id"} for each in records]
    assert [json.loads(each) for each in sent(app)] == wanted
