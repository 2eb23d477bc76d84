"""The sources of settings, and invalid ones."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from conftest import Desk

CONFIG = """
[profiles.staging]
base_url = "http://staging.example"
retries = 1

[profiles.staging.auth]
bearer = "of-staging"

[profiles.prod]
base_url = "http://prod.example"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "config/desk/config.toml"
    file.parent.mkdir(parents=True)
    file.write_text(CONFIG)
    return file


def settings(desk: Desk, *args: str, **env: str) -> dict[str, Any]:
    done = desk("things", "settings", "-o", "json", *args, env=env)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_flag_environment_profile_default(desk: Desk, file: Path) -> None:
    assert settings(desk)["base_url"] == "http://127.0.0.1:9"
    assert settings(desk, DESK_BASE_URL="")["base_url"] == "http://127.0.0.1:9"
    assert settings(desk, DESK_BASE_URL="http://e/")["base_url"] == "http://e"
    assert (
        settings(desk, "--base-url", "http://f", DESK_BASE_URL="http://e")["base_url"] == "http://f"
    )
    named = settings(desk, DESK_PROFILE="staging", DESK_BASE_URL="")
    assert (named["base_url"], named["retries"]) == ("http://staging.example", 1)
    assert named["sources"]["base_url"] == "profile staging"
    assert settings(desk, DESK_RETRIES="7", DESK_PROFILE="staging")["retries"] == 7
    file.write_text(f'profile = "prod"\n{CONFIG}')
    assert settings(desk, DESK_BASE_URL="")["base_url"] == "http://prod.example"


def test_a_profile_that_a_flag_names_counts_as_a_flag(desk: Desk, file: Path) -> None:
    assert file.exists()
    forgotten = {
        "DESK_BASE_URL": "http://prod.example",
        "DESK_TOKEN": "of-prod",
        "DESK_RETRIES": "9",
    }
    found = settings(desk, "-p", "staging", **forgotten)
    assert found["base_url"] == "http://staging.example"
    assert found["retries"] == 1
    assert found["auth"]["bearer"] == "'of-staging'"
    assert (
        settings(desk, "-p", "staging", "--base-url", "http://f", **forgotten)["base_url"]
        == "http://f"
    )


def test_the_more_exact_variable_wins_over_that_of_the_profile(desk: Desk, file: Path) -> None:
    assert file.exists()
    env = {"DESK_PROFILE": "staging", "DESK_BASE_URL": "http://p.example"}
    assert settings(desk, **env)["base_url"] == "http://p.example"
    done = desk("things", "settings", "-v", env=env)
    assert b"* base URL http://p.example (DESK_BASE_URL)" in done.stderr
    assert b"retries 1 (profile staging)" in done.stderr


def test_the_name_of_a_profile_may_be_pasted(desk: Desk, file: Path) -> None:
    assert file.exists()
    assert (
        settings(desk, DESK_PROFILE="staging\r\n", DESK_BASE_URL="")["base_url"]
        == "http://staging.example"
    )


def test_a_misspelt_profile_is_refused(desk: Desk, file: Path, server: Any) -> None:
    assert file.exists()
    for args, env in ((["-p", "stagign"], {}), ([], {"DESK_PROFILE": "stagign"})):
        done = desk("things", "list", *args, env={**env, "DESK_BASE_URL": server.url})
        assert done.returncode == 2
        assert b"did you mean staging" in done.stderr
    assert not server.asked


def test_common_options_stand_anywhere_and_the_nearest_wins(desk: Desk) -> None:
    assert desk("-o", "yaml", "things", "settings").stdout.startswith(b"base_url:")
    assert desk("things", "-o", "yaml", "settings").stdout.startswith(b"base_url:")
    assert desk("-o", "yaml", "things", "settings", "-o", "json").stdout.startswith(b"{")
    assert desk("things", "settings", env={"DESK_OUTPUT": "yaml"}).stdout.startswith(b"base_url:")
    assert desk("-o", "json", "things", "settings", env={"DESK_OUTPUT": "yaml"}).stdout.startswith(
        b"{"
    )


