"""Serialization of parameters (OpenAPI 3.1, section 4.8.12.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from .jsontext import dumps, is_array, is_object

_DELIMITERS = {"form": ",", "spaceDelimited": "%20", "pipeDelimited": "%7C"}


def plain(value: object) -> str:
    """Return a value as text: a string unchanged, other JSON values as JSON, and anything else by str()."""
    if isinstance(value, str):
        return value
    try:
        return dumps(value)
    except TypeError:
        return str(value)


def query_pairs(
    name: str, value: object, style: str, *, explode: bool
) -> Iterator[tuple[str, str]]:
    """Yield the pairs of a query, percent-encoded; none for None."""
    if value is None:
        return
    if is_object(value):
        yield from _object_pairs(name, value, style, explode=explode)
    elif not is_array(value):
        yield _encoded(name), _encoded(plain(value))
    elif explode:
        for item in value:
            yield _encoded(name), _encoded(plain(item))
    else:
        yield (
            _encoded(name),
            _DELIMITERS.get(style, ",").join(_encoded(plain(item)) for item in value),
        )


def _object_pairs(
    name: str, value: Mapping[object, object], style: str, *, explode: bool
) -> Iterator[tuple[str, str]]:
    if style == "deepObject":
        for key, member in value.items():
            yield from query_pairs(f"{name}[{plain(key)}]", member, "form", explode=True)
    elif explode:
        for key, member in value.items():
            yield from query_pairs(plain(key), member, "form", explode=not is_object(member))
    else:
        words = (_encoded(plain(word)) for pair in value.items() for word in pair)
        yield _encoded(name), _DELIMITERS.get(style, ",").join(words)


def header_text(value: object, *, explode: bool) -> str:
    """Return a value in the simple style, which headers use."""
    if is_object(value):
        joint = "=" if explode else ","
        return ",".join(f"{plain(key)}{joint}{plain(member)}" for key, member in value.items())
    if is_array(value):
        return ",".join(plain(item) for item in value)
    return plain(value)


def cookie_pairs(name: str, value: object, *, explode: bool) -> Iterator[str]:
    """Yield the pairs of the Cookie header. Characters that cookies cannot contain are percent-encoded (RFC 6265)."""
    for key, text in query_pairs(name, value, "form", explode=explode):
        yield f"{key}={text}"


def _encoded(text: str) -> str:
    return quote(text, safe="")
