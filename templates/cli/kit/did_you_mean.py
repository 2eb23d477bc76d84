"""Suggestions for unknown commands and options: equivalents of the names in other programs, else similar names.

Loaded only when something was mistyped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

COMMANDS: Mapping[str, Sequence[str]] = {
    **dict.fromkeys(("help", "?"), ("--help",)),
    "version": ("--version",),
    **dict.fromkeys(("login", "signin"), ("auth login",)),
    **dict.fromkeys(("logout", "signout"), ("auth logout",)),
    **dict.fromkeys(("whoami", "status"), ("auth status",)),
    **dict.fromkeys(("settings", "profile", "profiles", "configure"), ("config show",)),
    **dict.fromkeys(("check", "ping"), ("doctor",)),
    **dict.fromkeys(("show", "read", "view", "cat", "fetch", "describe"), ("get", "explain")),
    **dict.fromkeys(("find", "search", "query", "ls", "index"), ("list",)),
    **dict.fromkeys(("add", "new", "post", "insert", "make", "register"), ("create",)),
    **dict.fromkeys(("patch", "modify", "change", "alter"), ("update", "replace")),
    "edit": ("update --edit", "replace --edit"),
    **dict.fromkeys(("put", "overwrite"), ("replace", "update")),
    **dict.fromkeys(("rm", "remove", "del", "drop", "destroy"), ("delete",)),
    **dict.fromkeys(("head", "has"), ("exists", "get")),
    **dict.fromkeys(("follow", "tail", "subscribe", "events"), ("watch",)),
    **dict.fromkeys(("send", "emit"), ("publish",)),
    **dict.fromkeys(("dump", "download", "backup"), ("export",)),
    **dict.fromkeys(("load", "upload", "restore"), ("import",)),
    "sync": ("apply",),
    "set": ("update", "replace"),
}
"""The names of commands in other programs, each with suggestions: the first one for an existing command is used."""

SETTING, SET = "set-", ("set", "update", "replace")
"""In other programs, set-title is a command, one for each field."""

OPTIONS: Mapping[str, Sequence[str]] = {
    **dict.fromkeys(("limit", "max", "top", "first", "page-size", "n"), ("--max-items", "--limit")),
    **dict.fromkeys(("all-pages", "paginate"), ("--all",)),
    "format": ("--output",),
    **{form: (f"--output {form}",) for form in ("json", "yaml", "csv", "ndjson", "table")},
    "fields": ("--columns",),
    **dict.fromkeys(("jq", "jsonpath", "jmespath"), ("--query",)),
    **dict.fromkeys(("url", "host", "server", "endpoint", "api-url"), ("--base-url",)),
    **dict.fromkeys(("api-key", "key", "password"), ("--token",)),
    **dict.fromkeys(("data", "d", "body", "input"), ("--file",)),
    "set": ("--field",),
    "follow": ("--watch",),
    **dict.fromkeys(("force", "no-input", "non-interactive"), ("--yes",)),
    **dict.fromkeys(("debug", "trace"), ("--verbose",)),
}
"""The names of options in other programs, each with suggestions."""

CUTOFF = 0.65
"""How similar two words must be, from 0 to 1, for one to be suggested: get for gte, but not profile for filter."""


def command(word: str, known: Sequence[str], flags: Sequence[str]) -> list[str]:
    """Return suggestions for an unknown command, from the commands and flags that exist there."""
    others = COMMANDS.get(word) or (SET if word.startswith(SETTING) else ())
    return _first(others, [*known, *flags]) or close_matches(word, known)


def option(flag: str, known: Sequence[str]) -> list[str]:
    """Return suggestions for an unknown flag, from the flags that exist there. They are compared without their dashes."""
    name = flag.lstrip("-").partition("=")[0]
    flags = {each.lstrip("-"): each for each in known if each.startswith("--")}
    return _first(OPTIONS.get(name, ()), known) or [
        flags[each] for each in close_matches(name, list(flags))
    ]


def _first(lines: Iterable[str], known: Sequence[str]) -> list[str]:
    return [line for line in lines if line.partition(" ")[0] in known][:1]


def close_matches(word: str, known: Sequence[str]) -> list[str]:
    """Return similar words, the most similar first."""
    from difflib import get_close_matches

    return get_close_matches(word, known, cutoff=CUTOFF)


def question(lines: Sequence[str]) -> str:
    """Return a question that offers suggestions, to append to a sentence; "" if there are none."""
    return f" Did you mean {' or '.join(repr(line) for line in lines)}?" if lines else ""
