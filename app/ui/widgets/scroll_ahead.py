"""Follows the end of what grows, ahead of it while it grows fast.

To follow line by line moves all pixels of the page with each line, many times a second. Where lines come faster than
that, the page makes room for the next quarter of a second, and stands still while they fill it.
"""

from __future__ import annotations

import time

FOLLOW_SECONDS = 0.25
"""The time for which room is made."""
MAX_PAGE_SHARE = 0.25
"""Of the page at most stays empty."""
LEAST_ROOM = 32
"""Logical pixels, about a line and a half: for less the end is followed exactly."""
PAUSE_SECONDS = 0.5
"""After this the speed from before counts no more."""
LEAST_MOVES = 3
"""So many moves make a speed; one alone may be a whole paragraph."""


class ScrollAhead:
    """The scroll value that keeps an end in view."""

    def __init__(self) -> None:
        self._value = -1  # that was last returned
        self._end, self._at = 0, 0.0  # for which end, and when
        self._moves = 0  # without a pause

    def forget(self) -> None:
        """Follow exactly what comes next."""
        self._value = -1
        self._moves = 0

    @property
    def room(self) -> int:
        """The logical pixels that were left below the end when the value last changed."""
        return max(0, self._value - self._end)

    def of(self, end: int, page: int, *, grows: bool) -> int:
        """The value for content that ends in a page of this height when it is scrolled to `end`.

        `grows` says that more of the same is to come; otherwise no room is made, but what was made is kept.
        """
        if self._end <= end <= self._value:
            return self._value
        now = time.monotonic()
        passed = now - self._at
        self._moves = self._moves + 1 if grows and self._value >= 0 and 0 < passed < PAUSE_SECONDS else 0
        ahead = 0.0
        if self._moves >= LEAST_MOVES:
            ahead = min((end - self._end) / passed * FOLLOW_SECONDS, page * MAX_PAGE_SHARE)
        self._end, self._at = end, now
        self._value = end + (round(ahead) if ahead >= LEAST_ROOM else 0)
        return self._value
