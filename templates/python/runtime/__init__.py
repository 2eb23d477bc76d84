"""How a request is made, sent, retried, paged and refused, and how events arrive. Nothing here knows a resource."""

from .auth import ClientCredentials, Credential, Scheme
from .client import Client
from .errors import (
    APIError,
    BadRequest,
    Conflict,
    ConnectError,
    DecodeError,
    Fault,
    Forbidden,
    NotFound,
    PreconditionFailed,
    RedirectError,
    RequestError,
    ServerError,
    StatusError,
    TooManyRequests,
    Unauthorized,
    Unprocessable,
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
    "BadRequest",
    "Channel",
    "Client",
    "ClientCredentials",
    "Conflict",
    "ConnectError",
    "Credential",
    "DecodeError",
    "Event",
    "Fault",
    "Forbidden",
    "Member",
    "NotFound",
    "Number",
    "Numeric",
    "Operation",
    "Pages",
    "Paging",
    "Parameter",
    "PreconditionFailed",
    "RedirectError",
    "Reference",
    "RequestError",
    "Resource",
    "Scalar",
    "Schemas",
    "Scheme",
    "ServerError",
    "StatusError",
    "TooManyRequests",
    "Unauthorized",
    "Unprocessable",
    "dumps",
    "loads",
]
