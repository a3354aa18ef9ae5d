"""Records of one kind by id, such as voices or directions. There are few of each, so only their order is indexed."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from typing import Any, Generic, Protocol, TypeVar

import msgspec

from app.core.errors import Code, StorageError
from app.storage.database_executor import DatabaseExecutor


class Record(Protocol):
    """Anything with an identifier; a msgspec struct."""

    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=Record)


class RecordStore(Generic[T]):
    """Stores the records of one kind in the table `things`. Every method raises StorageError."""

    def __init__(
        self,
        access: DatabaseExecutor,
        kind: str,
        type_: type[T],
        uses: Callable[[T], tuple[str, ...]] = lambda record: (),
    ) -> None:
        """`uses` returns the digests of the blobs a record refers to."""
        self._access = access
        self._kind = kind
        self._decoder = msgspec.json.Decoder(type_)
        self._uses = uses

    async def keep(self, record: T) -> None:
        """Add or replace a record; it becomes the first in the list."""
        await self._access.write(lambda connection: self.write(connection, record))

    def write(self, connection: sqlite3.Connection, record: T) -> None:
        uses = [f"blob:{digest}" for digest in self._uses(record) if digest]
        write_record(connection, self._kind, record.id, self._access.encode([record, uses]))

    async def get(self, record_id: str) -> T:
        """Return a record. Raises NOT_KEPT if it does not exist, was deleted, or can't be decoded."""

        def work(connection: sqlite3.Connection) -> T:
            row = connection.execute(
                "SELECT CAST(body AS BLOB) FROM things WHERE kind = ? AND id = ? AND deleted IS NULL",
                (self._kind, record_id),
            ).fetchone()
            if row is None:
                raise StorageError(Code.NOT_KEPT, id=record_id)
            return self._access.left_out.decoded_one(self._kind, record_id, row[0], self.decode)

        return await self._access.read(work)

    async def find(self, record_id: str) -> T | None:
        """Return a record, also one that was soft-deleted; None if there is none, or it can't be decoded."""

        def work(connection: sqlite3.Connection) -> T | None:
            row = connection.execute(
                "SELECT CAST(body AS BLOB) FROM things WHERE kind = ? AND id = ?", (self._kind, record_id)
            ).fetchone()
            found = self._access.left_out.decoded(self._kind, [(record_id, row[0])] if row else [], self.decode)
            return found[0] if found else None

        return await self._access.read(work)

    async def listed(self) -> tuple[T, ...]:
        """Return all records, the last changed first."""

        def work(connection: sqlite3.Connection) -> tuple[T, ...]:
            rows = connection.execute(
                "SELECT id, CAST(body AS BLOB) FROM things WHERE kind = ? AND deleted IS NULL ORDER BY touched DESC",
                (self._kind,),
            )
            return self._access.left_out.decoded(self._kind, rows, self.decode)

        return await self._access.read(work)

    def unreadable(self) -> frozenset[str]:
        """Return the ids of the records that `listed` left out because they can't be decoded."""
        return frozenset(record_id for kind, record_id in self._access.left_out.rows if kind == self._kind)

    async def delete(self, record_id: str) -> None:
        """Soft-delete a record; `restore` undoes it until `Database.purge`."""
        await self._mark(record_id, time.time())

    async def restore(self, record_id: str) -> None:
        await self._mark(record_id, None)

    async def _mark(self, record_id: str, deleted: float | None) -> None:
        def work(connection: sqlite3.Connection) -> None:
            cursor = connection.execute(
                "UPDATE things SET deleted = ? WHERE kind = ? AND id = ?", (deleted, self._kind, record_id)
            )
            if not cursor.rowcount:
                raise StorageError(Code.NOT_KEPT, id=record_id)

        await self._access.write(work)

    def decode(self, body: bytes) -> T:
        """Decode the body of a record."""
        record: list[Any] = msgspec.json.decode(body, type=list[msgspec.Raw])
        return self._decoder.decode(record[0])


def write_record(connection: sqlite3.Connection, kind: str, record_id: str, body: str) -> None:
    connection.execute(
        "INSERT INTO things (kind, id, touched, body) "
        "VALUES (?1, ?2, (SELECT coalesce(max(touched), 0) + 1 FROM things WHERE kind = ?1), ?3) "
        "ON CONFLICT (kind, id) DO UPDATE SET touched = excluded.touched, body = excluded.body",
        (kind, record_id, body),
    )
