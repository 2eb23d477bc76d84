"""The application: its pages, in the order of the definition, and the sidebar."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from . import address, icons, login, session

_ICON = Path(__file__).parents[1] / "icon.svg"


def run(title: str, pages: Mapping[str, tuple[str, str]]) -> None:
    """Draw the requested page. pages maps the module of each resource to its title and icon."""
    session.current().begin()
    st.set_page_config(page_title=title, page_icon=str(_ICON), layout="wide")
    custom = importlib.import_module(f"{session.PACKAGE}.ui.custom")
    listed = [
        # No resource has a path with a hyphen.
        st.Page(
            "home.py", title="Home", icon=":material/home:", url_path="start-page", default=True
        ),
        *(
            st.Page(address.file(module), title=name, icon=icons.of(module, icon), url_path=module)
            for module, (name, icon) in pages.items()
        ),
        *(custom.more() if hasattr(custom, "more") else ()),
    ]
    chosen = st.navigation(listed)
    login.sidebar(chosen.url_path)
    if not login.draw(chosen.url_path):
        chosen.run()
