"""The project as its users get it: installed, with its programs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from projects import environment, project


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the project of the library is installed into."""
    cli, folder = project("library"), tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    flags = ["--no-deps", "--no-build-isolation", "--no-index", "--target", str(folder)]
    done = subprocess.run(
        [*pip, *flags, str(cli.source.parent)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder


def test_the_program_is_the_module(installed: Path) -> None:
    env = environment({"PYTHONPATH": str(installed)})
    package = project("library").package
    said = []
    for command in (
        [installed / "bin" / package.replace("_", "-")],
        [sys.executable, "-m", package],
    ):
        for words in (["--help"], ["books", "create", "--help"], ["--version"]):
            done = subprocess.run(
                [*command, *words], env=env, capture_output=True, text=True, check=False
            )
            assert (done.returncode, done.stderr) == (0, "")
            said.append(done.stdout)
    assert said[:3] == said[3:]


def test_what_is_installed(installed: Path) -> None:
    package = installed / project("library").package
    assert {"py.typed", "resources/schemas.json", "cli/custom.py"} <= {
        file.relative_to(package).as_posix() for file in package.rglob("*")
    }
