"""The commands of things, as generated, with handwritten parts of other modules."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import Any

import click

from ..._core import JSON, Channel, Event, Operation, loads
from ...client import Client
from ..kit import config, terminal
from ..kit.group import Command, Group
from ..kit.output import Output, View

SECURITY = (
    {"bearer": ()},
    {"password": ()},
    {"X Key": ()},
    {"login": ()},
)
LIST: Operation[list[JSON]] = Operation(
    "listThings", "List the things", "GET", "/things", security=SECURITY
)
CREATE: Operation[JSON] = Operation(
    "createThing",
    "Create a thing",
    "POST",
    "/things",
    content_type="application/json",
    security=SECURITY,
)
WATCH: Channel[JSON] = Channel("subscribeThings", "Watch the things", "/things")
VIEW = View("things", "thing_id", ("name", "price"), ("thing_id", "name", "price"))


class Field(click.Option):
    """A field of the body."""

    is_body = True

    def __init__(
        self, *args: Any, wire: Sequence[str], section: str = "Fields", **attributes: Any
    ) -> None:
        super().__init__(*args, **attributes)
        self.wire = tuple(wire)
        self.section = section


class Filter(click.Option):
    """A parameter."""

    section = "Filters"

    def __init__(self, *args: Any, wire: Sequence[str], **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.wire = tuple(wire)


class IntegerType(click.ParamType[str]):
    """An integer, as a text."""

    name = "integer"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the text."""
        if not value.removeprefix("-").isdigit():
            self.fail(f"{value!r} is not an integer", param, ctx)
        return value


group = Group("things", help="What lies on the desk.")


def _client() -> Client:
    settings = config.current()
    return Client(
        settings.base_url, settings.auth, timeout=settings.timeout, retries=settings.retries
    )


@group.command("list", cls=Command, help="List the things.")
@click.option("--colour", "filter_colour", cls=Filter, wire=["colour"], help="Of this colour")
@click.option("--from", "from_file", type=click.Path(), help="Print this JSON instead of calling.")
def list_things(filter_colour: str | None, from_file: str | None) -> None:
    """Print a list."""
    output = Output(config.current())
    if from_file is None:
        found = _client().call(LIST, query={"colour": filter_colour})
        output.items(found, VIEW)
        return
    with click.open_file(from_file, encoding="utf-8") as file:
        value = loads(file.read())
    if isinstance(value, list):
        output.items(_slowly(value), VIEW)
    else:
        output.value(value, VIEW)


def _slowly(items: list[JSON]) -> Iterator[JSON]:
    for item in items:
        if item == "wait":
            time.sleep(60)
        yield item


@group.command("create", cls=Command, help="Create a thing.")
@click.option("--name", "body_name", cls=Field, wire=["name"], section="Required fields")
@click.option("--city", "body_city", cls=Field, wire=["address", "zip/city"], help="Where it is")
@click.option("-F", "--field", "assignments", multiple=True, help="Any field.")
def create(body_name: str, body_city: str | None, assignments: tuple[str, ...]) -> None:
    """Create."""
    _ = body_city, assignments
    Output(config.current()).value(_client().call(CREATE, body={"name": body_name}), VIEW)


@group.command("get", cls=Command, help="Print a thing.")
@click.argument("key", type=IntegerType(), metavar="KEY")
def get(key: str) -> None:
    """Print a key."""
    Output(config.current()).value(key, VIEW)


@group.command("delete", cls=Command, help="Delete a thing.")
@click.argument("key", metavar="KEY")
def delete(key: str) -> None:
    """Ask."""
    terminal.confirm(f"Delete thing {key}?", config.current())
    terminal.say(f"deleted {key}")


@group.command("watch", cls=Command, help="Watch the things.")
def watch() -> None:
    """Print events for ever."""
    output = Output(config.current())
    for number in range(10_000):
        output.event(
            Event("updated", {"thing_id": number, "name": "a\x1b[2J"}, key=str(number)), VIEW
        )
        time.sleep(0.2)


@group.command("settings", cls=Command, help="Print the settings.")
def settings() -> None:
    """Print what was resolved."""
    found = config.current()
    shown: dict[str, JSON] = {
        name: getattr(found, name) for name in ("base_url", "profile", "output", "retries")
    }
    auth: dict[str, JSON] = {name: repr(credential) for name, credential in found.auth.items()}
    Output(found).value({**shown, "auth": auth, "sources": {**found.sources}})


@group.command("wide", cls=Command, help="Has many options.")
def wide(**_: object) -> None:
    """Do nothing."""


wide.params[:0] = [
    Field([f"--field-{number}"], wire=[f"field_{number}"], help="One of many")
    for number in range(60)
]
