"""Long work in a thread that tells how far it is, and stops soon after nobody waits for it any more."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, TypeVar

T = TypeVar("T")

Progress = Callable[[float], object]
"""Told the share that is done, from 0 to 1 and never less than before, in the thread that does the work."""

_MIN_STEP = 0.005
"""Smaller shares are not told one by one."""
_INSTRUCTIONS_PER_CHECK = 20_000
"""Of SQLite's machine between two looks: a few milliseconds."""


class JobCancelled(Exception):
    """Nobody waits any more; raised in the thread, and seen by nobody."""


class CancellableJob:
    """One piece of long work. It is measured in bytes.

    Attributes:
        total: bytes there are to do, as far as is known.
    """

    def __init__(self, progress: Progress) -> None:
        self.total = 0.0
        self._progress = progress
        self._done = 0.0
        self._last_reported = 0.0
        self._cancelled = threading.Event()

    def advance(self, size: float = 0.0) -> None:
        """So many more are done. Raises JobCancelled."""
        if self._cancelled.is_set():
            raise JobCancelled
        self._done += size
        share = min(self._done / self.total, 1.0 - _MIN_STEP) if self.total else 0.0
        if share >= self._last_reported + _MIN_STEP:
            self._report(share)

    def finish(self) -> None:
        """It is done, whatever the bytes say; only this tells the share of 1."""
        self._report(1.0)

    def pieces(self, file: IO[bytes]) -> Iterator[bytes]:
        """A file to its end, each piece counted when the next is asked for."""
        while piece := file.read(1 << 20):
            yield piece
            self.advance(len(piece))

    @contextmanager
    def interrupting(self, connection: sqlite3.Connection) -> Iterator[None]:
        """Statements of the block end early when nobody waits any more. Raises JobCancelled."""
        connection.set_progress_handler(self._cancelled.is_set, _INSTRUCTIONS_PER_CHECK)
        try:
            yield
        except sqlite3.OperationalError:
            self.advance()
            raise
        finally:
            connection.set_progress_handler(None, 0)

    async def wait(self, work: asyncio.Future[T]) -> T:
        """What `work` gives. If the waiting is cancelled the work is stopped, and waited for until it has ended."""
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            self._cancelled.set()
            await asyncio.wait([work])
            if not work.cancelled():
                # Asked for, so that nobody calls it forgotten: it was stopped, or would have failed.
                work.exception()
            raise

    async def in_thread(self, work: Callable[[], T]) -> T:
        """`work` in a thread of its own; as `wait`."""
        return await self.wait(asyncio.get_running_loop().run_in_executor(None, work))

    def _report(self, share: float) -> None:
        self._last_reported = share
        self._progress(share)
