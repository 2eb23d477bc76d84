"""The records that a list is nested under: their selection, and links back to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from ..._core import APIError
from . import address, records, references, states, words
from .page import page_of

if TYPE_CHECKING:
    from .page import Keys, ResourcePage


def chain(page: ResourcePage) -> list[ResourcePage | None]:
    """Return the pages of the resources that this one is nested under, the outermost first; None for an unknown one."""
    found: list[ResourcePage | None] = []
    at = page.about.parent
    while at is not None and len(found) < len(page.parent_names):
        other = page_of(at)
        found.insert(0, other)
        at = other.about.parent
    return [None] * (len(page.parent_names) - len(found)) + found


def choose(page: ResourcePage) -> None:
    """Draw the selection of the record that the list is nested under, the outermost one first."""
    given: list[str] = []
    for name, other in zip(page.parent_names, chain(page), strict=True):
        chosen = st.query_params.get(f"of.{name}", "")
        if chosen:
            given.append(chosen)
            continue
        one = other.about.singular if other else words.title(name)
        text = f"Each {one} has its own {page.about.plural}."
        with states.panel(":material/account_tree:", f"Choose the {one}", text):
            _pick(page, name, other, tuple(given))
        return


def _pick(page: ResourcePage, name: str, other: ResourcePage | None, parents: Keys) -> None:
    key = f"{page.module}:list:of:{name}"
    title = words.plain(other.about.singular.capitalize() if other else words.title(name))
    labels, has_more = (
        references.choices(other.module, parents, must_choose=True) if other else ({}, True)
    )
    if not labels:
        st.text_input(title, key=key, width=320, on_change=_take, args=(key, name))
        return
    labels = references.unique(labels)
    st.selectbox(
        title,
        list(labels),
        index=None,
        format_func=references.namer(labels),
        placeholder="Choose, or type a key" if has_more else "Choose",
        accept_new_options=has_more,
        filter_mode="contains",
        key=key,
        width=320,
        on_change=_take,
        args=(key, name),
    )


def _take(key: str, name: str) -> None:
    text = (st.session_state[key] or "").strip()
    if text:
        address.change({**st.query_params.to_dict(), f"of.{name}": text})


def draw(page: ResourcePage, parents: Keys) -> None:
    """Draw links back to the records that the list is nested under."""
    with st.container(horizontal=True, gap="small"):
        for at, other in enumerate(chain(page)):
            if other is not None:
                _link(other, parents[: at + 1])


def _link(other: ResourcePage, keys: Keys) -> None:
    st.page_link(
        address.file(other.module),
        label=words.plain(f"{other.about.singular.capitalize()}: {_name(other, keys)}"),
        icon=":material/arrow_back:",
        query_params=address.query(address.SHOW, keys[-1], parents=other.of(keys[:-1])),
    )


def _name(other: ResourcePage, keys: Keys) -> str:
    """Return the label of a record, or its key if it cannot be read."""
    if len(keys) == 1:
        return records.label_of(other.module, keys[0]) or keys[0]
    try:
        return other.label(records.fetch(other, keys).record) if other.may("get") else keys[-1]
    except APIError:
        return keys[-1]
