"""Every output of every case says what its OpenAPI document says, but for what docs/agreement.md lists."""

from __future__ import annotations

import re

import pytest
from compare import show
from limit import Limit
from limits import LIMITS, unexplained
from outputs import OUTPUTS, WATCHED, interface
from projects import ROOT


@pytest.mark.parametrize("output", OUTPUTS)
def test_agrees(case: str, output: str) -> None:
    found = unexplained(OUTPUTS[output](case))
    assert not found, show(found)


@pytest.mark.parametrize("watched", WATCHED)
def test_web_interface_agrees(watched: str) -> None:
    found = unexplained(interface(watched))
    assert not found, show(found)


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: f"{limit.output}: {limit.name}")
def test_each_limit_is_needed(limit: Limit) -> None:
    known = {**OUTPUTS, "web interface": interface}
    compare = next(compare for output, compare in known.items() if output.startswith(limit.output))
    assert any(map(limit.explains, compare(limit.case))), "nothing needs it"


def test_each_limit_is_on_the_page() -> None:
    """The page has a section for each output, and in it a line for each limit, in bold."""
    page = (ROOT / "docs/agreement.md").read_text(encoding="utf-8")
    told = {
        (section.split("\n", 1)[0].lower(), name)
        for section in page.split("\n## ")[1:]
        for name in re.findall(r"^\| \*\*(.+?)\*\* \|", section, re.MULTILINE)
    }
    assert told == {(limit.output.lower(), limit.name) for limit in LIMITS}
