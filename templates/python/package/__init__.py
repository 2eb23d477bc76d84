"""A client of the API: Client has an attribute for each resource."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._core import (
        Answer,
        APIError,
        BadRequestError,
        ClientCredentials,
        ConflictError,
        ConnectError,
        DecodeError,
        Event,
        Fault,
        ForbiddenError,
        NotFoundError,
        Number,
        Pages,
        PreconditionFailedError,
        RedirectError,
        RequestError,
        ServerError,
        StatusError,
        TooManyRequestsError,
        UnauthorizedError,
        UnprocessableError,
    )
    from .client import Client

__all__ = [
    "APIError",
    "Answer",
    "BadRequestError",
    "Client",
    "ClientCredentials",
    "ConflictError",
    "ConnectError",
    "DecodeError",
    "Event",
    "Fault",
    "ForbiddenError",
    "NotFoundError",
    "Number",
    "Pages",
    "PreconditionFailedError",
    "RedirectError",
    "RequestError",
    "ServerError",
    "StatusError",
    "TooManyRequestsError",
    "UnauthorizedError",
    "UnprocessableError",
]


def __getattr__(name: str) -> object:
    """Load a name on first use, so that the programs of the package start without loading all of it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = importlib.import_module(".client" if name == "Client" else "._core", __name__)
    return getattr(module, name)
