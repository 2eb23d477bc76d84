"""The session of a visitor: a client with their credentials, messages for the next run, and their own changes.

Nothing is shared between visitors: neither credentials nor anything that was read with them.
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
_LIFETIME = 30.0
"""Seconds for which results are reused."""
PACKAGE = (__package__ or "").rsplit(".", 2)[0]


@dataclass
class Flash:
    """A message for the next run."""

    text: str
    icon: str = ""
    is_kept: bool = False
    """It stays until it is dismissed or another view is opened, instead of being a toast."""
    label: str = ""
    """The label of its button, if it is kept."""
    do: Callable[[], None] | None = None
    """The action of that button."""
    place: object = None
    """The view in which it was first shown, if it is kept."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a page has read: the value, the query, and the state."""

    value: JSON = None
    query: Mapping[str, object] = field(default_factory=dict[str, object])
    number: str | None = None
    """That of the last change in it (Last-Event-ID)."""
    etag: str | None = None


@dataclass
class Session:
    """The state of one visitor."""

    credentials: dict[str, Credential] = field(default_factory=dict[str, "Credential"])
    """The credentials entered, by scheme."""
    flashes: list[Flash] = field(default_factory=list[Flash])
    remembered: dict[object, tuple[float, object]] = field(
        default_factory=dict[object, tuple[float, object]]
    )
    own: dict[tuple[str, str], float] = field(default_factory=dict[tuple[str, str], float])
    """When this visitor changed records, by module and key."""
    lists: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])
    """The last address of each list, with its filters, for links back."""
    arguments: dict[str, dict[str, object]] = field(default_factory=dict[str, dict[str, object]])
    """The arguments entered for the parameters of operations, by operation."""
    secrets: dict[str, str] = field(default_factory=dict[str, str])
    """The values of secret filters, which must not be in the address, by name."""
    place: tuple[str, ...] = ()
    """What the last run drew: module, view and keys."""
    is_entered: bool = True
    """Whether this run draws something other than the run before."""
    seen: dict[tuple[str, tuple[str, ...]], Seen] = field(
        default_factory=dict[tuple[str, tuple[str, ...]], Seen]
    )
    """What was read in this run, by module and keys."""
    began: float = 0.0
    """When this run started."""
    _client: Client | None = None

    def begin(self) -> None:
        """Start a run."""
        self.began = time.monotonic()
        self.seen.clear()

    def record_read(self, name: tuple[str, tuple[str, ...]], seen: Seen) -> None:
        """Store what a page has read in this run."""
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
        """Store credentials, and discard what was read without them."""
        self.credentials |= found
        self._renew()

    def sign_out(self) -> None:
        """Discard the credentials, and what was read with them."""
        self.credentials.clear()
        self._renew()

    def _renew(self) -> None:
        if self._client is not None:
            self._client.close()
        self._client = None
        self.remembered.clear()

    def enter(self, *place: str) -> None:
        """Store what this run draws."""
        self.is_entered, self.place = place != self.place, place

    def remember(self, name: object, read: Callable[[], T]) -> T:
        """Return a recent result by name, else read it."""
        when, value = self.remembered.get(name, (-_LIFETIME, None))
        if time.monotonic() - when > _LIFETIME:
            value = read()
            self.remembered[name] = time.monotonic(), value
            if len(self.remembered) > 2000:
                for old in list(self.remembered)[:500]:
                    del self.remembered[old]
        return cast("T", value)

    def has_fresh(self, name: object) -> bool:
        """Report whether there is a recent result by that name."""
        return time.monotonic() - self.remembered.get(name, (-_LIFETIME, None))[0] <= _LIFETIME

    def forget(self) -> None:
        """Discard all results, since something changed."""
        self.remembered.clear()

    def outdate(self, module: str, key: str) -> None:
        """Discard the results for a changed record, including the number of records."""
        for name in (("count", module), (module, key)):
            self.remembered.pop(name, None)

    def changed(self, module: str, key: object) -> None:
        """Store a change by this visitor, which is not reported as news."""
        from ..._core.style import plain

        self.own[module, plain(key)] = time.monotonic()
        self.forget()

    def is_own(self, module: str, key: object, seconds: float = 5.0) -> bool:
        """Report whether this visitor changed a record within the last seconds."""
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
        """Show a message in the next run. One that is kept may have a button with a label and an action."""
        self.flashes.append(Flash(text, icon, is_kept, label, do))


def current() -> Session:
    """Return the session of this visitor."""
    if _STATE not in st.session_state:
        st.session_state[_STATE] = Session()
    return cast("Session", st.session_state[_STATE])


def leave() -> None:
    """Discard the whole session: credentials, results, listeners and input."""
    from .listener import hub

    hub().close()
    current().sign_out()
    st.session_state.clear()


def program() -> str:
    """Return the name of the command line, from which the environment variables are derived."""
    return os.environ.get("FIRESTONE_UI_COMMAND", PACKAGE)


def variable(name: str) -> str:
    """Return the environment variable of a setting, the same as for the command line: LIBRARY_BASE_URL."""
    return environment.variable(program(), name)


def _setting(name: str) -> str | None:
    return os.environ.get(variable(name), "").strip() or None


def _certificate() -> str | tuple[str, str] | None:
    cert, key = _setting("cert"), _setting("cert_key")
    return (cert, key) if cert and key else cert


def _class() -> type[Client]:
    return cast("type[Client]", importlib.import_module(f"{PACKAGE}.client").Client)
