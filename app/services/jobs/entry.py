"""One job in the queue: its items, how many are in which state, and which come next."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Sequence

import msgspec

from app.core.jobs import ItemState, Job, JobItem, JobStatus


class JobEntry:
    """A job and its items. Every operation costs the same however many items there are.

    Attributes:
        job: the job as it is now.
        running: ids of the items whose calls are being made.
    """

    def __init__(self, job: Job, items: Sequence[JobItem]) -> None:
        self.job = job
        self.running: set[str] = set()
        self._items = {item.id: item for item in items}
        self._counts: Counter[ItemState] = Counter(item.state for item in items)
        self._cost: float | None = 0.0
        self._next: list[tuple[bool, int, str]] = []
        self._last_status: JobStatus | None = None
        for item in items:
            self._add_cost(item)
            self._enqueue(item)

    def __getitem__(self, item_id: str) -> JobItem:
        return self._items[item_id]

    @property
    def items(self) -> tuple[JobItem, ...]:
        """All items by position."""
        return tuple(self._items.values())

    def in_state(self, *states: ItemState) -> tuple[JobItem, ...]:
        return tuple(item for item in self._items.values() if item.state in states)

    def count(self, *states: ItemState) -> int:
        return sum(self._counts[state] for state in states)

    @property
    def waiting(self) -> int:
        """Number of queued items whose calls are not being made."""
        return self.count("queued") - sum(self._items[item_id].state == "queued" for item_id in self.running)

    @property
    def has_interactive(self) -> bool:
        """Whether the user waits for the next item."""
        self._drop_stale()
        return bool(self._next) and not self._next[0][0]

    def pop_next(self) -> JobItem:
        """Remove the next item from those that wait, and count it as running. Raises IndexError if none waits."""
        self._drop_stale()
        item = self._items[heapq.heappop(self._next)[2]]
        self.running.add(item.id)
        return item

    def replace(self, item: JobItem, **fields: object) -> JobItem:
        """Change an item; return its new state. One that becomes `queued` and is not running waits for its turn."""
        before = self._items[item.id]
        now = msgspec.structs.replace(before, **fields)
        self._items[item.id] = now
        self._last_status = None
        self._counts[before.state] -= 1
        self._counts[now.state] += 1
        if now.state == "done" != before.state:
            self._add_cost(now)
        if now.state != before.state:
            self._enqueue(now)
        return now

    def ended(self, item_id: str) -> None:
        """The call of an item has ended; if the item is still queued, it waits for its turn again."""
        self.running.discard(item_id)
        self._enqueue(self._items[item_id])

    def status(self, seconds_left: float | None) -> JobStatus:
        running = len(self.running)
        return JobStatus(
            self.job, len(self._items), self.count("done"), running, self.waiting, self.count("failed"),
            self.count("lost"), self.count("stopped"), seconds_left, self._cost,
        )  # fmt: skip

    def last_status(self) -> JobStatus:
        """The status of a job that has ended, made once: the list of jobs is shown again with every change of one."""
        last = self._last_status
        if last is None or last.job is not self.job:
            last = self._last_status = self.status(0.0)
        return last

    def _enqueue(self, item: JobItem) -> None:
        if self._is_waiting(item.id):
            heapq.heappush(self._next, (not item.interactive, item.position, item.id))

    def _drop_stale(self) -> None:
        """Forget items at the front of the line that were stopped while they waited, or stand in it twice."""
        while self._next and not self._is_waiting(self._next[0][2]):
            heapq.heappop(self._next)

    def _is_waiting(self, item_id: str) -> bool:
        return self._items[item_id].state == "queued" and item_id not in self.running

    def _add_cost(self, item: JobItem) -> None:
        if item.state == "done":
            self._cost = None if self._cost is None or item.cost is None else self._cost + item.cost
