"""What is printed, and what is requested."""

from __future__ import annotations

import json
import socket
import subprocess
import threading
import uuid
from pathlib import Path

import pytest
from projects import definition, project
from running import (
    answering,
    live,
    loaded,
    started,
)
from terminals import on_terminal

SAMPLE = """
kind: sample
methods: {resource: [get, post], instance: [get, put, patch]}
schema:
  key: {name: sample_id, schema: {type: integer, minimum: 1}}
  items:
    type: object
    properties:
      text: {type: string}
      ratio: {type: number}
      count: {type: integer}
"""


PHOTO = """
kind: photo
methods: {resource: [get], instance: [get]}
schema:
  key: {name: photo_id, schema: {type: integer, minimum: 1}}
  query_params:
    - {name: tag, style: form, explode: false, schema: {type: array, items: {type: string}}}
    - {name: place, style: pipeDelimited, explode: false, schema: {type: array, items: {type: string}}}
    - {name: id, schema: {type: array, items: {type: integer}}}
  items:
    type: object
    properties:
      caption: {type: string}
"""


SAMPLES = [
    *(
        "no",
        "y",
        "N",
        "~",
        "=",
        "<<",
        "1e3",
        "0o17",
        "010",
        "1_000",
        "12:30:45",
        "2026-01-31",
        ".inf",
    ),
    *("- a", "a: b", "#x", "", " a", "a ", "end\n", "a\u0085b", "a\u2028b", "\ufeffa"),
]


class TestNothing:
    @pytest.mark.parametrize(
        ("words", "want"),
        [
            (["-o", "json"], "[]\n"),
            (["-o", "json", "--all"], "[]\n"),
            (["-o", "yaml"], "[]\n"),
            (["-o", "ndjson"], ""),
            (["-o", "name"], ""),
            (["-o", "json", "--query", "[].name"], "[]\n"),
            (["-o", "json", "--query", "[0].name"], "null\n"),
        ],
    )
    def test_an_empty_list(self, words: list[str], want: str) -> None:
        cli = project("library")
        with live(cli) as mock:
            result = cli.run("authors", "list", *words, url=mock.url)
            assert result.exit_code == 0
            assert result.stdout == want
            assert result.stderr == ""

    @pytest.mark.parametrize("words", [[], ["--all"], ["--max-items", "5"]])
    @pytest.mark.parametrize(("status", "body"), [(204, b""), (200, b""), (200, b"null")])
    def test_no_list(self, words: list[str], status: int, body: bytes) -> None:
        with answering(lambda _: (status, {}, body)) as server:
            words = ["authors", "list", "-o", "json", *words]
            result = project("library").run(*words, url=server.url)
            assert (result.exit_code, result.stdout) == (0, "[]\n"), result.output

    def test_null_in_pieces(self) -> None:
        def respond(connection: socket.socket) -> None:
            connection.recv(65536)
            head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
            connection.sendall(head + b"4\r\nnull\r\n0\r\n\r\n")
            connection.close()

        with socket.create_server(("127.0.0.1", 0)) as server:
            threading.Thread(target=lambda: respond(server.accept()[0]), daemon=True).start()
            url = f"http://127.0.0.1:{server.getsockname()[1]}"
            result = project("library").run("books", "get", "k", "-o", "json", url=url)
            assert result.stdout == "null\n", result.output

    def test_an_empty_list_in_csv(self) -> None:
        cli = project("library")
        with live(cli) as mock:
            result = cli.run("authors", "list", "-o", "csv", url=mock.url)
            assert result.stdout.strip().split(",") == [
                "author_id",
                "name",
                "born",
                "also_known_as",
            ]
            assert result.stdout.count("\n") == 1

    def test_a_deletion(self) -> None:
        cli = project("library")
        with live(cli, "--seed", "1") as mock:
            key = json.loads(cli.run("books", "list", "-o", "json", url=mock.url).stdout)[0][
                "book_id"
            ]
            result = cli.run("books", "delete", key, "--yes", "-o", "json", url=mock.url)
            assert result.exit_code == 0
            assert result.stdout == ""

    @pytest.mark.parametrize("headers", [{}, {"Content-Type": "application/json"}])
    def test_an_empty_200(self, headers: dict[str, str]) -> None:
        with answering(lambda _: (200, headers, b"")) as server:
            result = project("library").run(
                "books", "delete", "k", "--yes", "-o", "json", url=server.url
            )
            assert result.exit_code == 0, result.output
            assert result.stdout == ""


