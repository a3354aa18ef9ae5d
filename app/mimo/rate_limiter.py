"""Limits of requests and tokens per minute and of calls in progress (WIRE.md section 2).

One `RateLimiter` serves every client of the program. It holds one `ModelLimit` per profile and model, because the
platform counts per account and model. Any window of 60 s contains at most the allowed number of requests. The token
limit is soft: the tokens of a request are estimated until the service reports them, and a request larger than the
whole limit is sent alone. An interactive request passes before every batch request; `app/mimo/admission.py` has the
rules.

The service counts a request when it arrives, and the client knows when it handed over the last byte. From then on the
request counts here, for the window and a margin. The head of the answer would be certain but comes too late: with an
answer of half a second in a window of three it would cost a seventh of the limit. It tells something else: an answer
that comes later than the fastest ones may be that of a request that arrived later, so it counts later by that, within
limits. A little lateness does nothing, because batch leaves requests free, and each stands for its part of the window.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator

from app.core.events import Waiting
from app.core.requests import Priority
from app.mimo.admission import IDLE_SHARE, Admission, Use
from app.mimo.wait_forecast import Counted, forecast

WINDOW_SECONDS = 60.0
MARGIN_SECONDS = 0.25
"""Added to a window of a minute, and in proportion to a shorter one.

Clocks and networks are inexact, and a 429 costs more than a quarter of a second.
"""
MAX_LATE_SECONDS = 0.25
"""By which a request counts later at most, because its answer came later than usual."""
MAX_LATE_SHARE = 0.1
"""The same as a part of the window."""
MAX_PARALLEL = 29
"""Calls in progress per model: the platform's limit is not published, but 30 went well (WIRE.md section 2)."""
_HARMLESS_REQUESTS = 2
"""As many may arrive late because batch leaves more than that free."""
_ROUND_TRIPS = 100
"""Answers among which the fastest tells how soon one can come."""
_REPORT_INTERVAL_SECONDS = 1.0
_ESTIMATE_AGE_SECONDS = 0.25
"""An estimate may be so old although permits were granted since: with hundreds of calls that happens all the time."""
_IN_USE_SECONDS = 120.0
"""After an interactive request, another one is expected for so long."""
_DURATION_WEIGHT = 0.2
"""Of the latest call in the mean duration of calls."""


class Permit:
    """Permission to send one request. Ends with `end`, or with `release` if nothing was sent.

    Attributes:
        tokens: tokens of the request: an estimate until `used` sets the number.
        granted: completes when a waiting permit is granted.
        granted_at, sent_at: times by the clock of the event loop.
        late: seconds after sending from which on it counts.
        held: whether it counts against the limit.
    """

    def __init__(self, limit: ModelLimit, priority: Priority, tokens: int = 0) -> None:
        self.limit = limit
        self.priority: Priority = priority
        self.tokens = tokens
        self.granted: asyncio.Future[None] | None = None
        self.granted_at = 0.0
        self.sent_at: float | None = None
        self.late = 0.0
        self.held = False

    async def wait(self) -> AsyncGenerator[Waiting, None]:
        """Return when the request may be sent; until then yield its position in the queue about once a second."""
        limit = self.limit
        if limit.try_acquire(self):
            return
        loop = asyncio.get_running_loop()
        self.granted = loop.create_future()
        limit.enqueue(self)
        try:
            await asyncio.sleep(0)  # Of many simultaneous requests, all are queued before the wait is estimated.
            while not self.granted.done():
                position, seconds = limit.estimate_wait(self)
                yield Waiting(seconds, "rate", position=position)
                await asyncio.wait((self.granted,), timeout=_REPORT_INTERVAL_SECONDS)
        finally:
            limit.dequeue(self)

    def sent(self) -> None:
        """Start the window of this request: it has been sent, and the service may count it from now on."""
        if self.held:
            self.sent_at = asyncio.get_running_loop().time()
            self.limit.wake()

    def answered(self) -> None:
        """The head of the answer has come."""
        if self.sent_at is not None:
            self.late = self.limit.lateness(asyncio.get_running_loop().time() - self.sent_at)

    def used(self, tokens: int) -> None:
        """Replace the estimate by the number of tokens the service reported."""
        self.tokens = tokens
        self.limit.wake()

    def refused(self) -> None:
        """The service answered 429 “Too many requests”."""
        self.limit.halve_parallel(self.granted_at)

    def end(self, *, succeeded: bool) -> None:
        """The call has ended, so that another may run in parallel; a permit that was not sent is returned."""
        self.release()
        self.limit.ended(self, succeeded=succeeded)

    def release(self) -> None:
        """Return the permit if nothing was sent."""
        if self.held and self.sent_at is None:
            self.held = False
            self.limit.remove(self)


