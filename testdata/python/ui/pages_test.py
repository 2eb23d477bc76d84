"""The commands of docs/streamlit.md that install and start the web interface, verbatim."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

from applications import FIRESTONE, ROOT, Application
from conftest import Serve
from servers import wait_for
from start_test import SECONDS, started

SESSION = re.compile(r"^```console\n(\$ pip install .*\n\$ library-ui .*)\n```$", re.MULTILINE)
SHELL = re.compile(r"^```sh\n(firestone -t streamlit .*)\n```$", re.MULTILINE)


def test_the_commands_start_it(library: Application, serve: Serve, tmp_path: Path) -> None:
    text = (ROOT / "docs/streamlit.md").read_text(encoding="utf-8")
    (make,), (session,) = SHELL.findall(text), SESSION.findall(text)
    install, start = (line.removeprefix("$ ") for line in session.splitlines())
    words = [each.replace("../examples", "examples") for each in shlex.split(make)[1:]]
    words[words.index("gen/")] = f"{tmp_path}/gen/"
    subprocess.run([FIRESTONE, *words], cwd=ROOT, check=True, capture_output=True)

    # Its dependencies are already installed, so nothing is downloaded.
    assert shlex.split(install) == ["pip", "install", "./gen[ui]"]
    assert "ui = [" in (tmp_path / "gen/pyproject.toml").read_text(encoding="utf-8")
    offline = [
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
    ]
    target = ["--target", str(tmp_path / "installed"), "./gen"]
    pip = [sys.executable, "-m", "pip", "install", *offline, *target]
    subprocess.run(pip, cwd=tmp_path, check=True, capture_output=True)

    program, *rest = shlex.split(start.replace("http://127.0.0.1:8080", serve(library).url))
    command = [str(tmp_path / "installed/bin" / program), *rest, "--port", "0"]
    path = f"{tmp_path / 'installed'}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"
    with started(library, tmp_path, command, PYTHONPATH=path) as (process, url, log):
        wait_for(lambda: b"<title>" in urlopen(url, timeout=5).read())  # noqa: S310
        process.send_signal(signal.SIGINT)
        assert process.wait(SECONDS) in {0, 130}, log.read_text()
