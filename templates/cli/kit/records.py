"""Reads the records of a file one after another, each with its line and its text: NDJSON, CSV, YAML or JSON.

NDJSON and CSV are streamed, and an invalid record does not prevent the next from being read. JSON and YAML are parsed as a
whole: a list, a single record, or several YAML documents. If one is not valid, no record is read.
"""

from __future__ import annotations

import functools
import io
import itertools
import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import click

from . import csv_text, documents, values
from .params import parse

if TYPE_CHECKING:
    from ..._core import JSON
    from .body import Builder
    from .cells import Columns

SUFFIXES: Mapping[str, str] = {
    ".ndjson": "ndjson",
    ".jsonl": "ndjson",
    ".csv": "csv",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".json": "json",
}
"""The formats of files by suffix."""

_BLANK = " \t\r\n"
_YAML = re.compile(r"---|- |-$|%|#|[^,\"]+:( |$)")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},]', re.DOTALL)
_DEPTHS = {"[": 1, "{": 1, "]": -1, "}": -1}
_PLACED = re.compile(r"line (\d+), column (\d+): (.*)", re.DOTALL)
_NOT_DECODED = re.compile("[\udc80-\udcff]")
"""Stands for bytes that are invalid in the encoding of a file (PEP 383)."""


class UnreadableError(ValueError):
    """A record that cannot be read. The message contains its position."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record of a file."""

    line: int
    text: str
    """As written in the file."""
    read: Callable[[], JSON]
    """Returns its value, or raises UnreadableError."""
    share: float | None = None
    """The fraction of the file up to its end, if known."""


def format_of(file: str) -> str | None:
    """Return the format indicated by the name of a file."""
    return SUFFIXES.get(Path(file).suffix.lower())


class Source:
    """A file, or stdin for -, as lines of text. Invalid bytes are preserved, so that they can be written unchanged."""

    def __init__(self, file: str) -> None:
        self.is_file = file != values.STANDARD_INPUT
        self.name = file if self.is_file else "standard input"
        stream: Any = _opened(file) if self.is_file else documents.standard_input()
        self.stream = stream
        found = _stat(stream)
        self.identity = (found.st_dev, found.st_ino) if found else None
        self.size = found.st_size if found and stat.S_ISREG(found.st_mode) else None
        # A single buffer: a second one would wait for the first to fill, whatever a pipe has sent.
        is_buffered = isinstance(stream, io.BufferedReader)
        raw = cast("io.BufferedReader", stream) if is_buffered else io.BufferedReader(stream)
        begin = raw.peek(4)
        marks = (each for each in documents.MARKS if begin.startswith(each[0]))
        mark, self.encoding = next(marks, (b"", "utf-8"))
        self.bytes_read = len(raw.read(len(mark)))
        """The number of bytes read so far."""
        self.is_blank = True
        """Whether all lines so far are blank."""
        self.text = io.TextIOWrapper(raw, self.encoding, "surrogateescape", newline="\n")

    def __iter__(self) -> Iterator[str]:
        """Yield the lines, including their line ends."""
        try:
            for line in self.text:
                self.is_blank = self.is_blank and not line.strip()
                self.bytes_read += len(line.encode(self.encoding, "surrogateescape"))
                yield line
        except UnicodeDecodeError as error:  # not with UTF-8
            raise click.UsageError(f"{self.name}: this is not {self.encoding.upper()}.") from error

    def close(self) -> None:
        """Close the file; stdin stays open."""
        if self.is_file:
            self.text.close()
            return
        buffer = cast("io.BufferedReader", self.text.detach())
        if buffer is not self.stream:
            buffer.detach()

    @property
    def share(self) -> float | None:
        """The fraction of the file read so far, if its size is known."""
        return self.bytes_read / self.size if self.size else None


def _opened(file: str) -> io.FileIO:
    try:
        return io.FileIO(file)
    except OSError as error:
        raise click.UsageError(f"{file}: {error.strerror}.") from error


def _stat(stream: io.FileIO | BinaryIO) -> os.stat_result | None:
    """Return the status of a stream, or None if it has no file descriptor."""
    try:
        return os.fstat(stream.fileno())
    except OSError:
        return None


