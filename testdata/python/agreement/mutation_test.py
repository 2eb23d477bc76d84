"""One thing is changed in one output, and exactly that is told."""

from __future__ import annotations

import copy
import itertools
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import asyncapi_table
import click_table
import client_table
import mock_table
import openapi_table
import outputs
import pytest
import types_table
import ui_table
from applications import Application, application
from compare import Difference, differences
from definitions import documents
from limits import unexplained
from projection import each_alternative_whole, events_of
from projects import CASES, OUT, Project, project, serving
from recorder import Recorder
from streamlit.runtime.caching.cache_resource_api import clear_session_cache

Told = set[tuple[str, str, str]]
"""What differs: parts, the way to a field, and what is said of that."""

NUMBERS = itertools.count()


def drop(form: Any) -> None:  # noqa: ANN401
    del form["properties"]["isbn"]


def other_type(form: Any) -> None:  # noqa: ANN401
    form["properties"]["isbn"]["type"] = "boolean"


def other_member(form: Any) -> None:  # noqa: ANN401
    form["properties"]["availability"]["enum"][2] = "lost"


def optional(form: Any) -> None:  # noqa: ANN401
    form["required"].remove("title")


def other_bound(form: Any) -> None:  # noqa: ANN401
    form["properties"]["title"]["maxLength"] = 301


def writable(form: Any) -> None:  # noqa: ANN401
    form["properties"]["title"]["readOnly"] = True


def secret(form: Any) -> None:  # noqa: ANN401
    form["properties"]["title"]["writeOnly"] = True


def nullable(form: Any) -> None:  # noqa: ANN401
    form["properties"]["language"]["type"] = ["string", "null"]


def unreferred(form: Any) -> None:  # noqa: ANN401
    del form["properties"]["author_id"]["x-references"]


def conditional(form: Any) -> None:  # noqa: ANN401
    form["dependentRequired"] = {"isbn": ["language"]}


def closed(form: Any) -> None:  # noqa: ANN401
    form["additionalProperties"] = False


CHANGES: dict[Callable[[Any], None], Told] = {
    drop: {("sends", "isbn", "there")},
    other_type: {("sends", "isbn", "types")},
    other_member: {("sends", "availability", "enum")},
    optional: {("sends", "title", "required")},
    other_bound: {("sends", "title", "maxLength")},
    writable: {("sends", "title", "read_only")},
    secret: {("sends", "title", "write_only")},
    nullable: {("sends", "language", "types")},
    unreferred: {("sends", "author_id", "refers")},
    conditional: {("sends", "", "conditions")},
    closed: {("sends", "", "closed")},
}
"""What can happen to the form of a new book, and what has to be told then."""

UNSECURED: Told = {("security", "", "")}


def told(found: list[Difference]) -> Told:
    """Return what is told of differences, whatever operations they are in."""
    return {(each.part, " ".join(each.path), each.aspect) for each in unexplained(found)}


@pytest.mark.parametrize("change", CHANGES)
def test_openapi(change: Callable[[Any], None]) -> None:
    """Each other output is compared with it, so that it is enough to tell it from one."""
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


def another() -> str:
    """Return a case of the library whose files a test may change."""
    name = f"library_{next(NUMBERS)}"
    CASES[name] = CASES["library"]
    return name


def rewrite(made: Project, path: str, old: str, new: str) -> None:
    """Change a text in a file of a project, where it is first."""
    file = made.source / made.package / path
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{path}: no {old}"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def change_form(made: Project, change: Callable[[Any], None]) -> None:
    """Change the form of a new book in the schemas of a project."""
    file = made.source / made.package / "resources/schemas.json"
    document = json.loads(file.read_text(encoding="utf-8"))
    change(document["$defs"]["CreateBook"])
    file.write_text(json.dumps(document), encoding="utf-8")


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


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("    required: [title, ", "    required: [", {("sends", "title", "required")}),
        ("maxLength: 300", "maxLength: 301", {("sends", "title", "maxLength")}),
        ("minimum: 1450", "minimum: 1451", {("sends", "published", "minimum")}),
        ("reserved, lent]", "reserved, lost]", {("sends", "availability", "enum")}),
        (
            "type: [integer, ",
            "type: [boolean, ",
            {("sends", "published", "types"), ("sends", "published", "minimum")},
        ),
        ("  resource: [post]\n", "", UNSECURED),
        ("  resource: [get, post]\n", "  resource: [get]\n", {("operation", "", "")}),
    ],
)
def test_mock(old: str, new: str, wanted: Told) -> None:
    """The mock has no text but the definition that it serves."""
    folder = OUT / f"mock_{next(NUMBERS)}"
    shutil.copytree(CASES["library"][0], folder)
    file = folder / "book.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    text = text.replace(old, new, 1)
    if "post]\n" in old and "get" in old:
        text = text.replace("    post: Adds a book.\n", "").replace("  resource: [post]\n", "")
    file.write_text(text, encoding="utf-8")
    known = outputs.rest("library")
    with serving([folder], "--seed", "3", "--random", "1") as running:
        prober = mock_table.Prober(running.url, known.schemes or {})
        found = mock_table.table(known, prober)
        prober.close()
    assert told(differences(mock_table.carried(known), found)) == wanted


@pytest.mark.parametrize("change", [drop, other_type, other_member, optional])
def test_web_interface(change: Callable[[Any], None]) -> None:
    """Bounds and security are not said by its widgets, see docs/agreement.md."""
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


def watched(case: str, made: Application) -> list[Difference]:
    """Return how a changed interface differs from the document."""
    with serving(CASES[case], "--seed", "3", "--random", "1") as running:
        recorder = Recorder(running.url)
        found = ui_table.interface(made, recorder)
        recorder.close()
        clear_session_cache("test session id")
    return outputs.of_interface("library", found)
