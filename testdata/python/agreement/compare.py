"""Finds the differences between two tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from table import Path, Subject, Table, facts, wholes


@dataclass(frozen=True)
class Difference:
    """One difference between two outputs; None stands for what an output does not express."""

    outputs: tuple[str, str]
    subject: Subject
    one: object
    other: object
    is_inside: bool = False
    """Whether it is inside a value that the other output treats as a whole."""
    is_of_union: bool = False
    """Whether the value that contains the field has alternatives."""
    is_of_demand: bool = False
    """Whether the value that contains the field has conditions."""

    @property
    def part(self) -> str:
        """The subject: an operation, its security, a parameter, the request, the response, or a scheme."""
        if self.subject[0] == "scheme":
            return "scheme"
        return self.subject[1].split(" ")[0] if len(self.subject) > 1 else "operation"

    @property
    def method(self) -> str:
        """The method of the operation."""
        return self.subject[0].split(" ")[0]

    @property
    def place(self) -> str:
        """The location of a parameter: path, query, header or cookie."""
        return self.subject[1].split(" ")[1] if self.part == "parameter" else ""

    @property
    def path(self) -> Path:
        """The path of the field."""
        return self.subject[2:-1]

    @property
    def aspect(self) -> str:
        """The aspect of the field; "there" is its existence."""
        return self.subject[-1].removeprefix(":") if len(self.subject) > 2 else ""

    @property
    def is_untold(self) -> bool:
        """Whether the other output does not express it."""
        return self.other is None

    def __str__(self) -> str:
        """Return it in readable form."""
        where = " ".join(self.subject)
        return (
            f"{where}: {self.outputs[0]} {_told(self.one)}, {self.outputs[1]} {_told(self.other)}"
        )


def _told(value: object) -> str:
    return str(sorted(value, key=str) if isinstance(value, frozenset) else value)


def differences(one: Table, other: Table) -> list[Difference]:
    """Return the differences of two tables. If something is missing from one, nothing below it is reported."""
    left, right = facts(one), facts(other)
    missing = {
        subject
        for subject in left.keys() ^ right.keys()
        if len(subject) == 1 or subject[-1] == ":there"
    }
    whole = wholes(other)
    demands = {each[:-1] for each in left if each[-1] == ":conditions"}
    unions = {each[:at] for each in left for at in range(2, len(each)) if each[at][:1] == "|"}
    return [
        Difference(
            (one.output, other.output),
            subject,
            left.get(subject),
            right.get(subject),
            _is_inside(subject, whole),
            _is_of_union(subject, unions),
            subject[:-2] in demands,
        )
        for subject in [*left, *(each for each in right if each not in left)]
        if left.get(subject) != right.get(subject) and not _is_below(subject, missing)
    ]


def _is_inside(subject: Subject, whole: set[Subject]) -> bool:
    return any(subject[:at] in whole for at in range(2, len(subject) - 1))


def _is_of_union(subject: Subject, unions: set[Subject]) -> bool:
    return subject[:-2] in unions


def _is_below(subject: Subject, missing: set[Subject]) -> bool:
    own = subject[:-1] if subject[-1] == ":there" else subject
    above = [own[:at] for at in range(1, len(own))]
    return any(each in missing or (*each, ":there") in missing for each in above)


def show(found: Sequence[Difference], most: int = 40) -> str:
    """Return differences, one per line."""
    more = [f"and {len(found) - most} more"] if len(found) > most else []
    return "\n".join([*map(str, found[:most]), *more])
