"""Texts for people: titles, values as text, and escaping for Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..._core.jsontext import dumps

if TYPE_CHECKING:
    from ..._core import JSON

KINDS = {
    "string": "Text",
    "integer": "Whole number",
    "number": "Number",
    "boolean": "Yes or no",
    "array": "List",
    "object": "Object",
}
"""The names of the JSON types."""

_INITIALS = frozenset(
    [
        "api",
        "csv",
        "dns",
        "ean",
        "gps",
        "gtin",
        "html",
        "http",
        "https",
        "iban",
        "id",
        "ip",
        "isbn",
        "issn",
        "json",
        "jwt",
        "mac",
        "pdf",
        "pin",
        "qr",
        "sku",
        "sms",
        "sql",
        "ssh",
        "ssn",
        "tls",
        "ui",
        "url",
        "uri",
        "usb",
        "utc",
        "uuid",
        "vat",
        "vip",
        "xml",
        "yaml",
    ]
)
_SPELT = {
    "ids": "IDs",
    "ipv4": "IPv4",
    "ipv6": "IPv6",
    "iri": "IRI",
    "idn": "IDN",
    "oauth": "OAuth",
    "urls": "URLs",
}
_BREAK = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[_\-.\s]+")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_VERB = re.compile(r"(?:is|are|was|has|does|must|may|can|cannot|needs|should) ")
"""The beginning of a predicate, which lacks its subject."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_MARKS = re.compile(
    r"[\\`*_\[\]<>~$^|{}]|:(?=[\w-])|(?<=\w):|&(?=[#\w])|https?(?=://)|www(?=\.)|^(?:[#+-]|\d+[.)])(?=\s)|@",
    re.MULTILINE,
)


_SYMBOLS = re.compile(r"(?<=[-<>~])(?=[->=])|(?<=:)(?=material/|streamlit:)")
"""Where an icon, an arrow or a dash would begin: Streamlit replaces these even in escaped text."""


def title(name: str) -> str:
    """Return the title for a name: Also known as for also_known_as, Book ID for book_id."""
    words = [word for word in _BREAK.split(line(name)) if word]
    if not words:
        return line(name) or "(no name)"
    cased = [
        _SPELT.get(word.lower(), word.upper())
        if word.lower() in _INITIALS | _SPELT.keys()
        else word
        if word.isupper() and len(word) > 1
        else word.lower()
        for word in words
    ]
    first = cased[0]
    return " ".join([first[:1].upper() + first[1:], *cased[1:]])


def without_id(title: str) -> str:
    """Return the title of a reference without the word for the key: Author for Author ID."""
    first, _, last = title.rpartition(" ")
    return first if first and last.lower() in {"id", "ids", "key", "uuid"} else title


def capital(text: str) -> str:
    """Return a text with an upper-case first letter."""
    return text[:1].upper() + text[1:]


def line(text: str) -> str:
    """Return a text on one line, without control characters."""
    return (
        _CONTROL.sub(" ", _replace_surrogates(text)).replace("\n", " ").replace("\t", " ").strip()
    )


def text(value: JSON) -> str:
    """Return a value as text: strings without quotes, everything else as JSON."""
    return _replace_surrogates(value) if isinstance(value, str) else dumps(value)


def _replace_surrogates(text: str) -> str:
    """Return a text with surrogates, which UTF-8 cannot encode, replaced by the replacement character."""
    return _SURROGATE.sub("\ufffd", text)


def key_part(name: str) -> str:
    """Return a name escaped for the key of a widget, so that it contains no separators and stays unique."""
    for mark, number in ("~", 0), ("/", 1), (":", 2), ("|", 3), ("#", 4):
        name = name.replace(mark, f"~{number}")
    return name


def is_encodable(text: str) -> bool:
    """Report whether UTF-8 can encode a text."""
    return _SURROGATE.search(text) is None


def plain(text: str) -> str:
    """Return a text escaped for Markdown, LaTeX and the directives of Streamlit."""
    return _MARKS.sub(
        _escaped, _SYMBOLS.sub("\u2060", _CONTROL.sub(" ", _replace_surrogates(text)))
    )


def _escaped(found: re.Match[str]) -> str:
    mark = found.group()
    if (
        mark[0] in "hw"
    ):  # an address becomes a link even if it is escaped, so a word joiner splits it
        return f"{mark[0]}\u2060{mark[1:]}"
    if mark == "@":
        return "\u2060@"
    if mark[:1].isdigit():
        return f"{mark[:-1]}\\{mark[-1]}"
    return f"\\{mark}"


def cut(text: str, most: int) -> str:
    """Return a text, cut to a maximum length."""
    return text if len(text) <= most else text[: most - 1] + "…"


def sentence(text: str, name: str = "This") -> str:
    """Complete a predicate to a sentence: "Title is required" for "is required" and Title."""
    return f"{name} {text}" if _VERB.match(text) else capital(text)


def about(name: str, text: str) -> str:
    """Return a message with the name of its subject: Title is required, or Year: 3 is below 5."""
    return sentence(text, name) if _VERB.match(text) else f"{name}: {text}"


def counted(count: int, one: str, several: str) -> str:
    """Return a number with a noun: 1 book, 1,250 books."""
    return f"{count:,} {one if count == 1 else several}"


def listed(texts: Sequence[str]) -> str:
    """Return texts as a list in a sentence: a, b and c."""
    return " and ".join(filter(None, (", ".join(texts[:-1]), *texts[-1:])))
