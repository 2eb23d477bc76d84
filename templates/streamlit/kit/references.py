"""Members and parameters that refer to records of other resources: their labels and options."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, cast

from ..._core import APIError, UnauthorizedError
from . import parameters, records, session, words
from .page import page_of

if TYPE_CHECKING:
    from ..._core import JSON
    from ..._core.resource import Reference
    from .page import Keys, ResourcePage
    from .shapes import Shape

MAX_CHOICES = 200
"""The most records that can be chosen from."""
_SUFFIX = re.compile(r"(?<=[^_\-.\s])(?:[_\-.\s]+(?:id|key|uuid)s?|(?:Id|ID|Key|Uuid)s?)$")


def of(page: ResourcePage) -> dict[str, Reference]:
    """Return the references of a resource by member."""
    return {each.path[0]: each for each in page.about.refers if len(each.path) == 1}


def title(shape: Shape, reference: Reference | None) -> str:
    """Return the title of a member; a reference is called Author, not Author ID."""
    has_title = any(isinstance(shape.schema.get(name), str) for name in ("x-label", "title"))
    if reference is None or has_title:
        return shape.title
    return words.title(_SUFFIX.sub("", shape.name))


def choices(
    module: str, parents: Keys = (), member: str = "", *, must_choose: bool = False
) -> tuple[dict[str, str], bool]:
    """Return the labels of the records of a resource by the values that refer to them, and whether there are more.

    If they cannot be listed, none are returned, and a value has to be typed. must_choose raises UnauthorizedError, so
    that the visitor is asked to sign in, since nothing can be shown before a record is chosen.
    """
    page = page_of(module)
    if not page.may("list") or len(page.parent_names) != len(parents):
        return {}, True
    listed = parameters.of(page, "list")
    paging = page.operation("list").paging
    known = parameters.size(page.operation("list"), listed)
    query: dict[str, object] = {}
    most = known.shape.number("maximum") if known else None
    if paging and paging.size and known:
        query[paging.size] = (
            MAX_CHOICES if most is None else min(MAX_CHOICES, int(cast("int", most)))
        )
    if any(each.is_required for each in listed):
        return {}, True
    try:
        rows = session.current().remember(
            (module, "choices", parents), lambda: records.rows(page, parents, query)
        )
    except APIError as error:
        if must_choose and isinstance(error, UnauthorizedError):
            raise
        return {}, True
    name = member or page.about.key
    found = {
        words.text(record[name]): page.label(record)
        for record in rows.records[:MAX_CHOICES]
        if isinstance(record.get(name), str | int)
    }
    return found, rows.has_more or len(rows.records) > MAX_CHOICES


def unique(labels: Mapping[str, str]) -> dict[str, str]:
    """Return unique labels: the value is added to duplicates."""
    seen: dict[str, int] = {}
    for label in labels.values():
        seen[label] = seen.get(label, 0) + 1
    return {
        value: label if seen[label] == 1 or label == value else f"{label} ({value})"
        for value, label in labels.items()
    }


def namer(labels: Mapping[str, str]) -> Callable[[str], str]:
    """Return a function from the options of a selectbox to their labels, which are not Markdown; else the option itself."""
    return lambda value: words.line(labels.get(value, value))


def names(reference: Reference, values: list[JSON]) -> dict[str, str]:
    """Return the labels of the records that values refer to, by the values as text."""
    found = records.labels(reference.resource, values, reference.member)
    return {
        value: f"{value} (not found)" if label is None else label for value, label in found.items()
    }
