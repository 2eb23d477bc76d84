"""What an output cannot say, or says elsewhere. docs/agreement.md has the same names, each with its specification's section.

A limit explains differences between what OpenAPI 3.1 says and what one other output says, and has a case in which it is needed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from compare import Difference


@dataclass(frozen=True)
class Limit:
    """Explains why an output does not say what OpenAPI 3.1 says."""

    output: str
    name: str
    """Its heading in docs/agreement.md."""
    case: str
    """Where it is needed."""
    explains: Callable[[Difference], bool]


def limits_of(output: str) -> list[Limit]:
    """Return the limits of an output: those of OpenAPI 3.0 hold for OpenAPI 3.0.3."""
    return [each for each in LIMITS if output.startswith(each.output)]


def unexplained(found: list[Difference]) -> list[Difference]:
    """Return the differences that no limit explains."""
    return [
        each
        for each in found
        if not any(limit.explains(each) for limit in limits_of(each.outputs[1]))
    ]


LONG = 10_000
"""Characters of a text that is not sent to the mock."""
MARKS = {"read_only", "write_only", "refers"}
SIZES = {"minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties"}
TEXTS = {"pattern", "format", "contentEncoding"}


def _is_key_of_topic(each: Difference) -> bool:
    return "(topic)" in each.subject[0] and each.part == "parameter" and each.is_untold


def _is_parameter_of_message(each: Difference) -> bool:
    is_beside = each.place in {"query", "header", "cookie"}
    return each.method == "PUBLISH" and is_beside and each.is_untold


def _is_mutual(each: Difference) -> bool:
    return each.part == "scheme" and each.one == '{"type":"mutualTLS"}'


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


def _is_key(each: Difference) -> bool:
    is_schema = each.aspect not in {"there", "required"}
    return each.place == "path" and is_schema and each.is_untold


def _is_answer(each: Difference) -> bool:
    return each.part == "answers" and each.is_untold


def _is_scheme(each: Difference) -> bool:
    return each.part == "scheme" and each.is_untold


def _is_mark(each: Difference) -> bool:
    return each.aspect in MARKS and each.is_untold


def _is_whole(each: Difference) -> bool:
    return each.part == "sends" and each.path == () and each.is_untold


def _is_null(each: Difference) -> bool:
    if each.aspect not in {"types", "enum"} or not isinstance(each.one, frozenset):
        return False
    return (
        isinstance(each.other, frozenset)
        and each.one - each.other == {"null"}
        and each.other < each.one
    )


def _is_of_one_of_two(each: Difference) -> bool:
    is_event = each.method in {"SUBSCRIBE", "PUBLISH"}
    return is_event and each.aspect == "required" and each.one is True and each.other is False


def _is_of_text(each: Difference) -> bool:
    return each.aspect in TEXTS and each.is_untold


def _is_size(each: Difference) -> bool:
    return each.aspect in SIZES and each.is_untold


def _is_in_json(each: Difference) -> bool:
    return each.is_inside


def _is_beside_names(each: Difference) -> bool:
    """It is in an alternative of the record itself, or in what any other name may hold."""
    return each.part == "sends" and each.path[:1] != () and each.path[0][:1] in {"|", "{", "/"}


def _is_object_of_flags(each: Difference) -> bool:
    return each.part == "sends" and each.aspect == "required" and each.is_untold


def _is_key_of_body(each: Difference) -> bool:
    return (
        each.method == "PUBLISH"
        and each.part == "sends"
        and each.aspect == "there"
        and len(each.path) == 1
    )


def _is_head_of_list(each: Difference) -> bool:
    return (
        each.part == "operation"
        and each.method == "HEAD"
        and each.is_untold
        and not each.subject[0].endswith("}")
    )


def _is_in_optional_object(each: Difference) -> bool:
    is_inner = each.part == "sends" and len(each.path) > 1
    return is_inner and each.aspect == "required" and each.one is True and each.other is False


def _is_shared(each: Difference) -> bool:
    is_there = each.part == "sends" and each.aspect == "there" and len(each.path) == 1
    return is_there and each.one is None and each.is_of_union


def _is_tricky(each: Difference) -> bool:
    return each.aspect == "required" and each.path[-1:] == ("hasOwnProperty",)


def _is_beyond_doubles(each: Difference) -> bool:
    is_bound = each.aspect in {"minimum", "maximum", "pattern"}
    return is_bound and each.one is None


def _is_message_of_attribute(each: Difference) -> bool:
    is_message = each.part == "operation" and each.method == "PUBLISH" and each.is_untold
    return is_message and _is_attribute(each.subject[0])


def _is_attribute(operation: str) -> bool:
    """Report whether an operation is of one property: its path ends behind a key."""
    return "}/" in operation and not re.search(r"/\{[^/{}]+\}$", operation)


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
    is_required = each.part == "sends" and each.aspect == "required"
    return is_required and each.one is False and each.other is True


def _is_of_alternative(each: Difference) -> bool:
    return each.aspect == "there" and each.one is None and each.is_of_union


def _is_too_long(each: Difference) -> bool:
    is_bound = each.part == "sends" and each.aspect in {"minLength", "maxLength"}
    return is_bound and each.is_untold and (each.one == "0" or int(str(each.one)) >= LONG)


def _is_not_tried(each: Difference) -> bool:
    is_bound = each.aspect in {*TEXTS, *SIZES, "multipleOf"}
    return each.part == "sends" and is_bound and each.is_untold


def _is_mark_of_body(each: Difference) -> bool:
    return each.part == "sends" and each.aspect in MARKS and each.is_untold


def _is_untold_detail(each: Difference) -> bool:
    kept = {"there", "required"} if each.part == "parameter" else {"there", "required", "enum"}
    is_detail = each.aspect not in kept
    return each.part in {"sends", "parameter"} and is_detail and each.is_untold


def _is_security(each: Difference) -> bool:
    return each.part == "security" and each.is_untold


def _is_required_parameter(each: Difference) -> bool:
    return each.part == "parameter" and each.aspect == "required" and each.is_untold


def _is_cell(each: Difference) -> bool:
    return each.part == "answers" and each.is_untold and each.aspect != "there"


def _is_page(each: Difference) -> bool:
    is_there = each.part == "parameter" and each.aspect == "there" and each.is_untold
    return is_there and each.subject[1].split(" ")[2] in {"limit", "offset"}


def _is_column_of_alternative(each: Difference) -> bool:
    return each.part == "answers" and _is_of_alternative(each)


def _is_frame(each: Difference) -> bool:
    return each.part == "sends" and each.aspect == "required" and each.is_untold


def _is_in_cell(each: Difference) -> bool:
    is_in = each.part == "answers" and each.aspect == "there" and each.is_untold
    return is_in and (
        len(each.path) > len(("[]", "member")) or each.path[1:2] != () and each.path[1][:1] == "|"
    )


def _is_answer_to_form(each: Difference) -> bool:
    return each.method == "POST" and each.part == "answers" and each.is_untold


def _is_added_later(each: Difference) -> bool:
    """It has a field when somebody presses the button of what it is in, or is an item of a list."""
    is_item = each.path != () and each.path[-1][:1] in {"[", "{", "|"}
    return each.part == "sends" and each.aspect == "there" and (each.is_inside or is_item)


LIMITS = [
    Limit("AsyncAPI", "Topics", "topics", _is_key_of_topic),
    Limit("AsyncAPI", "Parameters of messages", "03_name_shapes_v2_item", _is_parameter_of_message),
    Limit("OpenAPI 3.0", "Mutual TLS", "mutual_tls", _is_mutual),
    Limit("client", "Schemas of parameters", "book", _is_schema_of_parameter),
    Limit("client", "Values of attributes", "library", _is_value_of_attribute),
    Limit("client", "Flows", "security", _is_flow),
    Limit("command line", "Keys", "book", _is_key),
    Limit("command line", "Answers", "book", _is_answer),
    Limit("command line", "Schemes", "library", _is_scheme),
    Limit("command line", "Whole bodies", "book", _is_whole),
    Limit("command line", "Marks", "library", _is_mark),
    Limit("command line", "Null", "nullable", _is_null),
    Limit("command line", "One command for two channels", "book", _is_of_one_of_two),
    Limit("command line", "Patterns and formats", "library", _is_of_text),
    Limit("command line", "Sizes", "library", _is_size),
    Limit("command line", "Values in JSON", "library", _is_in_json),
    Limit("command line", "Alternatives and free names", "polymorphic", _is_beside_names),
    Limit("command line", "Objects", "07_nesting_data", _is_object_of_flags),
    Limit("command line", "Fields that all alternatives have", "polymorphic", _is_shared),
    Limit("command line", "Required in what is optional", "merge_patch", _is_in_optional_object),
    Limit("command line", "Names that validators stumble over", "reserved_kinds", _is_tricky),
    Limit("command line", "Keys in messages", "04_unicode_strassen", _is_key_of_body),
    Limit("command line", "HEAD of a collection", "read_only_resource", _is_head_of_list),
    Limit("client", "Names that validators stumble over", "reserved_kinds", _is_tricky),
    Limit("client", "Numbers beyond doubles", "beyond_floats", _is_beyond_doubles),
    Limit("command line", "Numbers beyond doubles", "beyond_floats", _is_beyond_doubles),
    Limit("command line", "Messages to attributes", "attributes", _is_message_of_attribute),
    Limit("mock", "Schemes", "library", _is_scheme),
    Limit("mock", "Conditions", "merge_patch", _is_conditional),
    Limit("mock", "Fields of alternatives", "polymorphic", _is_of_alternative),
    Limit("mock", "Long texts", "11_constraints_postal_codes", _is_too_long),
    Limit("mock", "Parameters", "book", _is_parameter),
    Limit("mock", "Other bodies", "book", _is_body_not_tried),
    Limit("mock", "Members of answers", "book", _is_of_member_of_answer),
    Limit("mock", "Inner fields", "library", _is_inside_member),
    Limit("mock", "Patterns, formats and sizes", "library", _is_not_tried),
    Limit("mock", "Marks", "book", _is_mark_of_body),
    Limit("web interface", "Security", "library", _is_security),
    Limit("web interface", "What labels do not say", "book", _is_untold_detail),
    Limit("web interface", "Required filters", "library", _is_required_parameter),
    Limit("web interface", "Cells", "book", _is_cell),
    Limit("web interface", "Inside of cells", "library", _is_in_cell),
    Limit("web interface", "Answers to forms", "book", _is_answer_to_form),
    Limit("web interface", "Fields that are added", "forms", _is_added_later),
    Limit("web interface", "Pages", "library", _is_page),
    Limit("web interface", "Columns of alternatives", "polymorphic", _is_column_of_alternative),
    Limit("web interface", "Frames", "forms", _is_frame),
    Limit("web interface", "The alternative that is chosen", "polymorphic", _is_shared),
]
