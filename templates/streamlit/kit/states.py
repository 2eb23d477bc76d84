"""Placeholders for missing content: empty, failed, refused, offline. Each offers a next step."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import streamlit as st

from ..._core import (
    APIError,
    ConflictError,
    ConnectError,
    DecodeError,
    ForbiddenError,
    NotFoundError,
    PreconditionFailedError,
    RedirectError,
    RequestError,
    ServerError,
    StatusError,
    TooManyRequestsError,
    UnauthorizedError,
)
from . import address, credentials, login, words

if TYPE_CHECKING:
    from .page import ResourcePage

_HEIGHT = 300
_LONG = 600
"""Maximum characters of a server message that are shown."""

Way: TypeAlias = Literal["retry", "reload", "list", "home", "login"]
_WAYS: dict[Way, tuple[str, str]] = {
    "retry": ("Try again", ":material/refresh:"),
    "reload": ("Reload", ":material/refresh:"),
    "list": ("Back to the list", ":material/arrow_back:"),
    "home": ("Back to the start", ":material/home:"),
    "login": ("Sign in as somebody else", ":material/login:"),
}


@dataclass(frozen=True, slots=True)
class State:
    """Why there is no content, and the next step."""

    icon: str
    heading: str
    text: str
    way: Way = "retry"
    note: str = ""


@contextlib.contextmanager
def panel(icon: str, heading: str, text: str) -> Generator[None]:
    """Draw a box of fixed height with an icon, a heading and a sentence; the caller draws the actions in it."""
    with st.container(
        border=True,
        height=_HEIGHT,
        horizontal_alignment="center",
        vertical_alignment="center",
        gap="small",
    ):
        st.header(words.plain(heading), anchor=False, icon=icon, text_alignment="center")
        st.text(text, text_alignment="center", width="stretch")
        yield


def box(  # noqa: PLR0913 - each is a visible part
    icon: str,
    heading: str,
    text: str,
    button: str = "",
    *,
    key: str = "",
    note: str = "",
    button_icon: str | None = None,
    on_click: Callable[..., None] | None = None,
    args: tuple[Any, ...] = (),
) -> bool:
    """Draw a box that explains missing content, and report whether its button was pressed.

    heading, text and note are shown literally. A box with a button needs a key that is unique on the page.
    """
    with panel(icon, heading, words.cut(text, _LONG)):
        if note:
            st.caption(words.plain(note), text_alignment="center")
        return bool(button) and st.button(
            words.plain(button), key=key, icon=button_icon, on_click=on_click, args=args
        )


@contextlib.contextmanager
def guard(page: ResourcePage, *, part: str = "") -> Generator[None]:
    """Draw errors of the API in place of the content.

    part names a part of a page without which the rest still works; its keys begin with that name.
    """
    place = st.empty()
    try:
        with place.container():
            yield
    except APIError as error:
        place.empty()  # Otherwise, the content drawn before the error would stay.
        if part:
            _part(page, error, part)
        elif isinstance(error, UnauthorizedError):
            is_form = address.view() in {address.NEW, address.EDIT}
            login.ask(error.security, message(error), back="Back to the form" if is_form else "")
            st.rerun()
        else:
            st.title(words.plain(page.title), anchor=False)
            show(page, error)


def _part(page: ResourcePage, error: APIError, key: str) -> None:
    """Draw briefly why a part of a page is missing."""
    if isinstance(error, UnauthorizedError):
        st.markdown(f":material/lock: Sign in to see the {words.plain(page.about.plural)}.")
        st.caption(words.plain(words.cut(message(error), _LONG)))
        login_way = {"security": error.security, "message": message(error), "back": "Back"}
        st.button("Sign in", key=f"{key}:login", on_click=login.ask, kwargs=login_way)
        return
    state = _state(page, error)
    st.markdown(f"{state.icon} {words.plain(state.heading)}")
    st.caption(words.plain(words.cut(state.text, _LONG)))
    way: Way = "login" if state.way == "login" else "retry"
    label, icon = _WAYS[way]
    on_click = _sign_in if way == "login" else None
    st.button(label, key=f"{key}:{way}", icon=icon, on_click=on_click)


def _sign_in() -> None:
    login.ask((), back="Back")


def show(page: ResourcePage, error: APIError) -> None:
    """Draw an error, and the next step."""
    state = _state(page, error)
    button, icon = _WAYS[state.way]
    act: dict[Way, Callable[[], None]] = {
        "list": lambda: address.change(address.query(parents=page.of(page.parents() or ()))),
        "login": _sign_in,
    }
    if (
        box(
            state.icon,
            state.heading,
            state.text,
            button,
            key=f"{page.module}:state:{state.way}",
            note=state.note,
            button_icon=icon,
            on_click=act.get(state.way),
        )
        and state.way == "home"
    ):
        st.switch_page("home.py")


def message(error: APIError) -> str:
    """Return the server's reasons as sentences, else a description of the error."""
    if not isinstance(error, StatusError):
        return _sentence(str(error))
    details = [fault.detail for fault in error.errors if fault.detail]
    texts = [error.detail or error.title or f"The API responded with {error.status}", *details[:3]]
    return " ".join(dict.fromkeys(_sentence(text) for text in texts))


