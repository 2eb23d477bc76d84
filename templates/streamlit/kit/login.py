"""Authentication: the view to enter credentials, and their state in the sidebar.

The view is drawn in place of the page, and the address stays as it is: what was being typed in a form is there again
afterwards. Signing in sends nothing. The secrets are in the session of the visitor, and nowhere else.
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

_ASKED = "firestone.login"
_TOKEN, _CLIENT = "Access token", "Client ID and secret"
_FEW = 3
"""Ways to sign in that are shown side by side."""


@dataclass(slots=True)
class Asked:
    """What to ask for, and why."""

    security: Security
    said: str = ""
    back: str = ""
    place: object = None
    """The address that it was first drawn at."""


def ask(security: Security = (), said: str = "", *, back: str = "") -> None:
    """Draw the view in place of the page from the next run on, until somebody has signed in or gone elsewhere.

    security is what the operation takes, said what the server said; back is the word for going back without.
    """
    st.session_state[_ASKED] = Asked(security, said, back)


def draw(page: str) -> bool:
    """Draw the view if it was requested at this address, and report whether it was."""
    asked = _asked_here(page)
    if asked is None:
        return False
    view(asked.security, asked.said, back=asked.back)
    return True


def _asked_here(page: str) -> Asked | None:
    """Return what is asked for; who has gone elsewhere is not asked any more."""
    asked = st.session_state.get(_ASKED)
    if not isinstance(asked, Asked):
        return None
    place = page, *st.query_params.to_dict().items()
    if asked.place not in {None, place}:
        _leave()
        return None
    asked.place = place
    return asked


def view(security: Security = (), said: str = "", *, back: str = "") -> None:
    """Draw the view that asks for what an operation takes."""
    ways = _ways(security)
    with st.container(horizontal_alignment="center"), st.container(width=460):
        st.title("Sign in", anchor=False)
        _reason(ways, said)
        if ways:
            way = ways[_choice(ways)]
            kinds = {scheme.name: _kind(scheme) for scheme in way}
            with st.form("login:form", border=True):
                for scheme in way:
                    _fields(scheme, kinds[scheme.name], several=len(way) > 1)
                is_sent = st.form_submit_button(
                    "Sign in", key="login:submit", type="primary", width="stretch"
                )
            if is_sent:
                _submit(way, kinds)
        st.button(back or "Try again", key="login:back", type="tertiary", on_click=_leave)


def sidebar(page: str) -> None:
    """Say in the sidebar who is signed in, where the API wants to know. page is the one that the address asks for."""
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
        elif _asked_here(page) is None:
            st.button(
                "Sign in",
                key="login:in",
                icon=":material/login:",
                on_click=ask,
                kwargs={"back": "Back"},
            )


def _reason(ways: Sequence[tuple[Scheme, ...]], said: str) -> None:
    mine = session.current()
    if not ways:
        st.markdown(
            "The API did not accept the request, and its definition does not say which credentials it needs."
        )
    elif said and any(credentials.has(mine, scheme) for way in ways for scheme in way):
        st.markdown("The API did not accept your credentials. They may have expired.")
    elif said:
        st.markdown("The API requires you to sign in.")
    if said:
        st.caption(words.plain(words.cut(said, 300)))


def _ways(security: Security) -> list[tuple[Scheme, ...]]:
    """Return the schemes of each requirement; each scheme on its own where none is said."""
    known = {scheme.name: scheme for scheme in credentials.schemes()}
    wanted = [tuple(known[name] for name in each if name in known) for each in security]
    found = [way for at, way in enumerate(wanted) if way and way not in wanted[:at]]
    return found or [(scheme,) for scheme in known.values()]


def _choice(ways: Sequence[tuple[Scheme, ...]]) -> int:
    """Let the visitor choose one of several ways, and return its number."""
    if len(ways) == 1:
        return 0
    labels = [" and ".join(words.title(scheme.name) for scheme in way) for way in ways]
    for number, label in enumerate(labels):
        if label in labels[:number]:  # two labels that are the same would be one option
            labels[number] = f"{label} ({number + 1})"
    options = range(len(ways))

    def label_of(number: int) -> str:
        return words.plain(labels[number])

    if len(ways) > _FEW:
        return st.selectbox("With", options, format_func=label_of, key="login:way")
    return st.radio("With", options, horizontal=True, format_func=label_of, key="login:way")


def _kind(scheme: Scheme) -> str:
    """Return what is given for a scheme: a program that has an account of its own has no token yet."""
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
    for what, label, is_secret in _asked(scheme, kind):
        st.text_input(
            f"{name}: {label}" if several else label,
            key=f"login:{scheme.name}:{what}",
            type="password" if is_secret else "default",
            autocomplete="off" if what in {"token", "key"} else "",
        )


def _asked(scheme: Scheme, kind: str) -> list[tuple[str, str, bool]]:
    """Return the fields for a scheme: a name, a label, and whether it is a secret."""
    if scheme.kind == "basic":
        return [("user", "User name", False), ("password", "Password", True)]
    if kind == _CLIENT:
        return [("client", "Client ID", False), ("secret", "Client secret", True)]
    return [("key", "API key", True)] if scheme.kind == "apiKey" else [("token", "Token", True)]


def _submit(way: Sequence[Scheme], kinds: dict[str, str]) -> None:
    """Keep what was typed, if a request can carry it, and show the page again."""
    found: dict[str, Credential] = {}
    for scheme in way:
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
    """Return the credential that was typed for a scheme. One that no request can carry is a ValueError."""
    texts: list[str] = []
    for what, label, is_secret in _asked(scheme, kind):
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
    st.session_state.pop(_ASKED, None)
