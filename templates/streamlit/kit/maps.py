"""Maps, as rows of a name and a value; and tuples, with a field for each position."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from . import words
from .boxes import Box
from .nodes import ABSENT, Node, Spot, Value
from .texts import has_surrogates

if TYPE_CHECKING:
    from ..._core import JSON
    from .shapes import Shape


@dataclass
class Entry:
    """A member of a map."""

    identity: int
    name: str
    node: Node
    is_named: bool
    """Whether it already has a name, which may be empty."""


class Map(Box):
    """An object whose members have arbitrary names."""

    blank: tuple[str, Value] | None = ("Empty object", {})

    def __init__(self, spot: Spot, shape: Shape, start: Value) -> None:
        self.entries: list[Entry] = []
        self.last_identity = 0
        super().__init__(spot, shape, start)

    def load(self, value: Value) -> None:
        """Create the entries."""
        self.entries = []
        if value == {} or (value is ABSENT and not self.may_be_empty):
            self.empty_value = {}
        if isinstance(value, dict):
            for name, each in value.items():
                self._append(name, each, is_named=True)

    def begin(self) -> None:
        """Add an entry."""
        self._append()

    def _append(self, name: str = "", value: Value = ABSENT, *, is_named: bool = False) -> None:
        self.last_identity += 1
        spot = self.inner.row(self.last_identity)
        if self.shape.extra is not None:
            node = self.spot.form.make(spot, self.shape.extra, value)
            self.entries.append(Entry(self.last_identity, name, node, is_named))

    def fits(self, value: Value) -> bool:
        """Report whether a value is an object, or is absent or null if that is allowed."""
        if value is ABSENT or value is None:
            return self.may_be_empty
        return isinstance(value, dict) and not any(map(has_surrogates, value))

    def parts(self) -> Sequence[tuple[str, Node]]:
        """Return the nodes of the values by name."""
        return [(entry.name, entry.node) for entry in self.entries]

    def assemble(self) -> Value:
        """Return the object."""
        if not self.entries:
            return {} if isinstance(self.start, dict) else self.empty_value
        found: dict[str, JSON] = {}
        for entry in self.entries:
            value = entry.node.value
            if value is not ABSENT:
                found[entry.name] = value
        return found

    @property
    def problem(self) -> str:
        """The problem with the names."""
        if self.json is not None:
            return ""
        if any(not entry.name and not entry.is_named for entry in self.entries):
            return "Give each entry a name."
        counted = Counter(entry.name for entry in self.entries)
        duplicate = next((name for name, count in counted.items() if count > 1), None)
        if duplicate is None and self.spot.path.endswith("|others"):
            duplicate = next((name for name in counted if name in self.shape.fields), None)
        return f"The name {words.line(duplicate)!r} appears twice." if duplicate is not None else ""

    def named(self, step: str) -> str:
        """Return the name of an entry, unchanged."""
        return words.line(step)

    # Drawing

    def draw_body(self) -> None:
        """Draw the entries, and the button that adds one."""
        for at, entry in enumerate(list(self.entries)):
            self._draw_entry(at, entry)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                "Add entry",
                icon=":material/add:",
                key=self.inner.key("add"),
                on_click=self.begin,
            )
            if not self.entries:
                self.draw_meaning()

    def _draw_entry(self, at: int, entry: Entry) -> None:
        with st.container(horizontal=True, vertical_alignment="top", gap="xsmall"):
            with st.container(width=240):
                self._draw_name(at, entry)
            entry.node.title = f"{self.title}, {entry.name or f'entry {at + 1}'}"
            with st.container():
                if isinstance(entry.node, Box):
                    with st.container(border=True):
                        entry.node.draw_inside()
                else:
                    entry.node.draw()
            st.button(
                ":material/close:",
                type="tertiary",
                help=f"Remove entry {at + 1}",
                key=self.inner.row(entry.identity).key("remove"),
                on_click=self.entries.remove,
                args=(entry,),
            )

    def _draw_name(self, at: int, entry: Entry) -> None:
        label = f"{words.plain(self.title)}, name of entry {at + 1}"
        key = self.inner.row(entry.identity).key("name")
        if "\n" in entry.name or "\r" in entry.name:
            st.text(entry.name)
            return
        name = st.text_input(
            label,
            value=entry.name,
            placeholder="Name",
            key=key,
            label_visibility="collapsed",
        )
        if name != entry.name:
            entry.name, entry.is_named = name, bool(name)


class Tuple(Box):
    """A list in which each position has its own meaning."""

    def __init__(self, spot: Spot, shape: Shape, start: Value) -> None:
        self.places: list[Node] = []
        super().__init__(spot, shape, start)

    def load(self, value: Value) -> None:
        """Create the fields."""
        given = value if isinstance(value, list) else []
        self.places = []
        for at, shape in enumerate(self.shape.items):
            spot = self.inner.member(str(at), may_be_absent=True)
            start = given[at] if at < len(given) else ABSENT
            node = self.spot.form.make(spot, shape, start)
            node.title = shape.title if "title" in shape.schema else f"{at + 1}"
            self.places.append(node)
        if value == []:
            self.empty_value = []

    def fits(self, value: Value) -> bool:
        """Report whether there are fields for all items of a list."""
        if value is ABSENT or value is None:
            return self.may_be_empty
        return isinstance(value, list) and len(value) <= len(self.shape.items)

    def parts(self) -> Sequence[tuple[str, Node]]:
        """Return the fields."""
        return [(str(at), node) for at, node in enumerate(self.places)]

    def assemble(self) -> Value:
        """Return the list, up to the last filled field."""
        values = [node.value for node in self.places]
        found = [value for value in values if value is not ABSENT]
        if not found:
            return [] if isinstance(self.start, list) else self.empty_value
        return found

    def begin(self) -> None:
        """Do nothing: the fields always exist."""

    @property
    def layout(self) -> str:
        """How much room it takes."""
        return "wide"

    @property
    def problem(self) -> str:
        """Whether there is a gap."""
        if self.json is not None:
            return ""
        filled = [node.value is not ABSENT for node in self.places]
        return "Fill in the fields above first." if filled != sorted(filled, reverse=True) else ""

    def named(self, step: str) -> str:
        """Return the title of a field."""
        at = int(step) if step.isascii() and step.isdigit() else -1
        return self.places[at].title if 0 <= at < len(self.places) else words.line(step)

    def draw_body(self) -> None:
        """Draw the fields side by side if they are few and short, else below each other."""
        if len(self.places) > 4 or any(node.layout != "short" for node in self.places):
            for node in self.places:
                node.draw()
            return
        for column, node in zip(st.columns(len(self.places)), self.places, strict=True):
            with column:
                node.draw()
