"""Changes of records outside their forms: planned from the current state, previewed, and sent one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..._core import (
    APIError,
    ConnectError,
    NotFoundError,
    PreconditionFailedError,
    UnauthorizedError,
    differences,
)
from . import records, secrecy, states

if TYPE_CHECKING:
    from ..._core import JSON
    from .page import Keys, Record, ResourcePage
    from .records import Loaded
    from .shapes import Shape


@dataclass
class Change:
    """A change of one record."""

    keys: Keys
    label: str
    loaded: Loaded
    before: Record
    """The writable part of the record, as it was read."""
    after: Record
    faults: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """The expected faults: a JSON pointer and a sentence for each."""
    result: str | None = None
    """Why it was refused; "" if it was saved, None if it was not sent."""

    @property
    def is_needed(self) -> bool:
        """Whether it would make a difference."""
        return not differences.is_same(self.before, self.after)

    @property
    def is_ready(self) -> bool:
        """Whether it can be sent, and has not been yet."""
        return self.is_needed and not self.faults and self.result is None


def writable(page: ResourcePage) -> dict[str, Shape]:
    """Return the members of an existing record that can be changed without losing others.

    If a record can only be replaced as a whole, its write-only members would be lost with each change.
    """
    whole = page.shape("replace")
    fields = whole.fields
    alone = {name for name, each in page.attributes.items() if each.set is not None}
    keeps = not any(map(secrecy.has_unseen, fields.values()))
    is_whole = page.may("update") or (page.may("replace") and keeps)
    return {
        name: shape
        for name, shape in fields.items()
        if name != page.about.key
        and name in whole.shared
        and name not in page.hidden
        and not shape.is_read_only
        and not shape.is_const
        and shape.kind != "never"
        and shape.hint("hidden") is not True
        and (is_whole or name in alone)
    }


def plan(
    page: ResourcePage, keys: Keys, loaded: Loaded, values: Mapping[str, JSON], gone: set[str]
) -> Change:
    """Return the change of a record that sets members to values, and removes others."""
    before = records.written(page, loaded)
    after = {name: value for name, value in before.items() if name not in gone} | dict(values)
    touched = {*values, *gone}
    found = secrecy.faults(page, page.write_form, after)
    faults = [(pointer, text) for pointer, text in found if _member(pointer) in {*touched, ""}]
    return Change(keys, page.label(loaded.record), loaded, before, after, faults)


def _member(pointer: str) -> str:
    return pointer[1:].partition("/")[0].replace("~1", "/").replace("~0", "~")


def send(page: ResourcePage, change: Change) -> None:
    """Send a change, and store its result. A record that somebody else has changed in the meantime is left as it is."""
    try:
        verb = "update" if page.may("update") else "replace"
        records.refuse_older(page, change.keys, change.loaded, verb)
        records.save(page, change.keys, change.before, change.after, change.loaded.etag)
    except PreconditionFailedError:
        change.result = "It was changed in the meantime, and is left as it is now."
    except NotFoundError:
        change.result = "It was deleted in the meantime."
    except ConnectError as error:
        change.result = f"{states.message(error)} It may or may not have been saved."
    except UnauthorizedError:
        raise
    except APIError as error:
        change.result = states.message(error)
    else:
        change.result = ""
