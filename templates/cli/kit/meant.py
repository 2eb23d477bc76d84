"""Suggestions for unknown commands and options: the names that other programs use, else similar ones.

Loaded where something was mistyped.
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
"""What other programs call a command: the first line that begins with a word that is known is meant."""

SETTING, SET = "set-", ("set", "update", "replace")
"""set-title is one command for each field, in other programs."""

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
"""What other programs call an option."""

CUTOFF = 0.65
"""How alike two words are, from 0 to 1, that may be mistaken for each other: gte is get, but filter is not profile."""


def command(word: str, known: Sequence[str], flags: Sequence[str]) -> list[str]:
    """Return what to write in place of a word, by the commands and flags that are known there."""
    others = COMMANDS.get(word) or (SET if word.startswith(SETTING) else ())
    return _first(others, [*known, *flags]) or near(word, known)


def option(flag: str, known: Sequence[str]) -> list[str]:
    """Return what to write in place of a flag, by the flags that are known there. Its dashes make it like no other."""
    name = flag.lstrip("-").partition("=")[0]
    flags = {each.lstrip("-"): each for each in known if each.startswith("--")}
    return _first(OPTIONS.get(name, ()), known) or [flags[each] for each in near(name, list(flags))]


def _first(lines: Iterable[str], known: Sequence[str]) -> list[str]:
    return [line for line in lines if line.partition(" ")[0] in known][:1]


def near(word: str, known: Sequence[str]) -> list[str]:
    """Return the words that are almost the same, the nearest first."""
    from difflib import get_close_matches

    return get_close_matches(word, known, cutoff=CUTOFF)


def asked(lines: Sequence[str]) -> str:
    """Return the question whether one of these was meant, to append to a sentence."""
    return f" Did you mean {' or '.join(repr(line) for line in lines)}?" if lines else ""
