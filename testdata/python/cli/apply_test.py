"""apply changes the records of an API to match files."""

from __future__ import annotations

import json
import os
import pty
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from projects import Mock, Project, definition, project
from running import answering, compact, live, loaded, started, wait_for
from terminals import on_terminal

BOOK = """
kind: book
methods: {resource: [get, post], instance: [get, put, patch, delete]}
schema:
  key: {name: isbn, schema: {type: string}}
  items:
    type: object
    properties:
      isbn: {type: string}
      title: {type: string, minLength: 1}
      shelf: {type: [string, "null"]}
      price: {type: number}
      tags: {type: array, items: {type: string}}
      place:
        type: object
        properties: {room: {type: string}, since: {type: string, readOnly: true}}
      code: {type: string, writeOnly: true}
      added: {type: string, format: date-time, readOnly: true}
      payment:
        oneOf:
          - {type: object, properties: {type: {const: card}, number: {type: string}}, required: [type]}
          - {type: object, properties: {type: {const: iban}, iban: {type: string}}, required: [type]}
    required: [isbn, title]
"""

THERE = """
{"books": [
  {"isbn": "7", "title": "Solaris", "price": 1.10, "place": {"room": "A"}, "tags": ["a"], "extra": 1.50,
   "payment": {"type": "card", "number": "12"}},
  {"isbn": "5", "title": "Eden", "shelf": "B2"},
  {"isbn": "3", "title": "Fiasco"}
]}
"""


class Case:
    """A command line, a mock with three books, and files."""

    def __init__(self, cli: Project, mock: Mock, folder: Path) -> None:
        self.cli = cli
        self.mock = mock
        self.folder = folder

    def file(self, text: str, name: str = "a.yaml") -> Path:
        file = self.folder / name
        file.write_text(text, encoding="utf-8")
        return file

    def apply(self, text: str, *words: object, code: int = 0) -> Any:
        file = self.file(text)
        result = self.cli.run("books", "apply", "-f", file, *words, url=self.mock.url)
        assert result.exit_code == code, result.output
        return result

    def sent(self) -> list[tuple[str, str, str]]:
        return [
            (one["method"], one["path"], compact(one.get("body") or ""))
            for one in self.mock.writes()
        ]


@contextmanager
def serving_books(name: str, text: str, folder: Path) -> Iterator[Case]:
    cli = definition(name, text)
    with loaded(cli, folder, THERE) as mock:
        yield Case(cli, mock, folder)


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with serving_books("applied", BOOK, tmp_path) as found:
        yield found


FILE = """
- {isbn: "9", title: New, shelf: null}
- isbn: "7"
  title: Fiasco
  place: {room: B, since: ever}
  added: never
---
isbn: "5"
title: Eden
"""

DIFFERENCE = """\
+ 9  create
~ 7  title: "Solaris" -> "Fiasco"; place.room: "A" -> "B"
1 to create, 1 to update, 1 unchanged
"""

SENT = [
    ("POST", "/books", '{"isbn":"9","title":"New","shelf":null}'),
    ("PATCH", "/books/7", '{"title":"Fiasco","place":{"room":"B"}}'),
]


