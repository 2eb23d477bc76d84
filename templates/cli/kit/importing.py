"""`import`: creates each record of a file with a separate request.

A record that fails is reported with its line, and the import goes on. An error that would affect every record, such as a
lost connection, ends the run: it then reports what was done, what may have been done, and how to continue.
"""

from __future__ import annotations

import contextlib
import shlex
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import click

from . import config, errors, paths, terminal
from .body import Builder
from .group import typed_words
from .options import form_of
from .progress import Progress
from .prompts import CREDENTIALS
from .records import Records, UnreadableError
from .rejects import Rejects
from .values import STANDARD_INPUT

if TYPE_CHECKING:
    from ..._core import JSON, StatusError
    from .app import App
    from .options import Form
    from .records import Record

UNAUTHORIZED, FORBIDDEN, CONFLICT, TOO_MANY = 401, 403, 409, 429
ENDS = frozenset({UNAUTHORIZED, FORBIDDEN, TOO_MANY})
"""The statuses that all other records would get too. The same is assumed of redirects."""

WAIT, MAX_WAIT = 1.0, 30.0
"""Seconds to wait after status 429: the default, and the maximum."""

MAX_NAMES = 12
"""The most members that a note names."""


@dataclass
class Tally:
    """The results so far."""

    skipped: int = 0
    created: int = 0
    failed: int = 0
    status: int = 0
    """The worst exit status of the failures."""
    dropped: dict[str, None] = field(default_factory=dict[str, None])
    """The members that were omitted."""
    has_conflict: bool = False

    @property
    def done(self) -> int:
        """The number of records that are finished, in one way or another."""
        return self.skipped + self.created + self.failed

    def summary(self, verb: str) -> str:
        """Return the tally on one line."""
        count = self.created + self.failed
        skipped = f" after {self.skipped} skipped" if self.skipped else ""
        noun = "record" if count == 1 else "records"
        return f"{count} {noun}{skipped}: {self.created} {verb}, {self.failed} failed"


