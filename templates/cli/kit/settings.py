"""What one run of the command line goes by, whichever flag, variable or profile said so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..._core import Credential


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a run. config.current() resolves them when a command first asks."""

    command: str
    """The name of the program, for hints: "library"."""
    base_url: str
    profile: str | None = None
    output: str = "auto"
    """auto, table, json, yaml, csv, ndjson or name."""
    columns: tuple[str, ...] = ()
    """Dotted paths; empty: the columns of the resource."""
    query: str | None = None
    """A JMESPath expression that compiles."""
    timeout: tuple[float, float] = (5.0, 30.0)
    """Seconds to connect, and between two parts of a response."""
    retries: int = 3
    verbose: bool = False
    dry_run: bool = False
    curl: bool = False
    show_secrets: bool = False
    """Whether --curl and --dry-run print credentials in the clear."""
    yes: bool = False
    color: bool | None = None
    """None: the terminal and its environment decide."""
    auth: Mapping[str, Credential] = field(default_factory=dict[str, "Credential"])
    """A credential for each security scheme that has one; Client(auth=...) takes it."""
    verify: str | None = None
    """The file of the certificates to trust; None: those of the system."""
    cert: str | tuple[str, str] | None = None
    """The client certificate: one file, or certificate and key."""
    sources: Mapping[str, str] = field(default_factory=dict[str, str])
    """Where each setting came from, for -v and doctor: {"base_url": "LIBRARY_BASE_URL"}."""