class TestQueriesThatDoNotFit:
    def test_what_was_done_is_told(self) -> None:
        cli = project("library")
        words = ("authors", "create", "--name", "Ghost", "--query", "length(born)")
        with live(cli) as mock:
            result = cli.run(*words, url=mock.url)
            assert result.exit_code == 1
            assert json.loads(result.stdout)["name"] == "Ghost"
            assert result.stderr.startswith("Error: --query: length() takes")
            assert "What was asked for is done" in result.stderr
            file = '{"name": "Lem"}'
            words = ("authors", "import", "-", "-o", "ndjson", "--query", "length([0].born)")
            result = cli.run(*words, url=mock.url, stdin=file)
            assert result.exit_code == 1, result.output
            assert json.loads(result.stdout)["name"] == "Lem"

    def test_what_was_only_read(self) -> None:
        cli = project("library")
        with live(cli, "--seed", "1") as mock:
            words = ("books", "list", "--query", "[?published > '1980']")
            result = cli.run(*words, url=mock.url)
            assert (result.exit_code, result.stdout) == (1, "")
            assert result.stderr.startswith("Error: --query: > is for")
            assert result.stderr.count("\n") == 1


class TestColumns:
    def test_one_that_is_misspelt(self) -> None:
        cli = project("library")
        with live(cli, "--seed", "1") as mock:
            for words in (("list",), ("watch",), ("update", "k", "--title", "x"), ("get", "k")):
                result = cli.run("books", *words, "--columns", "title,publishd", url=mock.url)
                assert result.exit_code == 2
                assert "books have no publishd. Did you mean published?" in result.stderr
            assert not mock.requests()

    def test_one_that_may_be_there(self) -> None:
        cli = project("library")
        with live(cli, "--seed", "1") as mock:
            words = ("books", "list", "-o", "ndjson", "--columns", "title,zzz")
            result = cli.run(*words, url=mock.url)
            assert result.stderr == "note: the definition does not mention zzz\n"
            assert list(json.loads(result.stdout)) == ["title"]

    def test_a_query_makes_records_of_another_kind(self) -> None:
        cli = project("library")
        with live(cli, "--seed", "1") as mock:
            query = ("--query", "[].{titel: title}", "--columns", "titel", "-o", "csv")
            result = cli.run("books", "list", *query, url=mock.url)
            assert (result.exit_code, result.stderr) == (0, "")
            assert result.stdout.startswith("titel\n")


class TestYAMLThatComesBack:
    def test_every_sample(self, tmp_path: Path) -> None:
        import yaml

        cli = definition("sample", SAMPLE)
        ratios = ["1.10", "1e400", "1E-8"]
        records = [
            f'{{"sample_id":{at},"text":{json.dumps(text)},"ratio":{ratios[at % 3]},"count":12345678901234567890}}'
            for at, text in enumerate(SAMPLES, 1)
        ]
        with loaded(cli, tmp_path, f'{{"samples":[{",".join(records)}]}}') as mock:
            listed = cli.run("samples", "list", "--all", "-o", "yaml", url=mock.url).stdout
            assert "!!" not in listed
            assert "1.10" in listed
            assert "12345678901234567890" in listed
            assert [record["text"] for record in yaml.safe_load(listed)] == SAMPLES
            for at, _ in enumerate(SAMPLES, 1):
                got = cli.run("samples", "get", at, "-o", "yaml", url=mock.url).stdout
                result = cli.run(
                    "samples", "replace", at, "-f", "-", url=mock.url, stdin=got.encode()
                )
                assert result.exit_code == 0, result.output
                sent = cli.module("_core").loads(mock.last()["body"])
                want = cli.module("_core").loads(records[at - 1])
                del want["sample_id"]
                assert cli.module("_core").dumps(sent) == cli.module("_core").dumps(want)


