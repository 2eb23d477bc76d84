"""The addresses of a web interface: each list, including nested ones, and the records in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from applications import Application
from recorder import Recorder

RECORDS = 2
"""How many records of each list are visited."""


@dataclass(frozen=True)
class Place:
    """A list, and the first records in it."""

    page: Any
    parents: dict[str, str]
    """The keys of the records that it is nested under, by name."""
    records: list[dict[str, Any]]

    @property
    def query(self) -> dict[str, str]:
        """The address of the list, without its filters."""
        return {f"of.{name}": key for name, key in self.parents.items()}

    @property
    def keys(self) -> list[str]:
        """The keys of the records that can be opened."""
        found = (self.page.key(record) for record in self.records)
        return [key for key in found if key is not None]


class Places:
    """The lists of an application, whose records come from a mock."""

    def __init__(self, application: Application, api: Recorder) -> None:
        """Create them. The lists are read on demand."""
        self.application = application
        self.pages = dict(application.pages())
        self.client = application.module("client").Client(
            api.url, auth=application.credentials(), retries=0
        )

    def __iter__(self) -> Iterator[Place]:
        """Yield all lists, each nested one once."""
        for page in self.pages.values():
            place = self.place(page)
            if place is not None:
                yield place

    def place(self, page: Any) -> Place | None:
        """Return the list of a page; None if it has no parent record."""
        parents: dict[str, str] = {}
        if page.parent_names:
            above = self.place(self.pages[page.about.parent]) if page.about.parent else None
            if above is None or not above.keys:
                return None
            chain = [*above.parents.values(), above.keys[0]]
            if len(chain) != len(page.parent_names):
                return None
            parents = dict(zip(page.parent_names, chain, strict=True))
        return Place(page, parents, self.records(page, list(parents.values())))

    def address(self, place: Place) -> dict[str, str]:
        """Return the address of a list, with its required filters."""
        found = dict(place.query)
        if place.page.may("list"):
            operation = place.page.operation("list")
            address, core = map(self.application.module, ("ui.kit.address", "_core"))
            for each in operation.parameters:
                if each.required:
                    value = self.example(operation, each.name)
                    text = value if isinstance(value, str) else core.dumps(value)
                    found[address.parameter(each.name)] = text
        return found

    def records(self, page: Any, parents: list[str]) -> list[dict[str, Any]]:
        """Return the first records of a list; none if there is no list."""
        if not page.may("list"):
            return []
        operation = page.operation("list")
        needed = {
            each.name: self.example(operation, each.name)
            for each in operation.parameters
            if each.required
        }
        found = self.client.pages(operation, *parents, query=needed).first()
        return [each for each in found if isinstance(each, dict)][:RECORDS]

    def example(self, operation: Any, name: str) -> Any:
        """Return a value for a required parameter."""
        (found,) = [each for each in self.parameters()[operation.name] if each["name"] == name]
        schema = found["schema"]
        for keyword in ("default", "example", "const"):
            if keyword in schema:
                return schema[keyword]
        for keyword in ("enum", "examples"):
            if schema.get(keyword):
                return schema[keyword][0]
        texts = {"date-time": "2020-01-31T09:30:00Z", "date": "2020-01-31"}
        text = texts.get(schema.get("format"), "x")
        return {"integer": schema.get("minimum", 1), "boolean": True}.get(schema.get("type"), text)

    def parameters(self) -> dict[str, Any]:
        """Return the parameters of each operation in parameters.json."""
        core = self.application.module("_core")
        file = self.application.folder / "ui/resources/parameters.json"
        found: dict[str, Any] = core.loads(file.read_text(encoding="utf-8"))
        return found

    def close(self) -> None:
        """Close the connection."""
        self.client.close()
