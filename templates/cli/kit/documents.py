"""How a body is read from a file or the standard input: JSON, or YAML with the types of JSON.

In YAML no, 2026-01-31 and 0x10 are texts here, as they would be in JSON, and numbers keep their digits. Two equal keys
are an error in both. Where several values may come, a file holds one, a list, several YAML documents or JSON a line.
"""

from __future__ import annotations

import codecs
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import click

from .params import INTEGER, NUMBER, parse, shown
from .values import STANDARD_INPUT

if TYPE_CHECKING:
    from ..._core import JSON

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks, as Windows writes them, the longer first."""

LINES = (".ndjson", ".jsonl")
"""How the names of files end that hold a JSON text on each line."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},]', re.DOTALL)
_DEPTHS = {"[": 1, "{": 1, "]": -1, "}": -1}


class NothingError(click.UsageError):
    """A file or the standard input is empty."""


def read(file: str) -> JSON:
    """Return the one value of a file, or of the standard input for -."""
    return interpret(*_text(file))


def records(file: str) -> Iterator[tuple[str, JSON]]:
    """Yield the values of a file, or of the standard input for -, each with its place, FILE:LINE."""
    text, name = _text(file)
    for line, value in _values(text, name):
        yield f"{name}:{line}", value


def _text(file: str) -> tuple[str, str]:
    """Return what a file holds, and what messages call it."""
    name = "standard input" if file == STANDARD_INPUT else file
    text = decode(_bytes(file), name)
    if not text.strip():
        raise NothingError(f"{name} is empty.")
    return text, name


def _bytes(file: str) -> bytes:
    if file != STANDARD_INPUT:
        try:
            return Path(file).read_bytes()
        except OSError as error:
            raise click.UsageError(f"{file}: {error.strerror}.") from error
    return standard_input().read()


def standard_input() -> BinaryIO:
    """Return the standard input, if there is one."""
    stream = getattr(sys.stdin, "buffer", None)
    if stream is None:
        raise NothingError("standard input is closed.")
    return cast("BinaryIO", stream)


