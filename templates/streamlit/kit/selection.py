"""Which records are ticked: remembered by their keys, so that neither paging nor a change of others moves a tick."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, cast

import streamlit as st

if TYPE_CHECKING:
    from .page import Keys, ResourcePage


def ticked(page: ResourcePage, parents: Keys) -> dict[Keys, str]:
    """Return the labels of the ticked records of a list by their keys, those of the parents first."""
    held = _all(page)
    return {keys: label for keys, label in held.items() if keys[:-1] == parents}


def tick(page: ResourcePage, seen: Iterable[Keys], chosen: dict[Keys, str]) -> None:
    """Take what is ticked among the records that are seen; what is ticked elsewhere stays."""
    held = _all(page)
    for keys in seen:
        held.pop(keys, None)
    held |= chosen


def untick(page: ResourcePage, gone: Iterable[Keys]) -> None:
    """Forget records: they are deleted, or done with."""
    held = _all(page)
    for keys in gone:
        held.pop(keys, None)
    _renew(page)


def clear(page: ResourcePage) -> None:
    """Forget all ticks of a resource."""
    _all(page).clear()
    _renew(page)


def widget(page: ResourcePage, shown: Sequence[Keys | None]) -> str:
    """Return the key of a table: another one for other records, since a table remembers positions."""
    told = "\0".join("\1".join(keys) if keys else "" for keys in shown)
    digest = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    nonce = st.session_state.get(f"{page.module}:list:nonce", 0)
    return f"{page.module}:list:table:{digest}:{nonce}"


def positions(page: ResourcePage, shown: Sequence[Keys | None]) -> list[int]:
    """Return where the ticked records are in a table."""
    held = _all(page)
    return [at for at, keys in enumerate(shown) if keys in held]


def take(
    page: ResourcePage, rows: Iterable[int], shown: Sequence[Keys | None], labels: Sequence[str]
) -> None:
    """Remember what a table says is ticked. Records without a key cannot be."""
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
    """Let the next table begin with what is remembered, not with what the one before had."""
    name = f"{page.module}:list:nonce"
    st.session_state[name] = st.session_state.get(name, 0) + 1
