"""Messages of the previous run: toasts that disappear, and lines that stay."""

from __future__ import annotations

import streamlit as st

from . import address, session, words
from .session import Flash


def draw(module: str = "") -> None:
    """Draw the messages of the previous run, since a toast that is drawn before a rerun is lost.

    A line stays until it is dismissed or another view is opened; redrawing a list does not remove it.
    """
    mine = session.current()
    where = module, address.view(), address.key()
    kept = [flash for flash in mine.flashes if flash.is_kept and flash.place in {None, where}]
    toasts = [flash for flash in mine.flashes if not flash.is_kept]
    mine.flashes[:] = kept
    for flash in toasts:
        st.toast(words.plain(flash.text), icon=flash.icon or None)
    for number, flash in enumerate(kept):
        flash.place = where
        _line(flash, f"{module}:message:{number}")


def _line(flash: Flash, key: str) -> None:
    """Draw a message that stays, with its buttons."""
    with st.container(
        border=True, horizontal=True, vertical_alignment="center", gap="small", key=key
    ):
        icon = f"{flash.icon} " if flash.icon else ""
        st.markdown(f"{icon}{words.plain(flash.text)}", width="stretch")
        if flash.label and flash.do is not None:
            st.button(words.plain(flash.label), key=f"{key}:do", on_click=_do, args=(flash,))
        st.button("Dismiss", key=f"{key}:close", type="tertiary", on_click=_close, args=(flash,))


def _do(flash: Flash) -> None:
    """Perform the action of a message, then remove it. If the run is ended before, the button is still there."""
    if flash.do is not None:
        flash.do()
    _close(flash)


def _close(flash: Flash) -> None:
    flashes = session.current().flashes
    flashes[:] = [each for each in flashes if each is not flash]
