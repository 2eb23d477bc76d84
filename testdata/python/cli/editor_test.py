"""Text typed in an editor is sent, or saved."""

from __future__ import annotations

import json
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from projects import Mock, project
from running import answering, compact, live, started, wait_for


class TestEditor:
    def edit(self, tmp_path: Path, script: str, mock: Mock, *words: str) -> Any:
        editor = tmp_path / "editor"
        editor.write_text(f"#!/bin/sh\n{script}\n")
        editor.chmod(0o755)
        env = {"EDITOR": str(editor), "TMPDIR": str(tmp_path)}
        with started("library", *words, url=mock.url, env=env) as process:
            out, err = process.communicate(timeout=30)
        return process.returncode, out, err

    def kept(self, tmp_path: Path) -> list[Path]:
        return [file for file in tmp_path.iterdir() if file.suffix == ".yaml"]

    @pytest.fixture
    def book(self) -> Iterator[tuple[Mock, str]]:
        cli = project("library")
        with live(cli, "--seed", "1") as mock:
            yield (
                mock,
                json.loads(cli.run("books", "list", "-o", "json", url=mock.url).stdout)[0][
                    "book_id"
                ],
            )

    def test_what_is_changed_is_sent(self, tmp_path: Path, book: tuple[Mock, str]) -> None:
        mock, key = book
        status, _, err = self.edit(
            tmp_path,
            "sed -i 's/^title:.*/title: Other/' $1",
            mock,
            "books",
            "update",
            key,
            "--edit",
        )
        assert status == 0, err
        assert compact(mock.last()["body"]) == '{"title":"Other"}'
        assert mock.last()["headers"]["If-Match"]
        assert not self.kept(tmp_path)

    def test_what_is_refused_is_kept(self, tmp_path: Path, book: tuple[Mock, str]) -> None:
        mock, key = book
        status, _, err = self.edit(
            tmp_path, "sed -i 's/^title:.*/title: \"\"/' $1", mock, "books", "update", key, "--edit"
        )
        assert status == 4, err
        (file,) = self.kept(tmp_path)
        assert 'title: ""' in file.read_text()
        assert file.stat().st_mode & 0o777 == 0o600
        assert f"books update {key} -f {file}" in err

    def test_what_is_interrupted_is_kept(self, tmp_path: Path) -> None:
        never = threading.Event()

        def answer(asked: tuple[str, str]) -> tuple[int, dict[str, str], bytes]:
            if asked[0] == "PUT":
                never.wait(30)
            return 200, {"Content-Type": "application/json"}, b'{"name": "Lem"}'

        editor = tmp_path / "editor"
        editor.write_text("#!/bin/sh\nsed -i 's/Lem/Other/' $1\n")
        editor.chmod(0o755)
        env = {"EDITOR": str(editor), "TMPDIR": str(tmp_path)}
        words = ["authors", "replace", "a b", "--edit"]
        with (
            answering(answer) as fake,
            started("library", *words, url=fake.url, env=env) as process,
        ):
            wait_for(lambda: fake.asked[-1:] == [("PUT", "/authors/a%20b")])
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=30)
            never.set()
        assert process.returncode == 130, err
        (file,) = self.kept(tmp_path)
        assert "Other" in file.read_text()
        assert f"authors replace 'a b' -f {file}" in err

    def test_what_is_not_yaml_is_kept(self, tmp_path: Path, book: tuple[Mock, str]) -> None:
        mock, key = book
        status, _, err = self.edit(
            tmp_path, "printf 'a: [' > $1", mock, "books", "update", key, "--edit"
        )
        assert status == 2, err
        assert not mock.writes()
        (file,) = self.kept(tmp_path)
        assert file.read_bytes() == b"a: ["

    @pytest.mark.parametrize(
        ("script", "content"),
        [
            ("printf 'title: Jos\\351\\n' > $1", b"title: Jos\xe9\n"),
            ("printf 'title: \\r\\nisbn: 5\\r\\n' > $1", b"title: \r\nisbn: 5\r\n"),
            ("printf -- '- a\\n' > $1", b"- a\n"),
        ],
    )
    def test_byte_for_byte(
        self, tmp_path: Path, book: tuple[Mock, str], script: str, content: bytes
    ) -> None:
        mock, key = book
        status, _, err = self.edit(tmp_path, script, mock, "books", "update", key, "--edit")
        assert status in {2, 4}, err
        assert "Traceback" not in err
        (file,) = self.kept(tmp_path)
        assert file.read_bytes() == content
        assert f"-f {file} --base-url {mock.url}" in err

    def test_lines_of_windows(self, tmp_path: Path, book: tuple[Mock, str]) -> None:
        mock, key = book
        script = "sed -i 's/^title:.*/title: Other/; s/$/\\r/' $1"
        status, _, err = self.edit(tmp_path, script, mock, "books", "update", key, "--edit")
        assert status == 0, err
        assert compact(mock.last()["body"]) == '{"title":"Other"}'

    def test_what_options_say_needs_no_typing(self, tmp_path: Path, book: tuple[Mock, str]) -> None:
        mock, key = book
        words = ["books", "update", key, "--edit", "--title", "Other"]
        status, _, err = self.edit(tmp_path, "touch -d '1 minute' $1", mock, *words)
        assert status == 0, err
        assert compact(mock.last()["body"]) == '{"title":"Other"}'
        assert self.edit(tmp_path, "true", mock, *words[:-1], "More")[0] == 0
        assert len(mock.writes()) == 1

    def test_interrupted_while_it_is_sent(self, tmp_path: Path) -> None:
        hang = threading.Event()

        def answer(asked: tuple[str, str]) -> tuple[int, dict[str, str], bytes]:
            if asked[0] == "PATCH":
                hang.wait(20)
            return 200, {"Content-Type": "application/json"}, b'{"title":"a"}'

        editor = tmp_path / "editor"
        editor.write_text("#!/bin/sh\nprintf 'title: b\\n' > $1\n")
        editor.chmod(0o755)
        env = {"EDITOR": str(editor), "TMPDIR": str(tmp_path)}
        words = ["books", "update", "a b", "--edit"]
        with (
            answering(answer) as server,
            started("library", *words, url=server.url, env=env) as process,
        ):
            wait_for(lambda: ("PATCH", "/books/a%20b") in server.asked)
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=20)
            hang.set()
        assert process.returncode == 130
        (file,) = self.kept(tmp_path)
        assert file.read_text() == "title: b\n"
        assert f"books update 'a b' -f {file}" in err

    def test_somebody_else_was_faster(self, tmp_path: Path, book: tuple[Mock, str]) -> None:
        mock, key = book
        change = (
            f'{sys.executable} -c "import urllib.request as r; r.urlopen(r.Request(\'{mock.url}/books/{key}\', b\'{{\\"title\\":\\"x\\"}}\', '
            "{'Content-Type': 'application/merge-patch+json', 'Authorization': 'Bearer y'}, method='PATCH'))\""
        )
        status, _, err = self.edit(
            tmp_path,
            f"{change}; sed -i 's/^title:.*/title: Other/' $1",
            mock,
            "books",
            "update",
            key,
            "--edit",
        )
        assert status == 4, err
        assert len(self.kept(tmp_path)) == 1

    @pytest.mark.parametrize(
        "script",
        [
            "touch -d '1 minute' $1",
            "(tail -n +2 $1; head -n 1 $1) > $1.x; mv $1.x $1",
            ": > $1",
            "echo '# nothing' > $1",
            "sed -i 's/$/\\r/' $1",
            "exit 1",
        ],
    )
    def test_nothing_is_sent(self, tmp_path: Path, book: tuple[Mock, str], script: str) -> None:
        mock, key = book
        words = ["books", "update", key, "--edit"]
        status, _, err = self.edit(tmp_path, script, mock, *words)
        assert status == (1 if script == "exit 1" else 0), err
        assert not mock.writes()
        assert not self.kept(tmp_path)
