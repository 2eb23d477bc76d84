"""Deleting records: the confirmation, the requests, and undo if a record can be recreated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, cast

import streamlit as st

from ..._core import APIError, ConnectError, NotFoundError, PreconditionFailedError
from . import address, asked, records, selection, session, states, words
from .once import Once
from .page import Keys, Record, page_of

if TYPE_CHECKING:
    from .page import ResourcePage
    from .session import Session

_QUESTION = "firestone.delete"
_NAMED = 20
"""How many records a question names; more than these are deleted in several goes."""


@dataclass
class Doomed:
    """A record that is about to be deleted, as it is now."""

    keys: Keys
    label: str
    loaded: records.Loaded | None = None


@dataclass
class Question:
    """What is asked before anything is deleted."""

    module: str
    doomed: list[Doomed]
    refused: list[str] = field(default_factory=list[str])
    is_answered: bool = False
    """All was done, though the run that did it may have ended before it could say so."""
    once: Once = field(default_factory=Once)


def ask(page: ResourcePage, chosen: Sequence[tuple[Keys, str]]) -> None:
    """Ask whether these records should go, by the names that they have now. Those that are gone already are not asked about."""
    st.session_state[_QUESTION] = Question(page.module, _as_they_are(page, chosen[:_NAMED]))


def _as_they_are(page: ResourcePage, chosen: Sequence[tuple[Keys, str]]) -> list[Doomed]:
    """Return records as they are now, without those that are gone."""
    if not page.may_show:
        return [Doomed(keys, label) for keys, label in chosen]
    found: list[Doomed] = []
    loaded = records.fetch_all(page, [keys for keys, _ in chosen])
    for (keys, label), each in zip(chosen, loaded, strict=True):
        if isinstance(each, records.Loaded):
            found.append(Doomed(keys, page.label(each.record), each))
        elif not isinstance(each, NotFoundError):
            found.append(Doomed(keys, label))
    return found


def is_open() -> bool:
    """Report whether a question is open."""
    return _QUESTION in st.session_state


def close() -> None:
    """Take the question back."""
    st.session_state.pop(_QUESTION, None)


def draw(page: ResourcePage) -> None:
    """Draw the question, where one is open on these pages."""
    question = cast("Question | None", st.session_state.get(_QUESTION))
    if question is None:
        return
    if question.module != page.module or question.is_answered:
        close()
        return
    count = len(question.doomed)
    title = f"Delete {words.counted(count, page.about.singular, page.about.plural)}?"
    st.dialog(words.plain(title), on_dismiss=close)(_question)(page, question)


def _question(page: ResourcePage, question: Question) -> None:
    if not is_open() or question.is_answered:  # the page behind it is drawn anew
        st.rerun()
    if not question.doomed and not question.refused:
        st.write("Somebody else deleted it a moment ago.")
    for each in question.doomed:
        st.text(f"• {each.label}")
    asked.draw(page, "delete")
    for text in question.refused:
        st.error(words.plain(text))
    with st.container(horizontal=True, horizontal_alignment="right"):
        st.button("Cancel", key=f"{page.module}:delete:no", on_click=close)
        if question.doomed:
            st.button(
                "Delete",
                key=f"{page.module}:delete:yes",
                type="primary",
                on_click=_delete,
                args=(page, question),
            )


def _delete(page: ResourcePage, question: Question) -> None:
    """Delete what the question names, as it was then, and nothing that was changed since: that is asked about once more."""
    with question.once.turn():
        gone = _deleted(page, question)
    if gone:
        selection.untick(page, [each.keys for each in gone])
    if not question.refused:
        close()
        if gone and address.view() != address.LIST:
            address.become(address.query(parents=page.of(gone[0].keys[:-1])))


def _deleted(page: ResourcePage, question: Question) -> list[Doomed]:
    """Delete what the question names, and return what is gone."""
    gone: list[Doomed] = []
    left: list[Doomed] = []
    mine = session.current()
    question.refused = []
    for each in question.doomed:
        try:
            if each.loaded is not None:
                records.refuse_older(page, each.keys, each.loaded, "delete")
            records.delete(page, each.keys, each.loaded.etag if each.loaded else None)
        except NotFoundError:
            gone.append(each)
        except PreconditionFailedError:
            question.refused.append(f"{each.label} was changed in the meantime, and still exists.")
            left += _as_they_are(page, [(each.keys, each.label)])
        except APIError as error:
            question.refused.append(f"{each.label}: {error}")
            left.append(each)
        else:
            gone.append(each)
    # Streamlit may end this run wherever that looks into the session: what has to be known comes before that.
    if gone:
        _say(page, mine, gone)
    question.doomed, question.is_answered = left, not question.refused
    return gone


def _say(page: ResourcePage, mine: Session, gone: list[Doomed]) -> None:
    """Say what went, with the way back where all of it can be made again."""
    names = ", ".join(words.cut(each.label, 40) for each in gone[:3])
    rest = "" if len(gone) <= 3 else f" and {len(gone) - 3} more"
    mine.flash(
        f"Deleted: {names}{rest}",
        ":material/delete:",
        is_kept=True,
        label="Undo" if all(_can_return(page, each) for each in gone) else "",
        do=partial(_undo, page.module, list(gone), Once()),
    )


def _can_return(page: ResourcePage, gone: Doomed) -> bool:
    """Report whether a record can be made again with all that it had and a client can write."""
    if not page.may("create") or gone.loaded is None:
        return False
    form = page.schemas.named(page.forms.create)
    return not page.schemas.check(form, _sent(page, gone.loaded.record))


def _sent(page: ResourcePage, record: Record) -> Record:
    """Return what a client sends to make a record."""
    read, create = page.schemas.named(page.forms.read), page.schemas.named(page.forms.create)
    return cast("Record", page.schemas.reduced(record, read, create, []))


def _undo(module: str, gone: list[Doomed], once: Once) -> None:
    """Make the records again. Where the server makes the keys, they get new ones.

    gone is emptied one by one: neither a second press nor a run that is ended makes a record twice, or forgets one.
    """
    page = page_of(module)
    mine = session.current()
    back: list[str] = []
    with once.turn():
        while gone and (loaded := gone[0].loaded) is not None:
            try:
                made = records.create(page, gone[0].keys[:-1], _sent(page, loaded.record))
            except APIError as error:
                left = list(gone)
                gone.clear()
                maybe = " It may or may not exist." if isinstance(error, ConnectError) else ""
                mine.flash(
                    f"{left[0].label} could not be restored: {states.said(error)}{maybe}",
                    ":material/error:",
                    is_kept=True,
                    label="Try again",
                    do=partial(_undo, module, left, Once()),
                )
                break
            each = gone.pop(0)
            back.append(each.label + _less(page, each, made))
    if back:
        mine.flash(f"Restored: {', '.join(back)}", ":material/undo:")


def _less(page: ResourcePage, gone: Doomed, made: Record | None) -> str:
    """Return in what a record that was made again differs from the one that there was."""
    fields = page.shape("create").fields.values()
    lost = [f"without its {each.title}" for each in fields if each.is_write_only]
    if made is not None and page.key(made) != gone.keys[-1]:
        lost.append(f"with a new {page.about.key}")
    return f" ({words.listed(lost)})" if lost else ""
