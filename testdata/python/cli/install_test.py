"""The project as users get it: installed, with its programs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from projects import environment


def test_the_program_is_the_module(installed: Path) -> None:
    env = environment({"PYTHONPATH": str(installed)})
    said = []
    for command in ([installed / "bin" / "library"], [sys.executable, "-m", "library"]):
        for words in (["--help"], ["books", "create", "--help"], ["--version"]):
            done = subprocess.run(
                [*command, *words], env=env, capture_output=True, text=True, check=False
            )
            assert (done.returncode, done.stderr) == (0, "")
            said.append(done.stdout)
    assert said[:3] == said[3:]
    assert said[2] == "library 1.0.0\n"


def test_what_is_installed(installed: Path) -> None:
    files = {
        file.relative_to(installed / "library").as_posix()
        for file in (installed / "library").rglob("*")
    }
    assert {"py.typed", "resources/schemas.json", "cli/custom.py"} <= files


def test_the_other_half_is_missed_in_one_line(installed: Path) -> None:
    env = environment({"PYTHONPATH": str(installed)})
    done = subprocess.run(
        [installed / "bin" / "library-ui"], env=env, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "library was generated without its web interface\n"
