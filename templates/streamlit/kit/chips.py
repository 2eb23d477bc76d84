"""Sets of plain texts or enum values, as chips. Values that chips cannot represent exactly get rows instead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

import streamlit as st

from ..._core.jsontext import dumps
from . import words
from .leaves import Leaf, unique_labels
from .nodes import ABSENT, Spot, Value

if TYPE_CHECKING:
    from ..._core import JSON
    from .shapes import Shape


class Chips(Leaf):
    """A set of plain texts or enum values, as chips."""

    blank: Value = cast("Value", [])

    def __init__(self, spot: Spot, shape: Shape, start: Value) -> None:
        super().__init__(spot, shape, start)
        if start is ABSENT and not (spot.may_be_absent or shape.is_nullable):
            self.now = self.empty_value = cast("list[JSON]", [])
        self.texts: dict[str, JSON] = _texts(shape, start)
        """The values by the labels of their chips."""
        self.is_open = not shape.item.enum

    @property
    def layout(self) -> str:
        """How much room it takes."""
        return "wide"

    def named(self, step: str) -> str:
        """Return the label of a chip."""
        shown = self._shown()
        at = int(step) if step.isascii() and step.isdigit() else len(shown)
        return shown[at] if at < len(shown) else words.line(step)

    def draw_widget(self) -> None:
        """Draw the chips."""
        shown = self._shown()
        found = st.multiselect(
            self.label,
            list(dict.fromkeys([*self.texts, *shown])),
            default=shown,
            accept_new_options=self.is_open,
            placeholder=self.hint() or ("Type and press Enter" if self.is_open else "Choose"),
            help=self.help,
            key=self.spot.key(),
            label_visibility="visible",
        )
        if found != shown:
            self._take(found)

    def _shown(self) -> list[str]:
        """Return the labels of the current chips."""
        if not isinstance(self.now, list):
            return []
        labels = {_mark(value): text for text, value in self.texts.items()}
        return [labels.get(_mark(value), words.text(value)) for value in self.now]

    def _take(self, found: Sequence[str]) -> None:
        values: list[JSON] = [self.texts.get(text, text) for text in found]
        if not values:
            self.now = [] if isinstance(self.start, list) else self.empty_value
        else:
            self.now = values


def are_chips(shape: Shape, start: Value) -> bool:
    """Report whether chips can represent a list, whatever is added to it: a set of plain texts or of enum values."""
    item = shape.item
    if item.is_nullable or shape.hint("widget") == "rows":
        return False
    if item.kind == "enum":
        is_open = False
    elif item.kind == "string" and not item.format and not item.is_secret and not item.is_binary:
        is_open = True
    else:
        return False
    if start is ABSENT or start is None:
        return True
    values = start if isinstance(start, list) else []
    marks = [_mark(value) for value in values]
    if len(set(marks)) < len(marks) or (is_open and not all(map(_is_plain, values))):
        return False
    texts = [words.text(value) for value in values]
    return len(set(texts)) == len(texts)


def _is_plain(value: JSON) -> bool:
    """Report whether a text can be shown in a chip exactly."""
    return (
        isinstance(value, str)
        and value == value.strip() != ""
        and value == words.line(value)
        and "," not in value
        and len(value) <= 60
    )


def _texts(shape: Shape, start: Value) -> dict[str, JSON]:
    values = list(shape.item.enum)
    if values and isinstance(start, list):
        known = {_mark(value) for value in values}
        values += [value for value in start if _mark(value) not in known]
    labels = unique_labels(values, [shape.item.named(value) for value in values])
    return dict(zip(labels, values, strict=True))


def _mark(value: JSON) -> str:
    return dumps(value)
