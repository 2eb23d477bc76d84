"""Deleting all records of a list, or all that its filters select, if the API supports that in one request."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from ..._core import APIError
from . import filters, live, parameters, session, words

if TYPE_CHECKING:
    from .filters import Filter
    from .page import Keys, ResourcePage

_OPEN = "firestone.empty"


def draw(page: ResourcePage) -> None:
    """Draw the button below the list, and the confirmation if it is open."""
    parents = page.parents()
    if not page.may("delete_all") or parents is None:
        return
    name = page.operation("delete_all").name
    st.button(
        words.plain(f"Delete all {page.about.plural}"),
        key=f"{page.module}:list:delete all",
        type="tertiary",
        icon=":material/delete_sweep:",
        on_click=_open,
        args=(name,),
    )
    if st.session_state.get(_OPEN) == name:
        live.hold()
        title = f"Delete all {page.about.plural}?"
        st.dialog(words.plain(title), on_dismiss=_close)(_question)(page, parents)


def _open(name: str) -> None:
    st.session_state[_OPEN] = name


def _close() -> None:
    st.session_state.pop(_OPEN, None)


def _question(page: ResourcePage, parents: Keys) -> None:
    """Draw the confirmation. The plural has to be typed, since the deletion cannot be undone."""
    if _OPEN not in st.session_state:  # closed by a button: redraw the list behind it
        st.rerun()
    chosen, applied, others = _selected(page)
    if chosen:
        st.text(f"All of them with {_described(applied)}, on all pages.")
    else:
        st.text("All of them, on all pages.")
    if others:
        st.text(
            f"The API ignores {_described(others)} here: what the list hides is deleted as well."
        )
    st.text("This cannot be undone.")
    typed = st.text_input(
        words.plain(f"Type {page.about.plural} to confirm"), key=f"{page.module}:empty:typed"
    )
    with st.container(horizontal=True, horizontal_alignment="right"):
        st.button("Cancel", key=f"{page.module}:empty:no", on_click=_close)
        st.button(
            "Delete all",
            key=f"{page.module}:empty:yes",
            type="primary",
            disabled=typed != page.about.plural,
            on_click=_delete,
            args=(page, parents, chosen),
        )


def _selected(page: ResourcePage) -> tuple[dict[str, object], list[Filter], list[Filter]]:
    """Return the query of the deletion, the filters in it, and the selecting filters that it does not support."""
    taken = {each.name for each in parameters.of(page, "delete_all")}
    known = filters.read(page) if page.may("list") else []
    found = [each for each in known if each.is_set and each.value is not None]
    applied = [each for each in found if each.parameter.name in taken]
    others = [each for each in found if each not in applied and filters.is_selected([each])]
    return filters.query(applied), applied, others


def _described(chosen: Sequence[Filter]) -> str:
    return words.listed([f"{each.parameter.name} = {each.display}" for each in chosen])


def _delete(page: ResourcePage, parents: Keys, chosen: dict[str, object]) -> None:
    mine = session.current()
    _close()
    try:
        page.client.call(page.operation("delete_all"), *parents, query=chosen)
    except APIError as error:
        mine.flash(str(error), ":material/error:", is_kept=True)
    else:
        mine.flash(f"All {page.about.plural} were deleted", ":material/delete_sweep:")
    mine.forget()