class TestCommas:
    def test_items_of_a_header(self) -> None:
        text = PHOTO.replace("photo", "shot").replace(
            "name: tag, style: form", "name: X-Tag, in: header"
        )
        cli = definition("shot", text)
        words = ["shots", "list", "--x-tag", "a", "--x-tag", "b c", "--dry-run"]
        assert "X-Tag: a,b c" in cli.run(*words, url="http://127.0.0.1:9").stdout
        refused = cli.run(*words, "--x-tag", "d,e", url="http://127.0.0.1:9")
        assert refused.exit_code == 2
        assert "--x-tag" in refused.stderr
        assert "','" in refused.stderr

    def test_all_pages_are_asked_for_in_the_same_way(self) -> None:
        text = (
            PHOTO.replace("photo", "picture")
            + """
default_query_params:
  - {name: limit, schema: {type: integer, minimum: 1}}
  - {name: offset, schema: {type: integer, minimum: 0, default: 0}}
"""
        )
        cli = definition("picture", text)

        def answer(asked: tuple[str, str]) -> tuple[int, dict[str, str], bytes]:
            return 200, {}, b"[]" if "offset" in asked[1] else b'[{"picture_id":1}]'

        with answering(answer) as server:
            words = ["--tag", "a,b", "--tag", "c d", "--place", "x", "--place", "", "--all"]
            assert cli.run("pictures", "list", *words, url=server.url).exit_code == 0
            query = "/pictures?tag=a%2Cb,c%20d&place=x%7C"
            assert [target for _, target in server.asked] == [query, f"{query}&offset=1"]

    def test_items_of_a_list(self) -> None:
        cli = definition("photo", PHOTO)
        with live(cli) as mock:
            words = [
                "--tag",
                "a,b",
                "--tag",
                "c d",
                "--tag",
                "é&=",
                "--place",
                "x",
                "--place",
                "z",
                "--id",
                "1",
                "--id",
                "2",
            ]
            assert cli.run("photos", "list", *words, url=mock.url).exit_code == 0
            assert (
                mock.last()["path"] == "/photos?tag=a%2Cb,c%20d,%C3%A9%26%3D&place=x%7Cz&id=1&id=2"
            )
            before = len(mock.requests())
            wrong = cli.run("photos", "list", "--place", "x|y", url=mock.url)
            assert wrong.exit_code == 2
            assert "--place" in wrong.stderr
            assert "|" in wrong.stderr
            assert len(mock.requests()) == before
            assert cli.run("photos", "list", "--tag", "", url=mock.url).exit_code == 0
            assert mock.last()["path"] == "/photos?tag="


class TestPages:
    def test_250_items(self, tmp_path: Path) -> None:
        cli = project("library")
        books = [
            {"title": f"Book {at}", "author_id": str(uuid.UUID(int=1)), "availability": "lent"}
            for at in range(250)
        ]
        with loaded(cli, tmp_path, json.dumps({"books": books})) as mock:
            everything = json.loads(
                cli.run("books", "list", "--all", "-o", "json", url=mock.url).stdout
            )
            assert len({book["book_id"] for book in everything}) == 250
            some = json.loads(
                cli.run("books", "list", "--max-items", "33", "-o", "json", url=mock.url).stdout
            )
            assert some == everything[:33]
            first = cli.run("books", "list", "-o", "json", url=mock.url)
            assert json.loads(first.stdout) == everything[:20]
            assert "--all" in first.stderr
            last = cli.run("books", "list", "--offset", "240", "-o", "json", url=mock.url)
            assert last.stderr == ""


