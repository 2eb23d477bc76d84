"""Resolves conflicting changes of a record: shows both versions, with a choice for each difference."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import streamlit as st

from ..._core import differences, dumps
from . import records, secrecy, words

if TYPE_CHECKING:
    from ..._core import JSON
    from .page import Record, ResourcePage
    from .records import Loaded
    from .shapes import Shape


def draw(page: ResourcePage, before: JSON, mine: JSON, theirs: Loaded) -> JSON | None:
    """Draw the differences. Returns the version to save once it has been confirmed, else None."""
    current = records.written(page, theirs)
    base, own = cast("Record", before), cast("Record", mine)
    changed = [name for name in {**base, **own} if not _same(base, own, name)]
    merged = dict(current)
    with st.container(border=True):
        st.subheader("Somebody else has changed it in the meantime", anchor=False)
        st.write("Nothing is lost: choose what should stay, then save.")
        others = [name for name in {**base, **current} if not _same(base, current, name)]
        for name in changed:
            if name in others and not _same(own, current, name):
                keep = _choose(page, name, own, current)
            else:
                keep = True
            if keep:
                _take(merged, own, name)
        _list_theirs(page, current, [name for name in others if name not in changed])
        with st.container(horizontal=True):
            if st.button("Save these", key=f"{page.module}:conflict:save", type="primary"):
                return merged
            if st.button("Drop mine", key=f"{page.module}:conflict:drop"):
                return current
    return None


def _choose(page: ResourcePage, name: str, own: Record, current: Record) -> bool:
    """Draw both versions of a member, and report whether the user's own one is chosen."""
    shape = page.shape("replace").fields.get(name)
    title = shape.title if shape is not None else words.title(name)
    yours, others = st.columns(2)
    with yours:
        st.caption(f"{words.plain(title)}: yours")
        st.code(_text(shape, own, name), language=None, wrap_lines=True)
    with others:
        st.caption(f"{words.plain(title)}: theirs")
        st.code(_text(shape, current, name), language=None, wrap_lines=True)
    chosen = st.radio(
        words.plain(f"Which {title} should stay?"),
        ["Yours", "Theirs"],
        horizontal=True,
        key=f"{page.module}:conflict:/{name}",
    )
    return chosen != "Theirs"


def _list_theirs(page: ResourcePage, current: Record, names: list[str]) -> None:
    """List the members that only the other user changed. Those changes stay."""
    if names:
        fields = page.shape("replace").fields
        titles = [fields[name].title if name in fields else words.title(name) for name in names]
        st.text(f"They also changed: {', '.join(titles)}. Those changes stay.")


def _text(shape: Shape | None, record: Record, name: str) -> str:
    if name not in record:
        return "(not set)"
    value = record[name] if shape is None else secrecy.masked(shape, record[name])
    return words.text(value) if isinstance(value, str) else dumps(value, 2)


def _take(merged: Record, own: Record, name: str) -> None:
    if name in own:
        merged[name] = own[name]
    else:
        merged.pop(name, None)


def _same(one: Record, other: Record, name: str) -> bool:
    if name not in one or name not in other:
        return name not in one and name not in other
    return differences.is_same(one[name], other[name])
