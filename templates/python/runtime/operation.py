"""The operations and channels of an API as values, shared by methods, commands and pages."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, TypeAlias, TypeVar

from .errors import RequestError

if TYPE_CHECKING:
    from .jsontext import JSON

T = TypeVar("T")


class _Nothing:
    """Distinguishes no body from a null body."""


NOTHING: Final = _Nothing()

Security: TypeAlias = Sequence[Mapping[str, Sequence[str]]]
"""Alternative requirements, each with the schemes to use together and their scopes. If empty, no credentials are needed."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter other than the keys of the path, and how it is serialized (OpenAPI 3.1, section 4.8.12.2)."""

    name: str
    place: Literal["query", "header", "cookie"] = "query"
    style: str = "form"
    explode: bool = True
    required: bool = False
    argument: str = ""
    """The name of the method argument, if it differs."""


@dataclass(frozen=True, slots=True)
class Paging:
    """How a list is divided into pages."""

    style: Literal["offset", "page", "cursor"]
    position: str
    """The parameter for the start of a page."""
    size: str | None = None
    """The parameter for the number of records on a page."""
    first: int = 0
    """The position of the first page."""


class Addressed:
    """Something that has a path, with keys in it, and other parameters."""

    __slots__ = ()

    title: str
    path: str
    keys: Sequence[str]
    parameters: Sequence[Parameter]

    @property
    def phrase(self) -> str:
        """The title as it appears inside a sentence: create a book."""
        return _lowered(self.title)

    def url(self, keys: Sequence[object]) -> str:
        """Return the path with its keys filled in."""
        return filled(self.path, self.keys, keys, self.phrase)

    def by_name(self, arguments: Mapping[str, object]) -> dict[str, object]:
        """Return the arguments of a method, keyed by the names of the parameters."""
        return by_name(self.parameters, arguments)


@dataclass(frozen=True, slots=True)
class Operation(Addressed, Generic[T]):
    """An operation of the API, which returns T."""

    name: str
    """createBook"""
    title: str
    """For people: Create a book."""
    method: str
    path: str
    """Percent-encoded, with the names of keys in braces."""
    keys: Sequence[str] = ()
    parameters: Sequence[Parameter] = ()
    content_type: str | None = None
    """The media type of the body; None if there is no body."""
    security: Security = ()
    paging: Paging | None = None
    is_conditional: bool = False
    """Whether it supports If-Match, so that it succeeds only if the record is unchanged."""


@dataclass(frozen=True, slots=True)
class Channel(Addressed, Generic[T]):
    """A channel on which events of T arrive, or messages with T are sent."""

    name: str
    """subscribeBooks"""
    title: str
    path: str
    """Percent-encoded, with the names of keys in braces."""
    keys: Sequence[str] = ()
    servers: Sequence[str] = ()
    """URLs that begin with ws: or wss:, without a trailing slash."""
    parameters: Sequence[Parameter] = ()
    security: Security = ()
    envelope: bool = False
    """Messages are CloudEvents 1.0 in structured mode."""
    publishes: Operation[Any] | None = None
    """The operation that a sent message performs; None if messages cannot be sent."""
    type: str | None = None
    """The type of the CloudEvent that is sent."""
    kinds: Mapping[str, str] = field(default_factory=dict[str, str])
    """Maps the types of the CloudEvents that arrive to created, updated, deleted or refused."""


@dataclass(frozen=True, slots=True)
class Event(Generic[T]):
    """A change, or the current state."""

    kind: str
    """state: data is the current state; else created, updated or deleted."""
    data: T
    key: str | None = None
    id: str | None = None
    """The number of the change."""
    time: str | None = None


@dataclass(frozen=True, slots=True)
class Attribute:
    """One property of a record that has a path of its own."""

    get: Operation[JSON] | None = None
    set: Operation[JSON] | None = None
    unset: Operation[None] | None = None
    exists: Operation[None] | None = None
    channel: Channel[JSON] | None = None
    """The channel for events about it, for messages that set it, or for both."""

    @property
    def watch(self) -> Channel[JSON] | None:
        """The channel to listen to, if the property can be read."""
        return self.channel if self.get is not None else None

    @property
    def publish(self) -> Channel[JSON] | None:
        """The channel to send messages to, if the property can be set."""
        if self.channel is None or self.set is None:
            return None
        return dataclasses.replace(self.channel, publishes=self.set)


def named(parameters: Sequence[Parameter]) -> dict[str, Parameter]:
    """Return parameters by the names that callers use: a repeated name is prefixed with its location (header:limit)."""
    found: dict[str, Parameter] = {}
    for parameter in parameters:
        found[
            parameter.name if parameter.name not in found else f"{parameter.place}:{parameter.name}"
        ] = parameter
    return found


def by_name(parameters: Sequence[Parameter], arguments: Mapping[str, object]) -> dict[str, object]:
    """Return the arguments of a method, keyed by the names of the parameters."""
    names = {parameter.argument or name: name for name, parameter in named(parameters).items()}
    return {names.get(argument, argument): value for argument, value in arguments.items()}


def filled(path: str, names: Sequence[str], keys: Sequence[object], phrase: str) -> str:
    """Return a path with its keys filled in. Refuse keys that would change the path."""
    from urllib.parse import quote

    from .style import plain

    if len(keys) != len(names):
        raise TypeError(
            f"{phrase}: {len(names)} keys are needed ({', '.join(names)}), {len(keys)} were given"
        )
    for name, key in zip(names, keys, strict=True):
        text = plain(key)
        if text in {"", ".", ".."}:
            raise RequestError(f"{phrase}: {name} cannot be {text!r}, which would change the path")
        try:
            path = path.replace("{" + name + "}", quote(text, safe=""), 1)
        except UnicodeEncodeError:
            raise RequestError(f"{phrase}: {name} is not Unicode: {text!r}") from None
    return path


def _lowered(title: str) -> str:
    return title[:1].lower() + title[1:]
