"""Your own pages. This file is generated once, and never overwritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from .kit import ResourcePage

PAGES: Mapping[str, type[ResourcePage]] = {}
"""Your own classes by resource, each a subclass of the generated one: {"books": MyBooks}."""


def more() -> Sequence[st.Page]:
    """Return pages of your own, as st.Page makes them."""
    return []
