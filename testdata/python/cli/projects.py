"""The command lines of all cases: generated once, imported side by side, and run against a live mock.

FIRESTONE names the program; the default is the one that make build writes to the root of the repository.
"""

from __future__ import annotations

import functools
import importlib
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from click.testing import CliRunner, Result

ROOT = Path(__file__).parents[3]
FIRESTONE = os.environ.get("FIRESTONE", str(ROOT / "firestone"))
OUT = Path(tempfile.mkdtemp(prefix="firestone-cli-"))
HARD = sorted((ROOT / "testdata/hard").glob("*.yaml"))

CASES: dict[str, Sequence[Path]] = {
    "library": [ROOT / "examples/library"],
    **{file.stem: [file] for file in HARD},
    **{folder.name: [folder] for folder in sorted((ROOT / "testdata/cases").iterdir())},
    "all_of_hard": HARD,
}
"""The definitions of each case."""


@dataclass(frozen=True)
class Project:
    """A generated project."""

    case: str
    package: str
    source: Path
    definitions: Sequence[Path]

    def module(self, name: str) -> Any:
        """Import a module of the package."""
        return importlib.import_module(f"{self.package}.{name}")

    @property
    def root(self) -> click.Group:
        """The root command."""
        root: click.Group = self.module("cli.main").root
        return root

    def groups(self) -> Iterator[tuple[str, click.Group]]:
        """Yield the group of each resource with its name."""
        context = click.Context(self.root, info_name=self.package)
        for word in self.module("cli.main").root.groups:
            group = self.root.get_command(context, word)
            assert isinstance(group, click.Group)
            yield word, group

    def connection(self, url: str) -> list[str]:
        """Return the options for a mock, with credentials of every kind."""
        schemes = [
            scheme.name
            for scheme in self.module("client").Client.schemes
            if scheme.kind != "mutualTLS"
        ]
        return [
            "--base-url",
            url,
            *(word for name in schemes for word in ("--auth", f"{name}=user:secret")),
        ]

    def run(
        self, *args: object, url: str | None = None, stdin: str | bytes | None = None
    ) -> Result:
        """Run the program in this process, isolated from the user's settings."""
        env = {f"{self.package.upper()}_CONFIG": str(OUT / "none.toml"), "NO_COLOR": "1"}
        words = [*(self.connection(url) if url else []), *map(str, args)]
        return CliRunner(env=env).invoke(self.root, words, input=stdin, catch_exceptions=False)


@functools.cache
def project(case: str) -> Project:
    """Generate the command line of a case."""
    package = "case_" + re.sub(r"\W", "_", case)
    out = OUT / package
    command = [FIRESTONE, "-t", "cli", "-o", f"{out}/", "--set", f"package={package}"]
    done = subprocess.run(
        [*command, *map(str, CASES[case])], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    sys.path.insert(0, str(out / "src"))
    importlib.invalidate_caches()
    return Project(case, package, out / "src", tuple(CASES[case]))


def definition(name: str, text: str) -> Project:
    """Generate the command line of a definition in a test."""
    if name not in CASES:
        folder = OUT / "definitions" / name
        folder.mkdir(parents=True)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        CASES[name] = [folder]
    return project(name)


@dataclass(frozen=True)
class Mock:
    """A running mock, which logs its requests."""

    url: str
    log: Path

    def requests(self) -> list[dict[str, Any]]:
        """Return the requests so far."""
        if not self.log.exists():
            return []
        return [
            json.loads(line) for line in self.log.read_text(encoding="utf-8").split("\n") if line
        ]

    def last(self) -> dict[str, Any]:
        """Return the last request."""
        return self.requests()[-1]

    def writes(self) -> list[dict[str, Any]]:
        """Return the requests that change something."""
        return [one for one in self.requests() if one["method"] not in {"GET", "HEAD"}]


@contextmanager
def serving(definitions: Sequence[Path], *flags: str) -> Iterator[Mock]:
    """Run a mock for definitions."""
    folder = Path(tempfile.mkdtemp(dir=OUT))
    ready, log = folder / "ready", folder / "requests"
    command = [FIRESTONE, "mock", "--listen", "127.0.0.1:0", "--ready-file", str(ready)]
    with (folder / "errors").open("w") as errors:
        process = subprocess.Popen(
            [*command, "--requests", str(log), *flags, *map(str, definitions)],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=errors,
        )
    try:
        deadline = time.monotonic() + 20
        while not (ready.exists() and ready.read_text().strip()):
            assert process.poll() is None, (folder / "errors").read_text()
            assert time.monotonic() < deadline, "the mock is not ready"
            time.sleep(0.01)
        yield Mock(ready.read_text().strip(), log)
    finally:
        process.terminate()
        process.wait()


def environment(values: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a process, without the user's settings."""
    return {"PATH": os.environ["PATH"], "HOME": str(OUT), **values}
