"""What the generated client or its types cannot express, since the other does."""

from __future__ import annotations

import re

from compare import Difference
from limit import Limit
from rules import is_attribute, is_beyond_doubles, is_bound, is_condition, is_mark, is_tricky


def _is_schema_of_parameter(each: Difference) -> bool:
    is_schema = each.aspect not in {"there", "required"} or each.path != ()
    return each.part == "parameter" and is_schema and each.is_untold


def _is_value_of_attribute(each: Difference) -> bool:
    is_whole = each.part in {"sends", "answers"} and each.path == () and each.aspect == "there"
    return is_whole and each.is_untold


def _is_flow(each: Difference) -> bool:
    return (
        each.part == "scheme"
        and '"type":"oauth2"' in str(each.one)
        and '"type":"oauth2"' in str(each.other)
    )


def _is_of_security(each: Difference) -> bool:
    return each.part in {"security", "scheme"} and each.is_untold


def _is_of_attribute(each: Difference) -> bool:
    return each.part == "operation" and each.is_untold and is_attribute(each.subject[0])


def _is_no_literal(each: Difference) -> bool:
    """One of the values is an object, a list or a fraction, which a type cannot name."""
    if each.aspect != "enum" or not each.is_untold or not isinstance(each.one, frozenset):
        return False
    return any(re.match(r"[{\[]|-?\d+[.E]", value) for value in each.one)


def _is_enum_of_key(each: Difference) -> bool:
    is_key = each.part == "parameter" and "parameter path" in str(each.subject)
    return is_key and each.aspect == "enum" and each.is_untold


def _is_of_tuple(each: Difference) -> bool:
    """It is at one position of a tuple, for which the types have one union for all positions."""
    is_there = each.aspect == "there" and each.path != ()
    is_for_all = each.path[-2:-1] == ("[]",) and each.path[-1][:1] == "|" and each.one is None
    return is_there and (each.path[-1][:1] == "[" or is_for_all)


def _is_free_name(each: Difference) -> bool:
    is_there = each.aspect == "there" and each.path != ()
    return is_there and each.path[-1][:1] in {"/", "{"} and each.is_untold


def _is_empty_name(each: Difference) -> bool:
    return each.aspect == "there" and each.path[-1:] == ("",) and each.is_untold


def _is_guessed(each: Difference) -> bool:
    return each.aspect == "types" and each.one == frozenset() and each.other != frozenset()


LIMITS = [
    Limit("client", "Schemas of parameters", "book", _is_schema_of_parameter),
    Limit("client", "Values of attributes", "library", _is_value_of_attribute),
    Limit("client", "Flows", "security", _is_flow),
    Limit("client", "Names that validators stumble over", "reserved_kinds", is_tricky),
    Limit("client", "Numbers beyond doubles", "beyond_floats", is_beyond_doubles),
    Limit("types of the client", "Marks", "book", is_mark),
    Limit("types of the client", "Bounds", "library", is_bound),
    Limit("types of the client", "Conditions", "patches", is_condition),
    Limit("types of the client", "Security", "library", _is_of_security),
    Limit("types of the client", "Attributes", "library", _is_of_attribute),
    Limit("types of the client", "Lists of values", "identities", _is_no_literal),
    Limit("types of the client", "Keys", "every_key", _is_enum_of_key),
    Limit("types of the client", "Tuples", "older_spellings", _is_of_tuple),
    Limit("types of the client", "Free names", "closed_keys", _is_free_name),
    Limit("types of the client", "Empty names", "wire_names", _is_empty_name),
    Limit("types of the client", "Schemas without a type", "own_license", _is_guessed),
    Limit("types of the client", "Names that validators stumble over", "reserved_kinds", is_tricky),
]
