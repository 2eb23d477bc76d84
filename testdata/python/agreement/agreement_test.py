"""Every output of every case agrees with its OpenAPI document, except for what docs/agreement.md lists."""

from __future__ import annotations

import re

import pytest
from compare import show
from limits import LIMITS, unexplained
from outputs import OUTPUTS
from projects import ROOT


@pytest.mark.parametrize("output", OUTPUTS)
def test_agrees(case: str, output: str) -> None:
    found = unexplained(OUTPUTS[output](case))
    assert not found, show(found)


@pytest.mark.parametrize("output", dict.fromkeys(limit.output for limit in LIMITS))
def test_each_limit_is_needed(output: str) -> None:
    compare = next(OUTPUTS[each] for each in OUTPUTS if each.startswith(output))
    idle = [
        limit.name
        for limit in LIMITS
        if limit.output == output and not any(map(limit.explains, compare(limit.case)))
    ]
    assert not idle, "nothing needs them"


def test_each_limit_is_on_the_page() -> None:
    """The page has a section for each output, with a line in bold for each of its limits."""
    page = (ROOT / "docs/agreement.md").read_text(encoding="utf-8")
    told = {
        (section.split("\n", 1)[0].lower(), name)
        for section in page.split("\n## ")[1:]
        for name in re.findall(r"^\| \*\*(.+?)\*\* \|", section, re.MULTILINE)
    }
    assert told == {(limit.output.lower(), limit.name) for limit in LIMITS}
