"""Records of one kind that are kept in memory, saved at every change, and deleted with undo."""

from __future__ import annotations

import asyncio
import logging
from typing import Generic, Protocol, TypeVar

from app.core.errors import WorkbenchError
from app.core.observers import Event
from app.services.tasks import TaskSet

log = logging.getLogger(__name__)

RETRY_DELAY_SECONDS = 5.0
"""Delay before failed writes are retried."""


class _Record(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def updated(self) -> float: ...


T = TypeVar("T", bound=_Record)


class _Store(Protocol[T]):
    """Stores records of one kind by id. Every method raises StorageError."""

    async def keep(self, record: T) -> None: ...
    async def listed(self) -> tuple[T, ...]: ...
    async def delete(self, record_id: str) -> None: ...
    async def restore(self, record_id: str) -> None: ...


class RecordKeeper(Generic[T]):
    """All records of one kind, the last changed first.

    Attributes:
        on_change: a record was added, changed or deleted.
        on_failed: emits why a record can't be saved, but not for repeated failures.
    """

    def __init__(self, store: _Store[T], tasks: TaskSet, what: str) -> None:
        """`what` names the records in the log."""
        self._store = store
        self._tasks = tasks
        self._what = what
        self._known: dict[str, T] = {}
        self._deleted: set[str] = set()
        self._unsaved: dict[str, None] = {}
        self._writes: set[asyncio.Task[None]] = set()
        self._retry: asyncio.Task[None] | None = None
        self._trouble: WorkbenchError | None = None
        self.on_change: Event[()] = Event()
        self.on_failed: Event[WorkbenchError] = Event()

    async def load(self) -> None:
        """Read the records of earlier runs and imports; what changed since the start stays. Raises StorageError."""
        stored = {record.id: record for record in await self._store.listed() if record.id not in self._deleted}
        newer = {record_id: self._known[record_id] for record_id in self._unsaved if record_id in self._known}
        self._known = stored | self._known | newer
        self.on_change.emit()

    def get(self, record_id: str) -> T | None:
        return self._known.get(record_id)

    def put(self, record: T) -> None:
        """Make this the state of a record, and save it at once. What can't be saved is retried."""
        if self._tasks.closed:
            return
        self._deleted.discard(record.id)
        self._known[record.id] = record
        self._unsaved[record.id] = None
        self._begin_write(record.id)
        self.on_change.emit()

    async def delete(self, record: T) -> None:
        """Soft-delete a record; `restore` undoes it. Raises StorageError, and then it stays."""
        await self._flush()
        await self._store.delete(record.id)
        self._deleted.add(record.id)
        self._known.pop(record.id, None)
        self.on_change.emit()

    async def restore(self, record: T) -> None:
        """Undo `delete`. Raises StorageError."""
        await self._store.restore(record.id)
        self._deleted.discard(record.id)
        self._known.setdefault(record.id, record)
        self.on_change.emit()

    async def aclose(self) -> None:
        """Save everything and stop retrying."""
        await self._flush()
        if self._retry is not None:
            self._retry.cancel()
        for record_id in self._unsaved:
            log.warning("%s %s is not saved: %s", self._what, record_id, self._trouble)

    def in_order(self) -> list[T]:
        """All records, the last changed first."""
        return sorted(self._known.values(), key=lambda record: record.updated, reverse=True)

    def _begin_write(self, record_id: str) -> None:
        write = self._tasks.spawn(self._write(record_id), f"save {self._what}")
        self._writes.add(write)
        write.add_done_callback(self._writes.discard)

    async def _flush(self) -> None:
        if self._writes:
            await asyncio.wait(set(self._writes))
        for record_id in tuple(self._unsaved):
            await self._write(record_id)

    async def _write(self, record_id: str) -> None:
        record = self._known.get(record_id)
        if record is None or record_id not in self._unsaved:
            return
        try:
            await self._store.keep(record)
        except WorkbenchError as error:
            self._failed(error)
            return
        self._trouble = None
        if self._known.get(record_id) is record:
            self._unsaved.pop(record_id, None)

    def _failed(self, error: WorkbenchError) -> None:
        known, self._trouble = self._trouble, error
        if self._retry is None and not self._tasks.refusing:
            self._retry = self._tasks.spawn(self._write_again(), f"save {self._what}s again")
        if known is None or known.code is not error.code:
            self.on_failed.emit(error)

    async def _write_again(self) -> None:
        await asyncio.sleep(RETRY_DELAY_SECONDS)
        self._retry = None
        for record_id in tuple(self._unsaved):
            await self._write(record_id)
