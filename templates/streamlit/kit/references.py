"""Members and parameters that reference records of other resources: their labels and options."""

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

MOST = 200
"""Records that a list to choose from holds."""
_SUFFIX = re.compile(r"(?<=[^_\-.\s])(?:[_\-.\s]+(?:id|key|uuid)s?|(?:Id|ID|Key|Uuid)s?)$")


def of(page: ResourcePage) -> dict[str, Reference]:
    """Return the references of a resource by the member that holds them."""
    return {each.path[0]: each for each in page.about.refers if len(each.path) == 1}


def title(shape: Shape, reference: Reference | None) -> str:
    """Return what people call a member: one that names an author is Author, not Author ID."""
    is_said = any(isinstance(shape.schema.get(name), str) for name in ("x-label", "title"))
    if reference is None or is_said:
        return shape.title
    return words.title(_SUFFIX.sub("", shape.name))


def choices(
    module: str, parents: Keys = (), member: str = "", *, is_needed: bool = False
) -> tuple[dict[str, str], bool]:
    """Return the labels of the records of a resource by the values that name them, and whether there are more.

    None are returned where they cannot be listed; then a value has to be typed. Where nothing can be shown before one
    is chosen (is_needed), who is not signed in is asked to.
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
        query[paging.size] = MOST if most is None else min(MOST, int(cast("int", most)))
    if any(each.is_required for each in listed):
        return {}, True
    try:
        rows = session.current().remember(
            (module, "choices", parents), lambda: records.rows(page, parents, query)
        )
    except APIError as error:
        if is_needed and isinstance(error, UnauthorizedError):
            raise
        return {}, True
    name = member or page.about.key
    found = {
        words.text(record[name]): page.label(record)
        for record in rows.records[:MOST]
        if isinstance(record.get(name), str | int)
    }
    return found, rows.has_more or len(rows.records) > MOST


def unique(labels: Mapping[str, str]) -> dict[str, str]:
    """Return labels of which no two are the same: the value is added to those that are."""
    seen: dict[str, int] = {}
    for label in labels.values():
        seen[label] = seen.get(label, 0) + 1
    return {
        value: label if seen[label] == 1 or label == value else f"{label} ({value})"
        for value, label in labels.items()
    }


def namer(labels: Mapping[str, str]) -> Callable[[str], str]:
    """Return what gives an option of a select box its label, which is no Markdown; one that was typed is its own."""
    return lambda value: words.line(labels.get(value, value))


def names(reference: Reference, values: list[JSON]) -> dict[str, str]:
    """Return what people call the records that values name, by the values as text."""
    found = records.labels(reference.resource, values, reference.member)
    return {
        value: f"{value} (not found)" if label is None else label for value, label in found.items()
    }
