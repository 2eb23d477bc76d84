"""The form of an existing record. Neither concurrent changes nor input are lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import streamlit as st

from ..._core import PreconditionFailedError, differences
from . import address, commands, conflict, detail, drafts, parameter_form, records, session, words
from .form import ABSENT, Form

if TYPE_CHECKING:
    from ..._core import JSON
    from .drafts import Editing
    from .page import Keys, Record, ResourcePage
    from .records import Loaded


def draw(page: ResourcePage) -> None:
    """Draw the form of the record in the address."""
    keys = detail.record_keys(page)
    if not parameter_form.is_ready(page, "get"):
        return
    name = (page.module, "edit", *keys)
    forms = drafts.known()
    if name not in forms or (session.current().is_entered and forms[name].is_over):
        forms[name] = _opened(page, keys, records.fetch(page, keys))
    editing = forms[name]
    assert editing.loaded is not None  # noqa: S101 - _opened sets it
    label = page.label(editing.loaded.record)
    st.page_link(
        address.file(page.module),
        label=words.plain(words.cut(label, 80)),
        icon=":material/arrow_back:",
        query_params=address.query(address.SHOW, keys[-1], parents=page.of(keys[:-1])),
    )
    st.title(words.plain(f"Edit {words.cut(label, 100)}"), anchor=False)
    if session.current().is_entered and editing.form.is_changed:
        st.info(
            "What you typed before is still here, and not saved yet.", icon=":material/edit_note:"
        )
    editing.form.draw()
    parameter_form.draw(page, _verb(page))
    _finish_changing(page, editing, keys, name)
    commands.draw(page, _verb(page), keys, body=_difference(page, editing))


def _opened(page: ResourcePage, keys: Keys, loaded: Loaded, seed: JSON | None = None) -> Editing:
    """Return the form of the current record; seed has the user's changes, if there are any."""
    before = records.written(page, loaded)
    form = Form(
        page,
        page.shape("replace"),
        "edit",
        before,
        seed=ABSENT if seed is None else seed,
        hidden=_hidden(page),
        is_new=False,
    )
    return drafts.Editing(form, loaded, before)


def _hidden(page: ResourcePage) -> list[str]:
    """Return the members that the form omits: the key, and, if members can only be changed singly, those that cannot."""
    hidden = [*page.hidden, page.about.key]
    if not page.may("update") and not page.may("replace"):
        alone = {name for name, each in page.attributes.items() if each.set is not None}
        hidden += [name for name in page.shape("replace").fields if name not in alone]
    return hidden


def _verb(page: ResourcePage) -> str:
    return "update" if page.may("update") else "replace"


def _difference(page: ResourcePage, editing: Editing) -> JSON:
    return (
        differences.patch(editing.before, editing.form.draft)
        if page.may("update")
        else editing.form.draft
    )


def _finish_changing(
    page: ResourcePage, editing: Editing, keys: Keys, name: tuple[str, ...]
) -> None:
    shown = address.query(address.SHOW, keys[-1], parents=page.of(keys[:-1]))
    if editing.theirs is not None:
        chosen = conflict.draw(page, editing.before, editing.form.draft, editing.theirs)
        if chosen is not None and not editing.form.problems:  # invalid input would be lost
            fresh = _opened(page, keys, editing.theirs, chosen)
            drafts.known()[name] = fresh
            _change(page, fresh, keys)
            editing = fresh
    with st.container(horizontal=True):
        if (
            st.button("Save", key=f"{page.module}:edit:save", type="primary")
            and not editing.is_saved
        ):
            _change(page, editing, keys)
        if st.button("Cancel", key=f"{page.module}:edit:cancel"):
            del drafts.known()[name]
            address.go(page.module, shown)
    if editing.is_saved:
        del drafts.known()[name]
        address.go(page.module, shown)
    drafts.trouble(editing)


def _change(page: ResourcePage, editing: Editing, keys: Keys) -> None:
    assert editing.loaded is not None  # noqa: S101 - _opened sets it
    after = editing.form.draft
    if not editing.form.problems and differences.is_same(editing.before, after):
        session.current().flash("Nothing to save: nothing was changed", ":material/info:")
        editing.is_saved = True
        return
    if drafts.has_faults(page, editing, after, page.write_form):
        return
    with editing.once.turn() as is_first, drafts.sending(editing):
        if is_first and not editing.is_saved:
            _save(page, editing, keys, cast("Record", after))


def _save(page: ResourcePage, editing: Editing, keys: Keys, after: Record) -> None:
    loaded, mine = cast("Loaded", editing.loaded), session.current()
    try:
        records.refuse_older(page, keys, loaded, _verb(page))
        before = cast("Record", editing.before)
        editing.saved = records.save(page, keys, before, after, loaded.etag)
    except PreconditionFailedError:
        editing.theirs = records.fetch(page, keys)
        st.rerun()
    editing.is_saved = True
    mine.flash("Saved", ":material/check_circle:")
