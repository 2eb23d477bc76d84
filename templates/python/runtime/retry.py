"""Which calls are retried, and how long to wait in between."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Self

from urllib3.exceptions import MaxRetryError
from urllib3.response import BaseHTTPResponse
from urllib3.util.retry import Retry

_LONGEST = 30
"""The maximum number of seconds that a server can make us wait; urllib3 allows six hours."""
_WORTH_TELLING = 1.0
"""Waits of at least this many seconds are reported."""


class Patience(Retry):
    """Retries idempotent calls, and reports each long wait."""

    tell: Callable[[str], None] | None = None
    most: float | None = None
    """The longest wait that is accepted."""

    @classmethod
    def of(
        cls, retries: int, tell: Callable[[str], None] | None, most: float | None = None
    ) -> Patience:
        """Return the policy: retries for safe and idempotent methods only, a single one if a connection is refused."""
        patience = cls(
            total=retries,
            connect=min(1, retries),
            allowed_methods={"GET", "HEAD", "OPTIONS", "PUT", "DELETE"},
            status_forcelist={408, 429, 502, 503, 504},
            backoff_factor=0.3,
            backoff_jitter=0.2,
            respect_retry_after_header=True,
            retry_after_max=_LONGEST,
            raise_on_status=False,
        )
        patience.tell, patience.most = tell, most
        return patience

    def new(self, **changes: Any) -> Self:  # noqa: ANN401 - as urllib3 has it
        """Return the policy for the next attempt."""
        patience = super().new(**changes)
        patience.tell, patience.most = self.tell, self.most
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
        """Return the policy for the next attempt; a response that asks for too long a wait is the last one."""
        asked = self.get_retry_after(response) if response is not None else None
        if asked and self.most is not None and asked > self.most:
            raise MaxRetryError(_pool, url or "", error)
        return super().increment(method, url, response, error, _pool, _stacktrace)

    def sleep_for_retry(self, response: BaseHTTPResponse) -> bool:
        """Wait as long as the server asks for, and report whether it asked."""
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
        if self.tell and seconds >= _WORTH_TELLING:
            self.tell(f"{why}; trying again in {seconds:.0f} s")
        time.sleep(seconds)
