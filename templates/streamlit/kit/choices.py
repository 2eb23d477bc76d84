"""One of several values: those of an enum, yes or no."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from ..._core.validation import is_equal
from . import words
from .leaves import Leaf, may_be_null, unique_labels
from .nodes import ABSENT, Spot, Value

if TYPE_CHECKING:
    from ..._core import JSON
    from .shapes import Shape

_FEW = 5
_SHORT = 48
"""The total length of labels that fit side by side."""


class Choice(Leaf):
    """One of several values, including the server's value if the definition does not list it."""

    def __init__(self, spot: Spot, shape: Shape, start: Value) -> None:
        super().__init__(spot, shape, start)
        self.options: list[JSON] = list(shape.enum) or [True, False]
        named = [_named(shape, each) for each in self.options]
        if start is not ABSENT and start is not None and self._at(start) is None:
            self.options.append(start)
            named.append(f"{words.text(start)} (not listed)")
        self.labels = [
            self._marked(i, each) for i, each in enumerate(unique_labels(self.options, named))
        ]
        if may_be_null(self):
            self.options.append(None)
            self.labels.append("Null")
            self.empty_value = ABSENT
        widget = shape.hint("widget")
        few = len(self.options) <= _FEW and sum(map(len, self.labels)) <= _SHORT
        # Radio buttons cannot be deselected: a value that may be left empty needs a list that can be cleared.
        is_needed = not spot.may_be_absent
        self.is_side_by_side = few and is_needed and widget not in {"select", "radio"}
        self.is_radio = widget == "radio" or self.is_side_by_side

    @property
    def is_empty(self) -> bool:
        """Return False: null is one of the options."""
        return False

    @property
    def layout(self) -> str:
        """How much room it takes."""
        return "wide" if self.is_radio and not self.is_side_by_side else "short"

    def _marked(self, at: int, label: str) -> str:
        default = self.shape.schema.get("default", ABSENT)
        is_default = (
            self.spot.form.is_new and default is not ABSENT and is_equal(default, self.options[at])
        )
        return f"{label} (default)" if is_default else label

    @property
    def _numbers(self) -> list[int]:
        return list(range(len(self.options)))

    def _label(self, at: int) -> str:
        return self.labels[at]

    def _marked_label(self, at: int) -> str:
        return words.plain(self.labels[at])

    def _at(self, value: Value) -> int | None:
        found = (i for i, each in enumerate(self.options) if is_equal(each, value))
        return next(found, None) if value is not ABSENT else None

    def draw_widget(self) -> None:
        """Draw the values side by side if they are few, else as a dropdown."""
        at = self._at(self.now)
        found = self._radio(at) if self.is_radio else self._select(at)
        if found != at:
            self._take(found)

    def _take(self, at: int | None) -> None:
        if at is None:
            self.now = self.empty_value
        else:
            self.now = self.start if at == self._at(self.start) else self.options[at]

    def _radio(self, at: int | None) -> int | None:
        return st.radio(
            self.label,
            self._numbers,
            index=at,
            horizontal=self.is_side_by_side,
            format_func=self._marked_label,
            help=self.help,
            key=self.spot.key(),
            label_visibility=self.visibility,
        )

    def _select(self, at: int | None) -> int | None:
        key = self.spot.key()
        # With an index, it could not be cleared.
        if key not in st.session_state:
            st.session_state[key] = at
        return st.selectbox(
            self.label,
            self._numbers,
            index=None,
            format_func=self._label,
            placeholder="Not set" if self.spot.may_be_absent else "Choose",
            help=self.help,
            key=key,
            label_visibility=self.visibility,
        )


def _named(shape: Shape, value: JSON) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return shape.named(value)
