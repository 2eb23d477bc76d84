"""The definitions whose outputs are compared, each with events, and the documents generated from them."""

from __future__ import annotations

import functools
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from projects import CASES, FIRESTONE, OUT, ROOT
from schema import load

EVENTS = """
asyncapi:
  servers: {dev: {url: "ws://localhost:8080", protocol: ws}}
  channels: {resources: true, instances: true, instance_attrs: true}
"""
"""Is added to a definition without events, so that there is a channel for each of its paths."""

HARD = "testdata/hard"


def give_events() -> None:
    """Replace the hard cases by copies with events."""
    folder = OUT / "hard"
    shutil.copytree(ROOT / HARD, folder)
    for file in folder.glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        if not re.search(r"^asyncapi:", text, re.MULTILINE):
            file.write_text(text + EVENTS, encoding="utf-8")
    for case, paths in CASES.items():
        if all((ROOT / HARD) in path.parents for path in paths):
            CASES[case] = [folder / path.name for path in paths]


def document(definitions: Sequence[Path], pack: str, version: str) -> Any:  # noqa: ANN401
    """Generate a document, and read it."""
    folder = OUT / "documents"
    folder.mkdir(exist_ok=True)
    file = folder / f"{abs(hash((tuple(definitions), pack, version)))}.json"
    command = [FIRESTONE, "-t", pack, "-o", str(file), "--set", f"version={version}"]
    done = subprocess.run(
        [*command, *map(str, definitions)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return load(file.read_text(encoding="utf-8"))


@functools.cache
def documents(case: str, pack: str, version: str) -> Any:  # noqa: ANN401
    """Return a document of a case, which must not be changed."""
    return document(CASES[case], pack, version)
