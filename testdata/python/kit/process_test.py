"""The program as a process: streams that are closed, full, broken or of another encoding, signals, terminals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import FOLDER, Desk, Terminal

COMMAND = f"{sys.executable} -m desk"
Terminals = Callable[..., Terminal]


def shell(
    script: str, environ: dict[str, str], **options: Any
) -> subprocess.CompletedProcess[bytes]:
    """Run a bash script in which $DESK is the program."""
    return subprocess.run(
        ["bash", "-c", script],
        env={**environ, "DESK": COMMAND},
        capture_output=True,
        timeout=30,
        check=False,
        **options,
    )


@pytest.fixture
def things(tmp_path: Path) -> Path:
    file = tmp_path / "things.json"
    file.write_text('[{"thing_id":1,"name":"\\u2026\\ud800\\u001b[2J\\u202e","price":1.10}]')
    return file


def test_closed_streams(environ: dict[str, str], things: Path) -> None:
    done = shell(f"$DESK things list --from {things} <&-", environ)
    assert done.returncode == 0 and b"1.10" in done.stdout and not done.stderr
    done = shell(f"$DESK things list --from {things} >&-", environ)
    assert done.returncode == 1 and done.stderr.count(b"\n") == 1 and b"closed" in done.stderr
    done = shell(f"$DESK things list --from {things} 2>&-", environ)
    assert done.returncode == 0 and b"1.10" in done.stdout
    done = shell("$DESK things list 2>&- <&- >&-", environ)
    assert done.returncode == 1
    done = shell("$DESK things delete x <&-", environ)
    assert done.returncode == 2 and b"--yes" in done.stderr
    done = shell("$DESK things delete x --yes <&- >&-", environ)
    assert done.returncode == 0, done.stderr
    done = shell("$DESK things settings --token-file - <&-", environ)
    assert done.returncode == 2 and b"Traceback" not in done.stderr


def test_a_closed_stream_is_not_taken_by_a_connection(environ: dict[str, str], server: Any) -> None:
    done = shell(f"$DESK things list --base-url {server.url} -v >&- 2>&-", environ)
    assert done.returncode == 1
    assert [one[:2] for one in server.asked] == [("GET", "/things")]
    assert server.asked[0][3] == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_full_disk(environ: dict[str, str], things: Path) -> None:
    for what in (f"things list --from {things}", "--help", "completion zsh", "auth status"):
        done = shell(f"$DESK {what} > /dev/full", environ)
        assert done.returncode == 1, what
        assert done.stderr == b"Error: cannot write the output: No space left on device\n", what
    done = shell(f"$DESK things list --from {things} 2> /dev/full", environ)
    assert done.returncode == 0
    done = shell("$DESK things list 2> /dev/full", environ)
    assert done.returncode == 1
    done = shell("$DESK nothing 2> /dev/full", environ)
    assert done.returncode == 2


def test_broken_pipe(environ: dict[str, str], tmp_path: Path) -> None:
    many = tmp_path / "many.json"
    many.write_text("[" + ",".join('{"thing_id":1}' for _ in range(20000)) + "]")
    for form in ("ndjson", "json", "csv", "table", "yaml", "name"):
        done = shell(f"$DESK things list --from {many} -o {form} | head -1", environ)
        assert not done.stderr and done.stdout, form
    started = time.monotonic()
    done = shell("$DESK things watch -o json | head -1", environ)
    assert not done.stderr and done.stdout.count(b"\n") == 1
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "latin-1", "utf-8"])
def test_encodings(desk: Desk, things: Path, encoding: str) -> None:
    env = {"PYTHONIOENCODING": encoding, "LANG": "C", "LC_ALL": "C"}
    for form in ("json", "yaml", "csv", "table", "name"):
        done = desk("things", "list", "--from", str(things), "-o", form, env=env)
        assert done.returncode == 0 and not done.stderr, (form, done.stderr)
    done = desk("things", "list", "--from", str(things), "-o", "json", env=env)
    assert '"…\\ud800\\u001b[2J\u202e"' in done.stdout.decode()
    done = desk("things", "get", "…", env=env)
    assert done.returncode == 2 and b"Traceback" not in done.stderr


def interrupted(process: subprocess.Popen[bytes]) -> tuple[int, bytes]:
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=15)
    return process.returncode, told


def started(environ: dict[str, str], *args: str, **extra: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "desk", *args],
        env={**environ, **extra},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_interrupted_while_it_loads(environ: dict[str, str], tmp_path: Path) -> None:
    # Stands in for a slow import, and reports that it has started.
    slow = tmp_path / "slow/jmespath.py"
    slow.parent.mkdir()
    slow.write_text("import sys, time\nsys.stderr.write('!'); sys.stderr.flush()\ntime.sleep(30)\n")
    path = f"{slow.parent}{os.pathsep}{FOLDER}"
    process = started(environ, "things", "list", "--query", "a", PYTHONPATH=path)
    assert process.stderr is not None
    assert process.stderr.read(1) == b"!"
    status, told = interrupted(process)
    assert status == 130 and b"Traceback" not in told


def test_interrupted_while_click_loads(environ: dict[str, str], tmp_path: Path) -> None:
    slow = tmp_path / "slow/click.py"
    slow.parent.mkdir()
    slow.write_text("import sys, time\nsys.stderr.write('!'); sys.stderr.flush()\ntime.sleep(30)\n")
    process = started(environ, "--help", PYTHONPATH=f"{slow.parent}{os.pathsep}{FOLDER}")
    assert process.stderr is not None
    assert process.stderr.read(1) == b"!"
    status, told = interrupted(process)
    assert (status, told) == (130, b"")


def test_interrupted_in_a_request(environ: dict[str, str], server: Any) -> None:
    server.delay = 20
    process = started(environ, "things", "list", "--base-url", server.url)
    ends = time.monotonic() + 15
    while not server.asked:
        assert time.monotonic() < ends
        time.sleep(0.05)
    status, told = interrupted(process)
    assert status == 130 and b"Traceback" not in told


def test_interrupted_in_watch(environ: dict[str, str]) -> None:
    process = started(environ, "things", "watch", "-o", "json")
    assert process.stdout is not None
    first = process.stdout.readline()
    assert first.startswith(b'{"event": "updated"')
    status, told = interrupted(process)
    assert status == 130 and b"Traceback" not in told


def test_events_are_written_at_once_to_a_file(environ: dict[str, str], tmp_path: Path) -> None:
    log = tmp_path / "log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "desk", "things", "watch", "-o", "json"],
            env=environ,
            stdout=file,
        )
        ends = time.monotonic() + 15
        while log.read_bytes().count(b"\n") < 2:
            assert time.monotonic() < ends
            time.sleep(0.05)
        process.terminate()
        process.wait(15)


def test_prompt(terminal: Terminals) -> None:
    for typed, status, last in (
        (b"\x03", 130, b""),
        (b"n\n", 1, b"\nNothing was changed."),
        (b"\x04", 1, b"\nNothing was changed."),
        (b"y\n", 0, b"deleted"),
    ):
        shown = terminal("things", "delete", "a\x1bb")
        shown.wait_for(b"[y/N]")
        # A person cannot answer before the program, having asked, waits for the answer.
        time.sleep(0.5)
        shown.type(typed)
        assert shown.end() == status, shown.seen
        assert last in shown.seen and b"Traceback" not in shown.seen
        assert rb"Delete thing a\x1bb? (http://127.0.0.1:9)" in shown.seen.replace(b"\r\n", b"")


def test_prompt_is_not_on_stdout(
    environ: dict[str, str], terminal: Terminals, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    script = f"{COMMAND} things delete a > {out}"
    shown = terminal(command=["bash", "-c", script])
    shown.wait_for(b"[y/N]")
    shown.type(b"y\n")
    assert shown.end() == 0
    assert out.read_bytes() == b""


def test_without_a_terminal_nothing_is_asked(desk: Desk) -> None:
    done = desk("things", "delete", "a", input=b"y\n")
    assert done.returncode == 2 and b"--yes" in done.stderr
    assert desk("things", "delete", "a", "--yes").returncode == 0


def test_table_on_a_terminal(terminal: Terminals, things: Path, tmp_path: Path) -> None:
    shown = terminal("things", "list", "--from", str(things))
    assert shown.end() == 0
    assert b"name" in shown.seen and b"1.10" in shown.seen and b"{" not in shown.seen
    assert b"\x1b[1m" in shown.seen
    assert rb"\x1b[2J\u202e" in shown.seen and b"\x1b[2J" not in shown.seen
    markup = tmp_path / "markup.json"
    markup.write_text('[{"name":"[red]x[/red] :smile: ' + "y" * 200 + '","price":1}]')
    shown = terminal("things", "list", "--from", str(markup))
    assert shown.end() == 0
    assert b"[red]x[/red] :smile:" in shown.seen and shown.seen.count(b"y") == 200


@pytest.mark.parametrize("form", ["json", "ndjson", "yaml", "csv", "name"])
def test_no_control_character_reaches_a_terminal(
    terminal: Terminals, tmp_path: Path, form: str
) -> None:
    file = tmp_path / "evil.json"
    file.write_text('[{"thing_id":"\\u001b[2J\\u009b2J\\u202e\\u0007","name":"\x7f\x9bx"}]')
    shown = terminal("things", "list", "--from", str(file), "-o", form, env={"NO_COLOR": "1"})
    assert shown.end() == 0
    text = shown.seen.decode()
    assert not [one for one in text.replace("\r\n", "") if not one.isprintable()], text
    shown = terminal("things", "list", "--from", str(file), "-o", form, "--query", "[0].thing_id")
    assert shown.end() == 0 and b"\x1b[2J" not in shown.seen and b"\x07" not in shown.seen


def test_colour(terminal: Terminals, desk: Desk, things: Path) -> None:
    listing = ("things", "list", "--from", str(things))
    for env, args in (({"NO_COLOR": "1"}, ()), ({"TERM": "dumb"}, ()), ({}, ("--no-color",))):
        shown = terminal(*listing, *args, env=env)
        assert shown.end() == 0
        assert b"\x1b" not in shown.seen, (env, args, shown.seen)
    shown = terminal(*listing, "--color", env={"NO_COLOR": "1"})
    assert shown.end() == 0 and b"\x1b[1m" in shown.seen
    assert b"\x1b" not in desk(*listing, "-o", "table").stdout
    assert b"\x1b[1m" in desk(*listing, "-o", "table", env={"FORCE_COLOR": "1"}).stdout
    assert (
        b"\x1b"
        not in desk(*listing, "-o", "table", env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).stdout
    )
    assert b"\x1b" not in desk("things", "list", env={"TERM": "xterm"}).stderr
    assert b"\x1b[31mError" in desk("things", "list", env={"FORCE_COLOR": "1"}).stderr


def test_hints_are_for_terminals(terminal: Terminals, desk: Desk, server: Any) -> None:
    shown = terminal("things", "list", "--base-url", server.url)
    assert shown.end() == 0 and shown.seen == b"No things.\r\n"
    done = desk("things", "list", "--base-url", server.url)
    assert (done.stdout, done.stderr) == (b"[]\n", b"")


def test_login_asks_without_showing(terminal: Terminals, desk: Desk) -> None:
    shown = terminal("auth", "login", "--scheme", "password")
    shown.wait_for(b"User name:")
    shown.type(b"ada\n")
    shown.wait_for(b"Password:")
    shown.type(b"s3cret\n")
    assert shown.end() == 0
    assert b"s3cret" not in shown.seen
    assert desk("auth", "token", "--scheme", "password").stdout == b"ada:s3cret\n"


def test_a_module_that_does_not_load_is_told(desk: Desk) -> None:
    done = desk("broken", "list")
    assert done.returncode == 1
    assert b"gone" in done.stderr
