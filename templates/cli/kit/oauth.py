"""OAuth 2 logins: in a browser (RFC 6749, 7636 and 8252) or on another device (RFC 8628), and token refresh."""

from __future__ import annotations

import base64
import hashlib
import hmac
import html
import secrets
import time
import webbrowser
from collections.abc import Mapping, Sequence
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import click

from ..._core import environment
from . import terminal
from .store import Store, is_expired

if TYPE_CHECKING:
    import requests

    from ..._core import Scheme
    from .settings import Settings

WAIT = 300.0
"""Seconds that a login in a browser may take."""
_OK = 200
_SLOW_DOWN = 5.0


class OAuthError(click.ClickException):
    """A login that failed."""


def web(
    scheme: Scheme, settings: Settings, client_id: str, scopes: Sequence[str]
) -> dict[str, Any]:
    """Log in with a browser, which is redirected to a port of this machine."""
    verifier, state = secrets.token_urlsafe(64), secrets.token_urlsafe(32)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=")
    with _Listener(("127.0.0.1", 0), _Return) as listener:
        redirect = f"http://127.0.0.1:{listener.server_port}/"
        query = {
            "response_type": "code",
            "client_id": client_id,
            "redirect_uri": redirect,
            "scope": " ".join(scopes),
            "state": state,
            "code_challenge": challenge.decode(),
            "code_challenge_method": "S256",
        }
        url = _address(scheme.authorization_url, settings, "authorization")
        address = f"{url}{'&' if urlsplit(url).query else '?'}{urlencode(query)}"
        terminal.say(f"Log in with your browser:\n{address}")
        webbrowser.open(address)
        code = _code(listener.wait(), state)
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect,
        "client_id": client_id,
        "code_verifier": verifier,
    }
    return _entry(_token(scheme, settings, form), client_id)


def device(
    scheme: Scheme, settings: Settings, client_id: str, scopes: Sequence[str]
) -> dict[str, Any]:
    """Log in on another device: show a code, and poll until somebody has entered it."""
    url = _address(scheme.device_url, settings, "device codes")
    response = _post(url, {"client_id": client_id, "scope": " ".join(scopes)}, settings)
    answer = _members(response)
    if response.status_code != _OK:
        raise OAuthError(f"log in: {_refusal(answer, response)}")
    where = answer.get("verification_uri_complete") or answer.get("verification_uri")
    terminal.say(f"Open {where} and enter the code {answer.get('user_code')}")
    form = {
        "grant_type": "urn:ietf:params:oauth:grant-type:device_code",
        "device_code": str(answer.get("device_code")),
        "client_id": client_id,
    }
    pause = _number(answer.get("interval"), 5.0)
    ends = time.monotonic() + _number(answer.get("expires_in"), WAIT)
    while time.monotonic() < ends:
        time.sleep(pause)
        response = _post(_address(scheme.token_url, settings, "tokens"), form, settings)
        answer = _members(response)
        if response.status_code == _OK:
            return _entry(answer, client_id)
        if answer.get("error") == "slow_down":
            pause += _SLOW_DOWN
        elif answer.get("error") != "authorization_pending":
            raise OAuthError(f"log in: {_refusal(answer, response)}")
    raise OAuthError("log in: the code has expired; try again")


class StoredToken:
    """A stored token, which is refreshed when it has expired. It may be called in any thread."""

    def __init__(self, store: Store, scheme: Scheme, settings: Settings) -> None:
        self.store = store
        self.scheme = scheme
        self.settings = settings

    def __call__(self) -> str:
        """Return a token that will stay valid for a while."""
        name, settings = self.scheme.name, self.settings
        entry = self.store.get(settings.profile, name, settings.base_url) or {}
        if is_expired(entry) and entry.get("refresh_token"):
            form = {
                "grant_type": "refresh_token",
                "refresh_token": str(entry["refresh_token"]),
                "client_id": str(entry.get("client_id", "")),
            }
            entry = {**entry, **_entry(_token(self.scheme, settings, form), form["client_id"])}
            self.store.put(settings.profile, name, settings.base_url, entry)
        return environment.secret(entry.get("token"))


