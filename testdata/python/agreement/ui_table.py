"""What the web interface says: the fields of its forms for new records, and the columns and filters of its lists.

Each is a widget as Streamlit sends it to the browser. A label ends in * where a field is required.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from applications import Application
from client_table import called
from schema import canonical
from table import Field, Fields, Operation, Path, Table
from visitor import App

_FIELD = re.compile(r"[^:]+:new:(?:\|[^/:]*)*((?:/[^/:]+)+)(?::([^:]+))?")
"""The key of a field; what stands behind | tells apart fields that follow each other in one place."""
_NOTE = re.compile(r" \((?:default|.*not listed)\)$")
_TYPES = {"number_input": "integer", "multiselect": "array"}
_MARKS = (("~4", "#"), ("~3", "|"), ("~2", ":"), ("~1", "/"), ("~0", "~"))


def table(app: App) -> Table:
    """Return what an interface says of the resources that stand by themselves."""
    found = Table("web interface")
    for module, page in app.application.pages():
        if page.parent_names:
            continue
        titles: dict[str, str] = {}
        if page.may("create"):
            app.open(module, view="new")
            sends = dict(_form(app))
            titles = _titles(app)
            name = called(page.operation("create"))
            found.operations[name] = Operation(sends={(): Field(), **sends})
        if page.may("list"):
            app.open(module)
            operation = Operation(answers=_columns(app, titles))
            operation.parameters = dict(_filters(app, module))
            found.operations[called(page.operation("list"))] = operation
    return found


def _form(app: App) -> Iterator[tuple[Path, Field]]:
    """Yield the fields of a form. One that is added with a button, or written in JSON, is taken whole."""
    found: dict[Path, Field] = {}
    nullable = set()
    for widget in _keyed(app):
        match = _FIELD.fullmatch(widget.key)
        if match is None:
            continue
        path = tuple(map(_unkeyed, match[1][1:].split("/")))
        for at in range(1, len(path)):
            found.setdefault(path[:at], Field())
        what = match[2] or ""
        options = [_NOTE.sub("", each) for each in getattr(widget, "options", None) or ()]
        if what == "empty":
            if "Null" in options:
                nullable.add(path)
        elif what:
            found[path] = Field(is_whole=True)
        else:
            found[path] = _field(widget, options)
    for path, field in found.items():
        yield path, field


def _keyed(app: App) -> Iterator[Any]:
    return (each for each in app.at._tree if getattr(each, "key", None))


def _unkeyed(step: str) -> str:
    step = step.partition("|")[0]
    for mark, text in _MARKS:
        step = step.replace(mark, text)
    return step


def _field(widget: Any, options: list[str]) -> Field:  # noqa: ANN401
    label = widget.proto.label
    types, enum = _TYPES.get(widget.type), None
    if widget.type in {"radio", "selectbox", "button_group"}:
        values = [each for each in options if each != "Null"]
        if values == ["Yes", "No"]:
            types = "boolean"
        elif getattr(widget.proto, "placeholder", "") != "Choose":
            enum = frozenset(map(canonical, values)) | ({"null"} if "Null" in options else set())
    return Field(frozenset({types}) if types else None, enum, required=label.endswith(" *"))


def _titles(app: App) -> dict[str, str]:
    """Return the labels of a form, each with the member that it is for."""
    matches = ((_FIELD.fullmatch(each.key), each) for each in _keyed(app))
    return {
        _label(each): _unkeyed(match[1][1:])
        for match, each in matches
        if match and not match[2] and match[1].count("/") == 1
    }


def _label(widget: Any) -> str:  # noqa: ANN401
    return str(widget.proto.label).removesuffix(" *")


def _columns(app: App, titles: Mapping[str, str]) -> Fields:
    """Return what a table can show, by the names that the form has for the same labels, else by the labels."""
    found: Fields = {(): Field(), ("[]",): Field()}
    for label in column_titles(app):
        found["[]", titles.get(label, label)] = Field()
    return found


def column_titles(app: App) -> list[str]:
    """Return the titles of all columns that a list offers: the one that names a record, then those that can be chosen."""
    titles = []
    for each in app.at.dataframe:
        titles += re.findall(r'"label": \{"label": "((?:[^"\\]|\\.)*)"', each.proto.columns)
    for each in app.at.multiselect:
        if each.proto.label == "Columns":
            titles += each.options
    return titles


def _filters(app: App, module: str) -> Iterator[tuple[str, Fields]]:
    """Yield the parameters that have a field beside the table."""
    for widget in _keyed(app):
        match = re.fullmatch(rf"{re.escape(module)}:list:by:([^:]+):\d+", widget.key)
        if match:
            yield f"query {_unkeyed(match[1])}", {(): Field()}


def interface(application: Application, api: Any) -> Table:  # noqa: ANN401
    """Return what an application says to somebody who is signed in."""
    return table(App(application, api))
