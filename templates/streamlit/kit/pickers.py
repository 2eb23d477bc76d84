"""References to other records: selected by label, and kept even if they are dangling."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

import streamlit as st

from ..._core import APIError
from . import parameters, references, session, words
from .leaves import Leaf
from .nodes import ABSENT, Spot, Value
from .page import page_of
from .texts import Text

if TYPE_CHECKING:
    from ..._core import JSON, Reference
    from .page import Record, ResourcePage
    from .shapes import Shape

_MAX_OPTIONS = 200
"""How many records a dropdown shows at once; if there are more, there is a search."""


class Picker(Leaf):
    """A reference to a record of another resource."""

    def __init__(self, spot: Spot, shape: Shape, start: Value, reference: Reference) -> None:
        super().__init__(spot, shape, start)
        self.title = references.title(shape, reference)
        self.reference = reference
        self.search = ""
        self.names: dict[str, str] = {}
        """The labels of the options by value as text. They stay the same while the form is open."""
        self.values: dict[str, JSON] = {}
        self.key_field: Text | None = None
        """The field for the key, if the records cannot be listed."""

    @functools.cached_property
    def page(self) -> ResourcePage:
        """The other resource."""
        return page_of(self.reference.resource)

    def draw_widget(self) -> None:
        """Draw the records to choose from; if they cannot be listed, a field for the key."""
        try:
            found, has_more = self._listed()
        except APIError:
            self._draw_typed()
            return
        if self.key_field is not None:  # the list is there again
            self.key_field = None
        self._draw_options([*found, *self._present()])
        if has_more and self._filter is not None:
            self._draw_search()
        if has_more and self._filter is None:
            st.caption(f"The first {_MAX_OPTIONS} are listed.")

    @functools.cached_property
    def _filter(self) -> str | None:
        """The parameter of the list for searching by a text."""
        known = {each.name: each for each in parameters.filters(self.page)}
        wanted = (self.page.about.label, "q", "search", "query", "text", "name", "title")
        return next(
            (name for name in wanted if name in known and known[name].shape.kind == "string"), None
        )

    def _listed(self) -> tuple[list[str], bool]:
        """Return the options, and whether there are more."""
        query = {self._filter: self.search} if self.search and self._filter else {}
        name = (self.reference.resource, "options", self.search)
        rows, has_more = session.current().remember(name, lambda: _rows(self.page, query))
        found: list[str] = []
        for record in rows:
            value = record.get(self.reference.member)
            if isinstance(value, str | int) and not isinstance(value, bool):
                found.append(self._add_option(value, self.page.label(record)))
        return found, has_more or bool(self.search)

    def _add_option(self, value: JSON, label: str) -> str:
        """Add an option with a unique label."""
        option = words.text(value)
        self.values.setdefault(option, value)
        if option not in self.names:
            taken = set(self.names.values())
            self.names[option] = label if label not in taken else f"{label} ({words.line(option)})"
        return option

    def _present(self) -> list[str]:
        """Return the current value, which is always an option, even if the list does not contain it."""
        if self.now is ABSENT or self.now is None:
            return []
        option = words.text(self.now)
        if option not in self.names:
            self._add_option(self.now, self._label_of(self.now))
        return [option]

    def _label_of(self, value: JSON) -> str:
        """Return the label of the record that a value refers to."""
        option = words.line(words.text(value))
        return words.line(references.names(self.reference, [value]).get(str(value), option))

    def _draw_search(self) -> None:
        title = words.plain(self.page.about.plural)
        st.text_input(
            f"Search {title}",
            value=self.search,
            type="search",
            icon=":material/search:",
            placeholder=f"Search {self.page.about.plural}",
            key=self.spot.key("search"),
            on_change=self._search,
            label_visibility="collapsed",
        )

    def _search(self) -> None:
        self.search = cast("str", st.session_state[self.spot.key("search")])

    def _draw_options(self, options: list[str]) -> None:
        key = self.spot.key()
        options = list(dict.fromkeys(options))
        now = None if self.now is ABSENT or self.now is None else words.text(self.now)
        if key not in st.session_state:
            st.session_state[key] = now
        st.selectbox(
            self.label,
            options,
            index=None,
            format_func=self._label,
            placeholder="null" if self.now is None else "Choose",
            help=self.help,
            key=key,
            on_change=self._take,
            label_visibility=self.visibility,
        )

    def _label(self, option: str) -> str:
        return self.names.get(option, option)

    def _take(self) -> None:
        """Read the choice. This is a callback, so that a reset of the widget by a changed list is ignored."""
        option = cast("str | None", st.session_state.get(self.spot.key()))
        if option is None:
            self.now = self.empty_value
        elif option == _text(self.start):
            self.now = self.start
        else:
            self.now = self.values.get(option, option)

    def _draw_typed(self) -> None:
        if self.key_field is None:
            self.key_field = Text(self.spot.other("typed"), self.shape, self.now)
            self.key_field.empty_value = self.empty_value
        self.key_field.title = self.title
        self.key_field.draw_widget()
        self.now = self.key_field.value
        st.caption(f"The {words.plain(self.page.about.plural)} cannot be listed now. Type the key.")


def _text(value: Value) -> str | None:
    return None if value is ABSENT or value is None else words.text(value)


def reference_at(spot: Spot) -> Reference | None:
    """Return the reference at a spot, if the records can be listed."""
    for reference in spot.form.page.about.refers:
        if tuple(reference.path) == spot.steps:
            return reference if _is_listed(page_of(reference.resource)) else None
    return None


def _is_listed(page: ResourcePage) -> bool:
    return (
        page.may("list")
        and not page.operation("list").keys
        and not any(each.is_required for each in parameters.of(page, "list"))
    )


def _rows(page: ResourcePage, query: Mapping[str, object]) -> tuple[list[Record], bool]:
    """Return the first records of a list, and whether there are more."""
    operation = page.operation("list")
    size = parameters.size(operation, parameters.of(page, "list"))
    largest = size.shape.number("maximum") if size else None
    if size and isinstance(largest, int):
        query = {**query, size.name: min(largest, _MAX_OPTIONS)}
    pages = page.client.pages(operation, query=query)
    found = cast("list[JSON]", list(itertools.islice(pages, _MAX_OPTIONS + 1)))
    return [each for each in found if isinstance(each, dict)][:_MAX_OPTIONS], len(
        found
    ) > _MAX_OPTIONS
