"""The layout of fields: two in a line, in groups, or collapsed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from . import words

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from .nodes import Node


def folded(title: str, key: str, has_faults: bool, is_open: bool) -> DeltaGenerator:
    """Return what can be folded away. With faults it is another one: somebody may have closed the one before."""
    return st.expander(title, expanded=is_open, key=f"{key}:faults" if has_faults else key)


def grouped(fields: Mapping[str, Node], names: Sequence[str]) -> dict[str, list[str]]:
    """Return names by the group that their definition puts them into, those without one first."""
    found: dict[str, list[str]] = {"": []}
    for name in names:
        said = fields[name].shape.hint("group")
        found.setdefault(words.line(said) if isinstance(said, str) else "", []).append(name)
    return found


def draw(nodes: Sequence[Node]) -> None:
    """Draw places: short ones two in a line, what can be added side by side, anything else on its own."""
    waiting: list[Node] = []
    kind = ""
    for node in nodes:
        if node.layout == "none":
            continue
        if waiting and (node.layout != kind or kind == "wide"):
            _draw_line(kind, waiting)
            waiting = []
        kind = node.layout
        waiting.append(node)
        if kind == "short" and len(waiting) == 2:
            _draw_line(kind, waiting)
            waiting = []
    if waiting:
        _draw_line(kind, waiting)


def _draw_line(kind: str, nodes: Sequence[Node]) -> None:
    if kind == "short":
        for column, node in zip(st.columns(2, gap="medium"), nodes, strict=False):
            with column:
                node.draw()
    elif kind == "button":
        with st.container(horizontal=True):
            for node in nodes:
                node.draw()
    else:
        for node in nodes:
            node.draw()
