"""Reports failures on stderr: operation, cause, location and remedy, in terms of the command's flags."""

from __future__ import annotations

import enum
import shlex
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, TYPE_CHECKING, Any, cast
from urllib.parse import unquote

import click

from ..._core import environment
from . import terminal
from .paths import written

if TYPE_CHECKING:
    from ..._core import JSON, APIError, ConnectError, Fault, StatusError
    from .config import Program
    from .settings import Settings

MAX_TEXT = 2000
"""How many characters of a text from the server are shown."""


class Status(enum.IntEnum):
    """The exit statuses of the program."""

    DONE = 0
    FAILED = 1
    MISUSED = 2
    REFUSED = 4
    SERVER_ERROR = 5
    INTERRUPTED = 130


def status_of(error: Exception) -> Status:
    """Return the exit status for an error of a call."""
    from ..._core import RequestError

    if isinstance(error, RequestError):
        return Status.MISUSED
    status = getattr(error, "status", 0)
    if isinstance(status, int) and status >= 500:
        return Status.SERVER_ERROR
    if isinstance(status, int) and status >= 400:
        return Status.REFUSED
    return Status.FAILED


class Failure(click.ClickException):
    """A failed call, in the context of the command that made it."""

    exit_code = int(Status.FAILED)

    def __init__(self, error: APIError, ctx: click.Context) -> None:
        super().__init__(str(error))
        self.error = error
        self.ctx = ctx

    def show(self, file: IO[Any] | None = None) -> None:
        """Report it on stderr."""
        report(self.error, self.ctx, file)


class _Misused(Failure):
    exit_code = int(Status.MISUSED)


class _Refused(Failure):
    exit_code = int(Status.REFUSED)


class _ServerFailed(Failure):
    exit_code = int(Status.SERVER_ERROR)


def failure(error: APIError, ctx: click.Context) -> Failure:
    """Return the exception for a failed call; its class determines the exit status."""
    classes = {one.exit_code: one for one in (_Misused, _Refused, _ServerFailed)}
    return classes.get(status_of(error), Failure)(error, ctx)


def report(error: APIError, ctx: click.Context, file: IO[Any] | None = None) -> None:
    """Report a failure on stderr: as JSON if the output format is JSON, else as lines of text."""
    from . import config

    settings = config.current(ctx)
    if settings.output in {"json", "ndjson"}:
        from ..._core import dumps

        lines = [dumps(problem(error), 2 if settings.output == "json" else None)]
    else:
        lines = list(_lines(error, ctx, verbose=settings.verbose))
    color = terminal.wants_color(sys.stderr, settings.color)
    for line in lines:
        click.echo(
            _styled(terminal.printable_lines(line), color=color), file, err=True, color=color
        )


def _styled(line: str, *, color: bool) -> str:
    return (
        click.style("Error:", fg="red") + line[6:] if color and line.startswith("Error:") else line
    )


def problem(error: APIError) -> JSON:
    """Return a failure as a problem (RFC 9457): the server's, else one made from the error."""
    said = getattr(error, "problem", None)
    if isinstance(said, Mapping) and said:
        return cast("JSON", said)
    title = getattr(error, "title", None)
    members: dict[str, JSON] = {"title": title if isinstance(title, str) else type(error).__name__}
    status = getattr(error, "status", None)
    if isinstance(status, int):
        members["status"] = status
    members["detail"] = str(error)
    return members


def _lines(error: APIError, ctx: click.Context, *, verbose: bool) -> Iterator[str]:
    from ..._core import StatusError

    if not isinstance(error, StatusError):
        yield f"Error: {_cut(str(error))}"
    else:
        yield f"Error: {error.operation}: {_cut(_cause(error))}"
        yield from faults(error, ctx)
        if error.request_id and verbose:
            yield f"request id: {error.request_id}"
    hint = remedy(error, ctx)
    if hint:
        yield f"hint: {hint}"


def faults(error: APIError, ctx: click.Context) -> Iterator[str]:
    """Yield a line for each fault of a request, in terms of the command's flags."""
    for fault in getattr(error, "errors", ()):
        yield f"  {_cut(_fault_line(fault, ctx))}"


def line(error: StatusError, ctx: click.Context) -> str:
    """Return a refusal on one line."""
    faults = "; ".join(_fault_line(fault, ctx).removesuffix(".") for fault in error.errors)
    said = f"{error.operation}: {_cause(error).removesuffix('.')}"
    return _cut(f"{said}: {faults}" if faults else said)


def _cause(error: StatusError) -> str:
    texts: list[str] = []
    for text in (error.title, error.detail):
        if text and text not in texts:
            texts.append(text)
    return " ".join([str(error.status), ": ".join(texts)]).strip()


def _cut(text: str) -> str:
    return text if len(text) <= MAX_TEXT else f"{text[:MAX_TEXT]}... ({len(text)} characters)"


