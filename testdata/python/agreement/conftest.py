"""The outputs of each definition. CASES selects other cases than those of make test."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parents[1] / each) for each in ("ui", "cli")]

from definitions import give_events
from projects import CASES

GIVEN = tuple(case for case in CASES if case != "all_of_hard")
"""All but the combination of the hard definitions, which takes as long as all others and is left to make sweep."""
give_events()


@pytest.fixture(params=os.environ.get("CASES", "").split() or GIVEN)
def case(request: pytest.FixtureRequest) -> str:
    """Each case."""
    return str(request.param)
