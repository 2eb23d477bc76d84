"""Which records files want, each with a key of its own. All that is wrong with them is told at once."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

import click

from ..._core.jsontext import kind_of
from . import table, terminal
from .documents import NothingError
from .params import shown
from .paths import told
from .records import Record, Records, UnreadableError

if TYPE_CHECKING:
    from ..._core import JSON, About

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A record as a file has it."""

    place: str
    key: JSON
    record: dict[str, JSON]

    @property
    def name(self) -> str:
        """The key as paths have it."""
        return table.text(self.key)

    def called(self, about: About) -> str:
        """Return what messages call it: book 7."""
        return f"{about.singular} {terminal.printable(self.name)}"


def read(about: About, files: Iterable[str], advice: str) -> list[Wanted]:
    """Return the records of files, in their order. The advice is for those that have no key."""
    places: dict[str, str] = {}

    def one(found: tuple[str, Record]) -> Wanted:
        wanted = _wanted(about.key, *found, advice)
        if wanted.name in places:
            raise click.UsageError(
                f"{wanted.place}: {wanted.called(about)} is already at {places[wanted.name]}."
            )
        places[wanted.name] = wanted.place
        return wanted

    return together(one, chain.from_iterable(map(_placed, files)))


def together(make: Callable[[T], R], items: Iterable[T]) -> list[R]:
    """Return the result for each item; all problems are reported at once."""
    made: list[R] = []
    wrong: list[str] = []
    for item in items:
        try:
            made.append(make(item))
        except click.UsageError as error:
            wrong.append(error.message)
    if wrong:
        raise click.UsageError("\n".join(wrong))
    return made


def _placed(file: str) -> Iterator[tuple[str, Record]]:
    """Yield the records of a file, each with its place, FILE:LINE."""
    with contextlib.closing(Records(file)) as records:
        for record in records:
            yield f"{records.name}:{record.line}", record
        if records.source.is_blank:
            raise NothingError(f"{records.name} is empty.")


def _wanted(name: str, place: str, record: Record, advice: str) -> Wanted:
    try:
        value = record.read()
    except UnreadableError as error:
        raise click.UsageError(f"{error}.") from error
    if not isinstance(value, dict):
        raise click.UsageError(f"{place}: a record must be an object.")
    key = value.get(name)
    if key is None:
        raise click.UsageError(f"{place}: {told([name])} is missing{advice}.")
    if kind_of(key) not in {"string", "integer", "number"}:
        raise click.UsageError(f"{place}: {told([name])} must be a text or a number.")
    if key in {"", ".", ".."}:
        raise click.UsageError(f"{place}: a key cannot be {shown(str(key))}.")
    return Wanted(place, key, value)
