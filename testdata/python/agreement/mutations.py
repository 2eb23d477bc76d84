"""Possible changes of an output, each with the expected report."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from typing import Any

from compare import Difference
from limits import unexplained
from projects import CASES, Project

Told = set[tuple[str, str, str]]
"""A difference: the subject, the path of a field, and its aspect."""

NUMBERS = itertools.count()


def drop(form: Any) -> None:  # noqa: ANN401
    """The ISBN is removed."""
    del form["properties"]["isbn"]


def other_type(form: Any) -> None:  # noqa: ANN401
    """The ISBN is a boolean."""
    form["properties"]["isbn"]["type"] = "boolean"


def other_member(form: Any) -> None:  # noqa: ANN401
    """A copy is lost, not lent."""
    form["properties"]["availability"]["enum"][2] = "lost"


def optional(form: Any) -> None:  # noqa: ANN401
    """A title is not required."""
    form["required"].remove("title")


def other_bound(form: Any) -> None:  # noqa: ANN401
    """A title may be longer."""
    form["properties"]["title"]["maxLength"] = 301


def writable(form: Any) -> None:  # noqa: ANN401
    """Only the server writes a title."""
    form["properties"]["title"]["readOnly"] = True


def secret(form: Any) -> None:  # noqa: ANN401
    """A title is never returned."""
    form["properties"]["title"]["writeOnly"] = True


def nullable(form: Any) -> None:  # noqa: ANN401
    """A language may be null."""
    form["properties"]["language"]["type"] = ["string", "null"]


def unreferred(form: Any) -> None:  # noqa: ANN401
    """The author is not a reference."""
    del form["properties"]["author_id"]["x-references"]


def conditional(form: Any) -> None:  # noqa: ANN401
    """The ISBN requires the language."""
    form["dependentRequired"] = {"isbn": ["language"]}


def closed(form: Any) -> None:  # noqa: ANN401
    """No other members are allowed."""
    form["additionalProperties"] = False


CHANGES: dict[Callable[[Any], None], Told] = {
    drop: {("sends", "isbn", "there")},
    other_type: {("sends", "isbn", "types")},
    other_member: {("sends", "availability", "enum")},
    optional: {("sends", "title", "required")},
    other_bound: {("sends", "title", "maxLength")},
    writable: {("sends", "title", "read_only")},
    secret: {("sends", "title", "write_only")},
    nullable: {("sends", "language", "types")},
    unreferred: {("sends", "author_id", "refers")},
    conditional: {("sends", "", "conditions")},
    closed: {("sends", "", "closed")},
}
"""Changes of the form of a new book, each with the expected report."""

UNSECURED: Told = {("security", "", "")}


def told(found: list[Difference]) -> Told:
    """Return the reported differences, in whichever operations they are."""
    return {(each.part, " ".join(each.path), each.aspect) for each in unexplained(found)}


def another() -> str:
    """Return a copy of the library whose files a test may change."""
    name = f"library_{next(NUMBERS)}"
    CASES[name] = CASES["library"]
    return name


def rewrite(made: Project, path: str, old: str, new: str) -> None:
    """Replace the first occurrence of a text in a file of a project."""
    file = made.source / made.package / path
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{path}: no {old}"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def change_form(made: Project, change: Callable[[Any], None]) -> None:
    """Change the form of a new book in the schemas of a project."""
    file = made.source / made.package / "resources/schemas.json"
    document = json.loads(file.read_text(encoding="utf-8"))
    change(document["$defs"]["CreateBook"])
    file.write_text(json.dumps(document), encoding="utf-8")
