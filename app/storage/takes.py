"""Stores takes. Their audio is never overwritten; interrupted takes are stored too."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

import msgspec

from app.core.bounds import count
from app.core.errors import Code, StorageError
from app.core.takes import Take, message_session
from app.storage.blobs import Blobs
from app.storage.conversations import index
from app.storage.database_executor import DatabaseExecutor


class SavedTake(msgspec.Struct, frozen=True):
    """The body of a take row. `uses` holds `blob:` references, by which the sweep finds blobs in use."""

    take: Take
    uses: tuple[str, ...]


_decoder = msgspec.json.Decoder(SavedTake)


class SpokenBy(NamedTuple):
    """What a voice spoke: how many takes by session, and the latest complete one."""

    sessions: dict[str, int]
    last_take: Take | None


class TakeStore:
    """Stores takes. Every method raises StorageError."""

    def __init__(self, access: DatabaseExecutor, blobs: Blobs) -> None:
        self._access = access
        self._blobs = blobs

    async def keep(self, take: Take) -> Take:
        """Add a take, or update one (finished, stars, note). `take.audio` must name a stored blob or be empty.

        Returns what is stored: without the keys that were typed into it.

        While `take.state` is `speaking`, write its audio through `Blobs.writer(take.id)`: if the program is killed, the
        audio that had arrived is kept and the take is marked `cut`.
        """
        return await self.keep_joined(take, ())

    async def keep_joined(self, take: Take, parts: Sequence[Take]) -> Take:
        """Add or update a take that was joined from hidden takes.

        In the same transaction the calls of these become those of its parts, and those that are complete are deleted.
        Returns what is stored of the take.
        """

        def work(connection: sqlite3.Connection) -> Take:
            if take.audio and take.audio not in self._blobs:
                raise StorageError(Code.NOT_KEPT, digest=take.audio)
            stored = write_take(connection, self._access, take)
            for part in parts:
                write_take(connection, self._access, msgspec.structs.replace(part, call_id=""))
                if part.state == "done":
                    connection.execute("UPDATE takes SET deleted = ? WHERE id = ?", (time.time(), part.id))
            return stored

        stored = await self._access.write(work)
        if take.has_ended:
            await asyncio.to_thread(self._blobs.forget, take.id)
        return stored

    def keeping(self, takes: Sequence[Take]) -> Callable[[sqlite3.Connection], None]:
        """Return what adds or updates takes without audio, for a transaction of another store."""

        def work(connection: sqlite3.Connection) -> None:
            for take in takes:
                write_take(connection, self._access, take)

        return work

    def deleting(self, take_ids: Sequence[str]) -> Callable[[sqlite3.Connection], None]:
        """Return what soft-deletes takes, for a transaction of another store."""
        return lambda connection: _mark(connection, take_ids, time.time())

    async def get(self, take_id: str) -> Take:
        """Return a take. Raises NOT_KEPT if it does not exist, was deleted, or can't be decoded."""

        return await self._access.read(lambda connection: self._get(connection, take_id))

    async def update(self, take_id: str, change: Callable[[Take], Take]) -> Take:
        """Replace a take by what `change` makes of it, with no other write between; return it as it is stored.

        Raises as `get`.
        """

        def work(connection: sqlite3.Connection) -> Take:
            before = self._get(connection, take_id)
            take = change(before)
            return write_take(connection, self._access, take) if take != before else take

        return await self._access.write(work)

    def _get(self, connection: sqlite3.Connection, take_id: str) -> Take:
        row = connection.execute(
            "SELECT CAST(body AS BLOB) FROM takes WHERE id = ? AND deleted IS NULL", (take_id,)
        ).fetchone()
        if row is None:
            raise StorageError(Code.NOT_KEPT, id=take_id)
        return self._access.left_out.decoded_one("takes", take_id, row[0], read_take)

    async def complete(self, take_ids: Sequence[str]) -> set[str]:
        """Return which of these takes are complete, including deleted ones."""

        def work(connection: sqlite3.Connection) -> set[str]:
            rows: list[tuple[str, bytes]] = []
            for take_id in take_ids:
                rows += connection.execute("SELECT id, CAST(body AS BLOB) FROM takes WHERE id = ?", (take_id,))
            takes = self._access.left_out.decoded("takes", rows, read_take)
            return {take.id for take in takes if take.state == "done"}

        return await self._access.read(work)

    async def of_session(self, session: str = "") -> tuple[Take, ...]:
        """Return all takes of a session, newest first."""

        def work(connection: sqlite3.Connection) -> tuple[Take, ...]:
            rows = connection.execute(
                "SELECT id, CAST(body AS BLOB) FROM takes WHERE session = ? AND deleted IS NULL ORDER BY number DESC",
                (session,),
            )
            return self._access.left_out.decoded("takes", rows, read_take)

        return await self._access.read(work)

    async def spoken_counts(self, conversation_id: str) -> dict[str, int]:
        """How many takes speak each answer of a conversation, by the id of the answer; only those with sound count."""

        def work(connection: sqlite3.Connection) -> dict[str, int]:
            rows = connection.execute(
                "SELECT m.id, count(*) FROM messages m JOIN takes t ON t.session = ? || m.id "
                "WHERE m.conversation = ? AND t.deleted IS NULL AND NOT t.open AND instr(t.body, 'blob:') "
                "AND json_valid(CAST(t.body AS TEXT)) AND json_extract(CAST(t.body AS TEXT), '$.take.frames') > 0 "
                "GROUP BY m.id",
                (message_session(""), conversation_id),
            )
            return dict(rows.fetchall())

        return await self._access.read(work)

    async def spoken_by(self, voice_id: str) -> SpokenBy:
        """Find the takes that a voice of the library spoke; those that were deleted don't count."""

        def work(connection: sqlite3.Connection) -> SpokenBy:
            rows = connection.execute(
                # The cheap search for the id comes first: reading the JSON of every take takes ten times as long.
                "SELECT id, session, CAST(body AS BLOB) FROM takes WHERE deleted IS NULL AND instr(body, ?1) AND "
                "json_valid(CAST(body AS TEXT)) AND json_extract(CAST(body AS TEXT), '$.take.voice.id') = ?1 "
                "ORDER BY takes.number DESC",
                (voice_id,),
            ).fetchall()
            sessions: dict[str, int] = {}
            last_take: Take | None = None
            for take_id, session, body in rows:
                sessions[session] = sessions.get(session, 0) + 1
                if last_take is None:
                    found = self._access.left_out.decoded("takes", [(take_id, body)], read_take)
                    last_take = next((take for take in found if take.state == "done" and take.audio), None)
            return SpokenBy(sessions, last_take)

        return await self._access.read(work)

    async def highest_numbers(self) -> dict[str, int]:
        """Return the highest number of a take by session, of deleted takes as well.

        Takes of earlier versions have no number: then it is their count.
        """

        def work(connection: sqlite3.Connection) -> dict[str, int]:
            rows = connection.execute(
                "SELECT session, count(*), max(CASE WHEN json_valid(CAST(body AS TEXT)) "
                "THEN CAST(json_extract(CAST(body AS TEXT), '$.take.number') AS INTEGER) END) "
                "FROM takes WHERE session <> '' GROUP BY session"
            )
            return {session: max(made, count(number)) for session, made, number in rows}

        return await self._access.read(work)

    async def delete(self, take_ids: Sequence[str]) -> None:
        """Soft-delete takes; `restore` undoes it until `Database.purge`."""
        await self._access.write(self.deleting(take_ids))

    async def restore(self, take_ids: Sequence[str]) -> None:
        await self._access.write(lambda connection: _mark(connection, take_ids, None))


