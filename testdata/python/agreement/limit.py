"""A limit: why an output does not express something that OpenAPI 3.1 expresses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from compare import Difference


@dataclass(frozen=True)
class Limit:
    """Explains differences between OpenAPI 3.1 and one other output."""

    output: str
    name: str
    """Its heading in docs/agreement.md."""
    case: str
    """The differences that it explains."""
    explains: Callable[[Difference], bool]
