"""The credential for each security scheme: the one entered, else the one in the server's environment."""

from __future__ import annotations

import importlib
import os
from typing import TYPE_CHECKING, cast

from ..._core import ClientCredentials, RequestError, environment
from . import session

if TYPE_CHECKING:
    from ..._core import Credential, Scheme
    from .session import Session


def schemes() -> tuple[Scheme, ...]:
    """Return the security schemes of the API that take a secret in a request."""
    known = cast("tuple[Scheme, ...]", importlib.import_module(f"{session.PACKAGE}.client").SCHEMES)
    return tuple(scheme for scheme in known if scheme.kind != "mutualTLS")


def collect(mine: Session) -> dict[str, Credential]:
    """Return the credentials of a visitor by scheme."""
    found: dict[str, Credential] = {}
    by_name = {scheme.name: scheme for scheme in schemes()}
    for name, (variable, text) in _given().items():
        if name in mine.credentials:
            continue
        try:
            found[name] = environment.parse(by_name[name], text)
        except ValueError as error:
            raise RequestError(f"{variable}: {error}") from None
    return found | mine.credentials


def has(mine: Session, scheme: Scheme) -> bool:
    """Report whether there is a credential for a scheme."""
    return scheme.name in mine.credentials or scheme.name in _given()


def who(mine: Session) -> str:
    """Return who is signed in, as far as known; "" if nobody is."""
    for credential in mine.credentials.values():
        if isinstance(credential, tuple):
            return f"Signed in as {credential[0]}"
        if isinstance(credential, ClientCredentials):
            return f"Signed in as {credential.client_id}"
    if mine.credentials:
        return "Signed in with your own key"
    return "Signed in by this server" if _given() else ""


def _given() -> dict[str, tuple[str, str]]:
    return environment.given(session.program(), schemes(), os.environ)
