"""Finds the differences between two outputs, and those that a limit explains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from table import Path, Subject, Table, facts, wholes


@dataclass(frozen=True)
class Difference:
    """One thing that two outputs do not say alike; None is what an output does not say at all."""

    outputs: tuple[str, str]
    subject: Subject
    one: object
    other: object
    is_inside: bool = False
    """It is inside a value that the other output takes whole."""
    is_of_union: bool = False
    """What it is a field of has alternatives."""
    is_of_demand: bool = False
    """What it is a field of demands more than its fields say."""

    @property
    def part(self) -> str:
        """What it is about: an operation, its security, one of its parameters, what it sends or answers, or a scheme."""
        if self.subject[0] == "scheme":
            return "scheme"
        return self.subject[1].split(" ")[0] if len(self.subject) > 1 else "operation"

    @property
    def method(self) -> str:
        """The method of the operation."""
        return self.subject[0].split(" ")[0]

    @property
    def place(self) -> str:
        """Of a parameter, where it is: path, query, header or cookie."""
        return self.subject[1].split(" ")[1] if self.part == "parameter" else ""

    @property
    def path(self) -> Path:
        """The way to the field."""
        return self.subject[2:-1]

    @property
    def aspect(self) -> str:
        """What is said of the field, there if it is that there is one."""
        return self.subject[-1].removeprefix(":") if len(self.subject) > 2 else ""

    @property
    def is_untold(self) -> bool:
        """The other output says nothing of it."""
        return self.other is None

    def __str__(self) -> str:
        """Return it for people."""
        where = " ".join(self.subject)
        return (
            f"{where}: {self.outputs[0]} {_told(self.one)}, {self.outputs[1]} {_told(self.other)}"
        )


def _told(value: object) -> str:
    return str(sorted(value, key=str) if isinstance(value, frozenset) else value)


def differences(one: Table, other: Table) -> list[Difference]:
    """Return where two tables differ. Where one of them lacks something, what is below that is not told as well."""
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
    """Return differences a line each."""
    more = [f"and {len(found) - most} more"] if len(found) > most else []
    return "\n".join([*map(str, found[:most]), *more])
