"""Addresses: a late timer does not take visitors back to a previous page."""

from __future__ import annotations

from applications import Application
from conftest import Serve
from servers import Tab, streamlit


def test_a_timer_with_the_address_of_a_moment_ago(library: Application, serve: Serve) -> None:
    """It comes with the filters of the list that was left, whose callbacks run again: the form must stay open."""
    api = serve(library, "--seed", "3")
    with streamlit(library, api.url) as server, Tab(server) as tab:
        fields = tab.open("books").fields
        assert len(fields) >= 2
        tab.open("books", {"view": "new"})
        (timer,) = tab.fragments
        tab.tick(timer, {}, fields)
        assert tab.addresses == []
