"""The web interfaces of all cases, each with its command line: generated once, and imported side by side.

FIRESTONE names the program; the default is the one that make build writes to the root of the repository.
"""

from __future__ import annotations

import functools
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import projects
from projects import CASES, FIRESTONE, OUT, ROOT, Project

__all__ = ["CASES", "FIRESTONE", "GIVEN", "OUT", "ROOT", "Application", "application", "definition"]


GIVEN = tuple(CASES)
"""The existing cases, without the definitions in tests."""


@dataclass(frozen=True)
class Application:
    """A generated web interface."""

    project: Project

    def module(self, name: str) -> Any:
        """Import a module of the package: ui.kit.address."""
        return self.project.module(name)

    @property
    def package(self) -> str:
        """The name of the package."""
        return self.project.package

    @property
    def folder(self) -> Path:
        """The folder of the package."""
        return self.project.source / self.package

    @property
    def script(self) -> Path:
        """The script that Streamlit runs."""
        return self.folder / "ui/app/app.py"

    @property
    def modules(self) -> list[str]:
        """The modules of the resources."""
        return sorted(
            file.stem for file in (self.folder / "ui/resources").glob("*.py") if file.stem[0] != "_"
        )

    def pages(self) -> Iterator[tuple[str, Any]]:
        """Yield the page of each resource with its module."""
        for module in self.modules:
            yield module, self.module("ui.kit").page_of(module)

    def credentials(self) -> dict[str, Any]:
        """Return a credential for each security scheme, which the mock accepts."""
        return {
            scheme.name: ("user", "secret") if scheme.kind == "basic" else "token"
            for scheme in self.module("client").Client.schemes
            if scheme.kind != "mutualTLS"
        }


@functools.cache
def application(case: str) -> Application:
    """Generate the command line and the web interface of a case into one folder."""
    project = projects.project(case)
    out = project.source.parent
    command = [FIRESTONE, "-t", "streamlit", "-o", f"{out}/", "--set", f"package={project.package}"]
    done = subprocess.run(
        [*command, *map(str, project.definitions)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return Application(project)


def definition(name: str, text: str, custom: str = "") -> Application:
    """Generate the web interface of definitions in a test, with an ui/custom.py if the test has one."""
    projects.definition(name, text)
    found = application(name)
    if custom:
        (found.folder / "ui/custom.py").write_text(custom, encoding="utf-8")
    return found
