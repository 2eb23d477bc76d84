"""The filters and the order of a list: the parameters of its operation, kept in the address.

Strings are in the address unchanged, other values as JSON. Invalid values are reported, and not sent.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import streamlit as st

from ..._core.jsontext import dumps, loads
from ..._core.validation import is_equal, validate
from . import address, parameters, references, secrecy, session, words

if TYPE_CHECKING:
    from ..._core import JSON
    from ..._core.resource import Reference
    from .page import ResourcePage
    from .parameters import Parameter
    from .shapes import Shape

SEARCH = "Search"
"""The title of a parameter for full-text search, if its name is q or similar."""
_SEARCH = ("q", "search", "query", "text", "filter", "name", "title")
_DIRECTIONS = ({"asc", "desc"}, {"ascending", "descending"})


@dataclass(frozen=True)
class Filter:
    """A parameter, and its value in the address."""

    parameter: Parameter
    title: str
    text: str | None = None
    """The value in the address, or None."""
    value: JSON = None
    fault: str = ""
    """Why the value in the address cannot be sent."""
    is_search: bool = False
    secret_name: str = ""
    """Its name in the session, if it is a secret, which must not be in the address."""

    @property
    def display(self) -> str:
        """The value as it is displayed."""
        return secrecy.MARK if self.secret_name else words.line(self.text or "")

    @property
    def shape(self) -> Shape:
        """The shape of the parameter."""
        return self.parameter.shape

    @property
    def is_set(self) -> bool:
        """Whether it has a valid value."""
        return self.text is not None and not self.fault

    @property
    def label(self) -> str:
        """The label above its widget."""
        return words.plain(f"{self.title} *" if self.parameter.is_required else self.title)

    @property
    def is_direction(self) -> bool:
        """Whether it is the direction of sorting."""
        return {words.text(each).lower() for each in self.shape.enum} in _DIRECTIONS


def read(page: ResourcePage) -> list[Filter]:
    """Return the filters of a list with their values in the address: the search first, the sorting last."""
    known = parameters.filters(page)
    search = _search(page, known)
    refers = references.of(page)
    found = [_read(page, each, refers.get(each.name), is_search=each is search) for each in known]
    return sorted(
        found,
        key=lambda each: (each.parameter.is_sort or each.is_direction, not each.is_search),
    )


def _read(
    page: ResourcePage, parameter: Parameter, reference: Reference | None, *, is_search: bool
) -> Filter:
    if parameter.shape.is_secret:
        return _secret(page, parameter)
    title = references.title(parameter.shape, reference)
    if is_search and parameter.name.lower() in _SEARCH[:3] and title == words.title(parameter.name):
        title = SEARCH
    text = st.query_params.get(parameter.url)
    if text is None or (text == "" and parameter.shape.kind != "enum"):
        return Filter(parameter, title, is_search=is_search)
    try:
        value = decoded(parameter.shape, text)
    except ValueError as error:
        return Filter(parameter, title, text, fault=str(error), is_search=is_search)
    return Filter(parameter, title, text, value, is_search=is_search)


def _secret(page: ResourcePage, parameter: Parameter) -> Filter:
    secret_name = f"{page.module}:{parameter.name}"
    text = session.current().secrets.get(secret_name)
    title = parameter.shape.title
    try:
        value = None if text is None else decoded(parameter.shape, text)
    except ValueError:  # its message contains the input
        return Filter(parameter, title, text, fault="it is not valid", secret_name=secret_name)
    return Filter(parameter, title, text, value, secret_name=secret_name)


def query(filters: Sequence[Filter]) -> dict[str, object]:
    """Return the parameters to send: the values of the filters that are set."""
    return {each.parameter.name: each.value for each in filters if each.is_set}


def missing(filters: Sequence[Filter]) -> list[str]:
    """Return the titles of the filters that are required and not set."""
    return [each.title for each in filters if each.parameter.is_required and not each.is_set]


def is_selected(filters: Sequence[Filter]) -> bool:
    """Report whether any filter selects records, so that the list may be empty because of it."""
    return any(
        each.is_set and not each.parameter.is_sort and not each.is_direction for each in filters
    )


def clear(filters: Sequence[Filter]) -> None:
    """Remove all filters from the address, except those that only sort."""
    gone = [each for each in filters if not each.parameter.is_sort and not each.is_direction]
    for each in gone:
        session.current().secrets.pop(each.secret_name, None)
    change({each.parameter.url: None for each in gone})


def write(given: Filter, text: str | None) -> None:
    """Set a filter; None removes it."""
    if not given.secret_name:
        change({given.parameter.url: text})
        return
    secrets = session.current().secrets
    secrets.pop(given.secret_name, None)
    if text is not None:
        secrets[given.secret_name] = text
    change({})


def change(wanted: dict[str, str | None]) -> None:
    """Change parameters in the address; None removes one. The list starts at its first page again."""
    now = st.query_params.to_dict()
    now.pop(address.PAGE, None)
    for name, text in wanted.items():
        if text is None:
            now.pop(name, None)
        else:
            now[name] = text
    address.change(now)


def encoded(shape: Shape, value: JSON) -> str:
    """Return a value as it is written in the address."""
    if not isinstance(value, str):
        return dumps(value)
    others = (dumps(each) for each in shape.enum if not isinstance(each, str))
    return dumps(value) if value in others else value


def decoded(shape: Shape, text: str) -> JSON:
    """Parse a text in the address. Raises ValueError if it is not valid."""
    value = _value(shape, text)
    faults = validate(cast("JSON", shape.schema), value, shape.forms.definitions)
    if faults:
        raise ValueError(faults[0][1])
    if shape.format == "date" and isinstance(value, str):
        try:
            datetime.date.fromisoformat(value)
        except ValueError:
            raise ValueError(f"{value} is not a date such as 2026-12-24") from None
    return value


def _value(shape: Shape, text: str) -> JSON:
    if shape.kind == "enum":
        for each in shape.enum:
            if encoded(shape, each) == text:
                return each
        raise ValueError(f"{text} is not one of {', '.join(map(words.text, shape.enum[:20]))}")
    if "string" in shape.forms.kinds(cast("JSON", shape.schema)):
        return text
    try:
        return loads(text)
    except ValueError:
        raise ValueError(f"{text} is not {_KINDS.get(shape.kind, 'JSON')}") from None


_KINDS = {
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": 'a list such as ["a", "b"]',
}


def same(one: JSON, other: JSON) -> bool:
    """Report whether two values select the same records."""
    return is_equal(one, other)


def _search(page: ResourcePage, known: Sequence[Parameter]) -> Parameter | None:
    """Return the parameter for searching: one with a usual name, or the label of the records."""
    refers = references.of(page)
    texts = {
        each.name: each
        for each in known
        if each.shape.kind == "string"
        and not each.shape.format
        and not each.is_sort
        and each.name not in refers
    }
    names = (*_SEARCH[:5], page.about.label, *_SEARCH[5:])
    return next((texts[name] for name in names if name in texts), None)
