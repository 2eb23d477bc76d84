"""Building bodies from the command line, including lessons from similar tools."""

from __future__ import annotations

from pathlib import Path

import pytest
from projects import definition, project
from running import (
    compact,
    live,
    loaded,
    started,
)

PROFILE = """
kind: profile
methods: {resource: [get, post], instance: [get, patch]}
schema:
  key: {name: profile_id, schema: {type: integer, minimum: 1}}
  items:
    type: object
    properties:
      handle: {type: string}
      homepage: {type: string, format: uri}
      note: {type: string}
    required: [handle]
"""


SERVER = """
kind: server
methods: {resource: [get, post], instance: [get, patch]}
schema:
  key: {name: server_id, schema: {type: integer, minimum: 1}}
  items:
    type: object
    properties:
      name: {type: string}
      labels: {type: object, additionalProperties: {type: string}}
      limits: {type: object, additionalProperties: {type: integer}}
    required: [name]
"""


MEMBER = """
kind: member
methods: {resource: [get, post], instance: [get, put, patch]}
schema:
  key: {name: member_id, schema: {type: integer, minimum: 1}}
  items:
    type: object
    properties:
      name: {type: string, minLength: 1}
      joined: {type: string, format: date, readOnly: true}
      pin: {type: string, pattern: '^\\d{4,8}$', writeOnly: true}
      balance: {type: number}
    required: [name, joined, pin]
"""


PAYMENT = """
kind: payment
methods: {resource: [get, post], instance: [get, patch]}
schema:
  key: {name: payment_id, schema: {type: integer, minimum: 1}}
  items:
    type: object
    properties:
      amount: {type: number}
      method:
        oneOf:
          - title: Card
            type: object
            properties:
              type: {const: card}
              number: {type: string}
              expires: {type: string}
            required: [type, number]
            additionalProperties: false
          - title: Transfer
            type: object
            properties:
              type: {const: transfer}
              iban: {type: string}
            required: [type, iban]
            additionalProperties: false
    required: [amount, method]
"""


