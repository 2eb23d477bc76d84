"""What goes wrong in a call.

APIError
    RequestError            the request cannot be made as it was given: a key, a header, a credential
    ConnectError            nothing came back
    DecodeError             what came back cannot be read
    StatusError             the server refused
        RedirectError           3xx
        BadRequestError         400
        UnauthorizedError       401
        ForbiddenError          403
        NotFoundError           404
        ConflictError           409
        PreconditionFailedError 412
        UnprocessableError      422
        TooManyRequestsError    429
        ServerError             5xx
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .jsontext import JSON


class APIError(Exception):
    """A call that failed."""


class RequestError(APIError, ValueError):
    """The request cannot be made as it was given. Nothing was sent."""


class ConnectError(APIError):
    """No answer came: the server was not reached, was too slow, or broke off."""


class DecodeError(APIError):
    """The answer cannot be read."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a request: where it is, and what."""

    detail: str
    pointer: str | None = None
    """A place in the body (RFC 6901)."""
    parameter: str | None = None
    """The name of a parameter."""


@dataclass(eq=False)
class StatusError(APIError):
    """The server refused. What it said (RFC 9457) is in problem, title, detail and errors."""

    operation: str
    """A few words: create a book."""
    status: int
    title: str
    detail: str = ""
    errors: list[Fault] = field(default_factory=list[Fault])
    request_id: str | None = None
    problem: JSON = None
    """The body of the answer where that is JSON, else None."""
    retry_after: float | None = None
    """Seconds."""
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    """Those of the answer, which may hold a cookie."""
    location: str | None = None
    is_repeated: bool = False
    """An earlier try got no answer, and may have done what this one was refused."""
    security: Sequence[Mapping[str, Sequence[str]]] = ()
    """The credentials that the operation takes: any one of several requirements, each with its schemes."""

    def __str__(self) -> str:
        """Return the operation, the status and what the server said, on one line."""
        said = ": ".join(text for text in (self.title, self.detail) if text)
        return f"{self.operation}: {self.status} {said}".rstrip()

    def __reduce__(self) -> tuple[Any, ...]:
        """Copy and pickle by the members: an exception would be made anew of its args, of which there are none."""
        return _blank, (type(self),), self.__dict__


def _blank(kind: type[StatusError]) -> StatusError:
    return kind.__new__(kind)


class RedirectError(StatusError):
    """3xx: what was asked for is somewhere else, see location. No redirect is followed, since it could lead to a stranger."""


class BadRequestError(StatusError):
    """400: a parameter or the JSON is not valid."""


class UnauthorizedError(StatusError):
    """401: the credentials are missing or wrong."""


class ForbiddenError(StatusError):
    """403: the credentials do not permit it."""


class NotFoundError(StatusError):
    """404: nothing is there."""


class ConflictError(StatusError):
    """409: the state of the record forbids it."""


class PreconditionFailedError(StatusError):
    """412: the record is not the one that the client knows."""


class UnprocessableError(StatusError):
    """422: the body does not fit its schema."""


class TooManyRequestsError(StatusError):
    """429: later, see retry_after."""


class ServerError(StatusError):
    """5xx: the server failed."""


_CLASSES: Mapping[int, type[StatusError]] = {
    400: BadRequestError,
    401: UnauthorizedError,
    403: ForbiddenError,
    404: NotFoundError,
    409: ConflictError,
    412: PreconditionFailedError,
    422: UnprocessableError,
    429: TooManyRequestsError,
}


def class_of(status: int) -> type[StatusError]:
    """Return the class of the errors of a status."""
    if status in _CLASSES:
        return _CLASSES[status]
    if status // 100 == 3:
        return RedirectError
    return ServerError if status >= 500 else StatusError


def reason(error: BaseException) -> str:
    """Return what is behind an error, without the words of the libraries in between."""
    seen: set[int] = set()
    while id(error) not in seen:
        seen.add(id(error))
        inner: object = getattr(error, "reason", None)
        candidates = [inner, *error.args, error.__cause__]
        error = next((one for one in candidates if isinstance(one, BaseException)), error)
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error).rpartition(": ")[2] or type(error).__name__
