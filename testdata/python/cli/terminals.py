"""Runs the program in a terminal of its own."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from projects import environment, project
from running import STARTER

# Makes the terminal the controlling one, for Ctrl-C and passwords, then executes the program.
TAKE_TERMINAL = "import fcntl, os, sys, termios; fcntl.ioctl(2, termios.TIOCSCTTY, 0); os.execvp(sys.argv[1], sys.argv[1:])"


SEQUENCE = re.compile(r"\x1b\[([?\d;]*)([A-Za-z])")


def screen(seen: str, lines: int, columns: int) -> list[str]:
    """Return the lines that a terminal of a size shows after receiving a text, without trailing blanks."""
    rows: list[list[str]] = [[]]
    at, column, wraps = 0, 0, True
    position = 0
    while position < len(seen):
        found = SEQUENCE.match(seen, position)
        position = found.end() if found else position + 1
        mark = "" if found else seen[position - 1]
        what, number = (found[2], found[1]) if found else ("", "")
        if mark == "\r":
            column = 0
        elif mark == "\n":
            at += 1
        elif what == "A":
            at = max(at - int(number or 1), max(0, len(rows) - lines))
        elif what == "H":
            at, column = max(0, len(rows) - lines), 0
        elif what == "K":
            rows[at] = []
        elif what == "J":
            top = max(0, len(rows) - lines)
            rows = [*rows[:top], *([] for _ in rows[top:])] if number == "2" else rows[: at + 1]
            rows[at] = rows[at][:column]
        elif what in {"h", "l"} and number == "?7":
            wraps = what == "h"
        elif mark:
            if column == columns and wraps:
                at, column = at + 1, 0
            column = min(column, columns - 1)
            rows += [[] for _ in range(at + 1 - len(rows))]
            row = rows[at]
            row += [" "] * (column + 1 - len(row))
            row[column] = mark
            column += 1
        rows += [[] for _ in range(at + 1 - len(rows))]
    return ["".join(row).rstrip() for row in rows[-lines:]]


class Terminal:
    """The program as a person sees it, and types into it."""

    def __init__(self, process: subprocess.Popen[bytes], master: int) -> None:
        self.process = process
        self.master = master
        self.seen = b""

    @property
    def text(self) -> str:
        """The output so far, without escape sequences."""
        return re.sub(r"\x1b\[[?\d;]*[A-Za-z]|\r", "", self.seen.decode("utf-8", "replace"))

    def wait_for(self, text: str, times: int = 1) -> None:
        """Read until a text has been shown that often."""
        ends = time.monotonic() + 20
        while self.text.count(text) < times:
            assert time.monotonic() < ends, self.text
            assert self.read() or self.text.count(text) >= times, self.text

    def answer(self, question: str, text: bytes, times: int = 1) -> None:
        """Wait until a question has been shown that often, and type the answer."""
        self.wait_for(question, times)
        time.sleep(0.05)
        os.write(self.master, text)

    def resize(self, lines: int, columns: int) -> None:
        """Change the size of the window."""
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def end(self) -> int:
        """Wait for the end, and return the status."""
        ends = time.monotonic() + 20
        while self.read():
            assert time.monotonic() < ends, self.text
        return self.process.wait(20)

    def read(self) -> bool:
        """Read the available output, and report whether more may come."""
        ready, _, _ = select.select([self.master], [], [], 0.1)
        if not ready:
            return self.process.poll() is None
        try:
            got = os.read(self.master, 65536)
        except OSError:
            return False
        self.seen += got
        return bool(got)


@contextmanager
def on_terminal(
    case: str,
    *words: str,
    url: str,
    size: tuple[int, int] = (24, 80),
    env: dict[str, str] | None = None,
    **streams: Any,
) -> Iterator[Terminal]:
    """Run the program in a terminal; given streams replace the terminal."""
    cli = project(case)
    values = {"PYTHONPATH": str(cli.source), "PACKAGE": cli.package, "TERM": "xterm"}
    master, slave = pty.openpty()
    command = [sys.executable, "-W", "error", "-c", STARTER, *cli.connection(url), *words]
    pipes = {"stdin": slave, "stdout": slave, "stderr": slave, **streams}
    process = subprocess.Popen(
        [sys.executable, "-c", TAKE_TERMINAL, *command],
        env=environment({**values, "LANG": "C.UTF-8", **(env or {})}),
        start_new_session=True,
        **pipes,
    )
    os.close(slave)
    shown = Terminal(process, master)
    shown.resize(*size)
    try:
        yield shown
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        os.close(master)
