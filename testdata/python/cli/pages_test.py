"""The terminal sessions of the README and of docs/cli.md: each command prints what the page shows.

A block of ```console is a session. "..." stands for omitted lines or parts of lines; a time at the beginning of a line
matches any time. A block that watches something runs in parallel with the next one, and is ended by Ctrl-C when all of its
lines have appeared.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from projects import ROOT, environment, serving

BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CLOCK = re.compile(r"^\d\d:\d\d:\d\d")
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
CUSTOM = re.compile(r"^```python\n(.*?^def register\(.*?)^```$", re.MULTILINE | re.DOTALL)
NOW = "2026-12-24T18:30:00Z"
WIDTH, HEIGHT = 120, 40


@dataclass
class Step:
    """A command on a page, and its output as shown there."""

    command: str
    wanted: list[str]

    def is_met(self, lines: list[str]) -> bool:
        """Report whether the lines are as shown."""
        pattern = "".join(
            r"(?:.*\n)*?"
            if line == "..."
            else CLOCK.sub(r"[0-9:]{8}", re.escape(line)).replace(re.escape("..."), ".*") + r"\n"
            for line in self.wanted
        )
        return re.fullmatch(pattern, "".join(f"{line}\n" for line in lines)) is not None


def sessions(page: str) -> Iterator[list[Step]]:
    """Yield the sessions on a page."""
    for block in BLOCK.findall((ROOT / page).read_text(encoding="utf-8")):
        steps: list[Step] = []
        for line in block.splitlines():
            if line.startswith("$ "):
                steps.append(Step(line[2:], []))
            elif steps[-1].command.endswith("\\") and not steps[-1].wanted:
                steps[-1].command += f"\n{line}"
            else:
                steps[-1].wanted.append(line)
        if any(step.command.startswith("library ") for step in steps):
            yield steps


class Terminal:
    """A command running in a terminal of its own."""

    def __init__(self, command: str, folder: Path, env: dict[str, str]) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))
        self.process = subprocess.Popen(
            ["bash", "-c", command],
            cwd=folder,
            env=env,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
        )
        os.close(slave)
        self.text = ""
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self) -> None:
        """Collect the output."""
        while True:
            try:
                more = os.read(self.master, 65536)
            except OSError:
                return
            if not more:
                return
            self.text += more.decode()

    @property
    def lines(self) -> list[str]:
        """The visible lines without trailing blanks: text after a carriage return overwrites what was before it."""
        lines = self.text.replace("\r\n", "\n").split("\n")
        seen = [ESCAPE.sub("", line.rpartition("\r")[2]).rstrip() for line in lines]
        while seen and not seen[-1]:
            seen.pop()
        return seen

    def end(self) -> list[str]:
        """Wait until it has ended, and return its output."""
        self.process.wait(30)
        self.reader.join(5)
        os.close(self.master)
        return self.lines

    def interrupt(self, count: int) -> list[str]:
        """Press Ctrl-C when there are that many lines."""
        deadline = time.monotonic() + 20
        while len(self.lines) < count and time.monotonic() < deadline:
            time.sleep(0.02)
        os.killpg(self.process.pid, signal.SIGINT)
        return self.end()


@contextmanager
def customised(page: str, installed: Path) -> Iterator[None]:
    """Give the project the custom.py from a page, if there is one."""
    file = installed / "library" / "cli" / "custom.py"
    before, shown = file.read_text(), CUSTOM.search((ROOT / page).read_text(encoding="utf-8"))
    file.write_text(shown[1] if shown else before)
    try:
        yield
    finally:
        file.write_text(before)


@pytest.mark.parametrize("page", ["README.md", "docs/cli.md"])
def test_every_command_answers_as_shown(page: str, installed: Path, tmp_path: Path) -> None:
    found = list(sessions(page))
    assert found, f"{page} has no session"
    flags = ["--seed", "5", "--random", "1", "--now", NOW]
    with customised(page, installed), serving([ROOT / "examples/library"], *flags) as mock:
        env = environment(
            {
                "PATH": f"{installed / 'bin'}:{Path(sys.executable).parent}:{os.environ['PATH']}",
                "PYTHONPATH": str(installed),
                "LIBRARY_BASE_URL": mock.url,
                "LIBRARY_TOKEN": "secret",
                "NO_COLOR": "1",
                "TERM": "xterm",
                "HOME": str(tmp_path),
                "COLUMNS": str(WIDTH),
            }
        )
        watching: tuple[Step, Terminal] | None = None
        for steps in found:
            if " watch" in steps[0].command:
                watching = steps[0], Terminal(steps[0].command, tmp_path, env)
                wait_for_line(watching[1], "[live]")
                continue
            for step in steps:
                check(page, step, Terminal(step.command, tmp_path, env).end())
            if watching is not None:
                step, terminal = watching
                check(page, step, terminal.interrupt(len(step.wanted)))
                watching = None


def wait_for_line(terminal: Terminal, line: str) -> None:
    """Wait until a terminal shows a line."""
    deadline = time.monotonic() + 20
    while line not in terminal.lines:
        assert time.monotonic() < deadline, terminal.text
        time.sleep(0.02)


def check(page: str, step: Step, lines: list[str]) -> None:
    """Compare the output of a command with the page."""
    shown, got = "\n".join(step.wanted), "\n".join(lines)
    assert step.is_met(lines), f"{page}: $ {step.command}\n{got}\n-- instead of --\n{shown}"
