"""Lists, a page at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Generic, TypeVar, cast
from urllib.parse import quote, unquote_plus, urljoin, urlsplit, urlunsplit

from .errors import DecodeError
from .operation import Operation
from .request import origin
from .response import decoded, linked

if TYPE_CHECKING:
    import requests

    from .client import Client

T = TypeVar("T")


class Pages(Generic[T]):
    """The records of a list. Iterating fetches one page after another; pages() returns the pages themselves."""

    def __init__(
        self,
        client: Client,
        operation: Operation[list[T]],
        keys: tuple[object, ...],
        query: Mapping[str, object],
        max_items: int | None,
    ) -> None:
        """Create the pages of a list. Nothing is sent until they are used."""
        self._client = client
        self._operation = operation
        self._keys = keys
        self._query = dict(query)
        self._max_items = max_items
        self._lists: Iterator[list[T]] | None = None
        self._items: Iterator[T] | None = None
        self.total: int | None = None
        """The total number of records, if the server reports it (X-Total-Count)."""
        self.has_more = False
        """Whether there are more records than max_items allowed, or unread pages."""

    def __iter__(self) -> Iterator[T]:
        """Return the iterator itself."""
        return self

    def __next__(self) -> T:
        """Return the next record."""
        if self._items is None:
            self._items = (item for page in self.pages() for item in page)
        return next(self._items)

    def pages(self) -> Iterator[list[T]]:
        """Return the pages that have not been fetched yet."""
        if self._lists is None:
            self._lists = self._limited()
        return self._lists

    def first(self) -> list[T]:
        """Return only the first page."""
        for page in self.pages():
            return page
        return []

    def _limited(self) -> Iterator[list[T]]:
        left = self._max_items
        for page in self._fetch():
            if left is not None and len(page) >= left:
                self.has_more = self.has_more or len(page) > left
                if left:
                    yield page[:left]
                return
            left = None if left is None else left - len(page)
            yield page

    def _fetch(self) -> Iterator[list[T]]:
        """Yield page after page, until one is empty, repeats the previous one, or is the last."""
        seen: set[str] = set()
        url: str | None = None
        previous: list[T] = []
        fetched = 0
        while True:
            response = self._client.respond(
                self._operation, *self._keys, query=self._query, url=url
            )
            seen.add(response.url)
            page = self._page(response)
            if not page or page == previous:
                self.has_more = False
                return
            fetched += len(page)
            previous = page
            url = self._next_url(response, len(page), fetched)
            self.has_more = url is not None and url not in seen
            yield page
            if not self.has_more:
                return

    def _page(self, response: requests.Response) -> list[T]:
        page = decoded(self._operation.phrase, response)
        if page is None:
            page = []  # For an empty list, some servers answer 204, others null.
        if not isinstance(page, list):
            raise DecodeError(f"{self._operation.phrase}: the answer is not a list")
        total = response.headers.get("X-Total-Count", "")
        self.total = int(total) if re.fullmatch("[0-9]{1,18}", total) else self.total
        return cast("list[T]", page)

    def _next_url(self, response: requests.Response, size: int, fetched: int) -> str | None:
        """Return the URL of the next page: the server's link, else one computed from the position of this page."""
        link = linked(response.headers, "next")
        try:
            url = urljoin(response.url, link or "")
            is_here = origin(url) == origin(response.url)
        except ValueError as error:
            raise DecodeError(
                f"{self._operation.phrase}: the link to the next page is not a URL: {error}"
            ) from error
        if link is not None and is_here:
            return url
        paging = self._operation.paging
        if paging is None or paging.style == "cursor":
            if link is not None:
                raise DecodeError(
                    f"{self._operation.phrase}: the next page is on another host, {link}"
                )
            return None
        if link is None and ("Link" in response.headers or fetched == self.total):
            return None
        parts = urlsplit(response.url)
        pairs = [pair for pair in parts.query.split("&") if pair]
        others = [pair for pair in pairs if unquote_plus(pair.partition("=")[0]) != paging.position]
        position = next((pair.partition("=")[2] for pair in pairs if pair not in others), "")
        begin = int(position) if position.isascii() and position.isdigit() else paging.first
        following = begin + (size if paging.style == "offset" else 1)
        # The other parameters stay encoded: decoding and re-encoding would make a,b and a%2Cb the same.
        query = "&".join([*others, f"{quote(paging.position, safe='')}={following}"])
        return urlunsplit(parts._replace(query=query))
