"""Dates and times. Values that a calendar cannot represent exactly (fractions of seconds, offsets) stay texts."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING

import streamlit as st

from .leaves import Leaf
from .nodes import ABSENT, Value

if TYPE_CHECKING:
    from .shapes import Shape

_FIRST, _LAST = datetime.date(1000, 1, 1), datetime.date(9999, 12, 31)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MINUTE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d):00Z", re.ASCII)


class Day(Leaf):
    """A date."""

    def draw_widget(self) -> None:
        """Draw a calendar."""
        key = self.spot.key()
        shown = _date(self.now)
        if key not in st.session_state:
            st.session_state[key] = shown
        found = st.date_input(
            self.label,
            value=None,
            min_value=_FIRST,
            max_value=_LAST,
            format="YYYY-MM-DD",
            help=self.help,
            key=key,
            label_visibility=self.visibility,
        )
        if found != shown:
            self.now = found.isoformat() if isinstance(found, datetime.date) else self.empty_value


class Moment(Leaf):
    """A date and time in UTC, as the label says."""

    @property
    def label(self) -> str:
        """The title with the time zone."""
        title, star, _ = super().label.partition(" *")
        return f"{title} (UTC){star}"

    def draw_widget(self) -> None:
        """Draw a calendar with a clock."""
        key = self.spot.key()
        shown = _moment(self.now)
        if key not in st.session_state:
            st.session_state[key] = shown
        found = st.datetime_input(
            self.label,
            value=None,
            min_value=datetime.datetime.combine(_FIRST, datetime.time.min),
            max_value=datetime.datetime.combine(_LAST, datetime.time.max),
            format="YYYY-MM-DD",
            step=60,
            help=self.help,
            key=key,
            label_visibility=self.visibility,
        )
        if found != shown:
            self.now = f"{found:%Y-%m-%dT%H:%M:%S}Z" if found is not None else self.empty_value


def is_day(shape: Shape, start: Value) -> bool:
    """Report whether a calendar can represent it."""
    return shape.format == "date" and (start is ABSENT or start is None or _date(start) is not None)


def is_moment(shape: Shape, start: Value) -> bool:
    """Report whether a calendar with a clock can represent it, and write it back unchanged."""
    return shape.format == "date-time" and (
        start is ABSENT or start is None or _moment(start) is not None
    )


def _date(value: Value) -> datetime.date | None:
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return None
    try:
        found = datetime.date.fromisoformat(value)
    except ValueError:
        return None
    return found if found >= _FIRST else None


def _moment(value: Value) -> datetime.datetime | None:
    if not isinstance(value, str) or not (found := _MINUTE.fullmatch(value)):
        return None
    try:
        moment = datetime.datetime.fromisoformat(found[1])
    except ValueError:
        return None
    return moment if moment.date() >= _FIRST else None
