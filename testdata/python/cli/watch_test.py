"""Events are printed, even if the connection breaks."""

from __future__ import annotations

import json
import os
import re
import signal
import time
from pathlib import Path

import pytest
from projects import Project, definition, project
from running import (
    Proxy,
    live,
    reading,
    started,
    wait_for,
)
from terminals import on_terminal

READING = """
kind: reading
methods: {resource: [get, post], instance: [get, put, delete]}
schema:
  key: {name: sensor}
  items:
    type: object
    properties:
      sensor: {type: string}
      celsius: {type: number}
    required: [celsius]
asyncapi:
  envelope: cloudevents
  servers:
    dev: {url: "ws://localhost:8080", protocol: ws}
"""

LOCK = """
kind: lock
methods: {resource: [get, post], instance: [get], instance_attrs: [get, put]}
schema:
  key: {name: door}
  items:
    type: object
    properties:
      door: {type: string}
      state: {type: string}
      pin: {type: string, writeOnly: true}
asyncapi:
  servers: {dev: {url: "ws://localhost:8080", protocol: ws}}
  channels: {resources: true, instances: true, instance_attrs: true}
"""


class TestWatch:
    def test_what_never_comes_back(self) -> None:
        said = definition("lock", LOCK).run("locks", "watch", "front", "--attr", "pin")
        assert said.exit_code == 2
        assert "'pin' is not one of the attributes: door, state." in said.stderr

    @pytest.mark.parametrize("can_resume", [True, False])
    def test_while_the_line_was_down(self, tmp_path: Path, can_resume: bool) -> None:
        cli = definition("reading", READING)
        log = tmp_path / "log"
        with live(cli) as mock:
            send = lambda *words: cli.run("readings", *words, url=mock.url)  # noqa: E731
            for name in ("a", "b"):
                assert send("create", "--sensor", name, "--celsius", "1").exit_code == 0
            proxy = Proxy(int(mock.url.rpartition(":")[2]), can_resume=can_resume)
            with log.open("w") as out:
                url = f"http://127.0.0.1:{proxy.port}"
                with started(
                    "reading", "readings", "watch", "-o", "json", url=url, stdout=out
                ) as process:
                    errors = reading(process)
                    wait_for(lambda: any("live" in line for line in errors))
                    send(
                        "update" if "update" in commands(cli) else "replace", "b", "--celsius", "2"
                    )
                    wait_for(lambda: log.read_text().count("\n") == 1)
                    proxy.cut()
                    send("delete", "a", "--yes")
                    send("replace", "b", "--celsius", "3")
                    send("replace", "b", "--celsius", "4")
                    send("create", "--sensor", "c", "--celsius", "1")
                    send("create", "--sensor", "d", "--celsius", "1")
                    send("delete", "d", "--yes")
                    proxy.restore()
                    wait_for(lambda: log.read_text().count("\n") == (7 if can_resume else 4), 40)
                    time.sleep(0.3)
                    process.send_signal(signal.SIGINT)
                    assert process.wait(20) == 130
            events = [json.loads(line) for line in log.read_text().splitlines()]
            told = [(event["event"], event["key"]) for event in events[1:]]
            if not can_resume:
                assert told == [("updated", "b"), ("created", "c"), ("deleted", "a")]
                assert all(event["is_listed"] for event in events[1:])
                return
            assert told == [
                ("deleted", "a"),
                ("updated", "b"),
                ("updated", "b"),
                ("created", "c"),
                ("created", "d"),
                ("deleted", "d"),
            ]

    def test_snapshots_become_differences(self) -> None:
        cli = project("library")
        with live(cli, "--seed", "2") as mock:
            words = ["authors", "watch", "-o", "ndjson", "--count", "2"]
            with started("library", *words, url=mock.url) as process:
                errors = reading(process)
                wait_for(lambda: any("2 authors now" in line for line in errors))
                created = json.loads(
                    cli.run("authors", "create", "--name", "Lem", "-o", "json", url=mock.url).stdout
                )
                time.sleep(0.3)
                cli.run("authors", "replace", created["author_id"], "--name", "Lem 2", url=mock.url)
                out = process.stdout.read()
                assert process.wait(20) == 0
        first, second = map(json.loads, out.splitlines())
        assert (first["event"], first["data"]["name"]) == ("created", "Lem")
        assert (second["event"], second["data"]["name"]) == ("updated", "Lem 2")
        assert first["key"] == second["key"] == created["author_id"]

    def test_lines_for_a_person(self) -> None:
        cli = project("library")
        with live(cli, "--seed", "1") as mock:
            send = lambda *words: cli.run("books", *words, "-o", "name", url=mock.url)  # noqa: E731
            key = send("list").stdout.strip()
            words = ("books", "watch", "--count", "5")
            with on_terminal("library", *words, url=mock.url, size=(24, 200)) as shown:
                shown.wait_for("1 book now")
                author = "7aa459bd-ac8a-4a8a-be00-e77116f7a510"
                flags = ("--title", "Solaris", "--author-id", author, "--availability", "lent")
                made = send("create", *flags).stdout.strip()
                shown.wait_for("created")
                send("update", key, "--published", 1970, "--shelves", "A")
                shown.wait_for("1970")
                send("update", key, "--published", 1971)
                shown.wait_for("1971")
                send("update", made, "--shelves", "B")
                shown.wait_for('"B"')
                send("delete", made, "--yes")
                assert shown.end() == 0
        lines = [line.partition("  ") for line in shown.text.splitlines()[2:]]
        assert all(re.fullmatch(r"\d\d:\d\d:\d\d", time) for time, _, _ in lines)
        title = "The Left Hand of Darkness"
        assert [line for _, _, line in lines] == [
            "created  Solaris",
            f'updated  {title}  published: 1969 -> 1970; shelves: ["SF-12"] -> ["A"]',
            f"updated  {title}  published: 1970 -> 1971",
            'updated  Solaris  shelves: absent -> ["B"]',
            "deleted  Solaris",
        ]

    def test_columns_for_a_person(self) -> None:
        cli = project("library")
        with live(cli, "--seed", "1") as mock:
            key = cli.run("books", "list", "-o", "name", url=mock.url).stdout.strip()
            words = ("books", "watch", key, "--count", "2", "--columns", "isbn,published,language")
            with on_terminal("library", *words, url=mock.url, size=(24, 200)) as shown:
                shown.wait_for("published: 1969")
                cli.run("books", "update", key, "--null", "published", url=mock.url)
                assert shown.end() == 0
        before, after = shown.text.splitlines()[-2:]
        title = "The Left Hand of Darkness"
        assert before.endswith(
            f"state    {title}  isbn: 9780441478125; published: 1969; language: en"
        )
        assert after.endswith(f"{title}  isbn: 9780441478125; language: en")

    def test_one_record_and_a_closed_pipe(self) -> None:
        cli = project("library")
        with live(cli, "--seed", "1") as mock:
            key = json.loads(cli.run("books", "list", "-o", "json", url=mock.url).stdout)[0][
                "book_id"
            ]
            read_end, write_end = os.pipe()
            with started(
                "library", "books", "watch", key, "-o", "json", url=mock.url, stdout=write_end
            ) as process:
                os.close(write_end)
                errors = reading(process)
                assert json.loads(os.read(read_end, 65536))["data"]["book_id"] == key
                os.close(read_end)
                cli.run("books", "update", key, "--title", "Other", url=mock.url)
                process.wait(20)
            assert not any("Traceback" in line for line in errors)

    def test_publish(self) -> None:
        cli = project("library")
        with live(cli, "--seed", "1") as mock:
            assert cli.run("authors", "publish", "--name", "Lem", url=mock.url).exit_code == 0
            names = json.loads(cli.run("authors", "list", "-o", "json", url=mock.url).stdout)
            assert "Lem" in [author["name"] for author in names]
            refused = cli.run("authors", "publish", "-F", "name=", url=mock.url)
            assert refused.exit_code == 4
            assert "--name" in refused.stderr

    def test_publish_takes_no_editor(self) -> None:
        result = project("library").run("authors", "publish", "--edit")
        assert result.exit_code == 2
        assert "No such option '--edit'" in result.stderr
        result = project("library").run("authors", "publish", "a")
        assert "-F PATH=VALUE, or --null." in result.stderr

    def test_publish_nothing(self) -> None:
        cli = project("library")
        words = ("authors", "publish", "--name", "Lem")
        with live(cli) as mock:
            shown = cli.run(*words, "--dry-run", url=mock.url)
            assert shown.exit_code == 0 and not mock.writes()
            url = mock.url.replace("http", "ws")
            assert shown.stdout == f'SEND {url}/authors\n\n{{"name": "Lem"}}\n'
            assert cli.run(*words, "--curl", url=mock.url).exit_code == 2
            authors = json.loads(cli.run("authors", "list", "-o", "json", url=mock.url).stdout)
            assert "Lem" not in {author["name"] for author in authors}


def commands(cli: Project) -> list[str]:
    return [name for _, group in cli.groups() for name in group.commands]
