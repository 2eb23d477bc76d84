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
    """What a call of the client calls it; header:limit is a second one with the name limit."""
    shape: Shape
    is_required: bool
    is_sort: bool

    @property
    def url(self) -> str:
        """What the address calls it."""
        return address.parameter(self.name)


def of(page: ResourcePage, operation: str) -> list[Parameter]:
    """Return the parameters of an operation, in the order of the definition."""
    found: dict[str, Parameter] = {}
    for said in _declared().get(page.operation(operation).name, []):
        name = said["name"] if said["name"] not in found else f"{said['in']}:{said['name']}"
        schema: JSON = said["schema"]
        if said["description"] and isinstance(schema, dict):
            schema = {**schema, "description": said["description"]}
        shape = Shape(page.schemas, schema, said["name"], is_required=said["isRequired"])
        found[name] = Parameter(name, shape, said["isRequired"], said["isSort"])
    return list(found.values())


def filters(page: ResourcePage) -> list[Parameter]:
    """Return the parameters of the list that select and sort: all but those that divide it into pages."""
    paging = page.operation("list").paging
    divide = {paging.position, paging.size} if paging else set[str]()
    return [each for each in of(page, "list") if each.name not in divide]


def size(operation: Operation[Any], known: list[Parameter]) -> Parameter | None:
    """Return the parameter that says how many records a page holds."""
    name = operation.paging.size if operation.paging else None
    return next((each for each in known if each.name == name), None)


@st.cache_resource(show_spinner=False)
def _declared() -> Mapping[str, list[Any]]:
    text = pkgutil.get_data(f"{session.PACKAGE}.ui.resources", "parameters.json") or b"{}"
    return cast("Mapping[str, list[Any]]", loads(text))
