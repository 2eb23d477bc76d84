"""Unions: one alternative is selected, and the others keep their input."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from . import words
from .boxes import Box
from .leaves import unique_labels
from .nodes import ABSENT, Node, Spot, Value
from .objects import Object

if TYPE_CHECKING:
    from ..._core import JSON
    from .shapes import Shape

_MAX_SIDE_BY_SIDE = 5


class Union(Box):
    """A value that is one of several kinds."""

    def __init__(
        self, spot: Spot, shape: Shape, start: Value, *, hidden: Sequence[str] = ()
    ) -> None:
        self.hidden = hidden
        self.at: int | None = None
        self.alternatives: dict[int, Node] = {}
        numbers: list[JSON] = list(range(len(shape.options)))
        self.labels = unique_labels(numbers, [option.title for option in shape.options])
        super().__init__(spot, shape, start)

    def load(self, value: Value) -> None:
        """Create the alternative for a value."""
        self.alternatives = {}
        self.at = None
        if value is ABSENT or value is None:
            if not self.may_be_empty and not self.spot.depth:
                self._choose(0, ABSENT)
            return
        self._choose(_alternative(self.shape, value), value)

    def _choose(self, at: int | None, value: Value) -> None:
        self.at = at
        if at is None or at in self.alternatives:
            return
        shape = self.shape.options[at].shape
        # The alternative has the same position, and is always present.
        spot = Spot(
            self.spot.form,
            self.inner.other(f"option{at}").path,
            self.spot.steps,
            self.spot.depth,
            is_item=shape.kind not in {"object", "map", "array", "tuple", "union"},
        )
        if shape.kind == "object":
            node: Node = Object(
                spot, shape, value, hidden=self.hidden, shared=self._shared(), is_alternative=True
            )
        else:
            node = self.spot.form.make(spot, shape, value)
        node.title = self.title
        self.alternatives[at] = node

    def _shared(self) -> dict[str, Node]:
        """Return the existing nodes of members, so that alternatives with the same members share their input."""
        found: dict[str, Node] = {}
        for node in self.alternatives.values():
            if isinstance(node, Object):
                found |= {
                    name: each for name, each in node.members.items() if not each.shape.is_const
                }
        return found

    def begin(self) -> None:
        """Select the first alternative."""
        self._choose(0, ABSENT)

    @property
    def chosen(self) -> Node | None:
        """The selected alternative."""
        return self.alternatives.get(self.at) if self.at is not None else None

    @property
    def is_present(self) -> bool:
        """Whether an alternative is selected."""
        return self.chosen is not None

    def fits(self, value: Value) -> bool:
        """Report whether a value suits an alternative, or is absent or null if that is allowed."""
        if value is ABSENT or value is None:
            return self.may_be_empty
        return fits_one(self.shape, value)

    def parts(self) -> Sequence[tuple[str, Node]]:
        """Return the nodes of the alternative."""
        return self.chosen.children() if self.chosen else ()

    def assemble(self) -> Value:
        """Return the value of the alternative."""
        return self.chosen.value if self.chosen else self.empty_value

    def named(self, step: str) -> str:
        """Return the title of a node in the alternative."""
        return self.chosen.named(step) if self.chosen else super().named(step)

    @property
    def problem(self) -> str:
        """Why the input is not valid."""
        return self.chosen.problem if self.json is None and self.chosen else ""

    def problems(self, pointer: str = "") -> Iterator[tuple[str, str]]:
        """Yield the problems of the input."""
        if self.json is not None:
            yield from self.json.problems(pointer)
        elif self.chosen is not None:
            yield from self.chosen.problems(pointer)

    # Drawing

    def draw_body(self) -> None:
        """Draw the alternative."""
        node = self.chosen
        if isinstance(node, Box):
            node.draw_body()
        elif node is not None:
            node.draw()

    def draw_inside(self) -> None:
        """Draw the choice of the alternative, and the alternative."""
        if self.json is None:
            self._draw_choice()
        super().draw_inside()

    def draw_messages(self) -> None:
        """Draw its faults; the alternative itself draws the problems of the input."""
        for text in self.standing:
            st.markdown(f":red[{words.plain(text)}]")
        if isinstance(self.chosen, Box):
            self.chosen.draw_messages()

    def _label(self, at: int) -> str:
        return self.labels[at]

    def _marked_label(self, at: int) -> str:
        return words.plain(self.labels[at])

    def _draw_choice(self) -> None:
        numbers = list(range(len(self.labels)))
        key = self.inner.key("kind")
        label = f"Kind of {words.plain(self.title)}" if self.title else "Kind"
        is_short = len(numbers) <= _MAX_SIDE_BY_SIDE and sum(map(len, self.labels)) <= 60
        if is_short and not self.may_be_empty:
            found = st.radio(
                label,
                numbers,
                index=self.at,
                horizontal=True,
                format_func=self._marked_label,
                key=key,
                label_visibility="collapsed",
            )
        else:
            if key not in st.session_state:
                st.session_state[key] = self.at
            found = st.selectbox(
                label,
                numbers,
                index=None,
                format_func=self._label,
                placeholder="Choose",
                key=key,
                label_visibility="collapsed",
            )
        if found != self.at:
            self._choose(found, ABSENT)


def _alternative(shape: Shape, value: JSON) -> int:
    """Return the alternative for a value: one that it is valid against, else the one that its constants identify."""
    found = shape.chosen(value)
    if found is not None:
        return found
    if isinstance(value, dict):
        for at, option in enumerate(shape.options):
            constants = [each for each in option.shape.fields.values() if each.is_const]
            if constants and all(value.get(each.name) == each.enum[0] for each in constants):
                return at
    return next(
        (at for at, option in enumerate(shape.options) if _has_kind(option.shape, value)), 0
    )


def fits_one(shape: Shape, value: JSON) -> bool:
    """Report whether there is an alternative that can represent a value."""
    return any(_has_kind(option.shape, value) for option in shape.options)


def _has_kind(shape: Shape, value: JSON) -> bool:
    from .fields import fits

    return fits(shape, value)
