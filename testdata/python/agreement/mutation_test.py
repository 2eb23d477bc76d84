"""One change in a document, in the client or in the command line is reported exactly."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import asyncapi_table
import click_table
import client_table
import openapi_table
import outputs
import pytest
import types_table
from compare import differences
from definitions import documents
from mutations import CHANGES, UNSECURED, Told, another, change_form, rewrite, told
from projection import each_alternative_whole, events_of
from projects import project


@pytest.mark.parametrize("change", CHANGES)
def test_openapi(change: Callable[[Any], None]) -> None:
    """Every other output is compared with it, so detecting its difference from one of them is enough."""
    document = copy.deepcopy(documents("library", "openapi", "3.1.0"))
    change(document["components"]["schemas"]["CreateBook"])
    known = openapi_table.table(documents("library", "openapi", "3.0.3"))
    assert told(differences(openapi_table.table(document), known)) == CHANGES[change]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("version", ["2.6.0", "3.0.0"])
def test_asyncapi(change: Callable[[Any], None], version: str) -> None:
    document = copy.deepcopy(documents("library", "asyncapi", version))
    change(document["components"]["schemas"]["CreateBook"])
    events = asyncapi_table.table(document)
    known = events_of(outputs.rest("library"), list(events.operations))
    assert told(differences(known, events)) == CHANGES[change]


@pytest.mark.parametrize("version", ["2.6.0", "3.0.0"])
def test_security_of_asyncapi(version: str) -> None:
    document = copy.deepcopy(documents("library", "asyncapi", version))
    if version == "3.0.0":
        del document["operations"]["publishBooks"]["security"]
    else:
        del document["channels"]["/books"]["publish"]["security"]
    events = asyncapi_table.table(document)
    known = events_of(outputs.rest("library"), list(events.operations))
    assert told(differences(known, events)) == UNSECURED


@pytest.mark.parametrize("version", ["3.1.0", "3.0.3"])
def test_security_of_openapi(version: str) -> None:
    document = copy.deepcopy(documents("library", "openapi", version))
    document["paths"]["/books"]["post"]["security"] = []
    assert told(differences(outputs.rest("library"), openapi_table.table(document))) == UNSECURED


CREATE = """    "/books",
    content_type="application/json",
    security=[{"librarian": []}],
"""


@pytest.mark.parametrize("change", CHANGES)
def test_client(change: Callable[[Any], None]) -> None:
    made = project(another())
    change_form(made, change)
    found = differences(outputs.both("library"), client_table.table(made))
    assert told(found) == CHANGES[change]


def test_security_of_client() -> None:
    made = project(another())
    rewrite(made, "resources/books.py", CREATE, CREATE.replace('{"librarian": []}', ""))
    found = differences(outputs.both("library"), client_table.table(made))
    assert told(found) == UNSECURED


def test_parameter_of_client() -> None:
    made = project(another())
    rewrite(made, "resources/books.py", 'declare.Parameter("offset")', 'declare.Parameter("skip")')
    found = differences(outputs.both("library"), client_table.table(made))
    assert told(found) == {("parameter", "", "there")}


@pytest.mark.parametrize(
    ("path", "old", "new", "wanted"),
    [
        ("forms.py", "    title: str\n", "    title: int\n", {("answers", "title", "types")}),
        ("forms.py", "    title: str\n", "", {("answers", "title", "there")}),
        (
            "forms.py",
            "author_id: AuthorId\n",
            "author_id: declare.NotRequired[AuthorId]\n",
            {("answers", "author_id", "required")},
        ),
        (
            "forms.py",
            "NotRequired[int | None]",
            "NotRequired[int]",
            {("answers", "published", "types")},
        ),
        (
            "forms.py",
            '    "lent",\n',
            '    "lost",\n',
            {("answers", "availability", "enum"), ("sends", "availability", "enum")},
        ),
        (
            "resources/books.py",
            "    limit: int\n",
            "    limit: str\n",
            {("parameter", "", "types")},
        ),
        ("resources/books.py", "book_id: str", "book_id: int", {("parameter", "", "types")}),
        (
            "resources/authors.py",
            "body: forms.CreateAuthor",
            "body: forms.CreateMember",
            {
                ("sends", name, "there")
                for name in ("born", "also_known_as", "email", "pin", "loans")
            },
        ),
    ],
)
def test_types_of_client(path: str, old: str, new: str, wanted: Told) -> None:
    made = project(another())
    rewrite(made, path, old, new)
    known = each_alternative_whole(outputs.both("library"))
    found = told(differences(known, types_table.table(made)))
    assert {(part, way.removeprefix("[] "), aspect) for part, way, aspect in found} == wanted


ISBN = """        wire=["isbn"],
        type=kit.Text(),
"""
TITLE = "        type=kit.Text(min_length=1, max_length=300),\n        is_required=True,\n"


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        (
            'wire=["isbn"]',
            'wire=["isbn13"]',
            {("sends", "isbn", "there"), ("sends", "isbn13", "there")},
        ),
        (ISBN, ISBN.replace("Text", "Integer"), {("sends", "isbn", "types")}),
        ('"lent"', '"lost"', {("sends", "availability", "enum")}),
        (TITLE, TITLE.replace("True", "False"), {("sends", "title", "required")}),
        ("max_length=300", "max_length=301", {("sends", "title", "maxLength")}),
        ("minimum=1450", "minimum=1451", {("sends", "published", "minimum")}),
        ("maximum=100", "maximum=101", {("parameter", "", "maximum")}),
        ('wire=["offset"]', 'wire=["skip"]', {("parameter", "", "there")}),
    ],
)
def test_command_line(old: str, new: str, wanted: Told) -> None:
    made = project(another())
    rewrite(made, "cli/commands/books.py", old, new)
    assert told(differences(outputs.both("library"), click_table.table(made))) == wanted
