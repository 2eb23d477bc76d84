"""Properties of every generated command line: unique commands, flags and destinations, help for all, formatted source."""

from __future__ import annotations

import ast
import compileall
import json
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from projects import CASES, OUT, ROOT, Project, project

BIN = Path(sys.executable).parent

FORBIDDEN = (
    ast.If,
    ast.For,
    ast.While,
    ast.Try,
    ast.With,
    ast.Lambda,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
    ast.JoinedStr,
)


def test_compiles(case: Project) -> None:
    assert compileall.compile_dir(case.source, quiet=1, workers=1)


def test_declares_only(case: Project) -> None:
    for file in [*case.source.rglob("cli/commands/*.py"), *case.source.rglob("cli/main.py")]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            assert not isinstance(node, FORBIDDEN), (
                f"{file.name}:{node.lineno}: {type(node).__name__}"
            )


def test_nothing_twice(case: Project) -> None:
    for word, group in case.groups():
        assert group.commands, f"{word} has no commands"
        for name, command in group.commands.items():
            names = [param.name for param in command.params]
            flags = [
                flag
                for param in command.params
                if isinstance(param, click.Option)
                for flag in [*param.opts, *param.secondary_opts]
            ]
            for what, all_ in (("destination", names), ("flag", flags)):
                twice = {one for one in all_ if all_.count(one) > 1}
                assert not twice, f"{word} {name}: {what} {twice}"
            assert all(re.fullmatch(r"-[a-zA-Z]|--[^\W_][\w.-]*", flag) for flag in flags), flags


def test_help(case: Project) -> None:
    assert case.run("--help").exit_code == 0
    for word, group in case.groups():
        assert case.run(word, "--help").exit_code == 0
        for name in group.commands:
            result = case.run(word, name, "--help")
            assert result.exit_code == 0, result.output
            assert not re.search(
                r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", result.output
            )


def test_only_commands_that_exist_are_meant(case: Project) -> None:
    """For names of commands in other programs, only existing commands are suggested."""
    did_you_mean = case.module("cli.kit.did_you_mean")
    for word, group in case.groups():
        for other in [*did_you_mean.COMMANDS, "set-title"]:
            if other not in group.commands:
                said = case.run(word, other).stderr.rpartition("Did you mean ")[2].strip("?\n")
                for line in re.findall(r"'([^']*)'", said) if "No such" not in said else ():
                    assert {*group.commands, "--help"} & {line.split()[0]}, (word, other, said)


def test_reserved_words() -> None:
    """The partials that reserve flags list exactly those that commands have besides the API's."""
    reserved: set[str] = set()
    for name in ("_reserved", "_reserved-import"):
        text = (ROOT / f"templates/cli/{name}.txt.tmpl").read_text(encoding="utf-8")
        reserved |= set(text.rpartition("*/ -}}")[2].split())
    kit = project("library").module("cli.kit")
    found = {"help", "help-all", "version"}
    for _, group in [*project("library").groups(), *project("attributes").groups()]:
        for command in group.commands.values():
            for param in command.params:
                if isinstance(param, click.Option) and not isinstance(
                    param, kit.Field | kit.Filter
                ):
                    found |= {
                        flag[2:]
                        for flag in [*param.opts, *param.secondary_opts]
                        if flag[:2] == "--"
                    }
    assert found <= reserved
    text = (ROOT / "templates/cli/_reserved-groups.txt.tmpl").read_text(encoding="utf-8")
    words = set(text.rpartition("*/ -}}")[2].split())
    assert words == {*project("library").module("cli.kit.group").TOOLS, "help"}
    assert reserved - found <= {"attr", "if-match"}


@pytest.fixture(scope="module")
def everything() -> Path:
    """Return the folder of all projects."""
    for name in CASES:
        project(name)
    return OUT


def test_format(everything: Path) -> None:
    files = [*everything.rglob("cli/commands/*.py"), *everything.rglob("cli/main.py")]
    check = [BIN / "ruff", "format", "--check", "--isolated", "--line-length", "100", *files]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_lint(everything: Path) -> None:
    rules = "E,F,W,I,UP,B,S,SIM,C4,RET,PTH,RUF,T20,DTZ,ANN,PL"
    check = [BIN / "ruff", "check", "--isolated", "--line-length", "100", "--select", rules]
    check += ["--ignore", "E501,PLC0415,PLR2004,RUF001,S106", "--target-version", "py311"]
    files = [*everything.rglob("cli/commands/*.py"), *everything.rglob("cli/main.py")]
    files += (project("library").source / "case_library/cli/kit").glob("*.py")
    done = subprocess.run([*check, *files], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_types(everything: Path) -> None:
    """pyright strict and mypy --strict report nothing for any case; each finds problems that the other does not."""
    config = everything / "pyrightconfig.json"
    sources = sorted(str(folder.relative_to(everything)) for folder in everything.glob("*/src"))
    files = [f"{source}/*/cli/commands" for source in sources] + [
        f"{source}/*/cli/main.py" for source in sources
    ]
    kit = f"{sources[0]}/*/cli/kit"
    config.write_text(
        json.dumps(
            {
                "include": [*files, kit],
                "typeCheckingMode": "strict",
                "executionEnvironments": [{"root": source} for source in sources],
            }
        )
    )
    check = [BIN / "pyright", "--project", config, "--pythonpath", sys.executable]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-5000:]
    for source in sources:
        (package,) = [folder for folder in (everything / source).iterdir() if folder.is_dir()]
        check = [BIN / "mypy", "--strict", "--cache-dir", everything / "mypy", package / "cli"]
        if CHECKED_BY_MYPY is None or package.name in CHECKED_BY_MYPY:
            done = subprocess.run(
                check, capture_output=True, text=True, check=False, cwd=everything / source
            )
            assert done.returncode == 0, done.stdout[-5000:]


CHECKED_BY_MYPY = {"case_library", "case_all_of_hard", "case_attributes", "case_cloudevents"}
"""The cases that mypy checks as well; they contain everything that the others do."""
