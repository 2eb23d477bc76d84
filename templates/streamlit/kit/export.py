"""Records as files: CSV for spreadsheets, JSON for programs. Numbers keep the digits that the server sent."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, cast

import streamlit as st

from ..._core.jsontext import dumps
from . import columns, paging, secrecy

if TYPE_CHECKING:
    from ..._core import JSON
    from .page import Keys, Record, ResourcePage

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
NOTE = "In CSV, text that a spreadsheet would run as a formula begins with an apostrophe."


def to_csv(page: ResourcePage, found: Iterable[Record]) -> bytes:
    """Return records as CSV. Absent members and null are both empty cells."""
    listed = [secrecy.visible(page, record) for record in found]
    return rows_to_csv(_members(page, listed), listed)


def rows_to_csv(
    names: Sequence[str], rows: Iterable[Mapping[str, JSON]], *, is_text: bool = False
) -> bytes:
    """Return rows as CSV, in UTF-8 with a byte order mark for spreadsheets. is_text keeps cells that come from CSV."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([safe(name) for name in names])
    for row in rows:
        writer.writerow(
            [plain(row.get(name)) if is_text else cell(row.get(name)) for name in names]
        )
    return text.getvalue().encode("utf-8-sig", "replace")


def to_json(page: ResourcePage, found: Iterable[Record]) -> bytes:
    """Return records as a JSON array, with one record per line."""
    secret = _secrets(page)
    rows = [
        "  " + dumps({name: value for name, value in record.items() if name not in secret})
        for record in (secrecy.visible(page, each) for each in found)
    ]
    return ("[\n" + ",\n".join(rows) + "\n]\n" if rows else "[]\n").encode()


def cell(value: JSON) -> str:
    """Return a value as a cell: nested values as JSON, and nothing that a spreadsheet would run as a formula."""
    return safe(value) if isinstance(value, str) else plain(value)


def plain(value: JSON) -> str:
    """Return a value as text: null as "", strings unchanged, everything else as JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else dumps(value)


def safe(text: str) -> str:
    """Prefix a text with an apostrophe if a spreadsheet would run it as a formula."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def unsafe(text: str) -> str:
    """Undo safe."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def file_name(page: ResourcePage) -> str:
    """Return the name of a file, without a suffix."""
    return re.sub(r"[^\w-]", "_", page.about.plural)


def _members(page: ResourcePage, found: Sequence[Record]) -> list[str]:
    """Return the members of records: those of the definition in order, then all others."""
    names = dict.fromkeys(columns.offered(page))
    secret = _secrets(page)
    for record in found:
        names |= dict.fromkeys(name for name in record if name not in secret)
    present = {name for record in found for name in record}
    return [name for name in names if name in present or not found]


def _secrets(page: ResourcePage) -> set[str]:
    """Return the members that are never shown."""
    return set(page.shape("read").fields) - set(columns.offered(page)) | set(page.hidden)


def choose(
    page: ResourcePage, parents: Keys, query: Mapping[str, object], part: paging.Part
) -> None:
    """Draw the downloads of a list."""
    shown = part.rows.records
    with st.popover("Export", icon=":material/download:"):
        st.text("This page")
        _buttons(page, "page", lambda: shown)
        if part.number > 1 or part.has_more:
            st.text("All that match" if query else "All")
            _buttons(page, "all", reader(page, parents, query))
        st.caption(NOTE)


def ticked(page: ResourcePage, keys: Sequence[Keys], shown: Mapping[Keys, Record]) -> None:
    """Draw the downloads of the ticked records. Those that are not shown are read when a file is downloaded."""
    client = page.client
    get = page.operations.get

    def read() -> list[Record]:
        found: list[Record] = []
        for each in keys:
            record = shown.get(each) or (client.call(get, *each) if get is not None else None)
            if isinstance(record, dict):
                found.append(cast("Record", record))
        return found

    with st.popover("Export", icon=":material/download:"):
        _buttons(page, "ticked", read)
        st.caption(NOTE)


def reader(
    page: ResourcePage, parents: Keys, query: Mapping[str, object]
) -> Callable[[], Iterable[Record]]:
    """Return a function that reads all pages of a list. It may run in a thread without a session."""
    client, operation = page.client, page.operation("list")
    sizes = paging.sizes(page)
    arguments = dict(query)
    if operation.paging and operation.paging.size and sizes:
        arguments[operation.paging.size] = sizes[-1]

    def read() -> list[Record]:
        pages = client.pages(operation, *parents, query=arguments)
        return [cast("Record", each) for each in pages if isinstance(each, dict)]

    return read


def _buttons(page: ResourcePage, name: str, read: Callable[[], Iterable[Record]]) -> None:
    file = file_name(page)
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "CSV",
            lambda: to_csv(page, read()),
            file_name=f"{file}.csv",
            mime="text/csv",
            key=f"{page.module}:list:csv:{name}",
            on_click="ignore",
        )
        st.download_button(
            "JSON",
            lambda: to_json(page, read()),
            file_name=f"{file}.json",
            mime="application/json",
            key=f"{page.module}:list:json:{name}",
            on_click="ignore",
        )
