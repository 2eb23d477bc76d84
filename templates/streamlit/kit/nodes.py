"""The nodes that make up the value of a form: each has a position, a current value and faults."""

from __future__ import annotations

import enum
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias

import streamlit as st

from ..._core.differences import is_same
from . import words

if TYPE_CHECKING:
    from ..._core import JSON
    from .page import ResourcePage
    from .shapes import Shape


class Absent(enum.Enum):
    """Distinguishes an absent value from null."""

    ABSENT = "absent"


ABSENT: Final = Absent.ABSENT
Value: TypeAlias = "JSON | Absent"
Make: TypeAlias = "Callable[[Spot, Shape, Value], Node]"


@dataclass
class Context:
    """What all nodes of a form share."""

    page: ResourcePage
    prefix: str
    """The prefix of the keys of its widgets."""
    make: Make
    """Creates the node for a shape."""
    is_new: bool
    distinguishes_empty: bool = False
    """Whether to offer a choice of what empty means wherever there are several meanings."""

    @property
    def key(self) -> str:
        """The key of the toggle for distinguishes_empty."""
        return f"{self.prefix}:distinguishes_empty"

    def update(self) -> None:
        """Read the toggle before the fields are drawn."""
        self.distinguishes_empty = bool(st.session_state[self.key])


@dataclass(frozen=True)
class Spot:
    """The position of a node in its form."""

    form: Context
    path: str = ""
    """The path, in which rows have identities: /lines/#3/amount."""
    steps: tuple[str, ...] = ()
    """The members on the path."""
    depth: int = 0
    may_be_absent: bool = False
    is_item: bool = False
    """Whether it is a row, which always has a value."""
    is_in_row: bool = False
    """Whether it is inside a list, which is sent as a whole."""

    @property
    def can_send_null(self) -> bool:
        """Whether null can be sent: in a merge patch (RFC 7396), null removes a member."""
        page = self.form.page
        is_patched = page.may("update") and not page.may("replace")
        return self.form.is_new or self.is_in_row or not is_patched

    def key(self, what: str = "") -> str:
        """Return the key of a widget."""
        return f"{self.form.prefix}:{self.path}{f':{what}' if what else ''}"

    def member(self, name: str, *, may_be_absent: bool) -> Spot:
        """Return the spot of a member of an object."""
        return Spot(
            self.form,
            f"{self.path}/{words.key_part(name)}",
            (*self.steps, name),
            self.depth + 1,
            may_be_absent=may_be_absent,
            is_in_row=self.is_in_row,
        )

    def row(self, identity: int) -> Spot:
        """Return the spot of a row, whose identity stays the same when other rows are removed."""
        return Spot(
            self.form,
            f"{self.path}/#{identity}",
            self.steps,
            self.depth + 1,
            is_item=True,
            is_in_row=True,
        )

    def other(self, mark: str) -> Spot:
        """Return a spot at the same position whose widgets have other keys."""
        return replace(self, path=f"{self.path}|{mark}")


class Node(ABC):
    """A node in the value of a form."""

    def __init__(self, spot: Spot, shape: Shape) -> None:
        self.spot = spot
        self.shape = shape
        self.title = shape.title if shape.name else ""
        self.faults: list[str] = []
        """The problems that the check or the server reported on saving."""
        self._faulty: Value = ABSENT

    @property
    @abstractmethod
    def value(self) -> Value:
        """The current value."""

    @abstractmethod
    def draw(self) -> None:
        """Draw it, and read the input."""

    @property
    def problem(self) -> str:
        """Why the input is not valid; "" if it is."""
        return ""

    @property
    def layout(self) -> str:
        """How much room it takes: short (half a line), wide, or button."""
        return "wide"

    def children(self) -> Sequence[tuple[str, Node]]:
        """Return the nodes inside, each with its step in a JSON pointer."""
        return ()

    def named(self, step: str) -> str:
        """Return the title of a node inside."""
        return words.title(step)

    def problems(self, pointer: str = "") -> Iterator[tuple[str, str]]:
        """Yield the problems of the input, here and inside."""
        if self.problem:
            yield pointer, self.problem
        for step, child in self.children():
            yield from child.problems(f"{pointer}/{step.replace('~', '~0').replace('/', '~1')}")

    def place(self, steps: Sequence[str]) -> tuple[Node, Sequence[str]]:
        """Return the innermost node on the path of a fault, and the remaining steps."""
        inside = dict(self.children())
        if steps and steps[0] in inside:
            return inside[steps[0]].place(steps[1:])
        return self, steps

    def titles(self, steps: Sequence[str]) -> list[str]:
        """Return the titles on the path to a node inside."""
        if not steps:
            return []
        child = dict(self.children()).get(steps[0])
        rest = child.titles(steps[1:]) if child else [words.line(step) for step in steps[1:]]
        return [self.named(steps[0]), *rest]

    def blame(self, text: str) -> None:
        """Attach a fault of the current value."""
        self.faults.append(text)
        self._faulty = self.value

    @property
    def standing(self) -> list[str]:
        """The faults, unless the value was changed since: the next check says whether it is right."""
        return self.faults if self.faults and equal(self.value, self._faulty) else []

    def clear(self) -> None:
        """Remove its faults, and those of everything inside."""
        self.faults.clear()
        for _, child in self.children():
            child.clear()

    @property
    def has_faults(self) -> bool:
        """Whether there are faults, here or inside."""
        return bool(self.faults) or any(child.has_faults for _, child in self.children())

    @property
    def needs_attention(self) -> bool:
        """Whether there are faults or problems, here or inside."""
        return bool(self.faults or self.problem) or any(
            child.needs_attention for _, child in self.children()
        )

    # Drawing

    @property
    def label(self) -> str:
        """The title, with marks for deprecated and required values."""
        marks = " (deprecated)" if self.shape.is_deprecated else ""
        return f"{words.plain(self.title or 'Value')}{marks}{' *' if self.is_needed else ''}"

    @property
    def is_needed(self) -> bool:
        """Whether a value is required."""
        return not (self.spot.may_be_absent or self.spot.is_item or not self.shape.name)

    @property
    def help(self) -> str | None:
        """Its description in the definition."""
        return words.plain(self.shape.description) or None

    def draw_messages(self) -> None:
        """Draw its problems."""
        messages = [*([self.problem] if self.problem else []), *self.standing]
        for text in dict.fromkeys(messages):
            st.markdown(f":red[{words.plain(words.sentence(text, self.title or 'This'))}]")


def equal(one: Value, other: Value) -> bool:
    """Report whether two values are written in the same way, or both absent."""
    if one is ABSENT or other is ABSENT:
        return one is other
    return is_same(one, other)


def escaped_steps(pointer: str) -> list[str]:
    """Return the steps of a JSON pointer."""
    return [each.replace("~1", "/").replace("~0", "~") for each in pointer.split("/")[1:]]
