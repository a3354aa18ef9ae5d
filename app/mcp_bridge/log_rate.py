"""Lets only so many lines of a server's log pass; how many were left out is said with the next that passes."""

from __future__ import annotations

import time
from collections.abc import Callable

LINES_PER_SECOND = 20.0
BURST = 60.0


class LogRate:
    """A token bucket for the lines of one server."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._tokens, self._at = BURST, clock()
        self._left_out = 0

    def admit(self) -> int | None:
        """How many lines before this one were left out; None if this one is, too."""
        now = self._clock()
        self._tokens = min(BURST, self._tokens + (now - self._at) * LINES_PER_SECOND)
        self._at = now
        if self._tokens < 1:
            self._left_out += 1
            return None
        self._tokens -= 1
        left_out, self._left_out = self._left_out, 0
        return left_out
