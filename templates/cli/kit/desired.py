"""Reads the desired records from files. Each must have a unique key. All problems are reported at once."""

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
from .paths import display
from .records import Record, Records, UnreadableError

if TYPE_CHECKING:
    from ..._core import JSON, About

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class DesiredRecord:
    """A record in a file."""

    place: str
    key: JSON
    record: dict[str, JSON]

    @property
    def name(self) -> str:
        """The key as text, as in the path of the record."""
        return table.text(self.key)

    def called(self, about: About) -> str:
        """Return the name of the record in messages: book 7."""
        return f"{about.singular} {terminal.printable(self.name)}"


def read(about: About, files: Iterable[str], advice: str) -> list[DesiredRecord]:
    """Return the records of files, in order. advice is added to the error for a record without a key."""
    places: dict[str, str] = {}

    def read_one(found: tuple[str, Record]) -> DesiredRecord:
        desired = _desired(about.key, *found, advice)
        if desired.name in places:
            raise click.UsageError(
                f"{desired.place}: {desired.called(about)} is already at {places[desired.name]}."
            )
        places[desired.name] = desired.place
        return desired

    return collect(read_one, chain.from_iterable(map(_placed, files)))


def collect(make: Callable[[T], R], items: Iterable[T]) -> list[R]:
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


def _desired(name: str, place: str, record: Record, advice: str) -> DesiredRecord:
    try:
        value = record.read()
    except UnreadableError as error:
        raise click.UsageError(f"{error}.") from error
    if not isinstance(value, dict):
        raise click.UsageError(f"{place}: a record must be an object.")
    key = value.get(name)
    if key is None:
        raise click.UsageError(f"{place}: {display([name])} is missing{advice}.")
    if kind_of(key) not in {"string", "integer", "number"}:
        raise click.UsageError(f"{place}: {display([name])} must be a string or a number.")
    if key in {"", ".", ".."}:
        raise click.UsageError(f"{place}: a key cannot be {shown(str(key))}.")
    return DesiredRecord(place, key, value)
