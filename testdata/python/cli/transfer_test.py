"""Export and import of records: exported records can be imported, and failed ones corrected."""

from __future__ import annotations

import functools
import json
import os
import pty
import signal
import subprocess
import threading
from pathlib import Path
from typing import Any

import click
import pytest
from projects import Mock, Project, definition, project, serving
from roundtrip_test import Trip, required_filters
from running import answering, live, loaded, reading, started, wait_for
from samples import nested

FORMATS = ("ndjson", "csv", "yaml", "json")

CARD = """
kind: card
methods: {resource: [get, post], instance: [get]}
schema:
  key: {name: card_id, schema: {type: integer, minimum: 1}}
  query_params:
    - {name: format, methods: [get, post], schema: {type: string}}
  items:
    type: object
    properties:
      card_id: {type: integer, readOnly: true, expose: false}
      text: {type: string}
      note: {type: [string, "null"]}
      holder: {type: [string, "null"]}
      ratio: {type: number}
      count: {type: [integer, "null"]}
      is_new: {type: boolean}
      any: {type: [string, integer, "null"]}
      address: {type: object, properties: {city: {type: string}, zip.code: {type: string}}}
      labels: {type: object, additionalProperties: {type: string}}
      made: {type: string, format: date-time, readOnly: true}
    required: [text, holder]
"""

TEXTS = (
    *(
        "",
        " ",
        " a ",
        "a,b",
        'say "x"',
        "two\nlines",
        "two\r\nlines",
        "\r",
        "\t",
        "5",
        "true",
        "null",
    ),
    *(
        "=1+1",
        "'=1",
        "''@x",
        "+49",
        "-5",
        "@ada",
        "'quoted'",
        "#a",
        "\ufeffa",
        "\u2028",
        "é漢😀",
        "a\x85b",
    ),
)


@pytest.fixture
def cards() -> Project:
    return definition("card", CARD)


def bodies(mock: Mock) -> list[str]:
    """Return the bodies that were posted."""
    return [one["body"] for one in mock.requests() if one["method"] == "POST"]


def in_order(record: Any) -> Any:
    """Return a record as CSV can express it: in the order of the columns, and without null, which is an empty cell."""
    return {name: one for name, one in sorted(record.items()) if one is not None}


def worst(trip: Trip, command: click.Command) -> dict[str, Any]:
    """Return a record with the most difficult texts and numbers that the schema allows."""
    values = trip.samples.body(command)
    ways = [way for way in values if not any(way[:at] in values for at in range(1, len(way)))]
    return nested({way: values[way] for way in ways})


class TestEveryCase:
    def test_comes_back(self, case: Project, tmp_path: Path) -> None:
        if case.case == "all_of_hard":
            pytest.skip("each of them is a case of its own")
        with serving(case.definitions, "--seed", "1") as mock:
            for word, group in case.groups():
                self.check(Trip(case, mock, word, group), tmp_path)

    def check(self, trip: Trip, folder: Path) -> None:
        command, above = trip.command("import"), trip.parents()
        if command is None or above is None:
            return
        group, core = trip.group.commands, trip.core
        needed = required_filters(trip, command)
        sent = [worst(trip, group["create"])]
        file = folder / "first.ndjson"
        file.write_text("".join(f"{core.dumps(one)}\n" for one in sent), encoding="utf-8")
        before = len(bodies(trip.mock))
        result = trip.project.run(trip.word, "import", *needed, *above, file, url=trip.mock.url)
        assert result.exit_code in {0, 2, 4}, result.output
        if result.exit_code != 2:  # a required member has no example
            arrived = [core.dumps(core.loads(one)) for one in bodies(trip.mock)[before:]]
            assert arrived == [core.dumps(one) for one in sent]
        if trip.command("export") is not None:
            self.check_formats(trip, above, needed, folder)

    def check_formats(self, trip: Trip, above: list[str], needed: list[str], folder: Path) -> None:
        run = functools.partial(trip.project.run, trip.word, url=trip.mock.url)
        wanted = required_filters(trip, trip.group.commands["export"])
        found = {}
        for name in FORMATS:
            file = folder / f"{trip.word}.{name}"
            result = run("export", *wanted, *above, file)
            assert result.exit_code == 0, result.output
        for name in FORMATS:
            before = len(bodies(trip.mock))
            file = folder / f"{trip.word}.{name}"
            result = run("import", *needed, *above, file)
            assert result.exit_code in {0, 2, 4}, result.output
            arrived = [trip.core.loads(one) for one in bodies(trip.mock)[before:]]
            found[name] = [trip.core.dumps(in_order(one)) for one in arrived]
        assert found["ndjson"] == found["yaml"] == found["json"] == found["csv"]


