"""Records that go to files and come back: what is exported can be imported, and what fails on the way can be mended."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest
from projects import project
from running import answering, live, started


class TestExport:
    @pytest.mark.parametrize(
        ("name", "words", "begins"),
        [
            ("a.ndjson", [], '{"author_id": '),
            ("a.jsonl", [], '{"author_id": '),
            ("a.CSV", [], "author_id,name"),
            ("a.yml", [], "- author_id: "),
            ("a.json", [], '[\n  {\n    "author_id": '),
            ("a.txt", [], '{"author_id": '),
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

    @pytest.mark.parametrize(
        "words",
        [["-o", "table"], ["-o", "name"], ["-o", "auto"], ["--query", "[]"], ["--columns", "name"]],
    )
    def test_what_makes_no_sense(self, words: list[str], tmp_path: Path) -> None:
        file = tmp_path / "a.ndjson"
        result = project("library").run("authors", "export", file, *words, url="http://127.0.0.1:9")
        assert result.exit_code == 2, result.output
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
        state = "is as it was" if is_there else "was not written"
        assert f"{file} {state}: 1 author had come.\n" in result.stderr
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
                "books", "export", tmp_path / "b.csv", "--limit", 5, "--curl", url=mock.url
            )
            assert "limit=5" in result.stdout
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
