"""How long calls took, and how long others will take."""

from __future__ import annotations

import math
from collections import defaultdict, deque

from app.services.jobs.ports import Limits

MINUTE_SECONDS = 60.0
_REMEMBERED = 20
"""Number of latest calls that are averaged: older ones do not count, because services change with the time of day."""


class CallDurations:
    """The durations of the last calls, by kind of job and model."""

    def __init__(self) -> None:
        self._seconds: dict[tuple[str, str], deque[float]] = defaultdict(lambda: deque(maxlen=_REMEMBERED))

    def add(self, kind: str, model: str, seconds: float) -> None:
        if seconds > 0:
            self._seconds[kind, model].append(seconds)

    def expected(self, kind: str, model: str, count: int, limits: Limits) -> float | None:
        """Seconds until `count` calls are made, with nothing else in the queue; None if none was ever measured."""
        known = self._seconds.get((kind, model))
        if not count:
            return 0.0
        if not known:
            return None
        rounds = math.ceil(count / max(1, limits.parallel))
        calling = rounds * sum(known) / len(known)
        if not limits.requests or count <= limits.free:
            return calling
        windows = math.ceil((count - limits.free) / limits.requests)
        rest = (count - limits.free) % limits.requests or limits.requests
        last = math.ceil(rest / max(1, limits.parallel)) * sum(known) / len(known)
        return max(calling, windows * MINUTE_SECONDS + last)
