"""A node in the value of a form: its original and its current value, and its faults."""

from __future__ import annotations

import enum
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias

import streamlit as st

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
    """What all places of a form share."""

    page: ResourcePage
    prefix: str
    """What the keys of its widgets begin with."""
    make: Make
    """Makes the place of a shape."""
    is_new: bool
    tells_empty: bool = False
    """Whether somebody wants to say what empty means wherever it can mean several things."""

    @property
    def key(self) -> str:
        """The key of the switch of that."""
        return f"{self.prefix}:tells_empty"

    def tell(self) -> None:
        """Apply the state of the switch before the fields are drawn."""
        self.tells_empty = bool(st.session_state[self.key])


@dataclass(frozen=True)
class Spot:
    """Where a place is in its form."""

    form: Context
    path: str = ""
    """What leads there, rows by identities of their own: /lines/#3/amount."""
    steps: tuple[str, ...] = ()
    """The members that lead there."""
    depth: int = 0
    may_be_absent: bool = False
    is_item: bool = False
    """Whether it is a row: there is a value as long as there is the row."""
    is_in_row: bool = False
    """Whether it is inside a list, which is sent as a whole."""

    @property
    def says_null(self) -> bool:
        """Whether null can be told from what is not there: a merge patch (RFC 7396) has null for that."""
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
            f"{self.path}/{words.keyed(name)}",
            (*self.steps, name),
            self.depth + 1,
            may_be_absent=may_be_absent,
            is_in_row=self.is_in_row,
        )

    def row(self, identity: int) -> Spot:
        """Return the spot of a row, whose identity stays when other rows go."""
        return Spot(
            self.form,
            f"{self.path}/#{identity}",
            self.steps,
            self.depth + 1,
            is_item=True,
            is_in_row=True,
        )

    def other(self, mark: str) -> Spot:
        """Return the spot of something else at the same place: its widgets are others."""
        return replace(self, path=f"{self.path}|{mark}")


class Node(ABC):
    """A place in the value that a form makes."""

    def __init__(self, spot: Spot, shape: Shape) -> None:
        self.spot = spot
        self.shape = shape
        self.title = shape.title if shape.name else ""
        self.faults: list[str] = []
        """The problems that the check or the server reported on saving."""

    @property
    @abstractmethod
    def value(self) -> Value:
        """What it is now."""

    @abstractmethod
    def draw(self) -> None:
        """Draw it, and take what was typed."""

    @property
    def problem(self) -> str:
        """Why the input is not a value; empty if it is one."""
        return ""

    @property
    def layout(self) -> str:
        """How much room it takes: short (half a line), wide, or button."""
        return "wide"

    def children(self) -> Sequence[tuple[str, Node]]:
        """Return the places inside, each with the step of a JSON pointer that leads there."""
        return ()

    def named(self, step: str) -> str:
        """Return what people call a place inside."""
        return words.title(step)

    def problems(self, pointer: str = "") -> Iterator[tuple[str, str]]:
        """Yield what cannot be read, here and inside."""
        if self.problem:
            yield pointer, self.problem
        for step, child in self.children():
            yield from child.problems(f"{pointer}/{step.replace('~', '~0').replace('/', '~1')}")

    def place(self, steps: Sequence[str]) -> tuple[Node, Sequence[str]]:
        """Return the place that shows a fault at the end of the steps, and the steps that are left there."""
        inside = dict(self.children())
        if steps and steps[0] in inside:
            return inside[steps[0]].place(steps[1:])
        return self, steps

    def told(self, steps: Sequence[str]) -> list[str]:
        """Return what people call the steps to a place inside."""
        if not steps:
            return []
        child = dict(self.children()).get(steps[0])
        rest = child.told(steps[1:]) if child else [words.line(step) for step in steps[1:]]
        return [self.named(steps[0]), *rest]

    def clear(self) -> None:
        """Clear its problems, and those of everything inside."""
        self.faults.clear()
        for _, child in self.children():
            child.clear()

    @property
    def has_faults(self) -> bool:
        """Whether something was said, here or inside."""
        return bool(self.faults) or any(child.has_faults for _, child in self.children())

    @property
    def needs_attention(self) -> bool:
        """Whether something is wrong, here or inside."""
        return bool(self.faults or self.problem) or any(
            child.needs_attention for _, child in self.children()
        )

    # What all of them draw

    @property
    def label(self) -> str:
        """The title with what has to be known of it."""
        marks = " (deprecated)" if self.shape.is_deprecated else ""
        return f"{words.plain(self.title or 'Value')}{marks}{' *' if self.is_needed else ''}"

    @property
    def is_needed(self) -> bool:
        """Whether somebody has to give it."""
        return not (self.spot.may_be_absent or self.spot.is_item or not self.shape.name)

    @property
    def help(self) -> str | None:
        """Its description in the definition."""
        return words.plain(self.shape.description) or None

    def draw_messages(self) -> None:
        """Draw its problems."""
        said = [*([self.problem] if self.problem else []), *self.faults]
        for text in dict.fromkeys(said):
            st.markdown(f":red[{words.plain(words.sentence(text, self.title or 'This'))}]")


def escaped_steps(pointer: str) -> list[str]:
    """Return the steps of a JSON pointer."""
    return [each.replace("~1", "/").replace("~0", "~") for each in pointer.split("/")[1:]]
