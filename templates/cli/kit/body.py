"""Builds the body of a request from the command line: a file, overridden by flags, then by -F and --null.

Values are sent as they are given: absent, null, empty and default are distinct, and numbers keep their digits.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import click

from ..._core import forms
from ..._core.jsontext import kind_of
from . import documents, terminal, values
from .options import Field, Form, Key, given
from .params import KINDS, describe, shown, typed
from .paths import display

if TYPE_CHECKING:
    from ..._core import JSON

Path = tuple[str, ...]


@dataclass(slots=True)
class Change:
    """A value from the command line, and its place in the body."""

    path: Path
    value: JSON
    source: str
    """The option that gave it, for messages."""
    lists: frozenset[Path] = frozenset()
    """The prefixes of the path that are lists, if they have to be created."""


@dataclass(slots=True)
class Body:
    """A body, and the members that were left out of it."""

    value: JSON
    dropped: list[tuple[str, ...]] = field(default_factory=list[tuple[str, ...]])
    """The paths of the left-out members, which only the server writes."""


class Builder:
    """Builds the body of one command from its options.

    action is create, replace or update; only the body of an update may be partial.
    """

    def __init__(
        self,
        form: Form,
        action: str,
        params: Sequence[click.Parameter],
        values: Mapping[str, object],
    ) -> None:
        self.form = form
        self.action = action
        self.params = params
        self.values = values
        self.current: JSON = None
        """The current record, if a patch has to include members that were not given."""
        self._forms: forms.Forms | None = None

    @functools.cached_property
    def _unsent(self) -> frozenset[str]:
        """The members of a record that are not sent, since only the server writes them."""
        read, write = self._schemas()
        return frozenset(self.forms.names(read)) - frozenset(self.forms.names(write))

    @property
    def forms(self) -> forms.Forms:
        """The schemas, loaded on first use."""
        if self._forms is None:
            self._forms = forms.load()
        return self._forms

    def build(self, base: JSON = None, *, has_base: bool = False, is_draft: bool = False) -> Body:
        """Return the body. For --edit, a base replaces the file, and a draft need not be complete."""
        changes = self.changes()
        body = Body(base)
        file = self.values.get("file")
        if not has_base and isinstance(file, str):
            body = self.accept(documents.read(file))
            has_base = True
        if not has_base:
            self._require_input(changes)
            body = Body({})
        if changes:
            body.value = self._object(body.value)
        if self.current is not None:
            for path in self.parts_of_lists(changes):
                put(body.value, Change(path, _at(self.current, path), display(path)))
        elif self.action == "update":
            _refuse_items(body.value, changes)
        _put_all(body.value, changes)
        if is_draft:
            return body
        if self.action == "update":
            self._leave_alternatives(body.value, self._schemas())
        else:
            self.check(body.value)
        return body

    def parts_of_lists(self, changes: Sequence[Change]) -> list[Path]:
        """Return the lists of which only some items are changed: a merge patch can only contain a list as a whole."""
        paths = {change.path for change in changes}
        tops = dict.fromkeys(min(each.lists, key=len) for each in changes if each.lists)
        return [
            top for top in tops if not any(top[:end] in paths for end in range(1, len(top) + 1))
        ]

    def accept(self, value: JSON) -> Body:
        """Return a value from a file or editor, without what only the server writes. Refuse a key that is not the command's."""
        body = Body(value)
        self._check_kind(value)
        self._check_key(value)
        body.value = self.forms.reduced(value, *self._schemas(), body.dropped)
        return body

    def several(self, value: JSON, key: str) -> Body:
        """Return a body that is a list of changes, each with the key of its record."""
        body = Body(value)
        read, write = self._schemas()
        member: JSON = {"properties": {key: True}}
        both: JSON = {"allOf": [write, member]}
        if isinstance(value, list):
            body.value = [
                self.forms.reduced(each, read, both, body.dropped, (str(at),))
                for at, each in enumerate(value)
            ]
            for each in body.value:
                self._leave_alternatives(each, (read, both))
        return body

    def part(self, path: Path, value: JSON) -> Body:
        """Return a body that is the value at a path of the record."""
        body = Body(value)
        read, write = (self.forms.at(schema, path) for schema in self._schemas())
        body.value = self.forms.reduced(value, read, write, body.dropped)
        return body

    def changes(self) -> list[Change]:
        """Return the values of the options in their order, but with each object or list before its members."""
        changes = [
            Change(option.wire, _listed(option, value), option.opts[0])
            for option, value in given(self.params, self.values)
            if isinstance(option, Field)
        ]
        for path, text, is_json in _tuples(self.values.get("assignments")):
            source = f"-F {display(path)}"
            self.check_known(path, source)
            value = self.assigned(path, text, is_json=is_json)
            changes.append(Change(path, value, source, self.lists(path)))
        for path in self._nulls():
            source = f"--null {display(path)}"
            self.check_known(path, source)
            changes.append(Change(path, None, source, self.lists(path)))
        _refuse_duplicates(changes)
        return _outer_first(changes)

    def check_known(self, path: Path, source: str) -> None:
        """Refuse an unknown name that resembles a known one. Only note any other unknown name."""
        schemas: Sequence[JSON] = self._schemas()
        for end, step in enumerate(path, 1):
            names = [name for schema in schemas for name in self.forms.names(schema)]
            schemas = [self.forms.member(schema, step) for schema in schemas]
            if all(schema is None for schema in schemas):
                near = values.nearest(step, names)
                if near:
                    raise click.UsageError(f"{source}: there is no {display(path[:end])}{near}.")
                if names:
                    terminal.say(f"note: the definition does not mention {display(path[:end])}")
                return

    def assigned(self, path: Path, text: str, *, is_json: bool) -> JSON:
        """Return the value of an assignment, parsed as the type of the schema at the path."""
        kinds = forms.ALL - {"string"} if is_json else self.kinds(path)
        try:
            return typed(text, frozenset(forms.ALL) if is_json and text[:1] == '"' else kinds)
        except ValueError as error:
            raise click.UsageError(f"{display(path)}: {error}.") from None

    def kinds(self, path: Path) -> frozenset[str]:
        """Return the types that the value at a path may have: in the form that is sent, else in that of the record.

        A member that only the record lists has its type there, even if a pattern in the form matches its name.
        """
        read, write = self._schemas()
        is_server_only = bool(path) and path[0] in self._unsent
        for form in (read,) if is_server_only else (write, read):
            schema = self.forms.at(form, path)
            if schema is not None:
                return self.forms.kinds(schema) or frozenset(forms.ALL)
        return frozenset(forms.ALL)

    def lists(self, path: Path) -> frozenset[Path]:
        """Return the prefixes of a path after which a number is an index rather than a name."""
        numbered = [
            path[:at] for at, step in enumerate(path) if at and step.isascii() and step.isdigit()
        ]
        return frozenset(part for part in numbered if self.kinds(part) <= {"array", "null"})

    def _nulls(self) -> list[Path]:
        """Return the paths of --null, which takes the name of a flag or a path."""
        flags = {
            option.opts[0].removeprefix("--"): option.wire
            for option in self.params
            if isinstance(option, Field)
        }
        paths: list[Path] = []
        for path in cast("Sequence[Path]", self.values.get("nulls") or ()):
            schema = self.forms.at(self.forms.named(self.form.name), path)
            flag = flags.get(".".join(path))
            paths.append(flag if schema is None and flag is not None else path)
        return paths

    def _require_input(self, changes: Sequence[Change]) -> None:
        if changes or self.action == "create":
            return
        others = "--null or --edit" if "edit" in self.values else "or --null"
        raise click.UsageError(
            f"there is nothing to send: give the flag of a field, -f FILE, -F PATH=VALUE, {others}."
        )

    def _object(self, value: JSON) -> JSON:
        if isinstance(value, dict):
            return value
        raise click.UsageError("the file does not hold an object, so options cannot override it.")

    def _check_kind(self, value: JSON) -> None:
        kinds = self.kinds(())
        kind = kind_of(value)
        if kind not in kinds:
            raise click.UsageError(f"this is {KINDS[kind]}, not {describe(kinds)}.")

    def _check_key(self, value: JSON) -> None:
        keys = [param for param in self.params if isinstance(param, Key)]
        if not keys or not isinstance(value, dict) or self.action == "create":
            return
        known = value.get(keys[-1].wire)
        line = self.values.get(keys[-1].name or "")
        if known is not None and line is not None and str(known) != str(line):
            raise click.UsageError(
                f"{keys[-1].wire} is {shown(str(known))} in the file, and {shown(str(line))} on the command line."
            )

    def check(self, value: JSON) -> None:
        """Refuse a complete record without all required members, naming the flags for the missing ones."""
        if not isinstance(value, dict) or self.action == "update":
            return
        schema = self.forms.named(self.form.name)
        missing = [name for name in self.forms.required(schema) if name not in value]
        if missing:
            raise click.UsageError(f"missing: {', '.join(map(self._flag, missing))}.")

    def _flag(self, name: str) -> str:
        flags = [
            option for option in self.params if isinstance(option, Field) and option.wire[0] == name
        ]
        exact = [option.opts[0] for option in flags if len(option.wire) == 1]
        needed = [option.opts[0] for option in flags if option.is_required]
        return next(iter(exact or needed), f"-F {display([name])}=")

    def _schemas(self) -> tuple[JSON, JSON]:
        """Return the schemas of the record and of the request."""
        return self.forms.named(self.form.of), self.forms.named(self.form.name)

    def _leave_alternatives(self, value: JSON, schemas: tuple[JSON, JSON]) -> None:
        """Set to null the members of alternatives that no longer apply: the server keeps what a patch does not name."""
        if not isinstance(value, dict):
            return
        read, write = schemas
        known = self.forms.names(write)
        for name in self.forms.left(read, value):
            if name in known:
                value.setdefault(name, None)
        read, write = (self.forms.fitting(schema, value) for schema in schemas)
        for name, member in value.items():
            inside = self.forms.member(read, name), self.forms.member(write, name)
            self._leave_alternatives(member, inside)


