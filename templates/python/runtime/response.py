"""Handling of responses: the body of a success, or the error of a refusal."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .errors import DecodeError, Fault, StatusError, class_of
from .jsontext import JSON, loads

if TYPE_CHECKING:
    import requests

_SHORT = 300
"""How many characters an error shows of a body that is not a problem document."""
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]+")
_REQUEST_IDS = ("X-Request-ID", "Request-Id", "X-Correlation-ID", "X-Amzn-RequestId", "X-Trace-Id")


@dataclass(frozen=True, slots=True)
class Answer:
    """A response without its body."""

    status: int
    headers: Mapping[str, str]
    """Names are case-insensitive."""
    has_body: bool = False
    """Whether there was a body, even if it was null."""

    @property
    def next_page(self) -> str | None:
        """The URL of the next page of a list, if the server links it."""
        return linked(self.headers, "next")

    @property
    def etag(self) -> str | None:
        """The entity tag of the returned state, for If-Match."""
        return self.headers.get("ETag")

    @property
    def last_event_id(self) -> str | None:
        """The number of the last change included in the response: a watch since that one misses nothing."""
        return self.headers.get("Last-Event-ID")

    @property
    def location(self) -> str | None:
        """The location of the new record."""
        return self.headers.get("Location")


def decoded(phrase: str, response: requests.Response) -> JSON:
    """Return the JSON body of a success, or None if there is no body."""
    if not response.content or response.request.method == "HEAD":
        return None
    try:
        return loads(response.content)
    except ValueError as error:
        kind = response.headers.get("Content-Type", "of no type").partition(";")[0]
        raise DecodeError(
            f"{phrase}: the answer ({kind}) is not JSON: {error}; it begins {_shortened(response.text)!r}"
        ) from error


def refusal(phrase: str, response: requests.Response, *, is_repeated: bool = False) -> StatusError:
    """Return the error for an unsuccessful response."""
    return refused(
        phrase, response.status_code, response.headers, response.content, is_repeated=is_repeated
    )


def refused(
    phrase: str, status: int, headers: Mapping[str, str], body: bytes, *, is_repeated: bool = False
) -> StatusError:
    """Return the error for a status and a body, which may be a problem (RFC 9457)."""
    problem: JSON = None
    with contextlib.suppress(ValueError):
        problem = loads(body)
    members = problem if isinstance(problem, dict) else {}
    detail = members.get("detail")
    if not isinstance(detail, str):
        detail = (
            "" if members or not _is_text(headers) else _shortened(body.decode("utf-8", "replace"))
        )
    return class_of(status)(
        operation=phrase,
        status=status,
        title=printable(_string(members.get("title"))) or _reason(status),
        detail=printable(detail),
        errors=faults(members.get("errors")),
        request_id=next((headers[name] for name in _REQUEST_IDS if name in headers), None),
        problem=problem,
        retry_after=_seconds(headers.get("Retry-After")),
        headers=headers,
        location=headers.get("Location"),
        is_repeated=is_repeated,
    )


def faults(errors: JSON) -> list[Fault]:
    """Return the faults that a problem lists."""
    found: list[Fault] = []
    for error in errors if isinstance(errors, list) else []:
        if isinstance(error, dict):
            pointer, parameter = error.get("pointer"), error.get("parameter")
            found.append(
                Fault(
                    detail=printable(_string(error.get("detail"))),
                    pointer=pointer if isinstance(pointer, str) else None,
                    parameter=parameter if isinstance(parameter, str) else None,
                )
            )
    return found


def printable(text: str) -> str:
    """Return a text as one line without control characters."""
    return _CONTROL.sub(" ", text).strip()


def linked(headers: Mapping[str, str], relation: str) -> str | None:
    """Return the URL for a relation in the Link header (RFC 8288), or None."""
    from requests.utils import parse_header_links

    for link in parse_header_links(headers.get("Link", "")):
        if relation in link.get("rel", "").lower().split():
            return link["url"]
    return None


def _string(value: JSON) -> str:
    return value if isinstance(value, str) else ""


def _reason(status: int) -> str:
    import http

    try:
        return http.HTTPStatus(status).phrase
    except ValueError:
        return ""


def _is_text(headers: Mapping[str, str]) -> bool:
    kind = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return kind.startswith("text/") and kind != "text/html"


def _shortened(text: str) -> str:
    text = printable(text)
    return text if len(text) <= _SHORT else text[:_SHORT] + "…"


def _seconds(retry_after: str | None) -> float | None:
    import email.utils

    if retry_after is None:
        return None
    if re.fullmatch("[0-9]+", retry_after.strip()):
        return float(retry_after)
    with contextlib.suppress(ValueError):
        return max(0.0, email.utils.parsedate_to_datetime(retry_after).timestamp() - time.time())
    return None
