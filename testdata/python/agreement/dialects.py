"""Translates the schemas of older dialects to JSON Schema 2020-12."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]


def in_words_of_2020(schema: Schema) -> dict[str, Any]:
    """Translate a schema of an older dialect to 2020-12, including what it keeps under x-."""
    own = dict(schema)
    for name in list(own):
        kept = name.removeprefix("x-")
        if name != kept and kept in _KEPT:
            own[kept] = own.pop(name)
            if kept == "prefixItems":
                own["items"] = own.get("x-items", True)
    if isinstance(own.get("items"), list):
        own["prefixItems"] = own.pop("items")
        if "additionalItems" in own:
            own["items"] = own.pop("additionalItems")
    if own.get("prefixItems") and own.get("items") in (False, {"not": {}}):
        own["maxItems"] = len(own["prefixItems"])
        del own["items"]
    if own.get("format") == "byte":
        own["contentEncoding"] = "base64"
        del own["format"]
    for word, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if own.get(word) is True:
            own[word] = own.pop(bound)
        elif own.get(word) is False:
            del own[word]
    if own.pop("nullable", False) and "type" in own:
        own["type"] = [*as_list(own["type"]), "null"]
    return own


_KEPT = (
    *("oneOf", "anyOf", "const", "patternProperties", "prefixItems"),
    *("propertyNames", "contentMediaType"),
)
"""The keywords that OpenAPI 3.0 does not have, and that its documents keep under x-."""


def as_list(value: Any) -> list[Any]:  # noqa: ANN401
    """Return a list, or its only item if that may stand alone."""
    return value if isinstance(value, list) else [value]
