"""Servers and processes that the tests run."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from projects import Mock, Project, environment, project, serving


@contextmanager
def live(cli: Project, *flags: str) -> Iterator[Mock]:
    with serving(cli.definitions, *flags) as mock:
        yield mock


def loaded(cli: Project, tmp_path: Path, content: str) -> Any:
    """Return a mock that starts with the records of a JSON text."""
    file = tmp_path / "load.json"
    file.write_text(content, encoding="utf-8")
    return live(cli, "--load", str(file))


def compact(text: str) -> str:
    """Return a JSON text on one line without blanks outside of strings."""
    out, inside, escaped = "", False, False
    for mark in text:
        if inside or not mark.isspace():
            out += mark
        escaped = inside and mark == "\\" and not escaped
        if mark == '"' and not (inside and out[-2:-1] == "\\" and not escaped):
            inside = not inside
    return out


class Fake:
    """A server that sends given answers, and records the requests."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.asked: list[tuple[str, str]] = []


@contextmanager
def answering(answer: Any) -> Iterator[Fake]:
    class Handler(BaseHTTPRequestHandler):
        def handle_all(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            fake.asked.append((self.command, self.path))
            status, headers, body = answer(fake.asked[-1])
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = handle_all

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: Any, client_address: Any) -> None:
            """Log nothing if an answer breaks the connection by an error."""

    server = Server(("127.0.0.1", 0), Handler)
    fake = Fake(f"http://127.0.0.1:{server.server_address[1]}")
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()


def wait_for(condition: Any, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.02)


STARTER = """
import importlib, os, sys
sys.argv[0] = os.environ["PACKAGE"]
sys.exit(importlib.import_module(os.environ["PACKAGE"] + ".cli").main())
"""


@contextmanager
def started(case: str, *words: str, url: str, **options: Any) -> Iterator[subprocess.Popen[str]]:
    """Run the program as a process."""
    cli = project(case)
    command = [sys.executable, "-W", "error", "-c", STARTER, *cli.connection(url), *words]
    env = environment(
        {"PYTHONPATH": str(cli.source), "PACKAGE": cli.package, **options.pop("env", {})}
    )
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, **options}
    process = subprocess.Popen(command, env=env, **pipes)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def reading(process: subprocess.Popen[str]) -> list[str]:
    """Return a list that fills with the lines of stderr."""
    lines: list[str] = []
    assert process.stderr is not None
    stream = process.stderr

    def read() -> None:
        for line in stream:
            lines.append(line)

    threading.Thread(target=read, daemon=True).start()
    return lines


class Proxy:
    """A proxy to a server that can be cut, and that can hide the support for requesting missed events."""

    def __init__(self, target: int, *, can_resume: bool) -> None:
        self.target = target
        self.can_resume = can_resume
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.open: list[socket.socket] = []
        self.is_cut = False
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            if self.is_cut:
                client.close()
                continue
            server = socket.create_connection(("127.0.0.1", self.target))
            self.open += [client, server]
            for one, other in ((client, server), (server, client)):
                threading.Thread(target=self.pump, args=(one, other), daemon=True).start()

    def pump(self, one: socket.socket, other: socket.socket) -> None:
        try:
            while data := one.recv(65536):
                if not self.can_resume:
                    data = data.replace(b"Last-Event-Id", b"Lost-Event-Id")
                    data = data.replace(b"lastEventId", b"lostEventId")
                other.sendall(data)
        except OSError:
            pass
        for each in (one, other):
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def cut(self) -> None:
        self.is_cut = True
        for each in self.open:
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def restore(self) -> None:
        self.is_cut = False
