"""A table of records. Clicking the label of a record opens it."""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

import streamlit as st

from . import address, cells, columns, live, references, secrecy, selection, words

if TYPE_CHECKING:
    from .page import Keys, Record, ResourcePage

_ROW, _HEAD = 38, 38
_MOST_ROWS = 20
_OPEN = "firestone.open"
_pandas: Any = importlib.import_module("pandas")  # It has no types, and comes with Streamlit.
_tables: Any = st  # Untyped: the signatures of Streamlit's tables contain types of pandas.


def draw(
    page: ResourcePage,
    found: Sequence[Record],
    parents: Keys,
    name: str,
    names: Sequence[str] | None = None,
) -> None:
    """Draw records. name is the prefix of widget keys; names are the members that are shown."""
    go(name)
    keys = keys_of(page, found, parents)
    _tables.dataframe(**_table(page, found, keys, name, names))


def draw_list(
    page: ResourcePage, found: Sequence[Record], parents: Keys, names: Sequence[str]
) -> None:
    """Draw the records of a list, which can be ticked."""
    name = f"{page.module}:list"
    go(name)
    keys = keys_of(page, found, parents)
    made = _table(page, found, keys, name, names)
    if not any(keys):
        _tables.dataframe(**made)
        return
    labels = [page.label(record) for record in found]
    state = _tables.dataframe(
        **made,
        key=selection.widget(page, keys),
        selection_mode="multi-row",
        selection_default={"selection": {"rows": selection.positions(page, keys)}},
        on_select="rerun",
    )
    selection.take(page, state["selection"]["rows"], keys, labels)


def _table(
    page: ResourcePage,
    found: Sequence[Record],
    keys: Sequence[Keys | None],
    name: str,
    names: Sequence[str] | None,
) -> dict[str, Any]:
    """Return the arguments for a table. Columns are named by position, since members may have any name."""
    shown = columns.default(page) if names is None else names
    found = [secrecy.visible(page, record) for record in found]
    marks = live.recent(page)
    labels = [_literal(page.label(record), marks.get(page.key(record) or "")) for record in found]
    frame: dict[str, Any] = {"label": _pandas.Series(labels, dtype="string")}
    config: dict[str, Any] = {"label": _label(page, name, keys)}
    for at, column in enumerate(
        _columns(page, found, [each for each in shown if each != page.about.label])
    ):
        frame[f"c{at}"] = _pandas.Series(column.values, dtype=column.dtype)
        config[f"c{at}"] = column.config
    count = words.counted(len(found), page.about.singular, page.about.plural)
    return {
        "data": _pandas.DataFrame(frame),
        "column_config": config,
        "hide_index": True,
        "row_height": _ROW,
        "height": "content" if len(found) <= _MOST_ROWS else _HEAD + _ROW * _MOST_ROWS,
        "placeholder": "",
        "alt": f"{page.title}: a table of {count}",
    }


def texts(header: Sequence[str], rows: Sequence[Sequence[str]], alt: str) -> None:
    """Draw a table of texts, which are shown literally."""
    frame = {
        f"c{at}": _pandas.Series([row[at] for row in rows], dtype="string")
        for at in range(len(header))
    }
    config = {f"c{at}": st.column_config.TextColumn(title) for at, title in enumerate(header)}
    _tables.dataframe(
        _pandas.DataFrame(frame),
        column_config=config,
        hide_index=True,
        row_height=_ROW,
        height="content" if len(rows) <= _MOST_ROWS else _HEAD + _ROW * _MOST_ROWS,
        placeholder="",
        alt=alt,
    )


def bars(values: Mapping[str, Sequence[object]], x: str, y: str) -> None:
    """Draw a bar chart, in the order of the values."""
    height = 90 + 34 * len(values[x])
    frame = _pandas.DataFrame(values)
    _tables.bar_chart(frame, x=x, y=y, sort=False, horizontal=True, height=height)


def line(values: Mapping[str, Sequence[object]], x: str, y: str) -> None:
    """Draw a line chart."""
    _tables.line_chart(_pandas.DataFrame(values), x=x, y=y)


def keys_of(page: ResourcePage, found: Sequence[Record], parents: Keys) -> list[Keys | None]:
    """Return the keys of records, those of their parents first; None for one without a key."""
    keys = [page.key(record) for record in found]
    return [None if key is None else (*parents, key) for key in keys]


def _columns(
    page: ResourcePage, found: Sequence[Record], names: Sequence[str]
) -> list[cells.Column]:
    fields = page.shape("read").fields
    refers = references.of(page)
    made: list[cells.Column] = []
    for name in names:
        values = [record.get(name) for record in found]
        reference = refers.get(name)
        known = None
        if reference is not None:
            flat = [
                each for value in values for each in (value if isinstance(value, list) else [value])
            ]
            known = references.names(reference, flat)
        made.append(cells.column(fields[name], columns.title(page, name), values, known))
    return made


def _label(page: ResourcePage, name: str, keys: Sequence[Keys | None]) -> object:
    """Return the column of the labels of records, which are links if the records can be opened."""
    title = columns.title(page, page.about.label)
    if not page.may_show or not any(keys):
        return st.column_config.TextColumn(title, pinned=True)
    joined = "\0".join("\1".join(each) if each else "" for each in keys)
    digest = hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    widget = f"{name}:open:{digest}"
    return st.column_config.ButtonColumn(
        title,
        type="tertiary",
        alignment="left",
        pinned=True,
        key=widget,
        on_click=_open,
        args=(page, name, widget, keys),
    )


def _open(page: ResourcePage, name: str, widget: str, keys: Sequence[Keys | None]) -> None:
    """Store which record was clicked, by its key at the time of the click."""
    state = st.session_state.get(widget)
    at = state["row"] if state else None
    chosen = keys[at] if isinstance(at, int) and 0 <= at < len(keys) else None
    if chosen is not None:
        st.session_state[_OPEN] = (name, page.module, chosen)


def go(name: str) -> None:
    """Open the record that was clicked in this table in the previous run."""
    opened = st.session_state.get(_OPEN)
    if opened is None or opened[0] != name:
        return
    del st.session_state[_OPEN]
    from .page import page_of

    _, module, keys = cast("tuple[str, str, Keys]", opened)
    query = address.query(address.SHOW, keys[-1], parents=page_of(module).of(keys[:-1]))
    address.go(module, query)


def _literal(label: str, mark: str | None) -> str:
    """Return a label in which a column of buttons does not draw icons, with a mark for a recent change by others."""
    text = words.cut(label, 120).replace(":material/", ":\u2060material/")
    return f"{text} · {mark}" if mark else text
