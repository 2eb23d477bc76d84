"""Numbers, with all their digits. Integers within bounds get buttons to increase and decrease them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, cast

import streamlit as st

from ..._core.jsontext import dumps, kind_of, loads
from .leaves import Leaf
from .nodes import ABSENT, Value
from .texts import Typed

if TYPE_CHECKING:
    from ..._core import JSON
    from .shapes import Shape

_EXACT = 2**53 - 1
"""The largest integer that a browser represents exactly."""
_COMMA = re.compile(r"-?\d+,\d+", re.ASCII)
_SMALL = {"int8", "int16", "int32", "uint8", "uint16", "uint32"}


def number(text: str, *, is_whole: bool) -> JSON:
    """Parse a number, keeping all its digits. Raises ValueError if it is not one."""
    text = text.strip().removeprefix("+")
    if _COMMA.fullmatch(text):
        raise ValueError(f"Write {text.replace(',', '.')}, with a point.")
    try:
        found = loads(text)
    except ValueError:
        found = None
    kind = kind_of(found)
    if kind == "integer" or (kind == "number" and not is_whole):
        return found
    what = "a whole number, such as 12" if is_whole else "a number, such as 12 or 0.5"
    raise ValueError(f"{text[:40] or 'A blank'} is not {what}.")


class Digits(Typed):
    """A number in a text field, so that no digit is lost."""

    def shown(self, value: Value) -> str:
        """Return the digits."""
        return dumps(value) if value is not ABSENT and value is not None else ""

    def read(self, text: str) -> Value:
        """Parse a number."""
        return number(text, is_whole=self.shape.kind == "integer")


class Counter(Leaf):
    """An integer whose bounds a browser can represent exactly."""

    def draw_widget(self) -> None:
        """Draw a field with buttons. The widget does not get the bounds, since it would not report what it refuses."""
        key = self.spot.key()
        shown = self.now if isinstance(self.now, int) else None
        if key not in st.session_state:
            st.session_state[key] = shown
        found = st.number_input(
            self.label,
            value=None,
            step=1,
            format="%d",
            help=self.help,
            placeholder=self.hint() or None,
            key=key,
            label_visibility=self.visibility,
        )
        if found != shown:
            self.now = self.empty_value if found is None else found


def is_counted(shape: Shape, start: Value) -> bool:
    """Report whether a browser can represent an integer exactly, and every value that it may have."""
    is_known = start is ABSENT or start is None or (type(start) is int and abs(start) <= _EXACT)
    if shape.kind != "integer" or not is_known:
        return False
    low = _bound(shape, "minimum", "exclusiveMinimum")
    high = _bound(shape, "maximum", "exclusiveMaximum")
    if low is None or high is None:
        return shape.format in _SMALL
    return low >= -_EXACT and high <= _EXACT


def _bound(shape: Shape, *keywords: str) -> Decimal | None:
    found = [shape.number(keyword) for keyword in keywords]
    return next((Decimal(cast("int", each)) for each in found if each is not None), None)
