"""What the parameters of a command are: keys, filters, fields of a body, and the options that every command has.

A parameter knows what it stands for on the wire, so that nothing has to be looked up by the name that Python gives it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from .params import shown

F = TypeVar("F", bound=Callable[..., Any])

REQUIRED, FIELDS, FILTERS, INPUT, OUTPUT, CONNECTION = (
    "Required fields",
    "Fields",
    "Filters",
    "Input",
    "Output",
    "Connection",
)
"""The sections of help, in their order."""

FILE = click.Path(dir_okay=False, allow_dash=True)


@dataclass(frozen=True, slots=True)
class Form:
    """The schema of what a command sends, and that of what the server sends for the same record."""

    name: str
    of: str


class Key(click.Argument):
    """A key, which identifies a record."""

    def __init__(self, *args: Any, wire: str, **attributes: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **attributes)
        self.wire = wire

    def type_cast_value(self, ctx: click.Context, value: Any) -> Any:  # noqa: ANN401
        """Refuse keys that no path can hold: a client or server would take it for another path."""
        cast = super().type_cast_value(ctx, value)
        keys: list[object] = list(value) if isinstance(value, list | tuple) else [value]  # pyright: ignore[reportUnknownArgumentType]
        for each in keys:
            if each in {"", ".", ".."}:
                raise click.BadParameter(f"a key cannot be {shown(str(each))}.", ctx, self)
        return cast

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete the values of an enum, else keys that exist."""
        from . import suggest

        return super().shell_complete(ctx, incomplete) or suggest.keys(ctx, self, incomplete)


