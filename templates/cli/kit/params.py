"""The types of arguments. They validate the input, and pass it on unchanged.

Click's own types normalise values: UUIDs lose their case, 1_000 becomes 1000.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from ..._core.jsontext import kind_of

if TYPE_CHECKING:
    from ..._core import JSON

INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
TIME = re.compile(
    r"([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]+)?(Z|z|[+-][0-9]{2}:[0-9]{2})"
)
UUID = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
FEBRUARY = 2

MAX_EXPONENT = 5000
"""With a larger exponent, multipleOf is not checked, since the number would have to be expanded."""

MAX_METAVAR = 16
"""The longest list of values that the first column of help contains; longer ones are in the second column."""

KINDS: Mapping[str, str] = {
    "null": "null",
    "boolean": "true or false",
    "integer": "an integer",
    "number": "a number",
    "string": "a string",
    "array": "a list in JSON",
    "object": "an object in JSON",
}
"""The types of JSON Schema, as messages name them."""

EXAMPLES: Mapping[str, str] = {"array": '["a", "b"]', "object": '{"a": "b"}'}
"""Examples of the types whose notation may be unfamiliar."""

Bound = int | float | str
"""A number, or its text if a float would lose digits."""


def parse(text: str) -> JSON:
    """Return the value of a JSON text, or raise ValueError."""
    from ..._core import loads

    return loads(text)


def describe(kinds: Iterable[str]) -> str:
    """Return the types as words: an integer, a text or null."""
    given = set(kinds)
    if "number" in given:
        given.discard("integer")
    return " or ".join(word for kind, word in KINDS.items() if kind in given)


def typed(text: str, kinds: frozenset[str]) -> JSON:
    """Parse a text as a value of one of these types, or raise ValueError.

    If only strings are allowed, the text is the value. Otherwise it is parsed as JSON. If strings are allowed among other
    types, a text that is not valid as one of those is a string; a string such as 5 is then written "5".
    """
    utf8(text)
    if kinds <= {"string", "null"} and "string" in kinds:
        return text
    try:
        value = parse(text)
    except ValueError:
        if "string" in kinds:
            return text
        raise ValueError(_misfit(text, kinds)) from None
    kind = kind_of(value)
    if kind in kinds or (kind == "integer" and "number" in kinds):
        return value
    if "string" in kinds:
        return text
    raise ValueError(_misfit(text, kinds))


def _misfit(text: str, kinds: frozenset[str]) -> str:
    """Return the error for a text that is not a value of these types, with an example of a type that is written as JSON."""
    example = next((EXAMPLES[kind] for kind in EXAMPLES if kind in kinds), None)
    return f"{shown(text)} is not {describe(kinds)}{f', such as {example}' if example else ''}"


def utf8(text: str) -> str:
    """Return a text, or raise ValueError if the bytes that were typed are not UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("this is not UTF-8") from None
    return text


def shown(text: str, limit: int = 60) -> str:
    """Return a text in quotes for a message: on one line, without control characters, cut if it is long."""
    return repr(text if len(text) <= limit else text[:limit] + "…")


class Kind(click.ParamType[Any]):
    """A type that parses a text, and leaves everything else unchanged."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401
        """Return the value that a text represents."""
        if not isinstance(value, str):
            return value
        try:
            return self.read(utf8(value))
        except ValueError as error:
            self.fail(f"{error}{_null_hint(value, param)}.", param, ctx)

    def read(self, text: str) -> JSON:
        """Return the value that a text represents, or raise ValueError."""
        raise NotImplementedError


def _null_hint(text: str, param: click.Parameter | None) -> str:
    wire = getattr(param, "wire", None)
    if text != "null" or not wire or not getattr(param, "is_body", False):
        return ""
    return f"; for null, write --null {param.opts[0].removeprefix('--') if param else ''}"


class Text(Kind):
    """A text whose length may be limited."""

    name = "text"

    def __init__(self, *, min_length: int | None = None, max_length: int | None = None) -> None:
        self.min_length = min_length
        self.max_length = max_length

    def read(self, text: str) -> JSON:
        """Return the text."""
        if self.min_length is not None and len(text) < self.min_length:
            raise ValueError(f"{shown(text)} is shorter than {_characters(self.min_length)}")
        if self.max_length is not None and len(text) > self.max_length:
            raise ValueError(f"{shown(text)} is longer than {_characters(self.max_length)}")
        return text


def _characters(count: int) -> str:
    return "1 character" if count == 1 else f"{count} characters"


class Numeric(Kind):
    """The base of integers and numbers."""

    pattern: re.Pattern[str] = NUMBER

    def __init__(
        self,
        *,
        minimum: Bound | None = None,
        maximum: Bound | None = None,
        above: Bound | None = None,
        below: Bound | None = None,
        multiple_of: Bound | None = None,
    ) -> None:
        self.minimum = minimum
        self.maximum = maximum
        self.above = above
        self.below = below
        self.multiple_of = multiple_of

    def read(self, text: str) -> JSON:
        """Return the number, with the digits of the text."""
        if not self.pattern.fullmatch(text):
            raise ValueError(f"{shown(text)} is not {describe([self.name])}")
        fault = self._fault(Decimal(text))
        if fault:
            raise ValueError(f"must be {fault}, not {shown(text)}")
        return parse(text)

    def _fault(self, number: Decimal) -> str | None:
        if self.minimum is not None and number < _decimal(self.minimum):
            return f"at least {self.minimum}"
        if self.maximum is not None and number > _decimal(self.maximum):
            return f"at most {self.maximum}"
        if self.above is not None and number <= _decimal(self.above):
            return f"more than {self.above}"
        if self.below is not None and number >= _decimal(self.below):
            return f"less than {self.below}"
        if self.multiple_of is not None and not _is_multiple(number, _decimal(self.multiple_of)):
            return f"a multiple of {self.multiple_of}"
        return None


def _decimal(bound: Bound) -> Decimal:
    return Decimal(str(bound))


def _is_multiple(number: Decimal, step: Decimal) -> bool:
    from fractions import Fraction

    exponents = (number.as_tuple().exponent, step.as_tuple().exponent)
    if any(not isinstance(each, int) or abs(each) > MAX_EXPONENT for each in exponents):
        return True
    return (Fraction(number) / Fraction(step)).denominator == 1


class Integer(Numeric):
    """An integer, however large."""

    name = "integer"
    pattern = INTEGER


class Number(Numeric):
    """A number as in JSON. All digits are kept, including trailing zeros."""

    name = "number"


class Boolean(Kind):
    """true or false."""

    name = "boolean"

    def read(self, text: str) -> JSON:
        """Return the truth value."""
        if text not in {"true", "false"}:
            raise ValueError(f"{shown(text)} is not true or false")
        return text == "true"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Complete true and false."""
        return [CompletionItem(word) for word in ("true", "false") if word.startswith(incomplete)]


