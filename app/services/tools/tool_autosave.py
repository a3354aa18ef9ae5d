"""Saves records shortly after they change, and tries again where saving failed."""

from __future__ import annotations

import asyncio
import logging
from typing import Protocol

from app.core.errors import WorkbenchError
from app.core.observers import Event
from app.core.tool_definitions import ToolDefinition
from app.services.tasks import TaskSet

log = logging.getLogger(__name__)

AUTOSAVE_SECONDS = 0.4
"""Longest time for which something typed is in memory only."""
RETRY_DELAY_SECONDS = 5.0
"""Delay before failed writes are retried."""


class ToolStore(Protocol):
    """Stores tool definitions. Every method raises StorageError."""

    async def keep(self, record: ToolDefinition) -> None: ...
    async def listed(self) -> tuple[ToolDefinition, ...]: ...
    async def delete(self, record_id: str) -> None: ...
    async def restore(self, record_id: str) -> None: ...


class ToolAutosave:
    """Writes the newest version of each changed record.

    Attributes:
        on_failed: called when a record can't be saved, but not for repeated failures.
    """

    def __init__(self, store: ToolStore, tasks: TaskSet) -> None:
        self._store = store
        self._tasks = tasks
        self._unsaved: dict[str, ToolDefinition] = {}
        self._timer: asyncio.Task[None] | None = None
        self._trouble: WorkbenchError | None = None
        self.on_failed: Event[WorkbenchError] = Event()

    def save_soon(self, record: ToolDefinition) -> None:
        """Save a record shortly after, however long the user goes on typing."""
        self._unsaved[record.id] = record
        self._start(AUTOSAVE_SECONDS)

    def forget(self, record_id: str) -> None:
        """Don't save a record any more."""
        self._unsaved.pop(record_id, None)

    async def save(self, record_id: str) -> None:
        """Save a record now if it has changed. Raises StorageError."""
        record = self._unsaved.get(record_id)
        if record is not None:
            await self._store.keep(record)
            if self._unsaved.get(record_id) is record:
                del self._unsaved[record_id]

    async def aclose(self) -> None:
        """Save everything and stop retrying."""
        if self._timer is not None:
            self._timer.cancel()
        await self._save_all()
        for record_id in self._unsaved:
            log.warning("record %s is not saved: %s", record_id, self._trouble)

    def _start(self, seconds: float) -> None:
        if self._timer is None and not self._tasks.refusing:
            self._timer = self._tasks.spawn(self._save_later(seconds), "save tools")

    async def _save_later(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        self._timer = None
        await self._save_all()
        if self._unsaved:
            self._start(RETRY_DELAY_SECONDS if self._trouble is not None else AUTOSAVE_SECONDS)

    async def _save_all(self) -> None:
        for record_id in tuple(self._unsaved):
            try:
                await self.save(record_id)
            except WorkbenchError as error:
                known, self._trouble = self._trouble, error
                if known is None or known.code is not error.code:
                    self.on_failed.emit(error)
                return
            self._trouble = None
