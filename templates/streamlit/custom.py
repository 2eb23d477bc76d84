"""Your own pages: this file is generated once, and never overwritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from .kit import ResourcePage

PAGES: Mapping[str, type[ResourcePage]] = {}
"""Your own class for a resource, a subclass of its generated one: {"books": MyBooks}."""


def more() -> Sequence[st.Page]:
    """Return pages of your own, as st.Page makes them."""
    return []
