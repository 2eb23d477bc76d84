"""All that generated modules declare with, so that none of their imports can be unused."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, Never, NotRequired, Required, TypeAlias, TypedDict, Union, Unpack

from .auth import Scheme
from .client import Client
from .jsontext import JSON, Numeric, Scalar
from .operation import Attribute, Channel, Event, Operation, Paging, Parameter
from .pages import Pages
from .resource import About, Member, Reference, Resource

__all__ = [
    "JSON",
    "About",
    "Any",
    "Attribute",
    "Channel",
    "Client",
    "Event",
    "Iterator",
    "Literal",
    "Mapping",
    "Member",
    "Never",
    "NotRequired",
    "Numeric",
    "Operation",
    "Pages",
    "Paging",
    "Parameter",
    "Reference",
    "Required",
    "Resource",
    "Scalar",
    "Scheme",
    "Sequence",
    "TypeAlias",
    "TypedDict",
    "Union",
    "Unpack",
]
