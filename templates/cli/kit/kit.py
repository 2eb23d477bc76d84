"""What the commands are made of. Nothing here knows a resource."""

from __future__ import annotations

import enum
import importlib
import json
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from .._core import JSON, Operation


class Status(enum.IntEnum):
    """How the command exits."""

    DONE = 0
    FAILED = 1
    MISUSED = 2
    CLIENT_ERROR = 4
    SERVER_ERROR = 5
    INTERRUPTED = 130


class Key(click.Argument):
    """A key, which identifies a record."""


class Option(click.Option):
    """A value of the query or the body; wire says which: ("query", "limit"), ("body", "address", "city")."""

    def __init__(self, *args: Any, wire: Sequence[str], **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.wire = tuple(wire)


class JSONValue(click.ParamType[Any]):
    """A value that is written as JSON, of one kind."""

    kinds: Mapping[str, tuple[type, ...]] = {
        "boolean": (bool,),
        "integer": (int,),
        "number": (int, float),
        "array": (list,),
        "tuple": (list,),
        "object": (dict,),
        "map": (dict,),
    }

    def __init__(self, kind: str) -> None:
        self.name = kind

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the value that the text says."""
        if not isinstance(value, str):
            return value
        try:
            read = json.loads(value)
        except ValueError:
            self.fail(f"{value!r} is not {self.name}, written as JSON", param, ctx)
        wanted = self.kinds.get(self.name, (object,))
        if not isinstance(read, wanted) or (isinstance(read, bool) and bool not in wanted and object not in wanted):
            self.fail(f"{value!r} is not {self.name}", param, ctx)
        return read


class Choice(click.ParamType[Any]):
    """One of several values: a text as it is, any other as JSON."""

    name = "choice"

    def __init__(self, values: Sequence[JSON]) -> None:
        self.values = {value if isinstance(value, str) else json.dumps(value): value for value in values}

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Return the values, as help shows them."""
        return "[" + "|".join(self.values) + "]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the value that the text stands for."""
        if not isinstance(value, str) or value not in self.values:
            self.fail(f"{value!r} is not one of {', '.join(self.values)}", param, ctx)
        return self.values[value]


TEXT = click.STRING


class Command(click.Command):
    """A command that calls an operation."""


class Group(click.Group):
    """The commands of one resource; no two have one name."""

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add a command under a name that is free."""
        name = name or cmd.name
        if name in self.commands:
            raise ValueError(f"two commands of {self.name} are called {name}")
        super().add_command(cmd, name)


class Root(Group):
    """The command itself. groups says for each word which module has its commands, and what they are about."""

    def __init__(self, title: str, base_url: str, groups: Mapping[str, tuple[str, str]]) -> None:
        super().__init__(help=title, params=[click.Option(["--base-url"], default=base_url, show_default=True, help="Where the API is.")])
        self.groups = groups
        self.callback = _remember

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the words for all groups and commands."""
        return [*self.groups, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the group of a word."""
        if cmd_name not in self.groups:
            return super().get_command(ctx, cmd_name)
        module, _ = self.groups[cmd_name]
        group = importlib.import_module(f"{__package__}.commands.{module}").group
        assert isinstance(group, Group)
        return group

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the groups without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl([(word, about) for word, (_, about) in self.groups.items()])


@click.pass_context
def _remember(ctx: click.Context, base_url: str) -> None:
    ctx.obj = App(base_url)


class App:
    """What a command works with."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url

    def call(self, operation: Operation, given: Mapping[str, object]) -> None:
        """Call an operation with the arguments of the command, and print what it answers."""
        from .._core import Client

        params = click.get_current_context().command.params
        keys = [given[p.name] for p in params if isinstance(p, Key) and p.name]
        parts: dict[str, dict[str, Any]] = {"query": {}, "body": {}}
        for param in params:
            if isinstance(param, Option) and param.name and given[param.name] is not None:
                _put(parts, param.wire, given[param.name])
        body = parts["body"] if operation.method in {"POST", "PUT", "PATCH"} else None
        answer = Client(self.base_url).call(operation, *keys, query=parts["query"], body=body)
        if answer is not None:
            click.echo(json.dumps(answer, ensure_ascii=False, indent=2))


pass_app = click.make_pass_decorator(App)


def _put(into: dict[str, Any], path: Sequence[str], value: object) -> None:
    for step in path[:-1]:
        into = into.setdefault(step, {})
    into[path[-1]] = value


def run(root: Root) -> int:
    """Run the command line, and return the status that it exits with."""
    from .._core import APIError, StatusError

    try:
        result = root.main(standalone_mode=False)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.Abort:
        return Status.INTERRUPTED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except StatusError as error:
        print(f"Error: {error}", file=sys.stderr)
        return Status.CLIENT_ERROR if error.status < 500 else Status.SERVER_ERROR
    except (APIError, ValueError) as error:
        print(f"Error: {error}", file=sys.stderr)
        return Status.FAILED
    return result if isinstance(result, int) else Status.DONE
