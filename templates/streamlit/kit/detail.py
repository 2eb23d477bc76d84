"""One record: its members, its related records, and its actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from ..._core import dumps
from . import address, commands, deleting, parameter_form, records, related, secrecy, values, words

if TYPE_CHECKING:
    from .page import Keys, Record, ResourcePage
    from .records import Loaded
    from .shapes import Shape


def show(page: ResourcePage) -> None:
    """Draw the record in the address."""
    keys = record_keys(page)
    if not parameter_form.is_ready(page, "get"):
        return
    loaded = records.fetch(page, keys)
    record = secrecy.visible(page, loaded.record)
    _head(page, keys, loaded)
    _members(page, record)
    related.draw(page, keys, record)
    with st.expander("JSON", icon=":material/data_object:"):
        st.code(dumps(record, 2), language="json", wrap_lines=True)
    if page.may("get"):
        commands.draw(page, "get", keys)


def record_keys(page: ResourcePage) -> Keys:
    """Return the keys of the record in the address, those of its parents first."""
    return (*(page.parents() or ()), address.key() or "")


def back(page: ResourcePage, parents: Keys) -> None:
    """Draw a link back to the list, with the filters that it had."""
    st.page_link(
        address.file(page.module),
        label=words.plain(page.title),
        icon=":material/arrow_back:",
        query_params=page.back(parents),
    )


def _head(page: ResourcePage, keys: Keys, loaded: Loaded) -> None:
    if page.may("list"):
        back(page, keys[:-1])
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        st.title(words.plain(words.cut(page.label(loaded.record), 120)), anchor=False)
        with st.container(horizontal=True, width="content"):
            _buttons(page, keys, loaded)


def _buttons(page: ResourcePage, keys: Keys, loaded: Loaded) -> None:
    of = page.of(keys[:-1])
    page.actions(loaded.record)
    if page.may_edit:
        st.button(
            "Edit",
            key=f"{page.module}:show:edit",
            type="primary",
            icon=":material/edit:",
            on_click=address.change,
            args=(address.query(address.EDIT, keys[-1], parents=of),),
        )
    if page.may("create"):
        st.button(
            "Duplicate",
            key=f"{page.module}:show:duplicate",
            icon=":material/content_copy:",
            on_click=_duplicate,
            args=(page, keys, loaded.record),
        )
    if page.may("delete"):
        st.button(
            "Delete",
            key=f"{page.module}:show:delete",
            icon=":material/delete:",
            on_click=deleting.ask,
            args=(page, [(keys, page.label(loaded.record))]),
        )


def _duplicate(page: ResourcePage, keys: Keys, record: Record) -> None:
    from . import creating

    creating.begin(page, keys[:-1], record)
    address.change(address.query(address.NEW, parents=page.of(keys[:-1])))


def _members(page: ResourcePage, record: Record) -> None:
    shape = page.shape("read").of(record)
    listed = {related.embedded(page, each) for each in page.related}
    shapes = {
        name: each
        for name, each in shape.fields.items()
        if name not in page.hidden and each.hint("hidden") is not True and name not in listed
    }
    for name in record:
        if name not in shape.fields and name not in page.hidden:
            shapes[name] = values.unlisted(shape, name)
    if page.label(record) == record.get(page.about.label):  # it is the heading
        shapes.pop(page.about.label, None)
    if page.about.key in shapes:  # last, since it interests people the least
        shapes[page.about.key] = shapes.pop(page.about.key)
    grouped: dict[str, dict[str, Shape]] = {}
    for name, each in shapes.items():
        group = each.hint("group")
        grouped.setdefault(group if isinstance(group, str) else "", {})[name] = each
    for group, members in grouped.items():
        if group:
            st.subheader(words.plain(group), anchor=False)
        values.grid(page, members, record)
    if not shapes:
        st.text("Only its key is known.")
