"""The cases, each with its command line."""

from __future__ import annotations

import pytest
from projects import CASES, Project, project


@pytest.fixture(params=list(CASES))
def case(request: pytest.FixtureRequest) -> Project:
    """Each case, generated."""
    return project(request.param)
