"""How a command does several things, one after another: what one is refused does not stop the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import table, terminal

if TYPE_CHECKING:
    from ..._core import JSON, APIError
    from .app import App


@dataclass(frozen=True, slots=True)
class Step:
    """One of the things to do."""

    key: JSON
    """Of the record."""
    done: str
    """What the record is then: deleted."""
    call: Callable[[], object]

    @property
    def name(self) -> str:
        """The record in a message."""
        return table.text(self.key)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one record."""

    key: JSON
    action: str
    """What was done, or failed."""
    status: int | None
    """That of the answer, if there was one."""


class Several:
    """Runs steps, reports the result of each on stderr, and keeps the worst status for the end."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.status = 0
        self.stopped: BaseException | None = None
        """What ended the run: Ctrl-C, or a connection that is down."""

    def run(self, steps: Sequence[Step]) -> None:
        """Do the steps, and end."""
        for _ in self.outcomes(steps):
            pass
        self.end()

    def outcomes(self, steps: Sequence[Step]) -> Iterator[Outcome]:
        """Yield the result of each step. One that ends the run is the last; end() raises its error."""
        from ..._core import APIError

        for at, step in enumerate(steps):
            try:
                outcome = self._do(step)
            except (KeyboardInterrupt, APIError) as error:
                self.stopped = error
                cause = "interrupted" if isinstance(error, KeyboardInterrupt) else "no answer"
                terminal.say(f"{step.name}: {cause}; it may or may not be {step.done}")
                self.leave(steps[at + 1 :])
                return
            yield outcome

    def leave(self, steps: Sequence[Step], reason: str = "") -> None:
        """Say of steps that they are not tried."""
        for step in steps:
            terminal.say(f"{step.name}: not tried{reason}")

    def end(self) -> None:
        """Exit with the worst status, or with the error that ended the run."""
        if self.stopped is not None:
            raise self.stopped
        if self.status:
            self.app.ctx.exit(self.status)

    def _do(self, step: Step) -> Outcome:
        from ..._core import RequestError, StatusError

        try:
            step.call()
        except (RequestError, StatusError) as error:
            return self._fail(step, error)
        terminal.say(f"{step.name}: {step.done}")
        last = self.app.client.last
        return Outcome(step.key, step.done, last.status if last is not None else None)

    def _fail(self, step: Step, error: APIError) -> Outcome:
        from .errors import faults, remedy, status_of

        self.status = max(self.status, int(status_of(error)))
        for line in (f"{step.name}: {error}", *faults(error, self.app.ctx)):
            terminal.say(line)
        if getattr(error, "is_repeated", False):
            terminal.say(f"hint: {remedy(error, self.app.ctx)}")
        return Outcome(step.key, "failed", getattr(error, "status", None))
