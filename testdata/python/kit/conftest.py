"""Assembles the package: the files of skeleton/, the static command line, and the client that it uses.

Also provides a server with given answers, the program as a process, and a terminal for it.
"""

from __future__ import annotations

import json
import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

# These tests may be run with Ctrl-C ignored, as shells do for background jobs, and their child processes would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)

HERE = Path(__file__).parent
TEMPLATES = HERE.parents[2] / "templates"
RUNTIME = Path(os.environ.get("KIT_RUNTIME", TEMPLATES / "python/runtime"))


def assemble(folder: Path) -> Path:
    """Create the package desk in a folder."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(HERE / "skeleton", folder / "desk", ignore=ignored)
    shutil.copytree(TEMPLATES / "cli/kit", folder / "desk/cli/kit", ignore=ignored)
    shutil.copytree(RUNTIME, folder / "desk/_core", ignore=ignored)
    return folder


FOLDER = assemble(Path(tempfile.mkdtemp(prefix="desk-")))
sys.path.insert(0, str(FOLDER))


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """An environment without settings of this machine."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "PYTHONPATH": str(FOLDER),
        "PYTHONWARNINGS": "error",
        "LANG": "C.UTF-8",
        "TERM": "xterm",
        "DESK_BASE_URL": "http://127.0.0.1:9",
    }


Desk = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def desk(environ: dict[str, str]) -> Desk:
    """Run the program without a terminal."""

    def run(*args: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
        env = {**environ, **options.pop("env", {})}
        if "input" not in options:
            options.setdefault("stdin", subprocess.DEVNULL)
        options.setdefault("capture_output", "stdout" not in options and "stderr" not in options)
        command = [sys.executable, "-m", "desk", *args]
        return subprocess.run(command, env=env, timeout=30, check=False, **options)

    return run


@dataclass
class Terminal:
    """The program in a terminal of 80 columns."""

    process: subprocess.Popen[bytes]
    master: int
    seen: bytes = b""

    def wait_for(self, text: bytes, times: int = 1) -> None:
        """Read until a text is shown."""
        ends = time.monotonic() + 15
        while self.seen.count(text) < times:
            assert time.monotonic() < ends, self.seen
            self._read()

    def type(self, text: bytes) -> None:
        """Press keys."""
        os.write(self.master, text)

    def end(self) -> int:
        """Wait for the end, and return the status."""
        ends = time.monotonic() + 15
        while self._read():
            assert time.monotonic() < ends, self.seen
        return self.process.wait(15)

    def _read(self) -> bool:
        ready, _, _ = select.select([self.master], [], [], 0.2)
        if not ready:
            return self.process.poll() is None
        try:
            got = os.read(self.master, 65536)
        except OSError:
            return False
        self.seen += got
        return bool(got)


# Makes the terminal the controlling one, for Ctrl-C, then executes the program.
TAKE_TERMINAL = "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execvp(sys.argv[1], sys.argv[1:])"


@pytest.fixture
def terminal(environ: dict[str, str]) -> Iterator[Callable[..., Terminal]]:
    """Run the program in a terminal."""
    open_ones: list[Terminal] = []

    def run(
        *args: str, env: dict[str, str] | None = None, command: list[str] | None = None
    ) -> Terminal:
        master, slave = pty.openpty()
        process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                TAKE_TERMINAL,
                *(command or [sys.executable, "-m", "desk", *args]),
            ],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**environ, "COLUMNS": "80", **(env or {})},
            start_new_session=True,
        )
        os.close(slave)
        open_ones.append(Terminal(process, master))
        return open_ones[-1]

    yield run
    for one in open_ones:
        if one.process.poll() is None:
            one.process.kill()
        one.process.wait()
        os.close(one.master)


@dataclass
class Server:
    """Sends given answers, and records the requests."""

    status: int = 200
    body: bytes = b"[]"
    headers: dict[str, str] = field(default_factory=dict[str, str])
    delay: float = 0
    asked: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list[Any])
    url: str = ""
    answers: list[tuple[int, bytes]] = field(default_factory=list[Any])

    def problem(self, status: int, **members: object) -> None:
        """Answer with a problem."""
        self.status, self.body = status, json.dumps({"status": status, **members}).encode()
        self.headers = {"Content-Type": "application/problem+json"}


@pytest.fixture
def server() -> Iterator[Server]:
    """Start a server on a free port."""
    answers = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length)
            answers.asked.append((self.command, self.path, dict(self.headers.items()), body))
            time.sleep(answers.delay)
            status, content = (answers.answers or [(answers.status, answers.body)])[0]
            del answers.answers[:1]
            self.send_response(status)
            for name, value in answers.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET

        def log_message(self, format: str, *args: object) -> None:
            """Log nothing."""

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listening.daemon_threads = True
    answers.url = f"http://127.0.0.1:{listening.server_address[1]}"
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    yield answers
    listening.shutdown()
    listening.server_close()
