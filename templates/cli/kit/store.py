"""What `auth login` keeps between two runs: a file that only its owner can read.

An entry belongs to a profile, a scheme and the origin of an API; it is never used for another origin.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from ..._core.jsontext import is_object
from ..._core.request import origin
from .config import ConfigError, Program

_OTHERS = 0o077

Entry = dict[str, Any]
"""{"token" or "username" and "password" or "client_id" and "client_secret", "expires_at", ...}"""
Kept = dict[str, dict[str, dict[str, Entry]]]
"""The entries by profile, scheme and origin."""


class Store:
    """The credentials of one program."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.file = program.file.parent / "credentials.json"

    def get(self, profile: str | None, scheme: str, base_url: str) -> Entry | None:
        """Return the stored credentials for a scheme of a profile, if they are for this origin."""
        return self._read().get(profile or "", {}).get(scheme, {}).get(origin(base_url))

    def put(
        self, profile: str | None, scheme: str, base_url: str, entry: Mapping[str, Any]
    ) -> None:
        """Keep an entry."""
        kept = self._read()
        of_scheme = kept.setdefault(profile or "", {}).setdefault(scheme, {})
        of_scheme[origin(base_url)] = dict(entry)
        self._write(kept)

    def remove(self, profile: str | None, scheme: str) -> bool:
        """Forget the entries of a scheme, and return whether there were any."""
        kept = self._read()
        if kept.get(profile or "", {}).pop(scheme, None) is None:
            return False
        self._write({name: entries for name, entries in kept.items() if entries})
        return True

    def _read(self) -> Kept:
        try:
            with self.file.open(encoding="utf-8") as file:
                self._check_mode(os.fstat(file.fileno()).st_mode)
                kept: object = json.load(file)
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise ConfigError(f"cannot read {self.file}: {error.strerror}") from error
        except ValueError as error:
            raise ConfigError(f"{self.file}: {error}; delete it and log in again") from error
        if not _has_entries(kept):
            raise ConfigError(f"{self.file}: it holds no logins; delete it and log in again")
        return cast("dict[str, dict[str, Entry]]", kept)

    def _check_mode(self, mode: int) -> None:
        if os.name != "nt" and mode & _OTHERS:
            shown = oct(stat.S_IMODE(mode))[2:]
            raise ConfigError(f"{self.file} is open to others (mode {shown}); run chmod 600 on it")

    def _write(self, kept: Kept) -> None:
        try:
            write_private(self.file, json.dumps(kept, indent=2) + "\n")
        except OSError as error:
            raise ConfigError(f"cannot write {self.file}: {error.strerror}") from error


def _has_entries(kept: object) -> bool:
    """Report whether these are the entries of schemes, by profiles."""
    return is_object(kept) and all(
        is_object(entries) and all(map(is_object, entries.values())) for entries in kept.values()
    )


def write_private(file: Path, text: str) -> None:
    """Write a file of mode 0600, whole or not at all."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        Path(name).replace(file)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def is_expired(entry: Mapping[str, Any]) -> bool:
    """Report whether a kept token is of no use any more, half a minute ahead of time."""
    expires = entry.get("expires_at")
    return isinstance(expires, int | float) and expires < time.time() + 30
