"""A form: the value being created or changed, kept between runs.

Widgets that a run does not draw lose what they hold: the value is here, and each widget is made with it. What nobody
touches stays the very value that the server had: its digits, its line breaks, what is absent and what is null.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, cast

import streamlit as st

from ..._core.errors import Fault
from . import fields, words
from .boxes import Box
from .leaves import equal
from .nodes import ABSENT, Absent, Context, Spot, Value, escaped_steps

if TYPE_CHECKING:
    from ..._core import JSON
    from .page import Names, ResourcePage
    from .shapes import Shape

__all__ = ["ABSENT", "Absent", "Fault", "Form", "Value"]

_COUNT = "firestone.forms"
"""How many forms of each name there were: the widgets of a new one are others than those of the one before."""


class Form:
    """What somebody types as a value that is being made or changed."""

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
        """Begin with what the server has, or with a seed: what is typed already. hidden are members that stay as they are."""
        self.original = original
        counted = cast("dict[str, int]", st.session_state.setdefault(_COUNT, {}))
        prefix = f"{page.module}:{name}"
        number = counted[prefix] = counted.get(prefix, 0) + 1
        prefix += f".{number}" if number > 1 else ""
        self._context = Context(page, prefix, fields.make, is_new)
        self._start: Value = original if seed is ABSENT else seed
        self._node = fields.root(Spot(self._context), shape, self._start, (*hidden, *page.hidden))
        self._faults: list[Fault] = []
        self.unplaced: list[Fault] = []
        """Faults of which no field is drawn."""
        self.is_outdated = False
        """Whether something was said of it that no field shows yet, since they were drawn before."""
        self._first = self._node.value

    @property
    def draft(self) -> JSON:
        """What is typed now; the value of the server, digit for digit, where nothing was touched."""
        value = self._node.value
        if self.original is not ABSENT and equal(value, self.original):
            return self.original
        return {} if value is ABSENT else value

    @property
    def problems(self) -> Mapping[str, str]:
        """What cannot be read, by JSON pointer."""
        return dict(self._node.problems())

    @property
    def is_changed(self) -> bool:
        """Whether something else is typed than there was."""
        before = self._first if self.original is ABSENT else self.original
        return bool(self.problems) or not equal(self._node.value, before)

    @property
    def faults(self) -> list[Fault]:
        """What the check or the server said of what was saved."""
        return self._faults

    @faults.setter
    def faults(self, found: Iterable[Fault]) -> None:
        """Let the fields show what was said; what was said before is forgotten."""
        self._node.clear()
        self._faults = list(found)
        self.is_outdated = bool(self._faults)
        self.unplaced = [fault for fault in self._faults if not self._placed(fault)]

    def _placed(self, fault: Fault) -> bool:
        """Let the field that a fault is about show it; report whether there is one."""
        if not fault.pointer or fault.parameter is not None:
            return False
        node, rest = self._node.place(escaped_steps(fault.pointer))
        if node is self._node and isinstance(node, Box) and node.json is None:
            return False
        place = words.capital(", ".join(node.told(rest)))
        node.faults.append(words.about(place, fault.detail) if place else fault.detail)
        return True

    def told(self, pointer: str) -> str:
        """Return what people call a place: Lines, row 2, Amount."""
        return words.capital(", ".join(self._node.told(escaped_steps(pointer))))

    def draw(self) -> None:
        """Draw the fields, and take what was typed."""
        self.is_outdated = False
        if isinstance(self._node, Box):
            self._node.draw_inside()
        else:
            self._node.draw()
        self._draw_toggle()

    def _draw_toggle(self) -> None:
        st.toggle(
            "Allow empty values",
            value=self._context.tells_empty,
            help="A field that is empty is normally left out. Choose for each what empty means.",
            key=self._context.key,
            on_change=self._context.tell,
        )
