"""Tables of AsyncAPI documents of versions 2 and 3."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from openapi_table import requirements, scheme
from schema import Reader
from table import Fields, Operation, Table


def table(document: Any, protocol: str = "") -> Table:  # noqa: ANN401
    """Return the table of a document, for the channels of one protocol if it is given; ws includes wss."""
    schemes = document.get("components", {}).get("securitySchemes", {})
    found = Table(
        f"AsyncAPI {document['asyncapi']}",
        schemes={name: scheme(each) for name, each in schemes.items()},
    )
    reader = Reader(document)
    each = _of_three if document["asyncapi"].startswith("3") else _of_two
    for address, channel, method, messages, security in each(reader):
        if _protocol(reader, channel).startswith(protocol):
            _add(found, reader, address, channel, method, messages, security)
    return found


def _of_three(reader: Reader) -> Iterator[tuple[str, Any, str, list[Any], Any]]:
    for operation in reader.document["operations"].values():
        channel = reader.resolve(operation["channel"])
        method = "SUBSCRIBE" if operation["action"] == "send" else "PUBLISH"
        messages = [reader.resolve(each) for each in operation["messages"]]
        security = operation.get("x-security") or [
            {_named(each): reader.resolve(each).get("scopes", []) if "$ref" not in each else []}
            for each in operation.get("security", ())
        ]
        yield channel["address"], channel, method, messages, security


def _named(reference: Any) -> str:  # noqa: ANN401
    return str(reference.get("$ref", "")).rsplit("/", 1)[-1]


def _of_two(reader: Reader) -> Iterator[tuple[str, Any, str, list[Any], Any]]:
    for address, channel in reader.document["channels"].items():
        for word in ("subscribe", "publish"):
            if word in channel:
                message = channel[word]["message"]
                messages = [reader.resolve(each) for each in message.get("oneOf", [message])]
                security = channel[word].get("x-security") or channel[word].get("security", [])
                yield address, channel, word.upper(), messages, security


def _add(  # noqa: PLR0913, PLR0917 - what a channel has
    found: Table,
    reader: Reader,
    address: str,
    channel: Any,  # noqa: ANN401
    method: str,
    messages: list[Any],
    security: Any,  # noqa: ANN401
) -> None:
    messages = [each for each in messages if not _is_refusal(each)]
    if not messages:
        return
    path, is_topic = _path(reader, address, channel), _is_topic(reader, channel)
    name = f"{method} {path}{' (topic)' if is_topic else ''}"
    operation = Operation(security=requirements(security))
    for parameter, given in channel.get("parameters", {}).items():
        if f"{{{parameter}}}" in path:
            told = _key(reader, reader.resolve(given))
            operation.parameters[f"path {parameter}"] = told
    # They belong to the handshake, by which a client subscribes.
    for place, word in (("query", "query"), ("header", "headers")) if method == "SUBSCRIBE" else ():
        declared = channel.get("bindings", {}).get("ws", {}).get(word)
        for path_, each in (reader.fields(declared) if declared else {}).items():
            if path_:
                parameters = operation.parameters.setdefault(f"{place} {path_[0]}", {})
                parameters[path_[1:]] = each
    for at, message in enumerate(messages):
        fields, is_event = _payload(reader, message)
        if fields is None or fields[()].types == {"null"}:
            continue
        if method == "PUBLISH":
            number = f" {at}" if len(messages) > 1 else ""
            found.operations[f"{name}{number}"] = Operation(
                parameters=operation.parameters, security=operation.security, sends=fields
            )
        else:
            key = f"{name} (each)" if is_event and not is_topic else name
            found.operations.setdefault(
                key,
                Operation(
                    parameters=operation.parameters, security=operation.security, answers=fields
                ),
            )


def _is_refusal(message: Any) -> bool:  # noqa: ANN401
    properties = message.get("payload", {}).get("properties", {})
    kind = properties.get("type", {}).get("const", "")
    return message["contentType"] == "application/problem+json" or str(kind).endswith(".refused")


def _payload(reader: Reader, message: Any) -> tuple[Fields | None, bool]:  # noqa: ANN401
    """Return the fields of the content of a message, and whether it is wrapped in an event."""
    if message["contentType"] != "application/cloudevents+json":
        return reader.fields(message["payload"]), False
    data = message["payload"]["properties"].get("data")
    return (reader.fields(data) if data is not None else None), True


def _key(reader: Reader, parameter: Any) -> Fields:  # noqa: ANN401
    """Return the fields of a key in an address: from a schema, or in AsyncAPI 3 a string that may have an enum."""
    for word in ("schema", "x-schema"):
        if word in parameter:
            return reader.fields(parameter[word], required=True)
    told = Reader({}).fields(
        {"type": "string", **({"enum": parameter["enum"]} if "enum" in parameter else {})}
    )
    return {(): dataclasses.replace(told[()], required=True)}


def _is_topic(reader: Reader, channel: Any) -> bool:  # noqa: ANN401
    return _protocol(reader, channel).startswith("kafka")


def _protocol(reader: Reader, channel: Any) -> str:  # noqa: ANN401
    servers = reader.document.get("servers", {})
    given = channel.get("servers") or list(servers)
    first = given[0]
    server = servers[first] if isinstance(first, str) else reader.resolve(first)
    return str(server["protocol"])


def _path(reader: Reader, address: str, channel: Any) -> str:  # noqa: ANN401
    """Return an address as a path. A step that an address cannot contain is a parameter with one value."""
    separator = "/" if "/" in address else "."
    steps = address.removeprefix("/").split(separator)
    return "/" + "/".join(_step(reader, step, channel) for step in steps)


def _step(reader: Reader, step: str, channel: Any) -> str:  # noqa: ANN401
    given = reader.resolve(channel.get("parameters", {}).get(step[1:-1], {}))
    values = given.get("enum", [given.get("schema", {}).get("const")])
    is_fixed = step.startswith("{") and len(values) == 1 and values[0] is not None
    return str(values[0]) if is_fixed else unquote(step)
