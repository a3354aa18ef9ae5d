"""The database: opened, checked, migrated and mended; its stores; what keeps it small; closed."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress

from app.core.call_record import ToolDefinition
from app.core.errors import Code, StorageError
from app.core.redaction import Redactor
from app.core.spend import DaySpend
from app.core.takes import SpeechSession
from app.core.voices import Direction, Sample, Voice
from app.storage.backup import Backup, back_up, backups, is_due, last_good, rotate, sound
from app.storage.blobs import Blobs
from app.storage.call_store import CallStore
from app.storage.connection import connect, connect_read_only, reading, transaction
from app.storage.conversations import ConversationStore
from app.storage.database_executor import DatabaseExecutor
from app.storage.home import Home
from app.storage.interrupted import finish_interrupted
from app.storage.merging import merge_file
from app.storage.purging import purge, used_blobs
from app.storage.record_store import RecordStore
from app.storage.schema import STEPS, migrate, note_state, state_of, version_of
from app.storage.search import Search
from app.storage.takes import TakeStore


class Database:
    """Everything that is kept below a home, but for settings and keys. Made by `Database.open`.

    Attributes:
        conversations, takes, calls: stores.
        voices, samples, directions, tools, sessions: shelves; spend: what was used, by day, service and model.
        search: over all of them.
        blobs: sounds and attachments as files; call it in a thread.
        unclean: the last run ended without closing.
        cut_messages, cut_takes: ids of what that run left unfinished, now marked as cut.
        left_out: rows that can't be decoded and are not shown, or not wholly; some may be met while opening.
        on_merged: called after rows came in from a backup or an archive.
    """

    def __init__(self, home: Home, redactor: Redactor | None = None) -> None:
        self.home = home
        self.blobs = Blobs(home.blobs)
        self.access = access = DatabaseExecutor(home.database, redactor or Redactor())
        self.left_out = access.left_out
        self.conversations = ConversationStore(access, self.blobs)
        self.takes = TakeStore(access, self.blobs)
        self.calls = CallStore(access)
        self.search = Search(access)
        self.voices = RecordStore(access, "voice", Voice, lambda voice: (voice.sample,))
        self.samples = RecordStore(access, "sample", Sample, lambda sample: (sample.audio,))
        self.spend = RecordStore(access, "spend", DaySpend)
        self.directions = RecordStore(access, "direction", Direction)
        self.tools = RecordStore(access, "tool", ToolDefinition)
        self.sessions = RecordStore(access, "session", SpeechSession, lambda it: (it.voice.sample,) if it.voice else ())
        self.on_merged: list[Callable[[], object]] = []
        self.unclean = False
        self.cut_messages: tuple[str, ...] = ()
        self.cut_takes: tuple[str, ...] = ()

    @classmethod
    async def open(cls, home: Home, redactor: Redactor | None = None) -> Database:
        """The database of a home, made where it is missing.

        Raises StorageError: DATABASE_NEWER (a newer program wrote it; nothing was touched), DATABASE_DAMAGED (see
        `app.storage.corruption_recovery`), HOME_READ_ONLY, DISK_FULL.
        """
        database = cls(home, redactor)
        await database.access.open(database._connect)
        return database

    def _connect(self) -> tuple[sqlite3.Connection, sqlite3.Connection]:
        path = self.home.database
        self._refuse_newer()
        writer = connect(path)
        try:
            with reading(path):
                self._begin(writer)
            return writer, connect(path)
        except BaseException:
            writer.close()
            raise

    def _refuse_newer(self) -> None:
        path = self.home.database
        if not path.exists() or not path.stat().st_size:
            return
        with reading(path):
            connection = connect_read_only(path)
            try:
                version = version_of(connection)
            finally:
                connection.close()
        if version > len(STEPS):
            raise StorageError(Code.DATABASE_NEWER, path=str(path), version=version, known=len(STEPS))

    def _begin(self, writer: sqlite3.Connection) -> None:
        if version_of(writer):
            self.unclean = state_of(writer, "running") is not None
            # Before the window only after an unclean end: the check reads the whole file.
            if self.unclean and not sound(writer):
                raise StorageError(Code.DATABASE_DAMAGED, path=str(self.home.database), message="")
        migrate(writer, self._back_up_before)
        with transaction(writer):
            note_state(writer, "running", str(time.time()))
            self.cut_messages, self.cut_takes = finish_interrupted(writer, self.access, self.blobs)
        for take_id in self.cut_takes:
            self.blobs.forget(take_id)

    def _back_up_before(self, version: int) -> None:
        back_up(self.home.database, self.home.backups, word=f"before-v{version + 1}")

    async def close(self) -> None:
        """Do what was asked for, then close; the next start need not check unless damage was found."""

        def last(connection: sqlite3.Connection) -> None:
            if self.access.damaged:
                # It stays marked as running, so that the next start looks at it and raises DATABASE_DAMAGED.
                return
            connection.execute("DELETE FROM state WHERE name IN ('running', 'recovered')")
            connection.execute("PRAGMA optimize")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

        await self.access.close(last)

    async def check(self) -> bool:
        """Whether the file is sound; reads all of it beside everything else. For after the first paint.

        Where it is not, the next `open` raises DATABASE_DAMAGED, also after `close`.
        """

        def look() -> bool:
            try:
                with reading(self.home.database):
                    connection = connect_read_only(self.home.database)
                    try:
                        return sound(connection)
                    finally:
                        connection.close()
            except StorageError as error:
                if error.code is Code.DATABASE_DAMAGED:
                    return False
                raise

        whole = await asyncio.to_thread(look)
        self.access.damaged = self.access.damaged or not whole
        return whole

    async def purge(self, older_than: float = 0.0) -> int:
        """Free what was deleted more than `older_than` seconds ago for good; returns the bytes of files removed.

        Files that a backup refers to stay as long as it does: restoring it brings takes back with their sound.
        """
        before = time.time() - older_than
        removed = await self.access.write(lambda connection: purge(connection, before))
        # As a script: `execute` would take one step of it and free one page.
        await self.access.outside(lambda connection: connection.executescript("PRAGMA incremental_vacuum"))
        unused = removed - await self.used_blobs() if removed else removed
        if not unused:
            return 0
        return await asyncio.to_thread(lambda: self.blobs.remove(unused - self._used_by_backups(), older_than))

    async def sweep(self) -> int:
        """Remove blobs that nothing has referred to for a week, no backup either; returns the bytes."""
        used = await self.used_blobs()

        def work() -> int:
            idle = any(digest not in used for digest in self.blobs)
            return self.blobs.sweep(used | self._used_by_backups() if idle else used)

        return await asyncio.to_thread(work)

    def _used_by_backups(self) -> set[str]:
        """Blocks. A backup that can't be read needs nothing."""
        used: set[str] = set()
        for backup in self.backups():
            with suppress(StorageError), reading(backup.path), closing(connect_read_only(backup.path)) as connection:
                used |= used_blobs(connection)
        return used

    async def used_blobs(self) -> set[str]:
        """Digests that anything kept refers to, what is deleted but not purged included."""
        return await self.access.read(used_blobs)

    async def back_up(self, count: int = 7, limit: int = 2 << 30) -> Backup:
        """Make a backup, then keep the newest `count` within `limit` bytes."""
        backup = await asyncio.to_thread(back_up, self.home.database, self.home.backups)
        await asyncio.to_thread(rotate, self.home.backups, count, limit)
        return backup

    async def back_up_if_due(self, days: float, count: int = 7, limit: int = 2 << 30) -> Backup | None:
        """Make one when the newest is older than `days`."""
        if await asyncio.to_thread(is_due, self.home.backups, days):
            return await self.back_up(count, limit)
        return None

    def backups(self) -> list[Backup]:
        """The newest first."""
        return backups(self.home.backups)

    async def last_good_backup(self) -> Backup | None:
        return await asyncio.to_thread(last_good, self.home.backups)

    async def restore(self, backup: Backup) -> dict[str, int]:
        """Bring back what a backup holds and this database lacks, or has deleted; how much of each.

        Nothing else here is changed.

        Raises StorageError BACKUP_UNREADABLE.
        """
        rows = await self.access.write(lambda connection: merge_file(connection, backup.path))
        self.notify_merged()
        return rows

    def notify_merged(self) -> None:
        """Tell that rows came in from outside, soon: whatever is made of them, they are here."""
        for callback in self.on_merged:
            asyncio.get_running_loop().call_soon(callback)
