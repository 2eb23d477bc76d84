"""The conditions of wait commands: a member has a value, has a different one, or is present."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from . import paths
from .params import shown

if TYPE_CHECKING:
    from ..._core import JSON
    from .body import Builder

MAX_SHOWN = 60
"""Characters of a value that are shown."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on the value at a path. Without a sign, it must be present and neither null nor false."""

    path: tuple[str, ...]
    sign: str = ""
    wanted: JSON = None

    def holds(self, record: JSON) -> bool:
        """Report whether a record meets the condition. An absent value differs from every value."""
        from ..._core.validation import is_equal

        is_there, value = _at(record, self.path)
        if not self.sign:
            return is_there and value is not None and value is not False
        return (is_there and is_equal(value, self.wanted)) == (self.sign == "=")

    def now(self, record: JSON) -> str:
        """Describe the current value in a record."""
        from ..._core import dumps

        is_there, value = _at(record, self.path)
        text = dumps(value) if is_there else "absent"
        cut = text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}…"
        return f"{paths.display(self.path)} is {cut}"


class ConditionType(click.ParamType[Any]):
    """PATH=VALUE, PATH:=JSON, PATH!=VALUE, or PATH alone."""

    name = "condition"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401
        """Return the path, the sign and the text after it."""
        if not isinstance(value, str):
            return value
        path, rest = paths.steps(value)
        if rest.startswith("=") and path[-1].endswith("!"):
            path, rest = (*path[:-1], path[-1][:-1]), f"!{rest}"
        if not all(path):
            self.fail(f"{shown(value)}: a name in the path is empty.", param, ctx)
        sign = next((sign for sign in ("!=", ":=", "=") if rest.startswith(sign)), "")
        return path, sign, rest[len(sign) :]

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Complete the paths of fields, the values of enums, and "deleted"."""
        from . import suggest

        found = suggest.fields(ctx, incomplete, sign="=")
        return [
            *found,
            *map(CompletionItem, ["deleted"] if "deleted".startswith(incomplete) else []),
        ]


def condition(builder: Builder, path: tuple[str, ...], sign: str, text: str) -> Condition:
    """Return a condition whose value is parsed as the type in the schema. Refuse one that can never hold."""
    from ..._core.validation import is_equal

    if not sign:
        return Condition(path)
    wanted = builder.assigned(path, text, is_json=sign == ":=")
    forms = builder.forms
    enum = forms.keyword(forms.at(forms.named(builder.form.name), path), "enum")
    if isinstance(enum, list) and not any(is_equal(wanted, value) for value in enum):
        from ..._core import dumps

        known = ", ".join(map(dumps, enum))
        raise click.UsageError(
            f"{paths.display(path)} is never {dumps(wanted)}, but one of {known}."
        )
    return Condition(path, "!=" if sign == "!=" else "=", wanted)


def _at(value: JSON, path: Sequence[str]) -> tuple[bool, JSON]:
    for step in path:
        if isinstance(value, Mapping) and step in value:
            value = value[step]
        elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            return False, None
    return True, value
