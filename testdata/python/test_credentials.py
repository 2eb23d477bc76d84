"""Authentication: each scheme, and where secrets must not appear."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import DEFINITIONS

GUARDS = DEFINITIONS / "guard.yaml"
AUTH: Any = {"token": "t", "user": ("ö", "p:w"), "header": "h", "query": "q&", "cookie": "c"}


def api(url: str, auth: Any = AUTH, **options: Any) -> Any:
    from doors import Client

    return Client(url, auth, **options)


def headers_of(asked: dict[str, Any]) -> dict[str, str]:
    return {name: values[0] for name, values in asked["headers"].items() if name in {"Authorization", "X-Key", "Cookie"}}


def test_each_scheme_carries_its_credential(mock: Callable[..., Any]) -> None:
    server = mock(GUARDS)
    guards = api(server.url).guards
    list(guards.list())
    guard = guards.create({"name": "a"})
    guards.update_all([{"id": guard["id"], "name": "b"}])
    guards.update(guard["id"], {"name": "c"})
    guards.replace(guard["id"], {"name": "d"})
    guards.delete(guard["id"])
    guards.delete_all()
    basic = {"Authorization": "Basic " + base64.b64encode("ö:p:w".encode()).decode()}
    sent = server.requests()
    assert [headers_of(asked) for asked in sent] == [
        {"Authorization": "Bearer t"}, basic, {"X-Key": "h"}, {"Authorization": "Bearer t"}, basic, {}, {"Cookie": "session=c"},
    ]  # fmt: skip
    assert sent[2]["path"] == "/guards?key=q%26"
    assert [asked["status"] for asked in sent] == [200, 201, 200, 200, 200, 204, 204]


def test_the_first_requirement_that_all_is_there_for(mock: Callable[..., Any]) -> None:
    server = mock(GUARDS)
    for auth in ({"header": "h"}, {"user": "u:p", "header": "h"}, ("u", "p"), lambda: "h"):
        with pytest.raises(Exception, match="404"):
            api(server.url, auth).guards.replace("x", {"name": "a"})
    basic = {"Authorization": "Basic dTpw"}
    assert [headers_of(asked) for asked in server.requests()] == [{"X-Key": "h"}, basic, basic, {"X-Key": "h"}]


@pytest.mark.parametrize("secret", ["a\nb", "a\r\n", " a", "a\u00a0", "a€", "", "a\x00"])
def test_secrets_that_no_header_carries(secret: str) -> None:
    from doors import RequestError

    with pytest.raises(RequestError, match="^token: "):
        list(api("http://127.0.0.1:9", {"token": secret}).guards.list())


def test_tokens_of_programs(faulty: Callable[..., Any]) -> None:
    from doors import ClientCredentials, UnauthorizedError
    from doors.resources import guards

    token = (200, {"Content-Type": "application/json"}, json.dumps({"access_token": "fetched", "expires_in": 3600}).encode())
    tokens, server = faulty(token), faulty((200, {}, b"{}"), (200, {}, b"{}"), (401, {}, b""), (200, {}, b"{}"), (401, {}, b""))
    client = api(server.url, ClientCredentials("id", "secret/+", token_url=tokens.url + "/token"))
    assert client.prepare(guards.GET, "a").headers["Authorization"] == "Bearer <program>"
    assert not tokens.asked
    client.guards.get("a")
    client.guards.get("a")
    assert len(tokens.asked) == 1
    method, path, headers, body = tokens.asked[0]
    assert (method, path, body) == ("POST", "/token", b"grant_type=client_credentials&scope=guards%3Aread")
    assert headers["Authorization"] == "Basic " + base64.b64encode(b"id:secret%2F%2B").decode()
    assert {asked[2]["Authorization"] for asked in server.asked} == {"Bearer fetched"}
    client.guards.get("a")
    assert len(tokens.asked) == 2, "a token that is refused is fetched anew, once"
    with pytest.raises(UnauthorizedError):
        client.guards.get("a")
    assert "secret" not in repr(client.auth)


def test_tokens_that_do_not_come(faulty: Callable[..., Any]) -> None:
    from doors import ClientCredentials, DecodeError, StatusError

    for answer, error in (
        ((400, {}, b'{"error": "invalid_client"}'), StatusError),
        ((200, {}, b"{}"), DecodeError),
        ((200, {}, b"<"), DecodeError),
    ):
        with pytest.raises(error, match="token for program"):
            api("http://127.0.0.1:9", ClientCredentials("id", "s", token_url=faulty(answer).url)).guards.get("a")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(faulty: Callable[..., Any], status: int) -> None:
    from doors import RedirectError

    stranger = faulty((200, {}, b"{}"))
    server = faulty((status, {"Location": stranger.url + "/x"}, b""))
    with pytest.raises(RedirectError) as caught:
        api(server.url).guards.replace("a", {})
    assert caught.value.location == stranger.url + "/x"
    assert len(server.asked) == 1
    assert not stranger.asked


def test_no_redirect_of_a_channel_is_followed(faulty: Callable[..., Any]) -> None:
    from doors import RedirectError

    stranger = faulty((200, {}, b"{}"))
    server = faulty((302, {"Location": stranger.url.replace("http", "ws") + "/x"}, b""))
    with pytest.raises(RedirectError):
        next(api(server.url).doors.watch())
    assert not stranger.asked


def test_netrc_is_not_read(faulty: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login intruder password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    server = faulty((200, {}, b"[]"))
    list(api(server.url).guards.list())
    api(server.url, None).guards.delete("a")
    assert [asked[2].get("Authorization") for asked in server.asked] == ["Bearer t", None]


def test_proxies_of_the_environment(faulty: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    proxy = faulty((200, {}, b"[]"))
    monkeypatch.setenv("http_proxy", proxy.url)
    monkeypatch.setenv("no_proxy", "")
    list(api("http://api.invalid").guards.list())
    assert proxy.asked[0][1] == "http://api.invalid/guards"


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")
def test_authorities(mock: Callable[..., Any], tmp_path: Path) -> None:
    from doors import ConnectError
    from doors.resources import doors

    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = [
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        key,
        "-out",
        certificate,
        "-subj",
        "/CN=localhost",
        "-addext",
        "subjectAltName=IP:127.0.0.1",
    ]
    subprocess.run(["openssl", *map(str, made)], check=True, capture_output=True)
    url = mock("--tls-cert", certificate, "--tls-key", key, DEFINITIONS / "door.yaml").url
    with pytest.raises(ConnectError, match="self.signed"):
        api(url, None, retries=0).doors.get("a")
    with pytest.raises(ConnectError, match="self.signed"):
        next(api(url, None).doors.watch())
    trusting = api(url, None, verify=str(certificate))
    trusting.doors.create({"door_id": "a"})
    assert next(trusting.watch(doors.WATCH, since="0")).key == "a"
