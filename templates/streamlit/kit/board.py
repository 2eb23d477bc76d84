"""A board: records as cards, with a column for each value of an enum. A selectbox on a card moves it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from ..._core import APIError
from ..._core.validation import is_equal
from . import (
    address,
    cells,
    changes,
    columns,
    filters,
    records,
    references,
    secrecy,
    session,
    states,
    words,
)

if TYPE_CHECKING:
    from ..._core import JSON
    from .page import Keys, Record, ResourcePage
    from .shapes import Shape

_MIN_STAGES, _MAX_STAGES = 2, 6
_FIELDS = 2
"""How many values a card shows below its name."""


def member(page: ResourcePage) -> str | None:
    """Return the member whose values are the columns: a status if there is one, else the first enum with few values."""
    fields = page.shape("read").fields
    found = [
        name
        for name in columns.offered(page)
        if fields[name].kind == "enum"
        and name != page.about.key
        and _MIN_STAGES <= len(fields[name].enum) <= _MAX_STAGES
    ]
    stages = [name for name in found if name.lower() in {"status", "state", "stage", "phase"}]
    return next(iter(stages or found), None)


def draw(page: ResourcePage, found: Sequence[Record], parents: Keys) -> None:
    """Draw the board."""
    name = member(page)
    if name is None:
        return
    shape = page.shape("read").fields[name]
    stages: list[JSON] = list(shape.enum)
    others = [each for each in found if not any(is_equal(each.get(name), one) for one in stages)]
    seen: set[str | None] = set()
    for column, stage in zip(st.columns(len(stages) + bool(others)), [*stages, None], strict=False):
        with column:
            is_other = len(stages) and stage is None
            cards = (
                others if is_other else [each for each in found if is_equal(each.get(name), stage)]
            )
            title = f"No {columns.title(page, name).lower()}" if is_other else shape.named(stage)
            color = "gray" if is_other else cells.color(shape, stage)
            with st.container(horizontal=True, vertical_alignment="center"):
                st.badge(words.plain(words.cut(title, 40)), color=color)
                st.text(f"{len(cards):,}", width="content")
            for record in cards:
                key = page.key(record)
                # If two records have the same key, it is ambiguous, so only the first one gets it.
                _card(page, record, parents, name, None if key in seen else key)
                seen.add(key)


def _card(page: ResourcePage, record: Record, parents: Keys, name: str, key: str | None) -> None:
    label = words.plain(words.cut(page.label(record), 80))
    with st.container(border=True, gap="small"):
        if key is None or not page.may_show:
            st.markdown(f"**{label}**")
        else:
            st.button(
                f"**{label}**",
                key=f"{page.module}:list:card:{key}",
                type="tertiary",
                on_click=address.change,
                args=(address.query(address.SHOW, key, parents=page.of(parents)),),
            )
        _fields(page, record, name)
        shape = changes.writable(page).get(name)
        if key is not None and shape is not None and page.may("get"):
            _move(page, (*parents, key), shape, record.get(name))


def _fields(page: ResourcePage, record: Record, stage: str) -> None:
    record = secrecy.visible(page, record)
    fields = page.shape("read").fields
    refers = references.of(page)
    shown = [
        name
        for name in columns.default(page)
        if name not in {page.about.label, page.about.key, stage}
        and record.get(name) not in (None, "", [])
    ]
    for name in shown[:_FIELDS]:
        value = record[name]
        reference = refers.get(name)
        text = cells.shown(fields[name], value) or ""
        if reference is not None:
            text = references.names(reference, [value]).get(words.text(value), text)
        elif fields[name].kind == "enum":
            text = fields[name].named(value)
        st.caption(words.plain(f"{columns.title(page, name)}: {words.cut(text, 60)}"))


def _move(page: ResourcePage, keys: Keys, shape: Shape, now: JSON) -> None:
    """Draw the selectbox that moves a card to another column."""
    labels = references.unique(
        {filters.encoded(shape, each): shape.named(each) for each in shape.enum}
    )
    text = filters.encoded(shape, now) if now in shape.enum else None
    key = f"{page.module}:list:move:{'/'.join(keys)}:{text}"
    st.selectbox(
        words.plain(f"Move {keys[-1]}"),
        list(labels),
        index=list(labels).index(text) if text in labels else None,
        format_func=references.namer(labels),
        key=key,
        label_visibility="collapsed",
        on_change=_moved,
        args=(page, keys, shape, key, now),
    )


def _moved(page: ResourcePage, keys: Keys, shape: Shape, key: str, shown: JSON) -> None:
    """Move a card, unless somebody else has moved it. All other members stay as the server has them now."""
    chosen = st.session_state[key]
    if chosen is None:
        return
    mine = session.current()
    try:
        loaded = records.fetch(page, keys)
        now = loaded.record.get(shape.name)
        if not is_equal(now, shown):
            message = f"{page.label(loaded.record)} was not moved: somebody else has moved it in the meantime."
            mine.flash(message, ":material/sync_problem:", is_kept=True)
            return
        change = changes.plan(
            page, keys, loaded, {shape.name: filters.decoded(shape, chosen)}, set()
        )
        if change.faults:
            change.result = "; ".join(text for _, text in change.faults)
        elif change.is_needed:
            changes.send(page, change)
    except APIError as error:
        mine.flash(f"Not moved: {states.message(error)}", ":material/error:", is_kept=True)
        return
    if change.result:
        mine.flash(
            f"{change.label} was not moved: {change.result}", ":material/error:", is_kept=True
        )
    else:
        mine.flash(
            f"{change.label} is {shape.named(change.after[shape.name])}", ":material/check_circle:"
        )
