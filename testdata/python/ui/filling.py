"""Fills in forms of any shape, like a person with the values at hand."""

from __future__ import annotations

import base64
import datetime
import re
from typing import Any

from visitor import App

SCALARS = {"string", "integer", "number", "boolean", "enum"}
_MARKS = r"(?:\|[^/:]*)*"
"""The suffix in the key of a field after a step, if the same position had other fields before."""
_UNSAID = re.compile(r"\\(?=\W)| \(default\)$")
"""What a label contains besides the name of a value: escapes, and a note."""


class Filling:
    """One form that is being filled in."""

    def __init__(self, app: App) -> None:
        """Create it for a visitor."""
        self.app = app
        self.core = app.application.module("_core")
        self.words = app.application.module("ui.kit.words")
        self._read: Any = None
        self._found: dict[str, Any] = {}

    def fill(self, shape: Any, value: Any, steps: tuple[str, ...] = ()) -> Any:
        """Fill in the fields of an object, and return what should be sent: the value, with references that exist.

        The input is sent by the run that a button triggers, as for somebody who types fast.
        """
        if shape.kind == "union":
            at = shape.chosen(value)
            if len(shape.options) > 1 and self._find(steps, "kind"):
                self._find(steps, "kind").set_value(at)
                self.app.run()
            shape = shape.options[at].shape
        sent = {}
        for name, member in value.items():
            field = shape.fields.get(name)
            is_empty = member is None or member in ("", [], {})
            if field is None or (is_empty and not field.is_required):
                continue  # empty values are left out, unless something else is chosen
            if not field.is_binary or is_base64(member):
                sent[name] = self._member(field, member, (*steps, name))
        return sent

    def _member(self, shape: Any, value: Any, steps: tuple[str, ...]) -> Any:
        add = self._find(steps, "add")
        if add is not None and not self._find(steps) and not self._find(steps, "json"):
            add.click()
            self.app.run()
        widget = self._find(steps)
        if widget is not None:
            return self._widget(widget, shape, value)
        if shape.is_const:
            return value
        switch = self._find(steps, "json")
        if switch is not None:
            switch.click()
            self.app.run()
            found = self._find(steps)
            assert found is not None, steps
            found.set_value(self.core.dumps(value))
            self.app.run()
            return value
        assert shape.kind in {"object", "union"}, (
            f"no field for {'/'.join(steps)}: {list(self._widgets())}"
        )
        return self.fill(shape, value, steps)

    def _widget(self, widget: Any, shape: Any, value: Any) -> Any:
        kind = widget.type
        if kind == "file_uploader":
            widget.upload("file", base64.b64decode(value), "application/octet-stream")
        elif kind in {"selectbox", "button_group", "radio"}:
            value = self._choose(widget, shape, value)
        elif kind == "multiselect":
            widget.set_value([self._named(shape.item, each) for each in value])
        elif kind == "date_input":
            widget.set_value(datetime.date.fromisoformat(value))
        elif kind == "date_time_input":
            widget.set_value(datetime.datetime.fromisoformat(value).replace(tzinfo=None))
        elif kind == "number_input":
            widget.set_value(value)
        else:
            is_text = shape.kind == "string" and isinstance(value, str)
            widget.set_value(value if is_text else self.core.dumps(value))
        return value

    def _choose(self, widget: Any, shape: Any, value: Any) -> Any:
        labels = [_UNSAID.sub("", each) for each in widget.options]
        if shape.kind in {"enum", "boolean"}:
            told = self._named(shape, value) or self.core.dumps(value)
            written = f"{told} ({self.core.dumps(value)})"
            assert {told, written} & set(labels), (widget.key, told, labels)
            widget.set_value(labels.index(told if told in labels else written))
            return value
        assert labels, f"nothing can be chosen: {widget.key}"
        widget.select_index(0)
        self.app.run()
        key = self.app.at.session_state[widget.key]
        return int(key) if shape.kind == "integer" else key

    def _named(self, shape: Any, value: Any) -> str:
        if isinstance(value, bool):
            return "Yes" if value else "No"
        return str(shape.named(value) if shape.enum else value)

    def _find(self, steps: tuple[str, ...], what: str = "") -> Any:
        path = "".join(f"/{re.escape(self.words.key_part(step))}{_MARKS}" for step in steps)
        pattern = re.compile(rf".*:{_MARKS}{path}{f':{what}' if what else ''}", re.DOTALL)
        found = [key for key in self._widgets() if pattern.fullmatch(key)]
        return self._widgets()[found[-1]] if found else None

    def _widgets(self) -> dict[str, Any]:
        """Return all fields and buttons of the last run by key."""
        tree = self.app.at._tree
        if self._read is not tree:
            self._read = tree
            self._found = {
                each.key: each
                for each in tree
                if hasattr(each, "_widget_state") and getattr(each, "key", None)
            }
        return self._found


def is_base64(text: object) -> bool:
    """Report whether a text represents bytes."""
    try:
        base64.b64decode(str(text), validate=True)
    except ValueError:
        return False
    return True
