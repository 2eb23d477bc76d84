"""Objects: their members in two columns and in groups. Some members of large objects are collapsed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from . import references, words
from .boxes import Box
from .layout import draw, expander, grouped
from .leaves import ReadOnly
from .maps import Map
from .nodes import ABSENT, Node, Spot, Value, equal

if TYPE_CHECKING:
    from ..._core import JSON
    from .shapes import Shape

_FOLDED = 2
"""The depth from which on objects can be collapsed."""
_MANY = 30
_FIRST = 20
"""How many of many fields are always shown, besides required ones."""
_NONE: Mapping[str, Node] = {}


class Object(Box):
    """An object with known members."""

    def __init__(  # noqa: PLR0913
        self,
        spot: Spot,
        shape: Shape,
        start: Value,
        *,
        hidden: Sequence[str] = (),
        shared: Mapping[str, Node] = _NONE,
        is_alternative: bool = False,
    ) -> None:
        """Create it. shared are nodes of members in common with other alternatives; is_alternative: constants identify it."""
        self.hidden = frozenset(hidden)
        self.shared = shared
        self.is_alternative = is_alternative
        self.members: dict[str, Node] = {}
        self.others: Map | None = None
        self._is_present = False
        super().__init__(spot, shape, start)

    def load(self, value: Value) -> None:
        """Create the members, if there is an object."""
        self.members, self.others = {}, None
        self._is_present = isinstance(value, dict) or not self.may_be_empty
        if self._is_present:
            self._build(value if isinstance(value, dict) else {})

    def _build(self, start: Mapping[str, JSON]) -> None:
        for name, shape in self.shape.fields.items():
            found = self._member(name, shape, start.get(name, ABSENT))
            if found is not None:
                self.members[name] = found
        titles = references.unique({name: each.title for name, each in self.members.items()})
        for name, each in self.members.items():
            each.title = titles[name]
        if self.shape.extra is not None and self.shape.extra.kind != "any":
            rest: JSON = {
                name: each
                for name, each in start.items()
                if name not in self.shape.fields and name not in self.hidden
            }
            spot = self.inner.other("others")
            self.others = Map(spot, self.shape, rest or ABSENT)
            self.others.title = "Others"

    def _member(self, name: str, shape: Shape, start: Value) -> Node | None:
        """Return the node of a member; None if it is not drawn, and stays as it is."""
        spot = self.inner.member(name, may_be_absent=not shape.is_required)
        if name in self.hidden or shape.hint("hidden") is True:
            return None
        if start is ABSENT and (shape.is_read_only or shape.kind == "never"):
            return None
        if shape.is_read_only:
            return ReadOnly(spot, shape, start) if self.spot.path else None
        if name in self.shared and shape.schema == self.shared[name].shape.schema:
            return self.shared[name]
        return self._constant(spot, shape, start) or self.spot.form.make(spot, shape, start)

    def _constant(self, spot: Spot, shape: Shape, start: Value) -> Node | None:
        """Return the node of a required member with only one possible value."""
        if not shape.is_const or not (shape.is_required or self.is_alternative):
            return None
        now = shape.enum[0] if start is ABSENT else start
        return Constant(spot, shape, now) if equal(now, shape.enum[0]) else None

    @property
    def is_present(self) -> bool:
        """Whether there is an object."""
        return self._is_present

    def fits(self, value: Value) -> bool:
        """Report whether a value is an object, or is absent or null if that is allowed."""
        if value is ABSENT or value is None:
            return self.may_be_empty
        return isinstance(value, dict)

    def parts(self) -> Sequence[tuple[str, Node]]:
        """Return the members."""
        more = self.others.children() if self.others is not None else ()
        return [*self.members.items(), *more]

    def assemble(self) -> Value:
        """Return the object, with its members in the original order."""
        start = self.start if isinstance(self.start, dict) else {}
        found: dict[str, JSON] = {}
        for name in [*start, *(each for each in self.members if each not in start)]:
            if name in self.members:
                value = self.members[name].value
                if value is not ABSENT:
                    found[name] = value
            elif self.others is None or name in self.shape.fields or name in self.hidden:
                found[name] = start[name]
        extra = self.others.value if self.others is not None else ABSENT
        return {**found, **extra} if isinstance(extra, dict) else found

    def problems(self, pointer: str = "") -> Iterator[tuple[str, str]]:
        """Yield what cannot be read."""
        yield from super().problems(pointer)
        if self.others is not None and self.others.problem:
            yield pointer, self.others.problem

    def named(self, step: str) -> str:
        """Return the title of a member."""
        if step in self.members:
            return self.members[step].title
        shape = self.shape.fields.get(step)
        return shape.title if shape is not None else words.title(step)

    @property
    def layout(self) -> str:
        """How much room it takes: only a button if there is no object."""
        return "wide" if self.is_present or self.json is not None else "button"

    # Drawing

    def draw(self) -> None:
        """Draw it in a frame; deeper ones can be collapsed."""
        if not self.is_present and self.json is None:
            self.draw_button()
        elif self.spot.depth < _FOLDED:
            super().draw()
        else:
            is_open = self.spot.depth == _FOLDED or self.times > 0 or self.needs_attention
            with expander(self.label, self.spot.key("open"), self.has_faults, is_open):
                with st.container(horizontal=True, horizontal_alignment="right"):
                    self.draw_buttons()
                self.draw_inside()

    def draw_button(self) -> None:
        """Draw the button that adds it, and the problems of its absence."""
        with st.container(width="content", gap="xsmall"):
            super().draw_button()
            if self.empty_value is None:
                st.caption("Null")
            self.draw_messages()

    def draw_buttons(self) -> None:
        """Draw the buttons for the whole object."""
        self.draw_switch()
        if self.may_be_empty:
            st.button(
                "Remove",
                icon=":material/close:",
                type="tertiary",
                key=self.inner.key("remove"),
                on_click=self._remove,
            )

    def begin(self) -> None:
        """Create an object, or restore the one that was removed."""
        self.times += 1
        self._is_present = True
        if not self.members:
            self._build(self.start if isinstance(self.start, dict) else {})

    def _remove(self) -> None:
        self.json = None
        self._is_present = False
        self.empty_value = ABSENT if self.spot.may_be_absent and self.start is not None else None

    def draw_body(self) -> None:
        """Draw the members."""
        fields = self.members
        seen = list(fields)
        if len(fields) > _MANY:
            seen = [
                name
                for i, name in enumerate(fields)
                if i < _FIRST or self.shape.fields[name].is_required
            ]
        for group, names in grouped(fields, seen).items():
            if group:
                st.subheader(words.plain(group), divider="gray")
            draw([fields[name] for name in names])
        rest = [node for name, node in fields.items() if name not in set(seen)]
        if rest:
            has_faults = any(node.has_faults for node in rest)
            is_open = any(node.needs_attention for node in rest)
            title = f"More fields ({len(rest)})"
            with expander(title, self.spot.key("more"), has_faults, is_open):
                draw(rest)
        if self.others is not None:
            self.others.draw()


class Constant(ReadOnly):
    """A member with only one possible value, which is not drawn."""

    @property
    def layout(self) -> str:
        """How much room it takes."""
        return "none"
