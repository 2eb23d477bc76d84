"""As a command: each line works, makes the same request, and contains no secret."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from applications import Application, application, definition
from conftest import Visit
from record_test import AUTHOR, BOOK, LIBRARY
from recorder import Recorder, Request

ODD = """
kind: odd
security:
  scheme: {key: {type: apiKey, in: query, name: "k$y"}}
  resource: {post: [{key: []}]}
methods: {resource: [get, post], instance: [get, put, patch, delete]}
schema:
  key: {name: odd_id}
  query_params:
    - {name: tag, schema: {type: array, items: {type: string}}}
    - {name: open, schema: {type: boolean}}
  items:
    type: object
    properties:
      name: {type: string}
      note: {type: [string, "null"]}
      price: {type: number}
      open: {type: boolean}
      secret: {type: string, writeOnly: true}
      inner:
        type: object
        properties: {pin: {type: string, format: password}, tags: {type: array, items: {type: string}}}
"""
NASTY = 'it\'s `$HOME` "x" \\ !! é'


@pytest.fixture(scope="module")
def odds() -> Application:
    return definition("commands_odds", ODD)


class Shell:
    """A shell in which the program of an application can be called."""

    def __init__(self, of: Application, api: Recorder, folder: Path) -> None:
        self.of = of
        self.api = api
        self.folder = folder
        self.program = of.module("cli.main").root.program.name
        file = folder / self.program
        file.write_text(f"#!{sys.executable}\nfrom {of.package}.__main__ import main\nmain()\n")
        file.chmod(file.stat().st_mode | stat.S_IEXEC)

    def run(self, line: str) -> Request:
        """Run a line, and return the one request that it made."""
        prefix = self.program.upper().replace("-", "_")
        environ = {
            "PATH": f"{self.folder}:{os.environ['PATH']}",
            "HOME": str(self.folder),
            "PYTHONPATH": str(self.of.project.source),
            f"{self.of.package.upper()}_TOKEN": "token",
            f"{prefix}_TOKEN": "token",
        }
        self.api.clear()
        done = subprocess.run(
            ["bash", "-c", line],
            env=environ,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert "Usage:" not in done.stderr, f"{line}\n{done.stderr}"
        found = [
            each for each in self.api.requests() if each.method != "GET"
        ] or self.api.requests()
        assert len(found) == 1, f"{line}\n{done.stdout}{done.stderr}"
        return found[0]


WHOLE = {"author_id": AUTHOR, "availability": "available"}
CALLS: list[tuple[str, str, tuple[str, ...], dict[str, Any]]] = [
    ("books", "list", (), {"query": {"title": "Left $x", "limit": 5}}),
    ("books", "get", (BOOK,), {"query": {}}),
    ("books", "create", (), {"query": {}, "body": {**WHOLE, "title": NASTY, "published": 1969}}),
    ("books", "create", (), {"query": {}, "body": {**WHOLE, "title": "-x", "shelves": ["a"]}}),
    ("books", "create", (), {"query": {}, "body": {**WHOLE, "title": "-x"}}),
    ("books", "update", (BOOK,), {"query": {}, "body": {"isbn": None, "title": "T"}}),
    (
        "books",
        "update",
        (BOOK,),
        {"query": {}, "body": {"title": "two\nlines"}, "headers": {"If-Match": '"3"'}},
    ),
    ("books", "delete", (BOOK,), {"query": {}}),
    ("member_loans", "list", ("7",), {"query": {}}),
    ("odds", "list", (), {"query": {"tag": ["a,b", "-c"], "open": True}}),
    ("odds", "get", ("-1 / 2?",), {"query": {}}),
    ("odds", "create", (), {"query": {}, "body": {"price": 1, "open": False, "name": ""}}),
    ("odds", "create", (), {"query": {}, "body": {"inner": {"tags": []}}}),
    ("odds", "update", ("x",), {"query": {}, "body": {"note": None, "name": "@file"}}),
]


@pytest.mark.parametrize(("module", "operation", "keys", "call"), CALLS)
@pytest.mark.parametrize("kind", ["curl", "program"])
def test_each_line_makes_the_same_request(  # noqa: PLR0913, PLR0917
    library: Application,
    odds: Application,
    visit: Visit,
    tmp_path: Path,
    kind: str,
    module: str,
    operation: str,
    keys: tuple[str, ...],
    call: Mapping[str, Any],
) -> None:
    of = odds if module == "odds" else library
    app = visit(of, load=LIBRARY if of is library else "{}").open()
    page = dict(of.pages())[module]
    client = of.module("client").Client(app.api.url, auth=of.credentials(), retries=0)
    wanted = client.prepare(page.operation(operation), *keys, **call)
    line = _line(of, app.at, page, operation, keys, call, kind)
    assert line is not None
    if operation == "delete" and kind == "program":
        line += " --yes"
    got = Shell(of, app.api, tmp_path).run(line)
    assert got.method == wanted.method
    assert got.target.partition("?")[0] == wanted.path_url.partition("?")[0]
    assert sorted(got.query) == sorted(_pairs(wanted.path_url))
    assert got.header("if-match") == (call.get("headers") or {}).get("If-Match")
    assert got.header("authorization") == wanted.headers.get("Authorization")
    assert json.loads(got.body or b"0") == json.loads(wanted.body or b"0")


def _line(  # noqa: PLR0913, PLR0917
    of: Application, at: Any, page: Any, operation: str, keys: Any, call: Any, kind: str
) -> str | None:
    """Return a command as a page would show it to the visitor of a test."""
    import streamlit as st

    st.session_state["firestone.session"] = at.session_state["firestone.session"]
    name = "ui.kit.programs" if kind == "program" else "ui.kit.commands"
    make = of.module(name).line if kind == "program" else of.module(name).curl
    found: str | None = make(page, operation, keys, **call)
    return found


def _pairs(target: str) -> list[tuple[str, str]]:
    from urllib.parse import parse_qsl

    return parse_qsl(target.partition("?")[2], keep_blank_values=True)


class TestPages:
    def test_a_record_says_how_it_is_read(self, library: Application, visit: Visit) -> None:
        app = visit(library, load=LIBRARY).open("books", view="show", id=BOOK)
        program = library.module("cli.main").root.program.name
        assert f"{program} books get {BOOK} --base-url {app.api.url}" in app.texts()
        assert f"curl {app.api.url}/books/{BOOK}" in app.texts()

    def test_a_list_says_how_it_is_read(self, library: Application, visit: Visit) -> None:
        app = visit(library, load=LIBRARY).open("books", title="Left")
        program = library.module("cli.main").root.program.name
        found = [text for text in app.texts() if text.startswith(f"{program} books list ")]
        assert len(found) == 1
        assert "--title Left" in found[0]

    def test_no_secret_is_in_a_line(self, odds: Application, visit: Visit) -> None:
        app = visit(odds).open("odds", view="new")
        app.fill("Name", "Visible").fill("Secret", "hush-hush")
        said = [text for text in app.texts() if text.startswith("curl ")]
        assert len(said) == 1
        assert "Visible" in said[0]
        assert "***" in said[0]
        (raw,) = [each.value for each in app.at.code if each.value.startswith("curl ")]
        assert "k\\$y=$CASE_COMMANDS_ODDS_TOKEN" in raw
        assert not [text for text in app.texts() if "hush-hush" in text and "curl" in text]
        commands = odds.module("ui.kit.commands")
        page = dict(odds.pages())["odds"]
        body = {"secret": "a", "inner": {"pin": "b", "tags": ["c"]}, "other": 1}
        assert commands._shown(page, "create", body) == {
            "secret": "***",
            "inner": {"pin": "***", "tags": ["c"]},
            "other": 1,
        }

    def test_a_secret_of_a_variant_that_is_not_finished(self) -> None:
        """Incomplete input is not valid for any variant, but its secrets must still be masked."""
        text = """
