"""Texts: single-line, multi-line, secret, and those with a format. The server's line breaks are kept."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Literal, cast

import streamlit as st

from . import formats, words
from .leaves import Leaf
from .nodes import ABSENT, Spot, Value

if TYPE_CHECKING:
    from .shapes import Shape

_LONG_VALUE = 200
"""Values longer than this get several lines."""
_LONG_LIMIT = 500
"""A maxLength greater than this means several lines."""
_LONG_NAMES = re.compile(
    r"(^|_)(description|notes?|comments?|remarks?|bio|biography|body|content|summary|abstract|message|instructions)$"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_ENDS = re.compile("\r\n|\r|\n")


class Typed(Leaf):
    """A value that is entered as text. Each kind defines how it is formatted and parsed."""

    def __init__(self, spot: Spot, shape: Shape, start: Value) -> None:
        super().__init__(spot, shape, start)
        self.text = self.shown(start)
        self.unread = ""
        """Why the text is not a value."""

    def shown(self, value: Value) -> str:
        """Return a value as text."""
        return words.text(value) if value is not ABSENT and value is not None else ""

    def read(self, text: str) -> Value:
        """Parse a text. Raises ValueError if it is not valid."""
        return text

    @property
    def problem(self) -> str:
        """Why the input is not a value."""
        return self.unread or super().problem

    @property
    def is_empty(self) -> bool:
        """Whether the field is empty."""
        return not self.text

    @property
    def is_area(self) -> bool:
        """Whether it gets several lines."""
        return False

    @property
    def layout(self) -> str:
        """How much room it takes."""
        return "wide" if self.is_area else "short"

    def take(self, text: str) -> None:
        """Read the input. Unchanged text keeps the original value."""
        self.text, self.unread = text, ""
        if not text:
            self.now = self.empty_value
        elif text == self.shown(self.start):
            self.now = self.start
        else:
            try:
                self.now = self.read(text)
            except ValueError as error:
                self.unread = str(error)

    def draw_widget(self) -> None:
        """Draw a field with one line or several."""
        text = self.draw_area() if self.is_area else self.draw_line()
        if text != self.text:
            self.take(text)
        if not self.standing and (note := self.note()):
            st.caption(words.plain(note))

    def _change(self) -> None:
        """Read the input before anything is drawn that depends on it."""
        self.take(str(st.session_state[self.spot.key()]))

    def note(self) -> str:
        """Return a possible problem, or a note."""
        return ""

    def draw_line(self, kind: str = "default", icon: str | None = None) -> str:
        """Draw a field of one line."""
        return st.text_input(
            self.label,
            value=self.text,
            type=cast("Literal['default']", kind),
            icon=icon,
            help=self.help,
            placeholder=self.hint(),
            key=self.spot.key(),
            on_change=self._change,
            autocomplete="new-password" if kind == "password" else "off",
            # Tab moves the focus to the reveal button inside the field, which does not count as leaving it.
            live=kind == "password",
            label_visibility=self.visibility,
        )

    def draw_area(self) -> str:
        """Draw a field of several lines."""
        return st.text_area(
            self.label,
            value=self.text,
            help=self.help,
            placeholder=self.hint(),
            key=self.spot.key(),
            on_change=self._change,
            height=min(68 + 24 * max(self.text.count("\n"), 1), 400),
            label_visibility=self.visibility,
        )


class Text(Typed):
    """A text that is also a string in JSON."""

    blank = ""

    def __init__(self, spot: Spot, shape: Shape, start: Value) -> None:
        super().__init__(spot, shape, start)
        widget = shape.hint("widget")
        most = shape.number("maxLength")
        self._is_area = bool(
            widget == "textarea"
            or _ENDS.search(self.text)
            or len(self.text) > _LONG_VALUE
            or (most is not None and cast("int", most) > _LONG_LIMIT)
            or shape.schema.get("contentMediaType") in {"text/markdown", "application/json"}
            or (most is None and not shape.format and _LONG_NAMES.search(shape.name.lower()))
        )

    @property
    def is_area(self) -> bool:
        """Whether it gets several lines, which also depends on the value."""
        return self._is_area

    def shown(self, value: Value) -> str:
        """Return a text with the only line break that browsers have."""
        return _ENDS.sub("\n", value) if isinstance(value, str) else ""

    def read(self, text: str) -> Value:
        """Return a text with the original line breaks."""
        start = self.start if isinstance(self.start, str) else ""
        return rebroken(start, text) if "\r" in start else text

    def draw_line(self, kind: str = "default", icon: str | None = None) -> str:
        """Draw a field with one line and the icon of the format.

        It is not of a type that browsers validate: they do not report invalid input, and strip blanks. The input would
        be on the screen, but the previous value would be saved.
        """
        if known := formats.KNOWN.get(self.shape.format):
            icon = f":material/{known.icon}:"
        return super().draw_line(kind, icon)

    def note(self) -> str:
        """Return a note if the text does not look like its format. The server decides."""
        known = formats.KNOWN.get(self.shape.format)
        if self.text and known and not known.fits(self.text):
            return f"This does not look like {known.description}."
        return ""

    def hint(self) -> str:
        """Return the placeholder of the empty field."""
        known = formats.KNOWN.get(self.shape.format)
        return super().hint() or (f"e.g. {known.example}" if known and known.example else "")


class Secret(Typed):
    """A secret text: the server's value is never shown, and is kept if the field is left empty."""

    blank = ""

    def __init__(self, spot: Spot, shape: Shape, start: Value) -> None:
        super().__init__(spot, shape, start)
        page = spot.form.page
        is_whole = page.may("replace") and not page.may("update")
        self._is_lost = not spot.form.is_new and start is ABSENT and is_whole
        """Whether saving without input deletes the secret, since the record is replaced as a whole."""
        self._is_kept = not (spot.form.is_new or spot.is_item or self._is_lost)
        if self._is_kept:
            self.empty_value = start

    @property
    def is_needed(self) -> bool:
        """Whether a value is required: not if the existing one is kept."""
        return super().is_needed and not self._is_kept

    def shown(self, value: Value) -> str:
        """Return "": secrets are not shown."""
        return ""

    def read(self, text: str) -> Value:
        """Parse the input: a number if the kind is one, else a text."""
        if self.shape.kind in {"integer", "number"}:
            from .numbers import number

            try:
                return number(text, is_whole=self.shape.kind == "integer")
            except ValueError:  # its message contains the input
                raise ValueError("This is not a number.") from None
        return text

    @property
    def empties(self) -> list[tuple[str, Value]]:
        """What empty can mean."""
        found = super().empties
        if self.shape.kind != "string":
            found = [each for each in found if each[1] != ""]
        if not self._is_kept:
            return found
        rest = [each for each in found if each[1] is not ABSENT or self.start is not ABSENT]
        return [("Unchanged", self.start), *(each for each in rest if each[1] != self.start)]

    def draw_line(self, kind: str = "default", icon: str | None = None) -> str:
        """Draw a field that hides its input."""
        return super().draw_line("password", icon)

    def hint(self) -> str:
        """Return whether leaving it empty keeps the secret."""
        if self._is_lost and self.empty_value is ABSENT:
            return "Type it again: saving replaces all"
        if self._is_kept and self.empty_value is self.start:
            return "Unchanged"
        return super().hint() if self.empty_value is not None else "null"


def has_surrogates(text: str) -> bool:
    """Report whether a text contains surrogates, which no widget can represent."""
    return _SURROGATE.search(text) is not None


def rebroken(before: str, after: str) -> str:
    r"""Return a text with the original line breaks; new lines get the first one. after contains only \n."""
    ends = _ENDS.findall(before)
    old, new = _ENDS.split(before), after.split("\n")
    found = [ends[0] if ends else "\n"] * len(new)
    for block in difflib.SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        for i in range(block.size):
            if block.a + i < len(ends):
                found[block.b + i] = ends[block.a + i]
    return "".join(line + (found[i] if i < len(new) - 1 else "") for i, line in enumerate(new))
