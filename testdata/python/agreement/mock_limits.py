"""What cannot be seen in the answers of the mock, or is not tried."""

from __future__ import annotations

from compare import Difference
from limit import Limit
from rules import MARKS, SIZES, TEXTS, is_condition, is_of_alternative, is_scheme

LONG = 10_000
"""Characters of a text that is not sent."""


def _is_parameter(each: Difference) -> bool:
    return each.part == "parameter" and each.is_untold


def _is_body_not_tried(each: Difference) -> bool:
    is_body = each.part in {"sends", "answers"}
    return is_body and each.is_untold and each.path in {(), ("[]",)}


def _is_of_member_of_answer(each: Difference) -> bool:
    return each.part == "answers" and each.is_untold and each.aspect != "there"


def _is_inside_member(each: Difference) -> bool:
    most = 1 if each.part == "sends" else 2
    is_free = each.path != () and each.path[-1][:1] in {"|", "{", "/", "["}
    return each.is_untold and each.aspect == "there" and (len(each.path) > most or is_free)


def _is_conditional(each: Difference) -> bool:
    is_more = each.aspect == "required" and each.one is False and each.other is True
    return each.part == "sends" and ((is_more and each.is_of_demand) or is_condition(each))


def _is_too_long(each: Difference) -> bool:
    is_bound = each.part == "sends" and each.aspect in {"minLength", "maxLength"}
    return is_bound and each.is_untold and (each.one == "0" or int(str(each.one)) >= LONG)


def _is_not_tried(each: Difference) -> bool:
    is_bound = each.aspect in {*TEXTS, *SIZES, "multipleOf"}
    return each.part == "sends" and is_bound and each.is_untold


def _is_mark_of_body(each: Difference) -> bool:
    return each.part == "sends" and each.aspect in MARKS and each.is_untold


LIMITS = [
    Limit("mock", "Schemes", "library", is_scheme),
    Limit("mock", "Conditions", "merge_patch", _is_conditional),
    Limit("mock", "Fields of alternatives", "polymorphic", is_of_alternative),
    Limit("mock", "Long texts", "11_constraints_postal_codes", _is_too_long),
    Limit("mock", "Parameters", "book", _is_parameter),
    Limit("mock", "Other bodies", "book", _is_body_not_tried),
    Limit("mock", "Members of answers", "book", _is_of_member_of_answer),
    Limit("mock", "Inner fields", "library", _is_inside_member),
    Limit("mock", "Patterns, formats and sizes", "library", _is_not_tried),
    Limit("mock", "Marks", "book", _is_mark_of_body),
]
