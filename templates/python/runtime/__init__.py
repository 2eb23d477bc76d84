"""Building, sending, retrying and paging requests, handling refusals, and receiving events. Nothing here knows a resource.

Each name is loaded on first use: code that only inspects operations loads nothing that sends them.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .auth import ClientCredentials, Credential, Scheme
    from .client import Client
    from .errors import (
        APIError,
        BadRequestError,
        ConflictError,
        ConnectError,
        DecodeError,
        Fault,
        ForbiddenError,
        NotFoundError,
        PreconditionFailedError,
        RedirectError,
        RequestError,
        ServerError,
        StatusError,
        TooManyRequestsError,
        UnauthorizedError,
        UnprocessableError,
    )
    from .jsontext import JSON, Number, Numeric, Scalar, dumps, loads
    from .operation import Attribute, Channel, Event, Operation, Paging, Parameter
    from .pages import Pages
    from .resource import About, Member, Reference, Resource
    from .response import Answer
    from .schemas import Schemas

__all__ = [
    "JSON",
    "APIError",
    "About",
    "Answer",
    "Attribute",
    "BadRequestError",
    "Channel",
    "Client",
    "ClientCredentials",
    "ConflictError",
    "ConnectError",
    "Credential",
    "DecodeError",
    "Event",
    "Fault",
    "ForbiddenError",
    "Member",
    "NotFoundError",
    "Number",
    "Numeric",
    "Operation",
    "Pages",
    "Paging",
    "Parameter",
    "PreconditionFailedError",
    "RedirectError",
    "Reference",
    "RequestError",
    "Resource",
    "Scalar",
    "Schemas",
    "Scheme",
    "ServerError",
    "StatusError",
    "TooManyRequestsError",
    "UnauthorizedError",
    "UnprocessableError",
    "dumps",
    "loads",
]

_MODULES = {
    "ClientCredentials": "auth",
    "Credential": "auth",
    "Scheme": "auth",
    "Client": "client",
    "APIError": "errors",
    "BadRequestError": "errors",
    "ConflictError": "errors",
    "ConnectError": "errors",
    "DecodeError": "errors",
    "Fault": "errors",
    "ForbiddenError": "errors",
    "NotFoundError": "errors",
    "PreconditionFailedError": "errors",
    "RedirectError": "errors",
    "RequestError": "errors",
    "ServerError": "errors",
    "StatusError": "errors",
    "TooManyRequestsError": "errors",
    "UnauthorizedError": "errors",
    "UnprocessableError": "errors",
    "JSON": "jsontext",
    "Number": "jsontext",
    "Numeric": "jsontext",
    "Scalar": "jsontext",
    "dumps": "jsontext",
    "loads": "jsontext",
    "Attribute": "operation",
    "Channel": "operation",
    "Event": "operation",
    "Operation": "operation",
    "Paging": "operation",
    "Parameter": "operation",
    "Pages": "pages",
    "About": "resource",
    "Member": "resource",
    "Reference": "resource",
    "Resource": "resource",
    "Answer": "response",
    "Schemas": "schemas",
}
"""The module of each name."""


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(importlib.import_module(f".{_MODULES[name]}", __name__), name)
    globals()[name] = found
    return found
