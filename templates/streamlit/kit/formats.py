"""The formats of texts: icons, examples and checks. The server decides in the end."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """A format."""

    icon: str
    """The name of a Material symbol."""
    description: str
    """What is expected: a date, such as 2026-05-10."""
    fits: Callable[[str], bool]
    example: str = ""
    """The placeholder of an empty field, if the format is not obvious."""


def _like(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern, re.ASCII | re.IGNORECASE)
    return lambda text: compiled.fullmatch(text) is not None


def _is_address(kind: type[ipaddress.IPv4Address | ipaddress.IPv6Address]) -> Callable[[str], bool]:
    def check(text: str) -> bool:
        try:
            kind(text)
        except ValueError:
            return False
        return True

    return check


_CLOCK = r"\d\d:\d\d:\d\d(\.\d+)?(z|[+-]\d\d:\d\d)"
_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_DURATION = r"P(?!$)(\d+W|(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?)"
_MAIL = Format("mail", "an email address", _like(r"[^@\s]+@[^@\s]+"))
_URI = Format(
    "link",
    "an address that begins with https:, mailto: or the like",
    _like(r"[a-z][a-z0-9+.-]*:\S+"),
)

KNOWN: dict[str, Format] = {
    "date": Format("calendar_today", "a date, such as 2026-05-10", _like(r"\d{4}-\d\d-\d\d")),
    "date-time": Format(
        "schedule",
        "a date and time, such as 2026-05-10T23:30:00Z",
        _like(rf"\d{{4}}-\d\d-\d\d[t ]{_CLOCK}"),
        "2026-05-10T23:30:00Z",
    ),
    "time": Format("schedule", "a time, such as 07:30:00Z", _like(_CLOCK), "07:30:00Z"),
    "duration": Format("timer", "a duration, such as P1DT2H", _like(_DURATION), "P1DT2H"),
    "uuid": Format(
        "tag",
        "a UUID, such as 123e4567-e89b-12d3-a456-426614174000",
        _like(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
    ),
    "email": _MAIL,
    "idn-email": _MAIL,
    "uri": _URI,
    "iri": _URI,
    "hostname": Format(
        "dns",
        "a host name, such as www.example.com",
        _like(rf"(?=.{{1,253}}$){_LABEL}(\.{_LABEL})*"),
    ),
    "ipv4": Format("lan", "an IPv4 address, such as 192.0.2.1", _is_address(ipaddress.IPv4Address)),
    "ipv6": Format(
        "lan", "an IPv6 address, such as 2001:db8::1", _is_address(ipaddress.IPv6Address)
    ),
}
"""The formats by their names in JSON Schema."""
