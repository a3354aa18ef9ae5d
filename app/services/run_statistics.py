"""Statistics of this run: latency, tokens, cost, and requests in the last minute."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

from app.core.messages import Usage
from app.core.observers import Event

WINDOW_SECONDS = 60.0


class RunStatistics:
    """Counts every call of this run.

    Attributes:
        latency: seconds to the first event of the last call; None before the first.
        tokens: prompt and completion of all calls.
        cost: sum of the known costs by currency; `unpriced` counts calls whose cost is unknown.
        credits: credits used of a Token Plan.
        failed: whether the last finished call, or the last attempt of a running one, failed.
        on_change: something changed.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._sent: deque[float] = deque()
        self.latency: float | None = None
        self.tokens = 0
        self.cost: dict[str, float] = {}
        self.unpriced = 0
        self.credits = 0.0
        self.failed = False
        self.on_change: Event[()] = Event()

    @property
    def requests(self) -> int:
        """Requests sent in the last minute."""
        oldest = self._clock() - WINDOW_SECONDS
        while self._sent and self._sent[0] < oldest:
            self._sent.popleft()
        return len(self._sent)

    def sent(self) -> None:
        """Count a request sent now."""
        self._sent.append(self._clock())
        self.on_change.emit()

    def ended(self, *, failed: bool) -> None:
        """Record the end of a call or of a failed attempt."""
        if failed != self.failed:
            self.failed = failed
            self.on_change.emit()

    def answered(self, seconds: float) -> None:
        """Record the latency of the first event of a reply."""
        self.latency = seconds
        self.on_change.emit()

    def used(self, usage: Usage, cost: tuple[float, str] | None, credits: float = 0.0) -> None:
        """Add the usage of a reply: tokens, amount and currency (None if the price is unknown), and credits."""
        self.tokens += usage.total
        self.credits += credits
        if cost is None:
            self.unpriced += 0 if credits else 1
        else:
            amount, currency = cost
            self.cost[currency] = self.cost.get(currency, 0.0) + amount
        self.on_change.emit()