class TestCSVThatComesBack:
    def records(self) -> list[dict[str, Any]]:
        return [
            {
                "text": text,
                "note": text,
                "holder": None,
                "address": {"city": text},
                "labels": {"a.b": text},
            }
            for text in TEXTS
        ]

    @pytest.mark.parametrize("name", FORMATS)
    def test_every_text(self, cards: Project, tmp_path: Path, name: str) -> None:
        content = json.dumps({"cards": self.records()})
        with loaded(cards, tmp_path, content) as mock:
            file = tmp_path / f"cards.{name}"
            assert cards.run("cards", "export", file, url=mock.url).exit_code == 0
            result = cards.run("cards", "import", file, url=mock.url)
            assert result.exit_code == 0, result.output
            assert [json.loads(one) for one in bodies(mock)] == self.records()

    def test_columns_inside(self, cards: Project, tmp_path: Path) -> None:
        with loaded(cards, tmp_path, json.dumps({"cards": self.records()})) as mock:
            file = tmp_path / "cards.csv"
            columns = "text,holder,address.city,address.zip.code,labels.a.b"
            assert (
                cards.run("cards", "export", file, "--columns", columns, url=mock.url).exit_code
                == 0
            )
            assert cards.run("cards", "import", file, url=mock.url).exit_code == 0
            wanted = [
                {key: one[key] for key in ("text", "holder", "address", "labels")}
                for one in self.records()
            ]
            assert [json.loads(one) for one in bodies(mock)] == wanted

    @pytest.mark.parametrize(
        ("cell", "want"),
        [
            ("text,holder\n1,", '{"text": "1", "holder": null}'),
            ('text,holder,note\n"","",""', '{"text": "", "holder": "", "note": ""}'),
            ("text,holder,note,count\n1,a,,", '{"text": "1", "holder": "a"}'),
            ('text,holder,count,ratio\n1,a,"",""', '{"text": "1", "holder": "a"}'),
            (
                "text,holder,ratio,count\n1,a,1.10,-5",
                '{"text": "1", "holder": "a", "ratio": 1.10, "count": -5}',
            ),
            ("text,holder,is_new\n1,a,TRUE", '{"text": "1", "holder": "a", "is_new": true}'),
            ("text,holder,any\n1,a,'-5", '{"text": "1", "holder": "a", "any": "-5"}'),
            ("text,holder,any\n1,a,-5", '{"text": "1", "holder": "a", "any": -5}'),
            ("text, holder,any\n 1,a,x", '{"text": " 1", "holder": "a", "any": "x"}'),
            ("text,holder,new.size\n1,a,2", '{"text": "1", "holder": "a", "new": {"size": 2}}'),
            (
                "text,holder,address.zip.code\n1,a,2",
                '{"text": "1", "holder": "a", "address": {"zip.code": "2"}}',
            ),
            (
                'text,holder,address\r\n1,a,"{""city"": ""x""}"\r\n',
                '{"text": "1", "holder": "a", "address": {"city": "x"}}',
            ),
        ],
    )
    def test_what_a_cell_says(self, cards: Project, cell: str, want: str) -> None:
        with live(cards) as mock:
            result = cards.run("cards", "import", "-", "--format", "csv", url=mock.url, stdin=cell)
            assert result.exit_code == 0, result.output
            assert bodies(mock) == [want]

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ('text,holder\n"a\nb",x,y\n', "cards.csv:2: 3 cells under 2 columns"),
            ('text,holder\n"a\nb",x\n1,2,3\n', "cards.csv:4: 3 cells under 2 columns"),
            ("text,holder\n\n\n1\n", "cards.csv:4: 1 cells under 2 columns"),
            ('text,holder\n"a"b,x\n', "cards.csv:2: there is text between a closing quote"),
            ('text,holder\n1,"a\n2,b\n', "cards.csv:2: a quote is not closed"),
            ("text,holder,count\n1,a,1.5\n", "cards.csv:2: count: '1.5' is not null or an integer"),
            ("text,holder,is_new\n1,a,yes\n", "cards.csv:2: is_new: 'yes' is not true or false"),
            ("text\n1\n", "cards.csv:2: missing: --holder"),
            ("text,,holder\n", "cards.csv:1: column 2 has no name"),
            ("text,text\n", "cards.csv:1: two columns are called 'text'"),
        ],
    )
    def test_what_is_no_record(self, cards: Project, tmp_path: Path, text: str, says: str) -> None:
        file = tmp_path / "cards.csv"
        file.write_text(text, encoding="utf-8", newline="")
        with live(cards) as mock:
            result = cards.run("cards", "import", file, url=mock.url)
            assert result.exit_code == 2
            assert f"{tmp_path}/{says}" in result.stderr
            assert not any('"holder": "y"' in body for body in bodies(mock))


