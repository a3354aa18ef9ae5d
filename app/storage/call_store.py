"""Stores call records for the inspector; the oldest are dropped first."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import partial

import msgspec

from app.core.call_record import CallRecord, CallSummary
from app.core.errors import Code, StorageError
from app.storage.database_executor import DatabaseExecutor
from app.storage.tolerant_decoding import UNDECODABLE

_call = msgspec.json.Decoder(CallRecord)
_summary = msgspec.json.Decoder(CallSummary)
_NEWEST = 1 << 62
SEARCH_SLICE = 100
"""Calls that one read of a search looks at."""
_ID_CHUNK = 500
"""Ids in one statement."""


class _Searched(msgspec.Struct, frozen=True):
    """The fields of a call that are searched."""

    request: str = ""
    response: str = ""
    url: str = ""
    model: str = ""


_searched = msgspec.json.Decoder(_Searched)


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

    async def summaries(
        self, limit: int = 200, before: int | None = None, query: str = ""
    ) -> tuple[tuple[int, CallSummary], ...]:
        """Return calls, newest first, each with its number; `before` is the number of the last one seen.

        `query` selects calls whose request, response, address or model contains a text, whether in capitals or not.
        """
        query, found = query.casefold(), list[tuple[int, CallSummary]]()
        last, size = before if before is not None else _NEWEST, SEARCH_SLICE if query else limit
        while len(found) < limit and last > 0:
            last, rows = await self._access.read(partial(self._slice, last, size, query))
            found += rows
        return tuple(found[:limit])

    async def count(self, query: str = "") -> int:
        """Return the number of calls that contain a text (see `summaries`), by default of all."""
        query = query.casefold()
        if not query:
            return await self._access.read(
                lambda connection: int(connection.execute("SELECT count(*) FROM calls").fetchone()[0])
            )
        last, found = _NEWEST, 0
        while last > 0:
            last, rows = await self._access.read(partial(self._slice, last, SEARCH_SLICE, query))
            found += len(rows)
        return found

    def _slice(
        self, before: int, size: int, query: str, connection: sqlite3.Connection
    ) -> tuple[int, tuple[tuple[int, CallSummary], ...]]:
        """Look at some calls before a number: the last number seen, 0 at the end, and those that contain a text.

        One read at a time: a long search must not keep others from the only reader.
        """
        rows = connection.execute(
            "SELECT number, id, CAST(body AS BLOB) FROM calls WHERE number < ? ORDER BY number DESC LIMIT ?",
            (before, size),
        ).fetchall()
        numbers = {call_id: number for number, call_id, _ in rows}
        chosen = ((row[1], row[2]) for row in rows if not query or _contains(row[2], query))
        found = self._access.left_out.decoded("calls", chosen, _summary.decode)
        return rows[-1][0] if rows else 0, tuple((numbers[call.id], call) for call in found)

    async def by_ids(self, call_ids: Sequence[str]) -> tuple[CallSummary, ...]:
        """Return those of these calls that are stored, newest first."""

        def work(connection: sqlite3.Connection) -> tuple[CallSummary, ...]:
            rows: list[tuple[int, str, bytes]] = []
            for begin in range(0, len(call_ids), _ID_CHUNK):
                ids = call_ids[begin : begin + _ID_CHUNK]
                marks = ", ".join("?" * len(ids))
                rows += connection.execute(
                    f"SELECT number, id, CAST(body AS BLOB) FROM calls WHERE id IN ({marks})", tuple(ids)
                )
            rows.sort(reverse=True)
            return self._access.left_out.decoded("calls", ((row[1], row[2]) for row in rows), _summary.decode)

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


def _contains(body: bytes, query: str) -> bool:
    """Whether a call contains a text, which is case-folded."""
    try:
        searched = _searched.decode(body)
    except UNDECODABLE:
        return False
    return any(query in text.casefold() for text in (searched.request, searched.response, searched.url, searched.model))
