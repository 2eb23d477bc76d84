"""The list of a resource: filters, the table, and the controls below it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

from ..._core import BadRequestError, UnprocessableError
from . import (
    address,
    board,
    bulk,
    charts,
    columns,
    commands,
    empty,
    export,
    filters,
    importing,
    nesting,
    paging,
    selection,
    selectors,
    session,
    states,
    table,
    toolbar,
    words,
)

if TYPE_CHECKING:
    from .page import Keys, Record, ResourcePage
    from .paging import Part


def show(page: ResourcePage) -> None:
    """Draw the list, or the actions for several of its records."""
    parents = page.parents()
    if parents is not None and address.view() == bulk.VIEW and bulk.may(page):
        bulk.draw(page, parents)
        return
    if parents is not None and address.view() == importing.VIEW and page.may("create"):
        importing.draw(page, parents)
        return
    _head(page, parents)
    if not page.may("list"):
        empty.unlisted(page)
        return
    if parents is None:
        nesting.choose(page)
        return
    if parents:
        nesting.draw(page, parents)
    _list(page, parents)


def _list(page: ResourcePage, parents: Keys) -> None:
    """Draw the filters, and the selected records."""
    table.go(f"{page.module}:list")  # before the list is read again
    known = filters.read(page)
    selectors.draw(page, known)
    missing = filters.missing(known)
    if missing:
        empty.choose(page, missing)
        return
    query = filters.query(known)
    try:
        part = paging.read(page, parents, query)
    except (BadRequestError, UnprocessableError) as error:
        if not filters.is_selected(known):
            raise
        empty.refused(page, known, states.message(error))
        return
    _correct(page, part)
    if part.rows.records:
        _records(page, parents, query, part)
    elif filters.is_selected(known):
        if selection.ticked(page, parents):
            toolbar.draw(page, parents, {}, ["table"])
        empty.nothing(page, known)
    else:
        empty.none(page, lambda: _new(page, parents))
        if page.may("create"):
            importing.link(page, parents)
    seen = session.current().seen.get((page.module, parents))
    commands.draw(page, "list", parents, query=seen.query if seen is not None else {})


def _head(page: ResourcePage, parents: Keys | None) -> None:
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        st.title(words.plain(page.title), anchor=False, width="content")
        if page.may("create") and parents is not None:
            st.button(
                words.plain(f"New {page.about.singular}"),
                key=f"{page.module}:list:new",
                type="primary",
                icon=":material/add:",
                on_click=_new,
                args=(page, parents),
            )
    if page.description:
        st.caption(words.plain(words.cut(words.line(page.description), 300)))


def _new(page: ResourcePage, parents: Keys) -> None:
    address.change(address.query(address.NEW, parents=page.of(parents)))


def _correct(page: ResourcePage, part: Part) -> None:
    """Put the number of the displayed page into the address, if another one was requested."""
    if part.number == part.wanted:
        return
    if part.number == 1:
        st.query_params.pop(address.PAGE, None)
    else:
        st.query_params[address.PAGE] = str(part.number)
    if part.rows.records:
        text = f"Page {part.wanted:,} no longer exists. This is page {part.number:,}, the last one."
        st.info(text, icon=":material/info:")


def _records(page: ResourcePage, parents: Keys, query: Mapping[str, object], part: Part) -> None:
    found = part.rows.records
    keys = table.keys_of(page, found, parents)
    shown: dict[Keys, Record] = {
        key: record for key, record in zip(keys, found, strict=True) if key is not None
    }
    tabs = _tabs(page)
    bar = st.container()  # above the table, but drawn after it, since it depends on the selection
    match toolbar.tab(tabs):
        case "chart":
            charts.draw(page, found, part.rows.total)
        case "board":
            board.draw(page, found, parents)
        case _:
            table.draw_list(page, found, parents, columns.chosen(page))
    with bar:
        toolbar.draw(page, parents, shown, tabs)
    _foot(page, parents, query, part)


def _tabs(page: ResourcePage) -> list[str]:
    """Return the views of the list that suit the members of the records."""
    found = ["table"]
    if board.member(page) is not None:
        found.append("board")
    if charts.offered(page):
        found.append("chart")
    return found


def _foot(page: ResourcePage, parents: Keys, query: Mapping[str, object], part: Part) -> None:
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        st.text(_count(page, part), width="content")
        _pages(page, part)
        with st.container(horizontal=True, width="content", vertical_alignment="center"):
            _sizes(page, part)
            if page.may("create"):
                importing.link(page, parents)
            export.choose(page, parents, query, part)


def _count(page: ResourcePage, part: Part) -> str:
    """Return which records are shown, and how many there are."""
    end = part.first + len(part.rows.records) - 1
    total = part.rows.total
    if total is None and part.number == 1 and not part.has_more:
        total = end
    if total is None:
        return f"{part.first:,}–{end:,}" + (" of more" if part.has_more else f" of {end:,}")
    counted = words.counted(total, page.about.singular, page.about.plural)
    if total <= len(part.rows.records):
        return counted
    note = f", {part.size} at a time" if part.is_all else ""
    return f"{part.first:,}–{end:,} of {counted}{note}"


def _pages(page: ResourcePage, part: Part) -> None:
    last = part.last
    if last is not None and last > 1:
        key = f"{page.module}:list:page:{part.number}:{last}"
        width = 110 + 42 * min(last, 8)  # Without a width, it hides numbers if it shares a row.
        st.pagination(last, default=part.number, key=key, width=width, on_change=_turn, args=(key,))
    elif last is None and (part.number > 1 or part.has_more):
        with st.container(horizontal=True, width="content", vertical_alignment="center"):
            _step(page, part.number - 1, "Previous", is_there=part.number > 1)
            st.text(f"Page {part.number:,}", width="content")
            _step(page, part.number + 1, "Next", is_there=part.has_more)


def _step(page: ResourcePage, number: int, label: str, *, is_there: bool) -> None:
    key = f"{page.module}:list:{label.lower()}"
    st.button(label, key=key, disabled=not is_there, on_click=_show, args=(number,))


def _turn(key: str) -> None:
    _show(int(st.session_state[key]))


def _show(number: int) -> None:
    query = st.query_params.to_dict()
    query.pop(address.PAGE, None)
    if number > 1:
        query[address.PAGE] = str(number)
    address.change(query)


def _sizes(page: ResourcePage, part: Part) -> None:
    offered = paging.sizes(page)
    if len(offered) < 2 or not (part.number > 1 or part.has_more or part.size != offered[0]):
        return
    key = f"{page.module}:list:size:{part.size}"
    st.selectbox(
        "Records per page",
        offered,
        index=offered.index(part.size),
        format_func=lambda size: f"{size} a page",
        key=key,
        label_visibility="collapsed",
        width=130,
        on_change=_resize,
        args=(page, key),
    )


def _resize(page: ResourcePage, key: str) -> None:
    size = int(st.session_state[key])
    text = None if size == paging.default_size(page) else str(size)
    filters.change({address.SIZE: text})