def _token(scheme: Scheme, settings: Settings, form: Mapping[str, str]) -> dict[str, Any]:
    response = _post(_address(scheme.token_url, settings, "tokens"), form, settings)
    answer = _members(response)
    if response.status_code != _OK:
        raise OAuthError(f"log in: {_refusal(answer, response)}")
    return answer


def _entry(answer: Mapping[str, Any], client_id: str) -> dict[str, Any]:
    """Return the part of a token response that is stored (RFC 6749, section 5.1)."""
    entry: dict[str, Any] = {"token": answer.get("access_token"), "client_id": client_id}
    environment.secret(entry["token"])
    if isinstance(answer.get("expires_in"), int | float):
        entry["expires_at"] = time.time() + answer["expires_in"]
    if isinstance(answer.get("refresh_token"), str):
        entry["refresh_token"] = answer["refresh_token"]
    return entry


def _address(url: str, settings: Settings, what: str) -> str:
    if not url:
        raise click.UsageError(f"this API does not say where its {what} are")
    return urljoin(settings.base_url + "/", url)


def _post(url: str, form: Mapping[str, str], settings: Settings) -> requests.Response:
    import requests

    from ..._core.request import unchanged

    try:
        return requests.post(
            url,
            data=dict(form),
            headers={"Accept": "application/json"},
            auth=unchanged,
            timeout=settings.timeout,
            allow_redirects=False,
            verify=settings.verify or True,
            cert=settings.cert,
        )
    except (requests.RequestException, OSError) as error:
        raise OAuthError(f"cannot reach {url}: {error}") from error


def _members(response: requests.Response) -> dict[str, Any]:
    try:
        answer: object = response.json()
    except ValueError:
        return {}
    return cast("dict[str, Any]", answer) if isinstance(answer, dict) else {}


def _refusal(answer: Mapping[str, Any], response: requests.Response) -> str:
    said = answer.get("error_description") or answer.get("error") or response.reason
    return terminal.printable(f"{response.status_code} {said}")


def _number(value: object, default: float) -> float:
    return float(value) if isinstance(value, int | float) else default


def _code(query: Mapping[str, list[str]], state: str) -> str:
    """Return the authorization code, after checking the state (RFC 6749, section 10.12)."""
    if not hmac.compare_digest(query.get("state", [""])[0].encode(), state.encode()):
        raise OAuthError("log in: the answer is not for this login")
    if "code" not in query:
        said = query.get("error_description") or query.get("error") or ["no code came back"]
        raise OAuthError(f"log in: {terminal.printable(said[0])}")
    return query["code"][0]


class _Listener(HTTPServer):
    """Waits for the browser to be redirected back."""

    timeout = 1.0
    query: Mapping[str, list[str]] | None = None

    def wait(self) -> Mapping[str, list[str]]:
        """Return the query of the first request that has a state."""
        ends = time.monotonic() + WAIT
        while self.query is None:
            if time.monotonic() > ends:
                raise OAuthError("log in: nobody logged in within five minutes")
            self.handle_request()
        return self.query


class _Return(BaseHTTPRequestHandler):
    """Serves the page on which the browser ends."""

    timeout = 2.0
    """Seconds to wait for a request: browsers open connections in advance, and may never use them."""

    def do_GET(self) -> None:
        """Store the response, and say that the page can be closed."""
        query = parse_qs(urlsplit(self.path).query)
        if "state" not in query or not isinstance(self.server, _Listener):
            self.send_error(404)
            return
        self.server.query = query
        said = (query.get("error_description") or query.get("error") or ["You are logged in."])[0]
        page = f"<!doctype html><meta charset=utf-8><p>{html.escape(said)} You can close this page."
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing, since the URL contains the code."""
