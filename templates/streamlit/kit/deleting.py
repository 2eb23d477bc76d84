"""Deleting records: the confirmation, the requests, and undo if the records can be recreated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, cast

import streamlit as st

from ..._core import APIError, ConnectError, NotFoundError, PreconditionFailedError
from . import address, parameter_form, records, selection, session, states, words
from .once import Once
from .page import Keys, Record, page_of

if TYPE_CHECKING:
    from .page import ResourcePage
    from .session import Session

_QUESTION = "firestone.delete"
_NAMED = 20
"""How many records can be deleted at once."""


@dataclass
class Target:
    """A record to delete, in its current state."""

    keys: Keys
    label: str
    loaded: records.Loaded | None = None


@dataclass
class Question:
    """The confirmation before records are deleted."""

    module: str
    targets: list[Target]
    refused: list[str] = field(default_factory=list[str])
    is_answered: bool = False
    """Everything was deleted, though the run may have ended before it could report that."""
    once: Once = field(default_factory=Once)


def ask(page: ResourcePage, chosen: Sequence[tuple[Keys, str]]) -> None:
    """Ask for confirmation before deleting records, by their current labels. Records that no longer exist are left out."""
    st.session_state[_QUESTION] = Question(page.module, _current_targets(page, chosen[:_NAMED]))


def _current_targets(page: ResourcePage, chosen: Sequence[tuple[Keys, str]]) -> list[Target]:
    """Return records in their current state, without those that no longer exist."""
    if not page.may_show:
        return [Target(keys, label) for keys, label in chosen]
    found: list[Target] = []
    loaded = records.fetch_all(page, [keys for keys, _ in chosen])
    for (keys, label), each in zip(chosen, loaded, strict=True):
        if isinstance(each, records.Loaded):
            found.append(Target(keys, page.label(each.record), each))
        elif not isinstance(each, NotFoundError):
            found.append(Target(keys, label))
    return found


def is_open() -> bool:
    """Report whether a question is open."""
    return _QUESTION in st.session_state


def close() -> None:
    """Close the question."""
    st.session_state.pop(_QUESTION, None)


def draw(page: ResourcePage) -> None:
    """Draw the question, if one is open for this resource."""
    question = cast("Question | None", st.session_state.get(_QUESTION))
    if question is None:
        return
    if question.module != page.module or question.is_answered:
        close()
        return
    count = len(question.targets)
    title = f"Delete {words.counted(count, page.about.singular, page.about.plural)}?"
    st.dialog(words.plain(title), on_dismiss=close)(_question)(page, question)


def _question(page: ResourcePage, question: Question) -> None:
    if not is_open() or question.is_answered:  # redraw the page behind it
        st.rerun()
    if not question.targets and not question.refused:
        st.write("Somebody else deleted it a moment ago.")
    for each in question.targets:
        st.text(f"• {each.label}")
    parameter_form.draw(page, "delete")
    for text in question.refused:
        st.error(words.plain(text))
    with st.container(horizontal=True, horizontal_alignment="right"):
        st.button("Cancel", key=f"{page.module}:delete:no", on_click=close)
        if question.targets:
            st.button(
                "Delete",
                key=f"{page.module}:delete:yes",
                type="primary",
                on_click=_delete,
                args=(page, question),
            )


def _delete(page: ResourcePage, question: Question) -> None:
    """Delete the records in the question, except those that were changed since then: these are asked about again."""
    with question.once.turn():
        gone = _deleted(page, question)
    if gone:
        selection.untick(page, [each.keys for each in gone])
    if not question.refused:
        close()
        if gone and address.view() != address.LIST:
            address.change(address.query(parents=page.of(gone[0].keys[:-1])))


def _deleted(page: ResourcePage, question: Question) -> list[Target]:
    """Delete the records in the question, and return those that no longer exist."""
    gone: list[Target] = []
    left: list[Target] = []
    mine = session.current()
    question.refused = []
    for each in question.targets:
        try:
            if each.loaded is not None:
                records.refuse_older(page, each.keys, each.loaded, "delete")
            records.delete(page, each.keys, each.loaded.etag if each.loaded else None)
        except NotFoundError:
            gone.append(each)
        except PreconditionFailedError:
            question.refused.append(f"{each.label} was changed in the meantime, and still exists.")
            left += _current_targets(page, [(each.keys, each.label)])
        except APIError as error:
            question.refused.append(f"{each.label}: {error}")
            left.append(each)
        else:
            gone.append(each)
    # Streamlit may end this run wherever it accesses the session, so the result is stored before that.
    if gone:
        _say(page, mine, gone)
    question.targets, question.is_answered = left, not question.refused
    return gone


def _say(page: ResourcePage, mine: Session, gone: list[Target]) -> None:
    """Report what was deleted, with an undo button if all of it can be recreated."""
    names = ", ".join(words.cut(each.label, 40) for each in gone[:3])
    rest = "" if len(gone) <= 3 else f" and {len(gone) - 3} more"
    mine.flash(
        f"Deleted: {names}{rest}",
        ":material/delete:",
        is_kept=True,
        label="Undo" if all(_can_return(page, each) for each in gone) else "",
        do=partial(_undo, page.module, list(gone), Once()),
    )


def _can_return(page: ResourcePage, gone: Target) -> bool:
    """Report whether a record can be recreated with all of its writable members."""
    if not page.may("create") or gone.loaded is None:
        return False
    form = page.schemas.named(page.forms.create)
    return not page.schemas.check(form, _sent(page, gone.loaded.record))


def _sent(page: ResourcePage, record: Record) -> Record:
    """Return the body that creates a record."""
    read, create = page.schemas.named(page.forms.read), page.schemas.named(page.forms.create)
    return cast("Record", page.schemas.reduced(record, read, create, []))


def _undo(module: str, gone: list[Target], once: Once) -> None:
    """Recreate records. If the server assigns keys, they get new ones.

    Records are removed from gone one by one, so that neither a double click nor a run that is ended creates one twice or
    omits one.
    """
    page = page_of(module)
    mine = session.current()
    back: list[str] = []
    with once.turn():
        while gone and (loaded := gone[0].loaded) is not None:
            try:
                restored = records.create(page, gone[0].keys[:-1], _sent(page, loaded.record))
            except APIError as error:
                left = list(gone)
                gone.clear()
                maybe = " It may or may not exist." if isinstance(error, ConnectError) else ""
                mine.flash(
                    f"{left[0].label} could not be restored: {states.message(error)}{maybe}",
                    ":material/error:",
                    is_kept=True,
                    label="Try again",
                    do=partial(_undo, module, left, Once()),
                )
                break
            each = gone.pop(0)
            back.append(each.label + _losses(page, each, restored))
    if back:
        mine.flash(f"Restored: {', '.join(back)}", ":material/undo:")


def _losses(page: ResourcePage, gone: Target, restored: Record | None) -> str:
    """Return in what way a restored record differs from the original."""
    fields = page.shape("create").fields.values()
    lost = [f"without its {each.title}" for each in fields if each.is_write_only]
    if restored is not None and page.key(restored) != gone.keys[-1]:
        lost.append(f"with a new {page.about.key}")
    return f" ({words.listed(lost)})" if lost else ""
