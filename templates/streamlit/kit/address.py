"""The address of the current view, which can be bookmarked, shared, and returned to.

`?view=show&id=KEY` is a record, view=edit its form, view=new an empty form, and no view the list. of.NAME is the key of
the record that a list is nested under. All other parameters are filters, by name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from ..._core.style import plain

VIEW, KEY, PAGE, SIZE = "view", "id", "page", "size"
LIST, SHOW, NEW, EDIT = "list", "show", "new", "edit"
_RESERVED = frozenset({VIEW, KEY, PAGE, SIZE, "tab", "embed", "embed_options"})


def view() -> str:
    """Return the requested view."""
    return st.query_params.get(VIEW, LIST)


def key() -> str | None:
    """Return the key of the requested record."""
    return st.query_params.get(KEY)


def parents(names: Sequence[str]) -> tuple[str, ...] | None:
    """Return the keys of the records that a list is nested under, or None if one is missing."""
    found = tuple(st.query_params.get(f"of.{name}", "") for name in names)
    return found if all(found) else None


def number(name: str, default: int) -> int:
    """Return a number from the address if it is at least 1, else the default."""
    text = st.query_params.get(name, "")
    return (
        int(text)
        if text.isascii() and text.isdigit() and 0 < len(text) < 10 and int(text)
        else default
    )


def parameter(name: str) -> str:
    """Return the name of a filter in the address."""
    return f"by.{name}" if name in _RESERVED or name.startswith(("of.", "by.")) else name


def query(
    view: str = LIST,
    key: object = None,
    *,
    parents: Mapping[str, object] | None = None,
    filters: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Return the query of an address."""
    found = {} if view == LIST else {VIEW: view}
    if key is not None:
        found[KEY] = plain(key)
    found |= {f"of.{name}": plain(value) for name, value in (parents or {}).items()}
    return found | {parameter(name): text for name, text in (filters or {}).items()}


def file(module: str) -> str:
    """Return Streamlit's name for the page of a resource."""
    return f"views/{module}.py"


def change(wanted: Mapping[str, str]) -> None:
    """Change the address of this page, from a callback, which a run follows.

    A fragment that reruns by itself comes with a slightly older address and widgets, whose callbacks run once more. They
    would set the address that they came with; sending it would take the browser back there.
    """
    if st.query_params.to_dict() != dict(wanted):
        st.query_params.from_dict(dict(wanted))


def sync_browser() -> None:
    """Make the browser show the address of this run: a link to the current page does not change it."""
    now = {name: st.query_params.get_all(name) for name in st.query_params}
    st.query_params.from_dict(now)


def go(module: str, wanted: Mapping[str, str]) -> None:
    """Go to another address, and end this run."""
    st.switch_page(file(module), query_params=dict(wanted))
