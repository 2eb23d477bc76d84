"""Records as files: CSV for spreadsheets, JSON for programs, with the digits that the server sent."""

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
NOTE = "In CSV, texts that a spreadsheet would run as a formula begin with an apostrophe."


def to_csv(page: ResourcePage, found: Iterable[Record]) -> bytes:
    """Return records as CSV. Absent and null are both empty."""
    listed = [secrecy.visible(page, record) for record in found]
    return rows_to_csv(_members(page, listed), listed)


def rows_to_csv(
    names: Sequence[str], rows: Iterable[Mapping[str, JSON]], *, is_text: bool = False
) -> bytes:
    """Return rows as CSV, in UTF-8 with a mark that spreadsheets know. is_text keeps cells that are CSV already."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([safe(name) for name in names])
    for row in rows:
        writer.writerow(
            [plain(row.get(name)) if is_text else cell(row.get(name)) for name in names]
        )
    return text.getvalue().encode("utf-8-sig", "replace")


def to_json(page: ResourcePage, found: Iterable[Record]) -> bytes:
    """Return records as JSON, one a line inside of an array."""
    secret = _secrets(page)
    rows = [
        "  " + dumps({name: value for name, value in record.items() if name not in secret})
        for record in (secrecy.visible(page, each) for each in found)
    ]
    return ("[\n" + ",\n".join(rows) + "\n]\n" if rows else "[]\n").encode()


def cell(value: JSON) -> str:
    """Return a value as CSV has it: nested ones as JSON, and nothing that a spreadsheet would run."""
    return safe(value) if isinstance(value, str) else plain(value)


def plain(value: JSON) -> str:
    """Return a value as text, nested ones as JSON, nothing as nothing."""
    if value is None:
        return ""
    return value if isinstance(value, str) else dumps(value)


def safe(text: str) -> str:
    """Return a text with an apostrophe before it if a spreadsheet would run it as a formula."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def unsafe(text: str) -> str:
    """Return a text that safe made, as it was."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def file_name(page: ResourcePage) -> str:
    """Return what a file is called, without what is behind the dot."""
    return re.sub(r"[^\w-]", "_", page.about.plural)


def _members(page: ResourcePage, found: Sequence[Record]) -> list[str]:
    """Return the members of records: those of the definition in its order, then what else there is."""
    names = dict.fromkeys(columns.offered(page))
    secret = _secrets(page)
    for record in found:
        names |= dict.fromkeys(name for name in record if name not in secret)
    present = {name for record in found for name in record}
    return [name for name in names if name in present or not found]


def _secrets(page: ResourcePage) -> set[str]:
    """Return the members that are shown nowhere."""
    return set(page.shape("read").fields) - set(columns.offered(page)) | set(page.hidden)


def choose(
    page: ResourcePage, parents: Keys, query: Mapping[str, object], part: paging.Part
) -> None:
    """Draw the files that the list can be taken away as."""
    shown = part.rows.records
    with st.popover("Export", icon=":material/download:"):
        st.text("This page")
        _buttons(page, "page", lambda: shown)
        if part.number > 1 or part.has_more:
            st.text("All that match" if query else "All")
            _buttons(page, "all", reader(page, parents, query))
        st.caption(NOTE)


def ticked(page: ResourcePage, keys: Sequence[Keys], shown: Mapping[Keys, Record]) -> None:
    """Draw the files of the ticked records; those that are not shown are read when a file is made."""
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
    """Return what reads all pages of a list, in a thread that has no session."""
    client, operation = page.client, page.operation("list")
    sizes = paging.sizes(page)
    asked = dict(query)
    if operation.paging and operation.paging.size and sizes:
        asked[operation.paging.size] = sizes[-1]

    def read() -> list[Record]:
        pages = client.pages(operation, *parents, query=asked)
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
