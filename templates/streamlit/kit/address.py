"""The address of the current view, which can be bookmarked, shared, and returned to.

`?view=show&id=KEY` is a record, view=edit its form, view=new an empty one, no view the list. of.NAME is the key of the
record that a list is nested under. What else there is are filters, by the names of their parameters.
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
    """Return the keys of the records that a list is nested under, or None where one is missing."""
    found = tuple(st.query_params.get(f"of.{name}", "") for name in names)
    return found if all(found) else None


def number(name: str, default: int) -> int:
    """Return a number of the address that is 1 or more, else the default."""
    said = st.query_params.get(name, "")
    return (
        int(said)
        if said.isascii() and said.isdigit() and 0 < len(said) < 10 and int(said)
        else default
    )


def parameter(name: str) -> str:
    """Return what a filter is called in the address."""
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
    """Return the page of a resource, as Streamlit calls it."""
    return f"views/{module}.py"


def become(wanted: Mapping[str, str]) -> None:
    """Change the address of this page: of use in a callback, where the run comes behind it.

    A fragment that runs by itself brings the address and the widgets of a moment ago, whose callbacks run once more. What
    they want is what they know already; telling the browser would take it back there.
    """
    if st.query_params.to_dict() != dict(wanted):
        st.query_params.from_dict(dict(wanted))


def tell() -> None:
    """Let the browser show the address of this run: a link to the page that it is on does not change it."""
    now = {name: st.query_params.get_all(name) for name in st.query_params}
    st.query_params.from_dict(now)


def go(module: str, wanted: Mapping[str, str]) -> None:
    """Show another address, and end this run."""
    st.switch_page(file(module), query_params=dict(wanted))
