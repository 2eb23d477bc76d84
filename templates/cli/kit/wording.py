"""The types of fields in words for people: a UUID, a list of texts, available|reserved|lent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from . import terminal

if TYPE_CHECKING:
    from ..._core import JSON
    from ..._core.forms import Forms

MAX_CHOICES = 48
"""The longest list of values that is shown; of a longer one, only the number of values is."""

WORDS: Mapping[str, tuple[str, str]] = {
    "boolean": ("true or false", "truth values"),
    "integer": ("an integer", "integers"),
    "number": ("a number", "numbers"),
    "string": ("a string", "strings"),
    "array": ("a list", "lists"),
    "object": ("an object", "objects"),
}
"""The words for one value of a type, and for several."""

FORMATS: Mapping[str, tuple[str, str]] = {
    "uuid": ("a UUID", "UUIDs"),
    "date": ("a date", "dates"),
    "date-time": ("a date and time", "dates and times"),
}
"""The words for texts of a format."""


def kind(forms: Forms, schema: JSON) -> str:
    """Return the type of a value in words."""
    kinds = forms.kinds(schema)
    if kinds >= WORDS.keys():
        return "any value" if "null" in kinds else "any value but null"
    if not kinds:
        return "no value"
    return " or ".join([*_names(forms, schema, kinds, 0), *(["null"] if "null" in kinds else [])])


def _names(forms: Forms, schema: JSON, kinds: frozenset[str], number: int) -> list[str]:
    """Return the words for the types that a value may have besides null, for one value (0) or several (1)."""
    choices = _choices(forms, schema)
    if choices:
        return [choices]
    found = [
        name for name in WORDS if name in kinds and not (name == "integer" and "number" in kinds)
    ]
    return [_name(forms, schema, each, number) for each in found]


def _name(forms: Forms, schema: JSON, name: str, number: int) -> str:
    form = forms.keyword(schema, "format")
    if name == "string" and isinstance(form, str):
        plain = f"{WORDS[name][number]} ({terminal.printable(form)})"
        return FORMATS[form][number] if form in FORMATS else plain
    items = forms.keyword(schema, "items")
    if name == "array" and isinstance(items, Mapping):
        inner = forms.kinds(items) - {"null"}
        several = _names(forms, items, inner, 1) if len(inner) < len(WORDS) else []
        return (
            f"{WORDS[name][number]} of {' or '.join(several)}" if several else WORDS[name][number]
        )
    return WORDS[name][number]


def _choices(forms: Forms, schema: JSON) -> str:
    """Return the values of a schema that is an enum, or whose alternatives all are; "" for any other."""
    from .table import text

    values = forms.values(schema)
    listed = terminal.printable("|".join(map(text, values)))
    return listed if len(listed) <= MAX_CHOICES else f"one of {len(values)} values"
