"""What the web interface is made of. Nothing here knows a resource."""

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
