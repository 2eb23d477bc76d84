"""The start page: a card for each resource, and recent changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from ..._core import APIError, ConnectError
from . import address, counts, icons, live, messages, news, parameters, states, words
from .page import page_of

if TYPE_CHECKING:
    from .counts import Count
    from .page import ResourcePage

_MAX_CARDS = 24
"""How many cards are shown at first, and how many channels are listened to."""
_SEARCH_FROM = 12
"""With more resources than this, there is a search by name."""
_MAX_FEED = 8
"""How many changes are shown."""
_PAGE_SIZE = 100
"""The page size requested from a channel, if the definition has no maximum."""
_HEIGHT = 176


def home(title: str, description: str, modules: Sequence[str]) -> None:
    """Draw the start page."""
    messages.draw()
    news.take(news.current())  # so that changed resources are counted again
    st.title(words.plain(title), anchor=False)
    if description:
        st.markdown(words.plain(description))
    pages = [page_of(module) for module in modules]
    top = [page for page in pages if not page.parent_names]
    shown = _chosen(top)
    try:
        counted = counts.counted(shown)
    except APIError as error:  # no client can be created: the base URL or a credential is wrong
        states.box(":material/link_off:", "The API cannot be asked", states.message(error))
        return
    errors = [each.error for each in counted.values() if each.error is not None]
    if errors and len(errors) == len(counted) and isinstance(errors[0], ConnectError):
        states.show(shown[0], errors[0])
    else:
        _cards(shown, pages, counted)
        _more(top, shown)
    _feed(top[:_MAX_CARDS])


def _chosen(pages: Sequence[ResourcePage]) -> list[ResourcePage]:
    """Return the resources whose cards are shown: those that match the search, and not too many at once."""
    found = list(pages)
    if len(pages) > _SEARCH_FROM:
        typed = st.text_input(
            "Find", key="home:find", placeholder="Find by name", icon=":material/search:", width=320
        )
        query = (typed or "").strip().lower()
        found = [page for page in pages if query in page.title.lower()]
        if not found:
            st.markdown("Nothing matches.")
    return found if st.session_state.get("home:all") else found[:_MAX_CARDS]


def _more(pages: Sequence[ResourcePage], shown: Sequence[ResourcePage]) -> None:
    is_cut = (
        len(shown) == _MAX_CARDS
        and len(pages) > _MAX_CARDS
        and not st.session_state.get("home:all")
    )
    if is_cut:
        st.button(f"Show all {len(pages):,}", key="home:more", on_click=_show_all)


def _show_all() -> None:
    st.session_state["home:all"] = True


def _cards(
    pages: Sequence[ResourcePage], known: Sequence[ResourcePage], counted: Mapping[str, Count]
) -> None:
    grid = st.grid(min_column_width=250, gap="small")
    for page in pages:
        nested = [each.title for each in known if each.about.parent == page.module]
        with grid.container(
            border=True, height=_HEIGHT, gap="xsmall", vertical_alignment="distribute"
        ):
            _card(page, nested, counted.get(page.module))


def _card(page: ResourcePage, nested: Sequence[str], count: Count | None) -> None:
    with st.container(gap="xxsmall"):
        icon = icons.of(page.module, page.icon)
        st.header(words.plain(words.cut(page.title, 80)), anchor=False, icon=icon)
        about = words.line(page.description)
        if nested:
            about = f"With {', '.join(nested).lower()}. {about}"
        st.caption(words.plain(words.cut(about, 90 if len(page.title) < 25 else 45)))
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        st.markdown(words.plain(count.text(page)) if count is not None else "")
        st.page_link(
            address.file(page.module),
            label=f"Open {words.plain(page.title)}" if len(page.title) < 12 else "Open",
            icon=":material/arrow_forward:",
            icon_position="right",
        )


def _feed(pages: Sequence[ResourcePage]) -> None:
    """Listen to all lists, and show the changes since this visitor arrived."""
    changes = news.current()
    lines = [live.of_list(page, _widest(page)) for page in pages if page.channels.list is not None]
    if lines:
        st.header("Changes since you arrived", anchor=False)
        latest = list(changes.feed)[:_MAX_FEED]
        for each in latest:
            _change(each)
        if not latest:
            st.caption("Nothing yet. Changes appear here as they happen.")
    live.listen(lines)


def _widest(page: ResourcePage) -> Mapping[str, object]:
    """Return the query for the largest page of a list, since a channel that sends states sends one page."""
    channel, operation = page.channels.list, page.operations.list
    if channel is None or channel.envelope or operation is None or operation.paging is None:
        return {}
    size = parameters.size(operation, parameters.of(page, "list"))
    if size is None:
        return {}
    most = size.shape.number("maximum")
    return {size.name: most if most is not None else _PAGE_SIZE}


def _change(each: news.News) -> None:
    page = page_of(each.module)
    when = live.clock(each.when)
    what = {"created": "new", "updated": "changed", "deleted": "gone"}.get(each.kind, "changed")
    by = ", by you" if each.is_own else ""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(when, width="content")
        if each.kind == "deleted" or not page.may("get"):
            st.markdown(words.plain(words.cut(each.label, 60)), width="content")
        else:
            st.page_link(
                address.file(each.module),
                label=words.plain(words.cut(each.label, 60)),
                icon=icons.of(each.module, page.icon),
                query_params=address.query(address.SHOW, each.key),
                width="content",
            )
        st.caption(words.plain(f"{page.about.singular}, {what}{by}"), width="content")