def decode(content: bytes, name: str) -> str:
    """Return the text of bytes: UTF-8, or what a byte order mark says."""
    mark, encoding = next(((m, e) for m, e in MARKS if content.startswith(m)), (b"", "utf-8"))
    try:
        return content[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode(encoding, errors="replace")
        raise click.UsageError(
            f"{name}:{place(before)}: this is not {encoding.upper()}."
        ) from error


def place(before: str) -> str:
    """Return line:column of what follows a text."""
    lines = before.replace("\r\n", "\n").split("\n")
    return f"{len(lines)}:{len(lines[-1]) + 1}"


def interpret(text: str, name: str) -> JSON:
    """Return the value of a JSON or YAML text; name says in messages where it stands."""
    if _is_called_json(name):
        return _json(text, name)
    if _begins_as_json(text):
        try:
            return parse(text)
        except ValueError:
            # YAML's flow style begins in the same way, and its reader gives the place of what is wrong.
            return _yaml(text, name)
    return _yaml(text, name)


def _is_called_json(name: str) -> bool:
    return name.lower().endswith(".json")


def _begins_as_json(text: str) -> bool:
    return text.lstrip()[:1] in {"{", "["}


def _values(text: str, name: str) -> Iterator[tuple[int, JSON]]:
    """Return the values of a text, each with the line on which it begins."""
    if name.lower().endswith(LINES):
        return _lines(text, name)
    if _is_called_json(name) or _begins_as_json(text):
        try:
            return _items(_json(text, name), text)
        except click.UsageError:
            if _is_called_json(name):
                raise
            if _are_lines(text):
                return _lines(text, name)
    return _documents(text, name)


def _lines(text: str, name: str) -> Iterator[tuple[int, JSON]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                value = parse(line)
            except ValueError as error:
                cause = str(error).removeprefix("line 1, ")
                raise click.UsageError(f"{name}:{number}: {cause}.") from error
            yield number, value


def _are_lines(text: str) -> bool:
    """Report whether a text, which is no JSON as a whole, may be JSON line by line."""
    first = [line for line in text.split("\n") if line.strip()][:2]
    return len(first) > 1 and all(line.lstrip().startswith("{") for line in first)


def _items(value: JSON, text: str) -> Iterator[tuple[int, JSON]]:
    """Yield the items of a list, or the one value that a JSON text holds."""
    line, behind = 1, 0
    items = value if isinstance(value, list) else [value]
    for item, (begin, _) in zip(items, item_spans(value, text), strict=True):
        line += text.count("\n", behind, begin)
        behind = begin
        yield line, item


def item_spans(value: JSON, text: str) -> Iterator[tuple[int, int]]:
    """Yield where the items of a list, or the one value that a JSON text holds, begin and end in the text."""
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


def _json(text: str, name: str) -> JSON:
    try:
        return parse(text)
    except ValueError as error:
        raise click.UsageError(f"{name}: {error}.") from error


def _yaml(text: str, name: str) -> JSON:
    roots = _roots(text, name)
    if len(roots) > 1:
        raise click.UsageError(f"{name} holds {len(roots)} YAML documents, and one is needed.")
    if not roots:
        raise NothingError(f"{name} is empty.")
    return Composer(name).value(roots[0])


def _documents(text: str, name: str) -> Iterator[tuple[int, JSON]]:
    """Yield the items or the one value of each YAML document."""
    composer = Composer(name)
    for node in item_nodes(text, name):
        yield node.start_mark.line + 1, composer.value(node)


def item_nodes(text: str, name: str) -> Iterator[Any]:
    """Yield the nodes of the items or of the one value of each YAML document; empty ones are passed over."""
    import yaml

    for root in _roots(text, name):
        if isinstance(root, yaml.SequenceNode):
            yield from root.value
        elif not isinstance(root, yaml.ScalarNode) or root.value or root.style is not None:
            yield root


def _roots(text: str, name: str) -> list[Any]:
    """Return the nodes of a YAML text, one of each document."""
    import yaml

    try:
        return list(yaml.compose_all(text, Loader=_loader()))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        raise click.UsageError(f"{name}{at}: {error.problem or error.context}.") from error
    except yaml.reader.ReaderError as error:
        at, code = place(text[: error.position]), ord(text[error.position])
        raise click.UsageError(f"{name}:{at}: U+{code:04X} has no place in YAML.") from error
    except RecursionError:
        raise click.UsageError(f"{name}: the text is nested too deeply.") from None


class Composer:
    """Makes a JSON value of the nodes of a YAML text."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.above: list[int] = []

    def value(self, node: Any) -> JSON:  # noqa: ANN401
        """Return the value of a node, which does not contain itself."""
        import yaml

        if id(node) in self.above:
            raise self._error(node, "this value contains itself")
        self.above.append(id(node))
        try:
            if isinstance(node, yaml.ScalarNode):
                return self._scalar(node)
            if isinstance(node, yaml.SequenceNode):
                return [self.value(each) for each in node.value]
            return self._mapping(node)
        finally:
            self.above.pop()

    def _mapping(self, node: Any) -> JSON:  # noqa: ANN401
        import yaml

        members: dict[str, JSON] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise self._error(key, "a name has to be a text")
            if key.value == "<<" and key.style is None:
                raise self._error(key, "<< is no name in JSON: write the members out, or quote it")
            if key.value in members:
                raise self._error(key, f"{shown(key.value)} is there twice")
            members[key.value] = self.value(value)
        return members

    def _scalar(self, node: Any) -> JSON:  # noqa: ANN401
        text: str = node.value
        tag: str = node.tag.removeprefix("tag:yaml.org,2002:")
        if tag == "null":
            return None
        if tag == "bool" and text in {"true", "false"}:
            return text == "true"
        if (tag == "int" and INTEGER.fullmatch(text)) or (
            tag == "float" and NUMBER.fullmatch(text)
        ):
            return parse(text)
        if tag != "str":
            raise self._error(node, f"the tag {node.tag} has no meaning in JSON")
        return text

    def _error(self, node: Any, message: str) -> click.UsageError:  # noqa: ANN401
        mark = node.start_mark
        return click.UsageError(f"{self.name}:{mark.line + 1}:{mark.column + 1}: {message}.")


def _loader() -> Any:  # noqa: ANN401
    """Return PyYAML's loader with the types of JSON alone."""
    import yaml

    class Loader(yaml.SafeLoader):
        yaml_implicit_resolvers: dict[Any, Any] = {}  # noqa: RUF012

    add = cast("Any", Loader).add_implicit_resolver
    for tag, pattern, first in (
        ("null", "null|", ["n", ""]),
        ("bool", "true|false", ["t", "f"]),
        ("int", INTEGER.pattern, list("-0123456789")),
        ("float", NUMBER.pattern, list("-0123456789")),
    ):
        add(f"tag:yaml.org,2002:{tag}", re.compile(rf"(?:{pattern})\Z"), first)
    return Loader
