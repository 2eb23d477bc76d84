"""Values with a single widget, and what an empty widget means: not set, null, or an empty text."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal

import streamlit as st

from . import secrecy, words
from .nodes import ABSENT, Node, Spot, Value, equal

if TYPE_CHECKING:
    from ..._core import JSON
    from .boxes import Box
    from .shapes import Shape


class Leaf(Node):
    """A value with a single widget."""

    blank: Value = ABSENT
    """The empty value of its kind, if there is one: an empty text, an empty list."""

    def __init__(self, spot: Spot, shape: Shape, start: Value) -> None:
        super().__init__(spot, shape)
        self.start: Value = start
        self.now: Value = start
        self.empty_value: Value = self._initial_empty()
        """The value if the widget is empty."""
        if start is ABSENT:
            self.now = self.empty_value

    @property
    def value(self) -> Value:
        """The current value."""
        return self.now

    @property
    def problem(self) -> str:
        """Why there is no value."""
        return "Give a value, or remove the row." if self.spot.is_item and self.is_absent else ""

    @property
    def is_absent(self) -> bool:
        """Whether there is no value."""
        return self.now is ABSENT

    @property
    def is_empty(self) -> bool:
        """Whether the widget is empty."""
        return self.now is ABSENT or self.now is None or self.now in ("", [], {})

    @property
    def layout(self) -> str:
        """How much room it takes."""
        return "short"

    @property
    def visibility(self) -> Literal["visible", "collapsed"]:
        """The visibility of the label: that of a row is only for screen readers."""
        return "collapsed" if self.spot.is_item else "visible"

    def draw(self) -> None:
        """Draw the widget, the choice of what empty means, and the problems."""
        with st.container(gap="xsmall"):
            self.draw_widget()
            self.draw_empty_choice()
            self.draw_messages()

    @abstractmethod
    def draw_widget(self) -> None:
        """Draw the widget, and read its value."""

    def _initial_empty(self) -> Value:
        """Return what empty means until another meaning is chosen."""
        start, spot = self.start, self.spot
        if start is None or (start is not ABSENT and start in ("", [], {})):
            return start
        if self.shape.is_nullable and not spot.may_be_absent:
            return None
        return self.blank if spot.is_item else ABSENT

    @property
    def empties(self) -> list[tuple[str, Value]]:
        """What empty can mean."""
        found: list[tuple[str, Value]] = []
        if self.spot.may_be_absent or self.empty_value is ABSENT:
            found.append(("Not set", ABSENT))
        if may_be_null(self):
            found.append(("Null", None))
        if self.blank is not ABSENT:
            found.append(("Empty text" if self.blank == "" else "Empty list", self.blank))
        return found

    def draw_empty_choice(self) -> None:
        """Draw the choice of what empty means, if there are several meanings."""
        found = self.empties
        if (
            not self.is_empty
            or len(found) < 2
            or (self.spot.is_item and not self.shape.is_nullable)
        ):
            return
        if not (self.spot.form.distinguishes_empty or may_be_null(self)):
            return
        draw_meaning(self.title, self.spot.key("empty"), found, self.now, self._set_empty)

    def _set_empty(self, value: Value) -> None:
        self.now = self.empty_value = value

    def hint(self) -> str:
        """Return the placeholder of the empty widget."""
        example, default = self.shape.example, self.shape.schema.get("default")
        if self.now is None:
            return "null"
        if isinstance(example, str | int) and not isinstance(example, bool):
            return words.cut(words.line(f"e.g. {words.text(example)}"), 80)
        if self.spot.form.is_new and "default" in self.shape.schema and default is not None:
            return words.cut(words.line(f"Default: {words.text(default)}"), 80)
        return ""


class ReadOnly(Node):
    """A value that cannot be changed: a constant, or one that only the server writes."""

    def __init__(self, spot: Spot, shape: Shape, start: Value) -> None:
        super().__init__(spot, shape)
        self.now = start

    @property
    def value(self) -> Value:
        """The value."""
        return self.now

    @property
    def layout(self) -> str:
        """How much room it takes."""
        return "short"

    def draw(self) -> None:
        """Show it as text."""
        if self.now is not ABSENT:
            with st.container(gap=None):
                st.caption(words.plain(self.title))
                st.text(words.cut(words.text(secrecy.masked(self.shape, self.now)), 500))
                self.draw_messages()


def may_be_null(node: Leaf | Box) -> bool:
    """Report whether null can be chosen: the schema allows it and it can be sent, or it is the current meaning of empty."""
    return node.empty_value is None or (node.shape.is_nullable and node.spot.can_send_null)


def draw_meaning(
    title: str,
    key: str,
    meanings: Sequence[tuple[str, Value]],
    now: Value,
    take: Callable[[Value], None],
) -> None:
    """Draw a menu with what an empty widget means."""
    current = next((name for name, value in meanings if equal(value, now)), "?")

    def choose() -> None:
        take(dict(meanings)[st.session_state[key]])

    st.menu_button(
        f"Empty: {current.lower()}",
        [name for name, _ in meanings],
        type="tertiary",
        help=f"What it means that {words.plain(title or 'the value')} is empty",
        key=key,
        on_click=choose,
    )


def unique_labels(values: list[JSON], named: list[str]) -> list[str]:
    """Return unique labels: duplicates get the value appended, and then a number."""
    from ..._core.jsontext import dumps

    labels = [words.line(name) or dumps(value) for name, value in zip(named, values, strict=True)]
    labels = [
        f"{name} ({dumps(value)})" if labels.count(name) > 1 else name
        for name, value in zip(labels, values, strict=True)
    ]
    return [
        f"{name} (#{i + 1})" if labels.count(name) > 1 else name for i, name in enumerate(labels)
    ]
