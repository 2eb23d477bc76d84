"""Binary values: the chosen file is stored as base64."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, cast

import streamlit as st

from . import words
from .leaves import Leaf
from .nodes import ABSENT, Spot, Value

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from .shapes import Shape


class Upload(Leaf):
    """A file, in base64."""

    def __init__(self, spot: Spot, shape: Shape, start: Value) -> None:
        super().__init__(spot, shape, start)
        self.name = ""
        self.times = 0
        """How often it was cleared; each time, the widget gets a new key."""

    @property
    def layout(self) -> str:
        """How much room it takes."""
        return "wide"

    def draw_widget(self) -> None:
        """Draw the file uploader, and a description of the current value."""
        st.file_uploader(
            self.label,
            help=self.help,
            key=self._key,
            on_change=self._take,
            label_visibility=self.visibility,
        )
        if not isinstance(self.now, str) or not self.now:
            return
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(self._description())
            if not self.spot.is_item:
                st.button(
                    "Remove",
                    icon=":material/close:",
                    type="tertiary",
                    key=self.spot.key("remove"),
                    on_click=self._remove,
                )

    @property
    def _key(self) -> str:
        return self.spot.key(f"file{self.times}" if self.times else "")

    def _take(self) -> None:
        """Read the chosen file, or restore the original value if there is none."""
        file = cast("UploadedFile | None", st.session_state.get(self._key))
        if file is None:
            self.now, self.name = self.start, ""
            return
        encode = (
            base64.urlsafe_b64encode
            if self.shape.schema.get("contentEncoding") == "base64url"
            else base64.b64encode
        )
        self.now, self.name = encode(file.getvalue()).decode("ascii"), file.name

    def _remove(self) -> None:
        self.times += 1
        self.name = ""
        self.empty_value = ABSENT if self.spot.may_be_absent or not self.shape.is_nullable else None
        self.now = self.empty_value

    def _description(self) -> str:
        text = cast("str", self.now)
        try:
            size = len(base64.b64decode(text.translate(str.maketrans("-_", "+/")), validate=True))
        except (binascii.Error, ValueError):
            return f"Stored: {words.counted(len(text), 'character', 'characters')} of text"
        size_text = _size(size)
        return f"{self.name}, {size_text}" if self.name else f"Stored: {size_text}"


def _size(count: int) -> str:
    if count < 1000:
        return words.counted(count, "byte", "bytes")
    return f"{count / 1000:,.1f} kB" if count < 1_000_000 else f"{count / 1_000_000:,.1f} MB"
