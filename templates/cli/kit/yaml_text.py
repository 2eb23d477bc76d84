"""YAML that every reader reads alike: version 1.1 or 1.2, with digits and texts unchanged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..._core import JSON

# A plain text begins with a letter, which no number or date does, and has no indicator of YAML.
_PLAIN = re.compile(r"[^\W\d_][\w .()/+-]*(?<! )")
# What some reader takes for null, a truth value or a number (YAML 1.1, 1.2 and PyYAML).
_WORDS = frozenset(["null", "true", "false", "yes", "no", "on", "off", "y", "n", "inf", "nan"])
_MAX_SIMPLE_KEY = 1000
"""Characters; longer keys need the mark "? " (YAML 1.2, section 7.4.2, allows 1024)."""


def dump(value: JSON) -> str:
    """Return the value as a YAML document that ends in a line break, or raise ValueError."""
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
    """Yield what follows a key or a dash: a scalar, or the lines of a text."""
    if not isinstance(value, str) or not _is_literal(value):
        yield start + _scalar(value)
        return
    indent = indent or "  "
    yield start + ("|" if value.endswith("\n") else "|-")
    for line in value.removesuffix("\n").split("\n"):
        yield (indent + line).rstrip(" ")


def _is_literal(text: str) -> bool:
    """Report whether the lines of the text can be written unescaped, below each other."""
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
