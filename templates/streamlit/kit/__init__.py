"""The building blocks of the web interface. Nothing here depends on a particular resource."""

from __future__ import annotations

from .app import run
from .home import home
from .page import Channels, Forms, Names, Operations, Record, Related, ResourcePage, page_of

__all__ = [
    "Channels",
    "Forms",
    "Names",
    "Operations",
    "Record",
    "Related",
    "ResourcePage",
    "home",
    "page_of",
    "run",
]
