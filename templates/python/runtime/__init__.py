"""How a request is made, sent and refused. Nothing here knows a resource."""

from .client import Client
from .errors import APIError, ConnectError, DecodeError, StatusError
from .operation import JSON, Operation
from .resource import Resource

__all__ = ["JSON", "APIError", "Client", "ConnectError", "DecodeError", "Operation", "Resource", "StatusError"]
