"""Actions that run once, however often their button is pressed.

Streamlit starts the next run while the previous one still waits for the API, and ends that one only when it draws again.
So two runs may perform the same action.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Generator


class Once:
    """Serialises an action between runs."""

    def __init__(self) -> None:
        """Start with the action not performed."""
        self._lock = threading.Lock()
        self._done = 0

    @contextlib.contextmanager
    def turn(self) -> Generator[bool]:
        """Wait for this run's turn, and yield whether no other run performed the action meanwhile.

        A run that is ended in the middle does not count.
        """
        before = self._done
        with self._lock:
            yield self._done == before
            self._done += 1
