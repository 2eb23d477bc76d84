"""Any value as JSON text, keeping digits and order: for values that no other widget can hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._core.jsontext import dumps, loads
from .nodes import ABSENT, Spot, Value
from .texts import Typed

if TYPE_CHECKING:
    from .shapes import Shape


class JSONText(Typed):
    """A value as JSON text. Empty is nothing given, null is null."""

    def __init__(self, spot: Spot, shape: Shape, start: Value) -> None:
        super().__init__(spot, shape, start)
        self.nothing = ABSENT

    @property
    def is_area(self) -> bool:
        """Whether it gets several lines."""
        return True

    @property
    def is_empty(self) -> bool:
        """Whether nothing is typed."""
        return not self.text.strip()

    def shown(self, value: Value) -> str:
        """Return the text, on several lines where it has parts."""
        if value is ABSENT:
            return ""
        return dumps(value, indent=2 if isinstance(value, dict | list) else None)

    def read(self, text: str) -> Value:
        """Return the value of a text."""
        if not text.strip():
            return ABSENT
        try:
            return loads(text)
        except ValueError as error:
            raise ValueError(f"This is not JSON: {error}") from None

    @property
    def empties(self) -> list[tuple[str, Value]]:
        """What empty can mean: one thing alone."""
        return []

    def hint(self) -> str:
        """Say what empty means."""
        return "Nothing given"

    def note(self) -> str:
        """Say how it is written."""
        return "JSON. Empty means nothing given; null is written null." if not self.unread else ""
