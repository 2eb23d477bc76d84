"""Checks every generated web interface with Python and its tools, in their strictest mode.

The runtime is the same in all: it is checked in the package of the library, and the others use that one.
"""

from __future__ import annotations

import compileall
import filecmp
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from applications import CASES, FIRESTONE, GIVEN, ROOT, application

TOOLS = Path(sys.executable).parent
SHARED = ("_core", "ui/kit")
WHOLE = "case_library"

IMPORT = """
import importlib, pathlib, sys
for source in sys.path[:]:
    for file in sorted(pathlib.Path(source).glob("case_*/ui/**/*.py")):
        module = ".".join(file.relative_to(source).with_suffix("").parts).removesuffix(".__init__")
        if ".ui.app." not in module and not module.endswith("__main__"):
            importlib.import_module(module)
"""


def run(work: Path, *command: str | Path, **environment: str) -> None:
    """Run a tool, which must not report anything."""
    done = subprocess.run(
        command,
        cwd=work,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )
    if done.returncode:
        pytest.fail(f"{done.stdout[-8000:]}{done.stderr[-8000:]}", pytrace=False)


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The web interfaces of all cases in one folder, without their command lines."""
    folder = tmp_path_factory.mktemp("static")
    for case in GIVEN:
        made = application(case)
        ignored = shutil.ignore_patterns("cli", "__pycache__")
        shutil.copytree(made.folder, folder / "src" / made.package, ignore=ignored)
        if made.package != WHOLE:
            (folder / "src" / made.package / "ui/__init__.py").write_text("", encoding="utf-8")
            for shared in SHARED:
                share(folder / "src" / made.package / shared, f"{WHOLE}.{shared.replace('/', '.')}")
    shutil.copy(application("library").project.source.parent / "pyproject.toml", folder)
    return folder


def share(folder: Path, whole: str) -> None:
    """Replace a package with that of the library."""
    names = ["__init__", "declare"] if (folder / "declare.py").exists() else ["__init__"]
    shutil.rmtree(folder)
    folder.mkdir()
    for name in names:
        module = whole if name == "__init__" else f"{whole}.{name}"
        (folder / f"{name}.py").write_text(f"from {module} import *\n", encoding="utf-8")


def generated(work: Path) -> list[str]:
    """Return the files that differ from case to case, and all files of the library."""
    return [
        str(folder.relative_to(work))
        for package in sorted((work / "src").iterdir())
        for folder in (
            [package / "ui"]
            if package.name == WHOLE
            else [package / "ui/app", package / "ui/resources", package / "ui/custom.py"]
        )
    ]


def test_compiles(work: Path) -> None:
    assert compileall.compile_dir(work / "src", quiet=1, workers=1)


def test_imports_without_a_warning() -> None:
    """Modules can be imported outside of Streamlit: nothing is drawn on import."""
    sources = os.pathsep.join(str(application(case).project.source) for case in GIVEN)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", IMPORT],
        # Outside of its server, Streamlit logs a warning.
        env={**os.environ, "PYTHONPATH": sources, "STREAMLIT_LOGGER_LEVEL": "error"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_lint(work: Path) -> None:
    run(work, TOOLS / "ruff", "check", "--no-cache", *generated(work))


def test_format(work: Path) -> None:
    run(work, TOOLS / "ruff", "format", "--no-cache", "--check", "--diff", *generated(work))


def test_pyright(work: Path) -> None:
    config = {"include": generated(work), "typeCheckingMode": "strict", "extraPaths": ["src"]}
    (work / "pyrightconfig.json").write_text(json.dumps(config), encoding="utf-8")
    pyright = [TOOLS / "pyright", "--project", "pyrightconfig.json"]
    run(work, *pyright, "--pythonpath", sys.executable)


def test_mypy(work: Path) -> None:
    mypy = [TOOLS / "mypy", "--strict", "--explicit-package-bases", "--cache-dir", work / "mypy"]
    run(work, *mypy, *generated(work), MYPYPATH="src")


@pytest.mark.parametrize("order", [["cli", "streamlit"], ["streamlit", "cli"]])
@pytest.mark.parametrize("case", ["library", "all_of_hard"])
def test_one_project(order: list[str], case: str, tmp_path: Path) -> None:
    """Both packs in one folder form one project: each file is the same as if its pack had been generated alone."""

    def generate(pack: str, folder: str) -> Path:
        command = [FIRESTONE, "-t", pack, "-o", f"{tmp_path / folder}/", "--set", "package=desk"]
        done = subprocess.run(
            [*command, *map(str, CASES[case])],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return tmp_path / folder

    def files(folder: Path) -> set[Path]:
        names = (each.relative_to(folder) for each in folder.rglob("*") if each.is_file())
        return {each for each in names if each.name[:10] != ".firestone"}

    alone = [generate(pack, pack) for pack in order]
    both = tmp_path / "both"
    for pack in order:
        generate(pack, "both")
    assert files(both) == files(alone[0]) | files(alone[1])
    assert len(files(alone[0]) & files(alone[1])) > 20
    for folder in alone:
        _, other, missing = filecmp.cmpfiles(folder, both, map(str, files(folder)), shallow=False)
        assert (other, missing) == ([], [])