def _listed(option: Field, value: Any) -> JSON:  # noqa: ANN401
    return list(value) if option.multiple else value


def _tuples(values: object) -> Sequence[tuple[Path, str, bool]]:
    return cast("Sequence[tuple[Path, str, bool]]", values or ())


def _refuse_duplicates(changes: Sequence[Change]) -> None:
    seen: dict[Path, str] = {}
    for change in changes:
        if change.path in seen:
            raise click.UsageError(
                f"{display(change.path)} is given twice: by {seen[change.path]} and {change.source}."
            )
        seen[change.path] = change.source


def _outer_first(changes: Sequence[Change]) -> list[Change]:
    by_path = {change.path: change for change in changes}
    ordered: dict[Path, Change] = {}
    for change in changes:
        for end in range(1, len(change.path) + 1):
            part = change.path[:end]
            if part in by_path:
                ordered.setdefault(part, by_path[part])
    return list(ordered.values())


def _refuse_items(value: JSON, changes: Sequence[Change]) -> None:
    """Refuse an item of a list that is not in the body: a merge patch would replace the record's list with this item."""
    given = {change.path for change in changes}
    for change in changes:
        for part in sorted(change.lists, key=len):
            if part not in given and not isinstance(_at(value, part), list):
                raise click.UsageError(
                    f"{change.source}: a patch replaces the list as a whole: "
                    f"give all of it, as -F '{display(part)}:=[...]', or change it with --edit."
                )


