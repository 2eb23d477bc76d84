"""Stands in for the generated client."""

from __future__ import annotations

from . import _core
from ._core import Scheme

SCHEMES = (
    Scheme("bearer", "bearer"),
    Scheme("password", "basic"),
    Scheme("X Key", "apiKey", place="header", parameter="X-Key"),
    Scheme(
        "login",
        "oauth2",
        token_url="/oauth/token",
        authorization_url="/oauth/authorize",
        device_url="/oauth/device",
        scopes=("read", "write"),
        flows=("clientCredentials", "authorizationCode", "deviceAuthorization"),
    ),
)
BASE_URL = "http://127.0.0.1:9"
TITLE = "Desk API"


class Client(_core.Client):
    """The API."""

    schemes = SCHEMES
    default_url = BASE_URL
