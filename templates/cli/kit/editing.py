"""Editing of a body in an editor. The text is never lost: if it cannot be sent, it is saved to a file."""

from __future__ import annotations

import os
import shlex
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from ..._core import differences
from . import config, documents, skeleton, terminal, yaml_text
from .body import Builder
from .options import Key

if TYPE_CHECKING:
    from ..._core import JSON, Operation
    from .app import App


@dataclass(frozen=True, slots=True)
class Draft:
    """What the editor is opened with."""

    builder: Builder
    before: JSON
    """The current record; None for a new one."""
    text: str
    given: Mapping[str, object]
    """The values of the options, including the condition on the state of the record."""


def edit(app: App, operation: Operation[Any], builder: Builder, get: Operation[Any] | None) -> None:
    """Open the editor, and send the result."""
    if builder.values.get("file") is not None:
        raise click.UsageError("--edit and -f exclude each other.", app.ctx)
    draft = _draft(app, builder, get)
    # As bytes, since some editors write CR LF or another encoding, and the text is saved unchanged.
    typed = click.edit(draft.text.encode(), extension=".yaml")
    if typed is None or (typed == draft.text.encode() and not builder.changes()):
        terminal.say("Nothing was changed.")
        return
    try:
        _send(app, operation, draft, typed)
    except documents.NothingError:
        terminal.say("Nothing was written.")
    except (Exception, KeyboardInterrupt):
        _keep(app, builder, typed)
        raise


def _draft(app: App, builder: Builder, get: Operation[Any] | None) -> Draft:
    if builder.action == "create" or get is None:
        body = builder.build({}, has_base=True, is_draft=True).value if builder.changes() else None
        text = yaml_text.dump(body) if body else skeleton.text(builder.forms, builder.form.name)
        return Draft(builder, None, text, builder.values)
    before = builder.accept(app.read(get, builder.values)).value
    wanted = builder.build(_copy(before), has_base=True, is_draft=True).value
    return Draft(builder, before, yaml_text.dump(wanted), app.if_unchanged(builder.values))


def _send(app: App, operation: Operation[Any], draft: Draft, typed: bytes) -> None:
    builder = draft.builder
    name = "the edited text"
    wanted = builder.accept(documents.interpret(documents.decode(typed, name), name)).value
    if builder.action == "update":
        wanted = differences.patch(draft.before, wanted)
    if differences.is_same(wanted, {} if builder.action == "update" else draft.before):
        terminal.say("Nothing was changed.")
        return
    builder.check(wanted)
    app.call(operation, draft.given, body=wanted)


def _copy(value: JSON) -> JSON:
    from ..._core import dumps, loads

    return loads(dumps(value))


def _keep(app: App, builder: Builder, typed: bytes) -> None:
    """Save the text to a file that only its owner can read, and print how to continue."""
    handle, path = tempfile.mkstemp(prefix=f"{app.settings.command}-", suffix=".yaml")
    with os.fdopen(handle, "wb") as file:
        file.write(typed)
    keys = [str(builder.values[p.name]) for p in builder.params if isinstance(p, Key) and p.name]
    options = ["-f", path, *_target(app.ctx)]
    is_option = any(key.startswith("-") for key in keys)
    words = [*options, "--", *keys] if is_option else [*keys, *options]
    line = f"{app.ctx.command_path} {shlex.join(words)}"
    terminal.say(f"Your text is in {path}; correct it, and run: {line}")


def _target(ctx: click.Context) -> Iterator[str]:
    """Yield the options that select the API, so that the printed command does not go to another one."""
    said = config.given(ctx)
    for flag, name in (("-p", "profile"), ("--base-url", "base_url")):
        if name in said:
            yield from (flag, str(said[name]))
