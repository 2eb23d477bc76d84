"""The cost of starting, apart from importing click: in CPU time, since wall time is meaningless on a busy machine."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence

import pytest
from projects import Project, definition, environment

ROUNDS = 7

RESOURCE = """\
kind: thing{number}
schema:
  key: {{name: thing_id, schema: {{type: integer, minimum: 1}}}}
  items:
    type: object
    properties:
      name: {{type: string}}
      size: {{type: integer}}
      color: {{type: string, enum: [red, green]}}
    required: [name]
"""


def resources(count: int) -> Project:
    """Return a program for an API with that many resources."""
    text = "---\n".join(RESOURCE.format(number=number) for number in range(count))
    return definition(f"things_{count}", text)


def cost(words: Sequence[str], env: Mapping[str, str]) -> float:
    """Return the CPU seconds of a program, in user and kernel mode."""
    with open(os.devnull, "wb") as nowhere:
        process = subprocess.Popen(
            [sys.executable, *words], env=env, stdout=nowhere, stderr=nowhere
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, words
    return usage.ru_utime + usage.ru_stime


def costs(programs: Mapping[str, tuple[Sequence[str], Mapping[str, str]]]) -> dict[str, float]:
    """Return the minimum cost of each program over several rounds, since other load on the machine can only increase it."""
    for words, env in programs.values():
        cost(words, env)
    rounds = [{name: cost(*one) for name, one in programs.items()} for _ in range(ROUNDS)]
    return {name: min(each[name] for each in rounds) for name in programs}


@pytest.mark.parametrize("count", [4, 100])
def test_help_costs_little_more_than_click(count: int) -> None:
    cli = resources(count)
    env = environment({"PYTHONPATH": str(cli.source)})
    program = ("-c", f"import sys; sys.argv[0] = 'x'; from {cli.package}.cli import main; main()")
    word = next(iter(cli.module("cli.main").root.groups))
    found = costs(
        {
            "click": (("-c", "import click"), env),
            "program": ((*program, "--help"), env),
            "group": ((*program, word, "--help"), env),
            "command": ((*program, word, "create", "--help"), env),
            "request": ((*program, word, "list", "--dry-run", "--base-url", "http://h"), env),
            "requests": (("-c", "import click, requests"), env),
        }
    )
    for name, limit in {"program": 1.6, "group": 2.8, "command": 3.2}.items():
        assert found[name] <= limit * found["click"], (name, found)
    assert found["request"] <= 2.5 * found["requests"], found


LATER = {
    *("requests", "urllib3", "rich", "yaml", "jmespath", "websockets"),
    *("shutil", "pathlib", "urllib.parse", "difflib", "importlib.resources", "tomllib", "csv"),
}
"""Modules that only calls need, or that take longer to load than the whole kit."""

LOADED = """
import sys
sys.argv[0] = "x"
from {package}.cli import main
try:
    main()
finally:
    print(*sys.modules, file=sys.stderr)
"""


def test_help_loads_nothing_that_it_does_not_use() -> None:
    cli = resources(4)
    env = environment({"PYTHONPATH": str(cli.source)})
    for _, group in [*cli.groups()][:1]:
        for words in [[], *([name] for name in group.commands)]:
            program = ["-c", LOADED.format(package=cli.package), str(group.name), *words, "--help"]
            done = subprocess.run(
                [sys.executable, *program], env=env, capture_output=True, text=True, check=True
            )
            assert not LATER & set(done.stderr.split()), words
