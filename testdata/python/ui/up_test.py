"""firestone up: one command serves the API and its web interface, and updates both when definitions change."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from applications import FIRESTONE, ROOT
from servers import wait_for

SECONDS = 60


class Up:
    """The running command, and its output."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        """Read what the process says until it ends."""
        self.process = process
        self.lines: list[str] = []
        self.reading = threading.Thread(target=self._read, daemon=True)
        self.reading.start()

    def _read(self) -> None:
        assert self.process.stderr
        with self.process.stderr as said:
            for line in said:
                self.lines.append(line)

    def url(self, words: str) -> str:
        """Return the last address after these words, or nothing."""
        found = re.findall(rf"{words} (http://[\d.:]+)", "".join(self.lines))
        return found[-1] if found else ""

    def count(self, words: str) -> int:
        """Return how many lines contain these words."""
        return sum(words in line for line in self.lines)


@contextmanager
def started(definitions: Path, temporary: Path) -> Iterator[Up]:
    words = [FIRESTONE, "up", "--python", sys.executable, "--listen", "127.0.0.1:0"]
    process = subprocess.Popen(
        [*words, "--ui-port", "0", "--no-open", str(definitions)],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(temporary)},
        stderr=subprocess.PIPE,
        text=True,
    )
    up = Up(process)
    try:
        yield up
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(SECONDS) == 0
        up.reading.join()


def read(url: str) -> str:
    with urlopen(url, timeout=10) as answer:
        return str(answer.read().decode())


def test_up(tmp_path: Path) -> None:
    """Both are served, follow a change, and leave nothing behind."""
    definitions, temporary = tmp_path / "library", tmp_path / "temporary"
    temporary.mkdir()
    shutil.copytree(ROOT / "examples/library", definitions)
    with started(definitions, temporary) as up:
        wait_for(lambda: bool(up.url("web interface at")), SECONDS)
        api, ui = up.url("listening on"), up.url("web interface at")
        assert "author_id" in read(f"{api}/authors")
        assert read(f"{ui}/_stcore/health") == "ok"
        author = definitions / "author.yaml"
        text = author.read_text(encoding="utf-8")
        changed = re.sub(r"^( +)properties:$", r"\g<0>\n\1  pen_name: {type: string}", text, count=1, flags=re.MULTILINE)
        assert changed != text
        author.write_text(changed, encoding="utf-8")
        wait_for(lambda: up.count("web interface at") == 2, SECONDS)
        assert "pen_name" in read(f"{api}/openapi.yaml")
        assert read(f"{up.url('web interface at')}/_stcore/health") == "ok"
        made = "".join(file.read_text("utf-8") for file in temporary.glob("*/python/src/library/**/*.py"))
        assert "pen_name" in made
    assert list(temporary.iterdir()) == []
