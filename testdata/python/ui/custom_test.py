"""Custom pages: the example of docs/streamlit.md, and its possible errors."""

from __future__ import annotations

import json
import re

import pytest
from applications import CASES, ROOT, Application, application
from conftest import Visit
from record_test import BOOK, LIBRARY

BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def custom() -> Application:
    """The library with the ui/custom.py from the page."""
    CASES["library_custom"] = [ROOT / "examples/library"]
    made = application("library_custom")
    (block,) = BLOCK.findall((ROOT / "docs/streamlit.md").read_text(encoding="utf-8"))
    (made.folder / "ui/custom.py").write_text(block, encoding="utf-8")
    return made


def test_the_example_changes_list_and_page(visit: Visit, custom: Application) -> None:
    app = visit(custom, load=LIBRARY).open("books")
    (table,) = app.at.dataframe
    columns = [each.get("label") for each in json.loads(table.proto.columns).values()]
    assert columns[:-1] == ["Title", "Publication year", "Availability"]
    app.open("books", view="show", id=BOOK)
    assert app.heading == "The *Left* Hand :red[of] <b>Darkness</b> (1969)"
    assert "9780441478125" not in app.text
    app.press("Reserve")
    (sent,) = app.api.writes()
    assert sent.compact == '{"availability":"reserved"}'
    assert "reserved" in app.text


def test_the_example_checks_what_is_sent(visit: Visit, custom: Application) -> None:
    app = visit(custom, load=LIBRARY).open("books", view="edit", id=BOOK)
    app.fill("Publication year", "2031").press("books:edit:save")
    assert not app.api.writes()
    assert any("is in the future" in text for text in app.errors())


def test_the_example_adds_a_page(visit: Visit, custom: Application) -> None:
    app = visit(custom).open()
    titles = {each["page_name"] for each in app.at._registered_pages.values()}
    assert "Opening hours" in titles
