"""Parsing and writing of JSON that keeps every digit of numbers."""

from __future__ import annotations

import decimal
import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias, TypeGuard, cast

JSON: TypeAlias = "dict[str, JSON] | list[JSON] | str | int | float | Decimal | bool | None"
"""Any JSON value. Numbers are parsed as int or Number; numbers of all these types can be written."""

KINDS = ("null", "boolean", "integer", "number", "string", "array", "object")
"""The types of JSON Schema. Every integer is also a number."""

Numeric: TypeAlias = int | float | Decimal
"""A JSON number."""

Scalar: TypeAlias = str | int | float | Decimal | bool
"""A JSON value that has no parts."""

_MAX_DIGITS = 4300
"""Python refuses to convert longer texts to int."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")


class Number(Decimal):
    """A JSON number as it was written, such as 1.10 or 1e400: dumps writes its text unchanged."""

    __slots__ = ("text",)
    text: str

    def __new__(cls, text: str) -> Number:
        """Parse a JSON number."""
        number = super().__new__(cls, _decimal(text))
        number.text = text
        return number

    def __reduce__(self) -> tuple[type[Number], tuple[str]]:
        """Copy and pickle by the text."""
        return Number, (self.text,)


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except decimal.InvalidOperation:  # the exponent has more than 18 digits
        is_small = re.search("[eE]-", text) is not None
        return Decimal(("-" if text.startswith("-") else "") + ("0" if is_small else "Infinity"))


def loads(text: str | bytes) -> JSON:
    """Parse a JSON text. Raises ValueError if it is not valid JSON, or has a duplicate key."""
    if isinstance(text, bytes):
        text = _decoded(text)
    text = text.removeprefix("\ufeff")
    try:
        return cast(
            "JSON",
            json.loads(
                text,
                parse_int=_integer,
                parse_float=Number,
                parse_constant=_constant,
                object_pairs_hook=_object,
            ),
        )
    except json.JSONDecodeError as error:
        raise ValueError(f"line {error.lineno}, column {error.colno}: {error.msg}") from None
    except _UnlocatedError as error:
        raise ValueError(f"{_place(text, error)}: {error}") from None
    except RecursionError:
        raise ValueError("the text is nested too deeply") from None


def dumps(value: object, indent: int | None = None) -> str:
    """Return a value as JSON, on several lines if indent is given. Raises ValueError if JSON cannot represent it."""
    try:
        return "".join(_encode(value, None if indent is None else " " * indent, "\n"))
    except RecursionError:
        raise ValueError("the value is nested too deeply, or contains itself") from None


def is_array(value: object) -> TypeGuard[Sequence[object]]:
    """Report whether a value is a JSON array."""
    return isinstance(value, Sequence) and not isinstance(value, str | bytes | bytearray)


def is_object(value: object) -> TypeGuard[Mapping[object, object]]:
    """Report whether a value is a JSON object."""
    return isinstance(value, Mapping)


def kind_of(value: JSON) -> str:
    """Return the JSON Schema type of a value; a number without a fraction is an integer."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, str):
        return "string"
    if isinstance(value, float | Decimal):
        return "integer" if _is_whole(Decimal(value)) else "number"
    return "array" if isinstance(value, Sequence) else "object"


def _is_whole(number: Decimal) -> bool:
    _, digits, exponent = number.as_tuple()
    if not isinstance(exponent, int):
        return False
    return exponent >= 0 or not any(digits[exponent:])


def _decoded(text: bytes) -> str:
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        raise ValueError(f"line {line}, byte {error.start + 1}: not UTF-8") from None


class _UnlocatedError(Exception):
    """A fault for which the decoder does not report a position."""

    def __init__(self, message: str, token: str, *, is_key: bool) -> None:
        super().__init__(message)
        self.token = token
        self.is_key = is_key


def _integer(text: str) -> int | Number:
    return Number(text) if text == "-0" or len(text) > _MAX_DIGITS else int(text)


def _constant(text: str) -> JSON:
    raise _UnlocatedError(f"{text} is not JSON", text, is_key=False)


def _object(pairs: list[tuple[str, JSON]]) -> dict[str, JSON]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        duplicate = next(name for i, name in enumerate(names) if name in names[:i])
        raise _UnlocatedError(
            f"the key {json.dumps(duplicate)} appears twice", duplicate, is_key=True
        )
    return members


def _place(text: str, fault: _UnlocatedError) -> str:
    """Return the position of the faulty token in the text: a duplicate key, or a value."""
    objects: list[set[str]] = []
    offset = 0
    tokens = list(_TOKEN.finditer(text))
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        word = token.group()
        if word in {"{", "["}:
            objects.append(set())
        elif word in {"}", "]"}:
            objects.pop()
        elif not fault.is_key and word == fault.token:
            offset = token.start()
            break
        elif fault.is_key and following and following.group() == ":" and word.startswith('"'):
            name = cast("str", json.loads(word))
            if name == fault.token and name in objects[-1]:
                offset = token.start()
                break
            objects[-1].add(name)
    return f"line {text.count(chr(10), 0, offset) + 1}, column {offset - text.rfind(chr(10), 0, offset)}"


def _encode(value: object, indent: str | None, newline: str) -> Iterator[str]:
    if is_object(value) and value:
        yield from _members(value, indent, newline)
    elif is_array(value) and value:
        inner = newline + (indent or "")
        separator = ", " if indent is None else "," + inner
        yield "[" if indent is None else "[" + inner
        for i, item in enumerate(value):
            if i:
                yield separator
            yield from _encode(item, indent, inner)
        yield "]" if indent is None else newline + "]"
    else:
        yield _scalar(value)


def _members(value: Mapping[object, object], indent: str | None, newline: str) -> Iterator[str]:
    inner = newline + (indent or "")
    separator = ", " if indent is None else "," + inner
    yield "{" if indent is None else "{" + inner
    for i, (name, member) in enumerate(value.items()):
        if not isinstance(name, str):
            raise TypeError(f"the name of a member must be a str, not {name!r}")
        yield (separator if i else "") + _text(name) + ": "
        yield from _encode(member, indent, inner)
    yield "}" if indent is None else newline + "}"


def _scalar(value: object) -> str:
    if isinstance(value, str):
        return _text(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int | float | Decimal):
        return _digits(value)
    if is_object(value):
        return "{}"
    if is_array(value):
        return "[]"
    raise TypeError(f"{type(value).__name__} cannot be written as JSON: {value!r}")


def _digits(value: Numeric) -> str:
    if isinstance(value, Number):
        return value.text
    if isinstance(value, int):
        return int.__repr__(value)
    if not math.isfinite(value):
        raise ValueError(f"{value} is not a JSON number")
    return float.__repr__(value) if isinstance(value, float) else str(value)


def _text(value: str) -> str:
    """Return a quoted string. Only what JSON requires is escaped, and lone surrogates, which UTF-8 cannot encode."""
    text = json.dumps(value, ensure_ascii=False)
    return _SURROGATE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)
