"""Lists stay up to date: redrawn in place on a terminal, state after state elsewhere."""

from __future__ import annotations

import json
import re
import signal
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from projects import Mock, Project, definition, project
from running import Proxy, answering, live, reading, started, wait_for
from terminals import Terminal, on_terminal, screen

NOTE = """
kind: {kind}
methods: {{resource: [get, post], instance: [get, put, delete]}}
schema:
  key: {{name: note_id}}
  query_params:
    - {{name: tint, schema: {{type: string}}, methods: [get]}}
  items:
    type: object
    properties:
      note_id: {{type: string}}
      tint: {{type: string}}
{events}
"""
EVENTS = """
asyncapi:
  {envelope}
  servers: {{dev: {{url: "ws://localhost:8080", protocol: ws}}}}
"""
KINDS = [
    ("note_state", EVENTS.format(envelope="")),
    ("note_cloud", EVENTS.format(envelope="envelope: cloudevents")),
    ("note_silent", ""),
]


def notes(kind: str, events: str) -> tuple[Project, str]:
    cli = definition(kind, NOTE.format(kind=kind, events=events))
    return cli, next(word for word, _ in cli.groups())


@pytest.mark.parametrize(("kind", "events"), KINDS, ids=[kind for kind, _ in KINDS])
def test_each_state_is_a_line(tmp_path: Path, kind: str, events: str) -> None:
    """However changes become known, filters apply, and an unchanged state is printed only once."""
    cli, group = notes(kind, events)
    log = tmp_path / "log"
    with live(cli) as mock, log.open("w") as out:

        def do(*words: str) -> None:
            assert cli.run(group, *words, url=mock.url).exit_code == 0

        def lists() -> list[list[str]]:
            states = map(json.loads, log.read_text().splitlines())
            return [[record["note_id"] for record in state] for state in states]

        do("create", "--note-id", "a", "--tint", "red")
        words = ["list", "--watch", "--interval", "0.1", "--tint", "red"]
        with started(cli.case, group, *words, url=mock.url, stdout=out) as process:
            errors = reading(process)
            wait_for(lambda: lists() == [["a"]])
            do("create", "--note-id", "b", "--tint", "red")
            wait_for(lambda: len(lists()) == 2)
            do("create", "--note-id", "c", "--tint", "blue")
            do("replace", "a", "--tint", "blue")
            wait_for(lambda: len(lists()) == 3)
            time.sleep(0.3)
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 130
            assert not "".join(errors).strip()
        assert [sorted(one) for one in lists()] == [["a"], ["a", "b"], ["b"]]
        if not events:
            assert 304 in [one["status"] for one in mock.requests()]


def test_all_pages_and_other_formats() -> None:
    cli = project("library")
    wanted = (
        (["--all", "-o", "json"], r"\[(\{.*\}, ){2}\{.*\}\]\n"),
        (["--max-items", "2", "-o", "ndjson"], r"\[(\{.*\}, ){1}\{.*\}\]\n"),
        (["--query", "length(@)"], r"3\n"),
        (["-o", "yaml"], r"---\n(- .*\n(  .*\n)+){3}"),
        (["-o", "table", "--columns", "name"], r"name *\n(.+\n){3}\n"),
    )
    with live(cli, "--seed", "3") as mock, ExitStack() as stack:
        begin = ["authors", "list", "--watch", "--timeout", "2"]
        processes = [
            stack.enter_context(started("library", *begin, *words, url=mock.url))
            for words, _ in wanted
        ]
        for process, (_, told) in zip(processes, wanted, strict=True):
            out, err = process.communicate(timeout=30)
            assert (process.returncode, err) == (0, ""), err
            assert re.fullmatch(told, out), out


@pytest.mark.parametrize("form", ["csv", "name"])
def test_what_is_no_state_is_refused(form: str) -> None:
    words = ["books", "list", "--watch", "-o", form]
    result = project("library").run(*words, url="http://127.0.0.1:9")
    assert result.exit_code == 2 and f"--watch does not print {form}" in result.stderr
    words = ["books", "list", "--watch", "--dry-run"]
    result = project("library").run(*words, url="http://127.0.0.1:9")
    assert result.exit_code == 0 and result.stdout.startswith("GET http://127.0.0.1:9/books")


