"""The static files, and the modules that declare with them, follow the rules of generated projects."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from conftest import FOLDER, HERE

TOOLS = {
    "ruff check": ["ruff", "check", "--no-cache"],
    "ruff format": ["ruff", "format", "--no-cache", "--check"],
    "pyright": ["pyright", "--pythonpath", sys.executable],
    "mypy": ["mypy", "--cache-dir=/dev/null"],
}


@pytest.mark.parametrize("tool", TOOLS)
def test_rules(tool: str, environ: dict[str, str]) -> None:
    (FOLDER / "pyproject.toml").write_text((HERE / "pyproject.toml").read_text())
    program, *flags = TOOLS[tool]
    command = [
        str(Path(sys.executable).parent / program),
        *flags,
        "desk/cli",
        "desk/client.py",
        "desk/__main__.py",
    ]
    done = subprocess.run(
        command, cwd=FOLDER, env=environ, capture_output=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
