"""Converts texts in a file to the types of the definition, without guessing."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from ..._core.jsontext import kind_of, loads
from . import words

if TYPE_CHECKING:
    from ..._core import JSON
    from .shapes import Shape

_YES = frozenset({"true", "yes", "1", "wahr", "ja"})
_NO = frozenset({"false", "no", "0", "falsch", "nein"})


def typed(shape: Shape, text: str) -> JSON:
    """Parse a text. Raises ValueError with what is expected."""
    if shape.kind == "enum":
        return _listed(shape, text)
    kinds = shape.forms.kinds(cast("JSON", shape.schema))
    if "string" in kinds:
        return _text_or_more(kinds, text)
    if "boolean" in kinds and len(kinds - {"null"}) == 1:
        return _boolean(text)
    return _json(kinds, text.strip())


def _listed(shape: Shape, text: str) -> JSON:
    for each in shape.enum:
        if text == words.text(each):
            return each
    for each in shape.enum:
        if text.strip().lower() in {words.text(each).lower(), shape.named(each).lower()}:
            return each
    raise ValueError(f"{_short(text)} is not one of {', '.join(map(words.text, shape.enum[:12]))}")


def _text_or_more(kinds: frozenset[str], text: str) -> JSON:
    """Return a text unchanged, unless objects or lists are allowed too and it is one."""
    if text.lstrip()[:1] in {"{", "["} and kinds & {"object", "array"}:
        try:
            return loads(text)
        except ValueError:
            return text
    return text


def _boolean(text: str) -> bool:
    word = text.strip().lower()
    if word in _YES | _NO:
        return word in _YES
    raise ValueError(f"{_short(text)} is neither yes nor no")


def _json(kinds: frozenset[str], text: str) -> JSON:
    try:
        value = loads(text)
    except ValueError:
        value, is_json = None, False
    else:
        is_json = True
    kind = kind_of(value)
    if is_json and (kind in kinds or (kind == "integer" and "number" in kinds)):
        return value
    wanted = " or ".join(_KINDS[each] for each in _KINDS if each in kinds) or "a value"
    raise ValueError(f"{_short(text)} is not {wanted}")


_KINDS = {
    "number": "a number such as 12.5",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": 'a list such as ["a", "b"]',
    "object": 'an object such as {"a": 1}',
}


def _short(text: str) -> str:
    return f"“{words.cut(words.line(text), 40)}”"
