"""The messages and exit statuses of failures."""

from __future__ import annotations

import json
from typing import Any

import pytest

from conftest import Desk


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, 4),
        (401, 4),
        (403, 4),
        (404, 4),
        (409, 4),
        (412, 4),
        (422, 4),
        (429, 4),
        (500, 5),
        (501, 5),
        (302, 1),
    ],
)
def test_status(desk: Desk, server: Any, status: int, code: int) -> None:
    server.problem(status, title="No way", detail="because")
    done = desk("things", "list", "--base-url", server.url, "--retries", "0")
    assert done.returncode == code, done.stderr
    assert done.stderr.startswith(f"Error: list the things: {status} No way: because\n".encode())
    assert not done.stdout


def test_faults_name_the_flags(desk: Desk, server: Any) -> None:
    errors = [
        {"pointer": "/name", "detail": "is too short"},
        {"pointer": "#/address/zip~1city", "detail": "is unknown"},
        {"pointer": "/address/zip~1city/0", "detail": "is odd"},
        {"pointer": "/limits/a.b", "detail": "is no number"},
        {"parameter": "colour", "detail": "is ugly"},
        {"pointer": "", "detail": "is empty"},
        {"detail": "is\x1b[2J wrong"},
    ]
    server.problem(422, title="Invalid", errors=errors)
    done = desk("things", "create", "--name", "x", "--base-url", server.url)
    assert done.returncode == 4
    assert done.stderr.decode().splitlines()[:8] == [
        "Error: create a thing: 422 Invalid",
        "  --name: is too short",
        "  --city: is unknown",
        "  --city/0: is odd",
        r"  -F limits.a\.b: is no number",
        "  colour: is ugly",
        "  the body: is empty",
        "  is [2J wrong",
    ]
    done = desk("things", "list", "--base-url", server.url)
    assert "  --colour: is ugly" in done.stderr.decode().splitlines()
    assert "  /name: is too short" in done.stderr.decode().splitlines()


def test_problem_as_json(desk: Desk, server: Any) -> None:
    server.problem(404, title="Gone", detail="no such thing", extra=[1])
    done = desk("things", "list", "-o", "json", "--base-url", server.url)
    assert done.returncode == 4 and not done.stdout
    told = json.loads(done.stderr)
    assert (told["title"], told["extra"]) == ("Gone", [1])
    server.status, server.body, server.headers = 500, b"<h1>oops", {"Content-Type": "text/html"}
    done = desk("things", "list", "-o", "ndjson", "--base-url", server.url, "--retries", "0")
    assert done.returncode == 5
    assert json.loads(done.stderr)["status"] == 500 and done.stderr.count(b"\n") == 1
    done = desk("things", "list", "-o", "json", "--base-url", "http://127.0.0.1:9")
    assert done.returncode == 1
    assert "127.0.0.1:9" in json.loads(done.stderr)["detail"]


def test_nobody_there(desk: Desk) -> None:
    done = desk("things", "list", "--base-url", "http://127.0.0.1:9", "--retries", "0")
    assert done.returncode == 1
    first, second = done.stderr.decode().splitlines()
    assert first.startswith("Error: ") and "refused" in first and "urllib3" not in first
    assert "HTTPConnectionPool" not in first
    assert second == "hint: is http://127.0.0.1:9 right? desk doctor checks the connection"
    by_default = desk("things", "list", "--retries", "0", env={"DESK_BASE_URL": ""})
    *_, last = by_default.stderr.decode().splitlines()
    assert "is the default" in last and "--base-url, DESK_BASE_URL or" in last


def test_answer_that_is_not_json(desk: Desk, server: Any) -> None:
    server.body = b"<html>"
    done = desk("things", "list", "--base-url", server.url)
    assert done.returncode == 1 and b"not JSON" in done.stderr and b"Traceback" not in done.stderr


def test_remedies(desk: Desk, server: Any) -> None:
    server.problem(401, title="Unauthorized")
    assert b"desk auth login" in desk("things", "list", "--base-url", server.url).stderr
    server.problem(302, title="Found")
    server.headers["Location"] = "http://stranger.example/things"
    done = desk("things", "list", "--base-url", server.url, "--token", "tok")
    assert b"stranger.example" in done.stderr and done.returncode == 1
    assert len(server.asked) == 2


def test_usage(desk: Desk) -> None:
    for args, said in (
        (["thinks"], b"Did you mean 'things'"),
        (["things", "lst"], b"Did you mean 'list'"),
        (["login"], b"Did you mean 'auth login'"),
        (["things", "version"], b"No such command 'version'.\n"),
        (["version"], b"Did you mean '--version'"),
        (["things", "rm", "x"], b"Did you mean 'delete'"),
        (["things", "patch", "x"], b"No such command 'patch'. Did you mean 'watch'"),
        (["add", "things"], b"Did you mean 'things create'"),
        (["help", "things"], b"Did you mean 'things --help'"),
        (["things", "list", "--json"], b"Did you mean '--output json'"),
        (["things", "list", "--sort", "x"], b"No such option '--sort'.\n"),
        (["things", "--tokn", "x", "list"], b"Did you mean '--token'"),
        (["list", "things"], b"Did you mean 'things list'"),
        (["things", "list", "--otput", "x"], b"--output"),
        (["things", "get", "-5", "--otput", "x"], b"--output"),
        (
            ["things", "delete", "my", "key"],
            b"argument 'key'. Put a value that contains spaces in quotes.",
        ),
        (["things", "list", "-p", "stagin"], b"config edit adds profiles"),
        (["things", "delete", "-x"], b"-- before a key"),
        (["things", "get", "x"], b"not an integer"),
    ):
        done = desk(*args)
        assert done.returncode == 2 and said in done.stderr, done.stderr


def test_keys_that_begin_with_a_dash(desk: Desk) -> None:
    assert desk("things", "get", "-5").stdout == b'"-5"\n'
    assert desk("things", "get", "-o", "name", "-5").stdout == b"-5\n"
    assert desk("things", "delete", "-y", "--", "-x").returncode == 0


def test_doctor(desk: Desk, server: Any) -> None:
    done = desk("doctor", "-o", "json", "--base-url", server.url, "--token", "x")
    checks = {row["check"]: row for row in json.loads(done.stdout)}
    assert done.returncode == 0 and checks["connection"]["ok"] and checks["clock"]["ok"]
    assert "Authorization" not in server.asked[0][2]
    done = desk("doctor", "-o", "json", "--base-url", "http://127.0.0.1:9")
    checks = {row["check"]: row for row in json.loads(done.stdout)}
    assert done.returncode == 1 and not checks["connection"]["ok"]
    assert "DESK_TOKEN" in checks["credentials"]["remedy"]
