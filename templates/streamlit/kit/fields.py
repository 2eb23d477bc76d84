"""The widget for a value in a form, chosen by its schema and its current value.

x-widget in the definition overrides it: textarea or password for texts, select or radio for enums, rows for lists that
would be chips, json for anything. x-order and x-group determine the place of a member; x-hidden hides it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from ..._core import differences
from . import secrecy, words
from .chips import Chips, are_chips
from .choices import Choice
from .freejson import JSONText
from .leaves import Leaf, ReadOnly
from .lists import List
from .maps import Map, Tuple
from .nodes import ABSENT, Node, Spot, Value
from .numbers import Counter, Digits, is_counted
from .objects import Object
from .pickers import Picker, reference_at
from .texts import Secret, Text, has_surrogates
from .times import Day, Moment, is_day, is_moment
from .unions import Union, fits_one
from .uploads import Upload

if TYPE_CHECKING:
    from ..._core import JSON
    from .shapes import Shape

_MAX_DEPTH = 3
"""The nesting depth up to which objects get fields; deeper, JSON is clearer."""
_MAX_ROWS = 100
_KINDS = frozenset({"string", "integer", "number", "boolean", "enum"})


def make(spot: Spot, shape: Shape, start: Value) -> Node:
    """Return the node for a value."""
    if shape.kind in _KINDS and (_is_hidden(shape) or (fits(shape, start) and not _is_json(shape))):
        return _scalar(spot, shape, start)
    is_free = _is_json(shape) or not fits(shape, start)
    node = JSONText(spot, shape, start) if is_free else _compound(spot, shape, start)
    if isinstance(node, JSONText) and start is not ABSENT:
        has_no_secrets = differences.is_same(secrecy.masked(shape, start), start)
        return node if has_no_secrets else ReadOnly(spot, shape, start)
    return node


def _is_json(shape: Shape) -> bool:
    return shape.hint("widget") == "json"


def root(spot: Spot, shape: Shape, start: Value, hidden: Sequence[str]) -> Node:
    """Return the node for a whole record."""
    if fits(shape, start):
        if shape.kind == "object":
            return Object(spot, shape, start, hidden=hidden)
        if shape.kind == "union":
            return Union(spot, shape, start, hidden=hidden)
    return make(spot, shape, start)


def fits(shape: Shape, value: Value) -> bool:
    """Report whether the widgets of a kind can represent a value."""
    return value is ABSENT or value is None or _FITS[shape.kind](shape, value)


def _is_number(value: JSON) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _is_object(value: JSON) -> bool:
    return isinstance(value, dict) and not any(map(has_surrogates, value))


def _is_list(value: JSON, most: int) -> bool:
    return isinstance(value, list) and len(value) <= most


_FITS: Mapping[str, Callable[[Shape, JSON], bool]] = {
    "string": lambda _, value: isinstance(value, str) and not has_surrogates(value),
    "integer": lambda _, value: _is_number(value),
    "number": lambda _, value: _is_number(value),
    "boolean": lambda _, value: isinstance(value, bool),
    "enum": lambda _, value: not has_surrogates(words.text(value)),
    "object": lambda _, value: _is_object(value),
    "map": lambda _, value: _is_object(value),
    "array": lambda _, value: _is_list(value, _MAX_ROWS),
    "tuple": lambda shape, value: _is_list(value, len(shape.items)),
    "union": fits_one,
    "any": lambda _, __: True,
    "never": lambda _, __: False,
}
"""By kind, whether its widgets can represent a value."""


def _scalar(spot: Spot, shape: Shape, start: Value) -> Node:
    reference = reference_at(spot)
    if reference is not None and not _is_hidden(shape):
        return Picker(spot, shape, start, reference)
    kind = next((kind for applies, kind in _SCALARS if applies(shape, start)), Text)
    return kind(spot, shape, start)


def _is_hidden(shape: Shape) -> bool:
    return shape.is_secret or shape.hint("widget") == "password"


_SCALARS: Sequence[tuple[Callable[[Shape, Value], bool], type[Leaf]]] = (
    (lambda shape, _: shape.is_binary, Upload),
    (lambda shape, _: _is_hidden(shape), Secret),
    (lambda shape, _: shape.kind in {"enum", "boolean"}, Choice),
    (is_counted, Counter),
    (lambda shape, _: shape.kind in {"integer", "number"}, Digits),
    (is_day, Day),
    (is_moment, Moment),
)
"""The widgets of scalars, each with a condition. The first match is used, else a text field."""


def _compound(spot: Spot, shape: Shape, start: Value) -> Node:
    limit, kind = _COMPOUNDS.get(shape.kind, (-1, JSONText))
    return (kind if spot.depth <= limit else JSONText)(spot, shape, start)


def _map(spot: Spot, shape: Shape, start: Value) -> Node:
    is_free = shape.extra is None or shape.extra.kind == "any"
    return (JSONText if is_free else Map)(spot, shape, start)


def _list(spot: Spot, shape: Shape, start: Value) -> Node:
    if shape.item.kind in {"any", "never"}:
        return JSONText(spot, shape, start)
    is_set = not spot.is_item and reference_at(spot) is None and are_chips(shape, start)
    return (Chips if is_set else List)(spot, shape, start)


_COMPOUNDS: Mapping[str, tuple[int, Callable[[Spot, Shape, Value], Node]]] = {
    "object": (_MAX_DEPTH, Object),
    "union": (_MAX_DEPTH, Union),
    "tuple": (_MAX_DEPTH, Tuple),
    "map": (_MAX_DEPTH, _map),
    "array": (_MAX_DEPTH + 1, _list),
}
"""The widgets of composite values, each with the depth down to which it is used."""
