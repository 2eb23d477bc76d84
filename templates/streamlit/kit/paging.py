"""The visible part of a list, for each kind of pagination: by offset, page, cursor, or none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast
from urllib.parse import parse_qsl, urlsplit

import streamlit as st

from ..._core import BadRequestError, NotFoundError, UnprocessableError
from ..._core.validation import validate
from . import address, parameters, records, session
from .records import Rows
from .session import Seen

if TYPE_CHECKING:
    from ..._core import JSON
    from .page import Keys, Record, ResourcePage

SIZES = (20, 50, 100)
_LOCAL_SIZE = 100
"""The page size if the API does not paginate."""
_BEYOND = (BadRequestError, NotFoundError, UnprocessableError)


@dataclass(frozen=True)
class Part:
    """A part of a list."""

    rows: Rows
    number: int
    """The number of the page, starting at 1."""
    size: int
    wanted: int
    """The requested page."""
    is_all: bool = False
    """The API does not paginate, so the whole list was read."""

    @property
    def first(self) -> int:
        """The position of the first record in the list, starting at 1."""
        return (self.number - 1) * self.size + 1

    @property
    def has_more(self) -> bool:
        """Whether there are pages after this one."""
        return self.rows.has_more if self.last is None else self.number < self.last

    @property
    def last(self) -> int | None:
        """The number of the last page, if known: at least this one, even if the reported total is smaller."""
        total = self.rows.total
        return None if total is None else max(self.number, -(-total // self.size))


def read(page: ResourcePage, parents: Keys, query: Mapping[str, object]) -> Part:
    """Return the requested part of a list, or the last one that exists."""
    wanted = address.number(address.PAGE, 1)
    size = address.number(address.SIZE, 0)
    offered = sizes(page)
    size = size if size in offered else default_size(page)
    paging = page.operation("list").paging
    if paging is None:
        return _undivided(page, parents, query, wanted)
    if paging.style == "cursor":
        return _by_cursor(page, parents, query, wanted, size)
    return _numbered(page, parents, query, wanted, size)


def sizes(page: ResourcePage) -> list[int]:
    """Return the page sizes that can be chosen and that the API accepts."""
    known = parameters.size(page.operation("list"), parameters.of(page, "list"))
    if known is None:
        return []
    shape = known.shape
    listed = [each for each in shape.enum if isinstance(each, int)] or list(SIZES)
    declared = [
        each
        for each in (shape.schema.get("default"), shape.number("maximum"))
        if isinstance(each, int)
    ]
    wanted = {*listed, *(each for each in declared if 0 < each <= SIZES[-1])}
    fitting = sorted(each for each in wanted if each > 0 and _fits(page, shape.schema, each))
    if fitting:
        return fitting
    rest = [
        each for each in (*declared, shape.number("minimum")) if isinstance(each, int) and each > 0
    ]
    return [each for each in rest if _fits(page, shape.schema, each)][:1]


def default_size(page: ResourcePage) -> int:
    """Return the default page size; 0 if the server decides."""
    known = parameters.size(page.operation("list"), parameters.of(page, "list"))
    offered = sizes(page)
    if known is None or not offered:
        return 0
    default = known.shape.schema.get("default")
    if isinstance(default, int) and default in offered:
        return default
    return next((each for each in offered if each >= SIZES[0]), offered[-1])


def _fits(page: ResourcePage, schema: Mapping[str, JSON], size: int) -> bool:
    return not validate(cast("JSON", schema), size, page.schemas.definitions)


def _undivided(page: ResourcePage, parents: Keys, query: Mapping[str, object], wanted: int) -> Part:
    """Read the whole list, and show a part of it."""
    pages = page.client.pages(page.operation("list"), *parents, query=query)
    found = records.objects(page, list(pages))
    last = max(1, -(-len(found) // _LOCAL_SIZE))
    number = min(wanted, last)
    shown = found[(number - 1) * _LOCAL_SIZE : number * _LOCAL_SIZE]
    rows = Rows(shown, len(found), number < last, _record_read(page, parents, query, found))
    return Part(rows, number, _LOCAL_SIZE, wanted, is_all=True)


def _numbered(
    page: ResourcePage, parents: Keys, query: Mapping[str, object], wanted: int, size: int
) -> Part:
    """Read a page by its number, or the last one that exists."""
    length = size or _length(page, parents, query)

    def read_page(number: int) -> Rows:
        arguments = {**query, **_position(page, number, size, length)}
        return _read_page(page, parents, arguments, number, size)

    rows, number = read_page(wanted), wanted
    if not rows.records and wanted > 1:
        number = _last(rows, length, read_page, wanted)
        rows = read_page(number)
    return Part(rows, number, length, wanted)


def _last(rows: Rows, length: int, read_page: Callable[[int], Rows], wanted: int) -> int:
    """Return the last page before an empty one: from the reported total, else by binary search."""
    if rows.total is not None:
        return max(1, min(wanted - 1, -(-rows.total // length)))
    low, high = 1, wanted
    while high - low > 1:
        middle = (low + high) // 2
        if read_page(middle).records:
            low = middle
        else:
            high = middle
    return low


def _read_page(
    page: ResourcePage, parents: Keys, query: Mapping[str, object], number: int, size: int
) -> Rows:
    """Return a page. If the server refuses one after the first, it does not exist."""
    try:
        rows = records.rows(page, parents, query)
    except _BEYOND:
        if number == 1:
            raise
        return Rows([], None, has_more=False)
    answer = page.client.last
    is_linked = answer is not None and answer.next_page is not None
    is_full = bool(rows.records) and len(rows.records) >= size
    return replace(rows, has_more=rows.has_more and (is_linked or is_full))


def _position(page: ResourcePage, number: int, size: int, length: int) -> dict[str, object]:
    """Return the parameters that ask for a page."""
    paging = page.operation("list").paging
    if paging is None:
        return {}
    step = length if paging.style == "offset" else 1
    found: dict[str, object] = {}
    if number > 1:
        found[paging.position] = paging.first + (number - 1) * step
    if paging.size and size:
        found[paging.size] = size
    return found


def _length(page: ResourcePage, parents: Keys, query: Mapping[str, object]) -> int:
    """Return the server's page size, if it cannot be requested."""
    name = f"{page.module}:list:length"
    if name not in st.session_state:
        rows = records.rows(page, parents, query)
        if not rows.has_more:
            return max(1, len(rows.records))
        st.session_state[name] = max(1, len(rows.records))
    return cast("int", st.session_state[name])


