"""The limits of a minute: as many requests and tokens as the service takes, none more (mimo-api section 2).

One `RateLimiter` serves every client of the program; a schedule inside it belongs to one profile and one model, because
the platform counts per account and model. Any window of 60 s holds at most the limit of requests. Tokens are a soft
limit: what a request will use is estimated, what it did use is put in its place, and one that is larger than the whole
limit goes alone. Two lanes take turns, so a grid of takes does not starve the person who types; while chat is in use,
batch leaves a twentieth of the slots free.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Iterator
from heapq import heapify, heappop, heappush
from typing import Literal

from app.core.events import Waiting

Lane = Literal["chat", "batch"]

WINDOW = 60.0
"""Seconds."""
MARGIN = 0.25
"""Seconds added to the window: clocks and networks are not exact, and a 429 costs more than a quarter of a second."""
_REPORT_EVERY = 1.0
_CHAT_IN_USE = 120.0
_OTHER: dict[Lane, Lane] = {"chat": "batch", "batch": "chat"}


class Permit:
    """Leave to send one request. Ends in `sent` or, when nothing went out, in `give_back`.

    Attributes:
        tokens: that it uses: an estimate until `used` says better.
        sent_at: moment on the clock of the loop.
    """

    def __init__(self, schedule: ModelLimit, lane: Lane, tokens: int = 0) -> None:
        self.schedule = schedule
        self.lane: Lane = lane
        self.tokens = tokens
        self.granted: asyncio.Future[None] | None = None
        self.sent_at: float | None = None
        self.taken = False

    async def wait(self) -> AsyncGenerator[Waiting, None]:
        """Ends when the request may be sent; meanwhile says where in the queue it stands, about once a second."""
        schedule = self.schedule
        if schedule.take_now(self):
            return
        loop = asyncio.get_running_loop()
        self.granted = loop.create_future()
        schedule.enqueue(self)
        try:
            await asyncio.sleep(0)  # Of many that come at once all are in the queue before it is reckoned.
            while not self.granted.done():
                position, seconds = schedule.outlook(self)
                yield Waiting(seconds, "rate", position=position)
                await asyncio.wait((self.granted,), timeout=_REPORT_EVERY)
        finally:
            schedule.leave(self)

    def sent(self) -> None:
        """The request has left; from now on the service may count it."""
        if self.taken:
            self.sent_at = asyncio.get_running_loop().time()
            self.schedule.wake()

    def used(self, tokens: int) -> None:
        """The service counted."""
        self.tokens = tokens
        self.schedule.wake()

    def give_back(self) -> None:
        """Nothing was sent: the place is free for somebody else."""
        if self.taken and self.sent_at is None:
            self.taken = False
            self.schedule.drop(self)


class ModelLimit:
    """The limits of one model of one profile.

    Attributes:
        limit, tokens: requests and tokens in a window; 0 tokens for no limit known.
    """

    def __init__(self, limit: int, window: float = WINDOW, margin: float = MARGIN, *, tokens: int = 0) -> None:
        self.limit = limit
        self.tokens = tokens
        self._span = window + margin
        self._taken: list[Permit] = []
        self._queues: dict[Lane, deque[Permit]] = {"chat": deque(), "batch": deque()}
        self._turn: Lane = "chat"
        self._held_until = 0.0
        self._chat_until = 0.0
        self._forecast: dict[Permit, tuple[int, float]] = {}
        self._forecast_until = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def slot(self, lane: Lane, tokens: int = 0) -> Permit:
        return Permit(self, lane, tokens)

    def hold(self, seconds: float) -> None:
        """The service said "too many": nobody sends for a while."""
        self._held_until = max(self._held_until, asyncio.get_running_loop().time() + seconds)
        self.wake()

    def take_now(self, slot: Permit) -> bool:
        now = asyncio.get_running_loop().time()
        if slot.lane == "chat":
            self._chat_until = now + _CHAT_IN_USE
        self._forget(now)
        if any(self._queues.values()) or now < self._held_until or not self._fits(self._spent(), slot.tokens):
            return False
        if len(self._taken) >= self._room(slot.lane, now):
            return False
        self._take(slot)
        return True

    def enqueue(self, slot: Permit) -> None:
        self._queues[slot.lane].append(slot)
        self.wake()

    def leave(self, slot: Permit) -> None:
        if slot in self._queues[slot.lane]:
            self._queues[slot.lane].remove(slot)

    def used(self) -> int:
        """Requests sent or leaving within the window."""
        self._forget(asyncio.get_running_loop().time())
        return len(self._taken)

    def drop(self, slot: Permit) -> None:
        self._taken.remove(slot)
        self.wake()

    def outlook(self, slot: Permit) -> tuple[int, float]:
        """Place in the queue from 1, and the seconds until its turn if everybody before it goes as soon as they can.

        Raises KeyError for a slot that does not wait. Reckoned for all at once: many wait, and all of them ask.
        """
        now = asyncio.get_running_loop().time()
        if slot not in self._forecast or now >= self._forecast_until:
            self._forecast = {each: (place, at) for place, (each, at) in enumerate(self._reckon(now), 1)}
            self._forecast_until = now + _REPORT_EVERY / 2
        place, at = self._forecast[slot]
        return place, max(0.0, at - now)

    def _reckon(self, now: float) -> Iterator[tuple[Permit, float]]:
        """Everybody who waits, in the order in which they will go, and when."""
        queues = {lane: deque(queue) for lane, queue in self._queues.items()}
        leaving = [(now if taken.sent_at is None else taken.sent_at, taken.tokens) for taken in self._taken]
        heapify(leaving)
        moment, spent, turn = max(now, self._held_until), self._spent(), self._turn
        while any(queues.values()):
            lane = self._first_of(queues, turn, moment, len(leaving), spent)
            if lane is not None:
                slot, turn = queues[lane].popleft(), _OTHER[lane]
                yield slot, moment
                heappush(leaving, (moment, slot.tokens))
                spent += slot.tokens
                continue
            free_again = leaving[0][0] + self._span
            if moment < self._chat_until < free_again:
                moment = self._chat_until
            else:
                moment, spent = max(moment, free_again), spent - heappop(leaving)[1]

    def _first_of(
        self, queues: dict[Lane, deque[Permit]], turn: Lane, moment: float, taken: int, spent: int
    ) -> Lane | None:
        """The lane whose first may go now, with so many requests `taken` and tokens `spent`."""
        for lane in (turn, _OTHER[turn]):
            queue = queues[lane]
            if not queue:
                continue
            fits = self._fits(spent, queue[0].tokens)
            if fits and taken < self._room(lane, moment):
                return lane
            if not fits:
                # Smaller ones must not slip past for ever: the tokens that come free are for this one.
                return None
        return None

    def _room(self, lane: Lane, moment: float) -> int:
        """Requests that a lane may fill the window up to."""
        return self.limit - (self.limit // 20 if lane == "batch" and moment < self._chat_until else 0)

    def wake(self) -> None:
        """Gives out every slot that is free now and sets the clock for the next."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._forecast_until = 0.0
        while (lane := self._next_lane()) is not None:
            slot = self._queues[lane].popleft()
            self._turn = _OTHER[lane]
            self._take(slot)
            if slot.granted is not None and not slot.granted.done():
                slot.granted.set_result(None)
        if any(self._queues.values()) and (moment := self._next_moment()) is not None:
            self._timer = asyncio.get_running_loop().call_at(moment, self.wake)

    def _next_lane(self) -> Lane | None:
        now = asyncio.get_running_loop().time()
        self._forget(now)
        if now < self._held_until:
            return None
        return self._first_of(self._queues, self._turn, now, len(self._taken), self._spent())

    def _spent(self) -> int:
        return sum(taken.tokens for taken in self._taken)

    def _fits(self, spent: int, more: int) -> bool:
        return not self.tokens or not spent or spent + more <= self.tokens

    def _forget(self, now: float) -> None:
        self._taken = [slot for slot in self._taken if slot.sent_at is None or slot.sent_at + self._span > now]

    def _take(self, slot: Permit) -> None:
        slot.taken = True
        self._taken.append(slot)

    def _next_moment(self) -> float | None:
        """When a place may become free; None while that depends on a request that is still leaving."""
        now = asyncio.get_running_loop().time()
        if now < self._held_until:
            return self._held_until
        moments = [slot.sent_at + self._span for slot in self._taken if slot.sent_at is not None]
        if self._queues["batch"]:
            moments.append(self._chat_until)
        coming = [moment for moment in moments if moment > now]
        return min(coming) if coming else None


class RateLimiter:
    """The schedules of all profiles and models, made as they are first used."""

    def __init__(self, window: float = WINDOW, margin: float = MARGIN) -> None:
        self._window = window
        self._margin = margin
        self._schedules: dict[tuple[str, str], ModelLimit] = {}

    def schedule(self, profile_id: str, model: str, limit: int, tokens: int = 0) -> ModelLimit | None:
        """None where no limit of requests is known (`limit` 0); `tokens` 0 for no limit of tokens."""
        if limit <= 0:
            return None
        key = (profile_id, model)
        known = self._schedules.get(key)
        if known is None:
            known = self._schedules[key] = ModelLimit(limit, self._window, self._margin, tokens=tokens)
        if (known.limit, known.tokens) != (limit, tokens):
            known.limit, known.tokens = limit, tokens
            known.wake()
        return known

    def used(self, profile_id: str, model: str) -> int:
        """Requests of the last minute."""
        known = self._schedules.get((profile_id, model))
        return 0 if known is None else known.used()
