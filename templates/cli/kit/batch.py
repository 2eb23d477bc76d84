"""Runs several steps one after another. A step that is refused does not stop the next ones."""

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
    """One request of several."""

    key: JSON
    """The key of the record."""
    done: str
    """The resulting state of the record, as a participle: deleted."""
    call: Callable[[], object]

    @property
    def name(self) -> str:
        """The key of the record as messages show it."""
        return table.text(self.key)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one step."""

    key: JSON
    action: str
    """What was done, or "failed"."""
    status: int | None
    """The status of the response, if there was one."""


class Batch:
    """Runs steps, reports the result of each on stderr, and records the worst exit status."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.status = 0
        self.stopped: BaseException | None = None
        """What ended the run: Ctrl-C, or a connection that is down."""

    def run(self, steps: Sequence[Step]) -> None:
        """Run the steps, then exit."""
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
                self.skip(steps[at + 1 :])
                return
            yield outcome

    def skip(self, steps: Sequence[Step], reason: str = "") -> None:
        """Report that steps are not tried."""
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