class TestDifferences:
    def test_what_differs_is_told_and_sent(self, case: Case) -> None:
        result = case.apply(FILE)
        assert result.stdout == ""
        assert result.stderr == DIFFERENCE + "9: created\n7: updated\n"
        assert case.sent() == SENT
        assert case.mock.writes()[1]["headers"]["If-Match"]
        assert case.apply(FILE).stderr == "3 unchanged\n"
        assert len(case.mock.writes()) == len(SENT)

    def test_dry_run_is_the_difference(self, case: Case) -> None:
        result = case.apply(FILE, "--dry-run")
        assert (result.stdout, result.stderr) == (DIFFERENCE, "")
        assert not case.sent()

    def test_as_curl(self, case: Case) -> None:
        result = case.apply(FILE, "--curl")
        assert result.stderr == DIFFERENCE
        post, patch = result.stdout.splitlines()
        assert post.startswith("curl --request POST ")
        assert "If-Match: " in patch and '{"title": "Fiasco", "place": {"room": "B"}}' in patch
        assert not case.sent()

    def test_digits_count(self, case: Case) -> None:
        case.apply('{"isbn": "7", "price": 1.10}')
        assert not case.sent()
        assert "price: 1.10 -> 1.1\n" in case.apply('{"isbn": "7", "price": 1.1}').stderr
        assert case.sent() == [("PATCH", "/books/7", '{"price":1.1}')]

    def test_a_list_is_one_value(self, case: Case) -> None:
        result = case.apply("{isbn: '7', tags: [a, b]}")
        assert 'tags: ["a"] -> ["a", "b"]\n' in result.stderr
        assert case.sent() == [("PATCH", "/books/7", '{"tags":["a","b"]}')]

    def test_null_takes_away_once(self, case: Case) -> None:
        text = "{isbn: '5', shelf: null, tags: null}"
        assert '~ 5  shelf: "B2" -> null\n' in case.apply(text).stderr
        assert case.sent() == [("PATCH", "/books/5", '{"shelf":null}')]
        assert case.apply(text).stderr == "1 unchanged\n"

    def test_the_other_alternative(self, case: Case) -> None:
        case.apply("{isbn: '7', payment: {type: iban, iban: DE1}}")
        (sent,) = case.sent()
        assert json.loads(sent[2]) == {"payment": {"type": "iban", "iban": "DE1", "number": None}}

    def test_what_is_never_shown(self, case: Case) -> None:
        result = case.apply("{isbn: '5', code: hush}")
        assert "~ 5  code: set, as it is never shown\n" in result.stderr
        assert "hush" not in result.output
        assert case.sent() == [("PATCH", "/books/5", '{"code":"hush"}')]

    def test_long_values_are_cut_around_the_difference(self, case: Case) -> None:
        one, other = (f"{'x' * 100}{mark}{'y' * 100}" for mark in "ab")
        case.apply(f"{{isbn: '5', title: {one}}}")
        told = case.apply(f"{{isbn: '5', title: {other}}}", "--dry-run").stdout.splitlines()[0]
        left, right = ("…" + "x" * 10 + mark + "y" * 29 + "…" for mark in "ab")
        assert told == f"~ 5  title: {left} -> {right}"

    def test_reading_many_shows_how_far_it_is(self, case: Case) -> None:
        file = case.file(
            "[" + ",".join(f'{{"isbn": "a{n}", "title": "T"}}' for n in range(20)) + "]"
        )
        words = ("books", "apply", "--dry-run", "-f", str(file))
        with (
            Path(os.devnull).open("w") as nowhere,
            on_terminal(
                case.cli.case, *words, url=case.mock.url, size=(9, 40), stdout=nowhere
            ) as seen,
        ):
            assert seen.end() == 0
        bars = [line for line in seen.seen.decode().split("\r") if line.startswith("[")]
        assert bars[0].startswith("[------------------------]   0%  0 of ")
        assert max(map(len, bars)) == 39, "the stream of the bar is as wide as that"

    def test_nothing_can_steer_a_terminal(self, case: Case) -> None:
        result = case.apply('{"isbn": "\\u001b[2J", "title": "x"}', "--dry-run")
        assert result.stdout.startswith("+ \\x1b[2J  create\n")


class TestReplacing:
    """An API that has only PUT."""

    @pytest.fixture
    def case(self, tmp_path: Path) -> Iterator[Case]:
        text = BOOK.replace("put, patch, ", "put, ").replace(
            "code: {type: string, writeOnly: true}", "code: {type: string}"
        )
        with serving_books("replaced", text, tmp_path) as found:
            yield found

    def test_the_whole_is_sent(self, case: Case) -> None:
        case.apply("{isbn: '7', title: Eden, payment: {type: iban}, shelf: null}")
        ((method, path, body),) = case.sent()
        assert (method, path) == ("PUT", "/books/7")
        assert body == (
            '{"title":"Eden","price":1.10,"place":{"room":"A"},"tags":["a"],"extra":1.50,'
            '"payment":{"type":"iban"},"shelf":null}'
        )
        assert case.mock.last()["headers"]["If-Match"]

    def test_null_is_a_value(self, case: Case) -> None:
        text = "{isbn: '3', shelf: null}"
        assert "~ 3  shelf: absent -> null\n" in case.apply(text).stderr
        assert case.apply(text).stderr == "1 unchanged\n"


