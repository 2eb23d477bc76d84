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
    """Return which view of the list the address asks for."""
    said = st.query_params.get(TAB, "")
    return said if said in offered else offered[0]


def draw(
    page: ResourcePage, parents: Keys, shown: dict[Keys, Record], offered: Sequence[str]
) -> None:
    """Draw the bar. What can be done with ticked records takes the place of the rest, so that the table does not jump."""
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
    address.become(query)


def _ticked(page: ResourcePage, parents: Keys, shown: dict[Keys, Record]) -> None:
    """Draw what can be done with the ticked records."""
    held = selection.ticked(page, parents)
    name = f"{page.module}:list:ticked"
    hidden = sum(keys not in shown for keys in held)
    told = f"**{len(held):,} selected**" + (f", {hidden:,} not shown" if hidden else "")
    st.markdown(told, width="content", help=_names(page, shown, held) if hidden else None)
    if page.may("delete"):
        st.button(
            "Delete",
            key=f"{name}:delete",
            icon=":material/delete:",
            on_click=deleting.ask,
            args=(page, list(held.items())),
        )
    if bulk.may(page):
        st.button(
            "Edit",
            key=f"{name}:edit",
            icon=":material/edit:",
            on_click=bulk.begin,
            args=(page, parents),
        )
    export.ticked(page, list(held), shown)
    st.button(
        "Clear selection",
        key=f"{name}:clear",
        type="tertiary",
        on_click=selection.clear,
        args=(page,),
    )


def _names(page: ResourcePage, shown: dict[Keys, Record], held: dict[Keys, str]) -> str:
    hidden = [label for keys, label in held.items() if keys not in shown]
    told = ", ".join(hidden[:10]) + (", …" if len(hidden) > 10 else "")
    return words.plain(f"Not shown: {told}. They are on other pages, or a filter hides them.")
