"""Prompts for missing values on a terminal, with the same results as flags."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from projects import Mock, Project, definition, project
from running import live
from samples import at, examples, nested
from terminals import Terminal, on_terminal

UUID = b"0b8ea1d6-3c5f-4e57-9d1c-6a2f0f5b7c41"

GADGET = """
kind: gadget
methods: {resource: [post], instance: [get, put]}
schema:
  key: {name: gadget_id, schema: {type: string}}
  items:
    type: object
    properties:
      is_open: {description: Whether it is open, type: boolean}
      sizes: {type: array, items: {type: integer}}
      weight: {type: [number, "null"], minimum: 0}
      level: {enum: [1, 2, high], default: 2}
      box: {type: object, required: [lid], properties: {lid: {type: string}, tag: {type: string}}}
      parts: {type: array, items: {type: object}}
      word: {type: string, format: password}
      note: {type: string}
    required: [is_open, sizes, weight, level, box, parts, word]
"""


@pytest.fixture
def mock() -> Iterator[Mock]:
    with live(project("library"), "--seed", "1") as mock:
        yield mock


def answered(terminal: Terminal, *answers: tuple[str, bytes]) -> None:
    """Answer questions in order; a repeated question is answered again."""
    times: dict[str, int] = {}
    for question, text in answers:
        times[question] = times.get(question, 0) + 1
        terminal.answer(question, text, times[question])


def test_what_is_missing(mock: Mock, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with (
        out.open("wb") as file,
        on_terminal(
            *("library", "books", "create", "--title", "Solaris", "-o", "json"),
            url=mock.url,
            stdout=file,
        ) as terminal,
    ):
        answered(
            terminal,
            ("author_id (uuid): ", b"nobody\n"),
            ("author_id (uuid): ", UUID + b"\n"),
            ("availability (1-3): ", b"\n"),
            ("availability (1-3): ", b"4\n"),
            ("availability (1-3): ", b"3\n"),
        )
        assert terminal.end() == 0, terminal.text
    assert "'nobody' is not a UUID" in terminal.text
    assert "A value is needed" in terminal.text
    assert "'4' is not one of 'available', 'reserved', 'lent'." in terminal.text
    assert (
        f"books create --title Solaris -o json --author-id {UUID.decode()} --availability lent"
        in terminal.text
    )
    sent = {"title": "Solaris", "author_id": UUID.decode(), "availability": "lent"}
    assert json.loads(mock.last()["body"]) == sent
    assert json.loads(out.read_text())["title"] == "Solaris"


def test_secrets_are_not_shown(mock: Mock) -> None:
    words = ["members", "create", "--name", "O'Neil", "--token", "hush", "--email=a@b.example"]
    with on_terminal("library", *words, url=mock.url) as terminal:
        answered(terminal, ("pin: ", b"1234\n"))
        assert terminal.end() == 0, terminal.text
    assert json.loads(mock.last()["body"])["pin"] == "1234"
    assert "1234" not in terminal.text and "hush" not in terminal.text
    line = next(line for line in terminal.text.split("\n") if line.startswith("As one command"))
    assert "(without --pin, --auth, --token)" in line
    assert line.endswith("members create --name 'O'\"'\"'Neil' --email=a@b.example")


@pytest.mark.parametrize(("key", "status"), [(b"\x03", 130), (b"\x04", 1)])
def test_nothing_is_sent(mock: Mock, key: bytes, status: int) -> None:
    with on_terminal("library", "authors", "create", url=mock.url) as terminal:
        answered(terminal, ("name: ", key))
        assert terminal.end() == status, terminal.text
    assert "Nothing was sent." in terminal.text and "Traceback" not in terminal.text
    assert not mock.writes()


@pytest.mark.parametrize(
    ("words", "piped"),
    [
        (["create", "--yes"], False),
        (["create", "--dry-run"], False),
        (["create", "--curl"], False),
        (["create"], True),
        (["create", "-f", "-"], True),
    ],
)
def test_nothing_is_asked(mock: Mock, words: list[str], piped: bool) -> None:
    streams = {"stdin": subprocess.DEVNULL} if piped else {}
    with on_terminal("library", "books", *words, url=mock.url, **streams) as terminal:
        assert terminal.end() == 2, terminal.text
    assert "Missing" not in terminal.text
    assert not mock.writes()


def test_a_file_is_completed_and_read_once(mock: Mock, tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    subprocess.run(["mkfifo", fifo], check=True)
    with (
        subprocess.Popen(["sh", "-c", f"echo 'title: Solaris' > {fifo}"]),
        on_terminal(
            "library", "books", "replace", UUID.decode(), "-f", str(fifo), url=mock.url
        ) as terminal,
    ):
        answered(terminal, ("author_id", UUID + b"\n"), ("availability", b"lent\n"))
        terminal.end()
    assert json.loads(mock.writes()[-1]["body"])["title"] == "Solaris"


def test_every_kind() -> None:
    cli = definition("gadget", GADGET)
    with live(cli) as mock:
        with on_terminal("gadget", "gadgets", "create", url=mock.url) as terminal:
            answered(
                terminal,
                ("is_open (y/n): ", b"maybe\n"),
                ("is_open (y/n): ", b"n\n"),
                ("sizes 1 (an integer): ", b"1\n"),
                ("sizes 2 (an integer): ", b"x\n"),
                ("sizes 2 (an integer): ", b"-0\n"),
                ("sizes 3 (an integer): ", b"\n"),
                ("weight (null or a number): ", b"-1\n"),
                ("weight (null or a number): ", b"1.10\n"),
                ("level (1 | 2 | high): ", b"2\n"),
                ("box.lid: ", b"red\n"),
                ("parts (a list in JSON): ", b"{}\n"),
                ("parts (a list in JSON): ", b'[{"a": 1e400}]\n'),
                ("word: ", b"hush\n"),
            )
            assert terminal.end() == 0, terminal.text
        body = mock.last()["body"]
    assert "(default: 2)" in terminal.text and "note" not in terminal.text
    assert "hush" not in terminal.text.partition("gadget_id")[0]
    assert body == (
        '{"is_open": false, "sizes": [1, -0], "weight": 1.10, "level": 2, "box": {"lid": "red"}, '
        '"parts": [{"a": 1e400}], "word": "hush"}'
    )


def test_null_and_lists_as_a_whole() -> None:
    cli = definition("gadget", GADGET)
    with live(cli) as mock:
        words = ["--is-open", "--level", "high", "-F", "parts:=[]", "-F", "word=hush"]
        with on_terminal("gadget", "gadgets", "create", *words, url=mock.url) as terminal:
            answered(
                terminal, ("sizes 1", b"[]\n"), ("weight", b"null\n"), ("box.lid: ", b"null\n")
            )
            assert terminal.end() == 0, terminal.text
        body = json.loads(mock.last()["body"])
    assert (body["sizes"], body["weight"], body["box"]) == ([], None, {"lid": "null"})
    assert "(without -F" in terminal.text and "word=hush" not in terminal.text
    assert "-F 'sizes:=[]' --null weight --box.lid null\n" in terminal.text


def test_answers_are_what_flags_give(case: Project) -> None:
    """Everything that a definition requires can be answered, and the printed command line gives the same body."""
    prompts, body = case.module("cli.kit.prompts"), case.module("cli.kit.body")
    form_of = case.module("cli.kit.options").form_of
    is_same = case.module("_core.differences").is_same
    for _, group in case.groups():
        for name in ("create", "replace"):
            command = group.commands.get(name)
            example = examples(case).get(form_of(command.params).name) if command else None
            if command is None or not isinstance(example, dict):
                continue
            context = parsed(case, group, command, [])
            builder = body.Builder(form_of(command.params), name, command.params, context.params)
            prompter = prompts.Prompter(context, builder)
            missing = [path for path in prompter.missing(prompter.form, {}) if at(example, path)[0]]
            value: dict[str, Any] = {}
            lines = [line for path in missing for line in typed(case, prompter, path, example)]
            with CliRunner().isolation(input="".join(f"{line}\n" for line in lines)) as (_, err, _):
                prompter.fill(value, missing)
            wanted = nested({path: at(example, path)[1] for path in missing})
            assert is_same(value, wanted), err.getvalue()
            if missing and not prompter.omitted:
                words = parsed(case, group, command, prompter.words)
                again = body.Builder(builder.form, name, command.params, words.params)
                assert is_same(again.build(is_draft=True).value, value)


def parsed(case: Project, group: click.Group, command: click.Command, words: list[str]) -> Any:
    """Return the context of a command with some keys and these arguments."""
    kit = case.module("cli.kit")
    keys = [
        next(iter(param.type.values)) if isinstance(param.type, kit.Choice) else "1"
        for param in command.params
        if isinstance(param, kit.Key)
    ]
    root = case.root.make_context(case.package, ["--yes", group.name or "", "x"])
    above = group.make_context(group.name, [command.name or ""], parent=root)
    return command.make_context(command.name, [*keys, *words], parent=above)


def typed(case: Project, prompter: Any, path: Any, example: Any) -> list[str]:
    """Return the lines that answer the prompt for a value."""
    option, (_, value) = prompter.flags.get(path), at(example, path)
    choice = case.module("cli.kit").Choice
    dumps = case.module("_core").dumps

    def text(one: Any) -> str:
        return one if isinstance(one, str) else str(dumps(one))

    if option is not None and option.is_flag:
        return ["y" if value else "n"]
    if option is not None and isinstance(option.type, choice) and not option.multiple:
        word = next(word for word, known in option.type.values.items() if known == value)
        return [word or '""']
    if option is not None and option.multiple:
        return [*map(text, value), ""]
    return [text(value)]
