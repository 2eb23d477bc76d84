"""The types of arguments: valid input is passed on unchanged, and invalid input is reported."""

from __future__ import annotations

import re
from typing import Any

import click
import pytest
from projects import definition, project
from running import live

KIT = project("library").module("cli.kit")
CORE = project("library").module("_core")


def convert(kind: Any, text: str) -> str:
    """Return the value that a type converts a text to, as JSON."""
    written: str = CORE.dumps(kind.convert(text, None, None))
    return written


@pytest.mark.parametrize(
    ("kind", "text", "want"),
    [
        (KIT.Text(), "", '""'),
        (KIT.Text(min_length=2, max_length=2), "😀é", '"😀é"'),
        (KIT.Integer(), "-0", "-0"),
        (KIT.Integer(), "9" * 5000, "9" * 5000),
        (KIT.Integer(minimum="1e400"), "1" + "0" * 400, "1" + "0" * 400),
        (KIT.Number(), "1.10", "1.10"),
        (KIT.Number(), "1e400", "1e400"),
        (KIT.Number(multiple_of=0.01), "19.99", "19.99"),
        (KIT.Number(multiple_of=3), "1e999999", "1e999999"),
        (KIT.Boolean(), "false", "false"),
        (KIT.Date(), "2024-02-29", '"2024-02-29"'),
        (KIT.DateTime(), "2016-12-31T23:59:60.5+05:30", '"2016-12-31T23:59:60.5+05:30"'),
        (
            KIT.UUIDText(),
            "0B8EA1D6-3c5f-4e57-9d1c-6a2f0f5b7c41",
            '"0B8EA1D6-3c5f-4e57-9d1c-6a2f0f5b7c41"',
        ),
        (KIT.Choice(1, "1", None, True, "a b", ""), "1", "1"),
        (KIT.Choice(1, "1", None, True, "a b", ""), '"1"', '"1"'),
        (KIT.Choice(1, "1", None, True, "a b", ""), "", '""'),
        (KIT.Choice(1, "1", None, True, "a b", ""), "true", "true"),
        (KIT.Choice(1.5, 2), "2.0", "2.0"),
        (KIT.JSONValue(), "text", '"text"'),
        (KIT.JSONValue(), '"5"', '"5"'),
        (KIT.JSONValue(), "5", "5"),
        (KIT.JSONValue("string", "integer"), "1.5", '"1.5"'),
        (KIT.JSONValue("object"), '{"a": 1.10}', '{"a": 1.10}'),
        (KIT.JSONValue("number"), "5", "5"),
    ],
)
def test_what_is_taken(kind: Any, text: str, want: str) -> None:
    assert convert(kind, text) == want


@pytest.mark.parametrize(
    ("kind", "text", "fault"),
    [
        (KIT.Text(min_length=1), "", "shorter than 1 character"),
        (KIT.Text(max_length=1), "ab", "longer than 1 character"),
        (KIT.Text(), "\udcff", "not UTF-8"),
        (KIT.Integer(), "1_000", "not an integer"),
        (KIT.Integer(), "１", "not an integer"),
        (KIT.Integer(), " 7 ", "not an integer"),
        (KIT.Integer(), "1.0", "not an integer"),
        (KIT.Integer(minimum=1450), "7", "must be at least 1450, not '7'"),
        (KIT.Integer(maximum=5), "7", "must be at most 5, not '7'"),
        (KIT.Integer(above=0), "0", "more than 0"),
        (KIT.Integer(below="1e3"), "1000", "less than 1e3"),
        (KIT.Number(), "nan", "not a number"),
        (KIT.Number(multiple_of=0.1), "0.25", "a multiple of 0.1"),
        (KIT.Boolean(), "yes", "not true or false"),
        (KIT.Date(), "2023-02-29", "not a date: write YYYY-MM-DD, such as"),
        (KIT.DateTime(), "2026-01-01T00:00:00", "not a date with a time: write it as"),
        (KIT.UUIDText(), "{0B8EA1D6-3c5f-4e57-9d1c-6a2f0f5b7c41}", "not a UUID"),
        (KIT.Choice("a", "b"), "c", "not one of 'a', 'b'"),
        (KIT.Choice(1), "true", "not one of 1"),
        (KIT.JSONValue("object"), "[]", "not an object in JSON, such as {"),
        (KIT.JSONValue("array", "null"), "x", 'not null or a list in JSON, such as ["a", "b"]'),
        (KIT.JSONValue("array"), '[1, {"a": 1, "a": 2}]', "not a list"),
    ],
)
def test_what_is_refused(kind: Any, text: str, fault: str) -> None:
    with pytest.raises(click.BadParameter, match=re.escape(fault)):
        kind.convert(text, None, None)


