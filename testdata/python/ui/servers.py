"""A web interface as users run it: its server process, and the browser's connection to it."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import urlopen

from applications import OUT, Application
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Subprotocol

SECONDS = 60


class Server:
    """streamlit run, as a process of its own."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
        """Create it for a process that listens on a port, and its log file."""
        self.process = process
        self.log = log
        self.port = port
        self.url = f"http://127.0.0.1:{port}"

    @property
    def memory(self) -> float:
        """The resident memory of the process in megabytes (VmRSS)."""
        with open(f"/proc/{self.process.pid}/status", encoding="utf-8") as status:  # noqa: PTH123
            found = re.search(r"VmRSS:\s+(\d+) kB", status.read())
        assert found
        return int(found[1]) / 1024

    @property
    def threads(self) -> int:
        """The number of threads of the process."""
        return len(os.listdir(f"/proc/{self.process.pid}/task"))  # noqa: PTH208

    def answers(self) -> bool:
        """Report whether it is ready."""
        try:
            with urlopen(f"{self.url}/_stcore/health", timeout=5) as answer:  # noqa: S310
                return bool(answer.status == 200)
        except URLError:
            return False


@contextmanager
def streamlit(application: Application, api: str, **environment: str) -> Iterator[Server]:
    """Serve a web interface for an API at a URL, with a token for it."""
    prefix = application.package.upper()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(application.script)]
    log = OUT / f"streamlit-{port}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*command, f"--server.port={port}", "--server.headless=true"],
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(OUT),
                "PYTHONPATH": str(application.project.source),
                f"{prefix}_BASE_URL": api,
                f"{prefix}_TOKEN": "token",
                **environment,
            },
            cwd=OUT,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    server = Server(process, port, log)
    try:
        wait_for(lambda: process.poll() is not None or server.answers())
        assert process.poll() is None, log.read_text()
        yield server
    finally:
        process.terminate()
        process.wait(SECONDS)


class Tab:
    """The messages between a browser tab and the server."""

    def __init__(self, server: Server) -> None:
        """Create a tab, which a with statement connects."""
        self.url = f"ws://127.0.0.1:{server.port}/_stcore/stream"
        self.stack = ExitStack()
        self.fragments: dict[str, float] = {}
        """The fragments that rerun periodically, with their intervals in seconds."""
        self.last: list[Any] = []
        """The messages of the last run."""
        self.page = ""
        """The server's name for the page."""
        self.query = ""

    def __enter__(self) -> Tab:
        """Connect."""
        protocol = Subprotocol("streamlit")
        self.line = self.stack.enter_context(
            connect(self.url, subprotocols=[protocol], max_size=None)
        )
        return self

    def __exit__(self, *_: object) -> None:
        """Close the tab."""
        self.stack.close()

    def open(self, page: str = "", query: Mapping[str, str] | None = None) -> Tab:
        """Open an address, and wait until its script has run."""
        message = BackMsg()
        message.rerun_script.page_name = page
        message.rerun_script.query_string = self.query = urlencode(query or {})
        self._run(message)
        pages = [each for each in self.last if each.WhichOneof("type") == "navigation"]
        self.page = pages[-1].navigation.page_script_hash
        return self

    def press(self, key: str, **typed: str) -> None:
        """Press a button, with texts in the fields whose names end in these, without waiting."""
        message = BackMsg()
        asked = message.rerun_script
        asked.page_script_hash, asked.query_string = self.page, self.query
        asked.widget_states.widgets.add(id=self._id(key), trigger_value=True)
        for name, text in typed.items():
            asked.widget_states.widgets.add(id=self._id(f"/{name}"), string_value=text)
        self.line.send(message.SerializeToString())

    def settle(self, seconds: float = 1.0) -> Tab:
        """Receive messages until no more arrive."""
        self.last = []
        while True:
            heard = ForwardMsg()
            try:
                heard.ParseFromString(self.line.recv(timeout=seconds))
            except TimeoutError:
                return self
            self.last.append(heard)

    def _id(self, end: str) -> str:
        """Return the server's ID of the widget whose key has this ending."""
        for message in self.last:
            if message.WhichOneof("type") == "delta" and message.delta.HasField("new_element"):
                element = message.delta.new_element
                found = str(getattr(getattr(element, element.WhichOneof("type")), "id", ""))
                if found.endswith(end):
                    return found
        raise AssertionError(f"nothing ends in {end}")

    def tick(
        self, fragment: str, query: Mapping[str, str] | None = None, texts: Sequence[str] = ()
    ) -> Tab:
        """Run a fragment, like its timer: with the tab's address, and its empty text fields."""
        message = BackMsg()
        message.rerun_script.fragment_id = fragment
        message.rerun_script.query_string = urlencode(query or {})
        for text in texts:
            message.rerun_script.widget_states.widgets.add(id=text, string_value="")
        message.rerun_script.is_auto_rerun = True
        return self._run(message)

    @property
    def fields(self) -> list[str]:
        """The text fields of the last run, by the server's IDs."""
        found = [each.delta.new_element for each in self.last if each.WhichOneof("type") == "delta"]
        return [each.text_input.id for each in found if each.WhichOneof("type") == "text_input"]

    @property
    def addresses(self) -> list[str]:
        """The queries that the last run set in the address."""
        found = [each for each in self.last if each.WhichOneof("type") == "page_info_changed"]
        return [each.page_info_changed.query_string for each in found]

    @property
    def raw(self) -> bytes:
        """All messages of the last run."""
        return b"".join(each.SerializeToString() for each in self.last)

    def _run(self, message: BackMsg) -> Tab:
        self.line.send(message.SerializeToString())
        self.last = []
        deadline = time.monotonic() + SECONDS
        while True:
            heard = ForwardMsg()
            heard.ParseFromString(self.line.recv(timeout=deadline - time.monotonic()))
            self.last.append(heard)
            kind = heard.WhichOneof("type")
            assert not (kind == "delta" and heard.delta.new_element.HasField("exception")), heard
            if kind == "new_session" and not message.rerun_script.fragment_id:
                self.fragments.clear()
            elif kind == "auto_rerun":
                self.fragments[heard.auto_rerun.fragment_id] = heard.auto_rerun.interval
            is_done = heard.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
            if kind == "script_finished" and is_done:
                return self


def wait_for(condition: Callable[[], object], seconds: float = SECONDS) -> None:
    """Wait until something is true."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.05)
