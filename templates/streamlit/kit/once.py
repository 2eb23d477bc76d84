"""Actions that run once, however often their button is pressed.

Streamlit begins the next run while the one before still waits for an answer of the API, and ends that one only when it
draws again: two runs may be at the same thing.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Generator


class Once:
    """Lets one run after another do something."""

    def __init__(self) -> None:
        """Begin with nobody at it."""
        self._lock = threading.Lock()
        self._done = 0

    @contextlib.contextmanager
    def turn(self) -> Generator[bool]:
        """Wait until it is this run's turn, and yield whether nobody else has done it while this one waited.

        A run that is ended in the middle has not done it.
        """
        before = self._done
        with self._lock:
            yield self._done == before
            self._done += 1
