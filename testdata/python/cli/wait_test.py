"""Waiting for a record, by events or by polling, through outages, and no longer than requested."""

from __future__ import annotations

import json
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from projects import Mock, Project, definition, project
from running import Proxy, answering, live, reading, started, wait_for
from terminals import on_terminal

NOBODY = "0b8ea1d6-3c5f-4e57-9d1c-6a2f0f5b7c41"

TASK = """
kind: {kind}
methods: {{resource: [get, post], instance: [get, put, delete]}}
schema:
  key: {{name: task_id}}
  items:
    type: object
    properties:
      task_id: {{type: string}}
      is_done: {{type: boolean}}
      price: {{type: number}}
{events}
"""
EVENTS = """
asyncapi:
  {envelope}
  servers: {{dev: {{url: "ws://localhost:8080", protocol: ws}}}}
  channels: {{resources: {resources}, instances: {instances}}}
"""
CLOUDS = "envelope: cloudevents"


def tasks(kind: str, events: str = "") -> Project:
    return definition(kind, TASK.format(kind=kind, events=events))


@contextmanager
def waiting(cli: Project, url: str, *words: str) -> Iterator[subprocess.Popen[str]]:
    group, _ = next(cli.groups())
    with started(cli.case, group, "wait", *words, "-o", "ndjson", "-v", url=url) as process:
        yield process


def make(cli: Project, mock: Mock, key: str, *words: str) -> None:
    group, _ = next(cli.groups())
    result = cli.run(group, "create", "--task-id", key, *words, url=mock.url)
    assert result.exit_code == 0, result.output


def change(cli: Project, mock: Mock, key: str, *words: str) -> None:
    group, _ = next(cli.groups())
    assert cli.run(group, "replace", key, *words, url=mock.url).exit_code == 0


def reads(mock: Mock) -> list[int]:
    """Return the responses to reads."""
    return [one["status"] for one in mock.requests() if one["method"] == "GET"]


@pytest.mark.parametrize(
    ("kind", "events"),
    [
        ("one_state", EVENTS.format(envelope="", resources="false", instances="true")),
        ("one_cloud", EVENTS.format(envelope=CLOUDS, resources="false", instances="true")),
        ("all_state", EVENTS.format(envelope="", resources="true", instances="false")),
        ("all_cloud", EVENTS.format(envelope=CLOUDS, resources="true", instances="false")),
        ("no_events", ""),
    ],
)
class TestHowever:
    """In whichever way a change becomes known."""

    def test_until_it_holds(self, kind: str, events: str) -> None:
        cli = tasks(kind, events)
        with live(cli) as mock:
            make(cli, mock, "a")
            make(cli, mock, "b", "--is-done")
            words = ["a", "--for", "is_done", "--for", "price=1.10", "--interval", "0.1"]
            with waiting(cli, mock.url, *words) as process:
                errors = reading(process)
                begun = "live" if events else "polling every 0.1 s"
                wait_for(lambda: any(begun in line for line in errors))
                change(cli, mock, "a", "--is-done")
                change(cli, mock, "a", "--price", "1.1")
                change(cli, mock, "a", "--price", "1.1", "--is-done")
                assert process.stdout is not None
                assert json.loads(process.stdout.read())["price"] == 1.1
                assert process.wait(20) == 0, errors

    def test_the_end(self, kind: str, events: str) -> None:
        cli = tasks(kind, events)
        with live(cli) as mock:
            make(cli, mock, "a")
            group, _ = next(cli.groups())
            fast = ["--interval", "0.1"]
            with (
                waiting(cli, mock.url, "a", "--for", "deleted", *fast) as end,
                waiting(cli, mock.url, "a", "--for", "is_done", *fast) as done,
            ):
                told = [reading(end), reading(done)]
                wait_for(lambda: reads(mock).count(200) >= 2)
                assert cli.run(group, "delete", "a", "--yes", url=mock.url).exit_code == 0
                assert end.wait(20) == 0, told
                assert end.stdout is not None and end.stdout.read() == ""
                assert done.wait(20) == 4
                wait_for(lambda: any("a was deleted" in line for line in told[1]))


def test_through_an_outage() -> None:
    events = EVENTS.format(envelope="", resources="false", instances="true")
    cli = tasks("one_state", events)
    with live(cli) as mock:
        make(cli, mock, "a")
        proxy = Proxy(int(mock.url.rpartition(":")[2]), can_resume=False)
        url = f"http://127.0.0.1:{proxy.port}"
        with waiting(cli, url, "a", "--for", "is_done") as process:
            errors = reading(process)
            wait_for(lambda: any("live" in line for line in errors))
            proxy.cut()
            change(cli, mock, "a", "--is-done")
            wait_for(lambda: any("lost" in line for line in errors))
            proxy.restore()
            assert process.wait(30) == 0, errors


