"""The credentials that `auth login` stores between runs, in a file that only its owner can read.

An entry belongs to a profile, a scheme and the origin of an API. It is never used for another origin.
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
Entries = dict[str, dict[str, dict[str, Entry]]]
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
        """Store an entry."""
        entries = self._read()
        of_scheme = entries.setdefault(profile or "", {}).setdefault(scheme, {})
        of_scheme[origin(base_url)] = dict(entry)
        self._write(entries)

    def remove(self, profile: str | None, scheme: str) -> bool:
        """Delete the entries of a scheme, and report whether there were any."""
        entries = self._read()
        if entries.get(profile or "", {}).pop(scheme, None) is None:
            return False
        self._write({name: schemes for name, schemes in entries.items() if schemes})
        return True

    def _read(self) -> Entries:
        try:
            with self.file.open(encoding="utf-8") as file:
                self._check_mode(os.fstat(file.fileno()).st_mode)
                entries: object = json.load(file)
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise ConfigError(f"cannot read {self.file}: {error.strerror}") from error
        except ValueError as error:
            raise ConfigError(f"{self.file}: {error}; delete it and log in again") from error
        if not _has_entries(entries):
            raise ConfigError(f"{self.file}: it holds no logins; delete it and log in again")
        return cast("dict[str, dict[str, Entry]]", entries)

    def _check_mode(self, mode: int) -> None:
        if os.name != "nt" and mode & _OTHERS:
            shown = oct(stat.S_IMODE(mode))[2:]
            raise ConfigError(f"{self.file} is open to others (mode {shown}); run chmod 600 on it")

    def _write(self, entries: Entries) -> None:
        try:
            write_private(self.file, json.dumps(entries, indent=2) + "\n")
        except OSError as error:
            raise ConfigError(f"cannot write {self.file}: {error.strerror}") from error


def _has_entries(entries: object) -> bool:
    """Report whether a value has the structure of Entries."""
    return is_object(entries) and all(
        is_object(schemes) and all(map(is_object, schemes.values())) for schemes in entries.values()
    )


def write_private(file: Path, text: str) -> None:
    """Write a file of mode 0600 atomically."""
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
    """Report whether a stored token has expired, or will within half a minute."""
    expires = entry.get("expires_at")
    return isinstance(expires, int | float) and expires < time.time() + 30
