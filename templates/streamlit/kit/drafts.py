"""Open forms: what was typed, and its problems, kept until the form is saved or discarded."""

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
    """A form that is open, from the run that opened it until it is saved or given up."""

    form: Form
    loaded: Loaded | None = None
    """What is changed, as it was when the form was opened."""
    before: JSON = None
    """What a client can write of it."""
    failure: str = ""
    """Why nothing was saved, where no field can say it."""
    theirs: Loaded | None = None
    """The record after a concurrent change."""
    is_begun: bool = False
    """It was filled in by something else than typing, and not drawn yet."""
    saved: Record | None = None
    is_saved: bool = False
    is_another: bool = False
    """Another record is added after this one."""
    once: Once = field(default_factory=Once)

    @property
    def is_over(self) -> bool:
        """Whether it holds nothing that nobody saved."""
        return self.is_saved or not self.form.is_changed


def known() -> dict[tuple[str, ...], Editing]:
    """Return the forms of this visitor, by module, new or edit, and keys."""
    return cast("dict[tuple[str, ...], Editing]", st.session_state.setdefault(_EDITING, {}))


def has_faults(page: ResourcePage, editing: Editing, body: JSON, form: str) -> bool:
    """Look for what the server would refuse, and report whether there is any. Of a patch, what it does not touch is not looked at."""
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
    """Report whether a fault is of a member that was changed, or that is missing since another one was."""
    name = pointer[1:].partition("/")[0].replace("~1", "/").replace("~0", "~")
    before = editing.before if isinstance(editing.before, dict) else {}
    after = body if isinstance(body, dict) else {}
    if name in before and name in after:
        return not differences.is_same(before[name], after[name])
    return is_new or name in before or name in after


@contextlib.contextmanager
def sending(editing: Editing) -> Generator[None]:
    """Keep what a refusal says with the form, where the next run shows it."""
    try:
        yield
    except UnauthorizedError as error:
        login.ask(error.security, str(error), back="Back to the form")  # which keeps what was typed
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
    """Say beside the buttons what has to be mended: after a long form nobody sees the top."""
    form = editing.form
    if form.is_outdated:  # so that each fault stands at its field, and what is folded away opens
        st.rerun()
    if editing.failure:
        st.error(words.plain(editing.failure), icon=":material/error:")
    told = [words.about(form.told(pointer), text) for pointer, text in form.problems.items()]
    told += [
        words.about(form.told(each.pointer), each.detail) if each.pointer else each.detail
        for each in form.faults
    ]
    if told:
        heading = "1 thing needs" if len(told) == 1 else f"{len(told)} things need"
        lines = "\n".join(f"- {words.plain(each)}" for each in told)
        st.error(f"{heading} attention\n\n{lines}", icon=":material/error:")