class TestExport:
    @pytest.mark.parametrize(
        ("name", "words", "begins"),
        [
            ("a.ndjson", [], '{"author_id": '),
            ("a.jsonl", [], '{"author_id": '),
            ("a.CSV", [], "author_id,name"),
            ("a.yml", [], "- author_id: "),
            ("a.json", [], '[\n  {\n    "author_id": '),
            ("a", [], '{"author_id": '),
            ("a.txt", ["-o", "ndjson"], '{"author_id": '),
            ("a.json", ["-o", "csv"], "author_id,name"),
            ("a.csv", ["--columns", "name"], "name\n"),
        ],
    )
    def test_format(self, tmp_path: Path, name: str, words: list[str], begins: str) -> None:
        cli = project("library")
        with live(cli, "--seed", "3") as mock:
            result = cli.run("authors", "export", tmp_path / name, *words, url=mock.url)
            assert result.exit_code == 0, result.output
            assert result.stdout == ""
            assert result.stderr == f"3 authors in {tmp_path / name}\n"
            assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)

    def test_all_pages_and_filters(self, tmp_path: Path) -> None:
        cli = project("library")
        with live(cli, "--seed", "45") as mock:
            lines = cli.run("books", "export", url=mock.url).stdout.splitlines()
            assert len(lines) == 45
            some = cli.run("books", "export", "--max-items", 21, "-o", "csv", url=mock.url).stdout
            assert len(some.splitlines()) == 22
            one = json.loads(lines[7])
            found = cli.run("books", "export", "-", "--author-id", one["author_id"], url=mock.url)
            assert json.loads(found.stdout) == one
            assert found.stderr == ""

    def test_of_a_record_above(self, tmp_path: Path) -> None:
        cli = project("library")
        file = tmp_path / "loans.json"
        with live(cli, "--seed", "2") as mock:
            result = cli.run("member-loans", "export", 1, file, url=mock.url)
            assert result.exit_code == 0, result.output
            assert len(json.loads(file.read_text())) == 2
            result = cli.run("member-loans", "import", 2, file, url=mock.url)
            assert result.stderr.endswith("2 records: 2 created, 0 failed\n"), result.output
            assert {one["path"] for one in mock.writes()} == {"/members/2/loans"}

    @pytest.mark.parametrize(
        "words",
        [["-o", "table"], ["-o", "name"], ["-o", "auto"], ["--query", "[]"], ["--columns", "name"]],
    )
    def test_what_makes_no_sense(self, words: list[str], tmp_path: Path) -> None:
        file = tmp_path / "a.ndjson"
        result = project("library").run("authors", "export", file, *words, url="http://127.0.0.1:9")
        assert result.exit_code == 2, result.output
        assert not file.exists()

    def test_an_unknown_suffix(self, tmp_path: Path) -> None:
        file = tmp_path / "a.xls"
        result = project("library").run("authors", "export", file, url="http://127.0.0.1:9")
        assert result.exit_code == 2, result.output
        assert ".xls is not a format: export writes ndjson, csv, yaml, json" in result.stderr
        assert not file.exists()

    def test_a_setting_of_another_format_does_not_count(self, tmp_path: Path) -> None:
        cli = project("library")
        with live(cli, "--seed", "1") as mock:
            words = ["authors", "export"]
            env = {"CASE_LIBRARY_OUTPUT": "table"}
            with started("library", *words, url=mock.url, env=env) as process:
                assert process.stdout is not None
                assert process.stdout.read().startswith("{")

    def test_a_file_is_replaced_and_a_link_followed(self, tmp_path: Path) -> None:
        cli = project("library")
        target, link = tmp_path / "real", tmp_path / "link.csv"
        target.write_text("old")
        target.chmod(0o640)
        link.symlink_to("real")
        with live(cli, "--seed", "1") as mock:
            assert cli.run("authors", "export", link, url=mock.url).exit_code == 0
        assert target.read_text().startswith("author_id,")
        assert link.is_symlink()
        assert target.stat().st_mode & 0o777 == 0o640
        assert sorted(one.name for one in tmp_path.iterdir()) == ["link.csv", "real"]

    @pytest.mark.parametrize("is_there", [True, False])
    def test_half_a_list_is_no_file(self, tmp_path: Path, is_there: bool) -> None:
        def answer(asked: tuple[str, str]) -> Any:
            if "next" in asked[1]:
                return 500, {}, b""
            return 200, {"Link": '</authors?next>; rel="next"'}, b'[{"name": "x"}]'

        file = tmp_path / "a.ndjson"
        if is_there:
            file.write_text("old")
        with answering(answer) as server:
            result = project("library").run("authors", "export", file, url=server.url)
        assert result.exit_code == 5
        state = "is unchanged" if is_there else "was not written"
        assert f"{file} {state}: 1 author had arrived.\n" in result.stderr
        assert [one.read_text() for one in tmp_path.iterdir()] == ["old"] * is_there

    def test_a_full_disk(self) -> None:
        cli = project("library")
        with live(cli, "--seed", "1") as mock:
            result = cli.run("authors", "export", "/dev/full", url=mock.url)
        assert result.exit_code == 1
        assert result.stderr == "Error: /dev/full: No space left on device\n"

    def test_nothing_is_sent_or_written(self, tmp_path: Path) -> None:
        cli = project("library")
        with live(cli) as mock:
            result = cli.run(
                "books", "export", tmp_path / "b.csv", "--title", "abc", "--curl", url=mock.url
            )
            assert "title=abc" in result.stdout
            assert mock.requests() == []
        assert list(tmp_path.iterdir()) == []

    def test_streams(self) -> None:
        go_on = threading.Event()

        def answer(asked: tuple[str, str]) -> Any:
            if "next" in asked[1]:
                go_on.wait(20)
                return 200, {}, b'[{"name": "second"}]'
            return 200, {"Link": '</authors?next>; rel="next"'}, b'[{"name": "first"}]'

        with answering(answer) as server:
            with started("library", "authors", "export", url=server.url) as process:
                assert process.stdout is not None
                assert process.stdout.readline() == '{"name": "first"}\n'
                go_on.set()
                assert process.stdout.readline() == '{"name": "second"}\n'


