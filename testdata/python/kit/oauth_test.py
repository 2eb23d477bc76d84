"""OAuth 2 logins: a browser redirect, another device, expiring tokens, and client credentials."""

from __future__ import annotations

import base64
import hashlib
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from conftest import Desk

BROWSER = """
import socket, sys, urllib.request, urllib.parse
url = sys.argv[1]
open({log!r}, "w").write(url)
query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query))
back = urllib.parse.urlencode({answer})
at = urllib.parse.urlsplit(query["redirect_uri"])
idle = socket.create_connection((at.hostname, at.port))  # as browsers do
urllib.request.urlopen(query["redirect_uri"] + "?" + back).read()
"""


def form(asked: tuple[str, str, dict[str, str], bytes]) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(asked[3].decode()).items()}


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "config/desk/credentials.json"


def browser(environ: dict[str, str], tmp_path: Path, answer: str) -> Path:
    script, log = tmp_path / "browser.py", tmp_path / "url"
    script.write_text(BROWSER.format(log=str(log), answer=answer))
    environ["BROWSER"] = f"{sys.executable} {script} %s &"
    return log


def test_browser(
    desk: Desk, environ: dict[str, str], server: Any, tmp_path: Path, kept: Path
) -> None:
    log = browser(environ, tmp_path, '{"code": "c0de", "state": query["state"]}')
    environ["DESK_BASE_URL"] = server.url
    server.body = (
        b'{"access_token":"fresh","expires_in":3600,"refresh_token":"again","token_type":"Bearer"}'
    )
    done = desk("auth", "login", "--scheme", "login", "--client-id", "me")
    assert done.returncode == 0, done.stderr
    query = {name: values[0] for name, values in parse_qs(urlsplit(log.read_text()).query).items()}
    sent = form(server.asked[0])
    assert server.asked[0][:2] == ("POST", "/oauth/token")
    assert "Authorization" not in server.asked[0][2]
    assert sent["code"] == "c0de" and sent["redirect_uri"] == query["redirect_uri"]
    digest = hashlib.sha256(sent["code_verifier"].encode()).digest()
    assert query["code_challenge"] == base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    assert (query["code_challenge_method"], query["scope"]) == ("S256", "read write")
    assert query["redirect_uri"].startswith("http://127.0.0.1:")
    assert kept.stat().st_mode & 0o077 == 0
    assert desk("auth", "token").stdout == b"fresh\n"
    assert len(server.asked) == 1


def test_browser_that_brings_another_state(
    desk: Desk, environ: dict[str, str], server: Any, tmp_path: Path, kept: Path
) -> None:
    environ["DESK_BASE_URL"] = server.url
    for answer, said in (
        ('{"code": "c0de", "state": "other"}', b"not for this login"),
        ('{"code": "c0de", "state": "øther"}', b"not for this login"),
        ('{"error": "access_denied", "state": query["state"]}', b"access_denied"),
    ):
        browser(environ, tmp_path, answer)
        done = desk("auth", "login", "--scheme", "login", "--client-id", "me")
        assert done.returncode == 1 and said in done.stderr
    assert not server.asked and not kept.exists()


def test_device(desk: Desk, environ: dict[str, str], server: Any) -> None:
    environ["DESK_BASE_URL"] = server.url
    code = {"device_code": "d", "user_code": "AB-12", "verification_uri": "http://v", "interval": 0}
    server.answers = [
        (200, json.dumps(code).encode()),
        (400, b'{"error":"authorization_pending"}'),
        (200, b'{"access_token":"t"}'),
    ]
    done = desk("auth", "login", "--scheme", "login", "--client-id", "me", "--device")
    assert done.returncode == 0, done.stderr
    assert b"Open http://v and enter the code AB-12" in done.stderr
    assert [one[1] for one in server.asked] == ["/oauth/device", "/oauth/token", "/oauth/token"]
    assert desk("auth", "token").stdout == b"t\n"
    server.answers = [(200, json.dumps(code).encode()), (400, b'{"error":"access_denied"}')]
    done = desk("auth", "login", "--scheme", "login", "--client-id", "me", "--device")
    assert done.returncode == 1 and b"access_denied" in done.stderr


def test_an_expired_token_is_renewed_and_kept(
    desk: Desk, environ: dict[str, str], server: Any, kept: Path
) -> None:
    environ["DESK_BASE_URL"] = server.url
    entry = {
        "token": "old",
        "refresh_token": "again",
        "client_id": "me",
        "expires_at": time.time() - 5,
    }
    kept.parent.mkdir(parents=True)
    kept.touch(0o600)
    kept.write_text(json.dumps({"": {"login": {server.url: entry}}}))
    server.body = b'{"access_token":"new","expires_in":3600}'
    assert desk("auth", "token").stdout == b"new\n"
    assert form(server.asked[0])["refresh_token"] == "again"
    assert desk("auth", "token").stdout == b"new\n"
    assert len(server.asked) == 1
    status = json.loads(desk("auth", "status").stdout)[3]
    assert status["source"] == "auth login" and status["expires"].endswith("+00:00")


def test_an_expired_token_is_renewed_in_another_thread(server: Any, tmp_path: Path) -> None:
    from desk.cli.kit import config

    program = config.Program("desk", server.url, {"DESK_CONFIG": str(tmp_path / "config.toml")})
    entry = {"token": "old", "refresh_token": "again", "expires_at": 1}
    kept = tmp_path / "credentials.json"
    kept.touch(0o600)
    kept.write_text(json.dumps({"": {"login": {server.url: entry}}}))
    server.body = b'{"access_token":"new","expires_in":3600}'
    credential: Any = config.resolve(program, {}).auth["login"]
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(credential).result() == "new"


def test_client_credentials_of_a_profile(
    desk: Desk, environ: dict[str, str], server: Any, tmp_path: Path
) -> None:
    file = tmp_path / "config/desk/config.toml"
    file.parent.mkdir(parents=True)
    file.write_text(
        f'[profiles.p]\nbase_url = "{server.url}"\n'
        '[profiles.p.auth]\nlogin = { client_id = "me", client_secret = "pw" }\n'
    )
    environ["DESK_BASE_URL"] = ""
    status = json.loads(desk("auth", "status", "-p", "p").stdout)[3]
    assert status["credential"] == "fetched when it is needed"
    assert not server.asked
