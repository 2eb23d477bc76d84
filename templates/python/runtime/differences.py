"""What differs between two values, or between two lists of records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .jsontext import dumps
from .operation import Event

if TYPE_CHECKING:
    from .jsontext import JSON


@dataclass(frozen=True, slots=True)
class Found(Event[Any]):
    """A change found by comparing lists rather than reported by an event."""

    is_listed: bool = True


def patch(before: JSON, after: JSON) -> JSON:
    """Return the merge patch (RFC 7396) that turns one value into the other; {} if they are equal."""
    if not isinstance(before, dict) or not isinstance(after, dict):
        return after
    changes: dict[str, JSON] = {name: None for name in before if name not in after}
    for name, value in after.items():
        if name not in before:
            changes[name] = value
        elif not is_same(before[name], value):
            changes[name] = patch(before[name], value)
    return changes


def merged(value: JSON, patch: JSON) -> JSON:
    """Return the result of applying a merge patch (RFC 7396, section 2)."""
    if not isinstance(patch, dict):
        return patch
    found = dict(value) if isinstance(value, dict) else {}
    for name, change in patch.items():
        if change is None:
            found.pop(name, None)
        else:
            found[name] = merged(found.get(name), change)
    return found


def is_same(one: JSON, other: JSON) -> bool:
    """Report whether two values are the same JSON, disregarding the order of members."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(is_same(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(is_same, one, other))
    return type(one) is type(other) and dumps(one) == dumps(other)


def members(
    before: JSON, after: JSON, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], str | None, str | None]]:
    """Yield the paths of the differences, each with both values as JSON, None if absent."""
    if not isinstance(before, dict) or not isinstance(after, dict):
        yield path, dumps(before), dumps(after)
        return
    for name in {**before, **after}:
        here = (*path, name)
        if name not in after:
            yield here, dumps(before[name]), None
        elif name not in before:
            yield here, None, dumps(after[name])
        elif not is_same(before[name], after[name]):
            yield from members(before[name], after[name], here)


def keyed(records: Iterable[JSON], key: str) -> dict[str, JSON]:
    """Return records by their keys; those without a key are left out."""
    return {
        str(record[key]): record
        for record in records
        if isinstance(record, Mapping) and key in record
    }


def between(before: Mapping[str, JSON], after: Mapping[str, JSON]) -> Iterator[Event[Any]]:
    """Yield an event for each record that was added, changed or removed. In a partial list, it may just have moved."""
    for name, record in after.items():
        if name not in before:
            yield Found("created", record, name)
        elif not is_same(before[name], record):
            yield Found("updated", record, name)
    for name, record in before.items():
        if name not in after:
            yield Found("deleted", record, name)
