"""Changes by another process are received, in every case and in both envelopes, through a restart of the server."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from projects import FIRESTONE, ROOT, Project, definition, project
from roundtrip_test import Trip, form_name, required_filters, trips  # noqa: F401 - a fixture
from running import reading, started, wait_for
from samples import examples
from watch_test import READING


def test_every_case_hears_of_a_new_record(trips: list[Trip]) -> None:  # noqa: F811
    for trip in trips:
        create, watch, above = trip.command("create"), trip.command("watch"), trip.parents()
        if create is None or watch is None or above is None or is_of_one(trip, watch, above):
            continue
        example = examples(trip.project)[form_name(trip, create)]
        if example is None:
            continue
        words = [trip.word, "watch", "-o", "ndjson", "--count", "1", *required_filters(trip, watch)]
        with started(trip.project.case, *words, *above, url=trip.mock.url) as process:
            errors = reading(process)
            wait_for(lambda: any("now" in line or "live" in line for line in errors))
            time.sleep(0.3)
            line = ["create", *above, "-f", "-", *required_filters(trip, create)]
            made = trip.run(*line, stdin=trip.core.dumps(example))
            if made.exit_code != 0:
                continue  # a key in an enum that is already taken, a certificate that does not exist
            out, _ = process.communicate(timeout=20)
        event = json.loads(out)
        record = trip.core.loads(made.stdout)
        assert event["event"] == "created", trip.word
        assert str(event["key"]) == str(record[trip.key]), trip.word
        return


def is_of_one(trip: Trip, watch: Any, above: list[str]) -> bool:
    """Report whether a command watches only single records."""
    keys = [param for param in watch.params if isinstance(param, trip.samples.kit.Key)]
    return len(keys) > len(above) and keys[-1].required


class Restartable:
    """A mock that keeps its records in a file, and its port."""

    def __init__(self, cli: Project, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        flags = ["--listen", f"127.0.0.1:{self.port}", "--data", str(folder / "data")]
        self.command = [FIRESTONE, "mock", *flags, *map(str, cli.definitions)]
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_for(self.answers)

    def answers(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        except OSError:
            return False
        return True

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait()


@contextmanager
def restartable(cli: Project, folder: Path) -> Iterator[Restartable]:
    server = Restartable(cli, folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()


@pytest.mark.parametrize("envelope", ["none", "cloudevents"])
def test_through_a_restart_of_the_server(envelope: str, tmp_path: Path) -> None:
    cli = project("library") if envelope == "none" else definition("reading", READING)
    word, create = (
        ("authors", ["authors", "create", "--name"])
        if envelope == "none"
        else ("readings", ["readings", "create", "--celsius", "1", "--sensor"])
    )
    with restartable(cli, tmp_path) as server:
        with started(
            cli.case, word, "watch", "-o", "ndjson", "--count", "2", url=server.url
        ) as process:
            errors = reading(process)
            wait_for(lambda: any("now" in line or "live" in line for line in errors))
            time.sleep(0.3)
            by_another_process(cli, *create, "before", url=server.url)
            time.sleep(0.3)
            server.stop()
            wait_for(lambda: any("lost" in line for line in errors))
            server.start()
            by_another_process(cli, *create, "after", url=server.url)
            out, _ = process.communicate(timeout=40)
    first, second = map(json.loads, out.splitlines())
    name = "name" if envelope == "none" else "sensor"
    assert [first["event"], second["event"]] == ["created", "created"]
    assert [first["data"][name], second["data"][name]] == ["before", "after"]


def by_another_process(cli: Project, *words: str, url: str) -> None:
    with started(cli.case, *words, url=url) as process:
        _, said = process.communicate(timeout=20)
        assert process.returncode == 0, said
