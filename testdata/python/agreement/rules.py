"""Helpers shared by several limits."""

from __future__ import annotations

import re

from compare import Difference

MARKS = {"read_only", "write_only", "refers"}
NUMBERS = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}
SIZES = {"minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties", "closed"}
TEXTS = {"pattern", "format", "contentEncoding", "contentMediaType"}
WRITES = {"POST", "PUT", "PATCH"}


def is_bound(each: Difference) -> bool:
    """Report whether it is a bound that the other output does not express."""
    is_bound = each.aspect in {*NUMBERS, *TEXTS, *SIZES, "minLength", "maxLength"}
    return is_bound and each.is_untold


def is_condition(each: Difference) -> bool:
    """Report whether it is a condition that the other output does not express."""
    return each.aspect == "conditions" and each.is_untold


def is_scheme(each: Difference) -> bool:
    """Report whether it is a security scheme that the other output does not have."""
    return each.part == "scheme" and each.is_untold


def is_mark(each: Difference) -> bool:
    """Report whether it is that a value is read-only or write-only, or refers to a record."""
    return each.aspect in MARKS and each.is_untold


def is_null(each: Difference) -> bool:
    """Report whether all that the other output lacks is null."""
    if each.aspect not in {"types", "enum"} or not isinstance(each.one, frozenset):
        return False
    return (
        isinstance(each.other, frozenset)
        and each.one - each.other == {"null"}
        and each.other < each.one
    )


def is_shared(each: Difference) -> bool:
    """Report whether only the other output has it, as a member of a body with alternatives."""
    is_there = each.part == "sends" and each.aspect == "there" and len(each.path) == 1
    return is_there and each.one is None and each.is_of_union


def is_tricky(each: Difference) -> bool:
    """Report whether it is about the name that documents write as a pattern, and do not require."""
    is_of_key = "{hasOwnProperty_}" in each.subject[0] and each.aspect in {"there", ""}
    return (each.aspect == "required" and each.path[-1:] == ("hasOwnProperty",)) or is_of_key


def is_beyond_doubles(each: Difference) -> bool:
    """Report whether it is a bound that documents keep under x-."""
    is_bound = each.aspect in {"minimum", "maximum", "pattern"}
    return is_bound and each.one is None


def is_attribute(operation: str) -> bool:
    """Report whether an operation is on one property: its path ends with a step after a key."""
    return "}/" in operation and not re.search(r"/\{[^/{}]+\}$", operation)


def is_of_alternative(each: Difference) -> bool:
    """Report whether only the other output has it, inside a value with alternatives."""
    return each.aspect == "there" and each.one is None and each.is_of_union
