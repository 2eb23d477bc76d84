"""Completion in real shells."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Desk, Terminal

KEYS = [
    "alpha",
    "al pine",
    "urn:x:1",
    "urn:x:2",
    "$HOME",
    "a*b",
    "it's",
    "'quoted",
    "é=1",
    "two\nlines",
]


@pytest.fixture
def path(environ: dict[str, str], tmp_path: Path) -> str:
    """A folder with the program under its name."""
    program = tmp_path / "bin/desk"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m desk "$@"\n')
    program.chmod(0o755)
    environ["PATH"] = f"{program.parent}{os.pathsep}{environ['PATH']}"
    return environ["PATH"]


def bash(line: str, environ: dict[str, str]) -> list[str]:
    """Return what bash offers for a line, as it would insert it."""
    script = """
        source <(desk completion bash)
        COMP_LINE=$1 COMP_POINT=${#1}
        # As readline does it: the word behind the last break.
        word=${COMP_LINE##*[ :=]}
        complete -p desk >/dev/null || exit 9
        _desk_completion desk "$word" x
        printf '%s\\n' "${COMPREPLY[@]}"
    """
    done = subprocess.run(
        ["bash", "-c", script, "bash", line],
        env=environ,
        capture_output=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    return [line for line in done.stdout.decode().splitlines() if line]


def test_bash(path: str, environ: dict[str, str]) -> None:
    assert path
    assert bash("desk th", environ) == ["things"]
    assert bash("desk things cr", environ) == ["create"]
    assert bash("desk things list --outp", environ) == ["--output"]
    assert bash("desk things list -o n", environ) == ["ndjson", "name"]
    assert bash("desk completion z", environ) == ["zsh"]


def test_bash_values_of_the_api(path: str, environ: dict[str, str], server: Any) -> None:
    assert path
    server.body = json.dumps([{"key": key} for key in KEYS]).encode()
    environ["DESK_BASE_URL"] = server.url
    assert bash("desk shapes get al", environ) == ["alpha", "al\\ pine"]
    assert bash("desk shapes get ur", environ) == ["urn:x:1", "urn:x:2"]
    assert bash("desk shapes get urn:x:", environ) == ["1", "2"]
    assert bash("desk shapes get ", environ) == [
        *("alpha", "al\\ pine", "urn:x:1", "urn:x:2", "\\$HOME", "a\\*b", "it\\'s", "é=1")
    ]


PEOPLE = [
    {"key": "0a", "label": "Ursula K. Le Guin"},
    {"key": "0b", "label": "Stanisław Lem"},
    {"key": "0c", "label": "Madeleine\x1b[2J L'Engle"},
    {"key": "lem", "label": "0 the key wins"},
    {"key": "x y:z", "label": "Zelazny"},
]


def test_bash_takes_a_name_that_means_one(path: str, environ: dict[str, str], server: Any) -> None:
    assert path
    server.body = json.dumps(PEOPLE).encode()
    environ["DESK_BASE_URL"] = server.url
    assert bash("desk shapes get Lem", environ) == ["0b"]
    assert bash("desk shapes get guin", environ) == ["0a"]
    assert bash("desk shapes get zel", environ) == ["x\\ y:z"]
    assert bash("desk shapes get lem", environ) == ["lem"]
    assert bash("desk shapes get 0", environ) == ["0a", "0b", "0c"]
    # The common prefix of several values, 0 or nothing, would replace the input.
    assert bash("desk shapes get Le", environ) == []
    assert bash("desk shapes get uin", environ) == []


def test_bash_behind_an_equals_sign(path: str, environ: dict[str, str]) -> None:
    assert path
    assert bash("desk things list --output=nd", environ) == ["ndjson"]
    assert bash("desk things list --output=", environ)[:2] == ["auto", "table"]


def test_labels_cannot_steer_a_terminal(desk: Desk, server: Any) -> None:
    server.body = json.dumps(PEOPLE).encode()
    for shell in ("zsh", "powershell", "fish"):
        words = {"COMP_WORDS": "desk shapes get 0c", "COMP_CWORD": "0c" if shell == "fish" else "3"}
        env = {"_DESK_COMPLETE": f"{shell}_complete", "DESK_BASE_URL": server.url, **words}
        shown = desk(env=env).stdout
        assert b"0c" in shown and b"Madeleine\\x1b[2J L'Engle" in shown, shell
        assert b"\x1b" not in shown


def test_powershell_is_offered_what_needs_no_quotes(desk: Desk, server: Any) -> None:
    server.body = json.dumps([{"key": key} for key in KEYS]).encode()
    words = {"COMP_WORDS": "desk shapes get", "COMP_CWORD": "3"}
    env = {"_DESK_COMPLETE": "powershell_complete", "DESK_BASE_URL": server.url, **words}
    assert desk(env=env).stdout.decode().split("\n")[1::3] == ["alpha", "urn:x:1", "urn:x:2"]


@pytest.mark.parametrize("trouble", ["slow", "dead", "refused", "html"])
def test_trouble_is_silent(path: str, environ: dict[str, str], server: Any, trouble: str) -> None:
    assert path
    environ["DESK_BASE_URL"] = server.url
    if trouble == "slow":
        server.delay = 20
    elif trouble == "dead":
        environ["DESK_BASE_URL"] = "http://127.0.0.1:9"
    elif trouble == "refused":
        server.problem(500)
    else:
        server.body = b"<html>"
    started = time.monotonic()
    env = {
        **environ,
        "_DESK_COMPLETE": "bash_complete",
        "COMP_WORDS": "desk shapes get ",
        "COMP_CWORD": "",
    }
    done = subprocess.run(["desk"], env=env, capture_output=True, timeout=30, check=False)
    assert done.stdout.strip() == b"" and done.stderr == b""
    assert time.monotonic() - started < 6


def test_profiles_are_completed(path: str, environ: dict[str, str], tmp_path: Path) -> None:
    assert path
    file = tmp_path / "config/desk/config.toml"
    file.parent.mkdir(parents=True)
    file.write_text("[profiles.staging]\n[profiles.prod]\n")
    assert bash("desk things list -p st", environ) == ["staging"]
    file.write_text("[")
    assert bash("desk things list -p st", environ) == []


@pytest.mark.skipif(shutil.which("fish") is None, reason="no fish")
def test_fish(path: str, environ: dict[str, str], server: Any) -> None:
    assert path
    server.body = b'[{"key":"alpha","label":"First"},{"key":"al pine"}]'
    environ["DESK_BASE_URL"] = server.url
    for line, wanted in (("desk th", "things"), ("desk shapes get al", "alpha")):
        script = f'desk completion fish | source; complete -C "{line}"'
        done = subprocess.run(
            ["fish", "-c", script], env=environ, capture_output=True, timeout=30, check=False
        )
        offered = [one.split("\t")[0] for one in done.stdout.decode().splitlines()]
        assert wanted in offered, (done.stdout, done.stderr)


@pytest.mark.skipif(shutil.which("zsh") is None, reason="no zsh")
def test_zsh(
    path: str, environ: dict[str, str], terminal: Callable[..., Terminal], tmp_path: Path
) -> None:
    assert path
    (tmp_path / ".zshrc").write_text(
        "PS1='> '\nautoload -Uz compinit && compinit -u\neval \"$(desk completion zsh)\"\necho ready\n"
    )
    shown = terminal(command=["zsh", "-i"], env={"ZDOTDIR": str(tmp_path), "PATH": path})
    shown.wait_for(b"ready")
    shown.type(b"desk thi\t")
    shown.wait_for(b"desk things")
    shown.type(b"cre\t")
    shown.wait_for(b"create")


@pytest.mark.skipif(shutil.which("zsh") is None, reason="no zsh")
def test_zsh_replaces_a_name_that_means_one(
    path: str, server: Any, terminal: Callable[..., Terminal], tmp_path: Path
) -> None:
    server.body = json.dumps(PEOPLE).encode()
    (tmp_path / ".zshrc").write_text(
        "PS1='> '\nautoload -Uz compinit && compinit -u\neval \"$(desk completion zsh)\"\necho ready\n"
    )
    env = {"ZDOTDIR": str(tmp_path), "PATH": path, "DESK_BASE_URL": server.url}
    shown = terminal(command=["zsh", "-i"], env=env)
    shown.wait_for(b"ready")
    shown.type(b"desk shapes get Lem\t\n")
    shown.wait_for(b"'0b'")
    shown.type(b"desk shapes get Le\t\n")
    shown.wait_for(b"'Le'")


def test_an_interactive_bash(
    path: str, environ: dict[str, str], server: Any, terminal: Callable[..., Terminal]
) -> None:
    assert environ
    server.body = json.dumps([{"key": "urn:x:al pine"}]).encode()
    shown = terminal(
        command=["bash", "--norc", "-i"],
        env={"PATH": path, "DESK_BASE_URL": server.url, "PS1": "> "},
    )
    shown.type(
        b"bind 'set enable-bracketed-paste off'; source <(desk completion bash); echo rea''dy\n"
    )
    shown.wait_for(b"ready")
    for times, line in enumerate((b"desk shapes get ur", b"desk shapes get urn:x:a"), 1):
        shown.type(line + b"\t")
        shown.wait_for(b"l\\ pine", times)
        shown.type(b"\n")
        shown.wait_for(b"'urn:x:al pine'", times)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_line_that_is_wrong_is_silent(path: str, environ: dict[str, str], shell: str) -> None:
    assert path
    for line in ("desk nothing ", "desk things list --nothing ", "desk -p ", "desk broken x"):
        words = {"COMP_WORDS": line, "COMP_CWORD": "2" if shell == "zsh" else ""}
        env = {**environ, "_DESK_COMPLETE": f"{shell}_complete", **words}
        done = subprocess.run(["desk"], env=env, capture_output=True, timeout=30, check=False)
        assert done.stderr == b"", line


def test_scripts_of_all_shells(desk: Desk) -> None:
    for shell in ("bash", "zsh", "fish", "powershell"):
        done = desk("completion", shell)
        assert done.returncode == 0 and b"_DESK_COMPLETE" in done.stdout, shell
    assert desk("completion", "csh").returncode == 2
