"""The settings of one run, whether they come from flags, the environment or a profile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..._core import Credential


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a run. config.current() resolves them on first use."""

    command: str
    """The name of the program, for hints: library."""
    base_url: str
    profile: str | None = None
    output: str = "auto"
    """auto, table, json, yaml, csv, ndjson or name."""
    columns: tuple[str, ...] = ()
    """Dotted paths; if empty, the columns of the resource."""
    query: str | None = None
    """A JMESPath expression that compiles."""
    timeout: tuple[float, float] = (5.0, 30.0)
    """Seconds for connecting, and for reading each part of a response."""
    retries: int = 3
    verbose: bool = False
    dry_run: bool = False
    curl: bool = False
    show_secrets: bool = False
    """Whether --curl and --dry-run print credentials in clear."""
    yes: bool = False
    color: bool | None = None
    """If None, the terminal and the environment decide."""
    auth: Mapping[str, Credential] = field(default_factory=dict[str, "Credential"])
    """The credentials by security scheme, as for Client(auth=...)."""
    verify: str | None = None
    """A file of trusted CA certificates; if None, the system's."""
    cert: str | tuple[str, str] | None = None
    """The file of the client certificate, or a pair of certificate and key."""
    sources: Mapping[str, str] = field(default_factory=dict[str, str])
    """The source of each setting, for -v and doctor: {"base_url": "LIBRARY_BASE_URL"}."""
