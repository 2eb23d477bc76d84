"""The columns of a table: how the values of a member are shown, with all their digits."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast

import streamlit as st

from ..._core.jsontext import dumps
from . import words

if TYPE_CHECKING:
    from ..._core import JSON
    from .shapes import Shape

Color: TypeAlias = Literal["blue", "green", "orange", "violet", "red", "yellow", "gray"]

COLORS: tuple[Color, ...] = ("blue", "green", "orange", "violet", "red", "yellow", "gray")
"""The colours for the values of an enum, in order."""

_MAX_EXACT = 2**53
_MAX_LENGTH = 200
_PLAIN = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?")
_FIXED = re.compile(r"-?(?:0|[1-9]\d*)\.(\d+)")
_WEB = re.compile(
    r"https?://[^\s\x00-\x20\x7f-\xa0\"<>\\^`{|}\u2028-\u202e\u2066-\u2069\ud800-\udfff]+",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d)(?::(\d\d(?:\.\d+)?))?\s?([Zz]|[+-]\d\d:?\d\d)?"
)


@dataclass(frozen=True)
class Column:
    """The values of a column, and its configuration."""

    values: list[Any]
    dtype: str
    config: Any


def column(
    shape: Shape, title: str, values: Sequence[JSON], names: Mapping[str, str] | None = None
) -> Column:
    """Return the column for a member. names are the labels of the records that the values refer to."""
    common: dict[str, Any] = {"label": title, "help": words.plain(shape.description) or None}
    if names is not None:
        return _named(common, values, names)
    for make in (_pills, _lists, _booleans, _numbers, _dates, _links):
        found = make(shape, common, values)
        if found is not None:
            return found
    is_number = shape.kind in {"integer", "number"}
    config = st.column_config.TextColumn(**common, alignment="right" if is_number else "left")
    return Column([shown(shape, value) for value in values], "string", config)


def color(shape: Shape, value: JSON) -> Color:
    """Return the colour of a value of an enum."""
    return COLORS[shape.enum.index(value) % len(COLORS)] if value in shape.enum else "gray"


def shown(shape: Shape, value: JSON) -> str | None:
    """Return a value as one line of text, None for null."""
    if value is None:
        return None
    if not isinstance(value, str):
        return words.cut(words.line(dumps(value)), _MAX_LENGTH)
    if shape.is_binary:
        return size(value)
    if shape.format == "date-time":
        return moment(value)
    return brief(value)


def brief(text: str) -> str:
    """Return the first line of a text, with an ellipsis if there are more."""
    lines = [each for each in text.splitlines() if each.strip()]
    first = words.cut(words.line(lines[0]), _MAX_LENGTH) if lines else ""
    return f"{first} …" if len(lines) > 1 and not first.endswith("…") else first


def size(text: str) -> str:
    """Return the size of the bytes in a base64 text."""
    return f"{len(text) * 3 // 4:,} bytes"


def is_link(text: str) -> bool:
    """Report whether a text is a web address."""
    return _WEB.fullmatch(text) is not None


def moment(text: str) -> str:
    """Return a date and time in a readable form, in its own time zone."""
    found = _TIME.fullmatch(text)
    if found is None:
        return brief(text)
    day, minute, second, zone = found.groups()
    seconds = "" if second is None or not second.strip("0.") else f":{second}"
    if zone in {"Z", "z", "+00:00"}:
        zone = "UTC"
    return f"{day} {minute}{seconds}" + (f" {zone}" if zone else "")


def _pills(shape: Shape, common: dict[str, Any], values: Sequence[JSON]) -> Column | None:
    """Return a column of coloured pills if the values are those of an enum."""
    is_list = shape.kind == "array" and shape.item.kind == "enum"
    listed = shape.item if is_list else shape
    if listed.kind != "enum" or (is_list and not all(_is_list(value) for value in values)):
        return None
    held = [
        None if value is None else cast("list[JSON]", value) if is_list else [value]
        for value in values
    ]
    options: dict[str, Color] = {}
    for each in (*listed.enum, *(each for row in held for each in row or ())):
        options.setdefault(listed.named(each), color(listed, each))
    config = st.column_config.MultiselectColumn(
        **common, options=list(options), color=list(options.values())
    )
    cells = [None if row is None else [listed.named(each) for each in row] for row in held]
    return Column(cells, "object", config)


def _lists(shape: Shape, common: dict[str, Any], values: Sequence[JSON]) -> Column | None:
    """Return a column of lists if the values are lists of scalars."""
    if shape.kind != "array" or not all(_is_list(value) for value in values):
        return None
    cells = [
        None if value is None else [_item(each) for each in cast("list[JSON]", value)]
        for value in values
    ]
    return Column(cells, "object", st.column_config.ListColumn(**common))


def _item(value: JSON) -> str:
    return brief(value) if isinstance(value, str) else dumps(value)


def _is_list(value: JSON) -> bool:
    return value is None or (
        isinstance(value, list) and not any(isinstance(each, dict | list) for each in value)
    )


def _booleans(shape: Shape, common: dict[str, Any], values: Sequence[JSON]) -> Column | None:
    if shape.kind != "boolean" or not all(isinstance(each, bool | None) for each in values):
        return None
    return Column(list(values), "boolean", st.column_config.CheckboxColumn(**common))


def _numbers(shape: Shape, common: dict[str, Any], values: Sequence[JSON]) -> Column | None:
    """Return a column of numbers if it would show all of their digits."""
    if shape.kind not in {"integer", "number"}:
        return None
    there = [each for each in values if each is not None]
    if any(isinstance(each, bool) or not isinstance(each, int | float | Decimal) for each in there):
        return None
    texts = [dumps(each) for each in there]
    if any(text == "-0" or len(text.lstrip("-").replace(".", "")) > 15 for text in texts):
        return None
    if all(isinstance(each, int) and abs(each) < _MAX_EXACT for each in there):
        config = st.column_config.NumberColumn(**common, format="%d")
        return Column(list(values), "Int64", config)
    fixed = [_FIXED.fullmatch(text) for text in texts]
    places = {len(each.group(1)) for each in fixed if each}
    if all(fixed) and len(places) == 1:
        layout = f"%.{places.pop()}f"
    elif all(_PLAIN.fullmatch(text) for text in texts):
        layout = "plain"
    else:
        return None
    # For display only: values that are sent to the server are never taken from a table.
    numbers = [None if each is None else float(cast("Decimal", each)) for each in values]
    return Column(numbers, "Float64", st.column_config.NumberColumn(**common, format=layout))


def _dates(shape: Shape, common: dict[str, Any], values: Sequence[JSON]) -> Column | None:
    if shape.kind != "string" or shape.format != "date":
        return None
    try:
        days = [None if each is None else _day(each) for each in values]
    except ValueError:
        return None
    config = st.column_config.DateColumn(**common, format="YYYY-MM-DD")
    return Column(days, "object", config)


def _day(value: JSON) -> datetime.date:
    if not isinstance(value, str) or len(value) != 10:
        raise ValueError(value)
    return datetime.date.fromisoformat(value)


def _links(shape: Shape, common: dict[str, Any], values: Sequence[JSON]) -> Column | None:
    """Return a column of links if all values are web addresses."""
    if shape.kind != "string" or shape.format not in {"uri", "url", "iri"}:
        return None
    if not all(value is None or (isinstance(value, str) and is_link(value)) for value in values):
        return None
    return Column(list(values), "string", st.column_config.LinkColumn(**common))


def _named(common: dict[str, Any], values: Sequence[JSON], names: Mapping[str, str]) -> Column:
    """Return a column of the labels of other records."""

    def name(value: JSON) -> str:
        text = words.text(value)
        return brief(names.get(text, text))

    if any(isinstance(value, list) for value in values):
        cells = [
            None
            if value is None
            else [name(each) for each in (value if isinstance(value, list) else [value])]
            for value in values
        ]
        return Column(cells, "object", st.column_config.ListColumn(**common))
    texts = [None if value is None else name(value) for value in values]
    return Column(texts, "string", st.column_config.TextColumn(**common))