@pytest.mark.parametrize(
    ("args", "env", "said"),
    [
        (["--timeout", "nan"], {}, b"number of seconds"),
        (["--timeout", "0"], {}, b"number of seconds"),
        (["--base-url", "ftp://x"], {}, b"http or https"),
        (["--base-url", "http://user:secret@x"], {}, b"log in instead"),
        (["--base-url", "ftp://user:secret@x:port"], {}, b"log in instead"),
        (["--base-url", "http://x:99999"], {}, b"Port out of range"),
        (["-o", "xml"], {}, b"ndjson"),
        (["--columns", "a,,b"], {}, b"no name"),
        (["-p", ""], {"DESK_PROFILE": "prod"}, b"it is empty"),
        ([], {"DESK_RETRIES": "-1"}, b"DESK_RETRIES"),
        ([], {"DESK_OUTPUT": "xml"}, b"DESK_OUTPUT"),
        ([], {"DESK_TOKEN": "a\u2026b"}, b"U+2026"),
        (["--auth", "bear=x"], {}, b"bearer, password, X Key, login"),
        (["--auth", "password=x"], {}, b"USER:PASSWORD"),
        (["--token-file", "/nowhere/x"], {}, b"No such file"),
        (["--token-file", "/"], {}, b"'/' is a directory"),
    ],
)
def test_wrong_values_are_usage_errors(
    desk: Desk, args: list[str], env: dict[str, str], said: bytes
) -> None:
    done = desk("things", "settings", *args, env=env)
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert b"secret" not in done.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('colour = "x"', b"unknown key colour"),
        ("[profiles.a]\ntimout = 1", b"did you mean timeout"),
        ("[profiles.a]\ntimeout = 'soon'", b"profile a: timeout"),
        ("[profiles.a]\nauth = 1", b"[profiles.a.auth]"),
        ("[profiles.a.auth]\nbeerer = 'x'", b"did you mean bearer"),
        ("[profiles.a.auth]\nlogin = {client_id = 'x'}", b"auth.login"),
        ("profiles = 1", b"[profiles.NAME]"),
        ("[profiles.a", b"config.toml"),
        ("profile = 'b'", b"no profile b"),
    ],
)
def test_a_wrong_file_is_told_with_its_place(
    desk: Desk, file: Path, text: str, said: bytes
) -> None:
    file.write_text(text)
    name = [] if text.startswith("profile = ") else ["-p", "a"]
    done = desk("things", "settings", *name)
    assert done.returncode in {1, 2} and said in done.stderr, done.stderr
    assert b"Traceback" not in done.stderr


def test_a_file_of_windows_is_read(desk: Desk, file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + CONFIG.replace("\n", "\r\n").encode())
    assert settings(desk, "-p", "staging")["base_url"] == "http://staging.example"


def test_what_is_pasted_with_a_token_is_dropped(desk: Desk, tmp_path: Path) -> None:
    assert settings(desk, DESK_TOKEN="\ufeff tok \u00a0\r\n")["auth"]["bearer"] == "'tok'"
    file = tmp_path / "token"
    file.write_bytes(b"\xef\xbb\xbftok\r\n")
    assert settings(desk, "--token-file", str(file))["auth"]["bearer"] == "'tok'"
    done = desk("things", "settings", "--token-file", "-", input=b"tok\xc2\xa0\n")
    assert json.loads(done.stdout)["auth"]["bearer"] == "'tok'"


def test_every_scheme_has_a_variable_and_a_flag(desk: Desk) -> None:
    env = {"DESK_PASSWORD": "me:pw:x", "DESK_X_KEY": "k", "DESK_BEARER": "b", "DESK_TOKEN": "t"}
    found = settings(desk, **env)["auth"]
    assert found == {"bearer": "'b'", "password": "('me', 'pw:x')", "X Key": "'k'", "login": "'t'"}
    found = settings(desk, "--auth", "X Key=z", "--auth", "password=a:b", **env)["auth"]
    assert (found["X Key"], found["password"]) == ("'z'", "('a', 'b')")


def test_one_credential_for_each_api(desk: Desk) -> None:
    login = ["auth", "login", "--scheme", "bearer", "--token-file", "-"]
    other = ["--base-url", "http://other.example"]
    assert desk(*login, input=b"one\n").returncode == 0
    assert desk(*login, *other, input=b"two\n").returncode == 0
    assert desk("auth", "token").stdout == b"one\n"
    assert desk("auth", "token", *other).stdout == b"two\n"
    done = desk("auth", "logout", "--dry-run")
    assert done.returncode == 2 and b"--dry-run" in done.stderr
    assert desk("auth", "token").stdout == b"one\n"
    desk("auth", "logout")
    assert desk("auth", "token", *other).returncode != 0


