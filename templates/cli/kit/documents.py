"""Reads a body from a file or from stdin: JSON, or YAML with the types of JSON.

In YAML, no, 2026-01-31 and 0x10 are strings here, and numbers keep their digits. Duplicate keys are an error in both
formats. records.py reads files of several records.
"""

from __future__ import annotations

import codecs
import re
import sys
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
"""Byte order marks, as programs on Windows write them. UTF-32 comes before UTF-16, whose mark is a prefix of it."""


class NothingError(click.UsageError):
    """A file or the standard input is empty."""


def read(file: str) -> JSON:
    """Return the value in a file, or in stdin for -."""
    return interpret(*_text(file))


def _text(file: str) -> tuple[str, str]:
    """Return the text of a file, and its name for messages."""
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
    """Return stdin as a binary stream. Raises NothingError if it is closed."""
    stream = getattr(sys.stdin, "buffer", None)
    if stream is None:
        raise NothingError("standard input is closed.")
    return cast("BinaryIO", stream)


def decode(content: bytes, name: str) -> str:
    """Decode bytes as UTF-8, or as indicated by a byte order mark."""
    mark, encoding = next(((m, e) for m, e in MARKS if content.startswith(m)), (b"", "utf-8"))
    try:
        return content[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode(encoding, errors="replace")
        raise click.UsageError(
            f"{name}:{place(before)}: this is not {encoding.upper()}."
        ) from error


def place(before: str) -> str:
    """Return the position after a text as line:column."""
    lines = before.replace("\r\n", "\n").split("\n")
    return f"{len(lines)}:{len(lines[-1]) + 1}"


def interpret(text: str, name: str) -> JSON:
    """Return the value of a JSON or YAML text; name is its source in messages."""
    if name.lower().endswith(".json"):
        return _json(text, name)
    if text.lstrip()[:1] in {"{", "["}:
        try:
            return parse(text)
        except ValueError:
            # YAML's flow style begins in the same way, and the YAML parser reports positions.
            return _yaml(text, name)
    return _yaml(text, name)


def _json(text: str, name: str) -> JSON:
    try:
        return parse(text)
    except ValueError as error:
        raise click.UsageError(f"{name}: {error}.") from error


def _yaml(text: str, name: str) -> JSON:
    nodes = roots(text, name)
    if len(nodes) > 1:
        raise click.UsageError(
            f"{name} holds {len(nodes)} YAML documents, but exactly one is expected."
        )
    if not nodes:
        raise NothingError(f"{name} is empty.")
    return Composer(name).value(nodes[0])


def roots(text: str, name: str) -> list[Any]:
    """Return the root nodes of the documents in a YAML text."""
    import yaml

    try:
        return list(yaml.compose_all(text, Loader=_loader()))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        raise click.UsageError(f"{name}{at}: {error.problem or error.context}.") from error
    except yaml.reader.ReaderError as error:
        at, code = place(text[: error.position]), ord(text[error.position])
        raise click.UsageError(f"{name}:{at}: U+{code:04X} is not allowed in YAML.") from error
    except RecursionError:
        raise click.UsageError(f"{name}: the text is nested too deeply.") from None


class Composer:
    """Converts YAML nodes to JSON values."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.above: list[int] = []

    def value(self, node: Any) -> JSON:  # noqa: ANN401
        """Return the value of a node. Refuse one that contains itself."""
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
                raise self._error(key, "a name must be a string")
            if key.value == "<<" and key.style is None:
                raise self._error(key, "<< is not supported: write the members out, or quote it")
            if key.value in members:
                raise self._error(key, f"{shown(key.value)} appears twice")
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
    """Return a PyYAML loader that resolves only the types of JSON."""
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
