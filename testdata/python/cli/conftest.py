"""The cases, each with its command line, and the library as users install it. CASES selects some cases instead of all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from projects import CASES, FIRESTONE, ROOT, Project, project

# These tests may be run with Ctrl-C ignored, as shells do for background jobs, and their child processes would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(params=os.environ.get("CASES", "").split() or list(CASES))
def case(request: pytest.FixtureRequest) -> Project:
    """Each case, generated."""
    return project(request.param)


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which the project of the library is installed, with its programs in bin."""
    made, folder = tmp_path_factory.mktemp("made"), tmp_path_factory.mktemp("installed")
    for command in (
        [FIRESTONE, "-t", "cli", "-o", f"{made}/", "examples/library"],
        [
            *(sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
            *(
                "--no-deps",
                "--no-build-isolation",
                "--no-index",
                "--target",
                str(folder),
                str(made),
            ),
        ],
    ):
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    return folder
