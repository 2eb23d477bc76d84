"""The examples in help: each is a valid call."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from projects import Project, definition, project

WATCH = "watch"
"""It sends requests despite --dry-run, and never ends."""


def examples(text: str) -> list[str]:
    """Return the examples at the end of a help."""
    head, title, lines = text.partition("\nExamples:\n")
    assert title, text
    return [line.removeprefix("  ") for line in lines.splitlines()]


def of_resources(cli: Project) -> Iterator[tuple[str, click.Command, list[str]]]:
    """Yield each command of each resource with the name of its group and its examples."""
    for word, group in cli.groups():
        for name, command in group.commands.items():
            yield word, command, examples(cli.run(word, name, "--help").stdout)


def parse(cli: Project, words: list[str]) -> None:
    """Parse a command line without running the command."""
    context = click.Context(cli.root, info_name=cli.root.name)
    group = cli.root.get_command(context, words[0])
    assert isinstance(group, click.Group)
    command = group.commands[words[1]]
    command.make_context(words[1], words[2:], parent=click.Context(group, context, words[0]))


def body(template: str) -> str:
    """Return a body, in place of a template that contains only comments and still has to be filled in."""
    lines = template.splitlines()
    return "{}" if lines and all(line.lstrip().startswith("#") for line in lines) else template


def test_every_example_is_taken(
    case: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for word, command, lines in of_resources(case):
        name = str(command.name)
        assert 1 <= len(lines) <= 3, (word, name, lines)
        for line in lines:
            assert line.isprintable() and line.startswith(f"{case.root.name} "), line
            call, _, file = line.partition(" > ")
            words = shlex.split(call)[1:]
            reads = [one for one in words if re.fullmatch(r"[\w-]+\.(yaml|json|csv)", one)]
            if name == WATCH or (reads and name not in {"create", "replace"}):
                assert words[:2] == [word, name]
                for one in reads:
                    Path(one).touch()
                parse(case, words)
                continue
            done = case.run(*words, "--dry-run", "--base-url", "http://h")
            assert done.exit_code == 0, (line, done.stderr)
            if file:
                Path(file).write_text(body(done.stdout), encoding="utf-8")


def test_examples_give_what_is_required(case: Project) -> None:
    """A required body or filter is in the first example, or in the file that another example reads."""
    for word, command, lines in of_resources(case):
        if command.name == WATCH:
            continue
        needed = [
            max(param.opts, key=len)
            for param in command.params
            if isinstance(param, click.Option) and getattr(param, "is_required", False)
        ]
        words = shlex.split(lines[0])
        given = [flag for flag in needed if flag in words]
        assert given == needed or "-f" in shlex.split(lines[-1]), (word, command.name, lines)


def test_examples_of_the_library() -> None:
    cli = project("library")

    def shown(*words: str) -> list[str]:
        lines = examples(cli.run(*words, "--help").stdout)
        return [line.replace(f"{cli.root.name} ", "library ") for line in lines]

    assert shown("books", "list") == [
        "library books list --title 'The Left Hand of Darkness' -o json",
        "library books list --all -o csv > books.csv",
        "library books list --query '[].title'",
    ]
    assert shown("books", "create") == [
        "library books create --title 'The Left Hand of Darkness'"
        " --author-id 0b8ea1d6-3c5f-4e57-9d1c-6a2f0f5b7c41 --availability available",
        "library schema books --for create --template > book.yaml",
        "library books create -f book.yaml",
    ]
    assert shown("books", "update") == [
        "library books update BOOK_ID --title 'The Left Hand of Darkness'",
        "library books update BOOK_ID --null isbn",
        "library books update BOOK_ID -f book.yaml",
    ]
    assert shown("books", "set")[0] == "library books set BOOK_ID title 'The Left Hand of Darkness'"
    assert shown("books", "wait") == [
        "library books wait BOOK_ID --for availability=available --timeout 60",
        "library books wait BOOK_ID --for deleted",
    ]
    assert shown("books", "apply") == [
        "library books apply -f books.yaml --dry-run",
        "library books apply -f books.yaml",
    ]
    assert shown("books", "export") == [
        "library books export books.csv",
        "library books export --title 'The Left Hand of Darkness' books.json",
    ]
    assert shown("member-loans", "import") == [
        "library member-loans import 1 member-loans.csv --dry-run",
        "library member-loans import 1 member-loans.csv --failed failed.csv",
    ]
    assert shown("books", "watch")[-1] == "library books watch BOOK_ID"
    assert shown("member-loans", "get") == [
        "library member-loans get 1 LOAN_ID",
        "library member-loans get 1 LOAN_ID -o yaml",
    ]
    assert shown("members", "delete")[-1] == "library members delete 1 1 --yes"


def test_examples_of_the_tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are not usage errors: they fail only because there is no server and no terminal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    Path("token.txt").write_text("secret", encoding="utf-8")
    cli = project("library")
    program = str(cli.root.name)
    monkeypatch.setenv(
        cli.module("cli.main").root.program.variable("base_url"), "http://127.0.0.1:9"
    )
    context = click.Context(cli.root, info_name=program)
    assert examples(cli.run("auth", "login", "--help").stdout) == [
        f"{program} auth login --scheme librarian",
        f"{program} auth login --scheme librarian --token-file token.txt",
    ]
    for tool in cli.module("cli.kit.group").TOOLS:
        command = cli.root.get_command(context, tool)
        names = list(command.commands) if isinstance(command, click.Group) else [None]
        for name in names:
            path = [tool, *([name] if name else [])]
            for line in examples(cli.run(*path, "--help").stdout):
                call = line.removeprefix("source <(").removesuffix(")").removesuffix(" | source")
                words = shlex.split(call)
                assert words[: len(path) + 1] == [program, *path]
                done = cli.run(*words[1:])
                assert done.exit_code < 2 or "without a terminal" in done.stderr, done.stderr


@pytest.mark.parametrize("columns", ["50", "80"])
def test_lines_are_never_broken(columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    lines = examples(project("library").run("books", "create", "--help").stdout)
    assert lines[0].endswith("--availability available")


def test_values_keep_to_bounds() -> None:
    cli = definition(
        "bounded",
        """\
kind: sample
schema:
  key: {name: sample_id, schema: {type: string, enum: [first, second]}}
  items:
    type: object
    properties:
      huge: {type: integer, exclusiveMinimum: 123456789012345678901234567890}
      half: {type: number, exclusiveMinimum: 0.5}
      code: {type: string, minLength: 3, maxLength: 4}
      shade: {type: string, enum: [dark red, "-x"]}
      note: {type: string, examples: ["a note that is longer than what anybody would want to read here"]}
    required: [huge, half, code, shade, note]
""",
    )
    lines = examples(cli.run("samples", "create", "--help").stdout)
    assert lines[0].partition(" ")[2] == (
        "samples create --huge 123456789012345678901234567891 --half 1"
        " --code CODE --shade 'dark red' --note NOTE"
    )
    assert examples(cli.run("samples", "get", "--help").stdout)[0].endswith(" samples get first")


def test_some_are_deleted_if_they_can_be_chosen() -> None:
    cli = definition(
        "emptied",
        """\
kind: sample
methods: {resource: [get, delete]}
schema:
  key: {name: sample_id}
  query_params: [{name: shade, methods: [delete], schema: {type: string, enum: [dark, light]}}]
  items: {type: object, properties: {shade: {type: string}}}
""",
    )
    lines = examples(cli.run("samples", "delete-all", "--help").stdout)
    assert [line.partition(" ")[2] for line in lines] == [
        "samples delete-all --dry-run",
        "samples delete-all --shade dark",
    ]
