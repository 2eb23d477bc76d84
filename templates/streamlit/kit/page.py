"""The page of a resource: its metadata and permitted actions. Subclass it in ui/custom.py to change it."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from types import ModuleType
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeAlias, cast

import streamlit as st

from ..._core import About, Attribute, Channel, Operation
from ..._core import forms as schemas
from ..._core.style import plain
from . import address, session, words
from .shapes import Shape

if TYPE_CHECKING:
    from ..._core import JSON, Client

Names: TypeAlias = Sequence[str]
Record: TypeAlias = "dict[str, JSON]"
Keys: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Forms:
    """The names in schemas.json of the data that is returned and sent."""

    read: str
    create: str
    replace: str
    update: str


@dataclass(frozen=True, slots=True)
class Operations:
    """The operations of a resource; None if the API does not have one."""

    list: Operation[Any] | None = None
    create: Operation[Any] | None = None
    get: Operation[Any] | None = None
    exists: Operation[Any] | None = None
    replace: Operation[Any] | None = None
    update: Operation[Any] | None = None
    delete: Operation[Any] | None = None
    update_all: Operation[Any] | None = None
    exists_all: Operation[Any] | None = None
    replace_all: Operation[Any] | None = None
    delete_all: Operation[Any] | None = None

    @classmethod
    def of(cls, module: ModuleType) -> Self:
        """Return the operations that the module of a resource has."""
        names = (field.name for field in fields(cls))
        return cls(**{name: getattr(module, name.upper(), None) for name in names})


@dataclass(frozen=True, slots=True)
class Channels:
    """The channels for changes of a resource."""

    list: Channel[Any] | None = None
    record: Channel[Any] | None = None

    @classmethod
    def of(cls, module: ModuleType) -> Self:
        """Return the channels that the module of a resource has."""
        return cls(getattr(module, "WATCH", None), getattr(module, "WATCH_ONE", None))


@dataclass(frozen=True, slots=True)
class Related:
    """Records of another resource that belong to one: nested under it, or selected by a parameter."""

    module: str
    member: str = ""
    """Their member that refers to the record; "" if they are nested."""
    parameter: str = ""
    """The parameter of their list that selects them."""


class ResourcePage:
    """The list, the records and the forms of one resource."""

    about: ClassVar[About]
    forms: ClassVar[Forms]
    description: ClassVar[str] = ""
    icon: ClassVar[str] = ""
    """An emoji, or the name of a Material symbol: :material/book:."""
    operations: ClassVar[Operations] = Operations()
    channels: ClassVar[Channels] = Channels()
    attributes: ClassVar[Mapping[str, Attribute]] = {}
    related: ClassVar[Sequence[Related]] = ()
    columns: ClassVar[Names] = ()
    """The members that the list shows; if empty, those of the definition."""
    hidden: ClassVar[Names] = ()
    """Members that are never shown."""

    # For subclasses to override

    def may(self, operation: str) -> bool:
        """Report whether an operation is offered: list, create, get, replace, update, delete ..."""
        return getattr(self.operations, operation, None) is not None

    @property
    def may_show(self) -> bool:
        """Whether a record can be read, as a whole or a member at a time."""
        return self.may("get") or any(each.get for each in self.attributes.values())

    @property
    def may_edit(self) -> bool:
        """Whether a record can be changed, as a whole or a member at a time."""
        return self.may_show and (
            self.may("update")
            or self.may("replace")
            or any(each.set for each in self.attributes.values())
        )

    def label(self, record: Mapping[str, JSON]) -> str:
        """Return the label of a record."""
        value = record.get(self.about.label)
        if value is None or value in ("", [], {}):
            value = record.get(self.about.key)
        return words.line(words.text(value)) if value is not None else f"({self.about.singular})"

    def validate(self, body: JSON) -> list[tuple[str, str]]:
        """Return the problems of the data to send: a JSON pointer and a sentence each."""
        return []

    def actions(self, record: Record) -> None:
        """Draw further actions for a record, next to its buttons."""

    # Derived

    @property
    def title(self) -> str:
        """The heading of the list."""
        return self.about.title

    @property
    def module(self) -> str:
        """The module of the resource in the package."""
        return self.about.module

    @property
    def client(self) -> Client:
        """The client of this visitor."""
        return session.current().client

    @cached_property
    def schemas(self) -> schemas.Forms:
        """The schemas of the API."""
        return _schemas()

    def shape(self, form: str) -> Shape:
        """Return the shape of a form: read, create, replace or update."""
        name = getattr(self.forms, form)
        name = name if name in self.schemas.definitions else self.write_form
        return _shape(name, tuple(tuple(each.path) for each in self.about.refers))

    def operation(self, name: str) -> Operation[Any]:
        """Return an operation that the API has."""
        return cast("Operation[Any]", getattr(self.operations, name))

    def key(self, record: Mapping[str, JSON]) -> str | None:
        """Return the key of a record as it is in the address; None if it has no key that an address can contain."""
        value = record.get(self.about.key)
        key = plain(value) if isinstance(value, str | int | float) else ""
        return key if key not in {"", ".", ".."} and words.is_encodable(key) else None

    @property
    def write_form(self) -> str:
        """The name of the schema for the writable part of an existing record."""
        known = self.schemas.definitions
        names = (self.forms.replace, self.forms.create, self.forms.read)
        return next((each for each in names if each in known), names[0])

    @property
    def parent_names(self) -> Sequence[str]:
        """The names of the keys that a nested list needs."""
        operations = self.operations
        if operations.list is not None or operations.create is not None:
            return (operations.list or operations.create).keys  # type: ignore[union-attr]
        one = next(
            (
                each
                for each in (
                    operations.get,
                    operations.update,
                    operations.replace,
                    operations.delete,
                )
                if each
            ),
            None,
        )
        return one.keys[:-1] if one is not None else ()

    def parents(self) -> Keys | None:
        """Return the keys of the records that the list in the address is nested under; None if they are not chosen yet."""
        return address.parents(self.parent_names)

    def of(self, parents: Keys) -> dict[str, str]:
        """Return keys by name, as in the address."""
        return dict(zip(self.parent_names, parents, strict=False))

    def back(self, parents: Keys) -> dict[str, str]:
        """Return the address of the list with its last filters, unless these belong to a list under other parents."""
        wanted = address.query(parents=self.of(parents))
        last = session.current().lists.get(self.module, {})
        return last if wanted.items() <= last.items() else wanted

    def run(self) -> None:
        """Draw the view in the address."""
        from . import views

        views.draw(self)


@st.cache_resource(show_spinner=False)
def _schemas() -> schemas.Forms:
    return schemas.load()


@st.cache_resource(show_spinner=False)
def _shape(form: str, refers: Sequence[Sequence[str]]) -> Shape:
    """Return the shape of a form. A reference gets the title of what it refers to: Author, not Author ID."""
    known = _schemas()
    found = Shape(known, known.named(form) if form in known.definitions else True)
    for path in refers:
        part: Shape | None = found
        for step in path:
            part = part.fields.get(step) if part is not None else None
        if part is not None:
            part.title = words.without_id(part.title)
    return found


def page_of(module: str) -> ResourcePage:
    """Return the page of a resource: that of custom.py, else the generated one."""
    custom = importlib.import_module(f"{session.PACKAGE}.ui.custom")
    kind = getattr(custom, "PAGES", {}).get(module)
    if kind is None:
        kind = importlib.import_module(f"{session.PACKAGE}.ui.resources.{module}").Page
    return cast("ResourcePage", kind())
