"""Texts: of one line or of several, secret ones, and those of a format. Line breaks stay as the server had them."""

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

_LONG = 200
"""Characters of a value beyond which it gets several lines."""
_ROOM = 500
"""Characters that a text may have beyond which it is more than a title."""
_LONG_NAMES = re.compile(
    r"(^|_)(description|notes?|comments?|remarks?|bio|biography|body|content|summary|abstract|message|instructions)$"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_ENDS = re.compile("\r\n|\r|\n")


class Typed(Leaf):
    """What is typed as a text: how a value is shown, and how the text is read, is up to the kind."""

    def __init__(self, spot: Spot, shape: Shape, start: Value) -> None:
        super().__init__(spot, shape, start)
        self.text = self.shown(start)
        self.unread = ""
        """Why the text is not a value."""

    def shown(self, value: Value) -> str:
        """Return the text of a value."""
        return words.text(value) if value is not ABSENT and value is not None else ""

    def read(self, text: str) -> Value:
        """Return the value of a text; ValueError says why it is not valid."""
        return text

    @property
    def problem(self) -> str:
        """Why the input is not a value."""
        return self.unread or super().problem

    @property
    def is_empty(self) -> bool:
        """Whether nothing is typed."""
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
        """Take what was typed. What is as it was stays the value that it was."""
        self.text, self.unread = text, ""
        if not text:
            self.now = self.nothing
        elif text == self.shown(self.start):
            self.now = self.start
        else:
            try:
                self.now = self.read(text)
            except ValueError as error:
                self.unread = str(error)

    def draw_widget(self) -> None:
        """Draw a field of one line, or of several."""
        text = self.draw_area() if self.is_area else self.draw_line()
        if text != self.text:
            self.take(text)
        if not self.faults and (note := self.note()):
            st.caption(words.plain(note))

    def _change(self) -> None:
        """Take what was typed before anything is drawn that depends on it."""
        self.take(str(st.session_state[self.spot.key()]))

    def note(self) -> str:
        """Return a possible problem with it, or something useful to know."""
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
            # With Tab, the focus goes to the eye in the same field, which is not told as leaving it.
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
    """A text that is one in JSON, too."""

    blank = ""

    def __init__(self, spot: Spot, shape: Shape, start: Value) -> None:
        super().__init__(spot, shape, start)
        said = shape.hint("widget")
        most = shape.number("maxLength")
        self._is_area = bool(
            said == "textarea"
            or _ENDS.search(self.text)
            or len(self.text) > _LONG
            or (most is not None and cast("int", most) > _ROOM)
            or shape.schema.get("contentMediaType") in {"text/markdown", "application/json"}
            or (most is None and not shape.format and _LONG_NAMES.search(shape.name.lower()))
        )

    @property
    def is_area(self) -> bool:
        """Whether it gets several lines: the value decides, too."""
        return self._is_area

    def shown(self, value: Value) -> str:
        """Return a text as a browser has it: it knows one kind of line break only."""
        return _ENDS.sub("\n", value) if isinstance(value, str) else ""

    def read(self, text: str) -> Value:
        """Return a text with the line breaks that its lines had."""
        start = self.start if isinstance(self.start, str) else ""
        return rebroken(start, text) if "\r" in start else text

    def draw_line(self, kind: str = "default", icon: str | None = None) -> str:
        """Draw a field of one line with the icon of the format.

        It is of no kind that a browser checks: such a field keeps what looks wrong to itself, and strips blanks. What
        somebody typed would be on the screen, and what was there before would be saved.
        """
        if known := formats.KNOWN.get(self.shape.format):
            icon = f":material/{known.icon}:"
        return super().draw_line(kind, icon)

    def note(self) -> str:
        """Say what does not look like its format. The server decides."""
        known = formats.KNOWN.get(self.shape.format)
        if self.text and known and not known.fits(self.text):
            return f"This does not look like {known.told}."
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
        """Whether saving takes away what the server never shows: the record is put back as a whole."""
        self._is_kept = not (spot.form.is_new or spot.is_item or self._is_lost)
        if self._is_kept:
            self.nothing = start

    @property
    def is_needed(self) -> bool:
        """Whether somebody has to give it: not where it stays as it is."""
        return super().is_needed and not self._is_kept

    def shown(self, value: Value) -> str:
        """Return nothing."""
        return ""

    def read(self, text: str) -> Value:
        """Return what was typed: a number, where the kind is one."""
        if self.shape.kind in {"integer", "number"}:
            from .numbers import number

            try:
                return number(text, is_whole=self.shape.kind == "integer")
            except ValueError:  # which tells what was typed
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
        """Say that empty is unchanged, or that it is not."""
        if self._is_lost and self.nothing is ABSENT:
            return "Type it again: saving replaces all"
        if self._is_kept and self.nothing is self.start:
            return "Unchanged"
        return super().hint() if self.nothing is not None else "null"


def has_surrogates(text: str) -> bool:
    """Report whether a text has halves of characters, which no widget can hold."""
    return _SURROGATE.search(text) is not None


def rebroken(before: str, after: str) -> str:
    r"""Return a text whose lines end as they did before; new ones as the first did. after has \n alone."""
    ends = _ENDS.findall(before)
    old, new = _ENDS.split(before), after.split("\n")
    found = [ends[0] if ends else "\n"] * len(new)
    for block in difflib.SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        for i in range(block.size):
            if block.a + i < len(ends):
                found[block.b + i] = ends[block.a + i]
    return "".join(line + (found[i] if i < len(new) - 1 else "") for i, line in enumerate(new))