class TestTextThatLooksLikeAFile:
    def test_it_is_a_text(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        cli = definition("profile", PROFILE)
        (tmp_path / "ada").write_text("SECRET")
        monkeypatch.chdir(tmp_path)
        with live(cli) as mock:
            words = [
                "--handle",
                "@ada",
                "--homepage",
                "http://127.0.0.1:9/x",
                "--note",
                "file://ada",
            ]
            assert cli.run("profiles", "create", *words, url=mock.url).exit_code == 0
            assert len(mock.requests()) == 1
            want = '{"handle":"@ada","homepage":"http://127.0.0.1:9/x","note":"file://ada"}'
            assert compact(mock.last()["body"]) == want
            assert cli.run("profiles", "create", "-F", "handle=@none", url=mock.url).exit_code == 0
            assert compact(mock.last()["body"]) == '{"handle":"@none"}'


class TestAssignments:
    def test_types_come_from_the_schema(self) -> None:
        cli = definition("server", SERVER)
        words = [
            r"labels.app\.example\.org/tier=0123",
            r"labels.Order No\.=37018189",
            "labels.on=true",
            "labels.none=null",
            r"limits.a\.b=5",
        ]
        with live(cli) as mock:
            flags = [word for assignment in words for word in ("-F", assignment)]
            assert cli.run("servers", "create", "--name", "a", *flags, url=mock.url).exit_code == 0
            assert compact(mock.last()["body"]) == (
                '{"name":"a","labels":{"app.example.org/tier":"0123","Order No.":"37018189",'
                '"on":"true","none":"null"},"limits":{"a.b":5}}'
            )
            before = len(mock.requests())
            wrong = cli.run("servers", "create", "--name", "a", "-F", "limits.x=0x5", url=mock.url)
            assert wrong.exit_code == 2
            assert "limits.x" in wrong.stderr
            assert "integer" in wrong.stderr
            assert len(mock.requests()) == before
            cli.run("servers", "update", "1", "--null", r"labels.Order No\.", url=mock.url)
            assert compact(mock.last()["body"]) == '{"labels":{"Order No.":null}}'

    @pytest.mark.parametrize(
        ("words", "fault"),
        [
            (["-F", "name"], "no ="),
            (["--name", "a", "-F", "name=b"], "twice"),
            (["--name", "a", "--null", "name"], "twice"),
            (["-F", "name:=5x"], "name"),
        ],
    )
    def test_what_is_refused(self, words: list[str], fault: str) -> None:
        result = definition("server", SERVER).run(
            "servers", "create", *words, url="http://127.0.0.1:9"
        )
        assert result.exit_code == 2
        assert fault in result.stderr

    def test_lists_and_json(self) -> None:
        cli = project("07_nesting_data")
        words = [
            "-F",
            "rows.0.name=a",
            "-F",
            "rows.0.tags.0=x",
            "-F",
            "rows.1.name=1",
            "-F",
            "rows.1.n=2",
        ]
        words += [
            "-F",
            "matrix=[[1.10, 2], []]",
            "-F",
            'l1:={"l2": {"l3": {}}}',
            "-F",
            "l1.name=1e3",
        ]
        result = cli.run("data", "create", *words, "--dry-run", url="http://127.0.0.1:9")
        assert result.exit_code == 0, result.output
        assert compact(result.stdout.partition("\n\n")[2]) == (
            '{"rows":[{"name":"a","tags":["x"]},{"name":"1","n":2}],"matrix":[[1.10,2],[]],'
            '"l1":{"l2":{"l3":{}},"name":"1e3"}}'
        )


ORDER = """
kind: order
methods: {resource: [get, post, patch], instance: [get, patch], instance_attrs: [get, put]}
schema:
  key: {name: order_id, schema: {type: integer, minimum: 1}}
  items:
    type: object
    properties:
      pay:
        oneOf:
          - type: object
            properties: {kind: {const: card}, number: {type: string}, mark: {type: string}}
            required: [kind, number]
          - type: object
            properties: {kind: {const: cash}, mark: {type: string}}
            required: [kind]
      level:
        anyOf:
          - {type: object, properties: {n: {enum: [1]}, low: {type: string}}, required: [n]}
          - {type: object, properties: {n: {enum: [2]}, high: {type: string}}, required: [n]}
          - type: "null"
      box:
        type: object
        properties:
          inner:
            oneOf:
              - {type: object, properties: {is_open: {const: true}, since: {type: string}}}
              - {type: object, properties: {is_open: {const: false}, why: {type: string}}}
      ship:
        oneOf:
          - type: object
            properties:
              by: {const: air}
              gate: {type: string}
              seen: {type: string, readOnly: true}
          - type: object
            properties: {by: {const: sea}, port: {type: string}, seen: {type: string}}
"""


CART = """
kind: cart
methods: {resource: [get, post], instance: [get, patch]}
schema:
  key: {name: cart_id, schema: {type: integer, minimum: 1}}
  items:
    type: object
    properties:
      name: {type: string}
      tags: {type: array, items: {type: string}}
      rows:
        type: array
        items:
          type: object
          properties: {sku: {type: string}, n: {type: number}, seen: {type: string, readOnly: true}}
"""


class TestReadChangePutBack:
    RECORDS = '{"members":[{"member_id":7,"name":"Ada","joined":"2020-02-29","balance":1.10,"nickname":"A","pin":"1234"}]}'

    @pytest.mark.parametrize("form", ["json", "yaml"])
    def test_what_get_printed_can_be_put_back(self, tmp_path: Path, form: str) -> None:
        cli = definition("member", MEMBER)
        with loaded(cli, tmp_path, self.RECORDS) as mock:
            got = cli.run("members", "get", "7", "-o", form, url=mock.url).stdout
            words = ["members", "replace", "7", "-f", "-", "--name", "Bea"]
            result = cli.run(*words, "--pin", "4711", "-v", url=mock.url, stdin=got)
            assert result.exit_code == 0, result.output
            assert "joined" in result.stderr
            assert len(mock.writes()) == 1
            want = '{"name":"Bea","balance":1.10,"nickname":"A","pin":"4711"}'
            assert compact(mock.last()["body"]) == want
            without = cli.run(*words, url=mock.url, stdin=got)
            assert without.exit_code == 2
            assert "--pin" in without.stderr

    def test_the_key_of_the_file(self, tmp_path: Path) -> None:
        cli = definition("member", MEMBER)
        with loaded(cli, tmp_path, self.RECORDS) as mock:
            words = ["members", "replace", "7", "-f", "-", "--pin", "4711"]
            result = cli.run(*words, url=mock.url, stdin='{"member_id": 8, "name": "Bea"}')
            assert result.exit_code == 2
            assert "8" in result.stderr
            assert "7" in result.stderr
            assert not mock.requests()


class TestFilesOfWindows:
    @pytest.mark.parametrize(
        "content",
        [
            b'\xef\xbb\xbf{"name":"Ada"}',
            b"\xef\xbb\xbfname: Ada",
            '\ufeff{"name":"Ada"}\r\n'.encode("utf-16-le"),
            "\ufeffname: Ada\r\n".encode("utf-16-be"),
        ],
    )
    @pytest.mark.parametrize("from_stdin", [False, True])
    def test_marks_of_the_encoding(self, tmp_path: Path, content: bytes, from_stdin: bool) -> None:
        cli = project("library")
        file = tmp_path / "body"
        file.write_bytes(content)
        with live(cli) as mock:
            name, stdin = ("-", content) if from_stdin else (str(file), None)
            result = cli.run("authors", "create", "-f", name, url=mock.url, stdin=stdin)
            assert result.exit_code == 0, result.output
            assert compact(mock.last()["body"]) == '{"name":"Ada"}'

    @pytest.mark.parametrize(
        ("content", "parts"),
        [
            (b'{"name":"Ada","name":"Bea"}', ["1:15", "name"]),
            (b"a:\n  name: Ada\n  name: Bea\n", ["3:3", "name"]),
            (b"born: x\nname: Jos\xe9", ["2:10", "not UTF-8"]),
            (b"name: a\n---\nname: b\n", ["2 YAML documents"]),
            (b"", ["empty"]),
            (b"name: [", [":1:"]),
            (b"name: !x y", ["1:7"]),
            (b"a: &a [*a]", ["contains itself"]),
        ],
    )
    def test_what_is_refused(self, tmp_path: Path, content: bytes, parts: list[str]) -> None:
        cli = project("library")
        file = tmp_path / "body.yaml"
        file.write_bytes(content)
        result = cli.run("authors", "create", "-f", file, url="http://127.0.0.1:9")
        assert result.exit_code == 2
        for part in ["body.yaml", *parts]:
            assert part in result.stderr


class TestAlternatives:
    def test_from_a_card_to_a_transfer(self, tmp_path: Path) -> None:
        cli = definition("payment", PAYMENT)
        records = '{"payments":[{"payment_id":1,"amount":5,"method":{"type":"card","number":"4111","expires":"12/29"}}]}'
        with loaded(cli, tmp_path, records) as mock:
            words = ["-F", "method.type=transfer", "-F", "method.iban=DE02"]
            done = cli.run("payments", "update", "1", *words, "-o", "json", url=mock.url)
            want = '{"method":{"type":"transfer","iban":"DE02","number":null,"expires":null}}'
            assert compact(mock.last()["body"]) == want
            assert done.exit_code == 0
            stored = '{"payment_id":1,"amount":5,"method":{"type":"transfer","iban":"DE02"}}'
            assert compact(done.stdout).strip() == stored

    RECORD = """{"orders":[{"order_id":1,"pay":{"kind":"card","number":"4111","mark":"x"},
        "level":{"n":1,"low":"a"},"box":{"inner":{"is_open":true,"since":"now"}},
        "ship":{"by":"air","gate":"A1","seen":"today"}}]}"""

    @pytest.mark.parametrize(
        ("words", "stdin", "body"),
        [
            (
                ["--pay", '{"kind":"cash"}'],
                None,
                '{"pay":{"kind":"cash","number":null}}',
            ),
            (
                ["-f", "-"],
                '{"pay":{"kind":"cash"}}',
                '{"pay":{"kind":"cash","number":null}}',
            ),
            (["-F", "level.n=2"], None, '{"level":{"n":2,"low":null}}'),
            (["-F", "level.n=3"], None, '{"level":{"n":3}}'),
            (
                ["-F", "box.inner.is_open=false", "-F", "box.inner.why=x"],
                None,
                '{"box":{"inner":{"is_open":false,"why":"x","since":null}}}',
            ),
            (["-F", "ship.by=sea"], None, '{"ship":{"by":"sea","gate":null}}'),
            (["-F", "pay.number=5"], None, '{"pay":{"number":"5"}}'),
            (["--null", "pay"], None, '{"pay":null}'),
        ],
    )
    def test_the_one_that_is_left(
        self, tmp_path: Path, words: list[str], stdin: str | None, body: str
    ) -> None:
        cli = definition("order", ORDER)
        with loaded(cli, tmp_path, self.RECORD) as mock:
            cli.run("orders", "update", "1", *words, url=mock.url, stdin=stdin)
            assert compact(mock.last()["body"]) == body

    def test_each_of_several(self, tmp_path: Path) -> None:
        cli = definition("order", ORDER)
        with loaded(cli, tmp_path, self.RECORD) as mock:
            changes = '[{"order_id":1,"pay":{"kind":"cash"},"ship":{"by":"air","seen":"x"}}]'
            words = ["orders", "update-all", "-f", "-", "-v"]
            done = cli.run(*words, url=mock.url, stdin=changes)
            assert done.exit_code == 0, done.output
            assert "0.ship.seen" in done.stderr
            want = '[{"order_id":1,"pay":{"kind":"cash","number":null},"ship":{"by":"air","port":null}}]'
            assert compact(mock.last()["body"]) == want

    def test_what_only_the_server_writes_of_one(self, tmp_path: Path) -> None:
        cli = definition("order", ORDER)
        with loaded(cli, tmp_path, self.RECORD) as mock:
            got = cli.run("orders", "get", "1", "-o", "json", url=mock.url).stdout
            cli.run("orders", "update", "1", "-f", "-", url=mock.url, stdin=got)
            assert "seen" not in mock.last()["body"]
            assert '"mark": "x"' in mock.last()["body"]
            part = cli.run(
                "orders", "get", "1", "--attr", "ship", "-o", "json", url=mock.url
            ).stdout
            assert "seen" in part
            cli.run("orders", "set", "1", "ship", "-f", "-", url=mock.url, stdin=part)
            assert compact(mock.last()["body"]) == '{"by":"air","gate":"A1"}'


@pytest.mark.parametrize("content", ["[{}]", "- a", "5", '"text"'])
def test_what_is_no_record(content: str) -> None:
    cli = definition("server", SERVER)
    for words in (["create"], ["update", "1"]):
        result = cli.run("servers", *words, "-f", "-", url="http://127.0.0.1:9", stdin=content)
        assert result.exit_code == 2
        assert "not an object" in result.stderr


def test_null_inside_of_a_list() -> None:
    cli = project("07_nesting_data")
    words = ["-F", "rows.1.name=b", "--null", "rows.0.name"]
    others = ["-F", "matrix=[]", "-F", "l1.l2:={}", "--dry-run"]
    result = cli.run("data", "create", *words, *others, url="http://127.0.0.1:9")
    assert result.exit_code == 0, result.output
    body = compact(result.stdout.partition("\n\n")[2])
    assert body == '{"rows":[{"name":null},{"name":"b"}],"matrix":[],"l1":{"l2":{}}}'


def test_members_of_which_nothing_else_says_anything() -> None:
    text = SERVER.replace("kind: server", "kind: host").replace("server_id", "host_id")
    text = text.replace(
        "additionalProperties: {type: string}", "unevaluatedProperties: {type: string}"
    )
    cli = definition("host", text)
    words = ["--name", "a", "-F", "labels.zip=0123", "-F", "labels.on=true", "--dry-run"]
    result = cli.run("hosts", "create", *words, url="http://127.0.0.1:9")
    body = compact(result.stdout.partition("\n\n")[2])
    assert body == '{"name":"a","labels":{"zip":"0123","on":"true"}}'


class TestNames:
    @pytest.mark.parametrize(
        ("words", "fault"),
        [
            (["-F", "publishd=3"], "-F publishd: there is no publishd (did you mean published?)"),
            (["--null", "titel"], "--null titel: there is no titel (did you mean title?)"),
            (["-f", "-", "-F", "shelves.0=X"], "a patch replaces the list as a whole"),
        ],
    )
    def test_what_is_refused(self, words: list[str], fault: str) -> None:
        words = ["books", "update", NOBODY, *words]
        done = project("library").run(*words, url="http://127.0.0.1:9", stdin="title: x")
        assert done.exit_code == 2
        assert fault in done.stderr

    def test_what_is_taken(self) -> None:
        cli = project("library")
        words = ["-F", 'shelves:=["A"]', "-F", "shelves.1=B", "-F", "mood=good", "--dry-run"]
        done = cli.run("books", "update", NOBODY, *words, url="http://127.0.0.1:9")
        assert '{"shelves": ["A", "B"], "mood": "good"}' in done.stdout
        assert "note: the definition does not mention mood" in done.stderr


NOBODY = "6b7f0a9e-3c0b-4ed5-9d1c-0f6a1c2f5a11"


class TestItemsOfLists:
    RECORD = """{"carts":[{"cart_id":1,"rows":[{"sku":"a","n":1.10,"seen":"x"},{"sku":"b","odd":[0]}],
        "tags":["a","b"]},{"cart_id":2}]}"""

    @pytest.mark.parametrize(
        ("words", "body"),
        [
            (["-F", "rows.1.sku=c"], '{"rows":[{"sku":"a","n":1.10},{"sku":"c","odd":[0]}]}'),
            (["-F", "tags.2=c", "-F", "tags.0=A"], '{"tags":["A","b","c"]}'),
            (
                ["--null", "rows.0.n", "-F", "name=x"],
                '{"rows":[{"sku":"a","n":null},{"sku":"b","odd":[0]}],"name":"x"}',
            ),
            (["-F", "tags:=[]", "-F", "tags.0=c"], '{"tags":["c"]}'),
            (["--tags", "x", "-F", "tags.1=y"], '{"tags":["x","y"]}'),
        ],
    )
    def test_the_others_stay(self, tmp_path: Path, words: list[str], body: str) -> None:
        cli = definition("cart", CART)
        with loaded(cli, tmp_path, self.RECORD) as mock:
            cli.run("carts", "update", "1", *words, url=mock.url)
            assert compact(mock.last()["body"]) == body
            is_read = "tags:=[]" not in words and "--tags" not in words
            assert ("If-Match" in mock.last()["headers"]) is is_read
            assert len(mock.requests()) == 1 + is_read

    def test_there_is_no_list(self, tmp_path: Path) -> None:
        cli = definition("cart", CART)
        with loaded(cli, tmp_path, self.RECORD) as mock:
            cli.run("carts", "update", "2", "-F", "rows.0.sku=c", url=mock.url)
            assert compact(mock.last()["body"]) == '{"rows":[{"sku":"c"}]}'
            wrong = cli.run("carts", "update", "1", "-F", "tags.5=c", url=mock.url)
            assert wrong.exit_code == 2
            assert "items 0 to 2" in wrong.stderr


def test_an_edit_does_not_leave_an_alternative_that_stays(tmp_path: Path) -> None:
    cli = definition("order", ORDER)
    with loaded(cli, tmp_path, TestAlternatives.RECORD) as mock:
        words = ["orders", "update", "1", "--edit", "-F", "pay.number=5", "--dry-run"]
        env = {"EDITOR": "touch -d '1 minute'"}
        with started("order", *words, url=mock.url, env=env) as process:
            out, err = process.communicate(timeout=30)
        assert process.returncode == 0, err
        assert compact(out.partition("\n\n")[2]) == '{"pay":{"number":"5"}}'


@pytest.mark.parametrize("words", [["-F", "a\udcff=1"], ["--null", "a\udcff"]])
def test_names_that_are_no_text(words: list[str]) -> None:
    cli = definition("server", SERVER)
    result = cli.run("servers", "update", "1", *words, url="http://127.0.0.1:9")
    assert result.exit_code == 2
    assert "UTF-8" in result.stderr
