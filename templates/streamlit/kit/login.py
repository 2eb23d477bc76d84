"""Authentication: the view for entering credentials, and who is signed in, in the sidebar.

The view is drawn in place of the page, and the address stays the same: the input of a form is still there afterwards.
Signing in sends nothing. Secrets are stored only in the session of the visitor.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from ..._core import ClientCredentials, RequestError, environment
from ..._core.auth import Carried
from . import credentials, session, words

if TYPE_CHECKING:
    from ..._core import Credential, Scheme
    from ..._core.operation import Security

_SIGN_IN = "firestone.login"
_TOKEN, _CLIENT = "Access token", "Client ID and secret"
_FEW = 3
"""How many ways to sign in are shown side by side."""


@dataclass(slots=True)
class SignIn:
    """A request to sign in: for what, and why."""

    security: Security
    message: str = ""
    back: str = ""
    place: object = None
    """The address at which it was first drawn."""


def ask(security: Security = (), message: str = "", *, back: str = "") -> None:
    """Draw the view in place of the page from the next run on, until the visitor has signed in or left the page.

    security are the requirements of the operation, message is the server's reason, back the label of the cancel button.
    """
    st.session_state[_SIGN_IN] = SignIn(security, message, back)


def draw(page: str) -> bool:
    """Draw the view if it was requested at this address, and report whether it was."""
    request = _pending(page)
    if request is None:
        return False
    view(request.security, request.message, back=request.back)
    return True


def _pending(page: str) -> SignIn | None:
    """Return the pending request to sign in. It is dropped if the visitor has left the page."""
    request = st.session_state.get(_SIGN_IN)
    if not isinstance(request, SignIn):
        return None
    place = page, *st.query_params.to_dict().items()
    if request.place not in {None, place}:
        _leave()
        return None
    request.place = place
    return request


def view(security: Security = (), message: str = "", *, back: str = "") -> None:
    """Draw the view for signing in."""
    alternatives = _alternatives(security)
    with st.container(horizontal_alignment="center"), st.container(width=460):
        st.title("Sign in", anchor=False)
        _reason(alternatives, message)
        if alternatives:
            alternative = alternatives[_choice(alternatives)]
            kinds = {scheme.name: _kind(scheme) for scheme in alternative}
            with st.form("login:form", border=True):
                for scheme in alternative:
                    _fields(scheme, kinds[scheme.name], several=len(alternative) > 1)
                is_sent = st.form_submit_button(
                    "Sign in", key="login:submit", type="primary", width="stretch"
                )
            if is_sent:
                _submit(alternative, kinds)
        st.button(back or "Try again", key="login:back", type="tertiary", on_click=_leave)


def sidebar(page: str) -> None:
    """Draw who is signed in, if the API has security schemes. page is the current one."""
    if not credentials.schemes():
        return
    mine = session.current()
    who = credentials.who(mine)
    with st.sidebar.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    ):
        if who:
            st.caption(words.plain(words.cut(who, 40)), width="content")
        if mine.credentials:
            st.button("Sign out", key="login:out", icon=":material/logout:", on_click=session.leave)
        elif _pending(page) is None:
            st.button(
                "Sign in",
                key="login:in",
                icon=":material/login:",
                on_click=ask,
                kwargs={"back": "Back"},
            )


def _reason(alternatives: Sequence[tuple[Scheme, ...]], message: str) -> None:
    mine = session.current()
    if not alternatives:
        st.markdown(
            "The API did not accept the request, and its definition does not say which credentials it needs."
        )
    elif message and any(
        credentials.has(mine, scheme) for alternative in alternatives for scheme in alternative
    ):
        st.markdown("The API did not accept your credentials. They may have expired.")
    elif message:
        st.markdown("The API requires you to sign in.")
    if message:
        st.caption(words.plain(words.cut(message, 300)))


def _alternatives(security: Security) -> list[tuple[Scheme, ...]]:
    """Return the schemes of each requirement; if there are none, each scheme on its own."""
    known = {scheme.name: scheme for scheme in credentials.schemes()}
    wanted = [tuple(known[name] for name in each if name in known) for each in security]
    found = [
        alternative
        for at, alternative in enumerate(wanted)
        if alternative and alternative not in wanted[:at]
    ]
    return found or [(scheme,) for scheme in known.values()]


def _choice(alternatives: Sequence[tuple[Scheme, ...]]) -> int:
    """Let the visitor choose one of several ways, and return its number."""
    if len(alternatives) == 1:
        return 0
    labels = [
        " and ".join(words.title(scheme.name) for scheme in alternative)
        for alternative in alternatives
    ]
    for number, label in enumerate(labels):
        if label in labels[:number]:  # equal labels would become one option
            labels[number] = f"{label} ({number + 1})"
    options = range(len(alternatives))

    def label_of(number: int) -> str:
        return words.plain(labels[number])

    if len(alternatives) > _FEW:
        return st.selectbox("With", options, format_func=label_of, key="login:way")
    return st.radio("With", options, horizontal=True, format_func=label_of, key="login:way")


def _kind(scheme: Scheme) -> str:
    """Return what to enter for a scheme: a token, or, for an OAuth 2 client, its ID and secret."""
    if scheme.kind != "oauth2" or not scheme.token_url or "clientCredentials" not in scheme.flows:
        return _TOKEN
    return st.radio(
        words.plain(words.title(scheme.name)),
        [_TOKEN, _CLIENT],
        horizontal=True,
        key=f"login:{scheme.name}:kind",
    )


def _fields(scheme: Scheme, kind: str, *, several: bool) -> None:
    """Draw the fields for one scheme."""
    name = words.plain(words.title(scheme.name))
    if several:
        st.markdown(f"**{name}**")
    if scheme.description:
        st.caption(words.plain(scheme.description))
    for what, label, is_secret in _inputs(scheme, kind):
        st.text_input(
            f"{name}: {label}" if several else label,
            key=f"login:{scheme.name}:{what}",
            type="password" if is_secret else "default",
            autocomplete="off" if what in {"token", "key"} else "",
        )


def _inputs(scheme: Scheme, kind: str) -> list[tuple[str, str, bool]]:
    """Return the fields for a scheme: a name, a label, and whether it is a secret."""
    if scheme.kind == "basic":
        return [("user", "User name", False), ("password", "Password", True)]
    if kind == _CLIENT:
        return [("client", "Client ID", False), ("secret", "Client secret", True)]
    return [("key", "API key", True)] if scheme.kind == "apiKey" else [("token", "Token", True)]


def _submit(alternative: Sequence[Scheme], kinds: dict[str, str]) -> None:
    """Store the credentials, if a request can carry them, and show the page again."""
    found: dict[str, Credential] = {}
    for scheme in alternative:
        try:
            found[scheme.name] = _credential(scheme, kinds[scheme.name])
        except ValueError as error:
            st.error(words.plain(str(error)), icon=":material/error:")
            return
    mine = session.current()
    mine.sign_in(found)
    mine.flash("Signed in", ":material/login:")
    _leave()
    st.rerun()


def _credential(scheme: Scheme, kind: str) -> Credential:
    """Return the credential entered for a scheme. Raises ValueError if no request can carry it."""
    texts: list[str] = []
    for what, label, is_secret in _inputs(scheme, kind):
        text = str(st.session_state.get(f"login:{scheme.name}:{what}") or "")
        if what != "password":
            try:
                text = environment.secret(text)
            except ValueError as error:
                hint = " Copy it again, without line breaks." if is_secret and text else ""
                raise ValueError(f"{label}: {error}.{hint}") from None
        texts.append(text)
    if kind == _CLIENT:
        return ClientCredentials(texts[0], texts[1])
    credential = texts[0] if len(texts) == 1 else (texts[0], texts[1])
    try:
        Carried().add(scheme, credential)
    except RequestError as error:
        raise ValueError(f"{error}.") from None
    return credential


def _leave() -> None:
    st.session_state.pop(_SIGN_IN, None)
