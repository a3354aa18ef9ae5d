"""How long calls took, and how long others will take."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Sequence

from app.services.jobs.ports import Limits

MINUTE_SECONDS = 60.0
_REMEMBERED = 60
"""Number of latest calls that count: services change with the time of day."""
_MIN_SPREAD = 0.25
"""Variance of the number of parallel calls from which on it is known what that number changes."""


class _Call:
    """A call that has ended. `together` is the sum of the seconds for which it and each other were in progress."""

    def __init__(self, ended: float, seconds: float) -> None:
        self.ended, self.seconds = ended, seconds
        self.together = seconds  # with itself

    def overlap(self, other: _Call) -> float:
        """Seconds for which both were in progress."""
        began = max(self.ended - self.seconds, other.ended - other.seconds)
        return max(0.0, min(self.ended, other.ended) - began)


class _LatestCalls:
    """The last calls of one kind and model. Adding one compares it with these, not each with each."""

    def __init__(self) -> None:
        self.calls: deque[_Call] = deque()

    def add(self, new: _Call) -> None:
        if len(self.calls) == _REMEMBERED:
            gone = self.calls.popleft()
            for call in self.calls:
                call.together -= call.overlap(gone)
        for call in self.calls:
            shared = call.overlap(new)
            call.together += shared
            new.together += shared
        self.calls.append(new)


class CallDurations:
    """The durations of the last calls, by kind of job and model.

    A service that makes many at once is slower for each of them, by how much is seen from the calls that overlapped.
    """

    def __init__(self) -> None:
        self._calls: dict[tuple[str, str], _LatestCalls] = defaultdict(_LatestCalls)

    def add(self, kind: str, model: str, seconds: float, ended: float) -> None:
        """Count a call that took so many seconds; `ended` is Unix time in seconds."""
        if seconds > 0:
            self._calls[kind, model].add(_Call(ended, seconds))

    def expected(self, kind: str, model: str, count: int, limits: Limits) -> float | None:
        """Seconds until `count` calls are made, with nothing else in the queue; None if none was ever measured."""
        latest = self._calls.get((kind, model))
        if not count:
            return 0.0
        if latest is None:
            return None
        known = latest.calls
        parallel = max(1, limits.parallel)
        calling = _rounds(known, count, parallel)
        if not limits.requests or count <= limits.free:
            return calling
        windows = math.ceil((count - limits.free) / limits.requests)
        rest = (count - limits.free) % limits.requests or limits.requests
        return max(calling, windows * MINUTE_SECONDS + _rounds(known, rest, parallel))


def _rounds(known: Sequence[_Call], count: int, parallel: int) -> float:
    """Seconds for `count` calls of which so many run at once: full rounds, then the rest."""
    full, rest = divmod(count, parallel)
    seconds = full * _duration(known, parallel) if full else 0.0
    return seconds + (_duration(known, rest) if rest else 0.0)


def _duration(known: Sequence[_Call], parallel: int) -> float:
    """Seconds that each of so many parallel calls takes: a line through what was measured.

    Never less than the quickest call, and never more than if the calls were made one after the other.
    """
    points = [(call.together / call.seconds, call.seconds) for call in known]
    usual = sum(at_once for at_once, _ in points) / len(points)
    mean = sum(seconds for _, seconds in points) / len(points)
    spread = sum((at_once - usual) ** 2 for at_once, _ in points) / len(points)
    if spread < _MIN_SPREAD:
        return mean
    slope = sum((at_once - usual) * (seconds - mean) for at_once, seconds in points) / len(points) / spread
    expected = mean + max(0.0, slope) * (parallel - usual)
    return min(max(expected, min(call.seconds for call in known)), mean * max(1.0, parallel / usual))
