"""The packages under test, and the servers that they are tested against."""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

# These tests may be run with Ctrl-C ignored, as shells do for background jobs, and their child processes would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).parents[2]
DEFINITIONS = Path(__file__).parent / "definitions"
LIBRARY = ROOT / "examples/library"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option for the program to test."""
    parser.addoption("--firestone", default=str(ROOT / "firestone"))


@pytest.fixture(scope="session")
def firestone(request: pytest.FixtureRequest) -> str:
    """Return the program."""
    return str(Path(request.config.getoption("--firestone")).resolve())


@pytest.fixture(scope="session", autouse=True)
def packages(firestone: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Generate the packages library and doors, and make them importable."""
    for package, definitions in (("library", LIBRARY), ("doors", DEFINITIONS)):
        out = tmp_path_factory.mktemp(package)
        command = [firestone, "-t", "python", "-o", f"{out}/", "--set", f"package={package}", str(definitions)]
        subprocess.run(command, check=True, capture_output=True)
        sys.path.insert(0, str(out / "src"))


class Mock:
    """firestone mock in a process of its own."""

    def __init__(self, firestone: str, folder: Path, *arguments: str) -> None:
        """Start it on a free port."""
        self.command = [firestone, "mock", *arguments, "--requests", str(folder / "requests"), "--ready-file", str(folder / "ready")]
        self.folder = folder
        self.url = ""
        self.start()

    def start(self) -> None:
        """Start it on the same port as before."""
        ready = self.folder / "ready"
        ready.unlink(missing_ok=True)
        listen = self.url.partition("://")[2] or "127.0.0.1:0"
        self.process = subprocess.Popen([*self.command, "--listen", listen], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        end = time.monotonic() + 30
        while not (ready.exists() and ready.read_text().strip()):
            if self.process.poll() is not None or time.monotonic() > end:
                assert self.process.stderr
                raise RuntimeError(self.process.stderr.read().decode())
            time.sleep(0.02)
        self.url = ready.read_text().strip()

    def stop(self) -> None:
        """Stop it, and wait until it has ended."""
        self.process.terminate()
        self.process.wait(10)
        assert self.process.stderr
        self.process.stderr.close()

    def requests(self) -> list[dict[str, Any]]:
        """Return the requests that it received."""
        return [json.loads(line) for line in (self.folder / "requests").read_text().splitlines()]


@pytest.fixture
def mock(firestone: str, tmp_path: Path) -> Iterator[Callable[..., Mock]]:
    """Return a function that starts a mock for definitions."""
    with contextlib.ExitStack() as stack:

        def start(*arguments: str | Path) -> Mock:
            started = Mock(firestone, tmp_path, *map(str, arguments))
            stack.callback(started.stop)
            return started

        yield start


class Faulty:
    """A server that sends given answers, and records the requests."""

    def __init__(self, *answers: tuple[int, dict[str, str], bytes]) -> None:
        """Start the server; the last answer is repeated for all further requests."""
        self.answers = list(answers)
        self.asked: list[tuple[str, str, dict[str, str], bytes]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                outer.asked.append((self.command, self.path, dict(self.headers), body))
                status, headers, text = outer.answers.pop(0) if len(outer.answers) > 1 else outer.answers[0]
                if not status:
                    self.close_connection = True
                    return
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(text)

            do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = answer

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()


@pytest.fixture
def faulty() -> Iterator[Callable[..., Faulty]]:
    """Return a function that starts a server with given answers."""
    servers: list[Faulty] = []

    def start(*answers: tuple[int, dict[str, str], bytes]) -> Faulty:
        servers.append(Faulty(*answers))
        return servers[-1]

    yield start
    for started in servers:
        started.server.shutdown()
        started.server.server_close()
