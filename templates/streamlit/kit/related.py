"""Related records: those nested under a record or referring to it. New ones can be added in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from . import address, columns, live, records, states, table, words
from .page import page_of

if TYPE_CHECKING:
    from .page import Keys, Record, Related, ResourcePage

_MAX_SHOWN = 10
_ADDING = "firestone.adding"
"""The list to which a record is being added in place; there is only one at a time."""


def embedded(page: ResourcePage, related: Related) -> str:
    """Return the member of a record that contains nested records, which a list of their own shows; "" if there is none."""
    if related.member:
        return ""
    plural = (
        page_of(related.module).operation("list").path.rpartition("/")[2]
        if page_of(related.module).may("list")
        else ""
    )
    return plural if plural in page.shape("read").fields else ""


def draw(page: ResourcePage, keys: Keys, record: Record) -> None:
    """Draw the lists that belong to a record."""
    for related in page.related:
        other = page_of(related.module)
        if other.may("list"):
            _draw(page, other, related, keys, record)


def _draw(
    page: ResourcePage, other: ResourcePage, related: Related, keys: Keys, record: Record
) -> None:
    name = f"{page.module}:show:{related.module}:{related.member}"
    adding = "\0".join([name, *keys])
    parents: Keys = () if related.member else keys
    value = keys[-1]
    selected = {related.parameter: value} if related.parameter else {}
    here = address.query(parents=other.of(parents), filters=selected)
    with st.container(border=True, key=name):
        with st.container(
            horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
        ):
            st.subheader(words.plain(other.title), anchor=False)
            if other.may("create"):
                st.button(
                    words.plain(f"Add {other.about.singular}"),
                    key=f"{name}:add",
                    icon=":material/add:",
                    on_click=_open,
                    args=(adding,),
                )
        if st.session_state.get(_ADDING) == adding:
            # A visitor may be allowed to add to a list, but not to read it.
            with states.guard(other, part=adding), st.container(border=True):
                own = record.get(page.about.key, value)
                _add(other, parents, {related.member: own} if related.member else {}, adding)
        with states.guard(other, part=name):
            found = records.rows(other, parents, {**selected, **_limit(other)})
            _rows(other, found.records[:_MAX_SHOWN], parents, name, related.member)
            count = found.total if found.total is not None else len(found.records)
            if count > _MAX_SHOWN or found.has_more:
                st.page_link(
                    address.file(other.module),
                    label=f"All {words.counted(count, other.about.singular, other.about.plural)}"
                    if found.total is not None
                    else "All",
                    query_params=here,
                )


def _add(other: ResourcePage, parents: Keys, seed: Record, adding: str) -> None:
    """Draw the form of a new record in place, until it is saved or cancelled."""
    from . import creating

    live.hold()
    if creating.draw_in_place(other, parents, seed, adding):
        del st.session_state[_ADDING]
        st.rerun()


def _open(adding: str) -> None:
    st.session_state[_ADDING] = adding


def _limit(other: ResourcePage) -> dict[str, object]:
    paging = other.operation("list").paging
    return {paging.size: _MAX_SHOWN} if paging is not None and paging.size else {}


def _rows(other: ResourcePage, found: list[Record], parents: Keys, name: str, member: str) -> None:
    """Draw the records, without the member that refers to the displayed record."""
    if not found:
        st.text(f"No {other.about.plural} yet.")
        return
    shown = [each for each in columns.chosen(other) if each != member]
    table.draw(other, found, parents, name, shown)
