"""Changing several records at once: choose members and values, preview each record, then save."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import streamlit as st

from ..._core import APIError, dumps
from . import (
    address,
    changes,
    columns,
    live,
    records,
    references,
    secrecy,
    selection,
    states,
    table,
    words,
)
from .changes import Change
from .form import ABSENT, Form
from .once import Once
from .shapes import Shape

if TYPE_CHECKING:
    from ..._core import JSON
    from .page import Keys, ResourcePage

VIEW = "bulk"


@dataclass
class Bulk:
    """A change of several records in progress."""

    names: list[str] = field(default_factory=list[str])
    """The members to change."""
    form: Form | None = None
    plan: list[Change] = field(default_factory=list[Change])
    gone: list[str] = field(default_factory=list[str])
    """Why records cannot be changed."""
    once: Once = field(default_factory=Once)

    @property
    def is_sent(self) -> bool:
        """Whether changes were sent."""
        return any(each.result is not None for each in self.plan)


def may(page: ResourcePage) -> bool:
    """Report whether records can be changed in bulk."""
    return page.may("get") and page.may_edit and bool(changes.writable(page))


def begin(page: ResourcePage, parents: Keys) -> None:
    """Open the view for changing the ticked records."""
    st.session_state[_name(page, parents)] = Bulk()
    address.change(address.query(VIEW, parents=page.of(parents)))


def draw(page: ResourcePage, parents: Keys) -> None:
    """Draw the view."""
    live.hold()
    selected = selection.ticked(page, parents)
    bulk = cast("Bulk", st.session_state.setdefault(_name(page, parents), Bulk()))
    chosen = selected or {each.keys: each.label for each in bulk.plan}
    _back(page, parents)
    count = words.counted(len(chosen), page.about.singular, page.about.plural)
    st.title(words.plain(f"Edit {count}"), anchor=False)
    if not chosen:
        states.box(
            ":material/check_box:",
            "Nothing is selected",
            f"Tick {page.about.plural} in the list first.",
        )
        return
    st.text(_names(list(chosen.values())))
    if bulk.plan or bulk.gone:
        _preview(page, bulk, parents)
    else:
        _choose(page, bulk, list(chosen))


def _choose(page: ResourcePage, bulk: Bulk, chosen: list[Keys]) -> None:
    """Draw the choice of members, and their new values."""
    known = changes.writable(page)
    titles = references.unique({name: columns.title(page, name) for name in known})
    names = st.multiselect(
        "What to change",
        list(known),
        default=bulk.names,
        format_func=references.namer(titles),
        key=f"{page.module}:bulk:names",
        placeholder="Choose fields",
    )
    if names != bulk.names or (names and bulk.form is None):
        bulk.names, bulk.form = names, _form(page, names)
    if bulk.form is None or not names:
        return
    bulk.form.draw()
    problems = bulk.form.problems
    if st.button(
        "Preview", key=f"{page.module}:bulk:preview", type="primary", disabled=bool(problems)
    ):
        _plan(page, bulk, chosen)
        st.rerun()


def _form(page: ResourcePage, names: list[str]) -> Form | None:
    """Return a form of only these members."""
    if not names:
        return None
    fields = page.shape("replace").fields
    properties: dict[str, JSON] = {name: fields[name].source for name in names}
    required: list[JSON] = [name for name in names if fields[name].is_required]
    schema: JSON = {"type": "object", "properties": properties, "required": required}
    return Form(page, Shape(page.schemas, schema), "bulk", ABSENT, is_new=True)


def _plan(page: ResourcePage, bulk: Bulk, chosen: list[Keys]) -> None:
    """Read the current records, and plan the change of each."""
    draft = bulk.form.draft if bulk.form is not None else {}
    values = draft if isinstance(draft, dict) else {}
    gone = {name for name in bulk.names if name not in values}
    labels = selection.ticked(page, chosen[0][:-1])
    for keys, loaded in zip(chosen, records.fetch_all(page, chosen), strict=True):
        if isinstance(loaded, APIError):
            bulk.gone.append(f"{labels.get(keys, keys[-1])}: {states.message(loaded)}")
        else:
            bulk.plan.append(changes.plan(page, keys, loaded, values, gone))


def _preview(page: ResourcePage, bulk: Bulk, parents: Keys) -> None:
    """Draw the planned change of each record, or its result."""
    header = [page.about.singular.capitalize(), "Field", "Before", "After", "Result"]
    rows = [row for change in bulk.plan for row in _rows(page, bulk, change)]
    table.texts(header, rows, f"Changes of {len(bulk.plan)} {page.about.plural}")
    for text in bulk.gone:
        st.warning(words.plain(text), icon=":material/warning:")
    ready = [each for each in bulk.plan if each.is_ready]
    with st.container(horizontal=True, vertical_alignment="center"):
        if ready:
            count = words.counted(len(ready), page.about.singular, page.about.plural)
            if st.button(
                words.plain(f"Save {count}"), key=f"{page.module}:bulk:save", type="primary"
            ):
                with bulk.once.turn():
                    _send(page, ready)
                st.rerun()
        if not bulk.is_sent:
            st.button("Change", key=f"{page.module}:bulk:again", on_click=_again, args=(bulk,))
        elif any(each.result for each in bulk.plan):
            st.button(
                "Preview again", key=f"{page.module}:bulk:retry", on_click=_again, args=(bulk,)
            )
        st.button(
            "Done" if bulk.is_sent else "Cancel",
            key=f"{page.module}:bulk:end",
            on_click=_end,
            args=(page, parents),
        )
    if not bulk.is_sent and not ready:
        st.info("Nothing to save: no record would be different.", icon=":material/info:")


def _rows(page: ResourcePage, bulk: Bulk, change: Change) -> list[list[str]]:
    """Return a row for each member of a change."""
    faults = "; ".join(text for _, text in change.faults)
    result = {None: faults or "Ready", "": "Saved"}.get(change.result, change.result or "")
    if not change.is_needed:
        result = "No change"
    return [
        [
            change.label,
            columns.title(page, name),
            _value_text(page, change.before, name),
            _value_text(page, change.after, name),
            result,
        ]
        for name in bulk.names
    ]


def _value_text(page: ResourcePage, record: dict[str, JSON], name: str) -> str:
    """Return a value as a short text that distinguishes empty, null and not set."""
    if name not in record:
        return "not set"
    value = secrecy.masked(page.shape("replace").fields[name], record[name])
    return words.cut(words.line(value if isinstance(value, str) and value else dumps(value)), 200)


def _send(page: ResourcePage, ready: list[Change]) -> None:
    bar = st.progress(0.0, "Saving …")
    for at, change in enumerate(ready, 1):
        if change.result is None:  # otherwise another run has sent it
            changes.send(page, change)
        if change.result == "":
            selection.untick(page, [change.keys])
        bar.progress(at / len(ready), f"Saving {at} of {len(ready)}")


def _again(bulk: Bulk) -> None:
    bulk.plan, bulk.gone = [], []


def _end(page: ResourcePage, parents: Keys) -> None:
    st.session_state.pop(_name(page, parents), None)
    address.change(page.back(parents))


def _back(page: ResourcePage, parents: Keys) -> None:
    st.button(
        words.plain(page.title),
        key=f"{page.module}:bulk:back",
        type="tertiary",
        icon=":material/arrow_back:",
        on_click=_end,
        args=(page, parents),
    )


def _names(labels: list[str]) -> str:
    text = ", ".join(words.cut(each, 60) for each in labels[:10])
    return text if len(labels) <= 10 else f"{text} and {len(labels) - 10:,} more"


def _name(page: ResourcePage, parents: Keys) -> str:
    return "\0".join([f"{page.module}:bulk", *parents])
