"""The content of help, the cost of starting, and name conflicts."""

from __future__ import annotations

import os
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from conftest import Desk
from desk.cli.kit import common
from desk.cli.kit.group import Command, Group, Root
from desk.cli.main import root

HEAVY = {
    "requests",
    "rich",
    "yaml",
    "jmespath",
    "websockets",
    "urllib3",
    "email.utils",
    "http.client",
}


def test_sections_in_order(desk: Desk) -> None:
    shown = desk("things", "create", "--help").stdout.decode()
    titles = ["Required fields:", "Fields:", "Options:", "Output:", "This run:", "Help:"]
    places = [shown.index(f"\n{title}") for title in titles]
    assert places == sorted(places)
    assert "--help-all" in shown and "Connection:" not in shown
    everything = desk("things", "create", "--help-all").stdout.decode()
    assert everything.index("\nOutput:") < everything.index("\nConnection:")
    assert shown.index("--name") < shown.index("--city") < shown.index("--output")
    assert "Filters:" in desk("things", "list", "--help").stdout.decode()


def test_the_first_forty_options(desk: Desk) -> None:
    shown = desk("things", "wide", "--help").stdout.decode()
    assert "--field-39" in shown and "--field-40" not in shown
    assert "20 more options: --help-all" in shown
    every = desk("things", "wide", "--help-all").stdout.decode()
    assert "--field-59" in every and "more options" not in every
    assert "more options" not in desk("things", "list", "--help").stdout.decode()


def test_help_is_as_wide_as_the_terminal(desk: Desk) -> None:
    for columns, longest in (("60", 60), ("100", 100), ("300", 120), ("10", 50)):
        shown = desk("--help", env={"COLUMNS": columns}).stdout.decode().splitlines()
        width = max(len(line) for line in shown if not line.startswith("  source"))
        assert longest - 12 < width <= longest - 2, columns


def test_the_help_of_the_program_says_how_to_begin(desk: Desk) -> None:
    shown = desk("--help").stdout.decode()
    assert "DESK_CONFIG" in shown and "130  Interrupted" in shown
    assert shown.endswith(
        "Examples:\n  desk things --help\n  desk doctor\n  source <(desk completion bash)\n"
    )


def test_help_says_where_the_api_is_by_default(desk: Desk) -> None:
    said = " ".join(desk("--help").stdout.decode().split())
    assert "The base URL of the API. [default: http://127.0.0.1:9] [$DESK_BASE_URL]" in said
    said = " ".join(desk("things", "list", "--help-all").stdout.decode().split())
    assert "The base URL of the API. [default: http://127.0.0.1:9] --token" in said


def test_a_single_h_is_help(desk: Desk) -> None:
    for words in ([], ["things"], ["things", "create"], ["auth", "login"]):
        short, long = (desk(*words, flag).stdout for flag in ("-h", "--help"))
        assert short == long and short
    assert b"-h, --help" in desk("things", "list", "-h").stdout


def test_help_lists_commands_in_the_order_of_the_module(desk: Desk) -> None:
    shown = desk("things", "--help").stdout.decode()
    assert shown.index("\n  list") < shown.index("\n  create") < shown.index("\n  get")


def test_variables_are_in_the_help_of_the_program(desk: Desk) -> None:
    assert "DESK_BASE_URL" in desk("--help").stdout.decode()
    assert desk("--version").stdout == b"desk 1.2\n"


def test_help_needs_only_click_and_the_standard_library(environ: dict[str, str]) -> None:
    script = (
        "import sys\nfrom desk.cli.main import root\n"
        "try:\n    root.main(['--help'])\nexcept SystemExit:\n    pass\n"
        "print(sorted(name for name in sys.modules if '.' not in name), file=sys.stderr)\n"
        "print('desk.cli.commands.things' in sys.modules, file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], env=environ, capture_output=True, check=True
    )
    names, loaded = done.stderr.decode().strip().splitlines()
    outside = {name.strip("'") for name in names.strip("[]").split(", ")} - set(
        sys.stdlib_module_names
    )
    outside = {
        name for name in outside if not name.startswith(("_", "sitecustomize", "usercustomize"))
    }
    assert outside == {"click", "desk"}
    assert loaded == "False"


def test_start_costs_little_more_than_click(environ: dict[str, str]) -> None:
    """The minimum CPU time of several runs, since other load on the machine can only increase it."""

    def cost(*args: str) -> float:
        process = subprocess.Popen([sys.executable, *args], env=environ, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0
        return usage.ru_utime + usage.ru_stime

    pairs = [(cost("-m", "desk", "--help"), cost("-c", "import click")) for _ in range(7)]
    ours, clicks = (min(column) for column in zip(*pairs, strict=True))
    assert ours <= 1.6 * clicks, pairs


def test_no_two_commands_of_one_name() -> None:
    group = Group("things")
    group.add_command(Command("list"))
    with pytest.raises(ValueError, match="two commands of things are called list"):
        group.add_command(Command("list"))
    with pytest.raises(ValueError, match="two commands of x are called auth"):
        Root("x", title="", base_url="", version="1", groups={"auth": ("auth", "")})


def test_a_command_of_ones_own_replaces_a_group_of_the_table() -> None:
    mine = Root(
        "x", title="t", base_url="http://h", version="1", groups={"things": ("things", "old")}
    )
    mine.add_command(click.Command("things", help="mine"))
    mine.add_command(click.Command("doctor", help="my doctor"))
    shown = CliRunner().invoke(mine, ["--help"]).output
    assert "mine" in shown and "old" not in shown
    assert "my doctor" in shown and "Check settings" not in shown


def test_no_flag_twice() -> None:
    flags = [flag for one in common.options() for flag in [*one.opts, *one.secondary_opts]]
    assert len(flags) == len(set(flags))


def test_every_help_is_printed() -> None:
    context = click.Context(root, info_name="desk")
    for word in root.list_commands(context):
        if word == "broken":
            continue
        command = root.get_command(context, word)
        assert command is not None
        words = (
            [[]] if not isinstance(command, click.Group) else [[name] for name in command.commands]
        )
        for rest in [[], *words]:
            for flag in ("--help", "--help-all"):
                if flag == "--help-all" and (not rest and isinstance(command, click.Group)):
                    continue
                result = CliRunner().invoke(root, [word, *rest, flag])
                assert result.exit_code == 0, (word, rest, result.output)


def test_arguments_are_not_expanded_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, object] = {}
    monkeypatch.setattr(click.Group, "main", lambda self, *args, **extra: seen.update(extra))
    root.main([])
    assert seen["windows_expand_args"] is False


def test_failures_in_process() -> None:
    result = CliRunner().invoke(
        root, ["things", "list", "--base-url", "http://127.0.0.1:9", "--retries", "0"]
    )
    assert result.exit_code == 1 and result.stderr.startswith("Error: ")
    assert result.stdout == ""
