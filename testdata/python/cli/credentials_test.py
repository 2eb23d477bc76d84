"""The messages about missing credentials, and how to provide them."""

from __future__ import annotations

import pytest
from projects import project, serving


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["authors", "create", "--name", "x"], "auth login --scheme librarian, or set {}_TOKEN"),
        (["member-loans", "list", "1"], "auth login --scheme desk, or set {}_DESK"),
    ],
)
def test_the_hint_names_what_the_operation_takes(words: list[str], hint: str) -> None:
    cli = project("library")
    with serving(cli.definitions, "--seed", "1") as mock:
        done = cli.run("--base-url", mock.url, *words)
    assert done.exit_code == 4
    name = cli.root.name or ""
    assert hint.format(name.replace("-", "_").upper()) in done.stderr
