"""What the generated client cannot say, or says elsewhere."""

from __future__ import annotations

from compare import Difference
from limit import Limit
from rules import is_beyond_doubles, is_tricky


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


LIMITS = [
    Limit("client", "Schemas of parameters", "book", _is_schema_of_parameter),
    Limit("client", "Values of attributes", "library", _is_value_of_attribute),
    Limit("client", "Flows", "security", _is_flow),
    Limit("client", "Names that validators stumble over", "reserved_kinds", is_tricky),
    Limit("client", "Numbers beyond doubles", "beyond_floats", is_beyond_doubles),
]