def test_where_the_server_has_no_events() -> None:
    """It does not matter why a channel is refused, or that the server is unavailable for a while."""
    answers = iter(["false", "", "false", "true"])

    def answer(asked: Any) -> Any:
        if len(fake.asked) == 1:
            return 404, {}, b""
        state = next(answers)
        body = f'{{"task_id": "a", "is_done": {state}}}'.encode()
        return (200, {}, body) if state else (500, {}, b"")

    cli = tasks("one_state", EVENTS.format(envelope="", resources="false", instances="true"))
    with answering(answer) as fake:
        with waiting(cli, fake.url, "a", "--for", "is_done=true", "--interval", "0.05") as process:
            out, err = process.communicate(timeout=30)
    assert process.returncode == 0, err
    assert json.loads(out)["is_done"] is True
    assert "no events" in err and "unreachable" in err


def test_what_is_known_is_not_sent_again() -> None:
    cli = tasks("no_events")
    with live(cli) as mock:
        make(cli, mock, "a")
        words = ["a", "--for", "is_done", "--interval", "0.05", "--timeout", "0.6"]
        with waiting(cli, mock.url, *words) as process:
            _, err = process.communicate(timeout=30)
        assert process.returncode == 1
        assert err.splitlines()[-1] == "Error: is_done is absent after 0.6 s"
        asked = reads(mock)
    assert asked[0] == 200 and 304 in asked and asked.count(200) == 1


def test_what_is_not_there() -> None:
    cli = project("library")
    with live(cli, "--seed", "1") as mock:
        for condition, status in (("title", 4), ("deleted", 0)):
            words = ["books", "wait", NOBODY, "--for", condition]
            with started("library", *words, url=mock.url) as process:
                _, err = process.communicate(timeout=30)
            assert process.returncode == status, err
            assert ("404" in err) == (status == 4)


def test_what_can_never_hold_is_refused() -> None:
    cli = project("library")
    for conditions, told in (
        (["availability=sold"], 'availability is never "sold", but one of "available"'),
        (["published=old"], "published: 'old' is not null or an integer"),
        (["deleted", "title"], "--for deleted cannot be combined with another"),
        (["a..b"], "a name in the path is empty"),
        ([], "Missing option '--for'"),
    ):
        words = [word for condition in conditions for word in ("--for", condition)]
        result = cli.run("books", "wait", NOBODY, *words, url="http://127.0.0.1:9")
        assert result.exit_code == 2 and told in result.stderr, result.stderr
    words = ["--for", "titel=x", "--retries", "0"]
    result = cli.run("books", "wait", NOBODY, *words, url="http://127.0.0.1:9")
    assert result.exit_code == 2 and "(did you mean title?)" in result.stderr


def test_dry_run_sends_nothing() -> None:
    words = ["books", "wait", NOBODY, "--for", "title", "--dry-run"]
    result = project("library").run(*words, url="http://127.0.0.1:9")
    assert result.exit_code == 0 and result.stdout.startswith("GET http://127.0.0.1:9/books/")


def test_on_a_terminal() -> None:
    cli = project("library")
    with live(cli, "--seed", "1") as mock:
        books = json.loads(cli.run("books", "list", "-o", "json", url=mock.url).stdout)
        key, state = books[0]["book_id"], books[0]["availability"]
        words = ["books", "wait", key, "--for", f"availability!={state}"]
        with on_terminal("library", *words, url=mock.url) as terminal:
            terminal.wait_for(f'availability is "{state}"\n')
            terminal.process.send_signal(signal.SIGINT)
            assert terminal.end() == 130
        assert "[live]" in terminal.text and "Traceback" not in terminal.text
        with started("library", *words, "--timeout", "0.5", url=mock.url) as process:
            out, err = process.communicate(timeout=30)
        assert (out, err) == ("", f'Error: availability is "{state}" after 0.5 s\n')


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("a", True),
        ("zero", True),
        ("empty", True),
        ("no", False),
        ("nil", False),
        ("gone", False),
        ("price=1.1", True),
        ("price=11e-1", True),
        ("price!=1.10", False),
        ("gone!=1", True),
        ("nil:=null", True),
        ("gone:=null", False),
        ("zero:=false", False),
        ("no:=0", False),
        ("rows.1.name=b", True),
        ("rows.2", False),
        (r"with\.dot=x", True),
        ("list:=[1, 2]", True),
        ("list:=[1.0, 2]", True),
        ("list:=[true, 2]", False),
        ("deep:={}", True),
        ("mark!:=1", True),
    ],
)
def test_conditions(text: str, holds: bool) -> None:
    cli = tasks("no_events")
    conditions, core = cli.module("cli.kit.conditions"), cli.module("_core")
    body, options = cli.module("cli.kit.body"), cli.module("cli.kit.options")
    record = core.loads(
        '{"a": 1, "zero": 0, "empty": "", "no": false, "nil": null, "price": 1.10, "with.dot": "x",'
        '"rows": [{"name": "a"}, {"name": "b"}], "list": [1, 2], "deep": {}, "mark!": 1}'
    )
    builder = body.Builder(options.Form("NoEvent", of="NoEvent"), "get", [], {})
    wanted = conditions.ConditionType().convert(text, None, None)
    assert conditions.condition(builder, *wanted).holds(record) is holds
