"""Stores jobs and their items as records, so that backup, restore, import and erase treat them like all others."""

from __future__ import annotations

import sqlite3
import time
from collections import defaultdict
from collections.abc import Callable, Sequence

from app.core.jobs import Job, JobItem
from app.storage.database_executor import DatabaseExecutor
from app.storage.record_store import RecordStore


class JobStore:
    """Stores jobs. Every method raises StorageError."""

    def __init__(self, access: DatabaseExecutor) -> None:
        self._access = access
        self._jobs = RecordStore(access, "job", Job)
        self._items = RecordStore(access, "job-item", JobItem)

    async def keep(
        self, job: Job | None, items: Sequence[JobItem] = (), also: Sequence[Callable[[sqlite3.Connection], None]] = ()
    ) -> None:
        """Add or update a job and items, and make other changes, in one transaction."""

        def work(connection: sqlite3.Connection) -> None:
            if job is not None:
                self._jobs.write(connection, job)
            for item in items:
                self._items.write(connection, item)
            for change in also:
                change(connection)

        await self._access.write(work)

    async def listed(self) -> tuple[tuple[Job, tuple[JobItem, ...]], ...]:
        """Return all jobs with their items by position, the one begun last first. Items without a job are left out."""
        items: dict[str, list[JobItem]] = defaultdict(list)
        for item in await self._items.listed():
            items[item.job].append(item)
        jobs = sorted(await self._jobs.listed(), key=lambda job: -job.created)
        return tuple(
            (job, tuple(sorted(items[job.id], key=lambda item: item.position))) for job in jobs if items[job.id]
        )

    async def delete(self, job_ids: Sequence[str]) -> None:
        """Soft-delete jobs with their items; `restore` undoes it until `Database.purge`."""
        await self._mark(job_ids, time.time())

    async def restore(self, job_ids: Sequence[str]) -> None:
        await self._mark(job_ids, None)

    async def _mark(self, job_ids: Sequence[str], deleted: float | None) -> None:
        def work(connection: sqlite3.Connection) -> None:
            for job_id in job_ids:
                # The ids of items begin with that of their job and a dot; `/` follows the dot.
                connection.execute(
                    "UPDATE things SET deleted = ?1 WHERE kind = 'job' AND id = ?2 "
                    "OR kind = 'job-item' AND id > ?2 || '.' AND id < ?2 || '/'",
                    (deleted, job_id),
                )

        await self._access.write(work)
