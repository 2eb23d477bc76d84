"""The members of a resource that a table shows, their titles, and their selection."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import streamlit as st

from . import references, words

if TYPE_CHECKING:
    from .page import ResourcePage

_MAX_COLUMNS = 8


def offered(page: ResourcePage) -> list[str]:
    """Return the members that may be shown: those that are neither secret nor hidden."""
    return [
        name
        for name, shape in page.shape("read").fields.items()
        if not shape.is_secret and name not in page.hidden and shape.hint("hidden") is not True
    ]


def default(page: ResourcePage) -> list[str]:
    """Return the members that a table shows by default: those of the page, else of the definition.

    A UUID as a key is left out, since the label of a record links to it.
    """
    known = offered(page)
    if page.columns:
        return [name for name in page.columns if name in known]
    fields = page.shape("read").fields
    listed = [
        name for name in page.about.columns or known if name in known and not fields[name].is_binary
    ]
    key = page.about.key
    if key in listed and page.about.label != key and fields[key].format == "uuid":
        listed.remove(key)
    return listed[:_MAX_COLUMNS]


def chosen(page: ResourcePage) -> list[str]:
    """Return the members that this visitor has selected."""
    selected = cast("list[str] | None", st.session_state.get(_name(page)))
    known = offered(page)
    return default(page) if selected is None else [name for name in selected if name in known]


def title(page: ResourcePage, name: str) -> str:
    """Return the title of a member."""
    shape = page.shape("read").fields.get(name)
    if shape is None:
        return words.title(name)
    return references.title(shape, references.of(page).get(name))


def choose(page: ResourcePage) -> None:
    """Draw the selection of the members that a table shows."""
    known = [name for name in offered(page) if name != page.about.label]
    if not known:
        return
    titles = references.unique({name: title(page, name) for name in known})
    now = [name for name in chosen(page) if name in known]
    nonce = st.session_state.get(f"{_name(page)}:nonce", 0)
    widget = f"{page.module}:list:choose:{nonce}"
    with st.popover("Columns", icon=":material/view_column:"):
        st.multiselect(
            "Columns",
            known,
            default=now,
            format_func=references.namer(titles),
            key=widget,
            on_change=_choose,
            args=(page, widget),
            placeholder="Only the name",
        )
        st.button("Reset", key=f"{page.module}:list:choose:reset", on_click=_reset, args=(page,))


def _choose(page: ResourcePage, widget: str) -> None:
    st.session_state[_name(page)] = list(st.session_state[widget])


def _reset(page: ResourcePage) -> None:
    st.session_state.pop(_name(page), None)
    name = f"{_name(page)}:nonce"
    st.session_state[name] = st.session_state.get(name, 0) + 1


def _name(page: ResourcePage) -> str:
    return f"{page.module}:list:columns"