BROKEN = {
    "cards.ndjson": (
        '{"text": "a", "holder": "x"}\n'
        "\n"
        '{"text": "b", "holder": \n'
        '{"text": 5, "holder": "x"}\r\n'
        "[1]\n"
        '{"text": "c", "text": "d"}\n'
        '{"text": "\udcff"}\n'
        '{"holder": "x"}\n'
        '{"text": "e", "holder": "x"}'
    ),
    "cards.json": '[ {"text": "a", "holder": "x"}, {\n  "text": 5, "holder": "]"}, 7, {"text": "e", "holder": "x"} ]\n',
    "cards.yaml": (
        "# Cards\n"
        "- text: a\n"
        "  holder: x\n"
        "- text: [5]   # five\n"
        "  holder: |\n"
        "    x\n"
        "\n"
        "      y\n"
        "- {text: b,\n"
        " text: c}\n"
        "- text: e\n"
        "  holder: x\n"
    ),
    "cards.csv": 'text,holder,count\na,x,\n"b\n""c",x,1.5\nd,x,,\ne,x,\n',
}
FAULTS = {
    "cards.ndjson": [
        *(
            ":3:24: Expecting value",
            ":4: create a card: 422 ",
            ":5: this is a list in JSON, not an object in JSON",
        ),
        *(
            ':6:15: the key "text" appears twice',
            ":7:11: this is not UTF-8",
            ":8: missing: --text",
        ),
    ],
    "cards.json": [":1: create a card: 422 ", ":2: this is an integer, not an object in JSON"],
    "cards.yaml": [":4: create a card: 422 ", ":10:2: 'text' appears twice"],
    "cards.csv": [":3: count: '1.5' is not null or an integer", ":5: 4 cells under 3 columns"],
}
FAILED = {
    "cards.ndjson": (
        '{"text": "b", "holder": \n'
        '{"text": 5, "holder": "x"}\r\n'
        "[1]\n"
        '{"text": "c", "text": "d"}\n'
        '{"text": "\udcff"}\n'
        '{"holder": "x"}\n'
    ),
    "cards.json": '[\n{\n  "text": 5, "holder": "]"},\n7\n]\n',
    "cards.yaml": "- text: [5]   # five\n  holder: |\n    x\n\n      y\n- {text: b,\n   text: c}\n",
    "cards.csv": 'text,holder,count\n"b\n""c",x,1.5\nd,x,,\n',
}


