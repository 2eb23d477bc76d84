"""Starting the web interface: from any folder, with all options, and stopping it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from applications import Application
from servers import wait_for

SECONDS = 60


def environment(library: Application, **more: str) -> dict[str, str]:
    kept = {"PATH": os.environ["PATH"], "PYTHONPATH": str(library.project.source)}
    return {**kept, **more}


def run(library: Application, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", f"{library.package}.ui", *words]
    return subprocess.run(
        command,
        env=environment(library),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


@contextmanager
def started(
    library: Application, folder: Path, command: Sequence[str], **more: str
) -> Iterator[tuple[subprocess.Popen[str], str, Path]]:
    """Yield a process, its address, and its log file."""
    log = folder / "log"
    with log.open("w") as out:
        process = subprocess.Popen(
            command,
            env=environment(library, HOME=str(folder), **more),
            cwd=folder,
            stdout=out,
            stderr=subprocess.STDOUT,
            text=True,
        )
    try:
        wait_for(lambda: "URL: " in log.read_text() or process.poll() is not None)
        found = re.search(r"URL: (\S+)", log.read_text())
        assert found, log.read_text()
        yield process, found[1], log
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(SECONDS)


def test_it_serves_at_a_free_port_of_this_computer_alone(
    library: Application, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", f"{library.package}.ui", "--port", "0"]
    with started(library, tmp_path, command) as (process, url, log):
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+", url)
        wait_for(lambda: b"<title>" in urlopen(url, timeout=5).read())  # noqa: S310
        process.send_signal(signal.SIGINT)
        assert process.wait(SECONDS) in {0, 130}
    said = log.read_text()
    assert "Traceback" not in said
    assert "statistics" not in said


def test_a_second_one_beside_it(library: Application, tmp_path: Path) -> None:
    command = [sys.executable, "-m", f"{library.package}.ui", "--port", "0"]
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    with (
        started(library, tmp_path / "one", command) as (_, one, _),
        started(library, tmp_path / "two", command) as (_, two, _),
    ):
        assert one != two


def test_the_program_hands_on_its_name(library: Application, tmp_path: Path) -> None:
    program = tmp_path / "desk-ui"
    text = (
        f"from {library.package}.__main__ import ui\n"
        "import os, streamlit.web.cli as cli\n"
        "cli.main = lambda *a, **k: print(os.environ['FIRESTONE_UI_COMMAND'], "
        "os.environ['DESK_BASE_URL'])\n"
        "ui()\n"
    )
    program.write_text(f"#!{sys.executable}\n{text}")
    program.chmod(0o755)
    done = subprocess.run(
        [program, "--base-url", "http://127.0.0.1:9"],
        env=environment(library),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.returncode) == ("desk http://127.0.0.1:9\n", 0), done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["--port", "eighty"],
        ["--port", "65536"],
        ["--base-url", "localhost:8080"],
        ["--base-url", "https://user:secret@example.org"],
        ["books"],
        ["--base"],
    ],
)
def test_what_it_cannot_read(library: Application, words: list[str]) -> None:
    done = run(library, *words)
    assert done.returncode == 2
    assert done.stderr.startswith("usage: ")
    assert "Traceback" not in done.stderr


def test_help(library: Application) -> None:
    done = run(library, "--help")
    assert done.returncode == 0
    for word in ("--base-url", "--host", "--port", "8501"):
        assert word in done.stdout


def test_streamlit_is_missing(library: Application) -> None:
    hide = (
        "import importlib.util as u, sys\n"
        "find = u.find_spec\n"
        "u.find_spec = lambda name, *a: None if name == 'streamlit' else find(name, *a)\n"
        f"from {library.package}.__main__ import ui\n"
        "sys.argv = ['desk-ui']\n"
        "ui()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", hide],
        env=environment(library),
        capture_output=True,
        text=True,
        check=False,
    )
    wanted = f"the web interface needs Streamlit: pip install '{library.package}[ui]'\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", wanted)


def test_every_icon_of_the_table_exists(library: Application) -> None:
    from streamlit.material_icon_names import ALL_MATERIAL_ICONS

    icons = library.module("ui.kit.icons")
    assert set(icons._SYMBOLS.values()) <= set(ALL_MATERIAL_ICONS)
    assert icons.DEFAULT[10:-1] in ALL_MATERIAL_ICONS
    for module, wanted in {
        "books": "menu_book",
        "author_addresses": "contacts",
        "categories": "category",
        "people": "person",
        "branches": "apartment",
        "zzz": "table_rows",
    }.items():
        assert icons.of(module) == f":material/{wanted}:", module