def _sentence(text: str) -> str:
    text = words.line(text)
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _note(error: StatusError) -> str:
    number = f" · request ID {error.request_id}" if error.request_id else ""
    return f"Status {error.status}{number}"


def _state(page: ResourcePage, error: APIError) -> State:
    return next(make for kind, make in _STATES if isinstance(error, kind))(page, error)


def _offline(page: ResourcePage, error: ConnectError) -> State:
    where = page.client.base_url
    if "timed out" in str(error):
        return State(":material/timer:", "The API takes too long", f"No answer came from {where}.")
    reason = str(error).rpartition(": ")[2]
    text = f"{where} cannot be reached: {reason}."
    return State(":material/cloud_off:", "The API is not responding", text)


def _forbidden(_: ResourcePage, error: ForbiddenError) -> State:
    way: Way = "login" if credentials.schemes() else "retry"
    return State(
        ":material/lock:", "You are not allowed to see this", message(error), way, _note(error)
    )


def _missing(page: ResourcePage, error: NotFoundError) -> State:
    if address.key() is None:
        text = f"There are no {page.about.plural} at this address. {message(error)}"
        return State(":material/search_off:", "Nothing here", text, "home", _note(error))
    text = "It was deleted, or its address is wrong."
    heading = f"This {page.about.singular} is gone"
    return State(":material/search_off:", heading, text, "list", _note(error))


def _changed(page: ResourcePage, error: StatusError) -> State:
    heading = f"This {page.about.singular} has changed in the meantime"
    return State(":material/sync_problem:", heading, message(error), "reload", _note(error))


def _busy(_: ResourcePage, error: StatusError) -> State:
    wait = f" Wait {error.retry_after:.0f} seconds." if error.retry_after else ""
    heading = "The API is busy"
    return State(
        ":material/hourglass_top:", heading, f"{message(error)}{wait}", "retry", _note(error)
    )


def _failed(_: ResourcePage, error: StatusError) -> State:
    wait = f" Wait {error.retry_after:.0f} seconds." if error.retry_after else ""
    text = f"{message(error)}{wait}"
    return State(":material/error:", "The API has a problem", text, "retry", _note(error))


def _moved(_: ResourcePage, error: StatusError) -> State:
    text = f"It answers at {error.location}." if error.location else message(error)
    return State(":material/moving:", "The API has moved", text, "retry", _note(error))


def _refused(_: ResourcePage, error: StatusError) -> State:
    way: Way = "list" if st.query_params else "retry"
    return State(":material/block:", "The API refused this", message(error), way, _note(error))


def _unreadable(_: ResourcePage, error: DecodeError) -> State:
    return State(":material/data_alert:", "The answer cannot be read", message(error))


def _impossible(_: ResourcePage, error: APIError) -> State:
    way: Way = "list" if st.query_params else "retry"
    return State(":material/link_off:", "This request is not possible", message(error), way)


_STATES: Sequence[tuple[type[APIError], Callable[[ResourcePage, Any], State]]] = (
    (ConnectError, _offline),
    (ForbiddenError, _forbidden),
    (NotFoundError, _missing),
    (ConflictError, _changed),
    (PreconditionFailedError, _changed),
    (TooManyRequestsError, _busy),
    (ServerError, _failed),
    (RedirectError, _moved),
    (StatusError, _refused),
    (DecodeError, _unreadable),
    (RequestError, _impossible),
    (APIError, _impossible),
)
"""The appearance of each error; the first match is used."""
