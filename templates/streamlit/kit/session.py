"""The session of a visitor: a client with their credentials, messages for the next run, and their own changes.

Nothing here is shared between visitors: not the credentials, and nothing that was read with them.
"""

from __future__ import annotations

import importlib
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar, cast

import streamlit as st

from ..._core import environment

if TYPE_CHECKING:
    from ..._core import JSON, Client, Credential

T = TypeVar("T")

_STATE = "firestone.session"
_FRESH = 30.0
"""Seconds for which the names of records are believed."""
PACKAGE = (__package__ or "").rsplit(".", 2)[0]


@dataclass
class Flash:
    """A message that the next run shows."""

    text: str
    icon: str = ""
    is_kept: bool = False
    """It stays on the page until something else is done: undo, what failed."""
    label: str = ""
    """What a button beside one that is kept says."""
    do: Callable[[], None] | None = None
    """What that button does."""
    place: object = None
    """Where one that is kept was shown first."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a page has read: with which query, what, and the state that it was in."""

    value: JSON = None
    query: Mapping[str, object] = field(default_factory=dict[str, object])
    number: str | None = None
    """That of the last change in it (Last-Event-ID)."""
    etag: str | None = None


@dataclass
class Session:
    """What one visitor has."""

    credentials: dict[str, Credential] = field(default_factory=dict[str, "Credential"])
    """What was typed in, by the names of the schemes."""
    flashes: list[Flash] = field(default_factory=list[Flash])
    remembered: dict[object, tuple[float, object]] = field(
        default_factory=dict[object, tuple[float, object]]
    )
    own: dict[tuple[str, str], float] = field(default_factory=dict[tuple[str, str], float])
    """The records that this visitor changed, by module and key, and when."""
    lists: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])
    """The address that each list had last, with its filters, for the way back."""
    asked: dict[str, dict[str, object]] = field(default_factory=dict[str, dict[str, object]])
    """What was typed in for the parameters of operations, by the names of these."""
    secrets: dict[str, str] = field(default_factory=dict[str, str])
    """The filters that no address may hold, by their names here."""
    place: tuple[str, ...] = ()
    """What the run before drew: module, view and key."""
    is_entered: bool = True
    """This run draws something else than the run before."""
    seen: dict[tuple[str, tuple[str, ...]], Seen] = field(
        default_factory=dict[tuple[str, tuple[str, ...]], Seen]
    )
    """What was read in this run, by module and keys."""
    began: float = 0.0
    """When this run began."""
    _client: Client | None = None

    def begin(self) -> None:
        """Note that a run begins."""
        self.began = time.monotonic()
        self.seen.clear()

    def saw(self, name: tuple[str, tuple[str, ...]], seen: Seen) -> None:
        """Note what a page has read in this run."""
        self.seen[name] = seen

    @property
    def client(self) -> Client:
        """The client of the API, with this visitor's credentials."""
        if self._client is None:
            from . import credentials

            self._client = _class()(
                _setting("base_url") or "",
                credentials.collect(self),
                retries=1,
                patience=1.0,  # somebody is looking at the page
                verify=_setting("cacert"),
                cert=_certificate(),
            )
        return self._client

    def sign_in(self, found: Mapping[str, Credential]) -> None:
        """Take credentials; what was read with others is forgotten."""
        self.credentials |= found
        self._renew()

    def sign_out(self) -> None:
        """Forget the credentials, and what was read with them."""
        self.credentials.clear()
        self._renew()

    def _renew(self) -> None:
        if self._client is not None:
            self._client.close()
        self._client = None
        self.remembered.clear()

    def enter(self, *place: str) -> None:
        """Note what this run draws."""
        self.is_entered, self.place = place != self.place, place

    def remember(self, name: object, read: Callable[[], T]) -> T:
        """Return what was read a moment ago under a name, else read it."""
        when, value = self.remembered.get(name, (-_FRESH, None))
        if time.monotonic() - when > _FRESH:
            value = read()
            self.remembered[name] = time.monotonic(), value
            if len(self.remembered) > 2000:
                for old in list(self.remembered)[:500]:
                    del self.remembered[old]
        return cast("T", value)

    def knows(self, name: object) -> bool:
        """Report whether something was read a moment ago under a name."""
        return time.monotonic() - self.remembered.get(name, (-_FRESH, None))[0] <= _FRESH

    def forget(self) -> None:
        """Forget what was read: it changed."""
        self.remembered.clear()

    def outdate(self, module: str, key: str) -> None:
        """Forget what was read of a record, and how many there are: it changed."""
        for name in (("count", module), (module, key)):
            self.remembered.pop(name, None)

    def changed(self, module: str, key: object) -> None:
        """Note a change of one's own, which is nobody else's news."""
        from ..._core.style import plain

        self.own[module, plain(key)] = time.monotonic()
        self.forget()

    def is_own(self, module: str, key: object, seconds: float = 5.0) -> bool:
        """Report whether this visitor changed a record a moment ago."""
        from ..._core.style import plain

        return time.monotonic() - self.own.get((module, plain(key)), -seconds) < seconds

    def flash(
        self,
        text: str,
        icon: str = "",
        *,
        is_kept: bool = False,
        label: str = "",
        do: Callable[[], None] | None = None,
    ) -> None:
        """Show a message in the next run. One that is kept may have a button: its label, and what it does."""
        self.flashes.append(Flash(text, icon, is_kept, label, do))


def current() -> Session:
    """Return the session of this visitor."""
    if _STATE not in st.session_state:
        st.session_state[_STATE] = Session()
    return cast("Session", st.session_state[_STATE])


def leave() -> None:
    """Forget all of a visitor: his credentials, what was read and heard with them, and what he was typing."""
    from .listener import hub

    hub().close()
    current().sign_out()
    st.session_state.clear()


def program() -> str:
    """Return the name of the command line, which the environment variables are called after."""
    return os.environ.get("FIRESTONE_UI_COMMAND", PACKAGE)


def variable(name: str) -> str:
    """Return the environment variable of a setting, the same as that of the command line: LIBRARY_BASE_URL."""
    return environment.variable(program(), name)


def _setting(name: str) -> str | None:
    return os.environ.get(variable(name), "").strip() or None


def _certificate() -> str | tuple[str, str] | None:
    cert, key = _setting("cert"), _setting("cert_key")
    return (cert, key) if cert and key else cert


def _class() -> type[Client]:
    return cast("type[Client]", importlib.import_module(f"{PACKAGE}.client").Client)
