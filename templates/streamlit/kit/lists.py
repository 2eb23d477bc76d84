"""Lists: a row for each item. Rows have identities, so that input stays with its row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import streamlit as st

from . import words
from .boxes import Box, add_label
from .nodes import ABSENT, Node, Spot, Value

if TYPE_CHECKING:
    from .shapes import Shape


@dataclass
class Row:
    """An item of a list."""

    identity: int
    node: Node


class List(Box):
    """A list with a row for each item."""

    blank: tuple[str, Value] | None = ("Empty list", [])

    def __init__(self, spot: Spot, shape: Shape, start: Value) -> None:
        self.rows: list[Row] = []
        self.last_identity = 0
        super().__init__(spot, shape, start)

    def load(self, value: Value) -> None:
        """Create the rows."""
        self.rows = []
        is_needed = value is ABSENT and not self.may_be_empty
        self.empty_value = [] if is_needed or value == [] else self.empty_value
        for item in value if isinstance(value, list) else []:
            self._append(item)

    def _append(self, item: Value) -> Row:
        self.last_identity += 1
        node = self.spot.form.make(self.inner.row(self.last_identity), self.shape.item, item)
        self.rows.append(Row(self.last_identity, node))
        return self.rows[-1]

    def fits(self, value: Value) -> bool:
        """Report whether a value is a list, or is absent or null if that is allowed."""
        if value is ABSENT or value is None:
            return self.may_be_empty
        return isinstance(value, list)

    def parts(self) -> Sequence[tuple[str, Node]]:
        """Return the items."""
        return [(str(i), row.node) for i, row in enumerate(self.rows)]

    def assemble(self) -> Value:
        """Return the list."""
        if not self.rows:
            return [] if isinstance(self.start, list) else self.empty_value
        values = [row.node.value for row in self.rows]
        return [value for value in values if value is not ABSENT]

    def named(self, step: str) -> str:
        """Return the name of an item."""
        return f"row {int(step) + 1}" if step.isascii() and step.isdigit() else words.line(step)

    # Drawing

    def draw_body(self) -> None:
        """Draw the rows, and the button that adds one."""
        for at, row in enumerate(list(self.rows)):
            row.node.title = f"{self.title}, row {at + 1}"
            if isinstance(row.node, Box):
                self._draw_box(at, row, row.node)
            else:
                self._draw_leaf(at, row)
        most = self.shape.number("maxItems")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                add_label("row" if self.rows else self.title if self.spot.is_item else "row"),
                icon=":material/add:",
                key=self.inner.key("add"),
                on_click=self.begin,
                disabled=most is not None and len(self.rows) >= cast("int", most),
            )
            if not self.rows:
                self.draw_meaning()

    def _draw_leaf(self, at: int, row: Row) -> None:
        with st.container(horizontal=True, vertical_alignment="top", gap="xsmall"):
            with st.container():
                row.node.draw()
            with st.container(horizontal=True, width="content", gap="xxsmall"):
                self._draw_buttons(at, row)

    def _draw_box(self, at: int, row: Row, box: Box) -> None:
        with st.container(border=True):
            with st.container(
                horizontal=True,
                vertical_alignment="center",
                horizontal_alignment="distribute",
            ):
                st.markdown(f"**Row {at + 1}**", width="content")
                with st.container(horizontal=True, width="content", gap="xsmall"):
                    box.draw_switch()
                    self._button("Duplicate", "content_copy", at, row, self._duplicate)
                    self._draw_buttons(at, row)
            box.draw_inside()

    def _draw_buttons(self, at: int, row: Row) -> None:
        if len(self.rows) > 1:
            self._button("Move up", "arrow_upward", at, row, self._raise, is_possible=at > 0)
        self._button("Remove", "close", at, row, self._drop)

    def _button(  # noqa: PLR0913
        self,
        what: str,
        icon: str,
        at: int,
        row: Row,
        do: Callable[[Row], None],
        *,
        is_possible: bool = True,
    ) -> None:
        st.button(
            f":material/{icon}:",
            type="tertiary",
            help=f"{what} row {at + 1}",
            key=self.inner.row(row.identity).key(what.lower().replace(" ", "_")),
            on_click=do,
            args=(row,),
            disabled=not is_possible,
        )

    def begin(self) -> None:
        """Add a row."""
        self._append(ABSENT)

    def _raise(self, row: Row) -> None:
        at = self.rows.index(row)
        self.rows[at - 1 : at + 1] = [row, self.rows[at - 1]]

    def _drop(self, row: Row) -> None:
        self.rows.remove(row)

    def _duplicate(self, row: Row) -> None:
        copy = self._append(row.node.value)
        self.rows.remove(copy)
        self.rows.insert(self.rows.index(row) + 1, copy)