def test_log_in_and_out(desk: Desk, file: Path, tmp_path: Path) -> None:
    done = desk("auth", "login", "--scheme", "bearer", "--token-file", "-", input=b"kept\n")
    assert done.returncode == 0 and not done.stdout, done.stderr
    kept = file.parent / "credentials.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert settings(desk)["auth"] == {"bearer": "'kept'"}
    assert desk("auth", "token").stdout == b"kept\n"
    assert settings(desk, DESK_TOKEN="env")["auth"]["bearer"] == "'env'"
    # It belongs to the profile and the origin that it was created for.
    assert "kept" not in str(settings(desk, "-p", "prod")["auth"])
    assert settings(desk, "--base-url", "http://stranger.example")["auth"] == {}
    status = json.loads(desk("auth", "status").stdout)
    assert status[0]["source"] == "auth login" and "kept" not in str(status)
    kept.chmod(0o644)
    done = desk("things", "settings")
    assert done.returncode == 1 and b"chmod 600" in done.stderr
    kept.chmod(0o600)
    assert b"Forgot bearer" in desk("auth", "logout").stderr
    assert settings(desk)["auth"] == {}
    assert desk("auth", "status").returncode == 1
    assert desk("auth", "token", "--scheme", "bearer").returncode == 1
    assert not [one for one in kept.parent.iterdir() if one.name.startswith(".")]


def test_login_without_a_terminal_asks_nothing(desk: Desk) -> None:
    done = desk("auth", "login", "--scheme", "bearer")
    assert done.returncode == 2 and b"--token-file" in done.stderr
    done = desk("auth", "login", "--token-file", "-", input=b"x")
    assert done.returncode == 2 and b"--scheme" in done.stderr


def test_config_commands(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "config/desk/config.toml"
    assert desk("config", "path").stdout.decode().strip() == str(path)
    assert desk("config", "init").returncode == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert desk("config", "init").returncode == 1
    shown = json.loads(desk("config", "show", "--retries", "5", env={"DESK_TOKEN": "abc"}).stdout)
    rows = {row["setting"]: row for row in shown}
    assert rows["retries"] == {"setting": "retries", "value": 5, "source": "flag"}
    assert rows["auth.bearer"]["value"] == "***"
    lines = (
        path.read_text()
        .replace("# [profiles", "[profiles")
        .replace('# base_url = "', 'base_url = "')
    )
    path.write_text(lines.replace("# SCHEME = { token_file", "bearer = { token_file"))
    (path.parent / "staging.token").write_text("of-file\n")
    assert settings(desk, "-p", "staging")["auth"]["bearer"] == "'of-file'"
    wrong = desk("config", "edit", env={"EDITOR": "sh -c 'echo [ > \"$0\"'", "VISUAL": ""})
    assert wrong.returncode == 1 and b"config.toml" in wrong.stderr


def test_config_edit_writes_a_file_where_there_is_none(desk: Desk, tmp_path: Path) -> None:
    path, env = tmp_path / "config/desk/config.toml", {"EDITOR": "true", "VISUAL": ""}
    assert desk("config", "edit", env=env).returncode == 0
    assert "# [profiles" in path.read_text()
    path.write_text("# mine\n")
    assert desk("config", "edit", env=env).returncode == 0
    assert path.read_text() == "# mine\n"


def test_another_file_of_settings(desk: Desk, tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_text("[profiles.default]\nretries = 0\n")
    assert settings(desk, DESK_CONFIG=str(other))["retries"] == 0


def test_a_token_that_no_text_can_be(desk: Desk) -> None:
    done = desk("things", "settings", "--token-file", "-", input=b"\xff\n")
    assert done.returncode == 2 and b"standard input:1:1: this is not UTF-8" in done.stderr


def test_a_token_as_powershell_writes_it(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_bytes("tok\r\n".encode("utf-16"))
    assert settings(desk, "--token-file", str(file))["auth"]["bearer"] == "'tok'"


@pytest.mark.parametrize("text", ["[]", '{"": []}', '{"": {"bearer": "tok"}}'])
def test_a_file_that_holds_no_logins(desk: Desk, tmp_path: Path, text: str) -> None:
    kept = tmp_path / "config/desk/credentials.json"
    kept.parent.mkdir(parents=True)
    kept.touch(0o600)
    kept.write_text(text)
    done = desk("things", "settings")
    assert done.returncode == 1 and b"delete it and log in again" in done.stderr


def test_a_key_in_the_query_is_hidden_by_any_name() -> None:
    from desk._core import Scheme
    from desk._core.request import request
    from desk.cli.kit import preview

    key = Scheme("key", "apiKey", place="query", parameter="api[key]")
    asked = request("GET", "http://127.0.0.1/?api%5Bkey%5D=secret&a=b", {})
    url = preview.url(asked, [key], show_secrets=False)
    assert url == "http://127.0.0.1/?api%5Bkey%5D=***&a=b"
