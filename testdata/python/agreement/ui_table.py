"""The table of the web interface: the fields in forms for new and for changed records, and the columns and filters of lists.

Each is a widget as Streamlit sends it to the browser. The label of a required field ends with *.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from applications import Application
from client_table import called
from places import Places
from recorder import Recorder
from schema import canonical, load
from table import Field, Fields, Operation, Path, Table
from visitor import App, label

_FIELD = re.compile(r"[^:]+:(?:new|edit)(?:\.\d+)?:(?:\|[^/:]*)*((?:/[^/:]*)+)(?::([^:]+))?")
"""The key of a field; the part after | distinguishes successive fields at the same position."""
_NOTE = re.compile(r" \((?:default|.*not listed)\)$")
_TYPES = {"number_input": "integer", "multiselect": "array"}
_MARKS = (("~4", "#"), ("~3", "|"), ("~2", ":"), ("~1", "/"), ("~0", "~"))


def table(app: App, places: Places) -> Table:
    """Return the table of each list of an interface; nested ones are read below one record."""
    found = Table("web interface")
    for place in places:
        page = place.page
        titles: dict[str, str] = {}
        if page.may("create"):
            app.open(page.module, place.query, view="new")
            found.operations[called(page.operation("create"))] = _change(app, page, "create")
            titles = _titles(app)
        if page.may("list"):
            if not place.records:
                _answer_with_one(app, page)
            app.open(page.module, places.address(place))
            app.api.clear()
            operation = Operation(answers=_columns(app, titles))
            operation.parameters = dict(_filters(app, page.module))
            found.operations[called(page.operation("list"))] = operation
        verb = next(filter(page.may, ("update", "replace")), None)
        key = next(iter(place.keys), None) or _stored(app, page)
        if verb and page.may_edit and key is not None:
            app.open(page.module, place.query, view="edit", id=key)
            _answer_what_is_asked(app, places, page)
            found.operations[called(page.operation(verb))] = _change(app, page, verb)
    return found


def _change(app: App, page: Any, verb: str) -> Operation:  # noqa: ANN401
    """Return the fields of the form for changes, and its parameters."""
    asked = re.compile(rf"{re.escape(page.module)}:parameters:{verb}:/([^:]+)")
    matches = (asked.fullmatch(each.key) for each in _keyed(app))
    parameters: dict[str, Fields] = {
        f"query {_unkeyed(match[1])}": {(): Field()} for match in matches if match
    }
    return Operation(parameters=parameters, sends={(): Field(), **dict(_form(app, page))})


def _stored(app: App, page: Any) -> str | None:  # noqa: ANN401
    """Return the key of a record that no list shows, because of a filter."""
    _, text = app.api.outside("GET", "/_mock/state")
    keys = (page.key(record) for records in json.loads(text).values() for record in records)
    return next((key for key in keys if key is not None), None)


def _answer_what_is_asked(app: App, places: Places, page: Any) -> None:  # noqa: ANN401
    """Fill in the parameters that the server requires for reading a record."""
    for each in list(_keyed(app)):
        match = re.fullmatch(rf"{re.escape(page.module)}:parameters:get:/([^:]+)", each.key)
        if match and label(each).endswith(" *"):
            app.fill(each.key, str(places.example(page.operation("get"), _unkeyed(match[1]))))


def _answer_with_one(app: App, page: Any) -> None:  # noqa: ANN401
    """Add a record to an empty list, which would have no table."""
    path = re.sub(r"\\\{[^{}/]*\\\}", "[^/]+", re.escape(page.operation("list").path))
    text = json.dumps([{page.about.key: "1"}])
    kind = {"Content-Type": "application/json"}
    app.api.answer_text(200, text, times=9, matches=("GET", path), headers=kind)


def _form(app: App, page: Any) -> Iterator[tuple[Path, Field]]:  # noqa: ANN401
    """Yield the fields of a form. One that is added with a button, or written as JSON, is opaque.

    The options of a reference are existing records, which are not values of the definition.
    """
    names_records = {tuple(each.path) for each in page.about.refers}
    found: dict[Path, Field] = {}
    for widget in _keyed(app):
        match = _FIELD.fullmatch(widget.key)
        if match is None or match[2] == "empty":
            continue
        path = tuple(map(_unkeyed, match[1][1:].split("/")))
        for at in range(1, len(path)):
            found.setdefault(path[:at], Field())
        options = [_NOTE.sub("", each) for each in getattr(widget, "options", None) or ()]
        if match[2]:
            found.setdefault(path, Field(is_whole=True))
        else:
            found[path] = _field(widget, options)
    for path, field in found.items():
        is_picker = tuple(step for step in path if step != "[]") in names_records
        yield path, dataclasses.replace(field, enum=None) if is_picker else field


def _keyed(app: App) -> Iterator[Any]:
    return (each for each in app.at._tree if getattr(each, "key", None))


def _unkeyed(step: str) -> str:
    if step.startswith("#"):
        return "[]"  # a row, by its number
    step = step.partition("|")[0]
    for mark, text in _MARKS:
        step = step.replace(mark, text)
    return step


def _field(widget: Any, options: list[str]) -> Field:  # noqa: ANN401
    needed = label(widget).endswith(" *") if label(widget) else None
    types = {_TYPES[widget.type]} if widget.type in _TYPES else set[str]()
    enum: set[str] | None = None
    if widget.type in {"radio", "selectbox", "button_group"}:
        values = {_shown(each) for each in options if each != "Null"}
        null = {"null"} if "Null" in options else set[str]()
        if values == {"Yes", "No"}:
            types = {"boolean"} | null
        else:
            enum = values | null
    return Field(
        frozenset(types) or None, None if enum is None else frozenset(enum), required=needed
    )


def _shown(option: str) -> str:
    """Return the value of an option; one that cannot be shown literally is JSON."""
    try:
        value = load(option) if option[:1] in {'"', "{", "["} else option
    except ValueError:
        return option
    return value if isinstance(value, str) else canonical(value)


def _titles(app: App) -> dict[str, str]:
    """Return the labels of a form, each with its member."""
    matches = ((_FIELD.fullmatch(each.key), each) for each in _keyed(app))
    return {
        label(each).removesuffix(" *"): _unkeyed(match[1][1:])
        for match, each in matches
        if match and not match[2] and match[1].count("/") == 1
    }


def _columns(app: App, titles: Mapping[str, str]) -> Fields:
    """Return the columns of a table, by the names of members with the same labels in the form, else by the labels."""
    found: Fields = {(): Field(), ("[]",): Field()}
    for title in column_titles(app):
        found["[]", titles.get(title, title)] = Field()
    return found


def column_titles(app: App) -> list[str]:
    """Return the titles of all columns that a list offers: the label of the records, then those that can be selected."""
    titles: list[str] = []
    for each in app.at.dataframe:
        found = re.findall(r'"label": \{"label": ("(?:[^"\\]|\\.)*")', each.proto.columns)
        titles += map(json.loads, found)
    for each in app.at.multiselect:
        if each.proto.label == "Columns":
            titles += each.options
    return titles


def _filters(app: App, module: str) -> Iterator[tuple[str, Fields]]:
    """Yield the parameters that have a field above the table."""
    for widget in _keyed(app):
        match = re.fullmatch(rf"{re.escape(module)}:list:by:([^:]+):\d+", widget.key)
        if match:
            yield f"query {_unkeyed(match[1])}", {(): Field()}


def interface(application: Application, api: Recorder) -> Table:
    """Return the table of an application for a visitor who is signed in."""
    places = Places(application, api)
    try:
        return table(App(application, api), places)
    finally:
        places.close()
