"""What an output cannot express, or expresses elsewhere. docs/agreement.md has the same names, with references."""

from __future__ import annotations

import click_limits
import client_limits
import document_limits
import mock_limits
import ui_limits
from compare import Difference
from limit import Limit

LIMITS = [
    *document_limits.LIMITS,
    *client_limits.LIMITS,
    *click_limits.LIMITS,
    *mock_limits.LIMITS,
    *ui_limits.LIMITS,
]


def limits_of(output: str) -> list[Limit]:
    """Return the limits of an output: OpenAPI 3.0.3 has those of OpenAPI 3.0."""
    return [each for each in LIMITS if output.startswith(each.output)]


def unexplained(found: list[Difference]) -> list[Difference]:
    """Return the differences that no limit explains."""
    return [
        each
        for each in found
        if not any(limit.explains(each) for limit in limits_of(each.outputs[1]))
    ]
