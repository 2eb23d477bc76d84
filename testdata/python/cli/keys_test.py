"""Selecting records by keys, and the result for each."""

from __future__ import annotations

import json
import signal
import threading
from typing import Any

import pytest
from projects import definition, project
from running import (
    answering,
    live,
    started,
    wait_for,
)

PROFILE = """
kind: profile
methods: {resource: [get, post], instance: [get, patch]}
schema:
  key: {name: profile_id, schema: {type: integer, minimum: 1}}
  items:
    type: object
    properties:
      handle: {type: string}
      homepage: {type: string, format: uri}
      note: {type: string}
    required: [handle]
"""


VAULT = """
kind: vault
methods:
  resource: [get, post, delete]
  instance: [get, head, patch]
  instance_attrs: [get, head, put, delete]
schema:
  key: {name: vault_id, schema: {type: integer, minimum: 1}}
  items:
    type: object
    properties: {name: {type: string}, rows: {type: array, items: {type: string}}}
  query_params:
    - {name: realm, methods: [get, head, put, delete, patch], schema: {type: string}}
    - {name: X-Reason, in: header, required: true, methods: [put, delete], schema: {type: string}}
"""


class TestSeveralKeys:
    def answer(self, statuses: dict[str, int]) -> Any:
        def answer(asked: tuple[str, str]) -> tuple[int, dict[str, str], bytes]:
            status = statuses.get(asked[1].rpartition("/")[2], 204)
            body = json.dumps(
                {"title": "Oh", "detail": f"no such book ({status})", "status": status}
            ).encode()
            return (
                status,
                {"Content-Type": "application/problem+json"},
                b"" if status == 204 else body,
            )

        return answer

    def test_one_is_gone(self) -> None:
        with answering(self.answer({"B": 404})) as server:
            result = project("library").run(
                "books", "delete", "A", "B", "C", "A", "--yes", url=server.url
            )
            assert server.asked == [("DELETE", f"/books/{key}") for key in "ABC"]
            assert result.exit_code == 4
            lines = [line for line in result.stderr.splitlines() if line.startswith("B")]
            assert len(lines) == 1
            assert "no such book" in lines[0]
            for key in "AC":
                assert any(
                    line.startswith(f"{key}:") and "deleted" in line
                    for line in result.output.splitlines()
                )

    def test_the_worst_status_counts(self) -> None:
        with answering(self.answer({"B": 404, "C": 500})) as server:
            words = ["delete", "A", "B", "C", "--yes", "--retries", "0"]
            assert project("library").run("books", *words, url=server.url).exit_code == 5

    def test_it_asks(self) -> None:
        with answering(self.answer({})) as server:
            result = project("library").run("books", "delete", "A", "B", url=server.url)
            assert result.exit_code == 2
            assert "--yes" in result.stderr
            assert not server.asked

    def test_no_answer(self) -> None:
        words = ["delete", "A", "B", "C", "--yes", "--retries", "0"]
        result = project("library").run("books", *words, url="http://127.0.0.1:9")
        assert result.exit_code == 1
        first, *rest, last = result.stderr.splitlines()[:4]
        assert "A: no answer; it may or may not be deleted" in first
        assert rest == ["B: not tried", "C: not tried"]
        assert last.startswith("Error: cannot connect")

    def test_an_earlier_try_may_have_worked(self) -> None:
        tries: list[str] = []

        def answer(asked: tuple[str, str]) -> tuple[int, dict[str, str], bytes]:
            tries.append(asked[1])
            if len(tries) == 1:
                raise ConnectionResetError
            return 404, {}, b""

        with answering(answer) as server:
            result = project("library").run("books", "delete", "A", "B", "--yes", url=server.url)
            assert result.exit_code == 4
            assert result.stderr.count("an earlier attempt got no response") == 1

    def test_interrupted(self) -> None:
        hang = threading.Event()

        def answer(asked: tuple[str, str]) -> tuple[int, dict[str, str], bytes]:
            if asked[1].endswith("/B"):
                hang.wait(20)
            return 204, {}, b""

        with answering(answer) as server:
            with started(
                "library", "books", "delete", "A", "B", "C", "--yes", url=server.url
            ) as process:
                wait_for(lambda: ("DELETE", "/books/B") in server.asked)
                process.send_signal(signal.SIGINT)
                _, errors = process.communicate(timeout=20)
            hang.set()
            assert process.returncode == 130, errors
            assert "A: deleted" in errors
            assert "B: " in errors
            assert "C: not tried" in errors


class TestParameters:
    @pytest.mark.parametrize(
        ("method", "words"),
        [
            ("GET", ["get", "1", "--attr", "name"]),
            ("HEAD", ["exists", "1", "--attr", "name"]),
            ("PUT", ["set", "1", "name", "x", "--x-reason", "because"]),
            ("DELETE", ["unset", "1", "name", "--x-reason", "because"]),
        ],
    )
    def test_of_an_attribute(self, method: str, words: list[str]) -> None:
        cli = definition("vault", VAULT)
        with live(cli) as mock:
            cli.run("vaults", *words, "--realm", "a", url=mock.url)
            assert (mock.last()["method"], mock.last()["path"]) == (
                method,
                "/vaults/1/name?realm=a",
            )
            assert ("X-Reason" in mock.last()["headers"]) is ("--x-reason" in words)

    def test_that_are_missing(self) -> None:
        cli = definition("vault", VAULT)
        result = cli.run("vaults", "unset", "1", "name", url="http://127.0.0.1:9")
        assert result.exit_code == 2
        assert "--x-reason" in result.stderr

    def test_of_what_is_read_first(self) -> None:
        cli = definition("vault", VAULT)
        with live(cli) as mock:
            words = ["update", "1", "-F", "rows.0=x", "--realm", "a"]
            cli.run("vaults", *words, url=mock.url)
            assert mock.last()["method"] == "GET"
            assert mock.last()["path"] == "/vaults/1?realm=a"

    def test_a_header_selects_nothing(self) -> None:
        cli = definition("vault", VAULT)
        words = ["vaults", "delete-all", "--x-reason", "x"]
        all_of_them = cli.run(*words, url="http://127.0.0.1:9").stderr
        assert "Delete all vaults?" in all_of_them
        some = cli.run(*words, "--realm", "a", url="http://127.0.0.1:9").stderr
        assert "Delete all vaults that the filters select?" in some


class TestKeys:
    def test_that_exist_under_conditions(self) -> None:
        cli = definition("vault", VAULT)
        with live(cli) as mock:
            words = ["vaults", "exists", "1", "--realm", "a b"]
            assert cli.run(*words, url=mock.url).exit_code == 4
            assert mock.last()["method"] == "HEAD"
            assert mock.last()["path"] == "/vaults/1?realm=a%20b"

    @pytest.mark.parametrize("key", ["", ".", ".."])
    def test_that_no_path_can_hold(self, key: str) -> None:
        result = project("library").run("books", "delete", key, "--yes", url="http://127.0.0.1:9")
        assert result.exit_code == 2
        assert "key" in result.stderr

    def test_negative(self) -> None:
        cli = definition("profile", PROFILE)
        with live(cli) as mock:
            cli.run("profiles", "get", "-5", url=mock.url)
            assert mock.last()["path"] == "/profiles/-5"

    def test_with_a_dash(self) -> None:
        result = project("library").run("books", "get", "-x", url="http://127.0.0.1:9")
        assert result.exit_code == 2
        assert "--" in result.stderr
