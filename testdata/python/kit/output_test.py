"""The output of values: seven formats, queries, and no output."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from conftest import Desk, Terminal
from desk._core import JSON, Event, dumps, loads
from desk.cli.kit import csv_text, table, yaml_text
from desk.cli.kit.output import Output, View
from desk.cli.kit.query import Query, QueryError
from desk.cli.kit.settings import Settings

ANY = View()
VIEW = View("authors", "author_id", ("name",), ("author_id", "name"))
OFFERS = loads(
    '[{"offer_id":1,"name":"a","price":9.5},{"offer_id":2,"name":"b","price":20.25},'
    '{"offer_id":3,"name":"c","price":3.10},{"offer_id":4,"name":"d","price":100},'
    '{"offer_id":5,"name":"e","price":7}]'
)
TEXTS = [
    *("no", "y", "N", "~", "=", "<<", "1e3", "0o17", "010", "1_000", "12:30:45", "2026-01-31"),
    *(".inf", "- a", "a: b", "#x", "", " a", "a ", "a\n", "a\n\n", "\n", "\na", "a\u0085b"),
    *("\u2028", "\ufeffa", "null", "True", "on", "0x10", "a #b", "[a", "{a", "*a", "&a", "!a"),
    *("%a", "@a", "`a", "'a'", '"a"', "a\tb", "\x1b[2J", "\ud800", "\U0001f600", "é", "a\\b", "?"),
    *("one\ntwo", "one\n  two\n", "  one\ntwo", "one\n\ntwo\n", "one \ntwo", "---\na", "a\r\nb"),
    *("_", "a" * 2000, "x: |\n  y", "-", "a:", "key: [", "+1", ".5", "0", "-0", "1.", "e", "NaN"),
]


def printed(value: JSON, form: str, view: View = ANY, *, many: bool = False, **extra: Any) -> str:
    """Return what is printed for a value, or for a list that is streamed."""
    stream = io.StringIO()
    output = Output(Settings("desk", "http://h", output=form, **extra), stream)
    if many:
        assert isinstance(value, list)
        output.items(iter(value), view)
    else:
        output.value(value, view)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("form", "wanted"),
    [
        *(("json", "[]\n"), ("yaml", "[]\n"), ("ndjson", ""), ("name", "")),
        *(("csv", "author_id,name\n"), ("table", ""), ("auto", "[]\n")),
    ],
)
def test_nothing(form: str, wanted: str) -> None:
    assert printed([], form, VIEW, many=True) == wanted
    assert printed([], form, VIEW) == wanted


def test_nothing_of_a_query() -> None:
    assert printed([], "json", VIEW, many=True, query="[].name") == "[]\n"
    assert printed([], "json", VIEW, many=True, query="[0].name") == "null\n"


@pytest.mark.parametrize("form", ["json", "ndjson", "csv", "yaml", "table", "name"])
@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("sort_by(@, &price)[0].name", "c"),
        ("sum([].price)", "139.85"),
        ("max_by(@, &price).price", "100"),
        ("[2].price", "3.10"),
        ("[?type(price) == 'number'] | length(@)", "5"),
        ("avg([].price)", "27.97"),
        ("[?price == `3.10`] | [0].name", "c"),
        ("abs(sum([].price))", "139.85"),
        ("to_string([2].price)", "3.10"),
        ("to_number('1.50')", "1.50"),
    ],
)
def test_query_sees_everything_once(form: str, query: str, wanted: str) -> None:
    shown = printed(OFFERS, form, VIEW, many=True, query=query).strip()
    assert shown.strip('"') == wanted
    assert "\n" not in shown


def test_query_of_a_list() -> None:
    assert loads(printed(OFFERS, "json", many=True, query="[?price > `9`].name")) == ["a", "b", "d"]
    for form in ("csv", "name", "table"):
        assert printed(OFFERS, form, many=True, query="[?price > `9`].name") == "a\nb\nd\n"


@pytest.mark.parametrize(
    "wrong", ["[0", "foo(@)", "sum()", "sum(@, @)", "a b", "", "&a", "sort_by(@, a)", "[" * 2000]
)
def test_wrong_query_is_refused_before_a_request(desk: Desk, server: Any, wrong: str) -> None:
    done = desk("things", "list", "--query", wrong, "--base-url", server.url)
    assert done.returncode == 2, done.stderr
    assert not server.asked and not done.stdout


def test_big_numbers_in_a_query() -> None:
    numbers = loads(
        '[{"n": 12345678901234567890.5}, {"n": 1e400}, {"n": 123456789012345678901234567890}]'
    )
    assert Query("[0].n").search(numbers) is not None
    assert dumps(Query("max([].n)").search(numbers)) == "1e400"
    total = dumps(Query("sum([0:3:2].n)").search(numbers))
    assert total == "123456789024691357802469135780.5"


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_yaml_comes_back(text: str) -> None:
    value: JSON = {"text": text, "list": [text, {text: text}], text or "empty": [[text], []]}
    for written in (yaml_text.dump(value), yaml_text.dump(text), yaml_text.dump([text])):
        assert "!!" not in written
        assert all(character.isprintable() for character in written.replace("\n", ""))
    assert yaml.safe_load(yaml_text.dump(value)) == value
    assert yaml.safe_load(yaml_text.dump(text)) == text
    assert yaml.safe_load(yaml_text.dump([text, [text]])) == [text, [text]]


# Texts that YAML 1.2 (section 10.3.2, the core schema) or 1.1 does not read as strings.
@pytest.mark.parametrize("text", [text for text in TEXTS if text.isprintable() and text])
def test_yaml_texts_are_no_plain_words_that_mean_something(text: str) -> None:
    written = yaml_text.dump(text).removesuffix("\n")
    assert written.startswith('"') or written[0].isalpha()
    known = {"null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf"}
    assert written.startswith('"') or written.lower() not in known


def test_yaml_keeps_digits() -> None:
    value = loads(
        '{"ratio":1.10,"big":1e400,"small":1E-8,"count":12345678901234567890,"x":null,"y":true}'
    )
    written = yaml_text.dump(value)
    for line in ("ratio: 1.10", "big: 1e400", "small: 1E-8", "count: 12345678901234567890"):
        assert line in written.splitlines()
    assert 'x: null\n"y": true\n' in written


def test_yaml_shape() -> None:
    value: JSON = {"a": [{"b": 1, "c": [2, [3, 4]]}, []], "d": {}, "text": "one\ntwo\n"}
    assert yaml_text.dump(value) == (
        "a:\n  - b: 1\n    c:\n      - 2\n      - - 3\n        - 4\n  - []\nd: {}\ntext: |\n  one\n  two\n"
    )


def test_csv() -> None:
    rows = loads(
        '[{"id":1,"t":"a,b","n":-5},{"id":2,"t":"=1+1","n":null},{"id":3,"t":"","n":1.10},'
        '{"id":4,"t":"x\\ny","n":{"a":[1,null]}},{"id":5},{"id":6,"t":"\'=x","n":true}]'
    )
    assert printed(rows, "csv", many=True) == (
        "id,t,n\n"
        '1,"a,b",-5\n'
        "2,'=1+1,\n"
        '3,"",1.10\n'
        '4,"x\ny","{""a"": [1, null]}"\n'
        "5,,\n"
        "6,''=x,true\n"
    )


@pytest.mark.parametrize(
    "text", ["=1", "'=1", "''=1", "'a", "a", "+1", "-", "@x", "\t=1", "\uff1d1", "'"]
)
def test_csv_formula_is_reversible(text: str) -> None:
    shown = csv_text.cell({"a": text}, "a").strip('"')
    assert csv_text.restored(shown) == text
    assert shown[0] not in "=+-@\t\uff1d"


def test_columns_lead_into_objects_and_keep_their_order() -> None:
    rows = loads('[{"a":{"b":1,"c.d":2},"e":3}]')
    assert (
        printed(rows, "csv", many=True, columns=("e", "a.b", "a.c.d", "zz"))
        == "e,a.b,a.c.d,zz\n3,1,2,\n"
    )
    assert printed(rows, "table", many=True, columns=("e", "a.b")) == "e  a.b\n3    1\n"


@pytest.mark.parametrize("form", ["json", "ndjson", "yaml"])
def test_columns_are_the_members_of_json_if_a_flag_names_them(form: str) -> None:
    rows = loads('[{"a":{"b":1.10,"c.d":2,"x":0},"e":{"f":3,"g":4}},{"a":null}]')
    names = ("e", "a.c.d", "a.b", "e.f", "zz")
    wanted = loads('[{"e":{"f":3,"g":4},"a":{"c.d":2,"b":1.10}},{}]')

    def read(text: str) -> Any:
        return [*map(loads, text.splitlines())] if form == "ndjson" else yaml.safe_load(text)

    flag, profile = {"columns": "flag"}, {"columns": "profile x"}
    shown = read(printed(rows, form, many=True, columns=names, sources=flag))
    assert str(shown) == str(yaml.safe_load(dumps(wanted)) if form != "ndjson" else wanted)
    assert list(shown[0]) == ["e", "a"]
    for more in ({}, {"columns": names, "sources": profile}):
        assert len(read(printed(rows, form, many=True, **more))[0]["a"]) == 3


def test_columns_of_an_event_are_those_of_its_record() -> None:
    stream = io.StringIO()
    names, sources = ("b",), {"columns": "flag"}
    settings = Settings("desk", "http://h", output="json", columns=names, sources=sources)
    Output(settings, stream).event(Event("created", {"a": 1, "b": 2}, key="k"))
    assert json.loads(stream.getvalue()) == {"event": "created", "key": "k", "data": {"b": 2}}


def test_table_is_not_cut_and_aligns_wide_characters() -> None:
    rows: JSON = [{"name": "日本", "price": 5}, {"name": "x" * 300, "price": 1200}]
    first, second, third = printed(rows, "table", many=True).splitlines()
    assert first.startswith("name ") and first.endswith("  price")
    assert second == "日本" + " " * 302 + "5"
    assert third == "x" * 300 + "   1200"


def test_ndjson_and_csv_stream() -> None:
    taken: list[int] = []

    def source() -> Iterable[JSON]:
        for number in range(3):
            taken.append(number)
            yield {"author_id": str(number), "name": "n"}

    for form, lines in (("ndjson", 1), ("csv", 2)):
        taken.clear()
        seen: list[int] = []

        class Stream(io.StringIO):
            def write(self, text: str, seen: list[int] = seen) -> int:
                seen.append(len(taken))
                return super().write(text)

        Output(Settings("desk", "http://h", output=form), Stream()).items(source(), VIEW)
        assert seen[lines - 1] == 1


def test_events_are_a_text_a_line() -> None:
    stream = io.StringIO()
    output = Output(Settings("desk", "http://h", output="json"), stream)
    output.event(Event("created", {"a": 1}, key="k"))
    output.event(Event("deleted", None, key="k", id="7"))
    first, second = map(json.loads, stream.getvalue().splitlines())
    assert first == {"event": "created", "key": "k", "data": {"a": 1}}
    assert second == {"event": "deleted", "key": "k", "id": "7", "data": None}


def test_csv_says_what_it_leaves_out(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "list.json"
    file.write_text('[{"thing_id":1,"name":"a","price":1,"nickname":"x"}]')
    done = desk("things", "list", "--from", str(file), "-o", "csv")
    assert done.stdout == b"thing_id,name,price\n1,a,1\n"
    assert b"nickname" in done.stderr and done.returncode == 0


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("[?price > 'a']", "write a number as `1980`"),
        ("length([0].price)", "length() takes a string or a list or an object, but got a number"),
        ("max_by(@, &x)", "> is for two numbers or two strings"),
        ("merge([0], [9])", "a type that it does not accept"),
        ("contains('a', [0].price)", "a type that it does not accept"),
    ],
)
def test_a_query_that_does_not_fit_is_a_line(expression: str, said: str) -> None:
    rows = loads('[{"price": 1.5, "x": 1}, {"price": 2, "x": "a"}]')
    with pytest.raises(QueryError) as raised:
        Query(expression).search(rows)
    assert said in raised.value.message and "\n" not in raised.value.message
    assert not isinstance(raised.value, click.UsageError) and raised.value.exit_code == 1


def test_wrong_query_in_code_is_a_usage_error() -> None:
    with pytest.raises(click.UsageError):
        Query("[")


def test_csv_of_nothing_has_the_columns_that_are_known() -> None:
    view = View("authors", "author_id", ("name", "born"))
    assert printed([], "csv", view, many=True) == "name,born\n"


def test_columns_give_way_before_keys_are_broken() -> None:
    header = ["title", "book_id", "author_id", "isbn", "language"]
    key = "6b7f0a9e-3c0b-4ed5-9d1c-0f6a1c2f5a11"
    rows = [["The Left Hand of Darkness, and What Came of It", key, key, "9780441478125", "en"]]
    shown = {room: table.columns_that_fit(header, rows, {0, 1}, room) for room in (150, 100, 80, 70, 20)}
    assert shown == {150: [0, 1, 2, 3, 4], 100: [0, 1, 3, 4], 80: [0, 1, 4], 70: [0, 1], 20: [0, 1]}


def test_texts_are_broken_before_keys_are() -> None:
    header = ["title", "isbn", "book_id", "availability"]
    key = "6b7f0a9e-3c0b-4ed5-9d1c-0f6a1c2f5a11"
    rows = [["The Left Hand of Darkness", "9780441478125", key, "available"]]
    assert table.widths(header, rows, 200) == [25, 13, 36, 12]
    assert table.widths(header, rows, 80) == [13, 13, 36, 12]
    assert table.widths(header, rows, 75) == [8, 13, 36, 12]
    assert table.widths(header, rows, 60) == [8, 13, 21, 12]
    assert sum(table.widths(header, rows, 30)) == 30 - 6
    assert table.widths(header, rows, 3) == [1, 1, 1, 1]


@pytest.mark.parametrize("columns", ["40", "60", "100"])
def test_a_table_of_columns_that_were_named_loses_nothing(
    terminal: Callable[..., Terminal], tmp_path: Path, columns: str
) -> None:
    file = tmp_path / "list.json"
    record = {"thing_id": "6b7f0a9e-3c0b-4ed5-9d1c-0f6a1c2f5a11", "name": "one two three " * 9}
    file.write_text(json.dumps([record]))
    names = ("--columns", "name,thing_id,price,name")
    shown = terminal("things", "list", "--from", str(file), *names, env={"COLUMNS": columns})
    assert shown.end() == 0
    text = re.sub(r"\x1b\[[0-9;]*m", "", shown.seen.decode())
    assert max(map(len, text.splitlines())) <= int(columns)
    assert text.count("three") == 18 and "…" not in text
    assert columns == "40" or record["thing_id"] in text


def test_doctor_shows_all_on_a_narrow_terminal(terminal: Callable[..., Terminal]) -> None:
    shown = terminal("doctor", env={"COLUMNS": "60"})
    assert shown.end() == 1
    said = shown.seen.decode()
    for word in ("found", "remedy", "refused", "DESK_BASE_URL,", "profile;", "VPN"):
        assert word in said
    assert "no room" not in said and "…" not in said


def test_a_plain_list_is_its_items() -> None:
    record: dict[str, JSON] = {"a": ["SF-12", 1, None], "b": [["x"]], "c": []}
    assert [table.cell(record, name) for name in "abc"] == ["SF-12, 1, null", '[["x"]]', ""]
