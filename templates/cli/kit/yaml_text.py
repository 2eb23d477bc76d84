"""Writes YAML that has the same meaning in versions 1.1 and 1.2. Numbers keep their digits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..._core import JSON

# A plain scalar begins with a letter, unlike numbers and dates, and contains no YAML indicator.
_PLAIN = re.compile(r"[^\W\d_][\w .()/+-]*(?<! )")
# What some parser reads as null, a boolean or a number (YAML 1.1, 1.2 and PyYAML).
_WORDS = frozenset(["null", "true", "false", "yes", "no", "on", "off", "y", "n", "inf", "nan"])
_MAX_SIMPLE_KEY = 1000
"""The longest simple key; longer ones need the indicator "? " (YAML 1.2, section 7.4.2, allows 1024 characters)."""


def dump(value: JSON) -> str:
    """Return a value as a YAML document that ends with a line break. Raises ValueError if it is nested too deeply."""
    try:
        return "".join(f"{line}\n" for line in _node(value, ""))
    except RecursionError:
        raise ValueError("the value is nested too deeply for YAML") from None


def _node(value: JSON, indent: str) -> Iterator[str]:
    if isinstance(value, Mapping) and value:
        for name, member in value.items():
            yield from _member(_scalar(name), member, indent)
    elif isinstance(value, Sequence) and not isinstance(value, str) and value:
        for item in value:
            yield from _item(item, indent)
    else:
        yield from _inline(indent, value, indent)


def _member(name: str, value: JSON, indent: str) -> Iterator[str]:
    if len(name) > _MAX_SIMPLE_KEY:
        yield f"{indent}? {name}"
        name = ""
    if _is_block(value):
        yield f"{indent}{name}:"
        yield from _node(value, indent + "  ")
    else:
        yield from _inline(f"{indent}{name}: ", value, indent + "  ")


def _item(value: JSON, indent: str) -> Iterator[str]:
    if _is_block(value):
        first, *rest = _node(value, indent + "  ")
        yield f"{indent}- {first[len(indent) + 2 :]}"
        yield from rest
    else:
        yield from _inline(f"{indent}- ", value, indent + "  ")


def _is_block(value: JSON) -> bool:
    return isinstance(value, Mapping | list) and bool(value)


def _inline(start: str, value: JSON, indent: str) -> Iterator[str]:
    """Yield the value after a key or a dash: a scalar, or a literal block."""
    if not isinstance(value, str) or not _is_literal(value):
        yield start + _scalar(value)
        return
    indent = indent or "  "
    yield start + ("|" if value.endswith("\n") else "|-")
    for line in value.removesuffix("\n").split("\n"):
        yield (indent + line).rstrip(" ")


def _is_literal(text: str) -> bool:
    """Report whether a text can be written as a literal block."""
    if "\n" not in text.rstrip("\n") or text[0] in " \n" or text.endswith("\n\n"):
        return False
    return all(line.isprintable() and not line.endswith(" ") for line in text.split("\n"))


def _scalar(value: JSON) -> str:
    from ..._core import dumps

    if not isinstance(value, str):
        return dumps(value)
    if _PLAIN.fullmatch(value) and value.lower() not in _WORDS and value.isprintable():
        return value
    return '"' + "".join(map(_quoted, value)) + '"'


def _quoted(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    if character == "\n":
        return "\\n"
    if character == "\t":
        return "\\t"
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
