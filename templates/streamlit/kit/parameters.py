"""The parameters of an operation other than the keys of its path."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import streamlit as st

from ..._core.jsontext import loads
from . import address, session
from .shapes import Shape

if TYPE_CHECKING:
    from ..._core import JSON, Operation
    from .page import ResourcePage


@dataclass(frozen=True)
class Parameter:
    """A parameter of an operation."""

    name: str
    """The client's name for it; header:limit is a second parameter with the name limit."""
    shape: Shape
    is_required: bool
    is_sort: bool

    @property
    def url(self) -> str:
        """Its name in the address."""
        return address.parameter(self.name)


def of(page: ResourcePage, operation: str) -> list[Parameter]:
    """Return the parameters of an operation, in the order of the definition."""
    found: dict[str, Parameter] = {}
    for declared in _declared().get(page.operation(operation).name, []):
        name = (
            declared["name"]
            if declared["name"] not in found
            else f"{declared['in']}:{declared['name']}"
        )
        schema: JSON = declared["schema"]
        if declared["description"] and isinstance(schema, dict):
            schema = {**schema, "description": declared["description"]}
        shape = Shape(page.schemas, schema, declared["name"], is_required=declared["isRequired"])
        found[name] = Parameter(name, shape, declared["isRequired"], declared["isSort"])
    return list(found.values())


def filters(page: ResourcePage) -> list[Parameter]:
    """Return the parameters of the list that select and sort: all but those for pagination."""
    paging = page.operation("list").paging
    divide = {paging.position, paging.size} if paging else set[str]()
    return [each for each in of(page, "list") if each.name not in divide]


def size(operation: Operation[Any], known: list[Parameter]) -> Parameter | None:
    """Return the parameter for the page size."""
    name = operation.paging.size if operation.paging else None
    return next((each for each in known if each.name == name), None)


@st.cache_resource(show_spinner=False)
def _declared() -> Mapping[str, list[Any]]:
    text = pkgutil.get_data(f"{session.PACKAGE}.ui.resources", "parameters.json") or b"{}"
    return cast("Mapping[str, list[Any]]", loads(text))
