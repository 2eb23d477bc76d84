"""Looks up types, members and keywords in schemas.json by the path of a value.

The forms have the names that they have in the documents, and are normalised to JSON Schema 2020-12. Nothing is
validated here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from .jsontext import KINDS, kind_of
from .schemas import Schemas

if TYPE_CHECKING:
    from .jsontext import JSON

ALL = frozenset(KINDS)
MAX_DEPTH = 40
"""How deep references are followed, since schemas may contain themselves."""

COMPOSITION = frozenset({"$ref", "allOf", "anyOf", "oneOf"})
"""The keywords whose subschemas apply in addition to the other keywords of a schema."""

HINTS: Mapping[str, frozenset[str]] = {
    "string": frozenset({"pattern", "minLength", "maxLength", "format"}),
    "number": frozenset(
        {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}
    ),
    "object": frozenset({"properties", "additionalProperties", "patternProperties", "required"}),
    "array": frozenset({"items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains"}),
}
"""The keywords from which the type of a schema without "type" is inferred."""


class Forms:
    """The schemas of the API, by their names in the documents."""

    def __init__(
        self, definitions: Mapping[str, JSON], titles: Mapping[str, str] | None = None
    ) -> None:
        self.definitions = definitions
        self.titles = titles or {}
        """The titles of schemas, where a title differs from the name: Dog for CreateDog."""

    def named(self, name: str) -> JSON:
        """Return a schema that refers to a form."""
        return {"$ref": f"#/$defs/{name}"}

    def check(self, schema: JSON, value: object) -> list[tuple[str, str]]:
        """Return the faults of a value: a JSON pointer and a sentence for each."""
        from .validation import validate

        return validate(schema, value, self.definitions)

    def target(self, reference: str) -> JSON:
        """Resolve a reference. An unknown one resolves to the schema that accepts everything."""
        found: JSON = {"$defs": cast("JSON", self.definitions)}
        steps = reference.removeprefix("#").split("/")[1:]
        for step in (each.replace("~1", "/").replace("~0", "~") for each in steps):
            if isinstance(found, Mapping) and step in found:
                found = found[step]
            elif isinstance(found, list) and step.isdigit() and int(step) < len(found):
                found = found[int(step)]
            else:
                return True
        return found

    def kinds(self, schema: JSON, depth: int = 0) -> frozenset[str]:
        """Return the types that a schema allows, including null."""
        if not isinstance(schema, Mapping):
            return frozenset() if schema is False else ALL
        kinds = _own_kinds(schema)
        if depth < MAX_DEPTH:
            for part in self._parts(schema):
                kinds &= self.kinds(part, depth + 1)
            for alternatives in _alternatives(schema):
                kinds &= frozenset[str]().union(
                    *(self.kinds(each, depth + 1) for each in alternatives)
                )
        return kinds if kinds != ALL else _hinted(schema)

    def member(self, schema: JSON, name: str, depth: int = 0) -> JSON:
        """Return the schema of a member of an object, or of an item of an array; None if there is none."""
        if not isinstance(schema, Mapping) or depth >= MAX_DEPTH:
            return None
        found = list(_own_members(schema, name))
        found += self._members(self._parts(schema), name, depth)
        for alternatives in _alternatives(schema):
            known = self._members(alternatives, name, depth)
            if known:
                found.append({"anyOf": known})
        if not found:
            return _unevaluated(schema, name)
        return found[0] if len(found) == 1 else {"allOf": found}

    def _members(self, schemas: Iterable[JSON], name: str, depth: int) -> list[JSON]:
        members = (self.member(schema, name, depth + 1) for schema in schemas)
        return [member for member in members if member is not None]

    def at(self, schema: JSON, path: Sequence[str]) -> JSON:
        """Return the schema at the end of a path, or None if there is none."""
        for step in path:
            schema = self.member(schema, step)
        return schema

    def names(self, schema: JSON, depth: int = 0) -> dict[str, None]:
        """Return the names of the properties that an object may have, in order."""
        names: dict[str, None] = {}
        if isinstance(schema, Mapping) and depth < MAX_DEPTH:
            names.update(dict.fromkeys(_mapping(schema.get("properties"))))
            for part in [
                *self._parts(schema),
                *(each for all_ in _alternatives(schema) for each in all_),
            ]:
                names.update(self.names(part, depth + 1))
        return names

    def required(self, schema: JSON, depth: int = 0) -> dict[str, None]:
        """Return the names of the members that an object must have in every alternative, in order."""
        names: dict[str, None] = {}
        if isinstance(schema, Mapping) and depth < MAX_DEPTH:
            listed = schema.get("required")
            if isinstance(listed, list):
                names.update(dict.fromkeys(name for name in listed if isinstance(name, str)))
            for part in self._parts(schema):
                names.update(self.required(part, depth + 1))
            for alternatives in _alternatives(schema):
                first, *others = (self.required(each, depth + 1) for each in alternatives)
                names.update(
                    dict.fromkeys(name for name in first if all(name in each for each in others))
                )
        return names

    def left(self, schema: JSON, value: Mapping[str, JSON]) -> list[str]:
        """Return the members that only alternatives have that do not apply to an object; none if that is undecided."""
        stay = self.names(self.fitting(schema, value))
        return [name for name in self.names(schema) if name not in stay]

    def fitting(self, schema: JSON, value: Mapping[str, JSON], depth: int = 0) -> JSON:
        """Return a schema merged with the alternative that applies to an object, or with all if that is undecided."""
        if not isinstance(schema, Mapping) or depth >= MAX_DEPTH:
            return schema
        parts = [self.fitting(part, value, depth + 1) for part in self._parts(schema)]
        for alternatives in _alternatives(schema):
            chosen = self._chosen(schema, alternatives, value)
            fitting = self.fitting(chosen[0], value, depth + 1) if len(chosen) == 1 else None
            parts.append({"anyOf": alternatives} if fitting is None else fitting)
        if not parts:
            return schema
        own = {name: each for name, each in schema.items() if name not in COMPOSITION}
        return {**own, "allOf": parts}

    def first(self, schema: JSON, depth: int = 0) -> JSON:
        """Return a schema merged with the first of its alternatives that is an object."""
        if not isinstance(schema, Mapping) or depth >= MAX_DEPTH:
            return schema
        parts = [self.first(part, depth + 1) for part in self._parts(schema)]
        for alternatives in _alternatives(schema):
            objects = (each for each in alternatives if "object" in self.kinds(each))
            parts.append(self.first(next(objects, True), depth + 1))
        if not parts:
            return schema
        own = {name: each for name, each in schema.items() if name not in COMPOSITION}
        return {**own, "allOf": parts}

    def _chosen(
        self, schema: JSON, alternatives: list[JSON], value: Mapping[str, JSON]
    ) -> list[JSON]:
        """Return the alternatives that may apply to an object."""
        objects = [each for each in alternatives if "object" in self.kinds(each)]
        if len(objects) == 1:
            return objects
        mapped = [each for each in objects if self._is_mapped(schema, each, value)]
        return mapped or self._tagged(objects, value)

    def _is_mapped(self, schema: JSON, option: JSON, value: Mapping[str, JSON]) -> bool:
        """Report whether the discriminator (OpenAPI 3.1, section 4.8.25) of an object selects an alternative."""
        discriminator = _mapping(self.keyword(schema, "discriminator"))
        tag = value.get(str(discriminator.get("propertyName")))
        target = _mapping(discriminator.get("mapping")).get(tag) if isinstance(tag, str) else None
        return target is not None and _mapping(option).get("$ref") == target

    def _tagged(self, options: list[JSON], value: Mapping[str, JSON]) -> list[JSON]:
        """Return the alternatives that fit an object, judging by the members whose values all of them list."""
        fitting = options
        is_decided = False
        for name, member in value.items():
            listed: list[list[JSON]] = []
            for option in options:
                listed.append(self.values(self.member(option, name)))
                if not listed[-1]:
                    break
            else:
                is_decided = True
                pairs = zip(options, listed, strict=True)
                some = [option for option, values in pairs if _is_one_of(member, values)]
                fitting = [option for option in fitting if option in some]
        return fitting if is_decided else []

    def values(self, schema: JSON, depth: int = 0) -> list[JSON]:
        """Return the values that a schema lists, except null; none if it does not list them."""
        if not isinstance(schema, Mapping) or depth >= MAX_DEPTH:
            return []
        listed: JSON = [schema["const"]] if "const" in schema else schema.get("enum")
        if isinstance(listed, list):
            return [each for each in listed if each is not None]
        for part in self._parts(schema):
            if found := self.values(part, depth + 1):
                return found
        for alternatives in _alternatives(schema):
            some = [each for each in alternatives if self.kinds(each) - {"null"}]
            all_values = [self.values(each, depth + 1) for each in some]
            if all(all_values):
                return [value for values in all_values for value in values]
        return []

    def reduced(
        self,
        value: JSON,
        one: JSON,
        other: JSON,
        dropped: list[tuple[str, ...]],
        path: tuple[str, ...] = (),
    ) -> JSON:
        """Return a value of one form without the members that the other form lacks. Their paths are added to dropped."""
        if isinstance(value, list):
            return [
                self._reduced_member(item, one, other, dropped, (*path, str(i)))
                for i, item in enumerate(value)
            ]
        if not isinstance(value, dict):
            return value
        one, other = self.fitting(one, value), self.fitting(other, value)
        extra = self.names(one).keys() - self.names(other).keys()
        dropped += [(*path, name) for name in value if name in extra]
        return {
            name: self._reduced_member(member, one, other, dropped, (*path, name))
            for name, member in value.items()
            if name not in extra
        }

    def _reduced_member(
        self,
        value: JSON,
        one: JSON,
        other: JSON,
        dropped: list[tuple[str, ...]],
        path: tuple[str, ...],
    ) -> JSON:
        one, other = self.member(one, path[-1]), self.member(other, path[-1])
        return self.reduced(value, one, other, dropped, path)

    def keyword(self, schema: JSON, name: str, depth: int = 0) -> JSON:
        """Return the value of a keyword in a schema, else in the schemas that it refers to, else None."""
        if not isinstance(schema, Mapping) or depth >= MAX_DEPTH:
            return None
        if name in schema:
            return schema[name]
        found = (self.keyword(part, name, depth + 1) for part in self._parts(schema))
        return next((each for each in found if each is not None), None)

    def _parts(self, schema: Mapping[str, JSON]) -> Iterator[JSON]:
        """Yield the schemas that apply in addition to the keywords of this one."""
        reference = schema.get("$ref")
        if isinstance(reference, str):
            yield self.target(reference)
        both = schema.get("allOf")
        if isinstance(both, list):
            yield from both


def _own_kinds(schema: Mapping[str, JSON]) -> frozenset[str]:
    kinds = ALL
    listed = schema.get("type")
    if isinstance(listed, str):
        listed = [listed]
    if isinstance(listed, list):
        kinds = frozenset(str(kind) for kind in listed)
        if "number" in kinds:
            kinds |= {"integer"}
    values = schema.get("enum")
    if isinstance(values, list):
        kinds &= frozenset(map(kind_of, values))
    if "const" in schema:
        kinds &= {kind_of(schema["const"])}
    return kinds


def _hinted(schema: Mapping[str, JSON]) -> frozenset[str]:
    for kind, keywords in HINTS.items():
        if keywords & schema.keys():
            return frozenset({kind, "integer"} if kind == "number" else {kind})
    return ALL


def _own_members(schema: Mapping[str, JSON], name: str) -> Iterator[JSON]:
    properties = _mapping(schema.get("properties"))
    matching = [
        each
        for pattern, each in _mapping(schema.get("patternProperties")).items()
        if _matches(pattern, name)
    ]
    if name in properties:
        yield properties[name]
    yield from matching
    others = schema.get("additionalProperties")
    if name not in properties and not matching and isinstance(others, Mapping):
        yield others
    if name.isascii() and name.isdigit():
        first = schema.get("prefixItems")
        items = schema.get("items")
        if isinstance(first, list) and int(name) < len(first):
            yield first[int(name)]
        elif isinstance(items, Mapping):
            yield items


def _unevaluated(schema: Mapping[str, JSON], name: str) -> JSON:
    """Return the schema of members or items that no other keyword covers."""
    others = schema.get("unevaluatedProperties")
    items = schema.get("unevaluatedItems")
    if isinstance(items, Mapping) and name.isascii() and name.isdigit():
        return items
    return others if isinstance(others, Mapping) else None


def _is_one_of(value: JSON, listed: Sequence[JSON]) -> bool:
    return any(
        isinstance(value, bool) == isinstance(each, bool) and value == each for each in listed
    )


def _matches(pattern: str, name: str) -> bool:
    try:
        return re.search(pattern, name) is not None
    except re.error:
        return False


def _alternatives(schema: Mapping[str, JSON]) -> Iterator[list[JSON]]:
    for keyword in ("anyOf", "oneOf"):
        listed = schema.get(keyword)
        if isinstance(listed, list) and listed:
            yield listed


def _mapping(value: JSON) -> Mapping[str, JSON]:
    return value if isinstance(value, Mapping) else {}


def load() -> Forms:
    """Return the forms in schemas.json of the package."""
    package = (__package__ or "").rpartition(".")[0]
    schemas = Schemas(f"{package}.resources")
    return Forms(schemas.definitions, schemas.titles)
