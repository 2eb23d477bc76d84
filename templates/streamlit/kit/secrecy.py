"""Masks secrets in values for the screen, files and commands, at any depth and in any alternative."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, cast

from .nodes import ABSENT, Value, escaped_steps
from .shapes import Shape

if TYPE_CHECKING:
    from ..._core import JSON
    from .page import Record, ResourcePage

MARK = "••••••"
"""Is displayed in place of a secret."""
_MAX_DEPTH = 4
_SAFE = ("is required", "at least", "at most")
"""The beginnings of messages that do not contain the value."""
_FORMS = ("read", "replace", "create", "update")


def visible(page: ResourcePage, record: Record) -> Record:
    """Return a record without its secrets and hidden members.

    What is a secret in any form is removed, even if the server returns it.
    """
    found: Value = record
    for form in _FORMS:
        found = _redact([page.shape(form)], found, ABSENT)
    return {name: each for name, each in cast("Record", found).items() if name not in page.hidden}


def masked(shape: Shape, value: JSON, mark: str = MARK) -> JSON:
    """Return a value with a mark in place of each secret."""
    return cast("JSON", _redact([shape], value, mark))


def has(shape: Shape) -> bool:
    """Report whether a value of a shape may contain a secret."""
    return _any(shape, lambda each: each.is_secret, 0)


def has_unseen(shape: Shape) -> bool:
    """Report whether a value of a shape may contain write-only members."""
    return _any(shape, lambda each: each.is_write_only, 0)


def _any(shape: Shape, applies: Callable[[Shape], bool], depth: int) -> bool:
    return applies(shape) or (
        depth < _MAX_DEPTH and any(_any(each, applies, depth + 1) for each in _inside(shape))
    )


def faults(page: ResourcePage, form: str, body: JSON) -> list[tuple[str, str]]:
    """Return the faults of a body, as far as a client can find them. Those of secrets do not contain the value."""
    schema = page.schemas.named(form)
    found = [*page.schemas.check(schema, body), *page.validate(body)]
    return [(pointer, _redacted(page, schema, pointer, text)) for pointer, text in found]


def _redacted(page: ResourcePage, schema: JSON, pointer: str, text: str) -> str:
    at = page.schemas.at(schema, escaped_steps(pointer))
    is_secret = pointer and at is not None and Shape(page.schemas, at).is_secret
    return text if not is_secret or text.startswith(_SAFE) else "this is not valid"


def _inside(shape: Shape) -> Iterator[Shape]:
    yield from shape.fields.values()
    yield from shape.items
    if shape.kind == "array":
        yield shape.item
    if shape.extra is not None:
        yield shape.extra
    yield from (option.shape for option in shape.options)


def _redact(shapes: Sequence[Shape], value: Value, mark: Value) -> Value:
    """Return a value with secrets replaced by a mark, or removed if the mark is ABSENT.

    shapes are all shapes that it may have: unfinished input may not be valid for any alternative yet.
    """
    known = [*shapes, *(option.shape for each in shapes for option in each.options)]
    if value is None or value is ABSENT:
        return value
    if any(each.is_secret for each in known):
        return mark
    if isinstance(value, list):
        return _list(known, value, mark)
    if not isinstance(value, dict):
        return value
    found = {name: _redact(_members(known, name), each, mark) for name, each in value.items()}
    return {name: each for name, each in found.items() if each is not ABSENT}


def _list(known: Sequence[Shape], value: list[JSON], mark: Value) -> Value:
    """Redact a list. If secrets are removed, the whole list is, since a list with gaps would be another list."""
    parts = [
        [each.items[at] if at < len(each.items) else each.item for each in known]
        for at in range(len(value))
    ]
    found = [_redact(part, each, mark) for part, each in zip(parts, value, strict=True)]
    return ABSENT if ABSENT in found else cast("list[JSON]", found)


def _members(known: Sequence[Shape], name: str) -> list[Shape]:
    found: list[Shape] = []
    for each in known:
        shape = each.fields.get(name)
        schema = None if shape else each.forms.member(cast("JSON", each.schema), name)
        if schema is not None:
            shape = Shape(each.forms, schema, name)
        if shape is not None:
            found.append(shape)
    return found
