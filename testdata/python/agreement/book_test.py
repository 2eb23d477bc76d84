"""firestone's guarantee: a property added to a definition is in every output, and a renamed one has its new name in all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import asyncapi_table
import click_table
import client_table
import mock_prober
import mock_table
import openapi_table
import types_table
import ui_table
from applications import application
from definitions import documents
from projects import CASES, OUT, ROOT, project, serving
from recorder import Recorder
from streamlit.runtime.caching.cache_resource_api import clear_session_cache
from table import Fields, Table
from visitor import App, label

BOOK = ROOT / "testdata/cases/book/book.yaml"
PROPERTIES = "    properties:\n"


def defined(name: str, text: str) -> str:
    """Create a case from a definition."""
    folder = OUT / "definitions" / name
    folder.mkdir(parents=True)
    (folder / "book.yaml").write_text(text, encoding="utf-8")
    CASES[name] = [folder]
    return name


def added(name: str) -> str:
    """Return the definition with an additional property."""
    text = BOOK.read_text(encoding="utf-8")
    assert text.count(PROPERTIES) == 1
    assert name not in text
    line = f"      {name}: {{type: integer, minimum: 1, maximum: 9999}}\n"
    return text.replace(PROPERTIES, PROPERTIES + line)


@dataclass(frozen=True)
class Outputs:
    """All outputs for books."""

    tables: Mapping[str, Table]
    flags: set[str]
    """The flags of the command that creates a book."""
    labels: set[str]
    """The labels in the form for a new one."""
    columns: set[str]
    """The titles in the table of the list."""


def outputs(case: str) -> Outputs:
    """Return all outputs."""
    made = application(case)
    rest = openapi_table.table(documents(case, "openapi", "3.1.0"))
    with serving(CASES[case], "--seed", "3", "--random", "1") as running:
        prober = mock_prober.Prober(running.url, {})
        mock = mock_table.table(rest, prober)
        prober.close()
        recorder = Recorder(running.url)
        interface = ui_table.interface(made, recorder)
        app = App(made, recorder).open("books", view="new")
        labels = {label(each) for each in app.at._tree if getattr(each, "key", None)}
        columns = set(ui_table.column_titles(app.open("books")))
        recorder.close()
        clear_session_cache("test session id")
    tables = {
        "OpenAPI": rest,
        "OpenAPI 3.0": openapi_table.table(documents(case, "openapi", "3.0.3")),
        "AsyncAPI": asyncapi_table.table(documents(case, "asyncapi", "3.0.0")),
        "AsyncAPI 2": asyncapi_table.table(documents(case, "asyncapi", "2.6.0")),
        "client": client_table.table(made.project),
        "types of the client": types_table.table(made.project),
        "command line": click_table.table(made.project),
        "web interface": interface,
        "mock": mock,
    }
    (group,) = [each for word, each in made.project.groups() if word == "books"]
    flags = {flag for param in group.commands["create"].params for flag in param.opts}
    return Outputs(tables, flags, labels, columns)


PLACES = {
    "OpenAPI": ("GET /books answers []", "POST /books sends", "PUT /books/{book_id} sends"),
    "OpenAPI 3.0": ("GET /books answers []", "POST /books sends", "PUT /books/{book_id} sends"),
    "AsyncAPI": (
        "SUBSCRIBE /books answers []",
        "SUBSCRIBE /books/{book_id} answers",
        "PUBLISH /books sends",
    ),
    "AsyncAPI 2": (
        "SUBSCRIBE /books answers []",
        "SUBSCRIBE /books/{book_id} answers",
        "PUBLISH /books sends",
    ),
    "client": ("GET /books answers []", "POST /books sends", "PUBLISH /books sends"),
    "types of the client": (
        "GET /books answers []",
        "POST /books sends",
        "PUT /books/{book_id} sends",
        "PUBLISH /books sends",
    ),
    "command line": ("POST /books sends", "PUT /books/{book_id} sends", "PUBLISH /books sends"),
    "web interface": (
        "GET /books answers []",
        "POST /books sends",
        "PUT /books/{book_id} sends",
    ),
    "mock": ("GET /books answers []", "POST /books sends", "PUT /books/{book_id} sends"),
}
"""Where each output has the properties of a book: schema, payload, flag, field and column."""


def members(table: Table, place: str) -> set[str]:
    """Return the members that a table has at a path, as they are shown there."""
    method, path, part, *steps = place.split(" ")
    fields = getattr(table.operations[f"{method} {path}"], part)
    assert fields is not None, place
    return {
        each[len(steps)].lower()
        for each in fields
        if len(each) == len(steps) + 1 and list(each[: len(steps)]) == steps
    }


def assert_everywhere(case: str, name: str, not_there: str) -> None:
    """Assert that all outputs have a property, with its type and bounds if they express those, and no other new one."""
    found = outputs(case)
    for output, places in PLACES.items():
        for place in places:
            told = members(found.tables[output], place)
            assert name in told, f"{output}: {place} has {sorted(told)}"
            assert not_there not in told
    for output in ("OpenAPI", "AsyncAPI", "client", "command line", "mock"):
        field = sent(found.tables[output])[name,]
        bounds = (field.bounds["minimum"], field.bounds["maximum"])
        assert (field.types, *bounds) == (frozenset({"integer"}), "1", "9999"), output
    title, other = (each.capitalize().replace("_", " ") for each in (name, not_there))
    assert f"--{name.replace('_', '-')}" in found.flags
    assert title in found.labels & found.columns
    assert f"--{not_there.replace('_', '-')}" not in found.flags
    assert other not in found.labels | found.columns


def test_a_property_that_is_added_is_everywhere() -> None:
    assert_everywhere(defined("book_with_more", added("sheet_count")), "sheet_count", "page_count")


def test_one_that_is_renamed_has_its_new_name_everywhere() -> None:
    """Everything is generated again into the same folders, after which no file contains the old name."""
    case = defined("book_with_another", added("sheet_count"))
    assert "sheet_count" in "".join(written(case))
    rename(case, "sheet_count", "page_count")
    assert_everywhere(case, "page_count", "sheet_count")
    assert "sheet_count" not in "".join(written(case))


def sent(table: Table) -> Fields:
    """Return the fields of a new book in a table."""
    known = table.operations.get("POST /books") or table.operations["PUBLISH /books"]
    assert known.sends is not None
    return known.sends


def rename(case: str, old: str, new: str) -> None:
    """Give a property another name, and generate everything again into the same folders."""
    file = CASES[case][0] / "book.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    for made in (documents, project, application):
        made.cache_clear()


def written(case: str) -> list[str]:
    """Return the texts of all outputs."""
    folder = application(case).folder
    files = [each for each in folder.rglob("*") if each.suffix in {".py", ".json", ".md"}]
    assert files
    versions = (
        ("openapi", "3.1.0"),
        ("openapi", "3.0.3"),
        ("asyncapi", "3.0.0"),
        ("asyncapi", "2.6.0"),
    )
    return [
        *(file.read_text(encoding="utf-8") for file in files),
        *(str(documents(case, pack, version)) for pack, version in versions),
    ]