class Date(Kind):
    """A day, as in 2026-12-24."""

    name = "date"

    def read(self, text: str) -> JSON:
        """Return the text."""
        if not _is_date(text):
            raise ValueError(f"{shown(text)} is not a date: write YYYY-MM-DD, such as 2026-12-24")
        return text


class DateTime(Kind):
    """A point in time with its offset (RFC 3339), as in 2026-12-24T18:00:00Z; leap seconds included."""

    name = "date-time"

    def read(self, text: str) -> JSON:
        """Return the text."""
        day, time = text[:10], text[11:]
        if text[10:11] not in {"T", "t", " "} or not _is_date(day) or not TIME.fullmatch(time):
            raise ValueError(
                f"{shown(text)} is not a date with a time: write it as 2026-12-24T18:00:00Z"
            )
        return text


def _is_date(text: str) -> bool:
    match = DATE.fullmatch(text)
    if not match:
        return False
    year, month, day = map(int, match.groups())
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 1 <= month <= len(MONTHS) and 1 <= day <= MONTHS[month - 1] + (
        month == FEBRUARY and is_leap
    )


class UUIDText(Kind):
    """A UUID, whose case is kept."""

    name = "uuid"

    def read(self, text: str) -> JSON:
        """Return the text."""
        if not UUID.fullmatch(text):
            raise ValueError(
                f"{shown(text)} is not a UUID such as 0b8ea1d6-3c5f-4e57-9d1c-6a2f0f5b7c41"
            )
        return text


class JSONValue(Kind):
    """A value written as JSON, of one of several types; of any type if none are given.

    If strings are among them, a text that is not valid JSON is a string.
    """

    def __init__(self, *kinds: str) -> None:
        self.kinds = frozenset(kinds or KINDS)
        self.name = kinds[0] if len(kinds) == 1 else "json"

    def read(self, text: str) -> JSON:
        """Return the value that the text represents."""
        return typed(text, self.kinds)


class Choice(Kind):
    """One of several values other than null: strings are written without quotes, others as JSON.

    A string that looks like another of the values is written in quotes: 1 is the number, "1" the string.
    """

    name = "choice"

    def __init__(self, *values: JSON) -> None:
        others = {_token(value) for value in values if not isinstance(value, str)}
        self.values: dict[str, JSON] = {}
        for value in values:
            is_plain = isinstance(value, str) and value not in others
            self.values.setdefault(str(value) if is_plain else _token(value), value)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        """Return the values if they are few and short, as help shows them."""
        return f"[{self._short()}]" if self._short() else "CHOICE"

    def listed(self, limit: int = 12) -> str | None:
        """Return the values for help, unless the metavar lists them all."""
        if self._short():
            return None
        return ", ".join(self._words()[:limit]) + (", …" if len(self.values) > limit else "")

    def _short(self) -> str | None:
        line = "|".join(self._words())
        return line if len(line) <= MAX_METAVAR else None

    def _words(self) -> list[str]:
        return [
            word if word.isprintable() and word.split() == [word] else _token(word)
            for word in self.values
        ]

    def read(self, text: str) -> JSON:
        """Return the value that the text represents; a number keeps the digits that were typed."""
        if text in self.values:
            return self.values[text]
        try:
            value = parse(text)
        except ValueError:
            value = None
        if value is not None:
            for known in self.values.values():
                if type(known) is type(value) is str and known == value:
                    return known
                if (
                    not isinstance(value, str | bool)
                    and not isinstance(known, bool)
                    and known == value
                ):
                    return value
        raise ValueError(f"{shown(text)} is not one of {self._listed()}")

    def _listed(self, limit: int = 12) -> str:
        words = [
            shown(word) if word in self.values and isinstance(self.values[word], str) else word
            for word in self.values
        ]
        return ", ".join(words[:limit]) + (", …" if len(words) > limit else "")

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Complete the values that are a single line and do not begin with a quote, which a shell would leave open."""
        return [
            CompletionItem(word)
            for word in self.values
            if word.startswith(incomplete) and word.isprintable() and word[:1] not in {"", "'", '"'}
        ]


def _token(value: JSON) -> str:
    from ..._core import dumps

    return dumps(value)
