"""The filters and the order of a list: the parameters of its operation, kept in the address.

Texts are in the address unchanged, other values as JSON. Invalid ones are reported, and not sent.
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
"""What a parameter that looks everywhere is called, where its name is q or so."""
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
    """Why what the address says cannot be sent."""
    is_search: bool = False
    held: str = ""
    """What the session calls it, where it is a secret, which no address may hold."""

    @property
    def told(self) -> str:
        """Its displayed text."""
        return secrecy.MARK if self.held else words.line(self.text or "")

    @property
    def shape(self) -> Shape:
        """What the parameter takes."""
        return self.parameter.shape

    @property
    def is_set(self) -> bool:
        """Whether something is selected by it."""
        return self.text is not None and not self.fault

    @property
    def label(self) -> str:
        """The label above its widget."""
        return words.plain(f"{self.title} *" if self.parameter.is_required else self.title)

    @property
    def is_direction(self) -> bool:
        """Whether it says whether small or large comes first."""
        return {words.text(each).lower() for each in self.shape.enum} in _DIRECTIONS


def read(page: ResourcePage) -> list[Filter]:
    """Return the filters of a list with what the address says: the search first, what sorts last."""
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
    held = f"{page.module}:{parameter.name}"
    text = session.current().secrets.get(held)
    title = parameter.shape.title
    try:
        value = None if text is None else decoded(parameter.shape, text)
    except ValueError:  # which tells what was typed
        return Filter(parameter, title, text, fault="it is not valid", held=held)
    return Filter(parameter, title, text, value, held=held)


def query(filters: Sequence[Filter]) -> dict[str, object]:
    """Return the parameters to send: the values of the filters that are set."""
    return {each.parameter.name: each.value for each in filters if each.is_set}


def missing(filters: Sequence[Filter]) -> list[str]:
    """Return the titles of the filters that are required and not set."""
    return [each.title for each in filters if each.parameter.is_required and not each.is_set]


def is_selected(filters: Sequence[Filter]) -> bool:
    """Report whether a filter selects: the list may be empty because of it."""
    return any(
        each.is_set and not each.parameter.is_sort and not each.is_direction for each in filters
    )


def clear(filters: Sequence[Filter]) -> None:
    """Take all filters out of the address, but those that only sort."""
    gone = [each for each in filters if not each.parameter.is_sort and not each.is_direction]
    for each in gone:
        session.current().secrets.pop(each.held, None)
    change({each.parameter.url: None for each in gone})


def write(given: Filter, text: str | None) -> None:
    """Set a filter, None takes it away."""
    if not given.held:
        change({given.parameter.url: text})
        return
    held = session.current().secrets
    held.pop(given.held, None)
    if text is not None:
        held[given.held] = text
    change({})


def change(wanted: dict[str, str | None]) -> None:
    """Change parts of the address, None takes one out. The list begins at its first page again."""
    now = st.query_params.to_dict()
    now.pop(address.PAGE, None)
    for name, text in wanted.items():
        if text is None:
            now.pop(name, None)
        else:
            now[name] = text
    address.become(now)


def encoded(shape: Shape, value: JSON) -> str:
    """Return a value as the address has it."""
    if not isinstance(value, str):
        return dumps(value)
    others = (dumps(each) for each in shape.enum if not isinstance(each, str))
    return dumps(value) if value in others else value


def decoded(shape: Shape, text: str) -> JSON:
    """Return the value of a text of the address; ValueError says what is wrong with it."""
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
    """Report whether two values select the same."""
    return is_equal(one, other)


def _search(page: ResourcePage, known: Sequence[Parameter]) -> Parameter | None:
    """Return the parameter that looks for a text in what people call a record."""
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
