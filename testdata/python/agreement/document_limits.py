"""What OpenAPI 3.0 and AsyncAPI cannot express."""

from __future__ import annotations

from compare import Difference
from limit import Limit


def _is_key_of_topic(each: Difference) -> bool:
    return "(topic)" in each.subject[0] and each.part == "parameter" and each.is_untold


def _is_parameter_of_message(each: Difference) -> bool:
    is_beside = each.place in {"query", "header", "cookie"}
    return each.method == "PUBLISH" and is_beside and each.is_untold


def _is_mutual(each: Difference) -> bool:
    return each.part == "scheme" and each.one == '{"type":"mutualTLS"}'


LIMITS = [
    Limit("OpenAPI 3.0", "Mutual TLS", "mutual_tls", _is_mutual),
    Limit("AsyncAPI", "Topics", "topics", _is_key_of_topic),
    Limit("AsyncAPI", "Parameters of messages", "03_name_shapes_v2_item", _is_parameter_of_message),
]
