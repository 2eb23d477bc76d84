"""Reading several records from a file, and their positions in messages."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from typing import Any

import click
import pytest
from projects import project
from running import live


def read(tmp_path: Path, name: str, text: str) -> list[tuple[str, Any]]:
    """Return the records of a file, with their positions after its name."""
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    try:
        records = project("library").module("cli.kit.records").Records(str(file))
        with contextlib.closing(records):
            return [(f":{record.line}", record.read()) for record in records]
    except (click.UsageError, ValueError) as error:
        raise ValueError(str(error).replace(str(file), name)) from error


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.json", '\n{"a": 1}', [(":2", {"a": 1})]),
        ("a.json", "[]", []),
        (
            "a.json",
            '[\n {"a": [1,\n {"b": "]}\\""}]}, 2,\n\n"x", null]',
            [(":2", {"a": [1, {"b": ']}"'}]}), (":3", 2), (":5", "x"), (":5", None)],
        ),
        ("a.yaml", "# c\na: 1\nb: 2\n", [(":2", {"a": 1, "b": 2})]),
        ("a.yaml", "- a: 1\n  b: 2\n- no\n", [(":1", {"a": 1, "b": 2}), (":3", "no")]),
        (
            "a.yaml",
            "---\n---\na: 1\n---\n- b: 2\n-\n---\n",
            [(":3", {"a": 1}), (":5", {"b": 2}), (":6", None)],
        ),
        ("a.yaml", '[{"a": 1},\n {"a": 2}]', [(":1", {"a": 1}), (":2", {"a": 2})]),
        ("a.yaml", "[{a: 1},\n {a: 2}]", [(":1", {"a": 1}), (":2", {"a": 2})]),
        ("a.ndjson", '\n{"a": 1}\n\n[2]\r\n', [(":2", {"a": 1}), (":4", [2])]),
        ("A.JSONL", '{"a": 1}', [(":1", {"a": 1})]),
        ("a", '{"a": 1}\n{"a": 2}\n', [(":1", {"a": 1}), (":2", {"a": 2})]),
        ("a", '\n{\n"a": 1}', [(":2", {"a": 1})]),
        ("a", "{a: 1,\n b: 2}", [(":1", {"a": 1, "b": 2})]),
        ("a", "[{a: 1},\n {a: 2}]", [(":1", {"a": 1}), (":2", {"a": 2})]),
        ("a", "a", [(":1", "a")]),
    ],
)
def test_records(tmp_path: Path, name: str, text: str, expected: Any) -> None:
    assert read(tmp_path, name, text) == expected


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.json", '{"a": 1}\n{"a": 2}', "a.json:2:1: Extra data"),
        ("a.json", "{a: 1}", "a.json:1:2: Expecting property name"),
        ("a.ndjson", '{"a": 1}\n{"a":}', "a.ndjson:2:6: Expecting value"),
        ("a", '{"a": 1}\n{"a": 1, "a": 2}', 'a:2:10: the key "a" appears twice'),
        ("a", '{"a": 1,\n"a": 2}', "a:2:1: 'a' appears twice"),
        ("a.yaml", "---\na: 1\n---\na: 1\na: 2\n", "a.yaml:5:1: 'a' appears twice"),
        ("a.yaml", "- &a [*a]", "a.yaml:1:3: this value contains itself"),
        ("a.yaml", "a: 1\n- b\n", "a.yaml:2:1: "),
        ("a.yaml", "- a: 1\n- <<: {b: 1}\n", "a.yaml:2:3: << is not supported"),
        ("a.yaml", "a: b\nc: \0\n", "a.yaml:2:4: U+0000 is not allowed in YAML"),
        ("a", "[" * 3000, "a: the text is nested too deeply"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, name: str, text: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        read(tmp_path, name, text)


def test_a_name_that_merges_in_yaml_1_1(tmp_path: Path) -> None:
    assert read(tmp_path, "a.yaml", "'<<': {a: 1}") == [(":1", {"<<": {"a": 1}})]


def test_columns_that_are_items() -> None:
    cli = project("07_nesting_data")
    with live(cli) as mock:
        text = "rows.0.name,rows.0.tags.0,rows.1.name,matrix,l1.l2\n07,x,2,[],{}\n"
        words = ["data", "import", "-", "--format", "csv", "--dry-run"]
        result = cli.run(*words, url=mock.url, stdin=text)
        assert result.exit_code == 0, result.output
        want = '{"rows": [{"name": "07", "tags": ["x"]}, {"name": "2"}], "matrix": [], "l1": {"l2": {}}}'
        assert want in result.stdout


def test_digits_stay(tmp_path: Path) -> None:
    ((_, record),) = read(tmp_path, "a.ndjson", '{"a": 1.10, "b": 1e400}')
    assert project("library").module("_core").dumps(record) == '{"a": 1.10, "b": 1e400}'
