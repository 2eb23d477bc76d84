"""Definitions with names that the interface itself uses, and with invalid hints."""

from __future__ import annotations

from applications import definition
from conftest import Visit

HOME = """
kind: home
plural: home
singular: house
x-icon: "<script>"
schema:
  key: {name: id, schema: {type: integer, minimum: 1}}
  query_params:
    - {name: view}
    - {name: id}
  items:
    type: object
    properties:
      id: {type: integer, readOnly: true}
      name: {type: string, x-order: a, x-group: 5, x-widget: [1], x-hidden: "yes", x-label: "**b** :red[x]"}
      icon: {type: string, x-icon: 5}
"""


def test_a_resource_that_is_called_home(visit: Visit) -> None:
    app = visit(definition("ui_home", HOME), load={"home": [{"id": 1, "name": "a"}]})
    assert "Home" in app.open().texts()
    app.open("home", view="new").fill("**b** :red[x]", "c").press("home:new:save")
    assert app.query == {"view": "show", "id": "2"}
    assert app.api.writes()[0].compact == '{"name":"c"}'
    app.open("home", {"by.view": "x", "by.id": "7"})
    (*_, asked) = app.api.requests("GET", "/home")
    assert dict(asked.query) == {"view": "x", "id": "7"}


PAIR = """
kind: pair
schema:
  key: {name: id, schema: {type: integer}}
  items: {type: object, properties: {class: {type: string}, class_: {type: string}, other: {type: string}}}
"""


def test_fields_that_are_called_alike(visit: Visit) -> None:
    app = visit(definition("ui_pair", PAIR)).open("pairs", view="new")
    app.fill("Class (class)", "a").fill("Class (class_)", "b").fill("Other", "c")
    app.press("pairs:new:save")
    assert app.api.writes()[0].compact == '{"class":"a","class_":"b","other":"c"}'