def _mark(connection: sqlite3.Connection, take_ids: Sequence[str], deleted: float | None) -> None:
    connection.executemany("UPDATE takes SET deleted = ? WHERE id = ?", [(deleted, take_id) for take_id in take_ids])


def write_take(connection: sqlite3.Connection, access: DatabaseExecutor, take: Take) -> Take:
    """Write a take and its words into the index; return what is stored, the same object unless a key was removed."""
    digests = dict.fromkeys((take.audio, take.voice.sample, *(part.audio for part in take.parts)))
    uses = tuple(f"blob:{digest}" for digest in digests if digest)
    body = access.encode(SavedTake(take, uses))
    number = connection.execute(
        "INSERT INTO takes (id, session, open, body) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
        "session = excluded.session, open = excluded.open, body = excluded.body RETURNING number",
        (take.id, take.session, take.state == "speaking", body),
    ).fetchone()[0]
    stored = read_take(body.encode())
    index(connection, "take_words", number, words_of_take(stored))
    return take if stored == take else stored


def words_of_take(take: Take) -> str:
    """Return the searchable text of a take."""
    words = (take.text, take.direction, take.spoken, take.note, take.voice.name, take.voice.description)
    return "\n".join(word for word in words if word)


def read_take(body: bytes) -> Take:
    return _decoder.decode(body).take
