"""When a request may be sent: the rules that the rate limiter applies and its forecast of waits simulates.

The service counts the requests and tokens of any window, and the calls in progress (WIRE.md section 2). A batch request
leaves room for the user's: a few requests and tokens of the window always, more while interactive requests are made,
and two of the calls in progress. It is also paced. Requests sent one by one instead of all at once arrive one by one,
so a user's request never stands behind twenty others, and the requests left free are time as well: one that the
service counts late, because it or the network hung, only meets the room that is left.
"""

from __future__ import annotations

import msgspec

from app.core.requests import Priority

IDLE_SHARE = 0.03
"""Of the window, left free by batch requests."""
IN_USE_SHARE = 0.06
"""The same while interactive requests are made. Those already in the window have taken their part of it."""
RESERVED_CALLS = 2
"""Of the calls in progress, left free by batch requests."""
_PACE = 0.75
"""Interval of paced requests, as a part of the one that would just fill the window: what was missed is made up for."""
_BURST_SHARE = 0.5
_MIN_BURST = 20.0
_BACKLOG_BURST = 3.0


class Use(msgspec.Struct):
    """What counts against the limits at one time.

    Attributes:
        interactive, batch: requests in the window.
        tokens: their tokens.
        running: calls in progress.
    """

    interactive: int = 0
    batch: int = 0
    tokens: int = 0
    running: int = 0

    def add(self, priority: Priority, tokens: int, sign: int = 1) -> None:
        """Count a request in the window; with `sign` -1, no longer."""
        self.tokens += sign * tokens
        if priority == "batch":
            self.batch += sign
        else:
            self.interactive += sign


class Pace(msgspec.Struct):
    """Spreads batch requests over the window: a token bucket.

    After a quiet time as many as half of the window may be sent at once. It refills, up to three, while requests wait,
    and up to the half again only while none does: a long job settles to an even pace.

    Attributes:
        credit: requests that may be sent at once at the time `at`.
    """

    credit: float
    at: float = 0.0

    def refill(self, time: float, interval: float, burst: float, *, backlog: bool) -> None:
        limit = max(_BACKLOG_BURST, self.credit) if backlog else burst
        self.credit = min(limit, self.credit + (time - self.at) / interval)
        self.at = time

    def has_credit(self) -> bool:
        return self.credit >= 1.0 - 1e-6

    def ready_at(self, interval: float) -> float:
        """When there is credit for a request."""
        return self.at + max(0.0, 1.0 - self.credit) * interval


class Admission:
    """The limits of one model and the rules for both priorities.

    Attributes:
        requests, tokens: allowed in a window; 0 tokens for no known limit.
        window: seconds, with the margin.
        max_parallel: calls in progress at best; 0 for no known limit.
        parallel: calls in progress that are allowed now; less after the service refused some.
        paused_until, in_use_until: times; until the second, interactive requests are expected.
    """

    def __init__(self, requests: int, tokens: int, window: float, max_parallel: int) -> None:
        self.requests = requests
        self.tokens = tokens
        self.window = window
        self.max_parallel = max_parallel
        self.parallel = float(max_parallel)
        self.paused_until = 0.0
        self.in_use_until = 0.0

    def admits(self, priority: Priority, tokens: int, time: float, use: Use, pace: Pace) -> bool:
        """Whether a request of about `tokens` tokens may be sent. `pace` has to be refilled to `time`."""
        if time < self.paused_until or not self._fits(priority, tokens, time, use.tokens):
            return False
        if priority == "interactive":
            return use.interactive + use.batch < self.requests and self._may_run(use.running)
        return (
            use.interactive + use.batch < self.requests - self._reserve(time, IDLE_SHARE)
            and use.batch < self.requests - self._reserve(time, IN_USE_SHARE)
            and self._may_run(use.running, RESERVED_CALLS)
            and pace.has_credit()
        )

    def new_pace(self) -> Pace:
        return Pace(self.burst)

    @property
    def burst(self) -> float:
        """Batch requests that may be sent at once after a quiet time."""
        return max(_MIN_BURST, self.requests * _BURST_SHARE)

    def interval(self, time: float) -> float:
        """Seconds between paced batch requests."""
        return _PACE * self.window / max(1, self.requests - self._reserve(time, IN_USE_SHARE))

    def is_expected(self, time: float) -> bool:
        """Whether interactive requests were made lately."""
        return time < self.in_use_until

    def _reserve(self, time: float, share: float) -> int:
        """Requests left free; at least one while interactive requests are made, unless there is only one."""
        if not self.is_expected(time):
            return int(self.requests * IDLE_SHARE)
        return max(int(self.requests * share), min(1, self.requests - 1))

    def _may_run(self, running: int, reserved: int = 0) -> bool:
        return not self.max_parallel or running < max(1, int(self.parallel) - reserved)

    def _fits(self, priority: Priority, tokens: int, time: float, used: int) -> bool:
        share = 0.0 if priority == "interactive" else IN_USE_SHARE if self.is_expected(time) else IDLE_SHARE
        return not self.tokens or not used or used + tokens <= self.tokens * (1.0 - share)
