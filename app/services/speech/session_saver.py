"""Writes studio sessions to the store, in the order in which they change."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from app.core.errors import WorkbenchError
from app.core.observers import Event
from app.core.takes import SpeechSession
from app.services.tasks import TaskSet

if TYPE_CHECKING:  # imports numpy, which is not needed here
    from app.services.speech.ports import RecordStore

log = logging.getLogger(__name__)

RETRY_DELAY_SECONDS = 5.0
"""Delay before failed writes are retried."""


class SessionSaver:
    """Saves sessions at once, and again later if that fails.

    Attributes:
        on_failed: emits why a session can't be saved, but not for repeated failures.
    """

    def __init__(
        self, store: RecordStore[SpeechSession], tasks: TaskSet, listed: Callable[[str], SpeechSession | None]
    ) -> None:
        """`listed` returns the current state of a session by id, or None if it is not to be stored any more."""
        self._store = store
        self._tasks = tasks
        self._listed = listed
        self._unsaved: dict[str, None] = {}
        self._stored: set[str] = set()
        self._writes: set[asyncio.Task[None]] = set()
        self._retry: asyncio.Task[None] | None = None
        self._trouble: WorkbenchError | None = None
        self.on_failed: Event[WorkbenchError] = Event()

    def is_unsaved(self, session_id: str) -> bool:
        """Whether the store lacks the current state of a session."""
        return session_id in self._unsaved

    def is_stored(self, session_id: str) -> bool:
        """Whether the store has some state of a session, or will have once a write that has begun is done."""
        return session_id in self._stored

    def mark_stored(self, session_ids: Iterable[str]) -> None:
        """Note that the store has these sessions."""
        self._stored.update(session_ids)

    def save(self, session_id: str) -> None:
        """Save the current state of a session, after all that was to be saved before."""
        self._unsaved[session_id] = None
        write = self._tasks.spawn(self._write(session_id), "save session")
        self._writes.add(write)
        write.add_done_callback(self._writes.discard)

    def forget(self, session_id: str) -> None:
        """Leave out a write of a session that has not begun."""
        self._unsaved.pop(session_id, None)

    async def flush(self) -> None:
        """Wait until everything is saved, or can't be for now; what failed before is tried once more."""
        if self._writes:
            await asyncio.wait(set(self._writes))
        await self._write_unsaved()

    async def aclose(self) -> None:
        """Save everything and stop retrying."""
        await self.flush()
        if self._retry is not None:
            self._retry.cancel()
        for session_id in self._unsaved:
            log.warning("session %s is not saved: %s", session_id, self._trouble)

    async def _write(self, session_id: str) -> None:
        """Write the current state of a session. The store writes in the order of the calls."""
        session = self._listed(session_id)
        if session is None or session_id not in self._unsaved:
            return
        self._stored.add(session_id)
        try:
            await self._store.keep(session)
        except WorkbenchError as error:
            self._failed(error)
            return
        self._trouble = None
        if self._listed(session_id) == session:
            self._unsaved.pop(session_id, None)

    def _failed(self, error: WorkbenchError) -> None:
        known, self._trouble = self._trouble, error
        if self._retry is None and not self._tasks.refusing:
            self._retry = self._tasks.spawn(self._write_again(), "save sessions again")
        if known is None or known.code is not error.code:
            self.on_failed.emit(error)

    async def _write_again(self) -> None:
        await asyncio.sleep(RETRY_DELAY_SECONDS)
        self._retry = None
        await self._write_unsaved()

    async def _write_unsaved(self) -> None:
        for session_id in tuple(self._unsaved):
            await self._write(session_id)
