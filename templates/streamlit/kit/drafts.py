"""Open forms: their input and its problems, kept until the form is saved or discarded."""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import streamlit as st

from ..._core import (
    APIError,
    ConnectError,
    Fault,
    NotFoundError,
    StatusError,
    UnauthorizedError,
    differences,
)
from . import login, secrecy, words
from .once import Once

if TYPE_CHECKING:
    from ..._core import JSON
    from .form import Form
    from .page import Record, ResourcePage
    from .records import Loaded

_EDITING = "firestone.editing"


@dataclass
class Editing:
    """An open form, until it is saved or discarded."""

    form: Form
    loaded: Loaded | None = None
    """The record that is edited, as it was when the form was opened."""
    before: JSON = None
    """The writable part of it."""
    failure: str = ""
    """Why nothing was saved, if that does not belong to a field."""
    theirs: Loaded | None = None
    """The record after a concurrent change."""
    is_begun: bool = False
    """It was filled in by the program, and has not been drawn yet."""
    saved: Record | None = None
    is_saved: bool = False
    is_another: bool = False
    """Another record will be added after this one."""
    once: Once = field(default_factory=Once)

    @property
    def is_over(self) -> bool:
        """Whether it contains nothing unsaved."""
        return self.is_saved or not self.form.is_changed


def known() -> dict[tuple[str, ...], Editing]:
    """Return the forms of this visitor, by module, new or edit, and keys."""
    return cast("dict[tuple[str, ...], Editing]", st.session_state.setdefault(_EDITING, {}))


def has_faults(page: ResourcePage, editing: Editing, body: JSON, form: str) -> bool:
    """Check the input, and report whether there are faults. In a patch, existing faults of unchanged members are ignored."""
    editing.failure, editing.theirs = "", None
    editing.form.faults = []
    if editing.form.problems:
        return True
    found = secrecy.faults(page, form, body)
    if editing.loaded is not None and (page.may("update") or not page.may("replace")):
        known = {pointer for pointer, _ in secrecy.faults(page, form, editing.before)}
        found = [
            (pointer, text)
            for pointer, text in found
            if _is_touched(editing, body, pointer, is_new=pointer not in known)
        ]
    editing.form.faults = [Fault(text, pointer) for pointer, text in found]
    return bool(found)


def _is_touched(editing: Editing, body: JSON, pointer: str, *, is_new: bool) -> bool:
    """Report whether a fault concerns a changed member, or one that is missing because of a change."""
    name = pointer[1:].partition("/")[0].replace("~1", "/").replace("~0", "~")
    before = editing.before if isinstance(editing.before, dict) else {}
    after = body if isinstance(body, dict) else {}
    if name in before and name in after:
        return not differences.is_same(before[name], after[name])
    return is_new or name in before or name in after


@contextlib.contextmanager
def sending(editing: Editing) -> Generator[None]:
    """Store the reasons of a refusal in the form, where the next run shows them."""
    try:
        yield
    except UnauthorizedError as error:
        login.ask(error.security, str(error), back="Back to the form")  # the form keeps its input
        st.rerun()
    except NotFoundError as error:
        gone = "Somebody has deleted it in the meantime. What you typed is still here."
        editing.failure = gone if editing.loaded is not None else str(error)
    except StatusError as error:
        editing.form.faults = list(error.errors)
        editing.failure = "" if error.errors else str(error)
    except ConnectError as error:
        editing.failure = (
            f"{error}. It may or may not have been saved; what you typed is still here."
        )
    except APIError as error:
        editing.failure = str(error)


def trouble(editing: Editing) -> None:
    """List the problems next to the buttons, since nobody sees the top of a long form."""
    form = editing.form
    if form.is_outdated:  # so that faults appear at their fields, and collapsed fields open
        st.rerun()
    if editing.failure:
        st.error(words.plain(editing.failure), icon=":material/error:")
    messages = [
        words.about(form.location(pointer), text) for pointer, text in form.problems.items()
    ]
    messages += [
        words.about(form.location(each.pointer), each.detail) if each.pointer else each.detail
        for each in form.faults
    ]
    if messages:
        heading = "1 thing needs" if len(messages) == 1 else f"{len(messages)} things need"
        lines = "\n".join(f"- {words.plain(each)}" for each in messages)
        st.error(f"{heading} attention\n\n{lines}", icon=":material/error:")
