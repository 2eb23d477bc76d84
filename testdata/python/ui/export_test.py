"""The list as a file: with every digit, without formulas that a spreadsheet would run, and without secrets."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from applications import Application, definition
from conftest import Visit

THINGS = """
kind: thing
methods: {resource: [get, post], instance: [get, patch, delete]}
default_query_params:
  - {name: limit, schema: {type: integer, minimum: 1, maximum: 50, default: 20}}
  - {name: offset, schema: {type: integer, minimum: 0, default: 0}}
schema:
  key: {name: thing_id, schema: {type: integer}}
  items:
    type: object
    properties:
      name: {type: string}
      pass: {type: string, format: password}
      price: {type: number}
      tags: {type: array, items: {type: string}}
      more: {type: object}
"""


@pytest.fixture(scope="module")
def things() -> Application:
    return definition("export_things", THINGS)


@pytest.fixture(scope="module")
def export(things: Application) -> Any:
    return things.module("ui.kit.export")


def rows(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


FORMULAS = ["=1+1", "+cmd", "-x", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''+a", "=", "-"]
PLAIN = [
    "",
    "a",
    "'a",
    "'",
    "1-2",
    "ÄÖ ☃",
    "one\ntwo",
    'quo"te',
    "a;b,c",
    "-5",
    "+1.5e3",
    "-.5",
    " =1",
]


@pytest.mark.parametrize("text", [*FORMULAS, *PLAIN])
def test_a_text_comes_back_from_csv_as_it_was(export: Any, text: str) -> None:
    safe = export.safe(text)
    assert export.unsafe(safe) == text
    assert (safe != text) == (text in FORMULAS)
    assert not safe.startswith(("=", "@", "\t", "\r"))


def test_csv(things: Application, export: Any) -> None:
    page = things.module("ui.kit").page_of("things")
    text = (
        '[{"thing_id":1,"name":"=A","pass":"hunter2","price":1.10,"tags":["a"],"more":{"b":1e400},"new":9007199254740993},'
        '{"thing_id":2,"name":"two\\nlines","price":-5}]'
    )
    found = rows(export.to_csv(page, things.module("_core").loads(text)))
    assert sorted(found[0]) == ["more", "name", "new", "price", "tags", "thing_id"]
    wanted = {
        "=A": "'=A",
        "price": "1.10",
        "tags": '["a"]',
        "more": '{"b": 1e400}',
        "thing_id": "1",
        "new": "9007199254740993",
    }
    assert sorted(found[1]) == sorted(wanted.values())
    assert sorted(found[2]) == ["", "", "", "-5", "2", "two\nlines"]
    assert not any("hunter2" in cell for row in found for cell in row)


def test_json(things: Application, export: Any) -> None:
    page = things.module("ui.kit").page_of("things")
    core = things.module("_core")
    text = '[{"10":1,"9":2,"price":1.10,"n":363228830310334464,"x":null,"pass":"hunter2"}]'
    data = export.to_json(page, core.loads(text)).decode()
    assert data == '[\n  {"10": 1, "9": 2, "price": 1.10, "n": 363228830310334464, "x": null}\n]\n'
    assert export.to_json(page, []) == b"[]\n"


def test_all_pages(things: Application, visit: Visit, export: Any) -> None:
    """Reads outside of a session use the visitor's credentials, and read all pages."""
    app = visit(things, load={"things": [{"thing_id": n, "name": f"n{n}"} for n in range(1, 121)]})
    app.open("things")
    app.api.clear()
    page = things.module("ui.kit").page_of("things")
    with things.module("client").Client(app.api.url) as client:
        mine = type("Mine", (type(page),), {"client": client})
        found = list(export.reader(mine(), (), {})())
    assert [each["thing_id"] for each in found] == list(range(1, 121))
    assert [dict(each.query)["limit"] for each in app.api.requests("GET", "/things")] == ["50"] * 3


def test_offered(things: Application, visit: Visit) -> None:
    app = visit(things, load={"things": [{"thing_id": n, "name": "x"} for n in range(1, 31)]})
    app.open("things")
    assert app.buttons().count("CSV") == app.buttons().count("JSON") == 2
    app.tick(0)
    assert app.buttons().count("CSV") == 3
    assert "apostrophe" in app.text