class TestKeys:
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("- {title: x}\n- 4", "a.yaml:1: isbn is missing.\n{folder}/a.yaml:2: a record must"),
            ("isbn: ..", "a.yaml:1: a key cannot be '..'"),
            ("isbn: [1]", "a.yaml:1: isbn must be a string or a number"),
            ("- isbn: 1\n- isbn: '1'", "a.yaml:2: book 1 is already at {folder}/a.yaml:1"),
        ],
    )
    def test_files_are_checked_first(self, tmp_path: Path, text: str, message: str) -> None:
        file = tmp_path / "a.yaml"
        file.write_text(text, encoding="utf-8")
        with answering(lambda asked: (404, {}, b"")) as server:
            result = definition("applied", BOOK).run("books", "apply", "-f", file, url=server.url)
            assert result.exit_code == 2
            assert f"Error: {tmp_path}/{message.format(folder=tmp_path)}" in result.stderr
            assert not server.asked

    @pytest.mark.parametrize(
        ("name", "text", "message"),
        [
            ("a.ndjson", '{"isbn":}\n4\n', ":1:9: Expecting value.\n{file}:2: a record must be"),
            ("a.yaml", "- isbn: 1\n  isbn: 2\n- 4\n", ":2:3: 'isbn' appears twice.\n{file}:3: a "),
            ("a.yaml", " \n", " is empty"),
            ("none", None, ": No such file or directory"),
        ],
    )
    def test_what_cannot_be_read_is_told_at_once(
        self, tmp_path: Path, name: str, text: str | None, message: str
    ) -> None:
        file = tmp_path / name
        if text is not None:
            file.write_text(text, encoding="utf-8")
        words = ("books", "apply", "-f", file)
        result = definition("applied", BOOK).run(*words, url="http://127.0.0.1:9")
        assert result.exit_code == 2
        assert f"{file}{message.format(file=file)}" in result.stderr

    def test_stdin_twice(self) -> None:
        words = ("books", "apply", "-f", "-", "-f", "-")
        cli = definition("applied", BOOK)
        result = cli.run(*words, url="http://127.0.0.1:9", stdin="{isbn: 1}")
        assert result.exit_code == 2
        assert "standard input is empty" in result.stderr

    def test_twice_in_two_files(self, case: Case) -> None:
        other = case.file('\n{"isbn": "5"}', "b.json")
        result = case.apply("isbn: '5'", "-f", other, code=2)
        assert f"{other}:2: book 5 is already at {case.folder}/a.yaml:1" in result.stderr
        assert not case.mock.requests()

    def test_keys_that_the_server_makes(self, tmp_path: Path) -> None:
        cli = project("library")
        file = tmp_path / "a.yaml"
        key = "6b7f0a9e-3c0b-4ed5-9d1c-0f6a1c2f5a11"
        file.write_text(f"- title: x\n- {{book_id: {key}, title: y}}\n", encoding="utf-8")
        with live(cli) as mock:
            result = cli.run("books", "apply", "-f", file, url=mock.url)
            assert result.exit_code == 2
            assert "a.yaml:1: book_id is missing; " in result.stderr
            file.write_text(f"- {{book_id: {key}, title: y}}\n", encoding="utf-8")
            result = cli.run("books", "apply", "-f", file, url=mock.url)
            assert result.exit_code == 2
            assert f"there is no book {key}, and the server chooses the keys" in result.stderr
            assert not mock.writes()

    def test_what_is_missing_is_told_before_anything_is_sent(self, case: Case) -> None:
        result = case.apply('- {isbn: "7", title: x}\n- isbn: "1"\n- isbn: "2"\n', code=2)
        assert "a.yaml:2: missing: title.\n" in result.stderr
        assert "a.yaml:3: missing: title.\n" in result.stderr
        assert not case.sent()

    def test_two_spellings_of_one_key(self, tmp_path: Path) -> None:
        file = tmp_path / "a.yaml"
        file.write_text("- isbn: A\n- isbn: a\n", encoding="utf-8")
        with answering(lambda asked: (200, {}, b'{"isbn": "a", "title": "x"}')) as server:
            result = definition("applied", BOOK).run("books", "apply", "-f", file, url=server.url)
            assert result.exit_code == 2
            assert "A is a, which appears twice" in result.stderr

    def test_nested(self, tmp_path: Path) -> None:
        cli = project("library")
        with live(cli, "--seed", "1") as mock:
            (member,) = json.loads(cli.run("members", "list", "-o", "json", url=mock.url).stdout)
            above = ["member-loans", "list", member["member_id"], "-o", "json"]
            (loan, *_) = json.loads(cli.run(*above, url=mock.url).stdout)
            file = tmp_path / "a.json"
            file.write_text(json.dumps({**loan, "due": "2030-01-31"}), encoding="utf-8")
            words = ["member-loans", "apply", member["member_id"], "-f", file]
            assert cli.run(*words, url=mock.url).exit_code == 0
            assert mock.last()["path"] == f"/members/{member['member_id']}/loans/{loan['loan_id']}"
            assert compact(mock.last()["body"]) == '{"due":"2030-01-31"}'


