"""Parsing and writing JSON."""

from __future__ import annotations

import copy
import pickle
import re
from decimal import Decimal

import pytest

TEXTS = [
    "null", "true", "0", "-0", "1.10", "1e400", "-1E-5", "12345678901234567.5", "9" * 60, "9" * 5000, "1e99999999999999999999",
    '""', '"\\"\\\\"', '"ä\U0001f600"', '"\\ud800"', "[]", "{}", '[1, [2.0], {"a": {}}]', '{"b": 1, "a": [null, 1.0]}',
]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_every_digit_is_kept(text: str) -> None:
    from library._core import dumps, loads

    assert dumps(loads(text)) == text
    assert loads(dumps(loads(text), indent=2)) == loads(text)
    assert loads(text.encode()) == loads(text)


def test_numbers_are_numbers() -> None:
    from library._core import Number, loads

    assert loads("7") == 7
    assert type(loads("7")) is int
    number = loads("1.10")
    assert isinstance(number, Number)
    assert number == Decimal("1.1")
    assert number + 1 == Decimal("2.10")
    for other in (copy.copy(number), copy.deepcopy(number), pickle.loads(pickle.dumps(number))):  # noqa: S301
        assert other.text == "1.10"


def test_indent() -> None:
    from library._core import dumps

    assert dumps({"a": [1, {}], "b": []}, indent=2) == '{\n  "a": [\n    1,\n    {}\n  ],\n  "b": []\n}'


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('{"a": 1,\n "b": {"a": 2, "a": 3}}', 'line 2, column 16: the key "a" appears twice'),
        ('{"a": "a", "\\u0061": 1}', 'line 1, column 12: the key "a" appears twice'),
        ('["NaN",\n NaN]', "line 2, column 2: NaN is not JSON"),
        ("[1 2]", "line 1, column 4"),
        (b'\n"\xff"', "line 2, byte 3: not UTF-8"),
        ("[" * 100_000, "nested too deeply"),
        ("", "line 1, column 1"),
    ],
)
def test_what_is_not_json_has_a_place(text: str | bytes, fault: str) -> None:
    from library._core import loads

    with pytest.raises(ValueError, match=re.escape(fault)):
        loads(text)


def test_what_json_cannot_hold() -> None:
    from library._core import dumps

    around: list[object] = []
    around.append(around)
    for value, fault in (
        (float("nan"), ValueError),
        (Decimal("inf"), ValueError),
        (around, ValueError),
        ({1: 2}, TypeError),
        (b"x", TypeError),
        (object(), TypeError),
    ):
        with pytest.raises(fault):
            dumps(value)
