"""The shape of a value, derived from its schema, for forms, tables and pages of records: its kind, bounds and parts.

References and allOf are merged into a shape, and null is treated separately. Since schemas may contain themselves, the
parts of a shape are derived on demand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, cast

from . import merging, words

if TYPE_CHECKING:
    from ..._core import JSON
    from ..._core.forms import Forms


@dataclass(frozen=True)
class Option:
    """One of the alternatives of a union."""

    title: str
    shape: Shape


class Shape:
    """The shape of a value."""

    def __init__(
        self, forms: Forms, schema: JSON, name: str = "", *, is_required: bool = True
    ) -> None:
        """Create the shape for a schema; name is the wire name of its member."""
        self.forms = forms
        self.name = name
        self.is_required = is_required
        self.schema: Mapping[str, JSON] = merging.merged(forms, schema, 0)
        """The effective keywords, except those of alternatives."""
        self.source = schema

    @cached_property
    def title(self) -> str:
        """The title for people."""
        for keyword in ("x-label", "title"):
            declared = self.schema.get(keyword)
            if isinstance(declared, str) and declared.strip():
                return words.line(declared)
        return words.title(self.name)

    @cached_property
    def description(self) -> str:
        """The description; "" if there is none."""
        declared = self.schema.get("description")
        return declared.strip() if isinstance(declared, str) else ""

    @cached_property
    def _kinds(self) -> frozenset[str]:
        return self.forms.kinds(cast("JSON", self.schema))

    @cached_property
    def is_nullable(self) -> bool:
        """Whether null is allowed, but not any value."""
        return "null" in self._kinds and self.kind != "any"

    @cached_property
    def enum(self) -> list[JSON]:
        """The values of an enum, except null; empty if it is not one."""
        values: JSON = [self.schema["const"]] if "const" in self.schema else self.schema.get("enum")
        if isinstance(values, list):
            return [value for value in values if value is not None]
        described = [option.shape for option in self._alternatives]
        if described and all(len(one.enum) == 1 and "const" in one.schema for one in described):
            return [one.enum[0] for one in described]
        return []

    @property
    def is_const(self) -> bool:
        """Whether only one value is accepted."""
        return len(self.enum) == 1 and not self.is_nullable and "const" in self.schema

    def named(self, value: JSON) -> str:
        """Return the label of an enum value: the title of its alternative, else the value as text."""
        for option in self._alternatives:
            if option.shape.enum == [value] and isinstance(
                declared := option.shape.schema.get("title"), str
            ):
                return words.line(declared)
        return words.text(value)

    @cached_property
    def kind(self) -> str:
        """One of string, integer, number, boolean, enum, object, map, array, tuple, union, any and never."""
        kinds = self._kinds - {"null"}
        if self.source is False or not kinds:
            return "never"
        if self.enum:
            return "enum"
        if len(self.options) > 1:
            return "union"
        if "number" in kinds:
            kinds -= {"integer"}
        return self._of_one(next(iter(kinds))) if len(kinds) == 1 else "any"

    def _of_one(self, kind: str) -> str:
        """Return the kind of a value of one type, depending on the keywords for its parts."""
        if kind == "object":
            return "object" if self.fields else "map"
        if kind == "array":
            return "tuple" if isinstance(self.schema.get("prefixItems"), list) else "array"
        return kind

    @property
    def format(self) -> str:
        """The format of a text in lower case; "" if there is none."""
        declared = self.schema.get("format")
        return declared.lower() if isinstance(declared, str) else ""

    @property
    def is_binary(self) -> bool:
        """Whether a text contains bytes in base64."""
        encoding = self.schema.get("contentEncoding")
        return self.kind == "string" and (
            self.format in {"byte", "binary"} or encoding in {"base64", "base64url"}
        )

    @property
    def is_read_only(self) -> bool:
        """Whether only the server writes it."""
        return self.schema.get("readOnly") is True

    @property
    def is_write_only(self) -> bool:
        """Whether the server accepts it, and never returns it."""
        return self.schema.get("writeOnly") is True

    @property
    def is_secret(self) -> bool:
        """Whether it must not be shown on a screen."""
        return self.is_write_only or self.format == "password"

    @property
    def is_deprecated(self) -> bool:
        """Whether it is deprecated."""
        return self.schema.get("deprecated") is True

    def hint(self, name: str) -> JSON:
        """Return a hint for user interfaces in the definition: x-widget, x-order, x-group, x-hidden."""
        return self.schema.get(f"x-{name}")

    @property
    def example(self) -> JSON:
        """The first example, or None."""
        listed = self.schema.get("examples")
        if isinstance(listed, list) and listed:
            return listed[0]
        return self.schema.get("example")

    @cached_property
    def fields(self) -> dict[str, Shape]:
        """The members of an object, ordered by x-order, then as in the definition.

        If there are alternatives, the members of all of them.
        """
        listed = self.schema.get("properties")
        members: dict[str, JSON] = dict(listed) if isinstance(listed, dict) else {}
        if all(option.shape.is_object for option in self._alternatives):
            names = (name for option in self._alternatives for name in option.shape.fields)
            members |= {name: self._united(name) for name in names}
        required = self.forms.required(cast("JSON", self.schema))
        found = [
            Shape(self.forms, schema, name, is_required=name in required)
            for name, schema in members.items()
        ]
        return {shape.name: shape for shape in sorted(found, key=_order)}

    def _united(self, name: str) -> JSON:
        """Return the combined schema of a member in all alternatives: an enum if all of them list values."""
        schemas: list[JSON] = []
        for option in self._alternatives:
            field = option.shape.fields.get(name)
            if field is not None and field.source not in schemas:
                schemas.append(field.source)
        listed = [_listed(each) for each in schemas]
        if len(schemas) == 1:
            return schemas[0]
        if all(listed):
            return {"enum": [value for values in listed for value in values]}
        return {"anyOf": schemas}

    @cached_property
    def shared(self) -> frozenset[str]:
        """The members that every alternative has and that do not identify it; without alternatives, all members."""
        fields = [option.shape.fields for option in self._alternatives]
        return frozenset(
            name
            for name in self.fields
            if all(name in each and not each[name].is_const for each in fields)
        )

    @property
    def is_object(self) -> bool:
        """Whether every value is an object, except null."""
        return self._kinds - {"null"} == frozenset({"object"})

    def of(self, value: JSON) -> Shape:
        """Return the shape of the alternative that applies to a value, if this is a union; else the shape itself."""
        at = self.chosen(value) if self.kind == "union" else None
        return self if at is None else self.options[at].shape

    @cached_property
    def extra(self) -> Shape | None:
        """The shape of the additional members of an object; None if it has none, or they have no schema."""
        declared = self.schema.get("additionalProperties", self.schema.get("unevaluatedProperties"))
        patterns = self.schema.get("patternProperties")
        if isinstance(patterns, dict) and len(patterns) == 1 and declared is not True:
            declared = next(iter(patterns.values()))
        if isinstance(declared, dict) or (declared is not False and not self.fields):
            return Shape(
                self.forms, declared if isinstance(declared, dict) else True, is_required=True
            )
        return None

    @cached_property
    def item(self) -> Shape:
        """The shape of the items of an array; in a tuple, of the items after the first ones."""
        return Shape(self.forms, self.schema.get("items", True), is_required=True)

    @cached_property
    def items(self) -> list[Shape]:
        """The shapes of the first items of a tuple."""
        listed = self.schema.get("prefixItems")
        return [Shape(self.forms, each) for each in (listed if isinstance(listed, list) else [])]

    @cached_property
    def options(self) -> list[Option]:
        """The alternatives of a union, except null. Several types are alternatives too."""
        if self._alternatives:
            return self._alternatives
        kinds = self.schema.get("type")
        if not isinstance(kinds, list):
            return []
        return [
            Option(words.KINDS[kind], Shape(self.forms, {**self.schema, "type": kind}))
            for kind in merging.TYPES
            if kind in kinds
        ]

    @cached_property
    def _alternatives(self) -> list[Option]:
        for keyword in merging.UNIONS:
            listed = self.schema.get(keyword)
            if isinstance(listed, list):
                rest = {
                    name: each
                    for name, each in self.schema.items()
                    if name not in {keyword, "discriminator", "title"}
                }
                left = [
                    each
                    for each in listed
                    if each is not False and not merging.is_null(self.forms, each)
                ]
                if not any(map(_describes, left)):
                    continue
                shapes = [Shape(self.forms, {**rest, "allOf": [each]}) for each in left]
                return [Option(_titled(each, at), each) for at, each in enumerate(shapes)]
        return []

    @property
    def discriminator(self) -> str:
        """The member that identifies the alternative of an object; "" if there is none."""
        declared = self.schema.get("discriminator")
        name = declared.get("propertyName") if isinstance(declared, dict) else None
        return name if isinstance(name, str) else ""

    def chosen(self, value: JSON) -> int | None:
        """Return the index of the alternative that a value is valid against, or None."""
        faults = [
            len(self.forms.check(cast("JSON", option.shape.schema), value))
            for option in self.options
        ]
        return faults.index(0) if 0 in faults else None

    def number(self, keyword: str) -> JSON:
        """Return a bound, or None."""
        from decimal import Decimal

        declared = self.schema.get(keyword)
        return (
            declared
            if isinstance(declared, int | Decimal) and not isinstance(declared, bool)
            else None
        )


def _order(shape: Shape) -> tuple[bool, float]:
    declared = shape.number("x-order")
    return declared is None, float(cast("int", declared)) if declared is not None else 0


def _describes(schema: JSON) -> bool:
    """Report whether an alternative describes a value, rather than only which members must occur together."""
    return not isinstance(schema, Mapping) or not schema.keys() <= _TOGETHER


_TOGETHER = frozenset(
    ["required", "not", "minProperties", "maxProperties", "dependentRequired", "description"]
)


def _listed(schema: JSON) -> list[JSON]:
    """Return the values of a schema that only lists values; empty for any other."""
    if isinstance(schema, Mapping) and schema.keys() == {"const"}:
        return [schema["const"]]
    values = schema["enum"] if isinstance(schema, Mapping) and schema.keys() == {"enum"} else None
    return values if isinstance(values, list) else []


def _titled(shape: Shape, at: int) -> str:
    """Return the title of an alternative: its own, else the value that identifies it, else its first members."""
    declared = shape.schema.get("title")
    if isinstance(declared, str) and declared.strip():
        return words.line(declared)
    reference = shape.source
    if (
        isinstance(reference, dict)
        and isinstance(both := reference.get("allOf"), list)
        and len(both) == 1
    ):
        target = both[0].get("$ref") if isinstance(both[0], dict) else None
        if isinstance(target, str):
            called = target.rpartition("/")[2]
            return words.line(shape.forms.titles.get(called) or words.title(called))
    if shape.kind in words.KINDS:
        return words.KINDS[shape.kind]
    consts = [words.text(each.enum[0]) for each in shape.fields.values() if each.is_const]
    names = [each.title for each in shape.fields.values()][:3]
    return consts[0] if consts else f"Option {at + 1}" + (f" ({', '.join(names)})" if names else "")
