"""The request limit: as many requests as the service takes in a minute, none more (mimo-api section 2, RPM).

One `Pace` serves every client of the program; a schedule inside it belongs to one profile and one model, because
the platform counts per account and model. Any window of 60 s holds at most the limit. Two lanes take turns, so
a grid of takes does not starve the person who types; while chat is in use, batch leaves a twentieth of the slots free.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator
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
    """Leave to send one request. Ends in `sent` or, when nothing went out, in `give_back`."""

    def __init__(self, schedule: Schedule, lane: Lane) -> None:
        self.schedule = schedule
        self.lane: Lane = lane
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

    def give_back(self) -> None:
        """Nothing was sent: the place is free for somebody else."""
        if self.taken and self.sent_at is None:
            self.taken = False
            self.schedule.drop(self)


class Schedule:
    """The limit of one model of one profile."""

    def __init__(self, limit: int, window: float = WINDOW, margin: float = MARGIN) -> None:
        self.limit = limit
        self._span = window + margin
        self._taken: list[Slot] = []
        self._queues: dict[Lane, deque[Slot]] = {"chat": deque(), "batch": deque()}
        self._turn: Lane = "chat"
        self._held_until = 0.0
        self._chat_seen: float | None = None
        self._timer: asyncio.TimerHandle | None = None

    def slot(self, lane: Lane) -> Slot:
        return Slot(self, lane)

    def hold(self, seconds: float) -> None:
        """The service said "too many": nobody sends for a while."""
        self._held_until = max(self._held_until, asyncio.get_running_loop().time() + seconds)
        self.wake()

    def take_now(self, slot: Slot) -> bool:
        if slot.lane == "chat":
            self._chat_seen = asyncio.get_running_loop().time()
        if any(self._queues.values()) or not self._free(slot.lane):
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
        """Place in the queue from 1, and the seconds until its turn if everybody before it goes as soon as they can."""
        queue, other = self._queues[slot.lane], self._queues[_OTHER[slot.lane]]
        own = queue.index(slot)
        before = own + min(len(other), own + (0 if self._turn == slot.lane else 1))
        now = asyncio.get_running_loop().time()
        frees = sorted((taken.sent_at if taken.sent_at is not None else now) + self._span for taken in self._taken)
        late = before - max(0, self.limit - len(frees))
        free_at = now
        if late >= 0 and frees:
            rounds, place = divmod(late, len(frees))
            free_at = frees[place] + rounds * self._span
        return before + 1, max(0.0, free_at - now, self._held_until - now)

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
            if self._queues[lane] and self._free(lane):
                return lane
        return None

    def _free(self, lane: Lane) -> bool:
        now = asyncio.get_running_loop().time()
        if now < self._held_until:
            return False
        self._forget(now)
        kept = 0
        if lane == "batch" and self._chat_seen is not None and now - self._chat_seen < _CHAT_IN_USE:
            kept = self.limit // 20
        return len(self._taken) < self.limit - kept

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

    def schedule(self, profile_id: str, model: str, limit: int) -> Schedule | None:
        """None where no limit is known (`limit` 0)."""
        if limit <= 0:
            return None
        key = (profile_id, model)
        known = self._schedules.get(key)
        if known is None:
            known = self._schedules[key] = Schedule(limit, self._window, self._margin)
        known.limit = limit
        return known

    def used(self, profile_id: str, model: str) -> int:
        """Requests of the last minute."""
        known = self._schedules.get((profile_id, model))
        return 0 if known is None else known.used()
