"""completion: the scripts for shells, and completion of values from the API."""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import re
import threading
from collections.abc import Callable, Generator, Iterable, Sequence
from typing import Any

import click
from click import shell_completion
from click.shell_completion import CompletionItem

from . import terminal
from .group import Command, completion_variable

LIMIT = 1.0
"""Seconds that a shell waits for values from the API."""

SHELLS = ("bash", "zsh", "fish", "powershell")

# Unlike in Click's script, values with blanks stay one word, nothing is expanded, and the program splits the line,
# since bash splits it at colons and equals signs.
_BASH = """\
%(complete_func)s() {
    local line response="" type value
    line="${COMP_LINE:0:COMP_POINT}"
    COMPREPLY=()
    response=$(env COMP_WORDS="$line" COMP_CWORD="$2" %(complete_var)s=bash_complete "$1" 2>/dev/null)
    while IFS=, read -r type value; do
        case "$type" in
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
            plain) COMPREPLY+=("$value") ;;
        esac
    done <<< "$response"
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""


class Named(CompletionItem[str]):
    """A value that is offered because its label matches; it has another prefix. Bash and zsh replace the word with it."""


_SAFE = re.compile(r"[\w@%+=:,./-]*", re.ASCII)


class Bash(shell_completion.BashComplete):
    """Completion for bash from 4.4 on."""

    source_template = _BASH

    @staticmethod
    def _check_version() -> None:
        """Do not check the version: that would start a process."""

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the one being typed, and that word."""
        line = os.environ.get("COMP_WORDS", "")
        words = shell_completion.split_arg_string(line)
        if not line or line[-1].isspace():
            words.append("")
        self.typed = os.environ.get("COMP_CWORD", "")
        option, sign, value = words[-1].partition("=")
        self.word = value if sign and option.startswith("--") else words[-1]
        return words[1:-1], words[-1]

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[str]]:
        """Return the values; none by their labels where bash replaces only the last part of the word."""
        items = super().get_completions(args, incomplete)
        is_whole = len(self.typed) >= len(self.word)
        return [item for item in items if is_whole or not isinstance(item, Named)]

    def format_completion(self, item: CompletionItem[Any]) -> str:
        """Return the line for a value: what bash replaces the last part of the word with."""
        if item.type != "plain":
            return f"{item.type},"
        value = str(item.value)
        if self.typed[:1] in {'"', "'"}:
            return f"plain,{value}"
        # Bash has split the word at a colon or an equals sign, and replaces only the part after it.
        cut = max(self.word.rfind(":"), self.word.rfind("=")) + 1
        if cut and len(self.typed) < len(self.word):
            value = value[cut:]
        return f"plain,{value if _SAFE.fullmatch(value) else _escaped(value)}"


def _escaped(value: str) -> str:
    return re.sub(r"([^\w@%+=:,./-])", r"\\\1", value)


class PowerShell(shell_completion.PowerShellComplete):
    """Completion for PowerShell. Click's script for it does not quote values."""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[str]]:
        """Return the values that do not need quotes."""
        items = super().get_completions(args, incomplete)
        return [item for item in items if _SAFE.fullmatch(str(item.value))]


shell_completion.add_completion_class(Bash)
shell_completion.add_completion_class(PowerShell)


@contextlib.contextmanager
def silent() -> Generator[None]:
    """Write nothing to stderr, where it would end up in the middle of the line being typed."""
    try:
        with contextlib.redirect_stderr(io.StringIO()):
            yield
    except Exception as error:
        raise SystemExit(1) from error


@click.command(
    "completion",
    cls=Command,
    shows=(),
    examples=(
        "source <({0} completion bash)",
        "source <({0} completion zsh)",
        "{0} completion fish | source",
    ),
    help="Print the completion script of a shell. Its start file (~/.bashrc, ~/.zshrc, config.fish) can load it.",
)
@click.argument("shell", type=click.Choice(SHELLS), metavar="|".join(SHELLS))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the script; source it in the shell's start file."""
    root = ctx.find_root()
    name = str(root.info_name)
    variable = completion_variable(name)
    cls = shell_completion.get_completion_class(shell)
    if cls is None:
        raise click.UsageError(f"this version of click cannot complete in {shell}")
    click.echo(cls(root.command, {}, name, variable).source(), nl=False)


Label = tuple[str, str | None]
"""A value, and its description in a shell."""


def from_api(fetch: Callable[[], Iterable[Label]], incomplete: str) -> list[CompletionItem]:
    """Return the values with the typed prefix, else those with a matching label; none if the API is slow or refuses."""
    # Loaded outside the time limit, which is for the API.
    importlib.import_module("requests")

    found: list[Label] = []

    def ask() -> None:
        try:
            found.extend(fetch())
        except Exception:
            found.clear()

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(LIMIT)
    shown = list(found) if not thread.is_alive() else []
    offered = [
        (value, terminal.printable(" ".join(label.split())) if label else None)
        for value, label in shown
        if _is_offered(value)
    ]
    begun = [
        CompletionItem(value, help=label)
        for value, label in offered
        if value.startswith(incomplete)
    ]
    return begun or _named(offered, incomplete)


def _named(offered: Sequence[Label], typed: str) -> list[CompletionItem]:
    """Return the value whose label has a word with the typed prefix, in either case, if there is exactly one.

    If there were several, shells would replace the word with the common prefix of the values, which is mostly empty.
    """
    sought = f" {typed}".casefold()
    named = [(value, label) for value, label in offered if sought in f" {label or ''}".casefold()]
    return [Named(value, help=label) for value, label in named] if len(named) == 1 else []


def _is_offered(value: str) -> bool:
    """Report whether the value is a single line that a shell can complete."""
    return value.isprintable() and not value.startswith(("'", '"'))
