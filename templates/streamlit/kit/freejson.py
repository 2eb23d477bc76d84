"""Any value as JSON text, which keeps digits and order: for values that no other widget can represent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._core.jsontext import dumps, loads
from .nodes import ABSENT, Spot, Value
from .texts import Typed

if TYPE_CHECKING:
    from .shapes import Shape


class JSONText(Typed):
    """A value as JSON text. If it is empty, the value is absent."""

    def __init__(self, spot: Spot, shape: Shape, start: Value) -> None:
        super().__init__(spot, shape, start)
        self.empty_value = ABSENT

    @property
    def is_area(self) -> bool:
        """Whether it gets several lines."""
        return True

    @property
    def is_empty(self) -> bool:
        """Whether the field is empty."""
        return not self.text.strip()

    def shown(self, value: Value) -> str:
        """Return a value as text, on several lines if it is an object or a list."""
        if value is ABSENT:
            return ""
        return dumps(value, indent=2 if isinstance(value, dict | list) else None)

    def read(self, text: str) -> Value:
        """Parse a text."""
        if not text.strip():
            return ABSENT
        try:
            return loads(text)
        except ValueError as error:
            raise ValueError(f"This is not JSON: {error}") from None

    @property
    def empties(self) -> list[tuple[str, Value]]:
        """What empty can mean: nothing to choose from."""
        return []

    def hint(self) -> str:
        """Return what empty means."""
        return "Nothing given"

    def note(self) -> str:
        """Return how the value is written."""
        return "JSON. Empty means nothing given; null is written null." if not self.unread else ""
