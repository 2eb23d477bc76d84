"""The false failures that schemathesis reports, each with the reason. Any other failure fails the case."""

from __future__ import annotations

import json
import os
from typing import Any
from urllib.parse import unquote

import jsonschema_rs
import schemathesis
from schemathesis.core.failures import AcceptedNegativeData, Failure
from schemathesis.core.parameters import ParameterLocation
from schemathesis.core.transport import Response
from schemathesis.openapi.checks import RejectedPositiveData


def fits(schema: Any, value: object) -> bool:
    """Return whether a value is valid against a schema (JSON Schema 2020-12), including its formats."""
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True).is_valid(value)


def negated(case: schemathesis.Case) -> list[ParameterLocation]:
    """Return the parts of a request that schemathesis intends to be invalid."""
    return [location for location, part in case.meta.components.items() if part.mode.is_negative] if case.meta else []


def is_unknown_query_parameter(failure: Failure, case: schemathesis.Case, _: Response) -> bool:
    """Return whether all that is wrong with a request is a query parameter that the document does not know.

    schemathesis lets a server ignore those, but compares the declared ones beside them as text, and 0 is not an integer then.
    """
    if not isinstance(failure, AcceptedNegativeData) or negated(case) != [ParameterLocation.QUERY]:
        return False
    query = case.meta.raw_containers.get(ParameterLocation.QUERY, {})
    declared = case.operation.get_parameter_set(ParameterLocation.QUERY).schema
    known = {name: value for name, value in query.items() if name in declared["properties"]}
    return len(known) < len(query) and fits(declared, known)


def resolved(document: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    """Return a part of a document, with references resolved."""
    while "$ref" in part:
        reference = part["$ref"]
        part = document
        for step in reference.removeprefix("#/").split("/"):
            part = part[step]
    return part


def is_valid_body(failure: Failure, case: schemathesis.Case, response: Response) -> bool:
    """Return whether the body that was meant to be invalid fits its schema as it was sent.

    schemathesis asserts formats that JSON Schema 2020-12 does not have, such as color. Once a step of the stateful phase has
    taken a value from an earlier answer, it checks the body again and refuses the texts that it made for the format binary.
    """
    if not isinstance(failure, AcceptedNegativeData) or negated(case) != [ParameterLocation.BODY]:
        return False
    document = case.operation.schema.raw_schema
    body = resolved(document, case.operation.definition.raw["requestBody"])
    schema = body["content"][case.media_type]["schema"]
    try:
        return fits({**schema, "components": document["components"]}, json.loads(response.request.body))
    except ValueError:  # it is not JSON
        return False


def readings(text: str) -> list[object]:
    """Return the possible values of a parameter: its text, or the JSON value that it represents."""
    try:
        return [text, json.loads(text)]
    except ValueError:
        return [text]


def is_wrong_key(failure: Failure, case: schemathesis.Case, _: Response) -> bool:
    """Return whether a path parameter that was meant to be valid does not fit its own schema.

    In the stateful phase schemathesis guesses by its name which property of an answer is the key, and ignores the format: it
    takes _id for item_id, which is a UUID. It also sends a % in such a key as it is, and %b0 is a byte then.
    """
    if not isinstance(failure, RejectedPositiveData) or failure.status_code != 400:
        return False
    declared = case.operation.get_parameter_set(ParameterLocation.PATH).schema["properties"]
    sent = {name: unquote(str(value)) for name, value in case.path_parameters.items()}
    return not all(any(fits(declared[name], value) for value in readings(text)) for name, text in sent.items())


def faults(failure: Failure, response: Response) -> list[str]:
    """Return the pointers to what is refused in a body that was meant to be valid."""
    if not isinstance(failure, RejectedPositiveData) or failure.status_code != 422:
        return []
    return [fault["pointer"] for fault in response.json()["errors"]]


def at(body: Any, pointer: str) -> object:
    """Return the part of a body that a pointer leads to, or None."""
    for step in pointer.split("/")[1:]:
        try:
            body = body[int(step) if isinstance(body, list) else step.replace("~1", "/").replace("~0", "~")]
        except (LookupError, TypeError, ValueError):
            return None
    return body


def is_line_terminator(failure: Failure, case: schemathesis.Case, response: Response) -> bool:
    """Return whether all that is refused are texts with a line terminator of ECMA-262.

    The patterns of JSON Schema are those of ECMA-262, where a dot matches none of them. schemathesis makes texts by the
    patterns of Python, where it matches all but the line feed.
    """
    pointers = faults(failure, response)
    return bool(pointers) and all(set("\r\u2028\u2029") & set(str(at(case.body, pointer))) for pointer in pointers)


TUPLES = ("old_tuple", "point")  # the properties of 07_nesting_data that have prefixItems


@schemathesis.hook
def before_load_schema(context: schemathesis.HookContext, raw_schema: dict[str, Any]) -> None:
    """Take prefixItems out of a document: schemathesis makes a list of items of it, which it then refuses."""
    parts: list[Any] = [raw_schema]
    while parts:
        part = parts.pop()
        if isinstance(part, dict):
            if part.pop("prefixItems", None):
                part.pop("items", None)
            parts.extend(part.values())
        elif isinstance(part, list):
            parts.extend(part)


def is_tuple(failure: Failure, case: schemathesis.Case, response: Response) -> bool:
    """Return whether all that is refused are tuples, since schemathesis is not told of their items."""
    pointers = faults(failure, response)
    return bool(pointers) and (case.path.endswith(TUPLES) or all(pointer.split("/")[1] in TUPLES for pointer in pointers))


EXCEPTIONS = (is_unknown_query_parameter, is_valid_body, is_wrong_key, is_line_terminator, is_tuple)


@schemathesis.hook
def filter_failure(context: schemathesis.HookContext, failure: Failure, case: schemathesis.Case, response: Response) -> bool:
    """Return whether a failure counts; where it does not, note the exception in the file ACCEPTED."""
    for exception in EXCEPTIONS:
        if exception(failure, case, response):
            with open(os.environ["ACCEPTED"], "a") as accepted:
                accepted.write(f"{exception.__name__}\n")
            return False
    return True
