"""The examples at the end of the help of a command, generated from its parameters and the schemas.

They contain everything that a command requires, and little more. Keys are placeholders; values are the examples in the
definition, else ones that their types accept.
"""

from __future__ import annotations

import importlib
import re
import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Context, Decimal
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from ..._core import forms as schemas
from . import skeleton
from .group import Command
from .options import Field, Filter, Key, Option, form_of
from .params import Choice, Date, DateTime, Integer, JSONValue, Number, Text, UUIDText
from .paths import written

if TYPE_CHECKING:
    from ..._core import JSON, About

MAX_LINES = 3
MAX_FIELDS = 6
"""The most fields that an example gives by flags; a body that needs more is read from a file."""

MAX_VALUE = 40
"""The length of a value in an example; longer ones are not used."""

Words = list[str]


def lines(command: Command, ctx: click.Context, about: About) -> list[str]:
    """Return the examples of a command of a resource."""
    make = VERBS.get(command.name or "", Examples.plain)
    return list(islice(make(Examples(command, ctx, about)), MAX_LINES))


class Examples:
    """Generates the examples of one command."""

    def __init__(self, command: Command, ctx: click.Context, about: About) -> None:
        self.ctx = ctx
        self.about = about
        self.verb = command.name or ""
        self.params = command.get_params(ctx)
        self.fields = [one for one in self.params if isinstance(one, Field)]
        self.filters = [one for one in self.params if isinstance(one, Filter)]
        form = form_of(self.params)
        self.form = form.name if form else about.form

    @cached_property
    def forms(self) -> schemas.Forms:
        """The schemas of the API."""
        return schemas.load()

    @cached_property
    def declared(self) -> Mapping[str, Any]:
        """The names that the module of the resource declares, such as LIST and ATTRIBUTES."""
        package = (__package__ or "").rsplit(".", 2)[0]
        return vars(importlib.import_module(f"{package}.resources.{self.about.module}"))

    def line(self, *words: str, filters: bool = True, every: bool = False) -> str:
        """Return a command line with the required keys and filters, and further words."""
        needed = [one for one in self.filters if one.is_required and filters]
        given = [word for one in needed for word in self.words(one) or ()]
        rest = shlex.join([*self.keys(every=every), *given, *words])
        return f"{self.ctx.command_path} {rest}".rstrip()

    def plain(self) -> Iterator[str]:
        """Yield the command with what it requires."""
        yield self.line(*self.needed())

    def apply(self) -> Iterator[str]:
        """Yield how to preview changes, and how to make them."""
        yield self.line(*self.needed(), "--dry-run")
        yield self.line(*self.needed())

    def export(self) -> Iterator[str]:
        """Yield how to save all records, and how to save some."""
        yield self.line(self.file("csv", self.about.plural))
        if chosen := self.chosen_filter():
            yield self.line(*chosen, self.file("json", self.about.plural))

    def import_(self) -> Iterator[str]:
        """Yield how to preview an import, and how to save the records that fail."""
        file = self.file("csv", self.about.plural)
        yield self.line(file, "--dry-run")
        yield self.line(file, "--failed", "failed.csv")

    def wait(self) -> Iterator[str]:
        """Yield how to wait for a value, and for the deletion of a record."""
        record = self.forms.named(self.about.form)
        for name in filter(_is_word, self.forms.names(record)):
            values = self.forms.keyword(self.forms.member(record, name), "enum")
            text = _text(values[0]) if isinstance(values, list) and values else ""
            if _is_word(text):
                yield self.line("--for", f"{written([name])}={text}", "--timeout", "60")
                break
        yield self.line("--for", "deleted")

    def list(self) -> Iterator[str]:
        """Yield how to filter records, and how to print them."""
        yield self.line(*self.chosen_filter(), "-o", "json")
        yield f"{self.line('--all', '-o', 'csv')} > {self.file('csv', self.about.plural)}"
        if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", self.about.label):
            yield self.line("--query", f"[].{self.about.label}")

    def get(self) -> Iterator[str]:
        """Yield how to print a record, and an attribute of it."""
        if "GET" in self.declared:
            yield self.line()
            yield self.line("-o", "yaml")
        yield from self.of_attribute("get")

    def exists(self) -> Iterator[str]:
        """Yield how to check for a record, and for an attribute of it."""
        if "EXISTS" in self.declared:
            yield self.line()
        yield from self.of_attribute("exists")

    def watch(self) -> Iterator[str]:
        """Yield how to watch all records, and one."""
        if self.declared.keys() & {"WATCH", "WATCH_ONE"}:
            yield self.line()
            yield self.line("-o", "ndjson", "--count", "10")
            if len(self.keys(every=True)) > len(self.keys()):
                yield self.line(filters=False, every=True)
        yield from self.of_attribute("watch")

    def of_attribute(self, what: str) -> Iterator[str]:
        """Yield how to do the same with an attribute."""
        name = self.attribute(what)
        if name is not None:
            yield self.line("--attr", name, every=True)

    def write(self) -> Iterator[str]:
        """Yield how to give a complete record: by flags, and in a file that is made from a template."""
        fields = self.required_fields()
        file = self.file("yaml", self.about.singular)
        if fields:
            yield self.line(*fields)
        if self.verb in {"create", "replace"}:
            parent = self.ctx.parent or self.ctx
            path = f"{self.ctx.find_root().command_path} schema {parent.info_name}"
            yield f"{path} --for {self.verb} --template > {file}"
        yield self.line("-f", file)

    def update(self) -> Iterator[str]:
        """Yield how to change a field, and how to remove one."""
        chosen = self.first(self.fields)
        if chosen:
            yield self.line(*chosen)
        nullable = (written(one.wire) for one in self.fields if self.is_nullable(self.schema(one)))
        removed = next(filter(_is_word, nullable), None)
        if removed is not None:
            yield self.line("--null", removed)
        yield self.line("-f", self.file("yaml", self.about.singular))

    def set(self) -> Iterator[str]:
        """Yield how to set an attribute."""
        name = self.attribute("set")
        if name is None:
            return
        schema = self.forms.at(self.forms.named(self.form), [name])
        text = _text(skeleton.example(self.forms, schema)) or "VALUE"
        if _is_word(text):
            yield self.line(name, text)
        if self.is_nullable(schema):
            yield self.line(name, "--null")
        yield self.line(name, "-f", self.file("json", "value"))

    def unset(self) -> Iterator[str]:
        """Yield how to remove an attribute."""
        name = self.attribute("unset")
        if name is not None:
            yield self.line(name)

    def delete(self) -> Iterator[str]:
        """Yield how to delete a record, and several."""
        yield self.line()
        yield self.line(*self.keys()[-1:], "--yes")

    def delete_all(self) -> Iterator[str]:
        """Yield how to preview the request, and how to select the records to delete."""
        yield self.line("--dry-run")
        chosen = self.chosen_filter()
        if chosen:
            yield self.line(*chosen)

    def keys(self, *, every: bool = False) -> Words:
        """Return a placeholder for each required key; with every, also for optional ones."""
        return [
            next(self.fitting(one, [one.human_readable_name, *_stand_ins(one, "KEY")]), "KEY")
            for one in self.params
            if isinstance(one, Key) and (one.required or every)
        ]

    def needed(self) -> Words:
        """Return the words for other required parameters, mostly a file of records."""
        words = Words()
        for one in self.params:
            if one.required and not isinstance(one, Key | Field | Filter):
                name = self.file("yaml", self.about.plural)
                texts = [name] if isinstance(one.type, click.Path) else _stand_ins(one, "VALUE")
                words += [one.opts[0]] if isinstance(one, click.Option) else []
                words.append(next(iter(texts)))
        return words

    def attribute(self, what: str) -> str | None:
        """Return an attribute that has an operation."""
        attributes: Mapping[str, Any] = self.declared.get("ATTRIBUTES", {})
        able = (name for name, one in attributes.items() if getattr(one, what) is not None)
        return next(filter(_is_word, able), None)

    def required_fields(self) -> Words:
        """Return flags for the required fields of a body, else for any field; none if flags cannot give the required ones."""
        chosen = [one for one in self.fields if one.is_required]
        for name in self.forms.required(self.forms.named(self.form)):
            if not any(one.wire[0] == name for one in chosen):
                found = [one for one in self.fields if one.wire[0] == name and self.words(one)]
                if not found:
                    return []
                chosen.append(found[0])
        given = [*map(self.words, chosen), *self.of_alternative()]
        if not all(given) or len(given) > MAX_FIELDS:
            return []
        return [word for words in given for word in words or ()] or self.first(self.fields)

    def of_alternative(self) -> Sequence[Words | None]:
        """Return the words for each field that only the first alternative of a body requires."""
        whole = self.forms.named(self.form)
        first, of_all = self.forms.first(whole), self.forms.required(whole)
        found: Sequence[Words | None] = ()
        for name in self.forms.required(first):
            if name not in of_all:
                text = _text(skeleton.example(self.forms, self.forms.member(first, name)))
                text = text or name.upper()
                found = [*found, ["-F", f"{written([name])}={text}"] if _is_word(text) else None]
        return found

    def chosen_filter(self) -> Words:
        """Return the words for a filter that selects records rather than a page."""
        paging = getattr(self.declared.get("LIST"), "paging", None)
        pages = {paging.position, paging.size} if paging else set[str]()
        choosing = (one for one in self.filters if one.wire[0] not in pages)
        return self.first([one for one in choosing if not one.is_required])

    def first(self, options: Sequence[Option]) -> Words:
        """Return the words for an option: the first one with an example, else the first one."""
        ordered = sorted(options, key=lambda one: self.known(one) is None)
        found = filter(None, map(self.words, ordered))
        return next(found, Words())

    def words(self, option: Option) -> Words | None:
        """Return the words that give an option a value, or None if none can be found."""
        known = self.known(option)
        if option.is_flag:
            return [option.secondary_opts[0] if known is False else option.opts[0]]
        name = option.opts[0].lstrip("-").replace("-", "_").upper()
        texts = [] if known is None else [_written(option.type, known)]
        text = next(self.fitting(option, [*texts, *_stand_ins(option, name)]), None)
        return None if text is None else [option.opts[0], text]

    def known(self, option: Option) -> JSON:
        """Return the definition's example of an option's value, or of one of its values if it can be repeated."""
        schema = self.schema(option)
        known = skeleton.known(self.forms, schema)
        if not option.multiple:
            return known
        if isinstance(known, list) and known:
            return known[0]
        return skeleton.known(self.forms, self.forms.member(schema, "0"))

    def schema(self, option: Option) -> JSON:
        """Return the schema of a field in the body, or of the member of the record that has the name of a filter."""
        name = self.form if isinstance(option, Field) else self.about.form
        return self.forms.at(self.forms.named(name), option.wire)

    def is_nullable(self, schema: JSON) -> bool:
        """Report whether a schema explicitly allows null."""
        return schema is not None and "null" in self.forms.kinds(schema) != schemas.ALL

    def fitting(self, param: click.Parameter, texts: Iterable[str]) -> Iterator[str]:
        """Yield the texts that can be shown as an argument and that the parameter accepts."""
        for text in filter(_is_word, texts):
            try:
                param.type_cast_value(self.ctx, [text] if _is_several(param) else text)
            except click.UsageError:
                continue
            yield text

    def file(self, extension: str, name: str) -> str:
        """Return the name of a file of records: book.yaml."""
        return f"{re.sub('[^a-z0-9]+', '-', name.lower()).strip('-') or 'data'}.{extension}"


