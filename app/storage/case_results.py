"""Stores the answers to cases, each as a record of its own: saving one costs the same however many there are."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Collection, Iterable, Sequence

from app.core.cases import CaseResult
from app.storage.database_executor import DatabaseExecutor
from app.storage.record_store import RecordStore

KIND = "case_result"


class CaseResultStore:
    """Stores answers. Every method raises StorageError."""

    def __init__(self, access: DatabaseExecutor) -> None:
        self._access = access
        self._records = RecordStore(access, KIND, CaseResult)

    def writing(self, result: CaseResult) -> Callable[[sqlite3.Connection], None]:
        """A change that adds or replaces an answer, for a transaction of another store."""
        return lambda connection: self._records.write(connection, result)

    async def keep(self, results: Iterable[CaseResult]) -> None:
        """Add or replace answers in one transaction."""
        kept = tuple(results)

        def work(connection: sqlite3.Connection) -> None:
            for result in kept:
                self._records.write(connection, result)

        await self._access.write(work)

    async def of_set(self, set_id: str) -> tuple[CaseResult, ...]:
        """Return the answers of a set, the one changed first first."""

        def work(connection: sqlite3.Connection) -> tuple[CaseResult, ...]:
            # The ids of answers begin with that of their set and a slash; `0` follows the slash.
            rows = connection.execute(
                "SELECT id, CAST(body AS BLOB) FROM things WHERE kind = ?1 AND id > ?2 || '/' AND id < ?2 || '0' "
                "AND deleted IS NULL ORDER BY touched",
                (KIND, set_id),
            )
            return self._access.left_out.decoded(KIND, rows, self._records.decode)

        return await self._access.read(work)

    async def find(self, result_id: str) -> CaseResult | None:
        """Return an answer, None if there is none."""
        return await self._records.find(result_id)

    async def complete(self, result_ids: Sequence[str]) -> Collection[str]:
        """Which of these answers came completely."""

        def work(connection: sqlite3.Connection) -> Collection[str]:
            found: set[str] = set()
            for result_id in result_ids:
                row = connection.execute(
                    "SELECT CAST(body AS BLOB) FROM things WHERE kind = ? AND id = ?", (KIND, result_id)
                ).fetchone()
                rows = [(result_id, row[0])] if row else []
                results = self._access.left_out.decoded(KIND, rows, self._records.decode)
                found.update(each.id for each in results if each.state == "done")
            return found

        return await self._access.read(work)

    async def delete(self, set_id: str) -> None:
        """Soft-delete the answers of a set; `restore` undoes it until `Database.purge`."""
        await self._mark(set_id, time.time())

    async def restore(self, set_id: str) -> None:
        await self._mark(set_id, None)

    async def _mark(self, set_id: str, deleted: float | None) -> None:
        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE things SET deleted = ?1 WHERE kind = ?2 AND id > ?3 || '/' AND id < ?3 || '0'",
                (deleted, KIND, set_id),
            )

        await self._access.write(work)
