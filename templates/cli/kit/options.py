"""The parameters of commands: keys, filters and fields of a body.

Each parameter has its name or path in the request as wire, so that nothing is looked up by its name in Python.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from .common import FIELDS, FILTERS, REQUIRED
from .params import Choice, shown
from .paths import display

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Form:
    """The names of two schemas: of the body that a command sends, and of the record that the server returns."""

    name: str
    of: str


class Key(click.Argument):
    """A key, which identifies a record."""

    def __init__(self, *args: Any, wire: str, **attributes: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **attributes)
        self.wire = wire

    def type_cast_value(self, ctx: click.Context, value: Any) -> Any:  # noqa: ANN401
        """Refuse keys that cannot be part of a path: clients and servers would resolve it to another path."""
        cast = super().type_cast_value(ctx, value)
        keys: list[object] = list(value) if isinstance(value, list | tuple) else [value]  # pyright: ignore[reportUnknownArgumentType]
        for each in keys:
            if each in {"", ".", ".."}:
                raise click.BadParameter(f"a key cannot be {shown(str(each))}.", ctx, self)
        return cast

    def make_metavar(self, ctx: click.Context) -> str:
        """Return the key as usage shows it: [BOOK_ID] if it is optional, BOOK_ID... if there may be several."""
        name = self.human_readable_name if self.required else f"[{self.human_readable_name}]"
        return f"{name}..." if self.nargs == -1 else name

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete the values of an enum, else keys that exist."""
        from . import suggest

        return super().shell_complete(ctx, incomplete) or suggest.keys(ctx, self, incomplete)


class Option(click.Option):
    """An option with a section in help. Its help includes the wire name if that differs from the flag."""

    section = FIELDS
    form: Form | None = None
    """The form of the body, on the option that reads it from a file."""

    def __init__(self, *args: Any, wire: Sequence[str] = (), **attributes: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **attributes)
        self.wire = tuple(wire)
        flag = self.opts[0].removeprefix("--")
        if self.wire and ".".join(self.wire) not in {flag, flag.replace("-", "_")}:
            self.help = f"{self.help or ''} ({display(self.wire)})".lstrip()

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the help, with the values of an enum unless the metavar lists them, and whether it can be repeated."""
        record = super().get_help_record(ctx)
        if record is None:
            return None
        listed = self.type.listed() if isinstance(self.type, Choice) else None
        notes = [f"[one of: {listed}]"] if listed else []
        if self.multiple:
            notes.append("[can be repeated]")
        return record[0], " ".join([record[1], *notes]).strip()

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete the values of the type, else the keys of records that it may refer to."""
        from . import suggest

        found = super().shell_complete(ctx, incomplete)
        return found or (suggest.references(ctx, self, incomplete) if self.wire else [])

    def is_given(self, value: object) -> bool:
        """Report whether a value was given on the command line."""
        return value is not None and value != ()


class Field(Option):
    """A value in the body; wire is its path: ("address", "city")."""

    is_body = True

    def __init__(self, *args: Any, is_required: bool = False, **attributes: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **attributes)
        self.is_required = is_required
        self.section = REQUIRED if is_required else FIELDS


class Filter(Option):
    """A parameter of the request: in the query, a header or a cookie.

    A required one may still be absent if the command calls another operation, as with --attr.
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
        """Refuse an item that contains the separator, since the server would split it."""
        items = super().type_cast_value(ctx, value)
        if self.delimiter and any(self.delimiter in str(item) for item in items or ()):
            message = f"the API separates values by {self.delimiter!r}, so no value can contain it."
            raise click.BadParameter(message, ctx, self)
        return items


def chain(*decorators: Callable[[F], F]) -> Callable[[F], F]:
    """Combine decorators into one. Help lists their options in this order."""

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
        known = set(params_of(function))
        function = self._decorate(function)
        for param in params_of(function):
            if isinstance(param, Field) and param not in known:
                param.is_required = False
                param.section = FIELDS
        return function


def params_of(function: Callable[..., Any]) -> list[click.Parameter]:
    """Return the parameters that decorators have added to a function so far."""
    return getattr(function, "__click_params__", [])


def filters(*decorators: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return the options for the parameters of a list, which several commands share."""
    return chain(*decorators)


def fields(*decorators: Callable[[Any], Any]) -> Fields:
    """Return the options for the fields of a body."""
    return Fields(*decorators)


def form_of(params: Iterable[click.Parameter]) -> Form | None:
    """Return the form of the body of a command."""
    return next((param.form for param in params if isinstance(param, Option) and param.form), None)


def given(
    params: Iterable[click.Parameter], values: Mapping[str, object]
) -> list[tuple[Option, Any]]:
    """Return the options given on the command line, in the order of the command, with their values."""
    pairs: list[tuple[Option, Any]] = []
    for param in params:
        if (
            isinstance(param, Option)
            and param.name in values
            and param.is_given(values[param.name])
        ):
            pairs.append((param, values[param.name]))
    return pairs
