"""The number of records of each resource, fetched concurrently. Nothing is drawn here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from ..._core import APIError, ConnectError, ForbiddenError, UnauthorizedError
from . import session, words

if TYPE_CHECKING:
    from ..._core import Client
    from .page import ResourcePage

_CONCURRENT = 8


@dataclass(frozen=True, slots=True)
class Count:
    """The number of records, or why it is unknown."""

    number: int = 0
    has_more: bool = False
    why: str = ""
    error: APIError | None = None

    def text(self, page: ResourcePage) -> str:
        """Return the count in words."""
        if self.why:
            return self.why
        if self.has_more:
            return f"{self.number:,}+ {page.about.plural}"
        return words.counted(self.number, page.about.singular, page.about.plural)


def counted(pages: Sequence[ResourcePage]) -> dict[str, Count]:
    """Return the number of records of each resource that has a list. Recent results are reused."""
    mine = session.current()
    client = mine.client  # made here: the threads have no session
    found: dict[str, Count] = {}
    with ThreadPoolExecutor(_CONCURRENT) as pool:
        waiting: list[tuple[str, Callable[[], Count]]] = []
        for page in pages:
            name = "count", page.module
            if mine.has_fresh(name):
                found[page.module] = mine.remember(name, Count)
            elif page.may("list"):
                waiting.append((page.module, pool.submit(_count, client, page).result))
        for module, result in waiting:
            found[module] = count = result()
            if count.error is None:
                mine.remember(("count", module), partial(_constant, count))
    return found


def _constant(count: Count) -> Count:
    return count


def _count(client: Client, page: ResourcePage) -> Count:
    """Return the number of records, or why it is unknown."""
    if any(parameter.required for parameter in page.operation("list").parameters):
        return Count(why="Choose what to list")
    try:
        return _fetch(client, page)
    except UnauthorizedError:
        return Count(why="Sign in to see")
    except ForbiddenError:
        return Count(why="No access")
    except ConnectError as error:
        return Count(why="Not responding", error=error)
    except APIError as error:
        return Count(why="Not available", error=error)


def _fetch(client: Client, page: ResourcePage) -> Count:
    """Request one record and the total; if the server does not report the total, the first page."""
    operation = page.operation("list")
    size = operation.paging.size if operation.paging is not None else None
    queries: list[Mapping[str, object]] = [{size: 1}, {}] if size is not None else [{}]
    count = Count()
    for query in queries:
        pages = client.pages(operation, query=query)
        count = Count(len(pages.first()), pages.has_more)
        if pages.total is not None:
            return Count(pages.total)
        if not pages.has_more:
            break
    return count
