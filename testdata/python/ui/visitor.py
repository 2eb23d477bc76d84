"""A visitor of a web interface: opens addresses, fills in fields, presses buttons and reads."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from typing import Any

from applications import Application
from recorder import Recorder
from streamlit.testing.v1 import AppTest

SECONDS = 30
HOME = "start-page"
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_SHOWN = (
    "body",
    "label",
    "title",
    "help",
    "placeholder",
    "caption",
    "text",
    "icon",
    "button_text",
    "delta",
)
"""The members of Streamlit's messages that contain visible text."""


class App:
    """One visitor of a web interface. Each run must end without an exception."""

    def __init__(
        self, application: Application, api: Recorder, *, is_signed_in: bool = True
    ) -> None:
        """Create a visitor with credentials for every scheme, unless is_signed_in is False. Nothing runs yet."""
        self.application = application
        self.api = api
        self.at: Any = AppTest.from_file(str(application.script), default_timeout=SECONDS)
        if is_signed_in:
            session = application.module("ui.kit.session")
            self.at.session_state["firestone.session"] = session.Session(
                credentials=application.credentials()
            )

    # Actions

    def open(
        self, module: str = HOME, query: Mapping[str, str] | None = None, /, **more: str
    ) -> App:
        """Open an address: open("books", view="edit", id="1")."""
        if not self.at._registered_pages:  # the addresses of pages are known after the first run
            self.run()
        self.at.switch_page("home.py" if module == HOME else f"views/{module}.py")
        self.at.query_params = {**(query or {}), **more}
        return self.run()

    def run(self) -> App:
        """Rerun the script, like pressing R, or when a change has arrived."""
        variable = self.application.module("ui.kit.session").variable
        os.environ[variable("base_url")] = self.api.url
        self.at.run()
        self.at._page_hash = ""  # the next run is of the page to which this one has switched
        faults = [
            f"{each.message}\n" + "\n".join(each.proto.stack_trace) for each in self.at.exception
        ]
        assert not faults, "\n".join(faults)
        return self

    def press(self, name: str) -> App:
        """Press the button with this key, else with this label."""
        button = self.button(name)
        assert not button.disabled, f"{name} cannot be pressed"
        button.click()
        return self.run()

    def fill(self, name: str, value: Any) -> App:
        """Enter a value into the field with this label or key, and leave it."""
        self.field(name).set_value(value)
        return self.run()

    def tick(self, *rows: int, key: str | None = None) -> App:
        """Select rows of the first table, or of the one with a key, by their positions."""
        table = next(each for each in self.at.dataframe if key in {None, each.key})
        self.at.session_state[table.key] = {
            "selection": {"rows": list(rows), "columns": [], "cells": []}
        }
        return self.run()

    # Content

    def field(self, name: str) -> Any:
        """Return the field with this label, else with this key; * marks required fields."""
        found = list(self._widgets())
        matching = [each for each in found if label(each) in {name, f"{name} *"}]
        matching = matching or [each for each in found if each.key == name]
        assert len(matching) == 1, (
            f"{len(matching)} fields are {name}: {[(label(each), each.key) for each in found]}"
        )
        return matching[0]

    def button(self, name: str) -> Any:
        """Return the button with this key, else with this label."""
        found = [*self.at.button, *self.at.download_button, *self.at.menu_button]
        matching = [each for each in found if each.key == name]
        matching = matching or [each for each in found if label(each) == name]
        assert len(matching) == 1, f"{len(matching)} buttons are {name}: {self.buttons()}"
        return matching[0]

    def buttons(self) -> list[str]:
        """Return the labels of all buttons, in order."""
        return [label(each) for each in [*self.at.button, *self.at.download_button]]

    def has(self, key: str) -> bool:
        """Report whether there is an element with this key."""
        return any(getattr(each, "key", None) == key for each in self._elements())

    def errors(self) -> list[str]:
        """Return the error messages: in boxes, and in red next to fields."""
        red = [each.value for each in self.at.markdown if each.value.startswith(":red[")]
        boxes = list(self.at.error)
        said = [text for each in boxes for text in (_title(each), each.value) if text]
        return [_read(text) for text in [*self._failures(), *said, *(each[5:-1] for each in red)]]

    def texts(self) -> list[str]:
        """Return all visible texts in order: headings, labels, values, cells, messages."""
        return [_read(text) for each in self._elements() for text in _texts(each) if text]

    @property
    def text(self) -> str:
        """All visible texts, one per line."""
        return "\n".join(self.texts())

    def raw(self) -> bytes:
        """Return everything that was sent to the browser, to check what must not be in it."""
        return b"".join(each.proto.SerializeToString() for each in self._elements())

    @property
    def heading(self) -> str:
        """The heading of the page."""
        return _read(self.at.title[0].value) if len(self.at.title) else ""

    @property
    def module(self) -> str:
        """The resource of the current page."""
        page = self.at._registered_pages[self.at._finished_page_script_hash]
        return str(page.get("url_pathname") or HOME)

    @property
    def query(self) -> dict[str, Any]:
        """The query of the address."""
        return dict(self.at.query_params)

    def _failures(self) -> list[str]:
        """Return the headings of the placeholders for failed calls of the API."""
        is_failed = any(":state:" in (each.key or "") for each in self.at.button)
        return [each.value for each in self.at.subheader] if is_failed else []

    def _elements(self) -> Iterator[Any]:
        return (each for each in self.at._tree if getattr(each, "proto", None) is not None)

    def _widgets(self) -> Iterator[Any]:
        buttons = {"button", "download_button"}
        for each in self._elements():
            if hasattr(each, "_widget_state") and each.type not in buttons:
                yield each


def label(element: Any) -> str:
    """Return the text next to an element, as it is displayed."""
    return _read(getattr(element.proto, "label", ""))


def _title(element: Any) -> str:
    return str(getattr(element.proto, "title", ""))


def _read(text: str) -> str:
    """Return a text as Markdown displays it, with escapes removed."""
    return _ESCAPED.sub(r"\1", text).replace("\u2060", "")


def _texts(element: Any) -> Iterator[str]:
    proto = element.proto
    if element.type in {"dataframe", "table"}:
        frame = element.value
        yield from map(str, frame.columns)
        yield from (str(cell) for row in frame.itertuples(index=False) for cell in row)
        return
    inner = getattr(proto, proto.WhichOneof("type"), None) if _is_block(proto) else proto
    for name in _SHOWN:
        value = getattr(inner, name, "")
        if isinstance(value, str):
            yield value
    for option in getattr(inner, "options", ()):
        yield option if isinstance(option, str) else str(getattr(option, "content", option))
    if hasattr(element, "_widget_state") and element.type in {
        "text_input",
        "text_area",
        "number_input",
        "date_input",
        "time_input",
    }:
        yield "" if element.value is None else str(element.value)
    elif element.type == "code":
        yield proto.code_text


def _is_block(proto: Any) -> bool:
    return proto.DESCRIPTOR.name == "Block" and proto.WhichOneof("type") is not None
