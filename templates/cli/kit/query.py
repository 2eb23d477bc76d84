"""JMESPath over responses whose numbers keep their digits."""

from __future__ import annotations

import decimal
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

import click
from jmespath import exceptions, functions, parser, visitor

if TYPE_CHECKING:
    from ..._core import JSON

# The library goes by the names of classes, and knows int and float.
_NUMBERS = ("Decimal", "Number")
# A sum of 1e400 and 1 is exact; a third of it is cut like IEEE 754 decimal128.
_EXACT = decimal.Context(prec=2000, Emax=decimal.MAX_EMAX, Emin=decimal.MIN_EMIN)
_QUOTIENT = decimal.Context(prec=34)


class Query:
    """A JMESPath expression, compiled."""

    def __init__(self, expression: str) -> None:
        """Compile the expression; one that does not compile is a usage error."""
        try:
            self._tree = parser.Parser().parse(expression).parsed
            _check_calls(cast("dict[str, Any]", self._tree))
        except exceptions.JMESPathError as error:
            raise click.BadParameter(_one_line(error), param_hint="--query") from error
        _keep_digits(cast("dict[str, Any]", self._tree))

    def search(self, value: JSON) -> JSON:
        """Return what the expression selects."""
        options = visitor.Options(custom_functions=_Functions())
        try:
            with decimal.localcontext(_EXACT):
                found = visitor.TreeInterpreter(options).visit(self._tree, value)
        except exceptions.JMESPathError as error:
            raise click.BadParameter(_one_line(error), param_hint="--query") from error
        return cast("JSON", found)


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def _check_calls(node: dict[str, Any]) -> None:
    """Refuse functions that do not exist or take another number of arguments, before anything is sent."""
    if node["type"] == "function_expression":
        table = cast("dict[str, dict[str, Any]]", functions.Functions.FUNCTION_TABLE)
        known = table.get(node["value"])
        if known is None:
            raise exceptions.UnknownFunctionError(f"Unknown function: {node['value']}()")
        wanted, got = known["signature"], len(node["children"])
        is_open = bool(wanted) and wanted[-1].get("variadic", False)
        if got < len(wanted) or (got > len(wanted) and not is_open):
            raise exceptions.ArityError(len(wanted), got, node["value"])
    for child in node["children"]:
        if isinstance(child, dict):
            _check_calls(cast("dict[str, Any]", child))


def _keep_digits(node: dict[str, Any]) -> None:
    """Turn the literals of an expression into exact numbers: `3.10` equals a price of 3.10."""
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
    """The functions of JMESPath, for which a Decimal is a number too."""

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
