"""A client of the API: APIClient has an attribute for each resource."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._core import (
        APIError,
        ClientCredentials,
        Conflict,
        ConnectError,
        DecodeError,
        Forbidden,
        NotFound,
        Number,
        PreconditionFailed,
        RedirectError,
        RequestError,
        ServerError,
        StatusError,
        TooManyRequests,
        Unauthorized,
        Unprocessable,
    )
    from .client import APIClient

__all__ = [
    "APIClient",
    "APIError",
    "ClientCredentials",
    "Conflict",
    "ConnectError",
    "DecodeError",
    "Forbidden",
    "NotFound",
    "Number",
    "PreconditionFailed",
    "RedirectError",
    "RequestError",
    "ServerError",
    "StatusError",
    "TooManyRequests",
    "Unauthorized",
    "Unprocessable",
]


def __getattr__(name: str) -> object:
    """Load a name when it is used: programs of the package start without all of it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = importlib.import_module(".client" if name == "APIClient" else "._core", __name__)
    return getattr(module, name)