kind: payment
schema:
  key: {name: payment_id}
  items:
    type: object
    properties:
      method:
        oneOf:
          - {type: object, title: Card, properties: {number: {type: string, format: password}, name: {type: string}}, required: [number, name]}
          - {type: object, title: Cash, properties: {cash: {type: boolean}}, required: [cash]}
"""
        payments = definition("commands_payments", text)
        page = dict(payments.pages())["payments"]
        shown = payments.module("ui.kit.commands")._shown(
            page, "create", {"method": {"number": "4"}}
        )
        assert shown == {"method": {"number": "***"}}

    def test_without_a_command_line(self, visit: Visit) -> None:
        import shutil

        alone = definition("commands_alone", ODD.replace("odd", "lone"))
        shutil.rmtree(alone.folder / "cli")
        app = visit(alone).open("lones", view="new")
        assert [text for text in app.texts() if text.startswith("curl ")]
        assert not [text for text in app.texts() if " lones create" in text]

    @pytest.mark.parametrize("case", ["security", "evil_text", "unicode_names", "07_nesting_data"])
    def test_hostile_definitions(self, visit: Visit, case: str) -> None:
        of = application(case)
        app = visit(of, "--seed", "2")
        for module, page in of.pages():
            if not page.parent_names and page.may("create"):
                app.open(module, view="new")