@pytest.mark.parametrize(
    ("text", "path", "rest", "is_json"),
    [
        ("a=b", ("a",), "b", False),
        ("a.b=c=d", ("a", "b"), "c=d", False),
        (r"a\.b\=c\\=x", ("a.b=c\\",), "x", False),
        ("a:=1", ("a",), "1", True),
        ("a:b=1", ("a:b",), "1", False),
        (r"a\:=1", ("a:",), "1", False),
        ("=x", ("",), "x", False),
        ("a..b=", ("a", "", "b"), "", False),
    ],
)
def test_assignments(text: str, path: tuple[str, ...], rest: str, is_json: bool) -> None:
    options = project("library").module("cli.kit.paths")
    assert options.split(text) == (path, rest, is_json)
    assert options.split(f"{options.written(path)}=x")[0] == path


def completed(words: list[str], incomplete: str, url: str) -> dict[str, str | None]:
    """Return the completions for a shell, with their descriptions."""
    from click.shell_completion import ShellComplete

    cli = project("library")
    shell = ShellComplete(cli.root, {}, cli.package, "_X")
    items = shell.get_completions([*cli.connection(url), *words], incomplete)
    return {item.value: item.help for item in items}


@pytest.mark.parametrize(
    ("words", "typed", "found"),
    [
        (["books", "list", "--columns"], "title,pu", ["title,published"]),
        (["books", "list", "--columns"], "isbn,is", []),
        (["books", "wait", "x", "--for"], "pu", ["published="]),
        (["books", "wait", "x", "--for"], "availability=l", ["availability=lent"]),
        (["books", "wait", "x", "--for"], "del", ["deleted"]),
        (["books", "update", "x", "-F"], "ti", ["title="]),
        (["books", "update", "x", "-F"], "book_id", []),
        (["books", "set", "x"], "a", ["author_id", "availability"]),
        (["books", "get", "x", "--attr"], "t", ["title"]),
        (["explain", "books"], "p", ["published"]),
        (["explain", "members"], "p", ["pin"]),
        (["explain", "nothing"], "p", []),
        (["doctor", "--columns"], "c", []),
    ],
)
def test_fields_are_completed(words: list[str], typed: str, found: list[str]) -> None:
    assert list(completed(words, typed, "http://127.0.0.1:9")) == found


def test_keys_that_exist() -> None:
    cli = project("library")
    with live(cli, "--seed", "2") as mock:
        books = CORE.loads(cli.run("books", "list", "-o", "json", url=mock.url).stdout)
        assert completed(["books", "get"], "", mock.url) == {
            book["book_id"]: book["title"] for book in books
        }
        authors = CORE.loads(cli.run("authors", "list", "-o", "json", url=mock.url).stdout)
        found = completed(["books", "create", "--author-id"], "", mock.url)
        assert found == {author["author_id"]: author["name"] for author in authors}
        first = CORE.loads(cli.run("members", "list", "-o", "json", url=mock.url).stdout)[0][
            "member_id"
        ]
        assert len(completed(["member-loans", "get", str(first)], "", mock.url)) == 2
        members = CORE.loads(cli.run("members", "list", "-o", "json", url=mock.url).stdout)
        assert completed(["member-loans", "list"], "", mock.url) == {
            str(member["member_id"]): member["name"] for member in members
        }
        assert completed(["books", "list", "--author-id"], "", mock.url) == found
        assert completed(["books", "watch", "--author-id"], "", mock.url) == found
        assert completed(["member-loans", "create", str(first), "--book-id"], "", mock.url) == {
            book["book_id"]: book["title"] for book in books
        }
    assert completed(["books", "get"], "", "http://127.0.0.1:9") == {}
    assert list(completed(["books", "create", "--availability"], "l", "http://127.0.0.1:9")) == [
        "lent"
    ]


def test_keys_by_what_people_call_them() -> None:
    cli = project("library")
    with live(cli) as mock:
        for name in ("Stanisław Lem", "Ursula K. Le Guin", "Madeleine L'Engle"):
            assert cli.run("authors", "create", "--name", name, url=mock.url).exit_code == 0
        authors = CORE.loads(cli.run("authors", "list", "-o", "json", url=mock.url).stdout)
        keys = {author["name"]: author["author_id"] for author in authors}
        for typed, name in (("Lem", "Stanisław Lem"), ("k. le", "Ursula K. Le Guin")):
            for words in (["books", "create", "--author-id"], ["authors", "get"]):
                assert completed(words, typed, mock.url) == {keys[name]: name}
        assert completed(["books", "create", "--author-id"], "Le", mock.url) == {}
        assert completed(["books", "create", "--author-id"], "nobody", mock.url) == {}


FLAT = """
kind: flat
methods: {resource: [post], instance: [get, head]}
schema:
  type: array
  key: {name: id}
  query_params:
    - {name: floor, required: true, methods: [head]}
  items: {type: object, properties: {name: {type: string}}}
"""


def test_exists_sends_its_parameters() -> None:
    cli = definition("flat", FLAT)
    with live(cli) as mock:
        assert cli.run("flats", "exists", "a", "--floor", "2", url=mock.url).exit_code == 4
        assert (mock.last()["method"], mock.last()["path"]) == ("HEAD", "/flats/a?floor=2")
