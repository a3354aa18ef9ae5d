"""The limits of a minute: as many requests and tokens as the service takes, none more (mimo-api section 2).

One `Pace` serves every client of the program; a schedule inside it belongs to one profile and one model, because
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


class Slot:
    """Leave to send one request. Ends in `sent` or, when nothing went out, in `give_back`.

    Attributes:
        tokens: that it uses: an estimate until `used` says better.
        sent_at: moment on the clock of the loop.
    """

    def __init__(self, schedule: Schedule, lane: Lane, tokens: int = 0) -> None:
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


class Schedule:
    """The limits of one model of one profile.

    Attributes:
        limit, tokens: requests and tokens in a window; 0 tokens for no limit known.
    """

    def __init__(self, limit: int, window: float = WINDOW, margin: float = MARGIN, *, tokens: int = 0) -> None:
        self.limit = limit
        self.tokens = tokens
        self._span = window + margin
        self._taken: list[Slot] = []
        self._queues: dict[Lane, deque[Slot]] = {"chat": deque(), "batch": deque()}
        self._turn: Lane = "chat"
        self._held_until = 0.0
        self._chat_seen: float | None = None
        self._timer: asyncio.TimerHandle | None = None

    def slot(self, lane: Lane, tokens: int = 0) -> Slot:
        return Slot(self, lane, tokens)

    def hold(self, seconds: float) -> None:
        """The service said "too many": nobody sends for a while."""
        self._held_until = max(self._held_until, asyncio.get_running_loop().time() + seconds)
        self.wake()

    def take_now(self, slot: Slot) -> bool:
        if slot.lane == "chat":
            self._chat_seen = asyncio.get_running_loop().time()
        if any(self._queues.values()) or not self._free(slot):
            return False
        self._take(slot)
        return True

    def enqueue(self, slot: Slot) -> None:
        self._queues[slot.lane].append(slot)
        self.wake()

    def leave(self, slot: Slot) -> None:
        if slot in self._queues[slot.lane]:
            self._queues[slot.lane].remove(slot)

    def used(self) -> int:
        """Requests sent or leaving within the window."""
        self._forget(asyncio.get_running_loop().time())
        return len(self._taken)

    def drop(self, slot: Slot) -> None:
        self._taken.remove(slot)
        self.wake()

    def outlook(self, slot: Slot) -> tuple[int, float]:
        """Place in the queue from 1, and the seconds until its turn if everybody before it goes as soon as they can.

        Raises ValueError for a slot that does not wait.
        """
        now = moment = asyncio.get_running_loop().time()
        moment = max(moment, self._held_until)
        open_ones = [(now if taken.sent_at is None else taken.sent_at, taken.tokens) for taken in self._taken]
        heapify(open_ones)
        spent = sum(tokens for _, tokens in open_ones)
        for place, waiting in enumerate(self._order(), 1):
            while open_ones and (len(open_ones) >= self.limit or not self._fits(spent, waiting.tokens)):
                sent_at, tokens = heappop(open_ones)
                moment, spent = max(moment, sent_at + self._span), spent - tokens
            if waiting is slot:
                return place, moment - now
            heappush(open_ones, (moment, waiting.tokens))
            spent += waiting.tokens
        raise ValueError(slot)

    def _order(self) -> Iterator[Slot]:
        """Everybody who waits, in the order in which they will go while the lanes take turns."""
        queues = {lane: deque(queue) for lane, queue in self._queues.items()}
        lane = self._turn
        while any(queues.values()):
            if queues[lane]:
                yield queues[lane].popleft()
            lane = _OTHER[lane]

    def wake(self) -> None:
        """Gives out every slot that is free now and sets the clock for the next."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        while (lane := self._next_lane()) is not None:
            slot = self._queues[lane].popleft()
            self._turn = _OTHER[lane]
            self._take(slot)
            if slot.granted is not None and not slot.granted.done():
                slot.granted.set_result(None)
        if any(self._queues.values()) and (moment := self._next_moment()) is not None:
            self._timer = asyncio.get_running_loop().call_at(moment, self.wake)

    def _next_lane(self) -> Lane | None:
        for lane in (self._turn, _OTHER[self._turn]):
            queue = self._queues[lane]
            if not queue:
                continue
            if self._free(queue[0]):
                return lane
            if not self._fits(self._spent(), queue[0].tokens):
                # Smaller ones must not slip past for ever: the tokens that come free are for this one.
                return None
        return None

    def _free(self, slot: Slot) -> bool:
        now = asyncio.get_running_loop().time()
        if now < self._held_until:
            return False
        self._forget(now)
        kept = 0
        if slot.lane == "batch" and self._chat_seen is not None and now - self._chat_seen < _CHAT_IN_USE:
            kept = self.limit // 20
        return len(self._taken) < self.limit - kept and self._fits(self._spent(), slot.tokens)

    def _spent(self) -> int:
        return sum(taken.tokens for taken in self._taken)

    def _fits(self, spent: int, more: int) -> bool:
        return not self.tokens or not spent or spent + more <= self.tokens

    def _forget(self, now: float) -> None:
        self._taken = [slot for slot in self._taken if slot.sent_at is None or slot.sent_at + self._span > now]

    def _take(self, slot: Slot) -> None:
        slot.taken = True
        self._taken.append(slot)

    def _next_moment(self) -> float | None:
        """When a place may become free; None while that depends on a request that is still leaving."""
        now = asyncio.get_running_loop().time()
        if now < self._held_until:
            return self._held_until
        moments = [slot.sent_at + self._span for slot in self._taken if slot.sent_at is not None]
        if self._chat_seen is not None and self._queues["batch"]:
            moments.append(self._chat_seen + _CHAT_IN_USE)
        coming = [moment for moment in moments if moment > now]
        return min(coming) if coming else None


class Pace:
    """The schedules of all profiles and models, made as they are first used."""

    def __init__(self, window: float = WINDOW, margin: float = MARGIN) -> None:
        self._window = window
        self._margin = margin
        self._schedules: dict[tuple[str, str], Schedule] = {}

    def schedule(self, profile_id: str, model: str, limit: int, tokens: int = 0) -> Schedule | None:
        """None where no limit of requests is known (`limit` 0); `tokens` 0 for no limit of tokens."""
        if limit <= 0:
            return None
        key = (profile_id, model)
        known = self._schedules.get(key)
        if known is None:
            known = self._schedules[key] = Schedule(limit, self._window, self._margin)
        known.limit, known.tokens = limit, tokens
        return known

    def used(self, profile_id: str, model: str) -> int:
        """Requests of the last minute."""
        known = self._schedules.get((profile_id, model))
        return 0 if known is None else known.used()
