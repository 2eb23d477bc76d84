"""The building blocks of the generated classes and modules of resources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, overload

from .errors import RequestError
from .operation import NOTHING, Attribute, Channel, Event, Operation

if TYPE_CHECKING:
    from .client import Client
    from .jsontext import JSON
    from .pages import Pages

T = TypeVar("T")


class Resource:
    """The operations of a resource. Subclass it to add your own methods."""

    attributes: ClassVar[Mapping[str, Attribute]] = {}
    """The properties that have a path of their own."""

    def __init__(self, client: Client) -> None:
        """Create the operations for a client."""
        self.client = client

    def get_attribute(self, *keys: object, name: str) -> JSON:
        """Return one property of a record."""
        return self.client.call(_required(name, "read", self._attribute(name).get), *keys)

    def set_attribute(self, *keys: object, name: str, value: object) -> JSON:
        """Change one property of a record."""
        return self.client.call(
            _required(name, "set", self._attribute(name).set), *keys, body=value
        )

    def unset_attribute(self, *keys: object, name: str) -> None:
        """Remove one property of a record."""
        self.client.call(_required(name, "removed", self._attribute(name).unset), *keys)

    def _attribute(self, name: str) -> Attribute:
        if name not in self.attributes:
            known = ", ".join(self.attributes) or "none is"
            raise RequestError(f"{name!r} is not a property with a path of its own: {known}")
        return self.attributes[name]

    def _call(
        self,
        operation: Operation[T],
        *keys: object,
        given: Mapping[str, object] | None = None,
        if_match: str | None = None,
        body: object = NOTHING,
    ) -> T:
        headers = None if if_match is None else {"If-Match": if_match}
        return self.client.call(
            operation, *keys, query=operation.by_name(given or {}), headers=headers, body=body
        )

    def _exists(
        self, operation: Operation[Any], *keys: object, given: Mapping[str, object] | None = None
    ) -> bool:
        return self.client.exists(operation, *keys, query=operation.by_name(given or {}))

    def _pages(
        self,
        operation: Operation[list[T]],
        *keys: object,
        given: Mapping[str, object] | None = None,
    ) -> Pages[T]:
        return self.client.pages(operation, *keys, query=operation.by_name(given or {}))

    def _publish(self, channel: Channel[Any], *keys: object, body: object) -> None:
        self.client.publish(channel, *keys, body=body)

    def _watch(
        self, channel: Channel[T], *keys: object, given: Mapping[str, object] | None = None
    ) -> Iterator[Event[T]]:
        return self.client.watch(channel, *keys, query=channel.by_name(given or {}))


def _required(name: str, done: str, operation: Operation[T] | None) -> Operation[T]:
    if operation is None:
        raise RequestError(f"{name!r} cannot be {done} on its own")
    return operation


R = TypeVar("R", bound=Resource)


class Member(Generic[R]):
    """A resource as an attribute of a client, created on first use."""

    def __init__(self, kind: type[R]) -> None:
        """Create an attribute for a class of resource."""
        self.kind = kind

    def __set_name__(self, owner: type[Client], name: str) -> None:
        """Store the name of the attribute."""
        self.name = name

    @overload
    def __get__(self, client: None, owner: type[Client]) -> Member[R]: ...

    @overload
    def __get__(self, client: Client, owner: type[Client]) -> R: ...

    def __get__(self, client: Client | None, owner: type[Client]) -> Member[R] | R:
        """Return the client's resource: the same object on every access."""
        if client is None:
            return self
        resource = self.kind(client)
        client.__dict__[self.name] = resource
        return resource


@dataclass(frozen=True, slots=True)
class Reference:
    """A value in a record that refers to a record of another resource."""

    path: Sequence[str]
    """The members that lead to the value."""
    resource: str
    """The module of the other resource."""
    member: str
    """The member of the other record that equals the value, usually its key."""


@dataclass(frozen=True, slots=True)
class About:
    """Metadata about a resource, for programs that show any resource."""

    module: str
    """The module of the resource."""
    singular: str
    """In a sentence: member loan."""
    plural: str
    title: str
    """A heading: Member loans."""
    key: str
    """The member of a record that identifies it."""
    form: str
    """The name of a record's schema in schemas.json."""
    label: str
    """The member that labels a record for people."""
    columns: Sequence[str] = ()
    """The members that a table shows, the label first."""
    parent: str | None = None
    """The module of the resource that this one is nested under."""
    refers: Sequence[Reference] = ()
