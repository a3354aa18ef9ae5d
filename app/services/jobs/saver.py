"""Stores jobs as they change: in order, and what could not be stored with the next change."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Mapping, Sequence
from typing import Any

from app.core.errors import WorkbenchError
from app.core.jobs import JobItem
from app.core.observers import Event
from app.services.jobs.entry import JobEntry
from app.services.jobs.ports import JobStore, Write
from app.services.tasks import TaskSet

log = logging.getLogger(__name__)


class JobSaver:
    """Stores jobs and items in the background. Failures are emitted as `on_failed`, and tried again."""

    def __init__(self, store: JobStore, tasks: TaskSet, on_failed: Event[WorkbenchError]) -> None:
        self._store = store
        self._tasks = tasks
        self._on_failed = on_failed
        self._saves: set[asyncio.Task[None]] = set()
        self._unsaved: dict[str, set[str]] = {}
        """Jobs that could not be stored as they are, with the ids of such items."""

    def save(self, entry: JobEntry, items: Sequence[JobItem] = ()) -> None:
        """Store a job and items, and what could not be stored before; writes happen in the order of these calls."""
        unsaved = self._unsaved.pop(entry.job.id, set())
        states = {item_id: entry[item_id] for item_id in unsaved} | {item.id: item for item in items}
        self.spawn(self.store(entry, tuple(states.values())), "save")

    async def store(self, entry: JobEntry, items: Sequence[JobItem], also: Sequence[Write] = ()) -> None:
        """Store a job and items, and make other changes in the same transaction. Raises StorageError."""
        try:
            await self._store.keep(entry.job, items, also)
        except WorkbenchError:
            self._unsaved.setdefault(entry.job.id, set()).update(item.id for item in items)
            raise

    def forget(self, job_id: str) -> None:
        """A job is not listed any more, so it is not stored again."""
        self._unsaved.pop(job_id, None)

    async def flush(self, entries: Mapping[str, JobEntry]) -> None:
        """Try once more to store what could not be stored, and wait for all writes."""
        for job_id in tuple(self._unsaved):
            if job_id in entries:  # Else it was cleared while it was being stored.
                self.save(entries[job_id])
        while self._saves:
            await asyncio.wait(tuple(self._saves))

    def report(self, error: WorkbenchError) -> None:
        """A change could not be stored."""
        log.warning("jobs: %s", error)
        self._on_failed.emit(error)

    def spawn(self, work: Coroutine[Any, Any, object], name: str) -> None:
        """Run `work`, emit its StorageError, and let `flush` wait for it."""

        async def report() -> None:
            try:
                await work
            except WorkbenchError as error:
                self.report(error)

        if self._tasks.closed:
            log.warning("jobs: too late to %s", name)
            work.close()
            return
        task = self._tasks.spawn(report(), f"jobs: {name}")
        self._saves.add(task)
        task.add_done_callback(self._saves.discard)
