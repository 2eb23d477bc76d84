"""The errors of calls.

APIError
    RequestError            the request is not valid: a key, a header, a credential
    ConnectError            there was no response
    DecodeError             the response cannot be decoded
    StatusError             the server refused the request
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
    """The request is not valid. Nothing was sent."""


class ConnectError(APIError):
    """There was no response: the server could not be reached, was too slow, or closed the connection."""


class DecodeError(APIError):
    """The response cannot be decoded."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a request: its location and a description."""

    detail: str
    pointer: str | None = None
    """A location in the body (RFC 6901)."""
    parameter: str | None = None
    """The name of a parameter."""


@dataclass(eq=False)
class StatusError(APIError):
    """The server refused the request. Its reason (RFC 9457) is in problem, title, detail and errors."""

    operation: str
    """A few words: create a book."""
    status: int
    title: str
    detail: str = ""
    errors: list[Fault] = field(default_factory=list[Fault])
    request_id: str | None = None
    problem: JSON = None
    """The body of the response if it was JSON, else None."""
    retry_after: float | None = None
    """Seconds."""
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    """The headers of the response. They may contain a cookie."""
    location: str | None = None
    is_repeated: bool = False
    """An earlier attempt got no response, so it may have succeeded although this one was refused."""
    security: Sequence[Mapping[str, Sequence[str]]] = ()
    """The credentials that the operation accepts: alternative requirements, each with its schemes."""

    def __str__(self) -> str:
        """Return the operation, the status and the server's reason, on one line."""
        said = ": ".join(text for text in (self.title, self.detail) if text)
        return f"{self.operation}: {self.status} {said}".rstrip()

    def __reduce__(self) -> tuple[Any, ...]:
        """Copy and pickle the attributes, since the exception has no args from which it could be recreated."""
        return _blank, (type(self),), self.__dict__


def _blank(kind: type[StatusError]) -> StatusError:
    return kind.__new__(kind)


class RedirectError(StatusError):
    """3xx: the resource has moved to location. Redirects are not followed, since they could lead to an untrusted host."""


class BadRequestError(StatusError):
    """400: a parameter or the JSON is not valid."""


class UnauthorizedError(StatusError):
    """401: the credentials are missing or wrong."""


class ForbiddenError(StatusError):
    """403: the credentials do not permit the operation."""


class NotFoundError(StatusError):
    """404: the resource does not exist."""


class ConflictError(StatusError):
    """409: the request conflicts with the state of the record."""


class PreconditionFailedError(StatusError):
    """412: the record has changed since the client read it."""


class UnprocessableError(StatusError):
    """422: the body is not valid against its schema."""


class TooManyRequestsError(StatusError):
    """429: too many requests; try again after retry_after seconds."""


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
    """Return the error class for a status."""
    if status in _CLASSES:
        return _CLASSES[status]
    if status // 100 == 3:
        return RedirectError
    return ServerError if status >= 500 else StatusError


def reason(error: BaseException) -> str:
    """Return the root cause of an error, unwrapped from the errors of the libraries in between."""
    seen: set[int] = set()
    while id(error) not in seen:
        seen.add(id(error))
        inner: object = getattr(error, "reason", None)
        candidates = [inner, *error.args, error.__cause__]
        error = next((one for one in candidates if isinstance(one, BaseException)), error)
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error).rpartition(": ")[2] or type(error).__name__