class Option(click.Option):
    """An option of a section of help, and with the wire name in its help where the flag does not say it."""

    section = FIELDS
    form: Form | None = None
    """What a body is, on the option that reads it from a file."""

    def __init__(self, *args: Any, wire: Sequence[str] = (), **attributes: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **attributes)
        self.wire = tuple(wire)
        flag = self.opts[0].removeprefix("--")
        if self.wire and ".".join(self.wire) not in {flag, flag.replace("-", "_")}:
            self.help = f"{self.help or ''} ({told(self.wire)})".lstrip()

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete the values of the type, else keys that it may refer to."""
        from . import suggest

        found = super().shell_complete(ctx, incomplete)
        return found or (suggest.references(ctx, self, incomplete) if self.wire else [])

    def is_given(self, value: object) -> bool:
        """Report whether the command line says something about it."""
        return value is not None and value != ()


class Field(Option):
    """A value of the body; wire is the path to it: ("address", "city")."""

    is_body = True

    def __init__(self, *args: Any, is_required: bool = False, **attributes: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **attributes)
        self.is_required = is_required
        self.section = REQUIRED if is_required else FIELDS


class Filter(Option):
    """A parameter of the request: of the query, a header or a cookie.

    One that is required may still be absent where the command does something else, as with --attr.
    """

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        place: str = "query",
        delimiter: str = "",
        is_required: bool = False,
        **attributes: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **attributes)
        self.place = place
        self.delimiter = delimiter
        self.is_required = is_required
        self.section = REQUIRED if is_required else FILTERS

    def type_cast_value(self, ctx: click.Context, value: Any) -> Any:  # noqa: ANN401
        """Refuse what would fall apart on the way: an item that holds what stands between items."""
        items = super().type_cast_value(ctx, value)
        if self.delimiter and any(self.delimiter in str(item) for item in items or ()):
            message = (
                f"the API separates values by {self.delimiter!r}, so that no value can hold it."
            )
            raise click.BadParameter(message, ctx, self)
        return items


def written(path: Iterable[str]) -> str:
    """Return a path as -F takes it: the names with dots between them, special characters behind a backslash."""
    return ".".join(_escaped(name) for name in path)


def _escaped(name: str) -> str:
    return "".join(f"\\{mark}" if mark in "\\.=:" else mark for mark in name)


def told(path: Iterable[str]) -> str:
    """Return a written path for help and messages, without control characters."""
    from . import terminal

    return terminal.printable(written(path))


def chain(*decorators: Callable[[F], F]) -> Callable[[F], F]:
    """Return a decorator that applies several, so that help lists their options in this order."""

    def decorate(function: F) -> F:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return decorate


class Fields:
    """The options for the fields of a body, shared by the commands that send one."""

    def __init__(self, *decorators: Callable[[Any], Any]) -> None:
        self._decorate = chain(*decorators)

    def __call__(self, function: F) -> F:
        """Add the options to a command."""
        decorated: F = self._decorate(function)
        return decorated

    def optional(self, function: F) -> F:
        """Add the options to a command that sends a part of the record."""
        known = set(_params(function))
        function = self._decorate(function)
        for param in _params(function):
            if isinstance(param, Field) and param not in known:
                param.is_required = False
                param.section = FIELDS
        return function


def _params(function: Callable[..., Any]) -> list[click.Parameter]:
    return getattr(function, "__click_params__", [])


def fields(*decorators: Callable[[Any], Any]) -> Fields:
    """Return the options for the fields of a body."""
    return Fields(*decorators)


class Assignment(click.ParamType[Any]):
    """PATH=VALUE, or PATH:=JSON. A backslash takes its meaning from a dot, an equals sign or a colon behind it."""

    name = "path=value"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401
        """Return the path, the text behind it, and whether that is JSON."""
        if not isinstance(value, str):
            return value
        try:
            return split(value)
        except ValueError as error:
            self.fail(f"{shown(value)}: {error}.", param, ctx)


class Path(click.ParamType[Any]):
    """The names that lead to a member, with dots between them."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401
        """Return the names."""
        if not isinstance(value, str):
            return value
        path, rest = _steps(value)
        if rest:
            self.fail(f"{shown(value)}: write \\= for an equals sign in a name.", param, ctx)
        return path

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Complete the names of the fields that have a flag."""
        words = [written(each.wire) for each in ctx.command.params if isinstance(each, Field)]
        return [CompletionItem(word) for word in words if word.startswith(incomplete)]


def split(text: str) -> tuple[tuple[str, ...], str, bool]:
    """Return what an assignment says: the path, the text, and whether that has to be JSON."""
    path, rest = _steps(text)
    if rest.startswith(":="):
        return path, rest[2:], True
    if rest.startswith("="):
        return path, rest[1:], False
    raise ValueError("there is no = behind the path")


def _steps(text: str) -> tuple[tuple[str, ...], str]:
    """Return the names of a path, and what follows it."""
    steps = [""]
    at = 0
    while at < len(text):
        mark = text[at]
        if mark == "\\" and at + 1 < len(text):
            at += 1
            steps[-1] += text[at]
        elif mark == ".":
            steps.append("")
        elif mark == "=" or text.startswith(":=", at):
            break
        else:
            steps[-1] += mark
        at += 1
    return tuple(steps), text[at:]


def _input(
    *args: Any,  # noqa: ANN401
    section: str = INPUT,
    form: Form | None = None,
    **attributes: Any,  # noqa: ANN401
) -> Callable[[F], F]:
    def decorate(function: F) -> F:
        function = click.option(*args, cls=Option, **attributes)(function)
        option = _params(function)[-1]
        if isinstance(option, Option):
            option.section = section
            option.form = form
        return function

    return decorate


def body_options(form: Form) -> Callable[[F], F]:
    """Add the ways to give a body of a form beside the flags of its fields."""
    return chain(
        _input(
            "-f",
            "--file",
            "file",
            type=FILE,
            form=form,
            help="Read the body from FILE, JSON or YAML; - is the standard input. Other options go over it.",
        ),
        _input(
            "-F",
            "--field",
            "assignments",
            type=Assignment(),
            multiple=True,
            help=r"Set any value: limits.cpu=4, labels.app\.org=x, rows.0.name=a; its type is that of the schema. "
            "With := the value is JSON. Nothing is read from files.",
        ),
        _input(
            "--null",
            "nulls",
            type=Path(),
            multiple=True,
            metavar="NAME",
            help="Set a value to null.",
        ),
        _input("--edit", "edit", is_flag=True, help="Write or change the body in your editor."),
    )


condition_options = _input(
    "--if-match",
    "if_match",
    metavar="ETAG",
    help="Do it only if the record still has this entity tag.",
)
"""What makes a write depend on the state that is known."""

attribute_option = _input(
    "--attr", "attribute", metavar="NAME", section=INPUT, help="Only this attribute of it."
)

attribute_argument = click.argument("attribute", metavar="NAME", help="The attribute.")

file_option = _input(
    "-f",
    "--file",
    "file",
    required=True,
    type=FILE,
    help="Read the list of changes, each with its key, from FILE, JSON or YAML; - is the standard input.",
)
"""A body that only a file can give."""


def value_options(form: Form) -> Callable[[F], F]:
    """Add the ways to give the value of one attribute of a form."""
    return chain(
        click.argument(
            "value",
            required=False,
            metavar="[VALUE]",
            help="Its value, of the type that the schema gives it.",
        ),
        _input(
            "-f",
            "--file",
            "file",
            type=FILE,
            form=form,
            help="Read the value from FILE, JSON or YAML; - is the standard input.",
        ),
        _input("--null", "is_null", is_flag=True, help="Set it to null."),
    )


def list_options(function: F) -> F:
    """Add what the list commands have: how much of a list is fetched."""
    return chain(
        _input(
            "--all",
            "all_pages",
            is_flag=True,
            section=OUTPUT,
            help="Fetch all pages, not only the first.",
        ),
        _input(
            "--max-items",
            "max_items",
            type=click.IntRange(min=1),
            metavar="INTEGER",
            section=OUTPUT,
            help="Fetch as many pages as it takes for this many records, and no more records than that.",
        ),
    )(function)


def watch_options(function: F) -> F:
    """Add what the watch commands have: when they end, and from where they begin."""
    return chain(
        _input(
            "--count",
            "count",
            type=click.IntRange(min=1),
            metavar="INTEGER",
            section=OUTPUT,
            help="End after this many events.",
        ),
        _input(
            "--since",
            "since",
            metavar="ID",
            section=OUTPUT,
            help="Begin behind the event with this id.",
        ),
        _input(
            "--raw",
            "raw",
            is_flag=True,
            section=OUTPUT,
            help="Print what the server sends, not the differences.",
        ),
    )(function)


def form_of(params: Iterable[click.Parameter]) -> Form | None:
    """Return what the body of a command is."""
    return next((param.form for param in params if isinstance(param, Option) and param.form), None)


def given(
    params: Iterable[click.Parameter], values: Mapping[str, object]
) -> list[tuple[Option, Any]]:
    """Return the options that the command line says something about, in the order of the command, with their values."""
    pairs: list[tuple[Option, Any]] = []
    for param in params:
        if (
            isinstance(param, Option)
            and param.name in values
            and param.is_given(values[param.name])
        ):
            pairs.append((param, values[param.name]))
    return pairs
