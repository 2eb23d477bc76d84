"""The promise of firestone: a property that a definition gets is in every output, and one that is renamed has its new name in all."""

from __future__ import annotations

import asyncapi_table
import click_table
import client_table
import mock_prober
import mock_table
import openapi_table
import pytest
import ui_table
from applications import application
from definitions import documents
from projects import CASES, OUT, ROOT, project, serving
from recorder import Recorder
from streamlit.runtime.caching.cache_resource_api import clear_session_cache
from table import Fields, Table

BOOK = ROOT / "testdata/cases/book/book.yaml"
PROPERTIES = "    properties:\n"


def defined(name: str, text: str) -> str:
    """Make a case of a definition."""
    folder = OUT / "definitions" / name
    folder.mkdir(parents=True)
    (folder / "book.yaml").write_text(text, encoding="utf-8")
    CASES[name] = [folder]
    return name


def tables(case: str) -> dict[str, Table]:
    """Return what all outputs say."""
    made = application(case)
    rest = openapi_table.table(documents(case, "openapi", "3.1.0"))
    with serving(CASES[case], "--seed", "3", "--random", "1") as running:
        prober = mock_prober.Prober(running.url, {})
        mock = mock_table.table(rest, prober)
        prober.close()
        recorder = Recorder(running.url)
        interface = ui_table.interface(made, recorder)
        recorder.close()
        clear_session_cache("test session id")
    return {
        "OpenAPI": rest,
        "OpenAPI 3.0": openapi_table.table(documents(case, "openapi", "3.0.3")),
        "AsyncAPI": asyncapi_table.table(documents(case, "asyncapi", "3.0.0")),
        "AsyncAPI 2": asyncapi_table.table(documents(case, "asyncapi", "2.6.0")),
        "client": client_table.table(made.project),
        "command line": click_table.table(made.project),
        "web interface": interface,
        "mock": mock,
    }


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
    "command line": ("POST /books sends", "PUT /books/{book_id} sends", "PUBLISH /books sends"),
    "web interface": ("GET /books answers []", "POST /books sends"),
    "mock": ("GET /books answers []", "POST /books sends"),
}
"""Where each output has the properties of a book: schema, payload, flag, field and column."""


def members(table: Table, place: str) -> set[str]:
    """Return the members that a table has at a place, as they are shown there."""
    method, path, part, *steps = place.split(" ")
    fields = getattr(table.operations[f"{method} {path}"], part)
    assert fields is not None, place
    return {
        each[len(steps)].lower()
        for each in fields
        if len(each) == len(steps) + 1 and list(each[: len(steps)]) == steps
    }


@pytest.mark.parametrize(
    ("name", "other"), [("page_count", "sheet_count"), ("sheet_count", "page_count")]
)
def test_a_property_is_everywhere(name: str, other: str) -> None:
    """What is added is there; under another name, that is there and the first one nowhere, in no file that is written."""
    text = BOOK.read_text(encoding="utf-8")
    assert text.count(PROPERTIES) == 1
    added = f"{PROPERTIES}      {other}: {{type: integer, minimum: 1, maximum: 9999}}\n"
    case = defined(f"book_with_{name.replace('_', '')}", text.replace(PROPERTIES, added))
    assert other in "".join(written(case))
    rename(case, other, name)
    found = tables(case)
    for output, places in PLACES.items():
        for place in places:
            told = members(found[output], place)
            assert name in told, f"{output}: {place} has {sorted(told)}"
            assert other not in told
    for output in ("OpenAPI", "AsyncAPI", "client", "command line", "mock"):
        field = sent(found[output])[name,]
        bounds = (field.bounds["minimum"], field.bounds["maximum"])
        assert (field.types, *bounds) == ({"integer"}, "1", "9999"), output
    assert other not in "".join(written(case))


def sent(table: Table) -> Fields:
    """Return what a table says of a new book."""
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
