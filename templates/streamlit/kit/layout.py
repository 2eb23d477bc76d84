"""The layout of fields: two per line, in groups, or collapsed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from . import words

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from .nodes import Node


def expander(title: str, key: str, has_faults: bool, is_open: bool) -> DeltaGenerator:
    """Return an expander. With faults it gets another key, so that it opens even if it was closed before."""
    return st.expander(title, expanded=is_open, key=f"{key}:faults" if has_faults else key)


def grouped(fields: Mapping[str, Node], names: Sequence[str]) -> dict[str, list[str]]:
    """Return names by their groups in the definition, those without one first."""
    found: dict[str, list[str]] = {"": []}
    for name in names:
        group = fields[name].shape.hint("group")
        found.setdefault(words.line(group) if isinstance(group, str) else "", []).append(name)
    return found


def draw(nodes: Sequence[Node]) -> None:
    """Draw nodes: short ones two per line, buttons side by side, all others on lines of their own."""
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
