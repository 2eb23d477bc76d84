"""The schemas of the API, loaded on first use."""

from __future__ import annotations

import functools
import pkgutil
from collections.abc import Mapping
from typing import cast

from .jsontext import JSON, loads


class Schemas:
    """The schemas of the forms of an API (JSON Schema 2020-12), by their names in the documents."""

    def __init__(self, package: str, name: str = "schemas.json") -> None:
        """Create the schemas of a file in a package, without reading it yet."""
        self._package = package
        self._name = name

    @functools.cached_property
    def _document(self) -> Mapping[str, Mapping[str, JSON]]:
        # Not importlib.resources, which takes as long to load as the schemas of a large API.
        text = pkgutil.get_data(self._package, self._name) or b""
        return cast("dict[str, dict[str, JSON]]", loads(text))

    @property
    def definitions(self) -> Mapping[str, JSON]:
        """All schemas by name."""
        return self._document["$defs"]

    @property
    def titles(self) -> Mapping[str, str]:
        """The titles of schemas by name, where a title differs from the name: Dog for CreateDog."""
        return cast("Mapping[str, str]", self._document.get("x-titles", {}))

    def form(self, name: str) -> JSON:
        """Return the schema of a form, such as CreateBook."""
        return self.definitions[name]

    def resolved(self, schema: JSON) -> JSON:
        """Return a schema with its own $ref resolved. The keywords beside the $ref take precedence."""
        seen: set[str] = set()
        while (
            isinstance(schema, dict)
            and isinstance(reference := schema.get("$ref"), str)
            and reference not in seen
        ):
            seen.add(reference)
            target = self.definitions.get(reference.removeprefix("#/$defs/"))
            beside = {name: value for name, value in schema.items() if name != "$ref"}
            schema = target | beside if isinstance(target, dict) else target
        return schema

    def fields(self, name: str) -> dict[str, JSON]:
        """Return the schemas of the properties of a form, with references resolved."""
        schema = self.resolved(self.form(name))
        listed = schema.get("properties") if isinstance(schema, dict) else None
        return (
            {key: self.resolved(value) for key, value in listed.items()}
            if isinstance(listed, dict)
            else {}
        )

    def validate(self, name: str, value: object) -> list[tuple[str, str]]:
        """Return the faults of a value as an instance of a form: a JSON pointer and a sentence for each."""
        from .validation import validate

        return validate(self.form(name), value, self.definitions)
