"""Everything that the declarations in generated modules use. Importing this one module, they cannot have unused imports.

Rarely used names are loaded on demand: a command line that only shows help does not load the client.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping, Sequence
from typing import (
    TYPE_CHECKING,
    Any,
    Literal,
    Never,
    NotRequired,
    Required,
    TypeAlias,
    TypedDict,
    Union,
    Unpack,
)

from .operation import Attribute, Channel, Event, Operation, Paging, Parameter
from .resource import About, Member, Reference, Resource

if TYPE_CHECKING:
    from .auth import Scheme
    from .client import Client
    from .jsontext import JSON, Numeric, Scalar
    from .pages import Pages

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


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(__package__ or ""), name)
