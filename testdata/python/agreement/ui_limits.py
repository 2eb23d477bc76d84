"""What a widget cannot express, or the web interface shows elsewhere."""

from __future__ import annotations

import re

from compare import Difference
from limit import Limit
from rules import WRITES, is_condition, is_of_alternative, is_shared, is_tricky

PAGING = {"limit", "offset", "page", "per_page", "page[size]", "page.size", "cursor", "$top"}
"""The parameters for pagination."""


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
    return is_there and each.subject[1].split(" ")[2] in PAGING


def _is_column_of_alternative(each: Difference) -> bool:
    return each.part == "answers" and is_of_alternative(each)


def _is_frame(each: Difference) -> bool:
    return each.part == "sends" and each.aspect == "required" and each.is_untold


def _is_in_cell(each: Difference) -> bool:
    is_in = each.part == "answers" and each.aspect == "there" and each.is_untold
    return is_in and (
        len(each.path) > len(("[]", "member")) or (each.path[1:2] != () and each.path[1][:1] == "|")
    )


def _is_answer_to_form(each: Difference) -> bool:
    return each.method in WRITES and each.part == "answers" and each.is_untold


def _is_key_of_address(each: Difference) -> bool:
    return each.place == "path" and each.aspect == "there" and each.is_untold


def _is_open_in_patch(each: Difference) -> bool:
    """A merge patch removes it by null, so in the record it may be absent, null or both."""
    return each.method == "PATCH" and each.aspect == "required" and each.one is None


def _is_added_later(each: Difference) -> bool:
    """It has a field only after a button is pressed that adds the value around it, or it is an item of a list."""
    is_item = each.path != () and each.path[-1][:1] in {"[", "{", "|", "/"}
    is_there = each.part in {"sends", "parameter"} and each.aspect == "there"
    return is_there and (each.is_inside or is_item)


def _is_free_column(each: Difference) -> bool:
    is_free = each.path != () and each.path[-1][:1] == "/"
    return each.part == "answers" and each.aspect == "there" and is_free and each.is_untold


def _is_blank_name(each: Difference) -> bool:
    is_column = each.part == "answers" and each.aspect == "there" and each.is_untold
    return is_column and re.search(r"[\t\n]", each.path[-1] if each.path else "") is not None


def _is_secret(each: Difference) -> bool:
    is_column = each.part == "answers" and each.aspect == "there" and each.is_untold
    return is_column and each.path[-1:] == ("password",)


LIMITS = [
    Limit("web interface", "Security", "library", _is_security),
    Limit("web interface", "Conditions", "patches", is_condition),
    Limit("web interface", "Free names", "closed_keys", _is_free_column),
    Limit("web interface", "Names with line breaks", "03_name_shapes_v2_item", _is_blank_name),
    Limit("web interface", "Secrets", "10_formats_series", _is_secret),
    Limit("web interface", "Names that validators stumble over", "reserved_kinds", is_tricky),
    Limit("web interface", "Keys", "library", _is_key_of_address),
    Limit("web interface", "Null in patches", "library", _is_open_in_patch),
    Limit("web interface", "What labels do not say", "book", _is_untold_detail),
    Limit("web interface", "Required filters", "library", _is_required_parameter),
    Limit("web interface", "Cells", "book", _is_cell),
    Limit("web interface", "Inside of cells", "library", _is_in_cell),
    Limit("web interface", "Answers to forms", "book", _is_answer_to_form),
    Limit("web interface", "Fields that are added", "forms", _is_added_later),
    Limit("web interface", "Pages", "library", _is_page),
    Limit("web interface", "Columns of alternatives", "polymorphic", _is_column_of_alternative),
    Limit("web interface", "Frames", "forms", _is_frame),
    Limit("web interface", "The alternative that is chosen", "polymorphic", is_shared),
]