class TestFailures:
    @pytest.mark.parametrize("name", BROKEN)
    def test_each_is_told_and_kept(self, cards: Project, tmp_path: Path, name: str) -> None:
        file, failed = tmp_path / name, tmp_path / f"failed{Path(name).suffix}"
        file.write_text(BROKEN[name], encoding="utf-8", errors="surrogateescape", newline="")
        with live(cards) as mock:
            result = cards.run("cards", "import", file, "--failed", failed, url=mock.url)
            assert result.exit_code == (2 if name == "cards.csv" else 4)
            *lines, summary = result.stderr.splitlines()
            assert len(lines) == len(FAULTS[name])
            for line, fault in zip(lines, FAULTS[name], strict=True):
                assert line.startswith(f"{file}{fault}"), result.stderr
            count = len(FAULTS[name])
            assert summary == f"{count + 2} records: 2 created, {count} failed"
            assert failed.read_bytes().decode(errors="surrogateescape") == FAILED[name]

            again = cards.run("cards", "import", failed, url=mock.url)
            assert again.stderr.splitlines()[-1] == f"{count} records: 0 created, {count} failed"

    @pytest.mark.parametrize("name", BROKEN)
    def test_going_on_adds_to_them(self, cards: Project, tmp_path: Path, name: str) -> None:
        file, failed = tmp_path / name, tmp_path / f"failed{Path(name).suffix}"
        file.write_text(BROKEN[name], encoding="utf-8", errors="surrogateescape", newline="")
        with live(cards) as mock:
            for skip in (0, 2):
                words = ["--failed", failed, "--skip", skip]
                result = cards.run("cards", "import", file, *words, url=mock.url)
            *_, last = result.stderr.splitlines()
            count = len(FAULTS[name]) - 1
            assert last == f"{count + 1} records after 2 skipped: 1 created, {count} failed"
            again = cards.run("cards", "import", failed, url=mock.url)
            assert (
                again.stderr.splitlines()[-1]
                == f"{2 * count + 1} records: 0 created, {2 * count + 1} failed"
            )

    def test_there_is_no_file_where_none_failed(self, cards: Project, tmp_path: Path) -> None:
        file, failed = tmp_path / "a.ndjson", tmp_path / "failed"
        file.write_text('{"text": "a", "holder": null}')
        failed.write_text("from an earlier run")
        with live(cards) as mock:
            result = cards.run("cards", "import", file, "--failed", failed, url=mock.url)
            assert result.exit_code == 0, result.output
            assert not failed.exists()
            result = cards.run("cards", "import", file, "--failed", file, url=mock.url)
            assert result.exit_code == 2
            assert "this is the file being imported" in result.stderr
        assert file.read_text() == '{"text": "a", "holder": null}'

    def test_where_the_failed_ones_cannot_be_kept(self, cards: Project, tmp_path: Path) -> None:
        with live(cards) as mock:
            result = cards.run(
                "cards", "import", "-", "--failed", "/dev/full", url=mock.url, stdin="{}\n" * 3
            )
        assert result.exit_code == 1
        assert result.stderr.splitlines()[1:] == [
            "0 records: 0 created, 0 failed",
            "standard input:1: not created",
            "continue with --skip 0",
            "Error: /dev/full: No space left on device",
        ]

    @pytest.mark.parametrize(
        ("name", "text", "says"),
        [
            ("a.json", '{"text": "a"', "a.json:1:13: Expecting"),
            ("a.json", '[{"text": "a"},\n {"text": }]', "a.json:2:11: Expecting value"),
            ("a.yaml", "- text: a\n- [", "a.yaml:2:4: "),
            ("a.yaml", "- text: \udcff\n", "a.yaml:1:9: this is not UTF-8"),
            ("a.csv", "text;number\na;1\n", "a.csv:1: there are semicolons between the columns"),
            ("a.csv", "sep=;\ntext;number\na;1\n", "a.csv:1: there are semicolons"),
            ("a.csv", "text\tnumber\na\t1\n", "a.csv:1: there are tabs between the columns"),
            ("a.csv", "text\ra\rb\r", "a.csv:1: the lines end with CR alone"),
        ],
    )
    def test_a_broken_text_is_not_begun(
        self, cards: Project, tmp_path: Path, name: str, text: str, says: str
    ) -> None:
        file = tmp_path / name
        file.write_text(text, encoding="utf-8", errors="surrogateescape")
        with live(cards) as mock:
            result = cards.run("cards", "import", file, url=mock.url)
            assert result.exit_code == 2
            assert f"{tmp_path}/{says}" in result.stderr
            assert "created" not in result.stderr
            assert bodies(mock) == []

    def test_a_conflict_names_the_other_way(self, tmp_path: Path) -> None:
        cli = project("key_is_the_clients")
        with answering(lambda _: (409, {}, b"")) as server:
            word, group = next(iter(cli.groups()))
            form = cli.module("cli.kit.options").form_of(group.commands["create"].params)
            forms = cli.module("_core.forms").load()
            record = {name: "x" for name in forms.required(forms.named(form.name))}
            result = cli.run(word, "import", "-", url=server.url, stdin=json.dumps(record) * 1)
        assert result.exit_code == 4
        assert "standard input:1: " in result.stderr
        hint = f"hint: {cli.root.name} {word} apply -f FILE changes existing records\n"
        assert result.stderr.endswith(hint)

    def test_members_of_the_server(self, cards: Project) -> None:
        record = '{"card_id": 7, "text": "a", "holder": "x", "made": "2026-12-24T18:00:00Z"}\n'
        with live(cards, "--strict-requests") as mock:
            result = cards.run("cards", "import", "-", url=mock.url, stdin=record * 3)
            assert result.exit_code == 0, result.output
            assert bodies(mock) == ['{"text": "a", "holder": "x"}'] * 3
        assert result.stderr.splitlines() == [
            "note: omitted, since only the server writes it: card_id, made",
            "3 records: 3 created, 0 failed",
        ]

    @pytest.mark.parametrize(("count", "end"), [(12, "m11, m12"), (13, "m11, m12 and 1 more")])
    def test_many_members_of_the_server(self, count: int, end: str) -> None:
        names = [f"m{at + 1}" for at in range(count)]
        members = ", ".join(f"{name}: {{type: string, readOnly: true}}" for name in names)
        text = f"kind: box\nschema: {{key: {{name: box_id}}, items: {{type: object, properties: {{{members}}}}}}}\n"
        cli = definition(f"members_of_{count}", text)
        record = json.dumps(dict.fromkeys(names, "x"))
        result = cli.run(
            "boxes", "import", "-", "--dry-run", stdin=record, url="http://127.0.0.1:9"
        )
        assert result.stderr.splitlines()[0].endswith(f", m10, {end}")


