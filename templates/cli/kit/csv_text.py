"""Lines of CSV (RFC 4180, with LF) that a spreadsheet shows and does not run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from . import table

if TYPE_CHECKING:
    from ..._core import JSON

# What a spreadsheet takes for a formula, behind any number of apostrophes that say it is none.
_FORMULA = re.compile(r"'*[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]")
_QUOTED = re.compile(r'[",\r\n]|^[ \t]|[ \t]$')


def header(columns: Sequence[str]) -> str:
    """Return the line of the names of columns."""
    return ",".join(_text(name) for name in columns)


def line(record: JSON, columns: Sequence[str]) -> str:
    """Return the line of a record."""
    return ",".join(cell(record, path) for path in columns)


def cell(record: JSON, path: str) -> str:
    """Return a member: nothing for null and where it is absent, "" for an empty text."""
    found, value = table.select(record, path)
    if not found or value is None:
        return ""
    return _text(value) if isinstance(value, str) else _quoted(table.text(value))


def _text(value: str) -> str:
    """Return a text with an apostrophe before a formula; who reads it back takes one away."""
    return _quoted("'" + value if _FORMULA.match(value) else value)


def _quoted(value: str) -> str:
    if value and not _QUOTED.search(value):
        return value
    return '"' + value.replace('"', '""') + '"'


def restored(value: str) -> str:
    """Return the text that a cell stands for: the reverse of what a formula was given."""
    return value[1:] if value.startswith("'") and _FORMULA.match(value[1:]) else value
