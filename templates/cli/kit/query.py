"""JMESPath queries in which numbers keep their digits."""

from __future__ import annotations

import decimal
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

import click
from jmespath import exceptions, functions, parser, visitor

if TYPE_CHECKING:
    from ..._core import JSON

# The library identifies types by class name, and knows only int and float.
_NUMBERS = ("Decimal", "Number")
# A sum of 1e400 and 1 is exact; a quotient is rounded to the precision of IEEE 754 decimal128.
_EXACT = decimal.Context(prec=2000, Emax=decimal.MAX_EMAX, Emin=decimal.MIN_EMIN)
_QUOTIENT = decimal.Context(prec=34)

_FAILURES = (TypeError, ValueError, AttributeError, ArithmeticError, RecursionError)
"""What the library raises if an expression cannot be applied to a value. Its own errors are ValueErrors."""

_REFERENCE = "expref"
_TYPES = {
    "array": "a list",
    "array-number": "a list of numbers",
    "array-string": "a list of strings",
    "boolean": "true or false",
    "number": "a number",
    "object": "an object",
    "string": "a string",
    _REFERENCE: "an expression with & before it",
}
"""The types of JMESPath, as messages name them."""


class QueryError(click.ClickException):
    """An expression that cannot be applied to the returned values. Not a usage error, since the request was sent."""


class Query:
    """A compiled JMESPath expression."""

    def __init__(self, expression: str) -> None:
        """Compile an expression. One that does not compile is a usage error."""
        try:
            self._tree = parser.Parser().parse(expression).parsed
            _check(cast("dict[str, Any]", self._tree))
            _keep_digits(cast("dict[str, Any]", self._tree))
        except (exceptions.JMESPathError, RecursionError) as error:
            raise click.BadParameter(_message(error), param_hint="--query") from error

    def search(self, value: JSON) -> JSON:
        """Return what the expression selects; raise QueryError if it cannot be applied."""
        options = visitor.Options(custom_functions=_Functions())
        try:
            with decimal.localcontext(_EXACT):
                found = visitor.TreeInterpreter(options).visit(self._tree, value)
        except _FAILURES as error:
            raise QueryError(f"--query: {_message(error)}") from error
        return cast("JSON", found)


def _message(error: Exception) -> str:
    """Return the message for an error on one line."""
    if isinstance(error, exceptions.JMESPathTypeError):
        wanted = " or ".join(map(_type, cast("list[str]", error.expected_types)))
        return f"{error.function_name}() takes {wanted}, but got {_type(_Functions.type_of(error.current_value))}"
    if isinstance(error, exceptions.JMESPathError):
        return " ".join(str(error).split())
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    compared = re.match(r"'([<>]=?)' not supported", str(error))
    if compared is not None:
        return f"{compared[1]} is for two numbers or two strings; write a number as `1980`"
    return "a function got a value of a type that it does not accept"


def _type(name: str) -> str:
    return _TYPES.get(name, name)


def _check(node: dict[str, Any], *, may_refer: bool = False) -> None:
    """Refuse unknown functions, wrong numbers of arguments, and misplaced & before anything is sent."""
    if node["type"] == _REFERENCE and not may_refer:
        raise exceptions.JMESPathError(
            "& is for functions that take an expression: sort_by(@, &name)"
        )
    signature = _signature(node) if node["type"] == "function_expression" else []
    for at, child in enumerate(node["children"]):
        if isinstance(child, dict):
            inner = cast("dict[str, Any]", child)
            takes: list[str] = signature[at]["types"] if at < len(signature) else []
            if takes == [_REFERENCE] != [inner["type"]]:
                raise exceptions.JMESPathError(f"{node['value']}() takes {_type(_REFERENCE)}")
            _check(inner, may_refer=_REFERENCE in takes)


def _signature(call: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the signature of a called function. Raises an error if it does not exist or the number of arguments is wrong."""
    known = cast("dict[str, dict[str, Any]]", functions.Functions.FUNCTION_TABLE).get(call["value"])
    if known is None:
        raise exceptions.UnknownFunctionError(f"Unknown function: {call['value']}()")
    wanted, got = list(known["signature"]), len(call["children"])
    is_open = bool(wanted) and wanted[-1].get("variadic", False)
    if got < len(wanted) or (got > len(wanted) and not is_open):
        raise exceptions.ArityError(len(wanted), got, call["value"])
    return wanted


def _keep_digits(node: dict[str, Any]) -> None:
    """Make the literals in an expression exact numbers: `3.10` equals a price of 3.10."""
    if node["type"] == "literal":
        node["value"] = _exact(node["value"])
    for child in node["children"]:
        if isinstance(child, dict):
            _keep_digits(cast("dict[str, Any]", child))


def _exact(value: JSON) -> JSON:
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, list):
        return [_exact(item) for item in value]
    if isinstance(value, dict):
        return {name: _exact(item) for name, item in value.items()}
    return value


class _Functions(functions.Functions):
    """The functions of JMESPath, for which Decimals are numbers too."""

    def _get_allowed_pytypes(self, types: list[str]) -> tuple[list[str], list[tuple[str, ...]]]:
        base: Any = super()
        allowed, subtypes = base._get_allowed_pytypes(types)
        extra = _NUMBERS if "float" in allowed else ()
        return [*allowed, *extra], [
            (*one, *_NUMBERS) if "float" in one else one for one in subtypes
        ]

    def _convert_to_jmespath_type(self, pyobject: str) -> str:
        base: Any = super()
        return "number" if pyobject in _NUMBERS else base._convert_to_jmespath_type(pyobject)

    @classmethod
    def type_of(cls, value: object) -> str:
        """Return JMESPath's name for the type of a value."""
        return cls()._convert_to_jmespath_type(type(value).__name__)

    @functions.signature({"types": []})
    def _func_type(self, arg: JSON) -> str:
        base: Any = super()
        return "number" if isinstance(arg, Decimal) else base._func_type(arg)

    @functions.signature({"types": []})
    def _func_to_string(self, arg: JSON) -> str:
        from ..._core import dumps

        return arg if isinstance(arg, str) else dumps(arg)

    @functions.signature({"types": []})
    def _func_to_number(self, arg: JSON) -> JSON:
        from ..._core import loads

        if isinstance(arg, str):
            try:
                arg = loads(arg)
            except ValueError:
                return None
        return arg if isinstance(arg, int | Decimal) and not isinstance(arg, bool) else None

    @functions.signature({"types": ["array-number"]})
    def _func_avg(self, arg: list[Decimal]) -> Decimal | None:
        return _QUOTIENT.divide(Decimal(sum(arg)), Decimal(len(arg))) if arg else None