class TestWhatIsRead:
    @pytest.mark.parametrize(
        "text",
        [
            '{"text": "a", "holder": "x"}\n{"text": "b", "holder": "x"}',
            '\n\n {"text": "a", "holder": "x"}\n{"text": "b", "holder": "x"}',
            '[{"text": "a", "holder": "x"},\n{"text": "b", "holder": "x"}]',
            "- text: a\n  holder: x\n- text: b\n  holder: x\n",
            "text: a\nholder: x\n---\ntext: b\nholder: x\n",
            "---\ntext: a\nholder: x\n---\n- text: b\n  holder: x\n---\n",
            "text,holder\na,x\nb,x\n",
            '"holder","text"\r\n"x","a"\r\n\r\n"x","b"\r\n',
        ],
    )
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    def test_by_its_content(self, cards: Project, text: str, encoding: str, tmp_path: Path) -> None:
        file = tmp_path / "cards"
        file.write_text(text, encoding=encoding, newline="")
        with live(cards) as mock:
            piped = cards.run("cards", "import", "-", url=mock.url, stdin=file.read_bytes())
            assert piped.stderr == "2 records: 2 created, 0 failed\n"
            named = cards.run("cards", "import", file, url=mock.url)
            assert named.stderr == piped.stderr
            texts = [(one["text"], one["holder"]) for one in map(json.loads, bodies(mock))]
            assert texts == [("a", "x"), ("b", "x")] * 2

    @pytest.mark.parametrize("text", ["", "\n\n", "[]", "--- \n", "text,holder\n"])
    def test_nothing(self, cards: Project, text: str) -> None:
        result = cards.run("cards", "import", "-", url="http://127.0.0.1:9", stdin=text)
        assert result.exit_code == 0
        assert result.stderr == "0 records: 0 created, 0 failed\n"

    def test_one_object_is_one_record(self, cards: Project) -> None:
        with live(cards) as mock:
            text = '{\n  "text": "a",\n  "holder": null\n}\n'
            result = cards.run("cards", "import", "-", url=mock.url, stdin=text)
            assert result.stderr == "1 record: 1 created, 0 failed\n"

    def test_lines_are_read_as_they_come(self, cards: Project) -> None:
        with live(cards) as mock:
            words = ("cards", "import", "-", "-o", "name")
            with started("card", *words, url=mock.url, stdin=subprocess.PIPE) as process:
                assert process.stdin is not None
                assert process.stdout is not None
                for number in (1, 2):
                    process.stdin.write('{"text": "a", "holder": null}\n')
                    process.stdin.flush()
                    assert process.stdout.readline() == f"{number}\n"
                process.communicate(timeout=20)
                assert process.returncode == 0