def test_what_is_refused_later_is_an_error() -> None:
    cli, group = notes(*KINDS[2])

    def answer(asked: Any) -> Any:
        count = len(fake.asked)
        return (403, {}, b"") if count > 2 else (200, {}, b'[{"note_id": "a"}]')

    with answering(answer) as fake:
        words = [group, "list", "--watch", "--interval", "0.05"]
        with started(cli.case, *words, url=fake.url) as process:
            out, err = process.communicate(timeout=30)
        assert process.returncode == 4 and "403" in err
        assert out == '[{"note_id": "a"}]\n'
        fake.asked.clear()
        with on_terminal(cli.case, *words, url=fake.url) as terminal:
            assert terminal.end() == 4
    assert "\x1b[?7h\x1b[0m\r\n" in terminal.seen.decode().partition("Error")[0]


class TestTerminal:
    def shows(self, terminal: Terminal, size: tuple[int, int], *lines: str) -> None:
        """Wait until the lines of the screen match these patterns, from the top of what was drawn."""

        def is_shown() -> bool:
            terminal.read()
            return all(map(re.fullmatch, lines, now())) and len(now()) == len(lines)

        def now() -> list[str]:
            return [line for line in screen(terminal.seen.decode(), *size) if line]

        try:
            wait_for(is_shown, 15)
        except AssertionError:
            raise AssertionError(now()) from None

    def author(self, cli: Project, mock: Mock, name: str) -> None:
        result = cli.run("authors", "create", "--name", name, url=mock.url)
        assert result.exit_code == 0, result.output

    def test_in_place(self) -> None:
        cli, size = project("library"), (8, 40)
        words = ["authors", "list", "--watch", "--columns", "name"]
        with live(cli) as mock:
            self.author(cli, mock, "Lem")
            proxy = Proxy(int(mock.url.rpartition(":")[2]), can_resume=True)
            url = f"http://127.0.0.1:{proxy.port}"
            with on_terminal("library", *words, url=url, size=size) as terminal:
                last = r"\d+ authors?  \d\d:\d\d:\d\d  live"
                self.shows(terminal, size, "name", "Lem", last)
                self.author(cli, mock, "Butler" * 9 + "\x1b[2J")
                self.shows(terminal, size, "name", "Lem", r"(Butler)+B?u?t?l?e?…", last)
                assert "\x1b[1mButler" in terminal.seen.decode()
                assert "\x1b[1mLem" not in terminal.seen.decode()
                for number in range(5):
                    self.author(cli, mock, f"n{number}")
                self.shows(
                    terminal, size, "name", "Lem", "B.*", *("n0", "n1", "n2"), "... 2 more", last
                )
                terminal.resize(5, 20)
                self.shows(
                    terminal,
                    (5, 20),
                    "name",
                    "Lem",
                    "B.*",
                    "... 5 more",
                    r"7 authors  \d\d:\d\d:\d\d…",
                )
                terminal.resize(8, 40)
                proxy.cut()
                self.shows(
                    terminal,
                    size,
                    "name",
                    "Lem",
                    "B.*",
                    "n0",
                    "n1",
                    "n2",
                    "... 2 more",
                    "7 .* (lost|unre).*",
                )
                self.author(cli, mock, "late")
                proxy.restore()
                self.shows(
                    terminal, size, "name", "Lem", "B.*", "n0", "n1", "n2", "... 3 more", last
                )
                terminal.process.send_signal(signal.SIGINT)
                assert terminal.end() == 130
            assert terminal.seen.rstrip(b"\r\n").endswith(b"live\x1b[?7h\x1b[?7h\x1b[0m")
            assert terminal.seen.count(b"\x1b[?7l") <= terminal.seen.count(b"\x1b[?7h")
            assert b"Traceback" not in terminal.seen

    def test_columns_without_room(self) -> None:
        cli, size = project("library"), (6, 44)
        with live(cli, "--seed", "1") as mock:
            words = ["books", "list", "--watch", "--timeout", "1.5"]
            with on_terminal("library", *words, url=mock.url, size=size) as terminal:
                assert terminal.end() == 0
        header, record, *_ = screen(terminal.seen.decode(), *size)
        assert re.fullmatch(r"title +book_id +\+6", header)
        assert re.fullmatch(r"The Left.*…  .*…", record)

    @pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
    def test_plain(self, env: dict[str, str]) -> None:
        cli = project("library")
        with live(cli, "--seed", "1") as mock:
            words = ["authors", "list", "--watch", "--columns", "name", "--timeout", "1.5"]
            with on_terminal("library", *words, url=mock.url, env=env) as terminal:
                assert terminal.end() == 0, terminal.text
        assert b"\x1b[1m" not in terminal.seen
        assert (b"\x1b" in terminal.seen) == ("TERM" not in env)
        assert "Ursula" in terminal.text
