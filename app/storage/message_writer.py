"""Saves a message while it streams: after a kill at most the last second of it is missing."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import Future

from app.core.errors import WorkbenchError
from app.core.events import ChatEvent
from app.core.messages import Message
from app.storage.database_executor import DatabaseExecutor
from app.storage.replay import ReplayEvent, event_row

WRITE_INTERVAL_SECONDS = 0.5
"""Interval between writes of a streaming message. Together with the duration of a write it is below a second."""


class MessageWriter:
    """Saves one streaming message. Used on the event loop; only the writes run in the writer thread.

    Call `changed` (and `event`) whenever something arrives, and `end` once with the finished message.
    """

    def __init__(
        self,
        access: DatabaseExecutor,
        write: Callable[[sqlite3.Connection, Message, bool], None],
        failed: Callable[[WorkbenchError], object],
    ) -> None:
        self._access = access
        self._write = write
        self._failed = failed
        self._snapshot: Callable[[], Message] | None = None
        self._events: list[ReplayEvent] = []
        self._pieces = 0
        self._first_piece: int | None = None  # after the events of earlier steps, where a saved message is continued
        self._timer: asyncio.TimerHandle | None = None
        self._running: Future[None] | None = None
        self._is_dirty = False
        self._has_ended = False

    def changed(self, snapshot: Callable[[], Message]) -> None:
        """Schedule a write; `snapshot` is called when it is due. The first call writes at once."""
        if self._has_ended:
            return
        first = self._snapshot is None
        self._snapshot = snapshot
        self._is_dirty = True
        if self._timer is None and self._running is None:
            self._schedule(0.0 if first else WRITE_INTERVAL_SECONDS)

    def event(self, step: int, event: ChatEvent, at: float) -> None:
        """Record an event that arrived `at` seconds after the step's request was sent; saved with the next write."""
        self._events.append(ReplayEvent(step, at, event))

    async def end(self, message: Message) -> None:
        """Save the finished message. Raises StorageError on failure; it can be called again then."""
        self._has_ended = True
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._running is not None:
            # Its failure was reported to `failed`, and what it did not write is written now.
            await asyncio.gather(asyncio.wrap_future(self._running), return_exceptions=True)
        events, piece = tuple(self._events), self._pieces
        await self._access.write(lambda connection: self._write_row(connection, message, events, piece, False))
        self._events.clear()

    def _schedule(self, seconds: float) -> None:
        self._timer = asyncio.get_running_loop().call_later(seconds, self._flush)

    def _flush(self) -> None:
        self._timer = None
        if self._snapshot is None or self._has_ended:
            return
        self._is_dirty = False
        message, events, piece = self._snapshot(), tuple(self._events), self._pieces
        loop = asyncio.get_running_loop()
        try:
            self._running = self._access.post(
                lambda connection: self._write_row(connection, message, events, piece, True)
            )
        except WorkbenchError as error:
            self._failed(error)
            return
        self._running.add_done_callback(lambda done: loop.call_soon_threadsafe(self._flushed, done, len(events)))

    def _flushed(self, done: Future[None], count: int) -> None:
        self._running = None
        error = done.exception()
        if error is None:
            self._pieces += 1
            del self._events[:count]
        elif isinstance(error, WorkbenchError):
            self._is_dirty = True
            self._failed(error)
        else:
            raise error
        if self._is_dirty and not self._has_ended:
            self._schedule(WRITE_INTERVAL_SECONDS)

    def _write_row(
        self, connection: sqlite3.Connection, message: Message, events: tuple[ReplayEvent, ...], piece: int, more: bool
    ) -> None:
        self._write(connection, message, more)
        if events:
            if self._first_piece is None:
                query = "SELECT coalesce(max(piece), -1) + 1 FROM events WHERE message = ?"
                self._first_piece = int(connection.execute(query, (message.id,)).fetchone()[0])
            body = self._access.encode([event_row(event) for event in events])
            connection.execute(
                "INSERT OR REPLACE INTO events VALUES (?, ?, ?)", (message.id, self._first_piece + piece, body)
            )