class Import:
    """One run of an import command. create sends a record, or prints what it would send."""

    def __init__(
        self, app: App, create: Callable[[JSON], JSON], given: Mapping[str, object]
    ) -> None:
        self.app = app
        self.create = create
        self.file = str(given["file"])
        self.skip = cast("int", given["skip"])
        self.is_preview = app.settings.dry_run or app.settings.curl
        self.terms = _terms(app.ctx)
        form = cast("Form", form_of(app.ctx.command.params))
        self.builder = Builder(form, "create", self.terms.command.params, {})
        self.records = Records(self.file, cast("str | None", given["format"]), self.builder)
        self.failed = None if self.is_preview else cast("str | None", given["failed"])
        self.rejects: Rejects | None = None
        self.prints = "output" in config.given(app.ctx)
        is_seen = (self.prints or self.is_preview) and terminal.is_terminal(sys.stdout)
        self.progress = Progress(is_shown=not is_seen)
        self.tally = Tally()
        self.current: Record | None = None
        self.is_sent = False
        """Whether the current record was sent, and not refused."""
        self.stop: BaseException | None = None
        """What ended the run before the end of the file."""

    def run(self) -> None:
        """Create the records, and report the results."""
        try:
            with contextlib.closing(self.records), contextlib.ExitStack() as stack:
                if self.failed is not None:
                    self.rejects = Rejects(self.failed, self.records, goes_on=self.skip > 0)
                    stack.callback(self.rejects.close)
                with self.progress:
                    self._print(self._answers())
        except (KeyboardInterrupt, OSError, click.ClickException) as error:
            if isinstance(error, click.UsageError) and not self.tally.done:
                raise
            self.stop = error
        self._conclude()

    @property
    def where(self) -> str:
        """The position of the current record."""
        return f"{self.records.name}:{self.current.line if self.current else 1}"

    def _print(self, answers: Iterator[JSON]) -> None:
        if self.prints:
            self.app.output.items(answers, self.app.view, is_done=True)
        else:
            for _ in answers:
                pass

    def _answers(self) -> Iterator[JSON]:
        """Yield the responses. An error that ends the run is stored instead of raised, so that all of them are printed."""
        from ..._core import APIError

        try:
            for record in self.records:
                if self.tally.skipped < self.skip:
                    self.tally.skipped += 1
                    continue
                self.is_sent = False
                self.current = record
                yield from self._create_record(record)
                self.progress.show(self.tally.summary("created"), record.share)
        except (APIError, KeyboardInterrupt) as error:
            self.stop = error

    def _create_record(self, record: Record) -> Iterator[JSON]:
        """Create a record, and yield the response unless it is empty."""
        from ..._core import StatusError

        try:
            answer = self._send(self._body(record))
        except UnreadableError as error:
            self._fail(record, str(error), errors.Status.MISUSED)
        except click.UsageError as error:
            message = error.message.removesuffix(".")
            self._fail(record, f"{self.where}: {message}", errors.Status.MISUSED)
        except StatusError as error:
            if _ends(error):
                raise
            self.tally.has_conflict |= error.status == CONFLICT
            message = f"{self.where}: {errors.line(error, self.terms)}"
            self._fail(record, message, errors.status_of(error))
        else:
            self.tally.created += 1
            self.current = None
            if answer is not None:
                yield answer

    def _body(self, record: Record) -> JSON:
        value = record.read()
        body = self.builder.accept(value)
        self.tally.dropped.update(dict.fromkeys(map(paths.display, body.dropped)))
        self.builder.check(body.value)
        return body.value

    def _send(self, body: JSON) -> JSON:
        """Send a body, and retry after status 429."""
        from ..._core import TooManyRequestsError

        for _ in range(self.app.settings.retries):
            try:
                return self._send_once(body)
            except TooManyRequestsError as error:
                requested = WAIT if error.retry_after is None else error.retry_after
                seconds = min(requested, MAX_WAIT)
                self._say(f"the server answered 429; trying again in {seconds:.0f} s")
                time.sleep(seconds)
        return self._send_once(body)

    def _send_once(self, body: JSON) -> JSON:
        from ..._core import APIError, ConnectError, DecodeError

        self.is_sent = not self.is_preview
        if self.app.settings.dry_run and not self.app.settings.curl and self.tally.created:
            click.echo()
        try:
            answer = self.create(body)
        except DecodeError as error:
            self._say(f"{self.where}: created, but {error}")
            answer = None
        except ConnectError as error:
            self.is_sent = errors.may_have_arrived(error)
            raise
        except APIError:
            self.is_sent = False
            raise
        return answer

    def _fail(self, record: Record, message: str, status: int) -> None:
        self._say(message)
        if self.rejects is not None:
            self.rejects.write(record)
        self.tally.failed += 1
        self.tally.status = max(self.tally.status, status)
        self.current = None

    def _say(self, text: str) -> None:
        self.progress.clear()
        terminal.say(text)

    def _conclude(self) -> None:
        """Report what was done, what was not, and how to continue; exit with the status of the worst failure."""
        from ..._core import APIError

        status = self.tally.status
        if isinstance(self.stop, APIError):
            errors.report(self.stop, self.app.ctx)
            status = max(status, errors.status_of(self.stop))
        if self.tally.dropped:
            names = _shortened(list(self.tally.dropped))
            terminal.say(f"note: omitted, since only the server writes it: {names}")
        terminal.say(self.tally.summary("would be created" if self.is_preview else "created"))
        group = self.app.ctx.parent
        if self.tally.has_conflict and group and _command(self.app.ctx, "apply"):
            terminal.say(f"hint: {group.command_path} apply -f FILE changes existing records")
        if self.stop is not None:
            self._say_how_to_continue()
        if self.stop is not None and not isinstance(self.stop, APIError):
            raise self.stop
        if status:
            self.app.ctx.exit(status)

    def _say_how_to_continue(self) -> None:
        done = self.tally.done
        if self.current is not None:
            unsure = (
                f"may or may not have been created; if it exists, continue with --skip {done + 1}"
            )
            terminal.say(f"{self.where}: {unsure if self.is_sent else 'not created'}")
        if self.file == STANDARD_INPUT:
            terminal.say(f"continue with --skip {done}")
        else:
            terminal.say(f"continue with: {continuation(self.app.ctx, done)}")


def continuation(ctx: click.Context, skip: int) -> str:
    """Return the command line to continue after so many records, without the credentials of this one."""
    words = list(typed_words(ctx))
    end = words.index("--") if "--" in words else len(words)
    kept: list[str] = []
    at = 0
    while at < end:
        flag, sign, _ = words[at].partition("=")
        width = 1 if sign else 2
        if flag in CREDENTIALS:
            kept += [flag, "***"]
        elif flag != "--skip":
            width = 1
            kept.append(words[at])
        at += width
    more = ["--skip", str(skip)] if skip else []
    return shlex.join([*kept, *more, *words[end:]])


def _terms(ctx: click.Context) -> click.Context:
    """Return the context of create, in whose terms problems with a record are reported."""
    return click.Context(_command(ctx, "create") or ctx.command, parent=ctx.parent)


def _command(ctx: click.Context, name: str) -> click.Command | None:
    """Return another command of the resource, if it has that."""
    parent = ctx.parent.command if ctx.parent else None
    return parent.get_command(ctx, name) if isinstance(parent, click.Group) else None


def _ends(error: StatusError) -> bool:
    return error.status in ENDS or error.status // 100 == 3


def _shortened(names: list[str]) -> str:
    more = len(names) - MAX_NAMES
    return ", ".join(names[:MAX_NAMES]) + (f" and {more} more" if more > 0 else "")
