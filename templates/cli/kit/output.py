"""Prints the results of a command in the requested format.

Values go to stdout, everything else to stderr. A response without a body is not printed at all.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Collection, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

import click

from . import table, terminal

if TYPE_CHECKING:
    from ..._core import JSON, Event
    from .settings import Settings


@dataclass(frozen=True, slots=True)
class View:
    """What is known about the records in advance."""

    plural: str = "records"
    """The noun, for the hint that there are none."""
    key: str | None = None
    """The member that identifies a record."""
    columns: tuple[str, ...] = ()
    """The columns of a table; if empty, all members."""
    fields: tuple[str, ...] = ()
    """The columns of CSV; if empty, the members of all records, which are then collected first."""
    label: str | None = None
    """The member that labels a record for people."""

    @property
    def is_whole(self) -> bool:
        """Whether a table always shows all columns, on several lines per row if the terminal is narrow."""
        return bool(self.fields) and self.fields == self.columns


class Output:
    """Prints values to one stream."""

    def __init__(self, settings: Settings, stream: TextIO | None = None) -> None:
        self.settings = settings
        self.stream = stream or sys.stdout
        self.members = settings.columns if settings.sources.get("columns") == "flag" else ()
        """The members of records in JSON and YAML, all if empty: columns in a profile are meant for tables."""
        self.has_header = False
        self.is_terminal = terminal.is_terminal(self.stream)
        wanted = settings.output
        self.format = wanted if wanted != "auto" else "table" if self.is_terminal else "json"

    def value(self, value: JSON, view: View = View(), *, is_done: bool = False) -> None:
        """Print a record, or any other value. is_done: it was changed, so print all of it if the query cannot be applied."""
        if self.settings.query is not None:
            value, view = self._selected(value, view, is_done=is_done)
        self._print(value, view)

    def _print(self, value: JSON, view: View) -> None:
        if isinstance(value, list):
            self._print_list(value, view)
        else:
            self._print_one(value, view)

    def items(self, items: Iterable[JSON], view: View = View(), *, is_done: bool = False) -> None:
        """Print a list, item by item if the format allows it. A query is applied to the whole list."""
        if self.settings.query is not None:
            self.value(list(items), view, is_done=is_done)
        elif self.format in {"ndjson", "name"}:
            for item in items:
                self._print_one(item, view)
        elif self.format == "csv" and (self.settings.columns or view.fields):
            self._stream_csv(items, view)
        else:
            self._print_list(list(items), view)

    @property
    def can_redraw(self) -> bool:
        """Whether the output can be redrawn later: a table on a terminal."""
        is_table = self.format == "table" and self.settings.query is None
        return is_table and self.is_terminal and terminal.can_move()

    def picture(
        self, records: Sequence[JSON], view: View, width: int, marked: Collection[str]
    ) -> list[str]:
        """Return the lines of a table of at most this width. Records with the marked keys are bold if colour is on."""
        columns = self.settings.columns or view.columns or table.members(records)
        if not all(isinstance(record, Mapping) for record in records):
            texts = (terminal.printable(table.text(record)) for record in records)
            return [table.cut(text, width) for text in texts]
        if not records or not columns:
            return []
        bold = [index for index, record in enumerate(records) if _name(record, view) in marked]
        return table.picture(
            [terminal.printable(name) for name in columns],
            table.rows(records, columns),
            [table.are_numbers(records, path) for path in columns],
            color=terminal.wants_color(self.stream, self.settings.color),
            width=width,
            bold=bold,
        )

    def state(self, values: list[JSON], view: View = View()) -> None:
        """Print a state of a list as a separate document; JSON on one line."""
        value: JSON = values
        if self.settings.query is not None:
            value, view = self._selected(value, view)
        if self.format in {"json", "ndjson"}:
            self._print_json(self._picked(value))
            return
        if self.format == "yaml":
            self._write("---\n")
        if isinstance(value, list):
            self._print_list(value, view)
        else:
            self._print_one(value, view)
        if self.format == "table":
            self._write("\n")

    def event(self, event: Event[JSON], view: View = View(), before: JSON = None) -> None:
        """Print an event as a separate document. before is the previous state of the record, if it is known."""
        record = _event(event)
        if self.settings.query is not None:
            self.value(record, view)
        elif self.format in {"json", "ndjson"}:
            self._print_json({**record, "data": self._picked(event.data)})
        elif self.format == "yaml":
            self._write("---\n")
            self._print_yaml({**record, "data": self._picked(event.data)})
        elif self.format == "name":
            self._line(event.key or "")
        elif self.format == "csv":
            self._event_csv(record, view)
        else:
            from . import event_text

            self._line(event_text.line(event, view, before, self.settings.columns))

    def _selected(self, value: JSON, view: View, *, is_done: bool = False) -> tuple[JSON, View]:
        from .query import Query, QueryError

        try:
            found = Query(self.settings.query or "@").search(value)
        except QueryError as error:
            if not is_done:
                raise
            self._print(value, view)
            done = "What was asked for is done, and all of the answer is printed."
            raise QueryError(f"{error.message}. {done}") from error
        return found, View(view.plural, view.key)

    def _print_one(self, value: JSON, view: View) -> None:
        if self.format == "json":
            self._print_json(self._picked(value), indent=2)
        elif self.format == "ndjson":
            self._print_json(self._picked(value))
        elif self.format == "yaml":
            self._print_yaml(self._picked(value))
        elif value is None:
            return
        elif not isinstance(value, dict):
            self._line(table.text(value))
        elif self.format == "name":
            self._line(_name(value, view))
        elif self.format == "csv":
            self._stream_csv([value], view)
        else:
            self._print_members(value)

    def _print_list(self, values: list[JSON], view: View) -> None:
        if self.format == "json":
            self._print_json(self._picked(values), indent=2)
        elif self.format == "yaml":
            self._print_yaml(self._picked(values))
        elif self.format == "ndjson":
            for value in values:
                self._print_json(self._picked(value))
        elif self.format == "name":
            for value in values:
                self._line(_name(value, view))
        elif values and not all(isinstance(value, Mapping) for value in values):
            for value in values:
                self._line(table.text(value))
        elif self.format == "csv":
            self._stream_csv(values, view)
        else:
            self._print_table(values, view)
        if not values and self.stream is sys.stdout:
            terminal.hint(f"No {view.plural}.")

    def _stream_csv(self, items: Iterable[JSON], view: View) -> None:
        from . import csv_text

        columns = self.settings.columns or view.fields
        if not columns:
            items = list(items)
            columns = table.members(items) or view.columns
        if columns:
            self._line(csv_text.header(columns))
        tops = {column.partition(".")[0] for column in columns}
        left: dict[str, None] = {}
        for item in items:
            self._line(csv_text.line(item, columns))
            left.update(dict.fromkeys(set(table.members([item])) - tops))
        if left and not self.settings.columns:
            names = ",".join(sorted(left))
            terminal.say(f"note: not in the columns: {names}; name them with --columns")

    def _print_table(self, values: Sequence[JSON], view: View) -> None:
        columns = self.settings.columns or view.columns or table.members(values)
        if not values or not columns:
            return
        rows = table.rows(values, columns)
        shown = list(range(len(columns)))
        if self.is_terminal and view.is_whole and not self.settings.columns:
            filled = [at for at in shown if any(row[at] for row in rows)]
            shown = filled or shown
        elif self.is_terminal and not self.settings.columns:
            kept = {0, *(at for at, path in enumerate(columns) if path == view.key)}
            shown = table.columns_that_fit(columns, rows, kept, terminal.size(self.stream).columns)
        numbers = [table.are_numbers(values, columns[at]) for at in shown]
        rows = [[row[at] for at in shown] for row in rows]
        self._table([columns[at] for at in shown], rows, numbers)
        left = ", ".join(path for at, path in enumerate(columns) if at not in shown)
        if left and not view.is_whole:
            terminal.hint(f"There is no room for {left}: --columns or -o json shows them.")

    def _print_members(self, value: dict[str, JSON]) -> None:
        names = [
            name for name in self.settings.columns or tuple(value) if table.select(value, name)[0]
        ]
        rows = [[name, table.cell(value, name)] for name in names]
        if rows:
            self._table(["FIELD", "VALUE"], rows, [False, False])

    def _table(self, header: list[str], rows: table.Rows, numbers: Sequence[bool]) -> None:
        color = terminal.wants_color(self.stream, self.settings.color)
        header = [terminal.printable(name) for name in header]
        if self.is_terminal:
            table.draw(self.stream, header, rows, numbers, color=color)
            return
        first, *rest = table.lines(header, rows, numbers)
        self._write((click.style(first, bold=True) if color else first) + "\n")
        self._write("".join(f"{line}\n" for line in rest))

    def _picked(self, value: JSON) -> JSON:
        return table.pick(value, self.members) if self.members else value

    def _print_json(self, value: JSON, indent: int | None = None) -> None:
        from ..._core import dumps

        with _writing():
            text = dumps(value, indent)
        self._write(text + "\n", terminal.printable_json)

    def _print_yaml(self, value: JSON) -> None:
        from . import yaml_text

        with _writing():
            text = yaml_text.dump(value)
        self._write(text)

    def _event_csv(self, record: JSON, view: View) -> None:
        from . import csv_text

        fields = self.settings.columns or view.fields or view.columns
        columns = ["event", "key", "time", *(f"data.{path}" for path in fields)]
        if not self.has_header:
            self._line(csv_text.header(columns))
            self.has_header = True
        self._line(csv_text.line(record, columns))

    def _line(self, text: str) -> None:
        self._write(text + "\n", terminal.printable_lines)

    def _write(self, text: str, escape: Callable[[str], str] = terminal.printable_lines) -> None:
        """Write and flush, so that the next program in a pipe does not wait for a buffer to fill."""
        self.stream.write(escape(text) if self.is_terminal else text)
        self.stream.flush()


@contextlib.contextmanager
def _writing() -> Generator[None]:
    """Report why a value cannot be written: it is nested too deeply, or the result of a query is not a JSON number."""
    try:
        yield
    except ValueError as error:
        raise click.ClickException(f"cannot write the output: {error}") from error


def _name(value: JSON, view: View) -> str:
    """Return the key of a record, or a value that is not a record itself."""
    if isinstance(value, Mapping) and view.key is not None and view.key in value:
        value = value[view.key]
    return table.text(value)


def _event(event: Event[JSON]) -> dict[str, JSON]:
    members: dict[str, JSON] = {
        "event": event.kind,
        "key": event.key,
        "id": event.id,
        "time": event.time,
    }
    known = {name: member for name, member in members.items() if member is not None}
    if getattr(event, "is_listed", False):
        known["is_listed"] = True
    return {**known, "data": event.data}
