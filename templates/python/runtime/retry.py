"""Which calls are retried, and how long to wait in between."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Self

from urllib3.exceptions import MaxRetryError
from urllib3.response import BaseHTTPResponse
from urllib3.util.retry import Retry

_MAX_WAIT = 30
"""The longest wait that a server can demand, in seconds; urllib3 allows six hours."""
_MIN_REPORTED = 1.0
"""The shortest wait that is reported, in seconds."""


class Patience(Retry):
    """Retries idempotent calls, and reports each long wait."""

    on_wait: Callable[[str], None] | None = None
    max_wait: float | None = None
    """The longest wait that is accepted, in seconds."""

    @classmethod
    def of(
        cls, retries: int, on_wait: Callable[[str], None] | None, max_wait: float | None = None
    ) -> Patience:
        """Return the policy: only safe and idempotent methods are retried, and a refused connection only once."""
        patience = cls(
            total=retries,
            connect=min(1, retries),
            allowed_methods={"GET", "HEAD", "OPTIONS", "PUT", "DELETE"},
            status_forcelist={408, 429, 502, 503, 504},
            backoff_factor=0.3,
            backoff_jitter=0.2,
            respect_retry_after_header=True,
            retry_after_max=_MAX_WAIT,
            raise_on_status=False,
        )
        patience.on_wait, patience.max_wait = on_wait, max_wait
        return patience

    def new(self, **changes: Any) -> Self:  # noqa: ANN401 - the signature of urllib3
        """Return the policy for the next attempt."""
        patience = super().new(**changes)
        patience.on_wait, patience.max_wait = self.on_wait, self.max_wait
        return patience

    def increment(
        self,
        method: str | None = None,
        url: str | None = None,
        response: BaseHTTPResponse | None = None,
        error: Exception | None = None,
        _pool: Any = None,  # noqa: ANN401
        _stacktrace: Any = None,  # noqa: ANN401
    ) -> Self:
        """Return the policy for the next attempt. There is none if a response asks for too long a wait."""
        requested = self.get_retry_after(response) if response is not None else None
        if requested and self.max_wait is not None and requested > self.max_wait:
            raise MaxRetryError(_pool, url or "", error)
        return super().increment(method, url, response, error, _pool, _stacktrace)

    def sleep_for_retry(self, response: BaseHTTPResponse) -> bool:
        """Wait as long as the server asks for, and report whether it asked for a wait."""
        seconds = self.get_retry_after(response)
        if not seconds:
            return False
        self._wait(seconds, f"the server answered {response.status}")
        return True

    def _sleep_backoff(self) -> None:
        seconds = self.get_backoff_time()
        if seconds > 0:
            self._wait(seconds, "no answer")

    def _wait(self, seconds: float, why: str) -> None:
        if self.on_wait and seconds >= _MIN_REPORTED:
            self.on_wait(f"{why}; trying again in {seconds:.0f} s")
        time.sleep(seconds)
