"""The outputs of a case, as tables, and how each differs from its OpenAPI document."""

from __future__ import annotations

import functools
from collections.abc import Callable

import asyncapi_table
import click_table
import client_table
import mock_prober
import mock_table
import openapi_table
import types_table
import ui_table
from applications import application
from compare import Difference, differences
from definitions import documents
from projection import each_alternative_whole, events_of
from projects import CASES, project, serving
from recorder import Recorder
from shown import as_shown, by_names
from streamlit.runtime.caching.cache_resource_api import clear_session_cache
from table import Table


@functools.lru_cache(4)
def rest(case: str) -> Table:
    """Return the table of OpenAPI 3.1, with which all other outputs are compared."""
    return openapi_table.table(documents(case, "openapi", "3.1.0"))


@functools.lru_cache(4)
def both(case: str) -> Table:
    """Return what the documents say together, of channels those that a program reaches."""
    events = asyncapi_table.table(documents(case, "asyncapi", "2.6.0"), "ws")
    found = rest(case)
    return Table(found.output, {**found.operations, **events.operations}, found.schemes)


def openapi_30(case: str) -> list[Difference]:
    """Compare the older OpenAPI document."""
    return differences(rest(case), openapi_table.table(documents(case, "openapi", "3.0.3")))


def asyncapi(case: str, version: str) -> list[Difference]:
    """Compare what channels say with what it has to be by the operations."""
    events = asyncapi_table.table(documents(case, "asyncapi", version))
    return differences(events_of(rest(case), list(events.operations)), events)


def client(case: str) -> list[Difference]:
    """Compare the generated client."""
    return differences(both(case), client_table.table(project(case)))


def types(case: str) -> list[Difference]:
    """Compare the types of the generated client."""
    return differences(each_alternative_whole(both(case)), types_table.table(project(case)))


def command_line(case: str) -> list[Difference]:
    """Compare the generated command line."""
    return differences(both(case), click_table.table(project(case)))


def mock(case: str) -> list[Difference]:
    """Compare the mock, which has three records of each resource."""
    known = rest(case)
    with serving(CASES[case], "--seed", "3", "--random", "1") as running:
        prober = mock_prober.Prober(running.url, known.schemes or {})
        found = mock_table.table(known, prober)
        prober.close()
    return differences(mock_prober.carried(known), found)


def interface(case: str) -> list[Difference]:
    """Compare the web interface, with records to choose from."""
    with serving(CASES[case], "--seed", "3", "--random", "1") as running:
        recorder = Recorder(running.url)
        found = ui_table.interface(application(case), recorder)
        recorder.close()
        clear_session_cache("test session id")
    return of_interface(case, found)


def of_interface(case: str, found: Table) -> list[Difference]:
    """Compare the table of a web interface."""
    known = as_shown(rest(case))
    return differences(known, by_names(known, found))


_COMPARISONS: dict[str, Callable[[str], list[Difference]]] = {
    "OpenAPI 3.0": openapi_30,
    "AsyncAPI 2": lambda case: asyncapi(case, "2.6.0"),
    "AsyncAPI 3": lambda case: asyncapi(case, "3.0.0"),
    "client": client,
    "types of the client": types,
    "command line": command_line,
    "mock": mock,
    "web interface": interface,
}

OUTPUTS = {name: functools.cache(compare) for name, compare in _COMPARISONS.items()}
"""How each output is compared, once for each case, since the test of limits uses the same comparisons."""
