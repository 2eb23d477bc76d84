"""The ticked records, stored by key, so that neither paging nor changes of other records move a tick."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, cast

import streamlit as st

if TYPE_CHECKING:
    from .page import Keys, ResourcePage


def ticked(page: ResourcePage, parents: Keys) -> dict[Keys, str]:
    """Return the labels of the ticked records of a list by their keys, in which those of the parents come first."""
    remembered = _all(page)
    return {keys: label for keys, label in remembered.items() if keys[:-1] == parents}


def tick(page: ResourcePage, seen: Iterable[Keys], chosen: dict[Keys, str]) -> None:
    """Update the ticks of the displayed records; ticks of other records stay."""
    remembered = _all(page)
    for keys in seen:
        remembered.pop(keys, None)
    remembered |= chosen


def untick(page: ResourcePage, gone: Iterable[Keys]) -> None:
    """Remove the ticks of records that are deleted or processed."""
    remembered = _all(page)
    for keys in gone:
        remembered.pop(keys, None)
    _renew(page)


def clear(page: ResourcePage) -> None:
    """Remove all ticks of a resource."""
    _all(page).clear()
    _renew(page)


def widget(page: ResourcePage, shown: Sequence[Keys | None]) -> str:
    """Return the key of a table. It depends on the records, since a table stores positions."""
    joined = "\0".join("\1".join(keys) if keys else "" for keys in shown)
    digest = hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    nonce = st.session_state.get(f"{page.module}:list:nonce", 0)
    return f"{page.module}:list:table:{digest}:{nonce}"


def positions(page: ResourcePage, shown: Sequence[Keys | None]) -> list[int]:
    """Return the positions of the ticked records in a table."""
    remembered = _all(page)
    return [at for at, keys in enumerate(shown) if keys in remembered]


def take(
    page: ResourcePage, rows: Iterable[int], shown: Sequence[Keys | None], labels: Sequence[str]
) -> None:
    """Store the ticks of a table. Records without a key cannot be ticked."""
    chosen = {
        keys: labels[at] for at in rows if at < len(shown) and (keys := shown[at]) is not None
    }
    tick(page, [keys for keys in shown if keys is not None], chosen)


def _all(page: ResourcePage) -> dict[Keys, str]:
    name = f"{page.module}:list:ticked"
    if name not in st.session_state:
        st.session_state[name] = {}
    return cast("dict[Keys, str]", st.session_state[name])


def _renew(page: ResourcePage) -> None:
    """Make the next table start with the stored ticks instead of those of the previous table."""
    name = f"{page.module}:list:nonce"
    st.session_state[name] = st.session_state.get(name, 0) + 1
