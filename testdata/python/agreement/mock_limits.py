"""What cannot be observed in the responses of the mock, or is not tried."""

from __future__ import annotations

from compare import Difference
from limit import Limit
from mock_bodies import DEPTH, LONG
from rules import (
    WRITES,
    is_bound,
    is_condition,
    is_mark,
    is_null,
    is_of_alternative,
    is_scheme,
    is_tricky,
)

ASSERTED = {
    *("date-time", "date", "time", "duration", "email", "idn-email", "hostname", "idn-hostname"),
    *("ipv4", "ipv6", "uri", "uri-reference", "iri", "iri-reference", "uuid", "uri-template"),
    *("json-pointer", "relative-json-pointer", "regex", "int32", "int64"),
}
"""The formats of JSON Schema 2020-12 (Validation, section 7.3), and the integer formats of OpenAPI."""


def _is_parameter(each: Difference) -> bool:
    return each.part == "parameter" and each.is_untold


def _is_frame_of_body(each: Difference) -> bool:
    is_frame = each.part in {"sends", "answers"} and each.path in {(), ("[]",)}
    return is_frame and each.is_untold and each.aspect not in {"there", "closed"}


def _is_answer_to_change(each: Difference) -> bool:
    return each.method in WRITES and each.part == "answers" and each.is_untold


def _is_in_no_record(each: Difference) -> bool:
    return each.part == "answers" and each.aspect == "there" and each.is_untold


def _is_bound_of_answer(each: Difference) -> bool:
    return each.part == "answers" and is_bound(each)


def _is_inside_member(each: Difference) -> bool:
    is_free = any(step[:1] in {"|", "/", "{"} for step in each.path)
    is_deep = len(each.path) > DEPTH or (each.path != () and each.path[-1][:1] == "[")
    return each.is_untold and each.aspect == "there" and (is_deep or is_free)


def _is_conditional(each: Difference) -> bool:
    is_more = each.aspect == "required" and each.one is False and each.other is True
    return each.part in {"sends", "answers"} and (
        (is_more and each.is_of_demand) or is_condition(each)
    )


def _is_null_of_patch(each: Difference) -> bool:
    return each.method == "PATCH" and each.part == "sends" and is_null(each)


def _is_too_long(each: Difference) -> bool:
    is_bound = each.part == "sends" and each.aspect in {"minLength", "maxLength"}
    return is_bound and each.is_untold and (each.one == "0" or int(str(each.one)) >= LONG)


def _is_not_asserted(each: Difference) -> bool:
    is_note = each.aspect in {"contentEncoding", "contentMediaType"}
    is_note |= each.aspect == "pattern" and each.one == '""'
    is_note |= each.aspect == "format" and str(each.one).strip('"') not in ASSERTED
    return each.part == "sends" and is_note and each.is_untold


LIMITS = [
    Limit("mock", "Schemes", "library", is_scheme),
    Limit("mock", "Parameters", "book", _is_parameter),
    Limit("mock", "Whole bodies", "book", _is_frame_of_body),
    Limit("mock", "Answers to changes", "book", _is_answer_to_change),
    Limit("mock", "What no record has", "patches", _is_in_no_record),
    Limit("mock", "Bounds of answers", "library", _is_bound_of_answer),
    Limit("mock", "Inner fields", "08_refs_recursive", _is_inside_member),
    Limit("mock", "Conditions", "merge_patch", _is_conditional),
    Limit("mock", "Null for what has to be there", "merge_patch", _is_null_of_patch),
    Limit("mock", "Fields of alternatives", "polymorphic", is_of_alternative),
    Limit("mock", "Long texts", "11_constraints_postal_codes", _is_too_long),
    Limit("mock", "Formats that assert nothing", "10_formats_series", _is_not_asserted),
    Limit("mock", "Names that validators stumble over", "reserved_kinds", is_tricky),
    Limit("mock", "Marks", "book", is_mark),
]
