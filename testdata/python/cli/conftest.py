"""The cases, each with its command line. CASES names those that are wanted, if not all are."""

from __future__ import annotations

import os
import signal

import pytest
from projects import CASES, Project, project

# What starts these tests may ignore Ctrl-C, as shells do for what they run in the background, and what the tests start would too.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(params=os.environ.get("CASES", "").split() or list(CASES))
def case(request: pytest.FixtureRequest) -> Project:
    """Each case, generated."""
    return project(request.param)
