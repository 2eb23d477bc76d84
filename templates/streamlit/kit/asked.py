"""The parameters of an operation other than its keys and its body: query parameters, headers and cookies."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import streamlit as st

from . import parameters, session, words
from .form import ABSENT, Form
from .shapes import Shape

if TYPE_CHECKING:
    from ..._core import JSON
    from .page import ResourcePage

_ASKED = "firestone.asked"


def draw(page: ResourcePage, operation: str) -> None:
    """Draw the fields of the parameters of an operation, and note what is typed in; nothing is drawn where there are none."""
    form = _form(page, operation) if page.may(operation) else None
    if form is None:
        return
    with st.expander("Parameters of the request", expanded=bool(_missing(page, operation))):
        form.draw()
    said = form.draft
    if not form.problems and isinstance(said, dict):
        session.current().asked[page.operation(operation).name] = dict(said)


def is_ready(page: ResourcePage, operation: str) -> bool:
    """Report whether all is known that an operation must have; draw the fields for it where that is not so."""
    if not page.may(operation) or _form(page, operation) is None or not _missing(page, operation):
        return True
    missing = words.listed(_missing(page, operation))
    draw(page, operation)
    if not _missing(page, operation):
        st.rerun()
    st.info(words.plain(f"The API needs more before it can answer: {missing}."))
    return False


def _missing(page: ResourcePage, operation: str) -> list[str]:
    said = session.current().asked.get(page.operation(operation).name, {})
    return [
        each.shape.title
        for each in parameters.of(page, operation)
        if each.is_required and each.name not in said
    ]


def _form(page: ResourcePage, operation: str) -> Form | None:
    """Return the form of the parameters of an operation, which keeps what was typed for the next record."""
    known = parameters.of(page, operation)
    if not known:
        return None
    forms = cast("dict[str, Form]", st.session_state.setdefault(_ASKED, {}))
    name = page.operation(operation).name
    if name not in forms:
        schema: dict[str, JSON] = {
            "type": "object",
            "properties": {each.name: cast("JSON", dict(each.shape.schema)) for each in known},
            "required": [each.name for each in known if each.is_required],
            "additionalProperties": False,
        }
        defaults = {
            each.name: each.shape.schema["default"]
            for each in known
            if each.is_required and "default" in each.shape.schema
        }
        session.current().asked[name] = dict(defaults)
        shape, seed = Shape(page.schemas, schema), defaults or ABSENT
        forms[name] = Form(page, shape, f"asked:{operation}", ABSENT, seed=seed, is_new=True)
    return forms[name]
