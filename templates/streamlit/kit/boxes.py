"""Composite values, which may be absent, and can be edited as JSON instead."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

import streamlit as st

from . import secrecy, words
from .freejson import JSONText
from .leaves import draw_meaning, may_be_null
from .nodes import ABSENT, Node, Spot, Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .shapes import Shape


class Box(Node):
    """A composite value."""

    blank: tuple[str, Value] | None = None
    """The label and the value of an empty one."""
    noun = "value"
    """The noun that stands for a missing title."""

    def __init__(self, spot: Spot, shape: Shape, start: Value) -> None:
        super().__init__(spot, shape)
        self.times = 0
        """How often it was refilled; each time, its widgets get new keys."""
        self.json: JSONText | None = None
        self.has_secrets = secrecy.has(shape)
        self.may_be_empty = spot.may_be_absent or shape.is_nullable
        self.start = start
        self.empty_value: Value = ABSENT
        self.fill(start)

    # Implemented by each kind of box

    @abstractmethod
    def load(self, value: Value) -> None:
        """Create the parts from a value."""

    @abstractmethod
    def parts(self) -> Sequence[tuple[str, Node]]:
        """Return the parts, each with the step of a JSON pointer that leads there."""

    @abstractmethod
    def assemble(self) -> Value:
        """Return the value that the parts form."""

    @abstractmethod
    def draw_body(self) -> None:
        """Draw the parts, without a frame."""

    @abstractmethod
    def begin(self) -> None:
        """Create a value if there is none."""

    @property
    def is_present(self) -> bool:
        """Whether there is a value."""
        return True

    def fits(self, value: Value) -> bool:
        """Report whether the parts can represent a value."""
        return False

    # Common to all boxes

    @property
    def inner(self) -> Spot:
        """The spot of its parts."""
        return self.spot.other(f"{self.times}") if self.times else self.spot

    def fill(self, value: Value) -> None:
        """Start over with a value."""
        self.start = value
        must = self.shape.is_nullable and not self.spot.may_be_absent
        self.empty_value = None if value is None or must else ABSENT
        self.load(value)

    @property
    def value(self) -> Value:
        """The current value."""
        if self.json is not None:
            return self.json.value
        return self.assemble() if self.is_present else self.empty_value

    def children(self) -> Sequence[tuple[str, Node]]:
        """Return the nodes inside."""
        return () if self.json is not None or not self.is_present else self.parts()

    def problems(self, pointer: str = "") -> Iterator[tuple[str, str]]:
        """Yield the problems of the input."""
        if self.json is not None:
            yield from self.json.problems(pointer)
        yield from super().problems(pointer)

    @property
    def needs_attention(self) -> bool:
        """Whether something is wrong."""
        return super().needs_attention or (self.json is not None and self.json.needs_attention)

    def draw(self) -> None:
        """Draw it in a frame, with its title and its buttons."""
        if self.layout == "button":
            self.draw_button()
            return
        with st.container(border=True):
            with st.container(
                horizontal=True,
                vertical_alignment="center",
                horizontal_alignment="distribute",
            ):
                st.markdown(self.heading, help=self.help, width="content")
                with st.container(horizontal=True, width="content", gap="xsmall"):
                    self.draw_buttons()
            self.draw_inside()

    @property
    def heading(self) -> str:
        """The title in Markdown, as shown above the parts."""
        title, star, _ = self.label.partition(" *")
        mark = " \\*" if star else ""
        return f"**{title}**{mark}"

    @property
    def layout(self) -> str:
        """How much room it takes: only a button if it is absent and nothing else needs to be shown."""
        says_nothing = self.value is ABSENT and not (
            may_be_null(self) or self.spot.form.distinguishes_empty or self.spot.is_item
        )
        is_button = says_nothing and self.spot.may_be_absent and not self.needs_attention
        return "button" if is_button and self.json is None else "wide"

    def draw_button(self) -> None:
        """Draw the button that adds it."""
        st.button(
            add_label(self.title or self.noun),
            icon=":material/add:",
            help=self.help,
            key=self.inner.key("add"),
            on_click=self.begin,
        )

    def draw_inside(self) -> None:
        """Draw the parts, or the JSON editor in their place, and the problems."""
        if self.json is not None:
            self.json.draw()
        elif self.is_present:
            self.draw_body()
        self.draw_messages()

    def draw_buttons(self) -> None:
        """Draw the buttons for the whole value."""
        self.draw_switch()

    def draw_meaning(self) -> None:
        """Draw the choice of what an empty value means, if there are several meanings."""
        found: list[tuple[str, Value]] = [("Not set", ABSENT)] if self.spot.may_be_absent else []
        if may_be_null(self):
            found.append(("Null", None))
        if self.blank is not None:
            found.append(self.blank)
        now = self.assemble()
        is_offered = self.spot.form.distinguishes_empty or may_be_null(self) or now is not ABSENT
        if len(found) > 1 and is_offered:
            draw_meaning(self.title, self.inner.key("empty"), found, now, self._set_empty)

    def _set_empty(self, value: Value) -> None:
        self.start = self.empty_value = value

    def draw_switch(self) -> None:
        """Draw the button that switches to JSON and back: JSON can express what has no fields."""
        if self.has_secrets:
            return
        if self.json is None:
            st.button(
                "JSON",
                icon=":material/data_object:",
                type="tertiary",
                help="Edit all of it as JSON",
                key=self.inner.key("json"),
                on_click=self._write,
            )
            return
        is_possible = not self.json.problem and self.fits(self.json.value)
        st.button(
            "Form",
            icon=":material/edit_note:",
            type="tertiary",
            help="Back to fields" if is_possible else "Fields cannot hold this JSON",
            key=self.inner.key("form"),
            on_click=self._unwrite,
            disabled=not is_possible,
        )

    def _write(self) -> None:
        self.times += 1
        self.json = JSONText(self.spot.other(f"{self.times}json"), self.shape, self.value)
        self.json.title = self.title

    def _unwrite(self) -> None:
        if self.json is not None:
            value = self.json.value
            self.json = None
            self.times += 1
            self.fill(value)


def add_label(title: str) -> str:
    """Return the label of a button that adds something."""
    return f"Add {words.plain(title[:1].lower() + title[1:] if title[1:2].islower() else title)}"