class TestPruning:
    TEXT = "- {isbn: '7', title: Eden}\n- isbn: '5'\n"

    def test_deletions_are_confirmed(self, case: Case) -> None:
        result = case.apply(self.TEXT, "--prune", code=2)
        assert "- 3  delete\n1 to update, 1 to delete, 1 unchanged\n" in result.stderr
        assert "delete 1 book? Without a terminal, confirm with --yes" in result.stderr
        assert not case.sent()

    def test_what_is_not_named_is_deleted_last(self, case: Case) -> None:
        result = case.apply(self.TEXT, "--prune", "--yes")
        assert result.stderr.endswith("7: updated\n3: deleted\n")
        assert [one[:2] for one in case.sent()] == [("PATCH", "/books/7"), ("DELETE", "/books/3")]

    def test_nothing_is_deleted_if_something_failed(self, case: Case) -> None:
        text = self.TEXT.replace("Eden", '""')
        result = case.apply(text, "--prune", "--yes", "-o", "ndjson", code=4)
        assert "\n  title: " in result.stderr
        assert result.stderr.endswith("3: not tried, since not all before it worked\n")
        assert [json.loads(line) for line in result.stdout.splitlines()] == [
            {"key": "5", "action": "unchanged", "status": 200},
            {"key": "7", "action": "failed", "status": 422},
        ]

    def test_nothing_named_is_no_way_to_delete_all(self, case: Case) -> None:
        result = case.apply("[]", "--prune", "--yes", code=2)
        assert "--prune would delete all" in result.stderr
        assert not case.mock.requests()
        assert case.apply("[]").stderr == "0 unchanged\n"

    def test_another_spelling_of_a_key_is_no_other_record(self, tmp_path: Path) -> None:
        record = b'{"isbn": "a", "title": "x"}'

        def answer(asked: tuple[str, str]) -> tuple[int, dict[str, str], bytes]:
            return 200, {}, b"[" + record + b"]" if asked[1] == "/books" else record

        file = tmp_path / "a.yaml"
        file.write_text("isbn: A\n", encoding="utf-8")
        with answering(answer) as server:
            words = ["books", "apply", "-f", file, "--prune", "--yes"]
            result = definition("applied", BOOK).run(*words, url=server.url)
            assert (result.exit_code, result.stderr) == (0, "1 unchanged\n")
            assert [method for method, _ in server.asked] == ["GET", "GET"]

    def test_only_where_there_is_list_and_delete(self) -> None:
        cli = project("library")
        assert "--prune" not in cli.run("authors", "apply", "--help").stdout
        assert "--prune" in cli.run("books", "apply", "--help").stdout


class TestResults:
    def test_formats(self, case: Case) -> None:
        rows = [("5", "unchanged", 200), ("9", "created", 201), ("7", "updated", 200)]
        found = json.loads(case.apply(FILE, "-o", "json").stdout)
        assert [(one["key"], one["action"], one["status"]) for one in found] == rows
        for book in ("9", "7"):
            case.cli.run("books", "delete", book, "--yes", url=case.mock.url)
        lines = case.apply("- {isbn: '5', title: Sol}\n", "-o", "csv").stdout.splitlines()
        assert lines == ["key,action,status", "5,updated,200"]
        assert case.apply("- {isbn: '5', title: Eden}\n", "-o", "name").stdout == "5\n"

    def test_a_plan_as_json(self, case: Case) -> None:
        result = case.apply(FILE, "--dry-run", "-o", "json")
        assert result.stderr == DIFFERENCE
        assert [(one["key"], one["action"]) for one in json.loads(result.stdout)] == [
            ("9", "create"),
            ("7", "update"),
            ("5", "unchanged"),
        ]
        assert not case.sent()