class TestWhatIsPrinted:
    RECORD = '{"text": "a", "holder": null}\n'

    @pytest.mark.parametrize(
        ("words", "want"),
        [
            ([], ""),
            (["-o", "name"], "1\n2\n"),
            (
                ["-o", "ndjson"],
                '{"card_id": 1, "text": "a", "holder": null, "made": "2026-01-01T00:00:00.000Z"}\n',
            ),
            (["-o", "json"], '[\n  {\n    "card_id": 1,'),
            (["-o", "csv", "--columns", "text"], "text\na\na\n"),
            (["-o", "json", "--query", "[].card_id"], "[\n  1,\n  2\n]\n"),
        ],
    )
    def test_only_if_it_is_asked_for(self, cards: Project, words: list[str], want: str) -> None:
        with live(cards, "--now", "2026-01-01T00:00:00Z") as mock:
            result = cards.run("cards", "import", "-", *words, url=mock.url, stdin=self.RECORD * 2)
            assert result.exit_code == 0, result.output
            assert result.stdout.startswith(want)
            assert bool(result.stdout) == bool(want)
            assert result.stderr == "2 records: 2 created, 0 failed\n"

    def test_the_requests(self, cards: Project, tmp_path: Path) -> None:
        words = ["cards", "import", "-", "--failed", tmp_path / "failed"]
        with live(cards) as mock:
            text = f"{self.RECORD}oops\n{self.RECORD}"
            result = cards.run(*words, "--dry-run", url=mock.url, stdin=text)
            assert result.exit_code == 2
            assert result.stdout.count(f"POST {mock.url}/cards\n") == 2
            assert result.stdout.count(f"\n\n{self.RECORD}") == 2
            assert "3 records: 2 would be created, 1 failed\n" in result.stderr
            result = cards.run(*words, "--curl", url=mock.url, stdin=text)
            assert result.stdout.count("curl --request POST ") == 2
            assert mock.requests() == []
        assert list(tmp_path.iterdir()) == []

    def test_a_bar_on_a_terminal(self, cards: Project, tmp_path: Path) -> None:
        file = tmp_path / "cards.ndjson"
        file.write_text(self.RECORD * 2 + "oops\n" + self.RECORD * 100)
        master, slave = pty.openpty()
        with live(cards) as mock:
            words = ("cards", "import", str(file))
            with started(
                "card", *words, url=mock.url, stderr=slave, env={"COLUMNS": "80"}
            ) as process:
                assert process.wait(20) == 2
                assert process.stdout is not None
                assert process.stdout.read() == ""
        os.close(slave)
        shown = b"".join(iter(lambda: _read(master), b"")).decode()
        os.close(master)
        bars = [line for line in shown.split("\r") if line.startswith("[")]
        assert bars[0].endswith("%  1 record: 1 created, 0 failed")
        last = shown.replace("\r\n", "\n").rpartition("\r")[2]
        assert last.endswith("103 records: 102 created, 1 failed\n")
        assert f"\r{file}:3:1: Expecting value\r\n" in shown


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:
        return b""


RECORDS = "".join(f'{{"text": "{name}", "holder": null}}\n' for name in "abcdef")


