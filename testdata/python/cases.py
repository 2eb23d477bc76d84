"""Checks generated Python with Python and its tools.

Usage: cases.py FIRESTONE. The pack python is generated for the library, for each case of testdata/cases and testdata/hard, and
for all of testdata/hard together. Everything must compile, import without a warning, and pass ruff, pyright and mypy in their
strictest mode; for user.py they must report exactly the lines that are wrong.
"""

from __future__ import annotations

import compileall
import json
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
TOOLS = Path(sys.executable).parent

IMPORT = """
import importlib, pathlib
for file in sorted(pathlib.Path(".").rglob("*.py")):
    module = ".".join(file.with_suffix("").parts).removesuffix(".__init__")
    if not module.endswith("__main__"):
        importlib.import_module(module)
"""


def cases() -> dict[str, list[Path]]:
    """Return the definitions of each package."""
    hard = sorted((ROOT / "testdata/hard").glob("*.yaml"))
    folders = sorted(folder for folder in (ROOT / "testdata/cases").iterdir() if folder.is_dir())
    return {
        "library": [ROOT / "examples/library"],
        **{f"case_{folder.name}": [folder] for folder in folders},
        **{f"hard_{file.stem}": [file] for file in hard},
        "hard_all": hard,
    }


def generate(firestone: str, work: Path, package: str, definitions: list[Path]) -> None:
    """Generate a package into the shared folder."""
    out = work / "made" / package
    command = [firestone, "-t", "python", "-o", f"{out}/", "--set", f"package={package}", *map(str, definitions)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)}\n{done.stderr}")
    shutil.move(out / "src" / package, work / "src" / package)
    if package == "library":
        shutil.copy(out / "pyproject.toml", work)


def share_core(work: Path) -> None:
    """Make all packages use the runtime of the library: it is the same in each, and is checked only once."""
    for core in (work / "src").glob("*/_core"):
        if core.parent.name != "library":
            shutil.rmtree(core)
            core.mkdir()
            (core / "__init__.py").write_text("from library._core import *\n")
            (core / "declare.py").write_text("from library._core.declare import *\n")


def run(work: Path, *command: str) -> str | None:
    """Run a tool, and return its output if it fails."""
    done = subprocess.run(command, cwd=work, capture_output=True, text=True, check=False)
    return None if done.returncode == 0 else f"{' '.join(command)}\n{done.stdout}{done.stderr}"


def user_script(work: Path) -> str | None:
    """Return the unexpected and the missing errors of pyright and mypy for user.py."""
    shutil.copy(HERE / "user.py", work / "src/user.py")
    lines = (HERE / "user.py").read_text().splitlines()
    wanted = {number for number, line in enumerate(lines, 1) if line.endswith("# error")}
    settings = {"include": ["src/user.py"], "extraPaths": ["src"], "typeCheckingMode": "standard"}
    (work / "user.json").write_text(json.dumps(settings))
    pyright = [TOOLS / "pyright", "--pythonpath", sys.executable, "--outputjson", "-p", "user.json"]
    said = json.loads(subprocess.run(pyright, cwd=work, capture_output=True, text=True, check=False).stdout)
    found = {fault["range"]["start"]["line"] + 1 for fault in said["generalDiagnostics"] if fault["severity"] == "error"}
    mypy = [TOOLS / "mypy", "--strict", "user.py"]
    told = subprocess.run(mypy, cwd=work / "src", capture_output=True, text=True, check=False).stdout
    also = {int(number) for number in re.findall(r"^user\.py:(\d+): error", told, re.MULTILINE)}
    if found == wanted == also:
        return None
    return f"user.py: wrong are {sorted(wanted)}; pyright says {sorted(found)}, mypy {sorted(also)}\n{told}"


def check(work: Path) -> list[str]:
    """Return the problems of the packages in a folder."""
    faults = [] if compileall.compile_dir(work / "src", quiet=1) else ["it does not compile"]
    faults += filter(None, [run(work / "src", sys.executable, "-W", "error", "-c", IMPORT)])
    share_core(work)
    strict = {"include": ["src"], "typeCheckingMode": "strict", "pythonVersion": "3.11"}
    (work / "pyrightconfig.json").write_text(json.dumps(strict))
    (work / "mypy.ini").write_text("[mypy]\nstrict = true\n")
    ruff = str(TOOLS / "ruff")
    core = "--extend-exclude=src/[!l]*/_core"
    with ThreadPoolExecutor(2) as pool:
        jobs = [
            pool.submit(run, work, str(TOOLS / "pyright"), "--pythonpath", sys.executable),
            pool.submit(run, work, ruff, "check", core, "."),
            pool.submit(run, work, ruff, "format", core, "--check", "--diff", "."),
            pool.submit(run, work / "src", str(TOOLS / "mypy"), "--strict", "."),
        ]
        faults += filter(None, [job.result() for job in jobs])
    faults += filter(None, [user_script(work)])
    return faults


def main() -> int:
    """Generate and check all cases and return the exit status."""
    firestone = str(Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "src").mkdir()
        packages = cases()
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda item: generate(firestone, work, *item), packages.items()))
        faults = check(work)
    for fault in faults:
        print(f"FAILED {fault}", file=sys.stderr)
    print(f"{len(packages)} packages, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
