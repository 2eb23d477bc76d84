"""Texts for people: titles of members, values as text, and escaping for Markdown."""

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
"""What the types of JSON are called."""

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
"""How a text begins that is said of something."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_MARKS = re.compile(
    r"[\\`*_\[\]<>~$^|{}]|:(?=[\w-])|(?<=\w):|&(?=[#\w])|https?(?=://)|www(?=\.)|^(?:[#+-]|\d+[.)])(?=\s)|@",
    re.MULTILINE,
)


_SYMBOLS = re.compile(r"(?<=[-<>~])(?=[->=])|(?<=:)(?=material/|streamlit:)")
"""Where an icon, an arrow or a dash would begin: Streamlit draws these even of what is escaped."""


def title(name: str) -> str:
    """Return what people call a member: also_known_as is Also known as, book_id is Book ID."""
    words = [word for word in _BREAK.split(line(name)) if word]
    if not words:
        return line(name) or "(no name)"
    told = [
        _SPELT.get(word.lower(), word.upper())
        if word.lower() in _INITIALS | _SPELT.keys()
        else word
        if word.isupper() and len(word) > 1
        else word.lower()
        for word in words
    ]
    first = told[0]
    return " ".join([first[:1].upper() + first[1:], *told[1:]])


def without_id(title: str) -> str:
    """Return the title of what names a record without the word for its key: Author ID is Author."""
    first, _, last = title.rpartition(" ")
    return first if first and last.lower() in {"id", "ids", "key", "uuid"} else title


def capital(text: str) -> str:
    """Return a text that begins like a sentence."""
    return text[:1].upper() + text[1:]


def line(text: str) -> str:
    """Return a text on one line, without characters that change how others are shown."""
    return _CONTROL.sub(" ", _sound(text)).replace("\n", " ").replace("\t", " ").strip()


def text(value: JSON) -> str:
    """Return a value for people: a text unquoted, anything else as JSON."""
    return _sound(value) if isinstance(value, str) else dumps(value)


def _sound(text: str) -> str:
    """Return a text that UTF-8 can hold: halves of surrogate pairs are shown as what is missing."""
    return _SURROGATE.sub("\ufffd", text)


def keyed(name: str) -> str:
    """Return a name as a part of the key of a widget: no other name, and nothing that stands between parts, reads the same."""
    for mark, number in ("~", 0), ("/", 1), (":", 2), ("|", 3), ("#", 4):
        name = name.replace(mark, f"~{number}")
    return name


def is_sound(text: str) -> bool:
    """Report whether UTF-8 can hold a text."""
    return _SURROGATE.search(text) is None


def plain(text: str) -> str:
    """Return a text escaped for Markdown, LaTeX and the directives of Streamlit."""
    return _MARKS.sub(_escaped, _SYMBOLS.sub("\u2060", _CONTROL.sub(" ", _sound(text))))


def _escaped(found: re.Match[str]) -> str:
    mark = found.group()
    if (
        mark[0] in "hw"
    ):  # an address becomes a link whatever is escaped: a word joiner takes it apart
        return f"{mark[0]}\u2060{mark[1:]}"
    if mark == "@":
        return "\u2060@"
    if mark[:1].isdigit():
        return f"{mark[:-1]}\\{mark[-1]}"
    return f"\\{mark}"


def cut(text: str, most: int) -> str:
    """Return a text of at most so many characters."""
    return text if len(text) <= most else text[: most - 1] + "…"


def sentence(text: str, name: str = "This") -> str:
    """Return a predicate as a sentence: "is required" of Title is "Title is required"."""
    return f"{name} {text}" if _VERB.match(text) else capital(text)


def about(name: str, text: str) -> str:
    """Return what is said of a thing with its name before it: Title is required, or Year: 3 is below 5."""
    return sentence(text, name) if _VERB.match(text) else f"{name}: {text}"


def counted(count: int, one: str, several: str) -> str:
    """Return a number of things: 1 book, 1,250 books."""
    return f"{count:,} {one if count == 1 else several}"


def listed(texts: Sequence[str]) -> str:
    """Return texts as a sentence lists them: a, b and c."""
    return " and ".join(filter(None, (", ".join(texts[:-1]), *texts[-1:])))
