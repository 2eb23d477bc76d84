"""Web interfaces with live mocks. CASES selects some cases instead of all."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from streamlit.runtime.caching.cache_resource_api import clear_session_cache

sys.path.insert(0, str(Path(__file__).parents[1] / "cli"))

from applications import CASES, Application, application
from projects import serving
from recorder import Recorder
from visitor import App

Serve = Callable[..., Recorder]
Visit = Callable[..., App]


@pytest.fixture(params=os.environ.get("CASES", "").split() or list(CASES))
def case(request: pytest.FixtureRequest) -> Application:
    """Each case, generated."""
    return application(request.param)


@pytest.fixture(scope="session")
def library() -> Application:
    """The library of the examples."""
    return application("library")


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Return a function that starts the mock of an application, and returns the proxy to it.

    load has the initial records: JSON text, or {"books": [...]}. Further flags of firestone mock may follow.
    """
    with ExitStack() as stack:

        def start(of: Application, *flags: str, load: str | Mapping[str, Any] = "") -> Recorder:
            if load:
                file = tmp_path / f"load-{id(load)}.json"
                file.write_text(
                    load if isinstance(load, str) else json.dumps(load), encoding="utf-8"
                )
                flags = ("--load", str(file), *flags)
            mock = stack.enter_context(serving(of.project.definitions, "--random", "1", *flags))
            recorder = Recorder(mock.url)
            stack.callback(recorder.close)
            return recorder

        yield start
        leave()


def leave() -> None:
    """Do what Streamlit does when a visitor leaves: the resources of the session are released, and its listeners end."""
    clear_session_cache("test session id")


@pytest.fixture
def visit(serve: Serve) -> Visit:
    """Return a function that starts the mock of an application, and returns a visitor of the application."""

    def start(of: Application, *flags: str, is_signed_in: bool = True, **given: Any) -> App:
        return App(of, serve(of, *flags, **given), is_signed_in=is_signed_in)

    return start
