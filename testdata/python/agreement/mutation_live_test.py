"""One change in the definition that the mock serves, or in a web interface, is reported exactly."""

from __future__ import annotations

import itertools
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mock_prober
import mock_table
import outputs
import pytest
import ui_table
from applications import Application, application
from compare import Difference, differences
from mutations import (
    CHANGES,
    UNSECURED,
    Told,
    another,
    change_form,
    drop,
    optional,
    other_member,
    other_type,
    told,
)
from projects import CASES, OUT, serving
from recorder import Recorder
from streamlit.runtime.caching.cache_resource_api import clear_session_cache

NUMBERS = itertools.count()


@pytest.mark.parametrize(
    ("file", "old", "new", "wanted"),
    [
        (
            "book.yaml",
            "    required: [title, ",
            "    required: [",
            {("sends", "title", "required"), ("sends", "title", "types")},
        ),
        ("book.yaml", "maxLength: 300", "maxLength: 301", {("sends", "title", "maxLength")}),
        ("book.yaml", "minimum: 1450", "minimum: 1451", {("sends", "published", "minimum")}),
        (
            "book.yaml",
            "reserved, lent]",
            "reserved, lost]",
            {
                *(("sends", path, "enum") for path in ("availability", "")),
                ("answers", "[] availability", "enum"),
            },
        ),
        (
            "book.yaml",
            "type: [integer, ",
            "type: [boolean, ",
            {
                ("sends", "published", "minimum"),
                *(("sends", path, "types") for path in ("published", "")),
                *(("answers", path, "types") for path in ("[] published", "published", "")),
            },
        ),
        ("book.yaml", "  resource: [post]\n", "", UNSECURED),
        ("book.yaml", "  resource: [get, post]\n", "  resource: [get]\n", {("operation", "", "")}),
        ("author.yaml", "minLength: 1\n", "minLength: 2\n", {("sends", "name", "minLength")}),
        (
            "author.yaml",
            "items: {type: string}",
            "items: {type: number}",
            {
                ("sends", "also_known_as []", "types"),
                ("answers", "[] also_known_as []", "types"),
                ("answers", "also_known_as []", "types"),
            },
        ),
        (
            "_loan.yaml",
            "required: [book_id, due, ",
            "required: [book_id, ",
            {
                *(("sends", path, "required") for path in ("due", "loans [] due")),
                ("sends", "due", "types"),
            },
        ),
        (
            "_loan.yaml",
            'type: [string, "null"]',
            "type: string",
            {("sends", "returned", "types"), ("sends", "loans [] returned", "types")},
        ),
        ("member.yaml", "d{4,8}", "d{4,9}", {("sends", "pin", "pattern")}),
    ],
)
def test_mock(file: str, old: str, new: str, wanted: Told) -> None:
    """The mock has no text but the definition that it serves. A property by itself has no path; a patch may remove with null what need not be there."""
    folder = OUT / f"mock_{next(NUMBERS)}"
    shutil.copytree(CASES["library"][0], folder)
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    text = text.replace(old, new, 1)
    if "post]\n" in old and "get" in old:
        text = text.replace("    post: Adds a book.\n", "").replace("  resource: [post]\n", "")
    path.write_text(text, encoding="utf-8")
    known = outputs.rest("library")
    with serving([folder], "--seed", "3", "--random", "1") as running:
        prober = mock_prober.Prober(running.url, known.schemes or {})
        found = mock_table.table(known, prober)
        prober.close()
    assert told(differences(mock_prober.carried(known), found)) == wanted


@pytest.mark.parametrize("change", [drop, other_type, other_member, optional])
def test_web_interface(change: Callable[[Any], None]) -> None:
    """Widgets do not express bounds and security, see docs/agreement.md."""
    name = another()
    made = application(name)
    change_form(made.project, change)
    assert told(watched(name, made)) == CHANGES[change]


def test_columns_of_web_interface() -> None:
    name = another()
    made = application(name)
    file = Path(made.folder) / "resources/schemas.json"
    document = json.loads(file.read_text(encoding="utf-8"))
    del document["$defs"]["Book"]["properties"]["isbn"]
    file.write_text(json.dumps(document), encoding="utf-8")
    assert told(watched(name, made)) == {("answers", "[] isbn", "there")}


def test_nested_forms_of_web_interface() -> None:
    """What is changed of loans is told of their own form, and of those of members, where a row is drawn."""
    name = another()
    made = application(name)
    file = Path(made.folder) / "resources/schemas.json"
    document = json.loads(file.read_text(encoding="utf-8"))
    document["$defs"]["CreateLoan"]["required"].remove("due")
    file.write_text(json.dumps(document), encoding="utf-8")
    wanted = {("sends", "due", "required"), ("sends", "loans [] due", "required")}
    assert told(watched(name, made)) == wanted


def watched(case: str, made: Application) -> list[Difference]:
    """Return the differences between a changed interface and the document."""
    with serving(CASES[case], "--seed", "3", "--random", "1") as running:
        recorder = Recorder(running.url)
        found = ui_table.interface(made, recorder)
        recorder.close()
        clear_session_cache("test session id")
    return outputs.of_interface("library", found)
