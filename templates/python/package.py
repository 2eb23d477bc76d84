"""A client of the API: APIClient() has an attribute for each resource."""

from ._core import APIError, ConnectError, DecodeError, StatusError
from .resources import APIClient

__all__ = ["APIClient", "APIError", "ConnectError", "DecodeError", "StatusError"]