class TestFailures:
    def answer(self, statuses: dict[tuple[str, str], int]) -> Any:
        def answer(asked: tuple[str, str]) -> tuple[int, dict[str, str], bytes]:
            name = asked[1].rpartition("/")[2]
            status = statuses.get((asked[0], name), 200)
            if status >= 400:
                return status, {"Content-Type": "application/problem+json"}, b'{"title": "Oh"}'
            return status, {"ETag": '"1"'}, json.dumps({"isbn": name, "title": "x"}).encode()

        return answer

    def file(self, tmp_path: Path) -> Path:
        file = tmp_path / "a.yaml"
        file.write_text("".join(f"- {{isbn: {key}, title: y}}\n" for key in "ABC"))
        return file

    def run(self, tmp_path: Path, url: str) -> Any:
        words = ["books", "apply", "-f", self.file(tmp_path), "--retries", "0"]
        return definition("applied", BOOK).run(*words, url=url)

    def test_the_worst_status_counts(self, tmp_path: Path) -> None:
        with answering(self.answer({("PATCH", "A"): 412, ("PATCH", "B"): 500})) as server:
            result = self.run(tmp_path, server.url)
            assert result.exit_code == 5
            assert "A: update a book: 412 Oh\n" in result.stderr
            assert result.stderr.endswith("C: updated\n")

    def test_what_cannot_be_read(self, tmp_path: Path) -> None:
        with answering(self.answer({("GET", "B"): 403})) as server:
            result = self.run(tmp_path, server.url)
            assert result.exit_code == 4
            assert "a.yaml:2: B was not read\nNothing was changed.\n" in result.stderr
            assert {method for method, _ in server.asked} == {"GET"}

    @pytest.mark.parametrize(
        ("hangs", "told"),
        [
            (
                ("PATCH", "/books/B"),
                ["A: updated", "B: interrupted; it may or may not be", "C: not tried"],
            ),
            (("GET", "/books/B"), ["B was not read", "Nothing was changed."]),
        ],
    )
    def test_interrupted(self, tmp_path: Path, hangs: tuple[str, str], told: list[str]) -> None:
        hang = threading.Event()
        answer = self.answer({})

        def answer_late(asked: tuple[str, str]) -> tuple[int, dict[str, str], bytes]:
            if asked == hangs:
                hang.wait(20)
            return answer(asked)  # type: ignore[no-any-return]

        definition("applied", BOOK)
        words = ["books", "apply", "-f", str(self.file(tmp_path)), "-o", "json"]
        with answering(answer_late) as server:
            with started("applied", *words, url=server.url) as process:
                wait_for(lambda: hangs in server.asked)
                process.send_signal(signal.SIGINT)
                out, errors = process.communicate(timeout=20)
            hang.set()
            assert process.returncode == 130, errors
            assert all(line in errors for line in told), errors
            if hangs[0] == "PATCH":
                assert json.loads(out) == [{"key": "A", "action": "updated", "status": 200}]


class TestTerminal:
    @pytest.mark.parametrize(("key", "status"), [(b"y\n", 0), (b"n\n", 1), (b"\x04", 1)])
    def test_it_asks(self, case: Case, key: bytes, status: int) -> None:
        file = case.file("{isbn: '5', title: Sol}")
        master, slave = pty.openpty()
        words = ["books", "apply", "-f", str(file)]
        pipes = {"stdin": slave, "stderr": slave}
        with started("applied", *words, url=case.mock.url, **pipes) as process:
            os.close(slave)
            seen = b""
            while b"[y/N]" not in seen:
                seen += os.read(master, 1000)
            assert b"\x1b[33m~ 5\x1b[0m  title: " in seen
            assert case.mock.url.encode() in seen
            assert not case.sent()
            os.write(master, key)
            assert process.wait(20) == status
        os.close(master)
        assert len(case.sent()) == (1 if status == 0 else 0)

    def test_yes(self, case: Case) -> None:
        file = case.file("{isbn: '5', title: Sol}")
        master, slave = pty.openpty()
        words = ["books", "apply", "-f", str(file), "--yes"]
        with started("applied", *words, url=case.mock.url, stdin=slave, stderr=slave) as process:
            os.close(slave)
            assert process.wait(20) == 0
        os.close(master)
        assert len(case.sent()) == 1