class ModelLimit:
    """The limits of one model of one profile: who waits, and what counts against them."""

    def __init__(
        self, requests: int, window: float = WINDOW_SECONDS, margin: float | None = None, *, tokens: int = 0,
        max_parallel: int = 0,
    ) -> None:  # fmt: skip
        """`requests` and `tokens` are allowed in a window; 0 tokens for no known limit.

        `window` and `margin` in seconds, None for a margin that fits the window. `max_parallel` 0: no known limit.
        """
        if margin is None:
            margin = MARGIN_SECONDS * min(1.0, window / WINDOW_SECONDS)
        self._rules = Admission(requests, tokens, window + margin, max_parallel)
        self._pace = self._rules.new_pace()
        self._running: set[Permit] = set()
        self._held: list[Permit] = []
        self._queues: dict[Priority, deque[Permit]] = {"interactive": deque(), "batch": deque()}
        self._round_trips: deque[float] = deque(maxlen=_ROUND_TRIPS)
        self._halved_at = -1.0
        self._call_seconds = 0.0
        self._estimates: dict[Permit, tuple[int, float]] = {}
        self._estimates_valid_until = 0.0
        self._timer: asyncio.TimerHandle | None = None

    @property
    def requests(self) -> int:
        return self._rules.requests

    @property
    def tokens(self) -> int:
        return self._rules.tokens

    @property
    def parallel(self) -> float:
        """Calls in progress that are allowed now; less than at first after the service refused some."""
        return self._rules.parallel

    def used_requests(self) -> int:
        """Number of requests sent or about to be sent within the window."""
        self._expire(asyncio.get_running_loop().time())
        return len(self._held)

    def change(self, requests: int, tokens: int) -> None:
        """Use other limits from now on."""
        if (self.requests, self.tokens) != (requests, tokens):
            self._rules.requests, self._rules.tokens = requests, tokens
            self.wake()

    def permit(self, priority: Priority, tokens: int = 0) -> Permit:
        """A new permit, not yet granted, for a request of about `tokens` tokens."""
        return Permit(self, priority, tokens)

    def pause_for(self, seconds: float) -> None:
        """Grant no permit for a while: the service answered 429."""
        rules = self._rules
        rules.paused_until = max(rules.paused_until, asyncio.get_running_loop().time() + seconds)
        self.wake()

    def try_acquire(self, permit: Permit) -> bool:
        """Grant a permit if that is possible at once and no other permit goes before it."""
        if permit.priority == "interactive":
            self._rules.in_use_until = asyncio.get_running_loop().time() + _IN_USE_SECONDS
        if self._queues["interactive"] or (permit.priority == "batch" and self._queues["batch"]):
            return False
        if not self._may_grant(permit):
            return False
        self._grant(permit)
        return True

    def enqueue(self, permit: Permit) -> None:
        self._queues[permit.priority].append(permit)
        self.wake()

    def dequeue(self, permit: Permit) -> None:
        """Remove a permit from its queue if it is still waiting. The next may have waited for it alone."""
        if permit in self._queues[permit.priority]:
            self._queues[permit.priority].remove(permit)
            self.wake()

    def ended(self, permit: Permit, *, succeeded: bool) -> None:
        """Stop counting a call as running. Each round of successful calls allows one more in parallel."""
        if permit not in self._running:
            return
        self._running.discard(permit)
        rules = self._rules
        if succeeded:
            seconds = asyncio.get_running_loop().time() - permit.granted_at
            self._call_seconds += (seconds - self._call_seconds) * (_DURATION_WEIGHT if self._call_seconds else 1.0)
            if rules.parallel < rules.max_parallel:
                rules.parallel = min(float(rules.max_parallel), rules.parallel + 1.0 / rules.parallel)
        self.wake()

    def halve_parallel(self, granted_at: float) -> None:
        """Allow half as many calls in parallel: the service refused a call that was granted at this time.

        Only once for the calls that were in progress together, or one refused burst would leave a single call.
        """
        if self._rules.max_parallel and granted_at > self._halved_at:
            self._rules.parallel = max(1.0, self._rules.parallel // 2)
            self._halved_at = asyncio.get_running_loop().time()

    def lateness(self, round_trip: float) -> float:
        """Seconds by which a request counts later that was answered `round_trip` seconds after it was sent."""
        self._round_trips.append(round_trip)
        window = self._rules.window
        harmless = min(_HARMLESS_REQUESTS, int(IDLE_SHARE * self.requests))
        late = round_trip - min(self._round_trips) - harmless * window / self.requests
        return max(0.0, min(late, MAX_LATE_SECONDS, MAX_LATE_SHARE * window))

    def remove(self, permit: Permit) -> None:
        """Stop counting a permit against the limit."""
        self._held.remove(permit)
        self.wake()

    def estimate_wait(self, permit: Permit) -> tuple[int, float]:
        """Position in the queue, from 1, and seconds until the permit is granted if all before it are sent at once.

        Raises KeyError for a permit that is not waiting. Computed for all waiting permits together, since each asks.
        """
        now = asyncio.get_running_loop().time()
        if permit not in self._estimates or now >= self._estimates_valid_until:
            waiting = {priority: iter(queue) for priority, queue in self._queues.items()}
            order = self._forecast(now)
            self._estimates = {
                next(waiting[priority]): (position, at) for position, (priority, at) in enumerate(order, 1)
            }
            self._estimates_valid_until = now + _REPORT_INTERVAL_SECONDS / 2
        position, at = self._estimates[permit]
        return position, max(0.0, at - now)

    def _forecast(self, now: float) -> list[tuple[Priority, float]]:
        self._expire(now)
        counted = [
            Counted(self._leaves_at(held) or now + self._rules.window, held.priority, held.tokens)
            for held in self._held
        ]
        seconds = self._call_seconds
        # A call that takes longer than usual has no known end.
        ends = [max(permit.granted_at + seconds, now + seconds / 4) for permit in self._running]
        queues = {priority: [permit.tokens for permit in queue] for priority, queue in self._queues.items()}
        return list(forecast(self._rules, now, queues, counted, ends, self._pace, seconds))

    def wake(self) -> None:
        """Grant every permit that can be granted now, and set the timer for the next."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._estimates_valid_until = min(
            self._estimates_valid_until, asyncio.get_running_loop().time() + _ESTIMATE_AGE_SECONDS
        )
        while (permit := self._first()) is not None:
            if not self._may_grant(permit):
                if (time := self._next_change()) is not None:
                    self._timer = asyncio.get_running_loop().call_at(time, self.wake)
                return
            self._queues[permit.priority].popleft()
            self._grant(permit)
            if permit.granted is not None and not permit.granted.done():
                permit.granted.set_result(None)

    def _first(self) -> Permit | None:
        """The waiting permit to be granted first: no other may overtake it, however small."""
        queue = self._queues["interactive"] or self._queues["batch"]
        return queue[0] if queue else None

    def _may_grant(self, permit: Permit) -> bool:
        now = asyncio.get_running_loop().time()
        self._expire(now)
        use = Use(running=len(self._running))
        for held in self._held:
            use.add(held.priority, held.tokens)
        self._refill(now)
        return self._rules.admits(permit.priority, permit.tokens, now, use, self._pace)

    def _refill(self, now: float) -> None:
        rules = self._rules
        self._pace.refill(now, rules.interval(now), rules.burst, backlog=bool(self._queues["batch"]))

    def _expire(self, now: float) -> None:
        self._held = [held for held in self._held if (left := self._leaves_at(held)) is None or left > now]

    def _leaves_at(self, permit: Permit) -> float | None:
        """When a request leaves the window; None until it is sent."""
        return None if permit.sent_at is None else permit.sent_at + permit.late + self._rules.window

    def _grant(self, permit: Permit) -> None:
        permit.held = True
        permit.granted_at = asyncio.get_running_loop().time()
        self._held.append(permit)
        self._running.add(permit)
        if permit.priority == "batch":
            self._pace.credit -= 1.0

    def _next_change(self) -> float | None:
        """When a permit may become grantable; None while that depends on a request that is still being sent."""
        rules, now = self._rules, asyncio.get_running_loop().time()
        if now < rules.paused_until:
            return rules.paused_until
        times = [left for held in self._held if (left := self._leaves_at(held)) is not None]
        if self._queues["batch"]:
            times += [rules.in_use_until, self._pace.ready_at(rules.interval(now))]
        future = [time for time in times if time > now]
        return min(future) if future else None


class RateLimiter:
    """The limits of all profiles and models, created on first use."""

    def __init__(self, window: float = WINDOW_SECONDS, margin: float | None = None) -> None:
        """`window` and `margin` in seconds; None for a margin that fits the window."""
        self._window = window
        self._margin = margin
        self._limits: dict[tuple[str, str], ModelLimit] = {}

    def limit_for(self, profile_id: str, model: str, requests: int, tokens: int = 0) -> ModelLimit | None:
        """The limit of a model; None if no request limit is known (`requests` 0). `tokens` 0: no known token limit."""
        if requests <= 0:
            return None
        key = (profile_id, model)
        limit = self._limits.get(key)
        if limit is None:
            limit = self._limits[key] = ModelLimit(
                requests, self._window, self._margin, tokens=tokens, max_parallel=MAX_PARALLEL
            )
        limit.change(requests, tokens)
        return limit

    def used_requests(self, profile_id: str, model: str) -> int:
        """Number of requests in the last minute."""
        limit = self._limits.get((profile_id, model))
        return 0 if limit is None else limit.used_requests()

    def parallel(self, profile_id: str, model: str) -> int:
        """Number of calls that may run at the same time."""
        limit = self._limits.get((profile_id, model))
        return MAX_PARALLEL if limit is None else max(1, int(limit.parallel))
