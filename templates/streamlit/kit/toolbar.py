"""The toolbar above a table: the views of the list, its columns, and actions on the selected records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from . import address, bulk, columns, deleting, export, selection, words

if TYPE_CHECKING:
    from .page import Keys, Record, ResourcePage

TAB = "tab"


def tab(offered: Sequence[str]) -> str:
    """Return the requested view of the list."""
    requested = st.query_params.get(TAB, "")
    return requested if requested in offered else offered[0]


def draw(
    page: ResourcePage, parents: Keys, shown: dict[Keys, Record], offered: Sequence[str]
) -> None:
    """Draw the toolbar. Actions on ticked records replace the other controls, so that the table does not move."""
    is_table = tab(offered) == "table"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if is_table and selection.ticked(page, parents):
            _ticked(page, parents, shown)
            return
        if len(offered) > 1:
            _tabs(page, offered)
        if is_table:
            columns.choose(page)


def _tabs(page: ResourcePage, offered: Sequence[str]) -> None:
    now = tab(offered)
    key = f"{page.module}:list:tab:{now}"
    st.radio(
        "View",
        list(offered),
        index=list(offered).index(now),
        horizontal=True,
        format_func=lambda name: name.capitalize(),
        key=key,
        label_visibility="collapsed",
        on_change=_turn,
        args=(key, offered[0]),
    )


def _turn(key: str, first: str) -> None:
    query = st.query_params.to_dict()
    query.pop(TAB, None)
    if st.session_state[key] != first:
        query[TAB] = st.session_state[key]
    address.change(query)


def _ticked(page: ResourcePage, parents: Keys, shown: dict[Keys, Record]) -> None:
    """Draw the actions on the ticked records."""
    selected = selection.ticked(page, parents)
    name = f"{page.module}:list:ticked"
    hidden = sum(keys not in shown for keys in selected)
    text = f"**{len(selected):,} selected**" + (f", {hidden:,} not shown" if hidden else "")
    st.markdown(text, width="content", help=_names(page, shown, selected) if hidden else None)
    if page.may("delete"):
        st.button(
            "Delete",
            key=f"{name}:delete",
            icon=":material/delete:",
            on_click=deleting.ask,
            args=(page, list(selected.items())),
        )
    if bulk.may(page):
        st.button(
            "Edit",
            key=f"{name}:edit",
            icon=":material/edit:",
            on_click=bulk.begin,
            args=(page, parents),
        )
    export.ticked(page, list(selected), shown)
    st.button(
        "Clear selection",
        key=f"{name}:clear",
        type="tertiary",
        on_click=selection.clear,
        args=(page,),
    )


def _names(page: ResourcePage, shown: dict[Keys, Record], selected: dict[Keys, str]) -> str:
    hidden = [label for keys, label in selected.items() if keys not in shown]
    text = ", ".join(hidden[:10]) + (", …" if len(hidden) > 10 else "")
    return words.plain(f"Not shown: {text}. They are on other pages, or a filter hides them.")
