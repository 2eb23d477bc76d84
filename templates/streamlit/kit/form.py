"""A form: the value being created or changed, kept between runs.

Streamlit resets widgets that a run does not draw. So the value is kept here, and passed to each widget. Untouched parts
stay exactly as the server sent them: digits, line breaks, and whether they are absent or null.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, cast

import streamlit as st

from ..._core.errors import Fault
from . import fields, words
from .boxes import Box
from .nodes import ABSENT, Absent, Context, Node, Spot, Value, equal, escaped_steps

if TYPE_CHECKING:
    from ..._core import JSON
    from .page import Names, ResourcePage
    from .shapes import Shape

__all__ = ["ABSENT", "Absent", "Fault", "Form", "Value"]

_COUNT = "firestone.forms"
"""The number of forms created for each name, so that the widgets of each form get keys of their own."""


class Form:
    """The input for a value that is being created or changed."""

    def __init__(  # noqa: PLR0913
        self,
        page: ResourcePage,
        shape: Shape,
        name: str,
        original: JSON | Absent,
        *,
        seed: JSON | Absent = ABSENT,
        hidden: Names = (),
        is_new: bool,
    ) -> None:
        """Create a form for the server's value, or for a seed, which counts as input. hidden members stay as they are."""
        self.original = original
        counted = cast("dict[str, int]", st.session_state.setdefault(_COUNT, {}))
        prefix = f"{page.module}:{name}"
        number = counted[prefix] = counted.get(prefix, 0) + 1
        prefix += f".{number}" if number > 1 else ""
        self._context = Context(page, prefix, fields.make, is_new)
        self._start: Value = original if seed is ABSENT else seed
        self._node = fields.root(Spot(self._context), shape, self._start, (*hidden, *page.hidden))
        self._faults: list[tuple[Fault, Node | None]] = []
        """The faults, each with the field that it is attached to, if any."""
        self.is_outdated = False
        """Whether faults were set after the fields were drawn."""
        self._first = self._node.value

    @property
    def draft(self) -> JSON:
        """The current input; the server's value, digit for digit, if nothing was changed."""
        value = self._node.value
        if self.original is not ABSENT and equal(value, self.original):
            return self.original
        return {} if value is ABSENT else value

    @property
    def problems(self) -> Mapping[str, str]:
        """The invalid input, by JSON pointer."""
        return dict(self._node.problems())

    @property
    def is_changed(self) -> bool:
        """Whether the input differs from the original."""
        before = self._first if self.original is ABSENT else self.original
        return bool(self.problems) or not equal(self._node.value, before)

    @property
    def faults(self) -> list[Fault]:
        """The faults that the check or the server reported on saving, except those of values that were changed since."""
        return [fault for fault, node in self._faults if node is None or node.standing]

    @faults.setter
    def faults(self, found: Iterable[Fault]) -> None:
        """Replace the faults, and attach them to their fields."""
        self._node.clear()
        self._faults = [(fault, self._attach(fault)) for fault in found]
        self.is_outdated = bool(self._faults)

    def _attach(self, fault: Fault) -> Node | None:
        """Attach a fault to its field, and return that, or None if there is none."""
        if not fault.pointer or fault.parameter is not None:
            return None
        node, rest = self._node.place(escaped_steps(fault.pointer))
        if node is self._node and isinstance(node, Box) and node.json is None:
            return None
        place = words.capital(", ".join(node.titles(rest)))
        node.blame(words.about(place, fault.detail) if place else fault.detail)
        return node

    def location(self, pointer: str) -> str:
        """Return the titles on the way to a value: Lines, row 2, Amount."""
        return words.capital(", ".join(self._node.titles(escaped_steps(pointer))))

    def draw(self) -> None:
        """Draw the fields, and read their input."""
        self.is_outdated = False
        if isinstance(self._node, Box):
            self._node.draw_inside()
        else:
            self._node.draw()
        self._draw_toggle()

    def _draw_toggle(self) -> None:
        st.toggle(
            "Allow empty values",
            value=self._context.distinguishes_empty,
            help="A field that is empty is normally left out. Choose for each what empty means.",
            key=self._context.key,
            on_change=self._context.update,
        )