class TestPreview:
    def test_curl(self) -> None:
        cli = project("library")
        words = ["books", "update", "k", "--title", "it's", "--curl"]
        result = cli.run(*words, url="http://127.0.0.1:9")
        assert result.exit_code == 0
        assert "***" in result.stdout
        assert "secret" not in result.stdout
        assert "secret" in cli.run(*words, "--show-secrets", url="http://127.0.0.1:9").stdout

    def test_what_curl_sends(self) -> None:
        cli = project("library")
        with live(cli) as mock:
            words = ["authors", "create", "--name", 'it\'s "é"\n', "--curl", "--show-secrets"]
            line = cli.run(*words, url=mock.url).stdout
            done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr
            by_curl = mock.last()
            cli.run(*words[:-2], url=mock.url)
            assert mock.last()["body"] == by_curl["body"]
            assert mock.last()["path"] == by_curl["path"]

    def test_delete_is_not_confirmed(self) -> None:
        result = project("library").run(
            "books", "delete", "a", "b", "--dry-run", url="http://127.0.0.1:9"
        )
        assert result.exit_code == 0
        assert result.stdout.count("DELETE") == 2


class TestDescriptions:
    def test_explain(self) -> None:
        result = project("library").run("explain", "books", "published")
        assert result.exit_code == 0
        assert "at least 1450" in result.stdout
        assert "an integer or null" in result.stdout
        assert project("library").run("explain", "books", "none").exit_code == 2

    def test_explain_lists_the_fields(self) -> None:
        lines = project("library").run("explain", "books").stdout.splitlines()
        assert lines[0] == "books: an object"
        shown = [line.split(maxsplit=1)[1].split("  ")[0] for line in lines[3:]]
        assert shown == [
            *("a UUID, read-only", "a string, required", "a UUID, required", "a string"),
            *("an integer or null", "a string", "a list of strings"),
            "available|reserved|lent, required",
        ]
        assert lines[4].endswith("  The title as printed on the title page")

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["book"], "Did you mean 'books'?"),
            (["books", "publishd"], "books have no field publishd. Did you mean 'published'?"),
            (["books.publishd"], "books have no field publishd. Did you mean 'published'?"),
            (["members", "pni"], "Did you mean 'pin'?"),
            (["books", "title.x"], "books have no field title.x.\n"),
        ],
    )
    def test_explain_something_else(self, words: list[str], said: str) -> None:
        result = project("library").run("explain", *words)
        assert result.exit_code == 2 and said in result.stderr

    def test_explain_what_is_only_sent(self) -> None:
        cli = project("library")
        assert cli.run("explain", "members", "pin").stdout.startswith("pin: a string\n")
        assert "  pin        a string, required, write-only" in cli.run("explain", "members").stdout

    def test_explain_in_one_word_and_as_a_schema(self) -> None:
        cli = project("library")
        one, two = cli.run("explain", "books.isbn"), cli.run("explain", "books", "isbn")
        assert one.stdout == two.stdout
        told = json.loads(cli.run("explain", "books.author_id", "-o", "json").stdout)
        assert told["$defs"] == {"AuthorId": {"type": "string", "format": "uuid"}}
        whole = json.loads(cli.run("explain", "books", "-o", "json").stdout)
        assert whole == json.loads(cli.run("schema", "books").stdout)
        assert sorted(whole["$defs"]) == ["AuthorId"]

    def test_a_schema_is_no_table(self) -> None:
        cli = project("library")
        with on_terminal("library", "schema", "books", url="http://127.0.0.1:9") as shown:
            assert shown.end() == 0
        assert json.loads(shown.text) == json.loads(cli.run("schema", "books").stdout)

    def test_a_field_is_one_line_of_a_terminal(self) -> None:
        words = ("explain", "books")
        with on_terminal("library", *words, url="http://127.0.0.1:9", size=(24, 60)) as shown:
            assert shown.end() == 0
        lines = shown.text.splitlines()
        assert len(lines) == 11 and max(map(len, lines[2:])) == 60
        assert lines[4].endswith("…")

    def test_a_template_says_what_values_are_called(self) -> None:
        said = project("library").run("schema", "books", "--template").stdout
        assert "# Whether a copy can be borrowed now (available|reserved|lent)" in said
        assert "(a UUID)" in said and "(a list of strings)" in said

    def test_a_template_can_be_sent(self, tmp_path: Path) -> None:
        cli = project("library")
        text = cli.run("schema", "authors", "--template").stdout
        with live(cli) as mock:
            assert cli.run("authors", "create", "-f", "-", url=mock.url, stdin=text).exit_code == 0

    def test_all_commands(self) -> None:
        told = json.loads(project("library").run("schema", "--all", "-o", "json").stdout)
        names = [" ".join(one["command"]) for one in told["commands"]]
        assert "member-loans create" in names
        assert "auth login" in names
        assert told["exit_codes"]["4"]
        create = next(one for one in told["commands"] if one["command"] == ["books", "create"])
        title = next(option for option in create["options"] if option.get("wire") == ["title"])
        assert title["required"]
        assert title["flags"] == ["--title"]

    def test_a_schema(self) -> None:
        told = json.loads(
            project("library").run("schema", "books", "--for", "update", "-o", "json").stdout
        )
        assert "required" not in told
        assert "title" in told["properties"]


