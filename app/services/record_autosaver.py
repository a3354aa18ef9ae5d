"""Saves records that a user edits shortly after each edit, and again later if that fails."""

from __future__ import annotations

import asyncio
import logging
from typing import Generic, Protocol, TypeVar

from app.core.errors import WorkbenchError
from app.core.observers import Event
from app.services.tasks import TaskSet

log = logging.getLogger(__name__)

AUTOSAVE_SECONDS = 0.4
"""Longest time for which something typed is in memory only."""
RETRY_DELAY_SECONDS = 5.0
"""Delay before failed writes are retried."""


class _Record(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_Record)


class _Store(Protocol[T]):
    """Stores records of one kind by id. Every method raises StorageError."""

    async def keep(self, record: T) -> None: ...
    async def listed(self) -> tuple[T, ...]: ...


class RecordAutosaver(Generic[T]):
    """The records of one kind by their ids, with all edits.

    Attributes:
        on_failed: called when a record can't be saved, but not for repeated failures.
    """

    def __init__(self, store: _Store[T], tasks: TaskSet, what: str) -> None:
        """`what` names the records in the log."""
        self._store = store
        self._tasks = tasks
        self._what = what
        self._records: dict[str, T] = {}
        self._unsaved: dict[str, None] = {}
        self._autosave: asyncio.Task[None] | None = None
        self._trouble: WorkbenchError | None = None
        self.on_failed: Event[WorkbenchError] = Event()

    async def load(self) -> None:
        """Read the records of earlier runs; what was edited since the start stays. Raises StorageError."""
        stored = {record.id: record for record in await self._store.listed()}
        self._records = stored | self._records

    def get(self, record_id: str) -> T | None:
        """Return a record, or None if there is none of this id."""
        return self._records.get(record_id)

    def listed(self) -> tuple[T, ...]:
        """All records, with all edits."""
        return tuple(self._records.values())

    def edit(self, record: T) -> None:
        """Set a record and save it shortly after, however long the user goes on editing."""
        if self._records.get(record.id) == record or self._tasks.closed:
            return
        self._records[record.id] = record
        self._unsaved[record.id] = None
        self._save_in(AUTOSAVE_SECONDS)

    async def flush(self) -> None:
        """Save everything now; what can't be saved is reported and retried."""
        self._cancel_autosave()
        await self._save()

    async def aclose(self) -> None:
        """Save everything and stop retrying."""
        await self.flush()
        self._cancel_autosave()
        for record_id in self._unsaved:
            log.warning("%s %s is not saved: %s", self._what, record_id, self._trouble)

    def _cancel_autosave(self) -> None:
        """Stop waiting for the next save; one that has begun goes on."""
        if self._autosave is not None:
            self._autosave.cancel()
            self._autosave = None

    def _save_in(self, seconds: float) -> None:
        if self._autosave is None and not self._tasks.refusing:
            self._autosave = self._tasks.spawn(self._save_later(seconds), f"save {self._what}s")

    async def _save_later(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        self._autosave = None
        await self._save()

    async def _save(self) -> None:
        for record_id in tuple(self._unsaved):
            record = self._records.get(record_id)
            if record is None or record_id not in self._unsaved:
                continue
            try:
                await self._store.keep(record)
            except WorkbenchError as error:
                self._failed(error)
                return
            self._trouble = None
            if self._records.get(record_id) == record:
                self._unsaved.pop(record_id, None)

    def _failed(self, error: WorkbenchError) -> None:
        known, self._trouble = self._trouble, error
        self._save_in(RETRY_DELAY_SECONDS)
        if known is None or known.code is not error.code:
            self.on_failed.emit(error)
