"""Records of one kind that are listed, saved at every change, and deleted with undo."""

from __future__ import annotations

from typing import Protocol, TypeVar

from app.core.observers import Event
from app.services.record_autosaver import RecordAutosaver
from app.services.tasks import TaskSet


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


class RecordKeeper(RecordAutosaver[T]):
    """All records of one kind, the last changed first.

    Attributes:
        on_change: a record was added, changed or deleted.
    """

    def __init__(self, store: _Store[T], tasks: TaskSet, what: str) -> None:
        super().__init__(store, tasks, what)
        self._deletable = store
        self._deleted: set[str] = set()
        self.on_change: Event[()] = Event()

    async def load(self) -> None:
        """Read the records of earlier runs and imports; what changed since the start stays. Raises StorageError."""
        await super().load()
        for record_id in self._deleted:
            self._records.pop(record_id, None)
        self.on_change.emit()

    def put(self, record: T) -> None:
        """Make this the state of a record, and save it at once. What can't be saved is retried."""
        if self._tasks.closed:
            return
        self._deleted.discard(record.id)
        self._records[record.id] = record
        self._unsaved[record.id] = None
        self._cancel_autosave()
        self._save_in(0.0)
        self.on_change.emit()

    async def delete(self, record: T) -> None:
        """Soft-delete a record; `restore` undoes it. Raises StorageError, and then it stays."""
        await self.flush()
        await self._deletable.delete(record.id)
        self._deleted.add(record.id)
        self._records.pop(record.id, None)
        self.on_change.emit()

    async def restore(self, record: T) -> None:
        """Undo `delete`. Raises StorageError."""
        await self._deletable.restore(record.id)
        self._deleted.discard(record.id)
        self._records.setdefault(record.id, record)
        self.on_change.emit()

    def in_order(self) -> list[T]:
        """All records, the last changed first."""
        return sorted(self._records.values(), key=lambda record: record.updated, reverse=True)
