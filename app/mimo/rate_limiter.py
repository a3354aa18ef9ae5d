"""Limits of requests and tokens per minute (WIRE.md section 2).

One `RateLimiter` serves every client of the program. It holds one `ModelLimit` per profile and model, because the
platform counts per account and model. Any window of 60 s contains at most the allowed number of requests. The token
limit is soft: the tokens of a request are estimated until the service reports them, and a request larger than the
whole limit is sent alone. The priorities take turns, so that a grid of takes does not starve a user who types; while
chat is in use, batch leaves a twentieth of the requests free.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Iterator
from heapq import heapify, heappop, heappush
from typing import Literal

from app.core.events import Waiting

Priority = Literal["chat", "batch"]

WINDOW_SECONDS = 60.0
MARGIN_SECONDS = 0.25
"""Added to the window: clocks and networks are inexact, and a 429 costs more than a quarter of a second."""
MOST_PARALLEL = 29
"""Calls in progress per model: the platform's limit is not published, but 30 went well (WIRE.md section 2)."""
_REPORT_INTERVAL_SECONDS = 1.0
_CHAT_IN_USE_SECONDS = 120.0
_OTHER: dict[Priority, Priority] = {"chat": "batch", "batch": "chat"}


class Permit:
    """Permission to send one request. Ends with `sent` or, if nothing was sent, with `release`.

    Attributes:
        tokens: tokens of the request: an estimate until `used` sets the number.
        granted: completes when a waiting permit is granted.
        sent_at: time of sending by the clock of the event loop.
        held: whether it counts against the limit.
    """

    def __init__(self, limit: ModelLimit, priority: Priority, tokens: int = 0) -> None:
        self.limit = limit
        self.priority: Priority = priority
        self.tokens = tokens
        self.granted: asyncio.Future[None] | None = None
        self.sent_at: float | None = None
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

    def used(self, tokens: int) -> None:
        """Replace the estimate by the number of tokens the service reported."""
        self.tokens = tokens
        self.limit.wake()

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
    """The limits of one model of one profile.

    Attributes:
        requests, tokens: allowed in a window; 0 tokens for no known limit.
        parallel: calls in progress that are allowed now; less than `most_parallel` after the service refused some.
    """

    def __init__(
        self, requests: int, window: float = WINDOW_SECONDS, margin: float = MARGIN_SECONDS, *, tokens: int = 0,
        most_parallel: int = 0,
    ) -> None:  # fmt: skip
        """`window` and `margin` in seconds; `most_parallel` 0 for no known limit."""
        self._most_parallel = most_parallel
        self.parallel = float(most_parallel)
        self._running: set[Permit] = set()
        self.requests = requests
        self.tokens = tokens
        self._window = window + margin
        self._held: list[Permit] = []
        self._queues: dict[Priority, deque[Permit]] = {"chat": deque(), "batch": deque()}
        self._next_turn: Priority = "chat"
        self._paused_until = 0.0
        self._chat_in_use_until = 0.0
        self._estimates: dict[Permit, tuple[int, float]] = {}
        self._estimates_valid_until = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def permit(self, priority: Priority, tokens: int = 0) -> Permit:
        """A new permit, not yet granted, for a request of about `tokens` tokens."""
        return Permit(self, priority, tokens)

    def pause_for(self, seconds: float) -> None:
        """Grant no permit for a while: the service answered 429."""
        self._paused_until = max(self._paused_until, asyncio.get_running_loop().time() + seconds)
        self.wake()

    def try_acquire(self, permit: Permit) -> bool:
        """Grant a permit if that is possible at once and no other permit is waiting."""
        now = asyncio.get_running_loop().time()
        if permit.priority == "chat":
            self._chat_in_use_until = now + _CHAT_IN_USE_SECONDS
        self._expire(now)
        if any(self._queues.values()) or now < self._paused_until or not self._fits(self._used_tokens(), permit.tokens):
            return False
        if len(self._held) >= self._max_requests(permit.priority, now) or self._is_full():
            return False
        self._grant(permit)
        return True

    def enqueue(self, permit: Permit) -> None:
        self._queues[permit.priority].append(permit)
        self.wake()

    def dequeue(self, permit: Permit) -> None:
        """Remove a permit from its queue if it is still waiting."""
        if permit in self._queues[permit.priority]:
            self._queues[permit.priority].remove(permit)

    def ended(self, permit: Permit, *, succeeded: bool) -> None:
        """Stop counting a call as running. Each round of successful calls allows one more in parallel."""
        if permit in self._running:
            self._running.discard(permit)
            if succeeded and self.parallel < self._most_parallel:
                self.parallel = min(float(self._most_parallel), self.parallel + 1.0 / self.parallel)
            self.wake()

    def halve_parallel(self) -> None:
        """Allow half as many calls in parallel: the service answered 429 “Too many requests”."""
        if self._most_parallel:
            self.parallel = max(1.0, self.parallel // 2)

    def _is_full(self) -> bool:
        return self._most_parallel > 0 and len(self._running) >= int(self.parallel)

    def used_requests(self) -> int:
        """Number of requests sent or about to be sent within the window."""
        self._expire(asyncio.get_running_loop().time())
        return len(self._held)

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
            self._estimates = {each: (position, at) for position, (each, at) in enumerate(self._simulate(now), 1)}
            self._estimates_valid_until = now + _REPORT_INTERVAL_SECONDS / 2
        position, at = self._estimates[permit]
        return position, max(0.0, at - now)

    def _simulate(self, now: float) -> Iterator[tuple[Permit, float]]:
        """Every waiting permit in the order in which it will be granted, and the time of that."""
        queues = {priority: deque(queue) for priority, queue in self._queues.items()}
        in_window = [(now if held.sent_at is None else held.sent_at, held.tokens) for held in self._held]
        heapify(in_window)
        time, used_tokens, turn = max(now, self._paused_until), self._used_tokens(), self._next_turn
        while any(queues.values()):
            priority = self._choose(queues, turn, time, len(in_window), used_tokens)
            if priority is not None:
                permit, turn = queues[priority].popleft(), _OTHER[priority]
                yield permit, time
                heappush(in_window, (time, permit.tokens))
                used_tokens += permit.tokens
                continue
            next_expiry = in_window[0][0] + self._window
            if time < self._chat_in_use_until < next_expiry:
                time = self._chat_in_use_until
            else:
                time, used_tokens = max(time, next_expiry), used_tokens - heappop(in_window)[1]

    def _choose(
        self, queues: dict[Priority, deque[Permit]], turn: Priority, time: float, used_requests: int, used_tokens: int
    ) -> Priority | None:
        """The priority whose first permit can be granted at `time`, given the use of the window; None for neither."""
        for priority in (turn, _OTHER[turn]):
            queue = queues[priority]
            if not queue:
                continue
            fits = self._fits(used_tokens, queue[0].tokens)
            if fits and used_requests < self._max_requests(priority, time):
                return priority
            if not fits:
                # Smaller requests must not overtake it forever: the tokens that become free are reserved for it.
                return None
        return None

    def _max_requests(self, priority: Priority, time: float) -> int:
        """The number of requests in the window up to which a priority may be granted more."""
        return self.requests - (self.requests // 20 if priority == "batch" and time < self._chat_in_use_until else 0)

    def wake(self) -> None:
        """Grant every permit that can be granted now, and set the timer for the next."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._estimates_valid_until = 0.0
        while (priority := self._grantable()) is not None:
            permit = self._queues[priority].popleft()
            self._next_turn = _OTHER[priority]
            self._grant(permit)
            if permit.granted is not None and not permit.granted.done():
                permit.granted.set_result(None)
        if any(self._queues.values()) and (time := self._next_change()) is not None:
            self._timer = asyncio.get_running_loop().call_at(time, self.wake)

    def _grantable(self) -> Priority | None:
        now = asyncio.get_running_loop().time()
        self._expire(now)
        if now < self._paused_until or self._is_full():
            return None
        return self._choose(self._queues, self._next_turn, now, len(self._held), self._used_tokens())

    def _used_tokens(self) -> int:
        return sum(held.tokens for held in self._held)

    def _fits(self, used_tokens: int, tokens: int) -> bool:
        return not self.tokens or not used_tokens or used_tokens + tokens <= self.tokens

    def _expire(self, now: float) -> None:
        self._held = [held for held in self._held if held.sent_at is None or held.sent_at + self._window > now]

    def _grant(self, permit: Permit) -> None:
        permit.held = True
        self._held.append(permit)
        self._running.add(permit)

    def _next_change(self) -> float | None:
        """When a permit may become grantable; None while that depends on a request that is still being sent."""
        now = asyncio.get_running_loop().time()
        if now < self._paused_until:
            return self._paused_until
        times = [held.sent_at + self._window for held in self._held if held.sent_at is not None]
        if self._queues["batch"]:
            times.append(self._chat_in_use_until)
        future = [time for time in times if time > now]
        return min(future) if future else None


class RateLimiter:
    """The limits of all profiles and models, created on first use."""

    def __init__(self, window: float = WINDOW_SECONDS, margin: float = MARGIN_SECONDS) -> None:
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
                requests, self._window, self._margin, tokens=tokens, most_parallel=MOST_PARALLEL
            )
        if (limit.requests, limit.tokens) != (requests, tokens):
            limit.requests, limit.tokens = requests, tokens
            limit.wake()
        return limit

    def used_requests(self, profile_id: str, model: str) -> int:
        """Number of requests in the last minute."""
        limit = self._limits.get((profile_id, model))
        return 0 if limit is None else limit.used_requests()