class TestSecrets:
    def test_in_a_query(self) -> None:
        cli = project("18_versions_security_v3")
        words = ["--auth", "queryKey=S3CRET/x", "apikeys", "create", "--owner", "o"]
        for flag in ("--dry-run", "--curl"):
            shown = cli.run("--base-url", "http://127.0.0.1:9", *words, flag).stdout
            assert "api%5Bkey%5D=***" in shown
            assert "S3CRET" not in shown
        with answering(lambda _: (200, {}, b"{}")) as server:
            said = cli.run("--base-url", server.url, *words, "-v").stderr
            assert server.asked == [("POST", "/v3.1-beta/apikeys?api%5Bkey%5D=S3CRET%2Fx")]
            line = f"> POST {server.url}/v3.1-beta/apikeys?api%5Bkey%5D=***\n< 200 OK\n"
            assert said.endswith(line)
            assert "S3CRET" not in said

    def test_curl_keeps_an_empty_header(self) -> None:
        text = PHOTO.replace("photo", "scan").replace(
            "name: tag, style: form", "name: X-Tag, in: header"
        )
        cli = definition("scan", text)
        words = ["scans", "list", "--x-tag", "", "--curl"]
        assert "--header 'X-Tag;'" in cli.run(*words, url="http://127.0.0.1:9").stdout


@pytest.mark.parametrize(
    "words",
    [
        ["authors", "create", "-f", "\x07\u202ex"],
        ["-p", "\x07\u202ex", "authors", "list"],
        ["authors", "apply", "-f", "\x07\u202ex"],
        ["authors", "\x07\u202ex"],
        ["authors", "list", "--query", "\x07\u202e"],
    ],
)
def test_messages_cannot_steer_a_terminal(words: list[str]) -> None:
    with started("library", *words, url="http://127.0.0.1:9") as process:
        _, err = process.communicate(timeout=20)
    assert process.returncode == 2
    assert "\\x07\\u202e" in err
    assert not {"\x07", "\u202e"} & {*err}


class TestWhatNoFormatHolds:
    @pytest.mark.parametrize(
        ("words", "body", "fault"),
        [
            (["-o", "yaml"], '[{"a":' + "[" * 900 + "]" * 900 + "}]", "nested too deeply"),
            (["--query", "sum([].n)"], '[{"n":1e999999999999999999999}]', "not a JSON number"),
        ],
    )
    def test_it_is_told(self, words: list[str], body: str, fault: str) -> None:
        with answering(lambda _: (200, {}, body.encode())) as server:
            result = project("library").run("books", "list", *words, url=server.url)
            assert result.exit_code == 1
            assert result.stdout == ""
            assert fault in result.stderr

    @pytest.mark.parametrize(
        ("header", "value", "status"),
        [
            ("Link", "<http://[::1/x>; rel=next", 1),
            ("Link", "<http://a:b/x>; rel=next", 1),
            ("X-Total-Count", "9" * 5000, 0),
        ],
    )
    def test_hostile_headers(self, header: str, value: str, status: int) -> None:
        with answering(lambda _: (200, {header: value}, b'[{"title":"a"}]')) as server:
            result = project("library").run("books", "list", "--all", url=server.url)
            assert result.exit_code == status
            assert ("not a URL" in result.stderr) is bool(status)
