"""A proxy to the mock that records requests, and injects faults."""

from __future__ import annotations

import http.client
import json
import re
import socket
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from running import compact

ANY = (".*", ".*")
_OF_THE_LINE = {"connection", "keep-alive", "transfer-encoding", "content-length"}


@dataclass(frozen=True)
class Request:
    """A request, byte for byte, and the status of its response, 0 if there was none."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes
    status: int = 0

    @property
    def path(self) -> str:
        """The path, percent-encoded."""
        return urlsplit(self.target).path

    @property
    def query(self) -> list[tuple[str, str]]:
        """The query, decoded."""
        return parse_qsl(urlsplit(self.target).query, keep_blank_values=True)

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def compact(self) -> str:
        """The body as JSON without blanks between its parts, with its original digits and order."""
        return compact(self.text)

    def header(self, name: str) -> str | None:
        """Return a header, whatever its case."""
        return next(
            (value for key, value in self.headers.items() if key.lower() == name.lower()), None
        )


@dataclass
class Fault:
    """A fault in place of a response, for a number of requests whose method and path match."""

    times: int
    matches: tuple[str, str]
    status: int = 0
    """0 closes the connection."""
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    is_after: bool = False
    """The server executes the request, and only its response is lost or replaced."""

    def hits(self, request: Request) -> bool:
        """Report whether it applies to a request, and count it."""
        method, path = self.matches
        is_hit = bool(
            self.times and re.fullmatch(method, request.method) and re.fullmatch(path, request.path)
        )
        self.times -= is_hit
        return is_hit


class Recorder:
    """The proxy to one server."""

    def __init__(self, target: str) -> None:
        """Listen on a free port."""
        self.target = urlsplit(target).netloc
        self.asked: list[Request] = []
        self.faults: list[Fault] = []
        self.hidden: set[str] = set()
        """Headers that are removed from responses, in lower case."""
        self.delay = 0.0
        self.is_cut = False
        self.gate = threading.Event()
        self.gate.set()
        self.lines: list[socket.socket] = []
        self.lock = threading.Lock()
        """Held while connections are opened, closed or cut, so that none is opened unnoticed while all are cut."""
        self.server = _Server(self)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, args=[0.02], daemon=True).start()

    def close(self) -> None:
        """Stop listening."""
        self.cut()
        self.gate.set()
        self.server.shutdown()
        self.server.server_close()

    # Recorded requests

    def requests(self, method: str = ".*", path: str = ".*") -> list[Request]:
        """Return the requests so far whose method and path match."""
        return [
            each
            for each in list(self.asked)
            if re.fullmatch(method, each.method) and re.fullmatch(path, each.path)
        ]

    def writes(self) -> list[Request]:
        """Return the requests that change something."""
        return [each for each in list(self.asked) if each.method not in {"GET", "HEAD", "OPTIONS"}]

    def clear(self) -> None:
        """Discard the requests, and the faults that have not occurred yet."""
        self.asked.clear()
        self.faults.clear()

    # Faults

    def answer(
        self,
        status: int,
        problem: Mapping[str, object] | None = None,
        *,
        times: int = 1,
        matches: tuple[str, str] = ANY,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Answer the next requests with a problem, without forwarding them."""
        body = json.dumps({"status": status, **(problem or {})}).encode()
        kind = {"Content-Type": "application/problem+json"}
        self.faults.append(Fault(times, matches, status, body, {**kind, **(headers or {})}))

    def answer_text(
        self,
        status: int,
        text: str,
        *,
        times: int = 1,
        matches: tuple[str, str] = ANY,
        headers: Mapping[str, str] | None = None,
        is_after: bool = False,
    ) -> None:
        """Answer the next requests with a given text; with is_after, after the server has executed them."""
        self.faults.append(
            Fault(times, matches, status, text.encode(), headers or {}, is_after=is_after)
        )

    def drop(
        self, times: int = 1, *, matches: tuple[str, str] = ANY, is_after: bool = False
    ) -> None:
        """Close the connection of the next requests; with is_after, after the server has executed them."""
        self.faults.append(Fault(times, matches, is_after=is_after))

    def cut(self) -> None:
        """Close all connections, including WebSockets, and accept no new ones."""
        with self.lock:
            self.is_cut = True
        self.cut_lines()

    def cut_lines(self) -> None:
        """Close the open WebSockets."""
        with self.lock:
            for each in self.lines:
                _shut(each)
            self.lines.clear()

    def restore(self) -> None:
        """Accept connections again."""
        self.is_cut = False

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Hold requests until the end of the with statement."""
        self.gate.clear()
        try:
            yield
        finally:
            self.gate.set()

    # Actions of others

    def outside(
        self, method: str, target: str, body: str | object = None, **headers: str
    ) -> tuple[int, str]:
        """Send a request to the server as somebody else, unrecorded. A text is used as the body unchanged."""
        connection = http.client.HTTPConnection(self.target, timeout=20)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        kind = "application/merge-patch+json" if method == "PATCH" else "application/json"
        data = None if body is None else body if isinstance(body, str) else json.dumps(body)
        try:
            connection.request(
                method,
                target,
                None if data is None else data.encode(),
                {"Authorization": "Bearer outside", "Content-Type": kind, **given},
            )
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def stored(self, target: str) -> str:
        """Return the server's response as text."""
        status, text = self.outside("GET", target)
        assert status == 200, (status, text)
        return text.strip()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, recorder: Recorder) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.recorder = recorder

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Log nothing if a connection breaks, since tests break them."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing."""

    def take(self) -> None:
        recorder = self.server.recorder
        if recorder.is_cut:
            self.close_connection = True
            return
        if self.headers.get("Upgrade", "").lower() == "websocket":
            self._tunnel(recorder)
            return
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        request = Request(self.command, self.path, dict(self.headers.items()), body)
        place = len(recorder.asked)
        recorder.asked.append(request)
        time.sleep(recorder.delay)
        recorder.gate.wait()
        fault = next((each for each in recorder.faults if each.hits(request)), None)
        if fault is None or fault.is_after:
            status, headers, content = self._forward(recorder, request)
        if fault is not None:
            status, content = fault.status, fault.body
            headers = list(fault.headers.items())
        if recorder.asked[place : place + 1] == [request]:
            recorder.asked[place] = Request(**{**vars(request), "status": status})
        if not status:
            self.close_connection = True
            return
        self._reply(recorder, status, headers, content)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = take

    def _forward(
        self, recorder: Recorder, request: Request
    ) -> tuple[int, Sequence[tuple[str, str]], bytes]:
        connection = http.client.HTTPConnection(recorder.target, timeout=60)
        headers = {
            name: value
            for name, value in request.headers.items()
            if name.lower() not in _OF_THE_LINE
        }
        has_body = request.body or "Content-Length" in request.headers
        try:
            connection.request(
                request.method, request.target, request.body if has_body else None, headers
            )
            answer = connection.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        finally:
            connection.close()

    def _reply(
        self, recorder: Recorder, status: int, headers: Sequence[tuple[str, str]], content: bytes
    ) -> None:
        self.send_response_only(status)
        is_empty = self.command == "HEAD" or status in {204, 304}
        for name, value in headers:
            if name.lower() not in recorder.hidden | _OF_THE_LINE:
                self.send_header(name, value)
        if not is_empty:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if not is_empty:
            self.wfile.write(content)

    def _tunnel(self, recorder: Recorder) -> None:
        self.close_connection = True
        host, _, port = recorder.target.rpartition(":")
        with socket.create_connection((host, int(port))) as server:
            head = "".join(f"{name}: {value}\r\n" for name, value in self.headers.items())
            with recorder.lock:
                if recorder.is_cut:
                    return
                recorder.lines += [self.connection, server]
            server.sendall(f"{self.requestline}\r\n{head}\r\n".encode("latin-1"))
            back = threading.Thread(target=_pump, args=(server, self.connection), daemon=True)
            back.start()
            _pump(self.connection, server)
            back.join(5)
            gone = (self.connection, server)
            with recorder.lock:
                recorder.lines = [line for line in recorder.lines if line not in gone]


def _pump(one: socket.socket, other: socket.socket) -> None:
    try:
        while data := one.recv(65536):
            other.sendall(data)
    except OSError:
        pass
    _shut(one)
    _shut(other)


def _shut(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
