"""Forms for the parameters of an operation other than its keys: query parameters, headers and cookies."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import streamlit as st

from . import parameters, session, words
from .form import ABSENT, Form
from .shapes import Shape

if TYPE_CHECKING:
    from ..._core import JSON
    from .page import ResourcePage

_FORMS = "firestone.parameters"


def draw(page: ResourcePage, operation: str) -> None:
    """Draw fields for the parameters of an operation, if it has any, and store the input."""
    form = _form(page, operation) if page.may(operation) else None
    if form is None:
        return
    with st.expander("Parameters of the request", expanded=bool(_missing(page, operation))):
        form.draw()
    typed = form.draft
    if not form.problems and isinstance(typed, dict):
        session.current().arguments[page.operation(operation).name] = dict(typed)


def is_ready(page: ResourcePage, operation: str) -> bool:
    """Report whether all required parameters of an operation have values. If not, draw fields for them."""
    if not page.may(operation) or _form(page, operation) is None or not _missing(page, operation):
        return True
    missing = words.listed(_missing(page, operation))
    draw(page, operation)
    if not _missing(page, operation):
        st.rerun()
    st.info(words.plain(f"The API needs more before it can answer: {missing}."))
    return False


def _missing(page: ResourcePage, operation: str) -> list[str]:
    typed = session.current().arguments.get(page.operation(operation).name, {})
    return [
        each.shape.title
        for each in parameters.of(page, operation)
        if each.is_required and each.name not in typed
    ]


def _form(page: ResourcePage, operation: str) -> Form | None:
    """Return the form for the parameters of an operation. It keeps its input for the next record."""
    known = parameters.of(page, operation)
    if not known:
        return None
    forms = cast("dict[str, Form]", st.session_state.setdefault(_FORMS, {}))
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
        session.current().arguments[name] = dict(defaults)
        shape, seed = Shape(page.schemas, schema), defaults or ABSENT
        forms[name] = Form(page, shape, f"parameters:{operation}", ABSENT, seed=seed, is_new=True)
    return forms[name]
