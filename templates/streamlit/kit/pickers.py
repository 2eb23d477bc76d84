"""References to other records: selected by name, and kept even if they are dangling."""

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

_MOST = 200
"""Records that a list which opens can show at once; beyond, there is a search."""


class Picker(Leaf):
    """A reference to a record of another resource."""

    def __init__(self, spot: Spot, shape: Shape, start: Value, reference: Reference) -> None:
        super().__init__(spot, shape, start)
        self.title = references.title(shape, reference)
        self.reference = reference
        self.search = ""
        self.names: dict[str, str] = {}
        """What the options are called, by their values as text: the same as long as the form is open."""
        self.values: dict[str, JSON] = {}
        self.typed: Text | None = None
        """Where the value is typed, when the records cannot be listed."""

    @functools.cached_property
    def page(self) -> ResourcePage:
        """The other resource."""
        return page_of(self.reference.resource)

    def draw_widget(self) -> None:
        """Draw the records that can be chosen; if they cannot be listed, a field for the key."""
        try:
            found, has_more = self._listed()
        except APIError:
            self._draw_typed()
            return
        if self.typed is not None:  # the list is there again
            self.typed = None
        self._draw_options([*found, *self._present()])
        if has_more and self._filter is not None:
            self._draw_search()
        if has_more and self._filter is None:
            st.caption(f"The first {_MOST} are listed.")

    @functools.cached_property
    def _filter(self) -> str | None:
        """The parameter of the list that finds records by a text."""
        known = {each.name: each for each in parameters.filters(self.page)}
        wanted = (self.page.about.label, "q", "search", "query", "text", "name", "title")
        return next(
            (name for name in wanted if name in known and known[name].shape.kind == "string"), None
        )

    def _listed(self) -> tuple[list[str], bool]:
        """Return the options, and whether there are more than can be shown."""
        query = {self._filter: self.search} if self.search and self._filter else {}
        name = (self.reference.resource, "options", self.search)
        rows, has_more = session.current().remember(name, lambda: _rows(self.page, query))
        found: list[str] = []
        for record in rows:
            value = record.get(self.reference.member)
            if isinstance(value, str | int) and not isinstance(value, bool):
                found.append(self._known(value, self.page.label(record)))
        return found, has_more or bool(self.search)

    def _known(self, value: JSON, label: str) -> str:
        """Remember an option under a label that no other one has."""
        option = words.text(value)
        self.values.setdefault(option, value)
        if option not in self.names:
            taken = set(self.names.values())
            self.names[option] = label if label not in taken else f"{label} ({words.line(option)})"
        return option

    def _present(self) -> list[str]:
        """Return the value that is there, which is an option whatever the list says."""
        if self.now is ABSENT or self.now is None:
            return []
        option = words.text(self.now)
        if option not in self.names:
            self._known(self.now, self._told(self.now))
        return [option]

    def _told(self, value: JSON) -> str:
        """Return what people call the record that a value names."""
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
            on_change=self._seek,
            label_visibility="collapsed",
        )

    def _seek(self) -> None:
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
        """Take what somebody chose; what a list that changed makes of the widget is not taken."""
        option = cast("str | None", st.session_state.get(self.spot.key()))
        if option is None:
            self.now = self.nothing
        elif option == _text(self.start):
            self.now = self.start
        else:
            self.now = self.values.get(option, option)

    def _draw_typed(self) -> None:
        if self.typed is None:
            self.typed = Text(self.spot.other("typed"), self.shape, self.now)
            self.typed.nothing = self.nothing
        self.typed.title = self.title
        self.typed.draw_widget()
        self.now = self.typed.value
        st.caption(f"The {words.plain(self.page.about.plural)} cannot be listed now. Type the key.")


def _text(value: Value) -> str | None:
    return None if value is ABSENT or value is None else words.text(value)


def reference_at(spot: Spot) -> Reference | None:
    """Return the reference of a spot, if its records can be listed."""
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
    most = size.shape.number("maximum") if size else None
    if size and isinstance(most, int):
        query = {**query, size.name: min(most, _MOST)}
    pages = page.client.pages(operation, query=query)
    found = cast("list[JSON]", list(itertools.islice(pages, _MOST + 1)))
    return [each for each in found if isinstance(each, dict)][:_MOST], len(found) > _MOST
