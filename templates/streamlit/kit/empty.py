"""Empty lists: the reason, and the one thing that can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from . import address, filters, states, words

if TYPE_CHECKING:
    from .filters import Filter
    from .page import ResourcePage


def none(page: ResourcePage, go: Callable[[], None]) -> None:
    """Draw that there are no records."""
    can_create = page.may("create")
    states.box(
        ":material/inbox:",
        f"No {page.about.plural} yet",
        "Create the first one." if can_create else "They will appear here.",
        f"New {page.about.singular}" if can_create else "",
        key=f"{page.module}:list:first",
        button_icon=":material/add:",
        on_click=go,
    )


def nothing(page: ResourcePage, known: Sequence[Filter]) -> None:
    """Draw that no record matches the filters."""
    selection = ", ".join(
        f"{each.title}: {words.cut(each.display, 40)}"
        for each in known
        if each.is_set and not each.parameter.is_sort
    )
    states.box(
        ":material/filter_alt:",
        f"No {page.about.plural} match",
        selection,
        "Clear filters",
        key=f"{page.module}:list:all",
        button_icon=":material/close:",
        on_click=filters.clear,
        args=(known,),
    )


def refused(page: ResourcePage, known: Sequence[Filter], reason: str) -> None:
    """Draw why the server refused the filters, which can be corrected above."""
    states.box(
        ":material/block:",
        "The API refused these filters",
        reason,
        "Clear filters",
        key=f"{page.module}:list:all",
        button_icon=":material/close:",
        on_click=filters.clear,
        args=(known,),
    )


def choose(page: ResourcePage, titles: Sequence[str]) -> None:
    """Draw which filters are required before anything can be listed."""
    states.box(
        ":material/filter_alt:",
        f"Choose {' and '.join(titles)}",
        f"The {page.about.plural} can be listed after that.",
    )


def unlisted(page: ResourcePage) -> None:
    """Draw that the API does not list these records, with a field to open one by its key."""
    key = f"{page.module}:list:key"

    def go() -> None:
        text = st.session_state[key].strip()
        if text:
            address.change({**st.query_params.to_dict(), **address.query(address.SHOW, text)})

    title = words.title(page.about.key)
    with states.panel(
        ":material/key:",
        "Open one by its key",
        "The API does not list them.",
    ):
        if page.may_show:
            st.text_input(words.plain(title), key=key, on_change=go, width=320)
