"""Time limits of one response: until the first event, between events, and in total."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar

import msgspec

from app.core.errors import Code, TransportError

T = TypeVar("T")

MIN_UPLOAD_RATE = 32 * 1024
"""Bytes per second; a connection that sends a request more slowly is considered dead."""
DRAIN_SECONDS = 3.0
"""Time for the service to end its response once its last event has arrived."""
COMMENT_FACTOR = 2.0
"""The first event may take this many times its limit while comment lines arrive (WIRE.md section 10)."""
_RECHECK_SECONDS = 0.1


class Limits(msgspec.Struct, frozen=True):
    """Limits in seconds, None for no limit.

    Attributes:
        first: from sending the request to the first event.
        idle: between two events.
        total: from sending the request to the end of the response.
    """

    first: float | None
    idle: float | None
    total: float | None = None


class Deadlines:
    """Cancels a wait for the service when a limit is exceeded, by the clock of the event loop.

    One timer serves a whole response and is only reset when it fires: a timeout for every read would cost more than
    decoding it. Only awaitables passed to `wait` are cancelled; the time a consumer takes does not count.
    """

    def __init__(self, limits: Limits, host: str, upload: int = 0) -> None:
        """`upload` is the size of the request in bytes; until it is sent, the limits allow for its slowest upload."""
        self._limits = limits
        self._host = host
        self._loop = asyncio.get_running_loop()
        self._total_deadline: float | None = None
        self._deadline: float | None = None
        self._start(self._loop.time() + upload / MIN_UPLOAD_RATE)
        self._code, self._seconds = Code.FIRST_BYTE_TIMEOUT, limits.first
        self._waiting: asyncio.Task[Any] | None = None
        self._cancelled_before = 0
        self._expired = False
        self._has_events = self._draining = False
        self._timer: asyncio.TimerHandle | None = None
        self._arm()

    def sent(self) -> None:
        """Restart the limits: the request has been sent and the response is awaited."""
        self._start(self._loop.time())
        self._arm()

    def restart_first(self) -> None:
        """Restart the wait for the first event, twice its limit in all: a comment line says that the service works."""
        first = self._limits.first
        if first is not None and not self._has_events and not self._draining:
            self._deadline = min(self._loop.time() + first, self._began + COMMENT_FACTOR * first)

    def reset_idle(self) -> None:
        """Restart the idle limit: an event has arrived and the next one is awaited."""
        idle = self._limits.idle
        self._deadline = None if idle is None else self._loop.time() + idle
        if not self._has_events:
            # Only the first event can move the deadline forward. Later ones move it back, which the timer finds out
            # when it fires.
            self._has_events = True
            self._code, self._seconds = Code.IDLE_TIMEOUT, idle
            self._arm()

    def start_drain(self) -> None:
        """Limit the wait for the end of the body: the last event has arrived."""
        if not self._draining:
            self._draining = True
            self._deadline = self._loop.time() + DRAIN_SECONDS
            self._code, self._seconds = Code.IDLE_TIMEOUT, DRAIN_SECONDS
            self._arm()

    async def wait(self, awaitable: Awaitable[T]) -> T:
        """The result of `awaitable`. Raises `TransportError` with the code of the limit that was exceeded."""
        self._waiting = asyncio.current_task(self._loop)
        try:
            return await awaitable
        except asyncio.CancelledError:
            if self._expired and self._waiting is not None and self._waiting.uncancel() <= self._cancelled_before:
                raise self._error() from None
            raise
        finally:
            self._waiting = None

    def stop(self) -> None:
        """Cancel the timer."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _start(self, start: float) -> None:
        self._began = start
        first, total = self._limits.first, self._limits.total
        self._deadline = None if first is None else start + first
        self._total_deadline = None if total is None else start + total

    def _next_deadline(self) -> float | None:
        if self._deadline is None or self._total_deadline is None:
            return self._total_deadline if self._deadline is None else self._deadline
        return min(self._deadline, self._total_deadline)

    def _arm(self) -> None:
        self.stop()
        deadline = self._next_deadline()
        if deadline is not None:
            self._timer = self._loop.call_at(deadline, self._on_timer)

    def _on_timer(self) -> None:
        self._timer = None
        deadline = self._next_deadline()
        if deadline is not None and self._loop.time() >= deadline:
            if self._waiting is None:
                # The consumer is busy, so nothing is being awaited; check again shortly.
                self._timer = self._loop.call_later(_RECHECK_SECONDS, self._on_timer)
                return
            self._expired = True
            self._cancelled_before = self._waiting.cancelling()
            self._waiting.cancel()
            return
        self._arm()

    def _error(self) -> TransportError:
        total = self._total_deadline
        if total is not None and (self._deadline is None or total <= self._deadline):
            return TransportError(Code.TOTAL_TIMEOUT, host=self._host, seconds=self._limits.total)
        return TransportError(self._code, host=self._host, seconds=self._seconds)
