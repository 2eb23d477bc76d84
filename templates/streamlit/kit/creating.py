"""The form of a new record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from . import address, commands, detail, drafts, parameter_form, records, session, words
from .form import ABSENT, Form

if TYPE_CHECKING:
    from .drafts import Editing
    from .page import Keys, Record, ResourcePage


def begin(page: ResourcePage, parents: Keys, seed: Record) -> None:
    """Open the form of a new record, filled in from a record or a part of one."""
    read, create = page.schemas.named(page.forms.read), page.schemas.named(page.forms.create)
    known = page.schemas.reduced(seed, read, create, []) if seed else {}
    if isinstance(known, dict):
        known.pop(page.about.key, None)
    form = Form(
        page,
        page.shape("create"),
        "new",
        ABSENT,
        seed=known if known else ABSENT,
        hidden=page.hidden,
        is_new=True,
    )
    drafts.known()[page.module, "new", *parents] = drafts.Editing(form, is_begun=bool(seed))


def draw(page: ResourcePage) -> None:
    """Draw the form of a new record."""
    parents = page.parents()
    if parents is None:
        address.change(address.query())
        st.rerun()
    name = (page.module, "new", *parents)
    there = drafts.known().get(name)
    if there is None or (session.current().is_entered and not there.is_begun and there.is_over):
        begin(page, parents, {})
    editing = drafts.known()[name]
    editing.is_begun = False
    detail.back(page, parents)
    st.title(words.plain(f"New {page.about.singular}"), anchor=False)
    editing.form.draw()
    parameter_form.draw(page, "create")
    _finish_creating(page, editing, parents, name)
    commands.draw(page, "create", parents, body=editing.form.draft)


def draw_in_place(page: ResourcePage, parents: Keys, seed: Record, adding: str) -> bool:
    """Draw the form of a new record inside another page, and report whether it is finished. adding identifies it."""
    forms = drafts.known()
    name = (page.module, "new", *parents, adding)
    if name not in forms:
        begin(page, (*parents, adding), seed)
    editing = forms[name]
    editing.form.draw()
    parameter_form.draw(page, "create")
    with st.container(horizontal=True):
        if st.button(
            words.plain(f"Create {page.about.singular}"),
            key=f"{page.module}:in place:save",
            type="primary",
        ):
            _create(page, editing, parents)
        is_over = st.button("Cancel", key=f"{page.module}:in place:cancel")
    if editing.is_saved:
        _say_created(page, editing)
    if editing.is_saved or is_over:
        del forms[name]
        return True
    drafts.trouble(editing)
    return False


def _finish_creating(
    page: ResourcePage, editing: Editing, parents: Keys, name: tuple[str, ...]
) -> None:
    """Draw the buttons, and perform their actions. A double click sends only once."""
    with st.container(horizontal=True):
        if (
            st.button(
                words.plain(f"Create {page.about.singular}"),
                key=f"{page.module}:new:save",
                type="primary",
            )
            and not editing.is_saved
        ):
            editing.is_another = False
            _create(page, editing, parents)
        if (
            st.button("Create and add another", key=f"{page.module}:new:another")
            and not editing.is_saved
        ):
            editing.is_another = True
            _create(page, editing, parents)
        if st.button("Cancel", key=f"{page.module}:new:cancel"):
            del drafts.known()[name]
            address.go(page.module, page.back(parents))
    if editing.is_saved:
        _say_created(page, editing)
        del drafts.known()[name]
        of = page.of(parents)
        key = page.key(editing.saved) if editing.saved else None
        if editing.is_another:
            st.rerun()
        if key is not None and page.may_show:
            address.go(page.module, address.query(address.SHOW, key, parents=of))
        address.go(page.module, address.query(parents=of))
    drafts.trouble(editing)


def _say_created(page: ResourcePage, editing: Editing) -> None:
    name = page.label(editing.saved) if editing.saved else f"The {page.about.singular}"
    session.current().flash(f"{name} was created", ":material/check_circle:")


def _create(page: ResourcePage, editing: Editing, parents: Keys) -> None:
    body = editing.form.draft
    if drafts.has_faults(page, editing, body, page.forms.create):
        return
    with editing.once.turn() as is_first, drafts.sending(editing):
        if is_first and not editing.is_saved:
            editing.saved = records.create(page, parents, body)
            editing.is_saved = True
