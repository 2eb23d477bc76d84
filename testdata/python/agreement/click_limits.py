"""What a Click option cannot express, or the command line leaves to another command."""

from __future__ import annotations

from compare import Difference
from limit import Limit
from rules import (
    SIZES,
    TEXTS,
    is_attribute,
    is_beyond_doubles,
    is_condition,
    is_mark,
    is_null,
    is_scheme,
    is_shared,
    is_tricky,
)


def _is_key(each: Difference) -> bool:
    is_schema = each.aspect not in {"there", "required"}
    return each.place == "path" and is_schema and each.is_untold


def _is_answer(each: Difference) -> bool:
    return each.part == "answers" and each.is_untold


def _is_whole(each: Difference) -> bool:
    return each.part == "sends" and each.path == () and each.is_untold


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
    """It is in an alternative of the record itself, or in a member with an arbitrary name."""
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


def _is_message_of_attribute(each: Difference) -> bool:
    is_message = each.part == "operation" and each.method == "PUBLISH" and each.is_untold
    return is_message and is_attribute(each.subject[0])


LIMITS = [
    Limit("command line", "Keys", "book", _is_key),
    Limit("command line", "Answers", "book", _is_answer),
    Limit("command line", "Schemes", "library", is_scheme),
    Limit("command line", "Whole bodies", "book", _is_whole),
    Limit("command line", "Marks", "library", is_mark),
    Limit("command line", "Null", "nullable", is_null),
    Limit("command line", "One command for two channels", "book", _is_of_one_of_two),
    Limit("command line", "Patterns and formats", "library", _is_of_text),
    Limit("command line", "Sizes", "library", _is_size),
    Limit("command line", "Conditions", "patches", is_condition),
    Limit("command line", "Values in JSON", "library", _is_in_json),
    Limit("command line", "Alternatives and free names", "polymorphic", _is_beside_names),
    Limit("command line", "Objects", "07_nesting_data", _is_object_of_flags),
    Limit("command line", "Fields that all alternatives have", "polymorphic", is_shared),
    Limit("command line", "Required in what is optional", "merge_patch", _is_in_optional_object),
    Limit("command line", "Names that validators stumble over", "reserved_kinds", is_tricky),
    Limit("command line", "Keys in messages", "04_unicode_strassen", _is_key_of_body),
    Limit("command line", "HEAD of a collection", "read_only_resource", _is_head_of_list),
    Limit("command line", "Numbers beyond doubles", "beyond_floats", is_beyond_doubles),
    Limit("command line", "Messages to attributes", "attributes", _is_message_of_attribute),
]
