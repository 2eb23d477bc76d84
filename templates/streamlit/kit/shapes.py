"""The shape of a value by its schema, for forms, tables and pages of records: its kind, its bounds, its parts.

References are followed, keywords beside them and those of allOf count, and null is set apart. Schemas may contain
themselves: the parts of a shape are looked at when somebody asks for them.
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
    """What a schema says about a value."""

    def __init__(
        self, forms: Forms, schema: JSON, name: str = "", *, is_required: bool = True
    ) -> None:
        """Make the shape of a schema; name is that of the member that has it, as the wire has it."""
        self.forms = forms
        self.name = name
        self.is_required = is_required
        self.schema: Mapping[str, JSON] = merging.merged(forms, schema, 0)
        """The keywords that hold, save those of alternatives."""
        self.source = schema

    @cached_property
    def title(self) -> str:
        """What people call it."""
        for keyword in ("x-label", "title"):
            said = self.schema.get(keyword)
            if isinstance(said, str) and said.strip():
                return words.line(said)
        return words.title(self.name)

    @cached_property
    def description(self) -> str:
        """What it is, in a sentence or more; empty where nobody says it."""
        said = self.schema.get("description")
        return said.strip() if isinstance(said, str) else ""

    @cached_property
    def _kinds(self) -> frozenset[str]:
        return self.forms.kinds(cast("JSON", self.schema))

    @cached_property
    def is_nullable(self) -> bool:
        """Whether null is a value, and not because any value is."""
        return "null" in self._kinds and self.kind != "any"

    @cached_property
    def enum(self) -> list[JSON]:
        """The values that are listed, null apart; none where any of the kind will do."""
        values: JSON = [self.schema["const"]] if "const" in self.schema else self.schema.get("enum")
        if isinstance(values, list):
            return [value for value in values if value is not None]
        described = [option.shape for option in self._alternatives]
        if described and all(len(one.enum) == 1 and "const" in one.schema for one in described):
            return [one.enum[0] for one in described]
        return []

    @property
    def is_const(self) -> bool:
        """Whether one value alone is accepted."""
        return len(self.enum) == 1 and not self.is_nullable and "const" in self.schema

    def named(self, value: JSON) -> str:
        """Return what people call a listed value: the title of its alternative, else the value as text."""
        for option in self._alternatives:
            if option.shape.enum == [value] and isinstance(
                said := option.shape.schema.get("title"), str
            ):
                return words.line(said)
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
        """Return what a value of one type is, by what is said of its parts."""
        if kind == "object":
            return "object" if self.fields else "map"
        if kind == "array":
            return "tuple" if isinstance(self.schema.get("prefixItems"), list) else "array"
        return kind

    @property
    def format(self) -> str:
        """The format of a text, lower case; empty where there is none."""
        said = self.schema.get("format")
        return said.lower() if isinstance(said, str) else ""

    @property
    def is_binary(self) -> bool:
        """Whether a text stands for bytes, in base64."""
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
        """Whether the server takes it and never shows it."""
        return self.schema.get("writeOnly") is True

    @property
    def is_secret(self) -> bool:
        """Whether nobody should see it on a screen."""
        return self.is_write_only or self.format == "password"

    @property
    def is_deprecated(self) -> bool:
        """Whether the definition advises against it."""
        return self.schema.get("deprecated") is True

    def hint(self, name: str) -> JSON:
        """Return what the definition says for user interfaces: x-widget, x-order, x-group, x-hidden."""
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
        """The members that an object lists, in their order: that of x-order, then that of the definition.

        One of several alternatives lists those of all of them.
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
        """Return what the alternatives say of a member: a list of values where they list values."""
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
        """The members that every alternative has and that do not say which one it is; all of an object without any."""
        fields = [option.shape.fields for option in self._alternatives]
        return frozenset(
            name
            for name in self.fields
            if all(name in each and not each[name].is_const for each in fields)
        )

    @property
    def is_object(self) -> bool:
        """Whether every value is an object, null apart."""
        return self._kinds - {"null"} == frozenset({"object"})

    def of(self, value: JSON) -> Shape:
        """Return the shape of the alternative that a value is, of a union; else the shape itself."""
        at = self.chosen(value) if self.kind == "union" else None
        return self if at is None else self.options[at].shape

    @cached_property
    def extra(self) -> Shape | None:
        """The shape of the members of an object that it does not list; None where there are none, or nothing is said of them."""
        said = self.schema.get("additionalProperties", self.schema.get("unevaluatedProperties"))
        patterns = self.schema.get("patternProperties")
        if isinstance(patterns, dict) and len(patterns) == 1 and said is not True:
            said = next(iter(patterns.values()))
        if isinstance(said, dict) or (said is not False and not self.fields):
            return Shape(self.forms, said if isinstance(said, dict) else True, is_required=True)
        return None

    @cached_property
    def item(self) -> Shape:
        """The shape of the items of an array; of a tuple, that of those behind the first ones."""
        return Shape(self.forms, self.schema.get("items", True), is_required=True)

    @cached_property
    def items(self) -> list[Shape]:
        """The shapes of the first items of a tuple."""
        listed = self.schema.get("prefixItems")
        return [Shape(self.forms, each) for each in (listed if isinstance(listed, list) else [])]

    @cached_property
    def options(self) -> list[Option]:
        """The alternatives of a union, null apart; types that are listed are alternatives, too."""
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
        """The member that says which alternative an object is; empty where none is named."""
        said = self.schema.get("discriminator")
        name = said.get("propertyName") if isinstance(said, dict) else None
        return name if isinstance(name, str) else ""

    def chosen(self, value: JSON) -> int | None:
        """Return which alternative a value is, or None where it is none of them."""
        faults = [
            len(self.forms.check(cast("JSON", option.shape.schema), value))
            for option in self.options
        ]
        return faults.index(0) if 0 in faults else None

    def number(self, keyword: str) -> JSON:
        """Return a bound, or None."""
        from decimal import Decimal

        said = self.schema.get(keyword)
        return said if isinstance(said, int | Decimal) and not isinstance(said, bool) else None


def _order(shape: Shape) -> tuple[bool, float]:
    said = shape.number("x-order")
    return said is None, float(cast("int", said)) if said is not None else 0


def _describes(schema: JSON) -> bool:
    """Report whether an alternative has a title or says what a value is, and not only which of its members come together."""
    return not isinstance(schema, Mapping) or not schema.keys() <= _TOGETHER


_TOGETHER = frozenset(
    ["required", "not", "minProperties", "maxProperties", "dependentRequired", "description"]
)


def _listed(schema: JSON) -> list[JSON]:
    """Return the values that a schema lists and says nothing else of."""
    if isinstance(schema, Mapping) and schema.keys() == {"const"}:
        return [schema["const"]]
    values = schema["enum"] if isinstance(schema, Mapping) and schema.keys() == {"enum"} else None
    return values if isinstance(values, list) else []


def _titled(shape: Shape, at: int) -> str:
    """Return what an alternative is called: its title, the value that tells it, else what it holds."""
    said = shape.schema.get("title")
    if isinstance(said, str) and said.strip():
        return words.line(said)
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
