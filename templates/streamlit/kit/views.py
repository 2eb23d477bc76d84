"""Draws the view in the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from . import (
    address,
    changing,
    creating,
    deleting,
    detail,
    emptying,
    listing,
    live,
    messages,
    session,
    states,
)

if TYPE_CHECKING:
    from .page import ResourcePage


def draw(page: ResourcePage) -> None:
    """Draw the view in the address."""
    mine = session.current()
    view, before = address.view(), mine.place
    is_record = address.key() is not None and page.parents() is not None
    mine.enter(page.module, view, *(page.parents() or ()), address.key() or "")
    if mine.is_entered and before[:1] == (page.module,):
        address.sync_browser()
    if view == address.LIST:
        mine.lists[page.module] = st.query_params.to_dict()
    messages.draw(page.module)
    with states.guard(page):
        if view == address.NEW and page.may("create"):
            creating.draw(page)
        elif view == address.EDIT and page.may_edit and is_record:
            changing.draw(page)
        elif view == address.SHOW and page.may_show and is_record:
            detail.show(page)
        else:
            listing.show(page)
            emptying.draw(page)
    deleting.draw(page)
    live.draw(page)