VERBS: Mapping[str, Callable[[Examples], Iterator[str]]] = {
    "list": Examples.list,
    "get": Examples.get,
    "exists": Examples.exists,
    "create": Examples.write,
    "replace": Examples.write,
    "publish": Examples.write,
    "update": Examples.update,
    "delete": Examples.delete,
    "set": Examples.set,
    "unset": Examples.unset,
    "delete-all": Examples.delete_all,
    "export": Examples.export,
    "import": Examples.import_,
    "apply": Examples.apply,
    "watch": Examples.watch,
    "wait": Examples.wait,
}
"""The generators of examples by verb; other commands have the plain one."""


def _is_word(text: str) -> bool:
    """Report whether a text can be an argument in an example."""
    return 0 < len(text) <= MAX_VALUE and text.isprintable() and not text.startswith("-")


def _is_several(param: click.Parameter) -> bool:
    return param.nargs == -1 or param.multiple


def _text(value: JSON) -> str:
    from ..._core import dumps

    return value if isinstance(value, str) else dumps(value)


def _written(kind: click.ParamType[Any], value: JSON) -> str:
    """Return a value as it is written for an option of a type."""
    from ..._core import dumps

    if isinstance(kind, Choice):
        same = (word for word, known in kind.values.items() if dumps(known) == dumps(value))
        return next(same, "")
    is_text = not isinstance(kind, JSONValue) or kind.kinds <= {"string", "null"}
    return _text(value) if is_text else dumps(value)


def _stand_ins(param: click.Parameter, name: str) -> Iterator[str]:
    """Yield texts that the type of a parameter may accept."""
    kind = param.type
    if isinstance(kind, Choice):
        yield from kind.values
    elif isinstance(kind, Integer | Number):
        bounds = (kind.minimum, kind.maximum, kind.multiple_of, 1, 0)
        yield from (str(bound) for bound in bounds if bound is not None)
        yield from (
            str(Context(prec=MAX_VALUE).add(Decimal(str(bound)), Decimal(step)))
            for bound, step in ((kind.above, 1), (kind.below, -1))
            if bound is not None
        )
    elif isinstance(kind, Text):
        yield name[: kind.max_length]
        yield "x" * (kind.min_length or 1)
    elif isinstance(kind, JSONValue):
        yield from ("[]", "{}", "1", "true", name)
    else:
        yield from (_FIXED[type(kind)],) if type(kind) in _FIXED else (name,)


_FIXED: Mapping[type[Any], str] = {
    Date: "2026-12-24",
    DateTime: "2026-12-24T18:00:00Z",
    UUIDText: "0b8ea1d6-3c5f-4e57-9d1c-6a2f0f5b7c41",
}