class TestStops:
    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        file = tmp_path / "the cards.ndjson"
        file.write_text(RECORDS)
        return file

    def answers(self, *statuses: int) -> Any:
        waiting = iter(statuses)
        return lambda _: (next(waiting, 201), {"Content-Type": "application/json"}, b"{}")

    @pytest.mark.parametrize(("status", "code"), [(401, 4), (403, 4), (302, 4)])
    def test_what_would_be_refused_again(self, tmp_path: Path, status: int, code: int) -> None:
        cli = project("library")
        file = tmp_path / "the authors.ndjson"
        file.write_text('{"name": "x"}\n' * 5)
        with answering(self.answers(201, 422, status)) as server:
            words = ["authors", "import", file, "--skip=1", "--token", "s3cret"]
            result = cli.run(*words, "--base-url", server.url)
            assert result.exit_code == code, result.output
            assert len(server.asked) == 3
        line = f"{cli.root.name} authors import '{file}' --token '***' --base-url {server.url} --skip 3"
        assert result.stderr.splitlines()[-3:] == [
            "2 records after 1 skipped: 1 created, 1 failed",
            f"{file}:4: not created",
            f"continue with: {line}",
        ]

    def test_a_connection_that_is_refused(self, cards: Project, file: Path) -> None:
        result = cards.run("cards", "import", file, "--base-url", "http://127.0.0.1:9")
        assert result.exit_code == 1
        assert result.stderr.splitlines()[0].startswith("Error: cannot connect to ")
        assert result.stderr.splitlines()[-3:] == [
            "0 records: 0 created, 0 failed",
            f"{file}:1: not created",
            f"continue with: {cards.root.name} cards import '{file}' --base-url http://127.0.0.1:9",
        ]

    def test_an_answer_that_does_not_come(self, cards: Project, file: Path) -> None:
        waiting = threading.Event()
        answers = self.answers()

        def answer(asked: tuple[str, str]) -> Any:
            if len(server.asked) == 3:
                waiting.wait(20)
            return answers(asked)

        with answering(answer) as server:
            words = ["cards", "import", "-", "--timeout", "0.2", "--base-url", server.url]
            result = cards.run(*words, "--failed", file.with_suffix(".failed"), stdin=RECORDS)
            waiting.set()
            assert result.exit_code == 1
            assert len(server.asked) == 3
        assert result.stderr.splitlines()[-3:] == [
            "2 records: 2 created, 0 failed",
            "standard input:3: may or may not have been created; if it exists, continue with --skip 3",
            "continue with --skip 2",
        ]

    def test_what_was_printed_before_is_not_lost(self, cards: Project, file: Path) -> None:
        with answering(self.answers(201, 201, 401)) as server:
            words = ["cards", "import", file, "-o", "json", "--base-url", server.url]
            result = cards.run(*words)
        assert json.loads(result.stdout) == [{}, {}]

    def test_nobody_reads_what_is_printed(self, file: Path) -> None:
        with answering(self.answers()) as server:
            words = ("cards", "import", str(file), "-o", "ndjson")
            reader, writer = os.pipe()
            os.close(reader)
            with started("card", *words, url=server.url, stdout=writer) as process:
                os.close(writer)
                lines = reading(process)
                assert process.wait(20) == 1
                wait_for(lambda: any("continue with:" in line for line in lines))
        assert lines[0] == "1 record: 1 created, 0 failed\n"
        assert lines[1].endswith(" --skip 1\n")

    def test_too_many_requests_wait(self, cards: Project, file: Path) -> None:
        answers = iter([(429, {"Retry-After": "0"}), (201, {}), (429, {"Retry-After": "0"})])
        with answering(lambda _: (*next(answers, (201, {})), b"")) as server:
            result = cards.run("cards", "import", file, "--base-url", server.url)
            assert result.exit_code == 0, result.output
            assert len(server.asked) == 8
        assert result.stderr.endswith("6 records: 6 created, 0 failed\n")

    def test_an_answer_that_is_no_json(self, cards: Project, file: Path) -> None:
        with answering(lambda _: (201, {}, b"<html>")) as server:
            result = cards.run("cards", "import", file, "--base-url", server.url)
        assert result.exit_code == 0
        assert result.stderr.count(": created, but create a card: the answer") == 6
        assert result.stderr.endswith("6 records: 6 created, 0 failed\n")

    def test_ctrl_c(self, cards: Project, file: Path) -> None:
        waiting = threading.Event()
        answers = self.answers()

        def answer(asked: tuple[str, str]) -> Any:
            if len(server.asked) == 3:
                waiting.wait(20)
            return answers(asked)

        with answering(answer) as server:
            with started("card", "cards", "import", str(file), url=server.url) as process:
                lines = reading(process)
                wait_for(lambda: len(server.asked) == 3)
                process.send_signal(signal.SIGINT)
                assert process.wait(20) == 130
                wait_for(lambda: any("continue with:" in line for line in lines))
            waiting.set()
        text = "".join(lines)
        assert "2 records: 2 created, 0 failed\n" in text
        assert (
            f"{file}:3: may or may not have been created; if it exists, continue with --skip 3\n"
            in text
        )
        assert text.rstrip().endswith("--skip 2")

    def test_goes_on_where_it_stopped(self, cards: Project, file: Path) -> None:
        with live(cards) as mock:
            assert cards.run("cards", "import", file, "--skip", 2, url=mock.url).exit_code == 0
            assert [json.loads(one)["text"] for one in bodies(mock)] == list("cdef")

    def test_the_line_that_goes_on(self, cards: Project) -> None:
        go_on = cards.module("cli.kit.importing").continuation
        group = cards.module("cli.kit.group")
        context = click.Context(cards.root, info_name="card")
        for words, want in (
            (["cards", "import", "f"], "card cards import f --skip 5"),
            (["cards", "import", "--skip", "2", "f"], "card cards import f --skip 5"),
            (["cards", "import", "--skip=2", "--", "-f"], "card cards import --skip 5 -- -f"),
            (
                ["--auth=a=b", "--token", "x", "cards", "import", "f"],
                "card --auth '***' --token '***' cards import f --skip 5",
            ),
        ):
            context.meta[f"{group.__name__}.words"] = ("card", *words)
            assert go_on(context, 5) == want


def test_flags_of_the_api_give_way(cards: Project) -> None:
    """A parameter with the name of an option of import keeps it in commands without that option."""
    group = dict(cards.groups())["cards"]

    def flags(name: str) -> list[str]:
        kit = cards.module("cli.kit")
        return [one.opts[0] for one in group.commands[name].params if isinstance(one, kit.Filter)]

    assert flags("list") == flags("export") == flags("create") == ["--format"]
    assert flags("import") == ["--format-2"]
    with live(cards) as mock:
        words = ("cards", "import", "-", "--format", "ndjson", "--format-2", "short")
        record = '{"text": "a", "holder": null}'
        assert cards.run(*words, url=mock.url, stdin=record).exit_code == 0
        assert mock.last()["path"] == "/cards?format=short"


def test_export_takes_no_page() -> None:
    command = dict(project("library").groups())["books"].commands["export"]
    flags = {flag for param in command.params for flag in param.opts}
    assert {"--title", "--max-items"} <= flags
    assert not flags & {"--limit", "--offset"}
