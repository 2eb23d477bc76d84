"""What goes wrong in a call.

APIError
    ConnectError    nothing came back
    DecodeError     what came back cannot be read
    StatusError     the server refused
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .operation import JSON


class APIError(Exception):
    """A call that failed."""


class ConnectError(APIError):
    """No answer came: the server was not reached, or too slow."""


class DecodeError(APIError):
    """The answer cannot be read."""


class StatusError(APIError):
    """The server refused; problem is what it said (RFC 9457), or None."""

    def __init__(self, operation: str, status: int, problem: JSON) -> None:
        self.operation = operation
        self.status = status
        self.problem = problem
        super().__init__(f"{operation}: {status}{self._said()}")

    def _said(self) -> str:
        if not isinstance(self.problem, dict):
            return ""
        words = [self.problem.get("title"), self.problem.get("detail")]
        return "".join(f" {word}" for word in words if isinstance(word, str))
