"""Which formats a file of records has, by its name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

SUFFIXES: Mapping[str, str] = {
    ".ndjson": "ndjson",
    ".jsonl": "ndjson",
    ".csv": "csv",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".json": "json",
}
"""The formats of files by the ends of their names."""

FORMATS = tuple(dict.fromkeys(SUFFIXES.values()))


def format_of(file: str) -> str | None:
    """Return the format that the name of a file tells."""
    return SUFFIXES.get(Path(file).suffix.lower())