def _by_cursor(
    page: ResourcePage, parents: Keys, query: Mapping[str, object], wanted: int, size: int
) -> Part:
    """Follow cursors to the requested page, starting at the last page whose cursor is known."""
    cursors = _cursors(page, parents, query, size)
    part = _walk(page, parents, query, wanted, size, cursors)
    if not part.rows.records and len(cursors) > 1:
        del cursors[1:]  # They are outdated: there are no records after them.
        part = _walk(page, parents, query, wanted, size, cursors)
    return part


def _walk(  # noqa: PLR0913, PLR0917 - the request, and where to start
    page: ResourcePage,
    parents: Keys,
    query: Mapping[str, object],
    wanted: int,
    size: int,
    cursors: list[str],
) -> Part:
    operation = page.operation("list")
    paging = operation.paging
    begin = min(wanted, len(cursors))
    arguments = dict(query)
    if paging is not None and paging.size and size:
        arguments[paging.size] = size
    if paging is not None and begin > 1:
        arguments[paging.position] = cursors[begin - 1]
    pages = page.client.pages(operation, *parents, query=arguments)
    rows, number = Rows([], None, has_more=False), begin
    try:
        for number, listed in enumerate(pages.pages(), begin):
            answer = page.client.last
            found = records.objects(page, listed)
            rows = Rows(
                found, pages.total, pages.has_more, _record_read(page, parents, arguments, found)
            )
            cursor = _cursor(
                answer.next_page if answer else None, paging.position if paging else ""
            )
            if cursor and number == len(cursors):
                cursors.append(cursor)
            if number == wanted or not pages.has_more:
                break
    except _BEYOND:
        if begin == 1:
            raise
    return Part(rows, number, size or len(rows.records) or 1, wanted)


def _record_read(
    page: ResourcePage, parents: Keys, query: Mapping[str, object], found: list[Record]
) -> str | None:
    """Record what was read, for listening to changes, and return the number of the last change in it."""
    last = page.client.last
    number, etag = (last.last_event_id, last.etag) if last else (None, None)
    session.current().record_read((page.module, parents), Seen(list(found), query, number, etag))
    return number


def _cursor(link: str | None, name: str) -> str | None:
    """Return the cursor of the next page from the server's link."""
    pairs = parse_qsl(urlsplit(link).query, keep_blank_values=True) if link else []
    return next((text for each, text in pairs if each == name), None)


def _cursors(
    page: ResourcePage, parents: Keys, query: Mapping[str, object], size: int
) -> list[str]:
    """Return the known cursors of the pages of a list with these filters; the first page needs none."""
    name, identity = f"{page.module}:list:cursors", repr((parents, sorted(query.items()), size))
    stored = st.session_state.get(name)
    if stored is None or stored[0] != identity:
        stored = (identity, [""])
        st.session_state[name] = stored
    return cast("list[str]", stored[1])
