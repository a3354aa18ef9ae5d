"""Stores call records for the inspector; the oldest are dropped first."""

from __future__ import annotations

import sqlite3

import msgspec

from app.core.call_record import CallRecord
from app.core.errors import Code, StorageError
from app.storage.database_executor import DatabaseExecutor

_call = msgspec.json.Decoder(CallRecord)


class CallStore:
    """Stores call records. Every method raises StorageError."""

    def __init__(self, access: DatabaseExecutor) -> None:
        self._access = access

    async def keep(self, call: CallRecord) -> None:
        """Save a call, with keys in headers, bodies and URLs masked."""
        body = self._access.encode(call)
        await self._access.write(
            lambda connection: connection.execute(
                "INSERT INTO calls (id, owner, body) VALUES (?, ?, ?) "
                "ON CONFLICT (id) DO UPDATE SET owner = excluded.owner, body = excluded.body",
                (call.id, call.owner, body),
            )
        )

    async def get(self, call_id: str) -> CallRecord:
        """Return a call. Raises NOT_KEPT if it does not exist, was dropped, or can't be decoded."""

        def work(connection: sqlite3.Connection) -> CallRecord:
            row = connection.execute("SELECT CAST(body AS BLOB) FROM calls WHERE id = ?", (call_id,)).fetchone()
            if row is None:
                raise StorageError(Code.NOT_KEPT, id=call_id)
            return self._access.left_out.decoded_one("calls", call_id, row[0], _call.decode)

        return await self._access.read(work)

    async def latest(self, limit: int = 100, skip: int = 0) -> tuple[CallRecord, ...]:
        """Return calls, newest first."""

        def work(connection: sqlite3.Connection) -> tuple[CallRecord, ...]:
            rows = connection.execute(
                "SELECT id, CAST(body AS BLOB) FROM calls ORDER BY number DESC LIMIT ? OFFSET ?", (limit, skip)
            )
            return self._access.left_out.decoded("calls", rows, _call.decode)

        return await self._access.read(work)

    async def trim(self, kept: int) -> None:
        """Keep the newest `kept` calls."""
        await self._access.write(
            lambda connection: connection.execute(
                "DELETE FROM calls WHERE number <= (SELECT number FROM calls ORDER BY number DESC LIMIT 1 OFFSET ?)",
                (kept,),
            )
        )
