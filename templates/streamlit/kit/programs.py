"""A request as a command of the package's command line, if it was generated.

The options come from the commands themselves: a value is passed to the option with its wire name, if that option parses
it to the same value. A body that options cannot express is read from stdin.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
import re
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from ..._core import differences, dumps
from ..._core.operation import NOTHING
from ..._core.style import plain
from . import session

if TYPE_CHECKING:
    from ..._core import JSON
    from .page import ResourcePage

Words: TypeAlias = "list[str]"
_END = "JSON"
"""The delimiter of a body. No line of JSON is equal to it."""


def line(  # noqa: PLR0913 - those of a call
    page: ResourcePage,
    operation: str,
    keys: Sequence[str] = (),
    *,
    query: Mapping[str, object],
    body: object = NOTHING,
    headers: Mapping[str, str] | None = None,
) -> str | None:
    """Return the command that makes a request, or None if the command line cannot make it."""
    name, groups = _groups()
    if page.module not in groups:
        return None
    word, group = groups[page.module]
    verb = operation.replace("_", "-")
    command = group.commands.get(verb)
    if command is None:
        return None
    options = _queried(command, query)
    if options is None:
        return None
    flags = {flag for param in command.params for flag in param.opts}
    for header, text in (headers or {}).items():
        if header != "If-Match" or "--if-match" not in flags:
            return None
        options += ["--if-match", text]
    client = page.client
    if client.base_url != client.default_url.rstrip("/"):
        options += ["--base-url", client.base_url]
    fields = _body(command, body) if body is not NOTHING else []
    text = "" if fields is not None else f" <<'{_END}'\n{dumps(cast('JSON', body), 2)}\n{_END}"
    words = [*options, *(fields if fields is not None else ["-f", "-"])]
    return shlex.join([name, word, verb, *_placed(keys, words)]) + text


def _placed(keys: Sequence[str], options: Words) -> Words:
    """Return keys and options in an order in which no key is mistaken for an option."""
    if any(key.startswith("-") for key in keys):
        return [*options, "--", *keys]
    return [*keys, *options]


@functools.cache
def _groups() -> tuple[str, Mapping[str, tuple[str, Any]]]:
    """Return the name of the program, and the name and the commands of each resource."""
    package = f"{session.PACKAGE}.cli"
    if importlib.util.find_spec(package) is None:
        return "", {}
    try:
        root: Any = importlib.import_module(f"{package}.main").root
        found = {
            module: (word, root.get_command(None, word))
            for word, (module, _) in root.groups.items()
        }
    except ImportError:  # what the command line needs is not installed
        return "", {}
    return root.program.name, found


def _queried(command: Any, query: Mapping[str, object]) -> Words | None:  # noqa: ANN401 - one of Click's
    """Return the options for parameters, or None if one of them cannot be expressed."""
    found: Words = []
    for name, value in query.items():
        if value is None:
            continue
        param = _option(command, name, is_body=False)
        several = isinstance(value, list | tuple)
        given = list(cast("Sequence[object]", value)) if several else [value]
        if param is None or several != param.multiple:
            return None
        for each in given:
            words = _words(param, cast("JSON", each))
            if words is None:
                return None
            found += words
    return found


def _body(command: Any, body: object) -> Words | None:  # noqa: ANN401 - one of Click's
    """Return the options for a body, or None if it cannot be expressed by options."""
    if not isinstance(body, dict) or not body:
        return None
    found: Words = []
    for name, value in cast("dict[str, JSON]", body).items():
        words = _member(command, name, value)
        if words is None:
            return None
        found += words
    return found


def _member(command: Any, name: str, value: JSON) -> Words | None:  # noqa: ANN401 - one of Click's
    if value is None and re.fullmatch(r"\w+", name):
        return ["--null", name]
    param = _option(command, name, is_body=True)
    if param is None or param.multiple or isinstance(value, list | dict):
        return None
    return _words(param, value)


def _option(command: Any, name: str, *, is_body: bool) -> Any:  # noqa: ANN401 - one of Click's
    """Return the option for a member of the body, or for a parameter; None if there is none."""
    place, _, rest = name.partition(":")
    for param in _wired(command.params):
        if is_body != getattr(param, "is_body", False):
            continue
        if list(param.wire) == [name]:
            return param
        if not is_body and list(param.wire) == [rest] and param.place == place:
            return param
    return None


def _wired(params: Iterable[Any]) -> Iterator[Any]:
    """Yield the options that stand for a value in the request."""
    return (
        param
        for param in params
        if getattr(param, "wire", None) and (hasattr(param, "is_body") or hasattr(param, "place"))
    )


def _words(param: Any, value: JSON) -> Words | None:  # noqa: ANN401 - one of Click's
    """Return an option with its value, or None if it would not parse to the same value."""
    if isinstance(value, bool) and param.is_flag:
        flags = param.opts if value else param.secondary_opts
        return flags[:1] or None
    text, read = plain(value), getattr(param.type, "read", None)
    try:
        is_same = read is not None and differences.is_same(read(text), value)
    except ValueError:
        return None
    if not is_same or "\n" in text:
        return None
    flag = param.opts[0]
    return [f"{flag}={text}"] if text.startswith("-") else [flag, text]
