"""Runs a long job in a thread, reports progress, and stops it soon after the caller is cancelled."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, TypeVar

T = TypeVar("T")

Progress = Callable[[float], object]
"""Called in the worker thread with the completed share, from 0 to 1, never decreasing."""

_MIN_STEP = 0.005
"""Smaller steps are not reported."""
_INSTRUCTIONS_PER_CHECK = 20_000
"""Instructions of SQLite's virtual machine between two checks: a few milliseconds."""


class JobCancelled(Exception):
    """Raised in the worker thread after the job was cancelled; never reaches the caller."""


class CancellableJob:
    """A long job whose progress is measured in bytes.

    Attributes:
        total: expected number of bytes, as far as known.
    """

    def __init__(self, progress: Progress) -> None:
        self.total = 0.0
        self._progress = progress
        self._done = 0.0
        self._last_reported = 0.0
        self._cancelled = threading.Event()

    def advance(self, size: float = 0.0) -> None:
        """Add `size` bytes to the progress. Raises JobCancelled once the job is cancelled."""
        if self._cancelled.is_set():
            raise JobCancelled
        self._done += size
        share = min(self._done / self.total, 1.0 - _MIN_STEP) if self.total else 0.0
        if share >= self._last_reported + _MIN_STEP:
            self._report(share)

    def finish(self) -> None:
        """Report completion. Only this reports a share of 1, whatever the byte count."""
        self._report(1.0)

    def pieces(self, file: IO[bytes]) -> Iterator[bytes]:
        """Read a file to its end in pieces; each is counted when the next is requested."""
        while piece := file.read(1 << 20):
            yield piece
            self.advance(len(piece))

    @contextmanager
    def interrupting(self, connection: sqlite3.Connection) -> Iterator[None]:
        """Interrupt SQL statements of the block when the job is cancelled. Raises JobCancelled."""
        connection.set_progress_handler(self._cancelled.is_set, _INSTRUCTIONS_PER_CHECK)
        try:
            yield
        except sqlite3.OperationalError:
            self.advance()
            raise
        finally:
            connection.set_progress_handler(None, 0)

    async def wait(self, work: asyncio.Future[T]) -> T:
        """Return the result of `work`. If the caller is cancelled, cancel the job and wait until it has stopped."""
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            self._cancelled.set()
            await asyncio.wait([work])
            if not work.cancelled():
                # Retrieved so that asyncio does not log it as never retrieved.
                work.exception()
            raise

    async def in_thread(self, work: Callable[[], T]) -> T:
        """Run `work` in a thread and wait for it like `wait`."""
        return await self.wait(asyncio.get_running_loop().run_in_executor(None, work))

    def _report(self, share: float) -> None:
        self._last_reported = share
        self._progress(share)