def _put_all(value: JSON, changes: Sequence[Change]) -> None:
    """Apply changes. An item of a list is deferred until the one before it is there."""
    while changes:
        early: list[Change] = []
        for change in changes:
            try:
                put(value, change)
            except click.UsageError:
                early.append(change)
        if len(early) == len(changes):
            put(value, early[0])
        changes = early


def put(value: JSON, change: Change) -> None:
    """Apply a change inside a value; missing parents are created."""
    here = value
    for at, step in enumerate(change.path[:-1]):
        created: JSON = [] if change.path[: at + 1] in change.lists else {}
        here = _enter(here, step, created, change)
    last = change.path[-1]
    if isinstance(here, dict):
        here[last] = change.value
    elif isinstance(here, list):
        _set_item(here, last, change)


def _enter(here: JSON, step: str, created: JSON, change: Change) -> JSON:
    """Return the member or item of a step, created unless it is an object or a list."""
    if isinstance(here, dict):
        if not isinstance(here.get(step), dict | list):
            here[step] = created
        return here[step]
    if isinstance(here, list):
        index = _index(here, step, change)
        if index == len(here) or not isinstance(here[index], dict | list):
            here[index : index + 1] = [created]
        return here[index]
    return created


def _set_item(here: list[JSON], step: str, change: Change) -> None:
    index = _index(here, step, change)
    here[index : index + 1] = [change.value]


def _index(here: list[JSON], step: str, change: Change) -> int:
    if step.isascii() and step.isdigit() and int(step) <= len(here):
        return int(step)
    raise click.UsageError(
        f"{change.source}: {shown(step)} is not one of the items 0 to {len(here)}."
    )


def _at(value: JSON, path: Path) -> JSON:
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    return value
