"""Ten thousand records: a list opens, filters and pages like one of twenty, and the server's memory does not grow."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from applications import Application, definition
from conftest import Serve, Visit
from servers import Server, Tab, streamlit, wait_for
from visitor import App

TASKS = """
kind: task
default_query_params:
  - {name: limit, schema: {type: integer, minimum: 1, maximum: 100, default: 20}}
  - {name: offset, schema: {type: integer, minimum: 0, default: 0}}
schema:
  key: {name: task_id, schema: {type: integer, minimum: 1}}
  query_params:
    - {name: done, schema: {type: boolean}}
    - {name: title, schema: {type: string}}
  items:
    type: object
    properties:
      title: {type: string}
      done: {type: boolean}
      weight: {type: number}
      kind: {type: string, enum: [big, small]}
      tags: {type: array, items: {type: string}}
    required: [title]
asyncapi:
  servers:
    dev: {url: "ws://localhost:8080", protocol: ws}
"""
COUNT = 10_000
RUNS, WARM = 200, 50
MOST = 20.0
"""Megabytes by which the server may grow after the first runs."""


@pytest.fixture(scope="module")
def tasks() -> Application:
    return definition("size_tasks", TASKS)


@pytest.fixture(scope="module")
def load(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Ten thousand records as JSON."""
    records = [
        {
            "task_id": number,
            "title": f"Task {number:05}",
            "done": number % 3 == 0,
            "weight": number / 4,
            "kind": "big" if number % 2 else "small",
            "tags": [f"t{number % 7}"],
        }
        for number in range(1, COUNT + 1)
    ]
    return json.dumps({"tasks": records})


def seconds(app: App, **query: str) -> float:
    began = time.process_time()
    app.open("tasks", **query)
    return time.process_time() - began


def test_list(tasks: Application, load: str, visit: Visit) -> None:
    """Only one page of the list is requested, wherever it is, and it costs as much as the first one."""
    app = visit(tasks, load=load)
    app.open("tasks")
    app.api.clear()
    assert seconds(app) < 2
    assert "Task 00001" in app.text
    assert "10,000" in app.text
    assert seconds(app, page="500") < 2
    assert "Task 10000" in app.text
    assert seconds(app, title="Task 0777") < 2
    assert "Task 07770" in app.text
    assert "Task 00001" not in app.text
    assert seconds(app, done="true", page="2") < 2
    assert "Task 00063" in app.text
    asked = app.api.requests("GET", "/tasks")
    assert 4 <= len(asked) <= 8
    assert all(int(dict(each.query).get("limit", "20")) <= 100 for each in asked)


def addresses() -> Iterator[dict[str, str]]:
    """Yield the views that a visitor opens: pages, filters, records and forms."""
    for number in itertools.count(1):
        yield from (
            {"page": str(number % 500 + 1)},
            {"title": f"Task {number:04}"},
            {"view": "show", "id": str(number)},
            {"view": "edit", "id": str(number)},
            {"view": "new"},
        )


def test_memory(tasks: Application, load: str, serve: Serve) -> None:
    """A server that runs for weeks does not grow with what its visitors open."""
    api = serve(tasks, load=load)
    with streamlit(tasks, api.url) as server, Tab(server) as tab:
        looked = addresses()
        sizes = [look(server, tab, next(looked)) for _ in range(RUNS)]
        grown = sizes[-1] - sizes[WARM]
        assert grown < MOST, f"{grown:.1f} MB: {sizes[::25]}"


def look(server: Server, tab: Tab, query: dict[str, str]) -> float:
    tab.open("tasks", query)
    for fragment in list(tab.fragments)[:3]:
        tab.tick(fragment)
    return server.memory


def test_threads_end_with_their_visitors(tasks: Application, serve: Serve) -> None:
    """Listeners for changes end when the tab is closed."""
    api = serve(tasks, "--seed", "3")
    with streamlit(tasks, api.url) as server, ExitStack() as stack, Tab(server) as first:
        watch(first)
        threads, lines = server.threads, len(api.lines)
        for _ in range(5):
            watch(stack.enter_context(Tab(server)))
        stack.close()
        # A thread that has run a script may be kept for the next one; five listeners and their connections must not.
        wait_for(lambda: len(api.lines) <= lines and server.threads <= threads + 2, 30)


def watch(tab: Tab) -> None:
    """Open the list, and wait until it listens."""
    tab.open("tasks")
    for fragment in list(tab.fragments):
        tab.tick(fragment)
