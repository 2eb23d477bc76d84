"""Parses the values of settings, alike in flags, variables and profiles. Raises ValueError if one is not valid."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import cast

from ..._core.environment import PASTED

FORMATS = ("auto", "table", "json", "yaml", "csv", "ndjson", "name")
RECORD_FORMATS = ("ndjson", "csv", "yaml", "json")
"""The formats of files of records."""

STANDARD_INPUT = "-"
"""The file name that means stdin or stdout."""


def text(value: object) -> str:
    """Return a text without characters that were pasted around it."""
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is not a string")
    return value.strip(PASTED)


def name(value: object) -> str:
    """Return a name. Refuse an empty one: it is probably an unset variable, and must not select the default."""
    found = text(value)
    if not found:
        raise ValueError("it is empty")
    return found


def url(value: object) -> str:
    """Return the base URL of an API."""
    from urllib.parse import urlsplit

    address = text(value).rstrip("/")
    parts = urlsplit(address)
    if parts.username is not None:  # checked first, since the other messages quote the URL
        raise ValueError("a URL with a password exposes it; log in instead")
    _ = parts.port  # or ValueError
    if parts.scheme not in {"http", "https"} or not parts.hostname or re.search(r"\s", address):
        raise ValueError(f"{address!r} is not an http or https URL")
    if parts.query or parts.fragment:
        raise ValueError(f"{address!r} has a query or a fragment")
    return address


def output(value: object) -> str:
    """Return the name of a format."""
    name = text(value)
    if name not in FORMATS:
        raise ValueError(f"{name!r} is not one of {', '.join(FORMATS)}")
    return name


def columns(value: object) -> tuple[str, ...]:
    """Return dotted paths, from a list or from a text in which they are separated by commas."""
    parts = cast("list[object]", value) if isinstance(value, list) else text(value).split(",")
    names = tuple(text(part) for part in parts)
    if not all(names):
        raise ValueError("a column has no name")
    return names


def timeout(value: object) -> tuple[float, float]:
    """Return the timeouts in seconds: for connecting, at most five, and for reading each part of a response."""
    wait = seconds(value)
    return min(wait, 5.0), wait


def seconds(value: object) -> float:
    """Return a time in seconds."""
    try:
        number = float(value if isinstance(value, int | float) else text(value))
    except ValueError:
        number = math.nan
    if not (math.isfinite(number) and number > 0):
        raise ValueError(f"{value!r} is not a number of seconds")
    return number


def retries(value: object) -> int:
    """Return how often a request is retried."""
    written = str(value) if isinstance(value, int) else text(value)
    if not re.fullmatch(r"[0-9]{1,3}", written):
        raise ValueError(f"{value!r} is not a number of retries")
    return int(written)


def file(value: object) -> str:
    """Return the path of a file."""
    from pathlib import Path

    return str(Path(text(value)).expanduser())


READERS: Mapping[str, Callable[[object], object]] = {
    "base_url": url,
    "output": output,
    "columns": columns,
    "timeout": timeout,
    "retries": retries,
    "cacert": file,
    "cert": file,
    "cert_key": file,
}
"""The settings that a profile can have, each with its parser."""


def nearest(wrong: str, known: list[str]) -> str:
    """Return a suggestion to append: " (did you mean staging?)"; "" if no word is similar."""
    from .did_you_mean import close_matches

    close = close_matches(wrong, known)
    return f" (did you mean {close[0]}?)" if close else ""
