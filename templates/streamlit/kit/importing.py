"""Creating records from a file: the mapping of columns, the problems of rows, and their results."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import streamlit as st

from ..._core import APIError, ConnectError, UnauthorizedError
from . import (
    address,
    columns,
    export,
    live,
    records,
    references,
    secrecy,
    spreadsheet,
    states,
    table,
    words,
)
from .once import Once
from .spreadsheet import Row, Sheet
from .typed import typed

if TYPE_CHECKING:
    from ..._core import JSON
    from .page import Keys, Record, ResourcePage
    from .shapes import Shape

VIEW = "import"
_PREVIEWED = 20
"""How many rows the preview shows."""
_KINDS = ["csv", "tsv", "txt", "json", "ndjson", "jsonl"]


@dataclass
class Job:
    """A file, and the results of the rows that were sent."""

    digest: str
    sheet: Sheet
    results: dict[int, str] = field(default_factory=dict[int, str])
    """For each row that was sent, why it was refused, or "" if the record was created."""
    once: Once = field(default_factory=Once)


@dataclass(frozen=True)
class Item:
    """A row as a record, or its problems."""

    row: Row
    body: Record
    problems: list[str]


def link(page: ResourcePage, parents: Keys) -> None:
    """Draw the button that opens this view."""
    st.button(
        "Import",
        key=f"{page.module}:list:import",
        icon=":material/upload:",
        on_click=address.change,
        args=(address.query(VIEW, parents=page.of(parents)),),
    )


def draw(page: ResourcePage, parents: Keys) -> None:
    """Draw the view."""
    live.hold()
    st.button(
        words.plain(page.title),
        key=f"{page.module}:import:back",
        type="tertiary",
        icon=":material/arrow_back:",
        on_click=address.change,
        args=(page.back(parents),),
    )
    st.title(words.plain(f"Import {page.about.plural}"), anchor=False)
    file = st.file_uploader(
        "CSV, JSON or JSON lines", type=_KINDS, key=f"{page.module}:import:file"
    )
    if file is None:
        st.caption("The first line of CSV has the names of the columns. An empty cell is left out.")
        return
    try:
        job = _job(page, parents, file.name, file.getvalue())
    except ValueError as error:
        st.error(words.plain(str(error)), icon=":material/error:")
        return
    if job.sheet.note:
        st.warning(words.plain(job.sheet.note), icon=":material/warning:")
    mapping = _mapping(page, job)
    items = [_item(page, job.sheet, row, mapping) for row in job.sheet.rows]
    _preview(page, job, items)
    _finish(page, parents, job, items)


def _job(page: ResourcePage, parents: Keys, name: str, data: bytes) -> Job:
    """Return the job for a file. While it is the same file and list, a row is not sent twice."""
    state_name = f"{page.module}:import"
    digest = hashlib.sha256("\0".join(parents).encode() + b"\0" + data).hexdigest()
    job = cast("Job | None", st.session_state.get(state_name))
    if job is None or job.digest != digest:
        job = Job(digest, spreadsheet.read(name, data))
        st.session_state[state_name] = job
    return job


def _fields(page: ResourcePage) -> dict[str, Shape]:
    """Return the members that a new record may have."""
    return {
        name: shape
        for name, shape in page.shape("create").fields.items()
        if not shape.is_read_only and shape.kind != "never" and name not in page.hidden
    }


def _mapping(page: ResourcePage, job: Job) -> dict[str, str]:
    """Draw the mapping of columns to members, and return the columns by member."""
    fields = _fields(page)
    titles = references.unique({name: columns.title(page, name) for name in fields})
    found: dict[str, str] = {}
    is_complete = all(_guess(page, job.sheet, name) for name in fields if fields[name].is_required)
    with (
        st.expander("Map the columns", expanded=not is_complete, icon=":material/view_column:"),
        st.container(horizontal=True, gap="small"),
    ):
        for name, shape in fields.items():
            guessed = _guess(page, job.sheet, name)
            chosen = st.selectbox(
                words.plain(f"{titles[name]} *" if shape.is_required else titles[name]),
                job.sheet.columns,
                index=job.sheet.columns.index(guessed) if guessed else None,
                format_func=words.line,
                placeholder="Left out",
                key=f"{page.module}:import:{job.digest[:12]}:{name}",
                width=220,
            )
            if chosen:
                found[name] = chosen
    left = [each for each in job.sheet.columns if each not in found.values()]
    if left:
        messages = ", ".join(words.cut(each, 40) for each in left[:10])
        st.info(words.plain(f"Left out: {messages}"), icon=":material/info:")
    return found


def _guess(page: ResourcePage, sheet: Sheet, name: str) -> str | None:
    """Return the column with the name of a member, else one with a similar name or title."""
    wanted = {_nearly(name), _nearly(columns.title(page, name))}
    if name in sheet.columns:
        return name
    return next((each for each in sheet.columns if _nearly(each) in wanted), None)


def _nearly(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).lower()


def _item(page: ResourcePage, sheet: Sheet, row: Row, mapping: dict[str, str]) -> Item:
    """Convert a row to a record."""
    fields = _fields(page)
    body: Record = {}
    problems: list[str] = []
    for name, column in mapping.items():
        if column not in row.cells:
            continue
        cell = row.cells[column]
        try:
            body[name] = (
                typed(fields[name], export.unsafe(cell))
                if sheet.is_text and isinstance(cell, str)
                else cell
            )
        except ValueError as error:
            text = "this is not valid" if fields[name].is_secret else str(error)
            problems.append(f"{columns.title(page, name)}: {text}")
    if not problems:
        found = secrecy.faults(page, page.forms.create, body)
        problems = [words.about(_location(page, pointer), text) for pointer, text in found]
    return Item(row, body, problems)


def _location(page: ResourcePage, pointer: str) -> str:
    steps = [each.replace("~1", "/").replace("~0", "~") for each in pointer.split("/")[1:]]
    if not steps:
        return "The record"
    return ", ".join([columns.title(page, steps[0]), *steps[1:]])


def _preview(page: ResourcePage, job: Job, items: list[Item]) -> None:
    """Draw some rows, preferably those with problems."""
    wrong = [each for each in items if each.problems]
    shown = [*wrong, *(each for each in items if not each.problems)][:_PREVIEWED]
    shown.sort(key=lambda each: each.row.number)
    names = [name for name in _fields(page) if any(name in each.body for each in shown)]
    header = ["Row", "Result", *(columns.title(page, name) for name in names)]
    rows = [
        [
            str(each.row.number),
            _result(job, each),
            *(_shown(page, each.body, name) for name in names),
        ]
        for each in shown
    ]
    table.texts(header, rows, f"The first rows of the file, as {page.about.plural}")
    if len(items) > len(shown):
        st.caption(f"{len(shown):,} of {len(items):,} rows are shown, those with problems first.")


def _shown(page: ResourcePage, body: Record, name: str) -> str:
    """Return a value as a short text."""
    value = secrecy.masked(page.shape("create").fields[name], body.get(name))
    return words.cut(words.line(export.plain(value)), 80)


def _result(job: Job, item: Item) -> str:
    if item.row.number in job.results:
        return job.results[item.row.number] or "Created"
    return "; ".join(item.problems) or "Ready"


def _finish(page: ResourcePage, parents: Keys, job: Job, items: list[Item]) -> None:
    """Draw the button that creates the records, and the results."""
    ready = [each for each in items if not each.problems and each.row.number not in job.results]
    wrong = [each for each in items if each.problems]
    refused = [each for each in items if job.results.get(each.row.number)]
    created = sum(not reason for reason in job.results.values())
    if wrong:
        rows = "1 row has" if len(wrong) == 1 else f"{len(wrong):,} rows have"
        st.warning(f"{rows} problems, and will not be sent.", icon=":material/warning:")
    if created:
        count = words.counted(created, page.about.singular, page.about.plural)
        st.success(words.plain(f"Created {count}."), icon=":material/check_circle:")
    if refused:
        rows = "1 row was" if len(refused) == 1 else f"{len(refused):,} rows were"
        st.error(f"{rows} refused. See the reasons above.", icon=":material/error:")
    with st.container(horizontal=True):
        count = words.counted(len(ready), page.about.singular, page.about.plural)
        if ready and st.button(
            words.plain(f"Create {count}"), key=f"{page.module}:import:go", type="primary"
        ):
            with job.once.turn():
                _send(page, parents, job, ready)
            st.rerun()
        if wrong or refused:
            left = sorted([*wrong, *refused], key=lambda each: each.row.number)
            st.download_button(
                "Rows that were not created",
                lambda: _rest(job, left),
                file_name=f"{export.file_name(page)}-not-created.csv",
                mime="text/csv",
                key=f"{page.module}:import:rest",
                icon=":material/download:",
                on_click="ignore",
            )


def _send(page: ResourcePage, parents: Keys, job: Job, ready: list[Item]) -> None:
    """Create the records one by one. Each result is stored before anything else can happen."""
    bar = st.progress(0.0, "Creating …")
    for at, each in enumerate(ready, 1):
        if each.row.number in job.results:  # sent by another run
            continue
        try:
            records.create(page, parents, each.body)
        except UnauthorizedError:
            raise
        except ConnectError as error:
            job.results[each.row.number] = (
                f"{states.message(error)} It may or may not have been created."
            )
            return
        except APIError as error:
            job.results[each.row.number] = states.message(error)
        else:
            job.results[each.row.number] = ""
        bar.progress(at / len(ready), f"Created {at:,} of {len(ready):,}")


def _rest(job: Job, items: list[Item]) -> bytes:
    """Return rows as CSV, as they were in the file, with a column for their problems, in which no formula runs."""
    messages = [_result(job, each) for each in items]
    if job.sheet.is_text:  # rows_to_csv does not escape the cells then
        messages = [export.safe(each) for each in messages]
    rows: list[dict[str, JSON]] = [
        {**each.row.cells, "problem": text} for each, text in zip(items, messages, strict=True)
    ]
    return export.rows_to_csv([*job.sheet.columns, "problem"], rows, is_text=job.sheet.is_text)
