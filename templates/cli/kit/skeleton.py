"""A body to fill in: YAML with every field of a form, each preceded by its description and type.

If there are alternatives, the first one is used, and the fields of the others are comments.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ..._core.forms import Forms
from . import yaml_text
from .wording import kind

if TYPE_CHECKING:
    from ..._core import JSON

MAX_DEPTH = 3
"""How deep objects are expanded; deeper ones are {}."""

EMPTY: Mapping[str, JSON] = {
    "array": [],
    "object": {},
    "string": "",
    "boolean": False,
    "integer": 0,
    "number": 0,
}


def text(forms: Forms, name: str) -> str:
    """Return the YAML text of a form. Optional fields are comments."""
    return "".join(f"{line}\n" for line in _members(forms, forms.named(name), "", 0))


def _members(forms: Forms, schema: JSON, indent: str, depth: int) -> Iterator[str]:
    first = forms.first(schema)
    required = forms.required(first)
    for name in sorted(forms.names(schema), key=lambda each: each not in required):
        member = forms.member(schema, name)
        own = forms.member(first, name)
        mark = "" if name in required else "# "
        kinds = forms.kinds(member)
        for line in _about(forms, member):
            yield f"{indent}# {line}"
        if kinds <= {"object", "null"} and forms.names(member) and depth < MAX_DEPTH and not mark:
            yield f"{indent}{_key(name)}:"
            yield from _members(forms, member, indent + "  ", depth + 1)
        else:
            value = yaml_text.dump({name: example(forms, member if own is None else own)})
            value = value.rstrip("\n")
            yield from (f"{indent}{mark}{line}" for line in value.split("\n"))


def _key(name: str) -> str:
    return yaml_text.dump({name: 0}).rsplit(":", 1)[0]


def _about(forms: Forms, schema: JSON) -> Iterator[str]:
    description = forms.keyword(schema, "description")
    words = " ".join(description.split()) if isinstance(description, str) else ""
    line = f"{words} ({kind(forms, schema)})".strip()
    yield "".join(mark if mark.isprintable() else " " for mark in line)


def example(forms: Forms, schema: JSON) -> JSON:
    """Return a value for a field: one from the definition, else an empty one."""
    value = known(forms, schema)
    if value is not None:
        return value
    kinds = forms.kinds(schema)
    return next((value for kind, value in EMPTY.items() if kind in kinds), None)


def known(forms: Forms, schema: JSON) -> JSON:
    """Return a value from the definition: an example, else the first of the enum, else the default, else None."""
    for values in (forms.keyword(schema, "examples"), forms.values(schema)):
        if isinstance(values, list) and values:
            return values[0]
    found = (forms.keyword(schema, keyword) for keyword in ("example", "default"))
    return next((value for value in found if value is not None), None)