def _fault_line(fault: Fault, ctx: click.Context) -> str:
    place = _place(fault, ctx.command.params)
    return f"{place}: {fault.detail}" if place else str(fault.detail)


def _place(fault: Fault, params: Sequence[click.Parameter]) -> str | None:
    """Return the flag for the value that a fault points at, else the pointer or the name of the parameter."""
    if fault.pointer is not None:
        return flag_of(fault.pointer, params) or fault.pointer or "the body"
    if fault.parameter is None:
        return None
    for param in params:
        wire = getattr(param, "wire", None)
        if wire == fault.parameter or (wire and _is_filter(param) and wire[0] == fault.parameter):
            return _shown(param)
    return fault.parameter


def flag_of(pointer: str, params: Sequence[click.Parameter]) -> str | None:
    """Return the flag for the value at a JSON Pointer (RFC 6901), or for one around it, with the rest of the pointer."""
    if pointer.startswith("#"):
        pointer = unquote(pointer[1:])
    path = tuple(step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:])
    best: tuple[int, click.Parameter] | None = None
    for param in params:
        wire = getattr(param, "wire", None)
        if isinstance(wire, tuple) and wire and not _is_filter(param):
            names = cast("tuple[str, ...]", wire)
            if path[: len(names)] == names and (best is None or len(names) > best[0]):
                best = len(names), param
    if best is None:
        return _field_flag(path, params)
    rest = pointer.split("/")[best[0] + 1 :]
    return _shown(best[1]) + "".join(f"/{step}" for step in rest)


def _field_flag(path: tuple[str, ...], params: Sequence[click.Parameter]) -> str | None:
    """Return -F with the path if the command has -F, just the path if it reads files, else None."""
    flags = {flag for param in params for flag in param.opts}
    if path and "--field" in flags:
        return f"-F {written(path)}"
    return written(path) if path and "--file" in flags else None


def _is_filter(param: click.Parameter) -> bool:
    return isinstance(param, click.Option) and not getattr(param, "is_body", False)


def _shown(param: click.Parameter) -> str:
    if isinstance(param, click.Argument):
        return param.human_readable_name
    return max(param.opts, key=len)


def _login(error: StatusError, program: Program) -> str:
    """Return how to provide the credentials that an operation requires."""
    from . import credentials

    variables = environment.variables(program.name, credentials.schemes())
    wanted = [name for each in error.security for name in each if name in variables]
    names = list(dict.fromkeys(wanted))
    command = f"{program.name} auth login"
    if not names or set(names) == set(environment.primary(credentials.schemes())):
        found = [program.variable("token")]
    else:
        found = [variables[name] for name in names]
    if names and len(variables) > 1:
        command += f" --scheme {' or '.join(map(shlex.quote, names))}"
    return f"{command}, or set {' or '.join(found)}"


def remedy(error: APIError, ctx: click.Context) -> str | None:
    """Return advice on a failure, if there is any."""
    from ..._core import ConnectError, StatusError
    from . import config

    program = config.program_of(ctx)
    if isinstance(error, ConnectError):
        return _address_advice(config.current(ctx), program)
    if not isinstance(error, StatusError):
        return None
    if error.location is not None and error.status < 400:
        return f"the server redirects to {error.location}; if you trust that address, give it as --base-url"
    if error.retry_after is not None:
        return f"try again in {error.retry_after:.0f} seconds"
    if error.is_repeated:
        return (
            "an earlier attempt got no response and may have succeeded: check before you repeat it"
        )
    return {
        401: f"log in with {_login(error, program)}",
        403: f"these credentials do not allow that; see {program.name} auth status",
        412: "the record has changed since it was read: read it again",
        429: "the server is not accepting more requests now; try again later",
        503: "the server is not available; try again later",
    }.get(error.status)


def _address_advice(settings: Settings, program: Program) -> str:
    """Return advice on an address that does not respond."""
    if settings.sources["base_url"] == "default":
        variable = program.variable("base_url")
        ways = f"--base-url, {variable} or base_url of a profile"
        return f"this address is the default, since none was given: set {ways}"
    return f"is {settings.base_url} right? {program.name} doctor checks the connection"


def may_have_arrived(error: ConnectError) -> bool:
    """Report whether the server may have executed a request to which it did not respond: not if nothing was sent."""
    from ssl import SSLCertVerificationError

    from urllib3.exceptions import ConnectTimeoutError, NewConnectionError, ProxyError

    unsent = (
        SSLCertVerificationError,
        ConnectTimeoutError,
        NewConnectionError,
        ProxyError,
        UnicodeError,
    )
    return not any(isinstance(cause, unsent) for cause in _causes(error))


def _causes(error: BaseException) -> list[BaseException]:
    """Return an error and all its causes, which libraries wrap in one another."""
    found: list[BaseException] = [error]
    for each in found:
        behind = [each.__cause__, getattr(each, "reason", None), *each.args]
        found += [one for one in behind if isinstance(one, BaseException) and one not in found]
    return found