class Records:
    """The records of a file, in order. CSV requires a builder, which knows the members."""

    def __init__(
        self, file: str, wanted: str | None = None, builder: Builder | None = None
    ) -> None:
        self.source = Source(file)
        self.name = self.source.name
        self.builder = builder
        self.lines = iter(self.source)
        known = wanted or format_of(file)
        self.is_guessed = known is None or (known == "csv" and builder is None)
        self.format = self._guess_format() if known is None or self.is_guessed else known
        self.header = ""
        """The header of a CSV file."""

    def __iter__(self) -> Iterator[Record]:
        """Yield the records. A text that cannot be parsed at all is a usage error."""
        readers = {
            "ndjson": self._ndjson,
            "csv": self._csv,
            "yaml": self._yaml,
            "json": self._json,
        }
        return readers[self.format]()

    def is_of(self, file: Path) -> bool:
        """Report whether an existing file is the one being read."""
        found = file.stat()
        return self.source.identity == (found.st_dev, found.st_ino)

    def close(self) -> None:
        """Close the file."""
        self.source.close()

    def _guess_format(self) -> str:
        """Return the format, judging by the first line that is not blank."""
        begin: list[str] = []
        for line in self.lines:
            begin.append(line)
            if line.strip(_BLANK):
                break
        self.lines = itertools.chain(begin, self.lines)
        first = begin[-1].strip(_BLANK) if begin else ""
        if first.startswith("{"):
            return "ndjson" if _is_json(first) else "json"
        if first.startswith("["):
            return "json"
        return "yaml" if self.builder is None or _YAML.match(first) else "csv"

    def _ndjson(self) -> Iterator[Record]:
        for number, line in enumerate(self.lines, 1):
            if line.strip(_BLANK):
                read = functools.partial(self._parsed, line, number)
                yield Record(number, line, read, self.source.share)

    def _parsed(self, text: str, line: int) -> JSON:
        broken = _NOT_DECODED.search(text)
        if broken is not None:
            raise UnreadableError(self._not_text(text[: broken.start()], line))
        try:
            return parse(text.rstrip(_BLANK))
        except ValueError as error:
            raise UnreadableError(self._located(error, line)) from None

    def _csv(self) -> Iterator[Record]:
        from .cells import Columns

        assert self.builder is not None  # noqa: S101 - without one, no file is treated as CSV
        rows = iter(csv_text.Rows(self.lines))
        first = next(rows, None)
        if first is None:
            return
        self.header = "".join(first.lines)
        try:
            columns = Columns(first, self.builder)
        except ValueError as error:
            raise click.UsageError(f"{self.name}:{first.line}: {error}.") from None
        for row in rows:
            read = functools.partial(self._filled, columns, row)
            yield Record(row.line, "".join(row.lines), read, self.source.share)

    def _filled(self, columns: Columns, row: csv_text.Row) -> JSON:
        try:
            return columns.record(row)
        except ValueError as error:
            raise UnreadableError(f"{self.name}:{row.line}: {error}") from None

    def _json(self) -> Iterator[Record]:
        text = self._whole()
        if not text.strip(_BLANK):
            return
        try:
            value = parse(text)
        except ValueError as error:
            if self.is_guessed:  # YAML's flow style begins in the same way
                self.format = "yaml"
                yield from self._nodes(text)
                return
            raise click.UsageError(f"{self._located(error, 1)}.") from None
        items = value if isinstance(value, list) else [value]
        spans = _item_spans(value, text)
        line, before = 1, 0
        for item, (begin, end) in zip(items, spans, strict=True):
            line += text.count("\n", before, begin)
            before = begin
            read = functools.partial(_known, item)
            yield Record(line, text[begin:end], read, end / len(text))

    def _yaml(self) -> Iterator[Record]:
        return self._nodes(self._whole())

    def _nodes(self, text: str) -> Iterator[Record]:
        for node in _item_nodes(text, self.name):
            begin, end = node.start_mark, node.end_mark
            indent = " " * begin.column
            item = re.sub(rf"\n{indent}", "\n", text[begin.index : end.index]).rstrip()
            item += "\n"
            read = functools.partial(self._composed, node)
            yield Record(begin.line + 1, item, read, end.index / len(text))

    def _composed(self, node: Any) -> JSON:  # noqa: ANN401
        try:
            return documents.Composer(self.name).value(node)
        except click.UsageError as error:
            raise UnreadableError(error.message.removesuffix(".")) from None

    def _whole(self) -> str:
        text = "".join(self.lines)
        broken = _NOT_DECODED.search(text)
        if broken is not None:
            raise click.UsageError(f"{self._not_text(text[: broken.start()], 1)}.")
        return text

    def _not_text(self, before: str, line: int) -> str:
        lines, column = documents.place(before).split(":")
        at = f"{line + int(lines) - 1}:{column}"
        return f"{self.name}:{at}: this is not {self.source.encoding.upper()}"

    def _located(self, error: ValueError, line: int) -> str:
        """Return an error with its position in the file, for a text that begins on a line."""
        placed = _PLACED.fullmatch(str(error))
        if placed is None:
            return f"{self.name}:{line}: {error}"
        return f"{self.name}:{line + int(placed[1]) - 1}:{placed[2]}: {placed[3]}"


def _item_spans(value: JSON, text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end in a JSON text of the items of its list, or of its single value."""
    if not isinstance(value, list):
        yield len(text) - len(text.lstrip()), len(text)
        return
    depth = begin = 0
    for token in _TOKEN.finditer(text):
        depth += _DEPTHS.get(token[0], 0)
        if depth == 0 or (depth == 1 and token[0] in {"[", ","}):
            item = text[begin : token.start()].strip()
            if item:
                at = text.index(item, begin)
                yield at, at + len(item)
            begin = token.end()


def _item_nodes(text: str, name: str) -> Iterator[Any]:
    """Yield the nodes of the items, or of the single value, of each YAML document. Empty documents are skipped."""
    import yaml

    for root in documents.roots(text, name):
        if isinstance(root, yaml.SequenceNode):
            yield from root.value
        elif not isinstance(root, yaml.ScalarNode) or root.value or root.style is not None:
            yield root


def _is_json(text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True


def _known(value: JSON) -> JSON:
    return value
