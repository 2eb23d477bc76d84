"""Prompts on stderr for the missing parts of a body, as if they had been given by flags. Nothing is sent meanwhile.

The answers are then printed as a command line to reuse, without secrets.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from . import paths, terminal
from .body import Body, Builder, Change, Path, put
from .group import typed_words
from .options import Field
from .params import Choice, Date, DateTime, UUIDText, describe, parse, shown, typed
from .paths import display, written

if TYPE_CHECKING:
    from ..._core import JSON

    Answer = tuple[Sequence[str], JSON]
    """The command-line arguments that give a value, and the value."""
    Read = Callable[[str], Answer]

MAX_DEPTH = 5
"""How deep the members of objects are prompted for one by one; deeper objects are entered as JSON."""
MAX_NUMBERED = 20
"""Up to how many values of an enum are numbered."""
MAX_ABOUT = 200
"""Characters of a description that are shown."""

YES_NO = {"y": True, "yes": True, "true": True, "n": False, "no": False, "false": False}
CREDENTIALS = frozenset({"--token", "--auth"})


def complete_body(ctx: click.Context, builder: Builder) -> Body:
    """Return the body from the options, prompting for its missing parts."""
    is_blank = builder.values.get("file") is None and not builder.changes()
    body = Body({}) if is_blank else builder.build(is_draft=True)
    prompter = Prompter(ctx, builder)
    missing = (
        list(prompter.missing(prompter.form, body.value)) if isinstance(body.value, dict) else []
    )
    if is_blank and not missing:
        return builder.build()
    if missing:
        prompter.fill(body.value, missing)
    builder.check(body.value)
    return body


class Prompter:
    """Prompts for the values of one body, and collects the equivalent command-line arguments."""

    def __init__(self, ctx: click.Context, builder: Builder) -> None:
        self.ctx = ctx
        self.builder = builder
        self.forms = builder.forms
        self.form = self.forms.named(builder.form.name)
        self.flags = {param.wire: param for param in builder.params if isinstance(param, Field)}
        self.words: list[str] = []
        self.omitted: list[str] = []
        """The options that hold secrets."""

    def missing(self, schema: JSON, value: Mapping[str, JSON], path: Path = ()) -> Iterator[Path]:
        """Yield the paths of required values that are missing; for an object without a flag, those of its members."""
        for name in self.forms.required(schema):
            here, inside = (*path, name), self.forms.member(schema, name)
            known = value.get(name, {})
            is_present = name in value
            is_one = here in self.flags or not self.forms.required(inside)
            if not is_present and (is_one or len(here) == MAX_DEPTH):
                yield here
            elif isinstance(known, dict) and len(here) < MAX_DEPTH:
                yield from self.missing(inside, known, here)

    def fill(self, value: JSON, missing: Sequence[Path]) -> None:
        """Prompt for the missing parts of a value, add them, and print the equivalent command line."""
        terminal.say(
            f"Missing: {', '.join(map(self._flag, missing))}. Ctrl-C ends, nothing is sent then."
        )
        try:
            for path in missing:
                put(value, Change(path, self.ask(path), self._flag(path)))
        except click.Abort:
            terminal.say("\nNothing was sent.")
            raise
        line = shlex.join(self._line())
        without = ", ".join(dict.fromkeys(self.omitted))
        terminal.say(f"As one command{f' (without {without})' if without else ''}: {line}")

    def ask(self, path: Path) -> JSON:
        """Prompt until the value is valid, and return it."""
        schema = self.forms.at(self.form, path)
        option = self.flags.get(path)
        is_secret = self._is_secret(path)
        about = self._about(schema)
        if about:
            terminal.say(about)
        if option is not None and option.multiple:
            words, value = self._list(path, option)
        else:
            hint, read = self._reader(path, option)
            words, value = self._answer(f"{display(path)}{hint}", read, is_secret=is_secret)
        if is_secret:
            self.omitted.append(self._flag(path))
        else:
            self.words += words
        return value

    def _flag(self, path: Path) -> str:
        option = self.flags.get(path)
        return option.opts[0] if option is not None else f"-F {display(path)}="

    def _about(self, schema: JSON) -> str:
        from ..._core import dumps

        description = self.forms.keyword(schema, "description")
        default = self.forms.keyword(schema, "default")
        about = " ".join(description.split()) if isinstance(description, str) else ""
        about = about if len(about) <= MAX_ABOUT else f"{about[:MAX_ABOUT]}…"
        words_ = f"(default: {dumps(default)})" if default is not None else ""
        return f"{terminal.printable(about)} {terminal.printable(words_)}".strip()

    def _is_secret(self, path: Path) -> bool:
        """Report whether a value, or anything around it, must not be shown."""
        schemas = [self.forms.at(self.form, path[:end]) for end in range(1, len(path) + 1)]
        return any(
            self.forms.keyword(schema, "writeOnly") is True
            or self.forms.keyword(schema, "format") == "password"
            for schema in schemas
        )

    def _reader(self, path: Path, option: Field | None) -> tuple[str, Read]:
        """Return the hint about the type of a value in a prompt, and the function that parses an answer."""
        kinds = self.builder.kinds(path)
        if option is None:
            return _hint(kinds), lambda text: (
                ("-F", f"{written(path)}={text}"),
                typed(text, kinds),
            )
        hint, read = self._by_flag(option, kinds)

        def read_or_null(text: str) -> Answer:
            # If strings are allowed, null is read as a string; --null gives the other one.
            if text == "null" and "null" in kinds and "string" not in kinds:
                return ("--null", written(path)), None
            return read(text)

        return hint, read_or_null

    def _by_flag(self, option: Field, kinds: frozenset[str]) -> tuple[str, Read]:
        flag = option.opts[0]
        if option.is_flag:
            return " (y/n)", lambda text: _yes_or_no(option, text)
        if isinstance(option.type, Choice):
            hint, word_of = _show_choices(option.type)

            def choose(text: str) -> Answer:
                return (flag, word_of(text)), self._converted(option, word_of(text))

            return hint, choose
        hint = _hint(kinds)
        if isinstance(option.type, Date | DateTime | UUIDText):
            hint = f" ({option.type.name})"
        return hint, lambda text: ((flag, text), self._converted(option, text))

    def _converted(self, option: Field, text: str) -> JSON:
        # Without the option, so that the message does not mention its flag.
        value: JSON = option.type.convert(text, None, self.ctx)
        return value

    def _list(self, path: Path, option: Field) -> Answer:
        """Prompt for the items of a list, one per line. Instead of the first, the whole list can be entered as JSON."""
        terminal.say("One a line, an empty line behind the last; or all as a list in JSON.")
        hint, read = self._by_flag(option, self.builder.kinds((*path, "0")))
        words: list[str] = []
        values: list[JSON] = []

        def read_item(text: str) -> Answer:
            whole = _json_list(text) if not values else None
            return read(text) if whole is None else (("-F", f"{written(path)}:={text}"), whole)

        while True:
            label = f"{display(path)} {len(values) + 1}{hint}"
            words_, value = self._answer(label, read_item, may_end=True)
            if not words_:
                return words or ("-F", f"{written(path)}:=[]"), values
            if isinstance(value, list):
                return words_, value
            words += words_
            values.append(value)

    def _answer(
        self, label: str, read: Read, *, is_secret: bool = False, may_end: bool = False
    ) -> Answer:
        """Prompt until an answer is valid. An empty answer is not, unless it ends a list."""
        while True:
            text = _prompt(label, is_secret=is_secret)
            if not text and may_end:
                return (), None
            try:
                if text:
                    return read(text)
                terminal.say("A value is needed; an empty text can be given by a flag or a file.")
            except (ValueError, click.UsageError) as error:
                message = error.message if isinstance(error, click.UsageError) else f"{error}."
                terminal.say(message.replace(shown(text), "this") if is_secret else message)

    def _line(self) -> list[str]:
        """Return the command line without secrets, with the answers at its end, or before a --."""
        line = list(self._public(typed_words(self.ctx)))
        end = line.index("--") if "--" in line else len(line)
        return [*line[:end], *self.words, *line[end:]]

    def _public(self, words: Sequence[str]) -> Iterator[str]:
        secret = CREDENTIALS | {
            option.opts[0] for path, option in self.flags.items() if self._is_secret(path)
        }
        rest = iter(words)
        for word in rest:
            flag, sign, value = word.partition("=")
            if word.startswith("-F") and word != "-F":
                flag, sign, value = "-F", "=", word[2:]
            has_value = flag in secret or flag in {"-F", "--field"}
            pair = [word] if sign or not has_value else [word, *_next_word(rest)]
            text = value if sign else pair[-1]
            if flag in secret or (has_value and self._is_secret(paths.steps(text)[0])):
                self.omitted.append(flag)
            else:
                yield from pair


def _prompt(label: str, *, is_secret: bool) -> str:
    while True:
        try:
            return click.prompt(
                label, default="", show_default=False, err=True, hide_input=is_secret
            )
        except UnicodeDecodeError:
            terminal.say("This is not UTF-8.")


def _next_word(words: Iterator[str]) -> list[str]:
    word = next(words, None)
    return [] if word is None else [word]


def _hint(kinds: frozenset[str]) -> str:
    """Return a hint about the types of a value, unless it is just a string."""
    return f" ({describe(kinds)})" if kinds - {"string", "null"} else ""


def _yes_or_no(option: Field, text: str) -> Answer:
    if text.lower() not in YES_NO:
        raise ValueError(f"{shown(text)} is not y or n")
    value = YES_NO[text.lower()]
    return (option.opts[0] if value else option.secondary_opts[0],), value


def _show_choices(choice: Choice) -> tuple[str, Callable[[str], str]]:
    """Show the values of an enum. Return the hint for the prompt, and a function from an answer to a value."""
    words = list(choice.values)
    listed = [terminal.printable(word) or '""' for word in words]
    if len(words) > MAX_NUMBERED or any(word.isdecimal() for word in words):
        return f" ({' | '.join(listed)})", lambda text: text
    terminal.say("\n".join(f"  {number}) {word}" for number, word in enumerate(listed, 1)))

    def word_of(text: str) -> str:
        is_number = text.isascii() and text.isdecimal() and 0 < int(text) <= len(words)
        return words[int(text) - 1] if is_number else text

    return f" (1-{len(words)})", word_of


def _json_list(text: str) -> list[JSON] | None:
    try:
        value = parse(text) if text.startswith("[") else None
    except ValueError:
        return None
    return value if isinstance(value, list) else None
