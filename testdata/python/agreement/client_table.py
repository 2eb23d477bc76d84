"""The table of the generated client: its operations, channels, methods and schemas."""

from __future__ import annotations

import dataclasses
import inspect
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from projects import Project
from schema import DEPTH, Reader, canonical, load
from table import Field, Fields, Operation, Requirement, Table


class Client:
    """One generated client."""

    def __init__(self, project: Project) -> None:
        """Read its schemas."""
        self.project = project
        file = project.source / project.package / "resources/schemas.json"
        self.reader = Reader(load(file.read_text(encoding="utf-8")))

    def modules(self) -> Iterator[Any]:
        """Yield the module of each resource."""
        for file in sorted((self.project.source / self.project.package / "resources").glob("*.py")):
            if file.stem != "__init__":
                yield self.project.module(f"resources.{file.stem}")

    def form(self, name: str) -> Fields | None:
        """Return the fields of a form, Book or list[Book]; None for a type that has no schema."""
        inner = re.fullmatch(r"list\[(.*)\]", name)
        if inner:
            fields = self.form(inner[1])
            if fields is None:
                return None
            items = {("[]", *path): each for path, each in fields.items() if len(path) < DEPTH}
            return {
                (): Field(frozenset({"array"}), None, {}, None, False, False, refers="")
            } | items
        is_known = name in self.reader.document["$defs"]
        return self.reader.fields({"$ref": f"#/$defs/{name}"}) if is_known else None


def table(project: Project) -> Table:
    """Return the table of a client."""
    client = Client(project)
    found = Table("client", schemes=dict(_schemes(project)))
    for module in client.modules():
        resource = _resource(module)
        bodies = dict(_bodies(resource))
        watched = set(_watched(resource))
        for name, kind in module.__annotations__.items():
            value = getattr(module, name)
            form = _form(kind)
            if kind.startswith("declare.Operation"):
                operation = of_operation(value)
                operation.answers = client.form(form) if form else None
                operation.sends = client.form(bodies[name]) if name in bodies else None
                found.operations[called(value)] = operation
            elif kind.startswith("declare.Channel"):
                sends = bodies.get(f"publish:{name}", "")
                _add_channel(client, found, value, form, sends, may_watch=name in watched)
        for attribute in getattr(module, "ATTRIBUTES", {}).values():
            for word in ("get", "set", "unset", "exists"):
                value = getattr(attribute, word)
                if value is not None:
                    found.operations[called(value)] = of_operation(value)
            channel = attribute.publish or attribute.watch
            if channel is not None:
                may_watch = attribute.watch is not None
                _add_channel(client, found, channel, "", "", may_watch=may_watch)
    return found


def called(operation: Any) -> str:  # noqa: ANN401
    """Return the name of an operation in tables."""
    return f"{operation.method} {unquote(operation.path)}"


def heard(channel: Any) -> str:  # noqa: ANN401
    """Return the name of subscribing to a channel in tables."""
    return f"SUBSCRIBE {unquote(channel.path)}{' (each)' if channel.envelope else ''}"


def sent(channel: Any) -> str:  # noqa: ANN401
    """Return the name of publishing to a channel in tables."""
    return f"PUBLISH {unquote(channel.path)}"


def of_operation(value: Any) -> Operation:  # noqa: ANN401
    """Return the declaration of an operation or a channel, without request and response."""
    found = Operation(security=security(value.security))
    for key in value.keys:
        found.parameters[f"path {key}"] = {(): Field(required=True)}
    for each in value.parameters:
        found.parameters[f"{each.place} {each.name}"] = {(): Field(required=each.required)}
    return found


def security(given: Any) -> frozenset[Requirement]:  # noqa: ANN401
    """Return the required credentials."""
    return frozenset(
        frozenset((name, tuple(scopes)) for name, scopes in each.items()) for each in given
    )


def _schemes(project: Project) -> Iterator[tuple[str, str]]:
    for scheme in project.module("client").Client.schemes:
        told: dict[str, object] = {"type": scheme.kind}
        if scheme.kind in {"bearer", "basic", "http"}:
            word = scheme.parameter or scheme.kind
            told = {"type": "http", "scheme": word}
        elif scheme.kind == "apiKey":
            told |= {"in": scheme.place, "name": scheme.parameter}
        elif scheme.kind == "openIdConnect":
            told["openIdConnectUrl"] = scheme.discovery_url
        yield scheme.name, canonical(told)


def _resource(module: Any) -> Any:  # noqa: ANN401
    (found,) = [
        each
        for each in vars(module).values()
        if inspect.isclass(each) and each.__module__ == module.__name__ and hasattr(each, "_call")
    ]
    return found


def _bodies(resource: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    """Yield the name of each operation with a body, and the type of the body; publish: precedes the names of messages."""
    for method in vars(resource).values():
        body = getattr(method, "__annotations__", {}).get("body")
        if body is not None:
            names = method.__code__.co_names
            mark = "publish:" if "_publish" in names else ""
            for name in names:
                if name.isupper():
                    yield mark + name, body.replace("forms.", "")


def _watched(resource: Any) -> Iterator[str]:  # noqa: ANN401
    """Yield the channels that methods listen to; a channel may exist only for sending messages."""
    for method in vars(resource).values():
        if inspect.isfunction(method) and "_watch" in method.__code__.co_names:
            yield from method.__code__.co_names


def _add_channel(  # noqa: PLR0913
    client: Client,
    found: Table,
    value: Any,  # noqa: ANN401
    form: str,
    sends: str,
    *,
    may_watch: bool,
) -> None:
    """Add the description of a channel, for each of its directions."""
    if may_watch:
        operation = of_operation(value)
        operation.answers = client.form(form) if form else None
        found.operations[heard(value)] = operation
    if value.publishes is not None:
        operation = of_operation(dataclasses.replace(value.publishes, parameters=()))
        operation.sends = client.form(sends) if sends else None
        found.operations[sent(value)] = operation


def _form(annotation: str) -> str:
    """Return the form inside a type: list[Book] for declare.Operation[list[forms.Book]]."""
    return re.sub(r"^[^\[]*\[(.*)\]$", r"\1", annotation).replace("forms.", "").replace("None", "")
