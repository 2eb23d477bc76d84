"""The table of an OpenAPI document."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from schema import Reader, canonical
from table import Fields, Operation, Requirement, Table

METHODS = ("get", "head", "post", "put", "patch", "delete")


def table(document: Any) -> Table:  # noqa: ANN401
    """Return the table of a document."""
    reader = Reader(document)
    schemes = document.get("components", {}).get("securitySchemes", {})
    found = Table(
        f"OpenAPI {document['openapi']}",
        schemes={name: scheme(each) for name, each in schemes.items()},
    )
    for path, item in document.get("paths", {}).items():
        for method in METHODS:
            if method in item:
                made = operation(reader, item, item[method])
                made.path = path
                found.operations[f"{method.upper()} {unquote(path)}"] = made
    return found


def scheme(given: Any) -> str:  # noqa: ANN401
    """Return the distinguishing properties of a scheme, as far as AsyncAPI can express them."""
    types = {"httpApiKey": "apiKey", "X509": "mutualTLS"}
    kept = {"type", "scheme", "name", "in", "flows", "openIdConnectUrl"}
    told = {name: value for name, value in given.items() if name in kept}
    told["type"] = types.get(told["type"], told["type"])
    flows = told.get("flows", {})
    for name, flow in flows.items():
        names = {"availableScopes": "scopes"}
        flows = flows | {name: {names.get(word, word): value for word, value in flow.items()}}
    return canonical(told | ({"flows": flows} if flows else {}))


def operation(reader: Reader, item: Any, given: Any) -> Operation:  # noqa: ANN401
    """Return the description of one operation."""
    found = Operation(security=requirements(given.get("x-security", given.get("security", []))))
    for each in (*item.get("parameters", ()), *given.get("parameters", ())):
        parameter = reader.resolve(each)
        if parameter["name"] != "If-Match":
            found.parameters[f"{parameter['in']} {parameter['name']}"] = reader.fields(
                parameter["schema"], required=parameter.get("required", False)
            )
    found.sends = content(reader, given.get("requestBody"))
    answers = [code for code in given.get("responses", {}) if code.startswith("2")]
    found.answers = content(reader, given["responses"][answers[0]]) if answers else None
    return found


def requirements(given: Any) -> frozenset[Requirement]:  # noqa: ANN401
    """Return security as a set; an empty alternative means no requirement."""
    return frozenset(
        frozenset((name, tuple(scopes)) for name, scopes in each.items()) for each in given
    )


def content(reader: Reader, given: Any) -> Fields | None:  # noqa: ANN401
    """Return the fields of a body."""
    body = reader.resolve(given)
    if not body or not body.get("content"):
        return None
    ((_, media),) = body["content"].items()
    return reader.fields(media["schema"])
