"""The current view as a command: for the command line of the package, and for curl.

The commands contain no secrets: environment variables stand for the credentials.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, cast

import streamlit as st

from ..._core import APIError, environment
from ..._core.operation import NOTHING
from . import credentials, programs, secrecy, session

if TYPE_CHECKING:
    from ..._core import JSON, Client, Operation, Scheme
    from .page import ResourcePage

MASK = "***"
"""Stands for a secret in a body."""
_BREAK = " \\\n  "
_OWN_HEADERS = {"content-length", "user-agent", "accept"}


def draw(  # noqa: PLR0913 - those of a call
    page: ResourcePage,
    operation: str,
    keys: Sequence[str] = (),
    *,
    query: Mapping[str, object] | None = None,
    body: object = NOTHING,
    headers: Mapping[str, str] | None = None,
) -> None:
    """Draw the commands for an operation (named as in page.may) with its arguments."""
    if not page.may(operation) or not all(keys):
        return
    body = _shown(page, operation, body)
    given = query or {}
    try:
        line = curl(page, operation, keys, query=given, body=body, headers=headers)
    except APIError:  # the request cannot be sent, so there is no command for it
        return
    with st.expander("As a command", icon=":material/terminal:"):
        own = programs.line(page, operation, keys, query=given, body=body, headers=headers)
        if own is not None:  # no syntax highlighting: its colours have too little contrast
            st.code(own, language=None, wrap_lines=True)
        st.code(line, language=None, wrap_lines=True)


def curl(  # noqa: PLR0913 - those of a call
    page: ResourcePage,
    operation: str,
    keys: Sequence[str] = (),
    *,
    query: Mapping[str, object],
    body: object = NOTHING,
    headers: Mapping[str, str] | None = None,
) -> str:
    """Return the request of an operation as a curl command."""
    target = page.operation(operation)
    mine = page.client
    bare: Client = type(mine)(mine.base_url)  # without credentials: variables stand for them
    with bare:
        request = bare.prepare(target, *keys, query=query, headers=headers, body=body)
    url, words = request.url or "", _method(target.method)
    for scheme in _schemes(target):
        url, more = _credential(scheme, url)
        words += more
    for name, value in request.headers.items():
        if name.lower() not in _OWN_HEADERS:
            header = value if isinstance(value, str) else value.decode("latin-1")
            words.append(f"--header {_word(f'{name}: {header}')}")
    if request.body is not None:
        text = request.body.decode() if isinstance(request.body, bytes) else str(request.body)
        words.append(f"--data-binary {_word(text)}")
    # Without --globoff, curl interprets brackets and braces in a URL as ranges.
    globs = "--globoff " if any(each in url for each in "[]{}") else ""
    line = _BREAK.join([*words, globs + (url if url.startswith('"') else _word(url))])
    return line if len(words) > 2 else line.replace(_BREAK, " ")


def _method(method: str) -> list[str]:
    if method == "HEAD":
        return ["curl --head"]
    return ["curl" if method == "GET" else f"curl --request {method}"]


def _word(text: str) -> str:
    return shlex.quote(text)


def _schemes(operation: Operation[JSON]) -> list[Scheme]:
    """Return the schemes of the first requirement for which the visitor has credentials, else of the first one."""
    known = {scheme.name: scheme for scheme in credentials.schemes()}
    mine = session.current()
    ways = [[known[name] for name in each if name in known] for each in operation.security]
    ready = (way for way in ways if way and all(credentials.has(mine, each) for each in way))
    return next(ready, ways[0] if ways else [])


def _credential(scheme: Scheme, url: str) -> tuple[str, list[str]]:
    """Return the URL and the arguments for a credential, which the shell takes from a variable."""
    variable = f"${_variable(scheme)}"
    if scheme.kind == "basic":
        return url, [f'--user "{variable}"']
    if scheme.kind != "apiKey":
        word = scheme.parameter if scheme.kind == "http" else "Bearer"
        return url, [f'--header "Authorization: {word} {variable}"']
    name = scheme.parameter
    if scheme.place == "query":
        sign = "&" if "?" in url else "?"
        return f'"{_in_quotes(f"{url}{sign}{name}=")}{variable}"', []
    if scheme.place == "cookie":
        return url, [f'--cookie "{_in_quotes(name)}={variable}"']
    return url, [f'--header "{_in_quotes(name)}: {variable}"']


def _in_quotes(text: str) -> str:
    """Return a text escaped for double quotes in a shell."""
    return "".join(f"\\{each}" if each in '\\"$`' else each for each in text)


def _variable(scheme: Scheme) -> str:
    known = credentials.schemes()
    if scheme.name in environment.primary(known):
        return session.variable("token")
    return environment.variables(session.program(), known)[scheme.name]


def _shown(page: ResourcePage, operation: str, body: object) -> object:
    """Return a body in which secrets are masked, such as what was typed into a password field."""
    form = operation if operation in {"create", "replace", "update"} else "read"
    return body if body is NOTHING else secrecy.masked(page.shape(form), cast("JSON", body), MASK)
