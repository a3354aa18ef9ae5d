"""The database: opening, checking, migrating, its stores, backups, purging and closing."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from contextlib import closing, suppress

from app.core.audition_grids import AuditionGrid
from app.core.auditions import Audition
from app.core.cases import CaseSet, CaseTally
from app.core.comparison import Comparison
from app.core.errors import Code, StorageError
from app.core.observers import Event
from app.core.prompt_drafts import PromptDraft
from app.core.prompt_library import SavedPrompt
from app.core.redaction import Redactor
from app.core.side_by_side import BesideRun, Desk
from app.core.spend import DaySpend
from app.core.takes import SpeechSession
from app.core.tool_definitions import ToolDefinition
from app.core.tool_servers import ToolServer
from app.core.transcripts import Transcript
from app.core.voices import Direction, Sample, Voice, VoiceDraft
from app.storage.backup import Backup, back_up, backups, is_due, last_good, rotate, sound
from app.storage.blobs import Blobs
from app.storage.call_store import CallStore
from app.storage.case_results import CaseResultStore
from app.storage.connection import connect, connect_read_only, reading, transaction
from app.storage.conversations import ConversationStore
from app.storage.database_executor import DatabaseExecutor
from app.storage.home import Home
from app.storage.interrupted import finish_interrupted
from app.storage.job_store import JobStore
from app.storage.merging import merge_file
from app.storage.purging import purge, used_blobs
from app.storage.record_store import RecordStore
from app.storage.schema import STEPS, migrate, note_state, state_of, version_of
from app.storage.search import Search
from app.storage.takes import TakeStore


class Database:
    """Everything stored in a home except settings and keys. Created by `Database.open`.

    Attributes:
        conversations, takes, calls: stores.
        voices, samples, directions, tools, tool_servers, prompts, prompt_drafts, sessions, voice_drafts, grids,
            comparisons, auditions, transcripts, case_sets, case_tallies, desks, beside_runs: record stores.
        case_results: the answers to cases.
        spend: record store of usage by day, service and model.
        search: full-text search over conversations and takes.
        blobs: audio and attachments as files; blocking, call it in a thread.
        unclean: whether the last run ended without closing the database.
        cut_messages, cut_takes: ids of unfinished messages and takes of that run, now marked as cut.
        left_out: rows that can't be decoded, or only partly; some may be found while opening.
        on_merged: rows were added from a backup or an archive.
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
        self.tool_servers = RecordStore(access, "tool-server", ToolServer)
        self.prompts = RecordStore(access, "prompt", SavedPrompt)
        self.prompt_drafts = RecordStore(access, "prompt-draft", PromptDraft)
        self.voice_drafts = RecordStore(
            access, "voice-draft", VoiceDraft, lambda draft: tuple(kept.audio for kept in draft.recordings)
        )
        self.grids = RecordStore(
            access, "grid", AuditionGrid, lambda grid: tuple(voice.sample for voice in grid.voices)
        )
        self.comparisons = RecordStore(access, "comparison", Comparison)
        self.auditions = RecordStore(access, "audition", Audition)
        self.transcripts = RecordStore(access, "transcript", Transcript, lambda transcript: (transcript.audio,))
        self.case_sets = RecordStore(access, "case_set", CaseSet)
        self.case_tallies = RecordStore(access, "case_tally", CaseTally)
        self.case_results = CaseResultStore(access)
        self.desks = RecordStore(access, "desk", Desk)
        self.beside_runs = RecordStore(access, "beside-run", BesideRun)
        self.jobs = JobStore(access)
        self.sessions = RecordStore(access, "session", SpeechSession, lambda it: (it.voice.sample,) if it.voice else ())
        self.on_merged: Event[()] = Event()
        self.unclean = False
        self.cut_messages: tuple[str, ...] = ()
        self.cut_takes: tuple[str, ...] = ()

    @classmethod
    async def open(cls, home: Home, redactor: Redactor | None = None) -> Database:
        """Open the database of a home, creating it if it does not exist.

        Raises StorageError: DATABASE_NEWER (written by a newer program; nothing was changed), DATABASE_DAMAGED (see
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
            # Checked before the window appears only after an unclean exit: the check reads the whole file.
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
        """Finish pending work, then close. The next start skips the check unless corruption was found."""

        def last(connection: sqlite3.Connection) -> None:
            if self.access.damaged:
                # It stays marked as running, so that the next start checks it and raises DATABASE_DAMAGED.
                return
            connection.execute("DELETE FROM state WHERE name IN ('running', 'recovered')")
            connection.execute("PRAGMA optimize")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

        await self.access.close(last)

    async def check(self) -> bool:
        """Whether the file is intact. Reads all of it on a separate connection; call it after the first paint.

        If it is not, the next `open` raises DATABASE_DAMAGED, also after `close`.
        """

        def quick_check() -> bool:
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

        intact = await asyncio.to_thread(quick_check)
        self.access.damaged = self.access.damaged or not intact
        return intact

    async def purge(self, older_than: float = 0.0) -> int:
        """Permanently remove what was deleted over `older_than` seconds ago; return the bytes of files removed.

        Files referenced by a backup stay as long as the backup, so that restoring it restores the audio of takes.
        """
        before = time.time() - older_than
        removed = await self.access.write(lambda connection: purge(connection, before))
        # As a script: `execute` would run one step and free one page.
        await self.access.outside(lambda connection: connection.executescript("PRAGMA incremental_vacuum"))
        unused = removed - await self.used_blobs() if removed else removed
        if not unused:
            return 0
        return await asyncio.to_thread(lambda: self.blobs.remove(unused - self._used_by_backups(), older_than))

    async def recordings(self) -> tuple[int, int]:
        """How many recordings of what the user said are kept, and their size in bytes."""
        return await self.conversations.recordings()

    async def remove_unused(self, digest: str) -> int:
        """Remove a blob at once if neither a row nor a backup refers to it; return the bytes freed."""
        if digest in await self.used_blobs():
            return 0
        return await asyncio.to_thread(lambda: self.blobs.remove({digest} - self._used_by_backups()))

    async def sweep(self) -> int:
        """Remove blobs that neither the database nor a backup has referenced for a week; return the bytes freed."""
        used = await self.used_blobs()

        def work() -> int:
            idle = any(digest not in used for digest in self.blobs)
            return self.blobs.sweep(used | self._used_by_backups() if idle else used)

        return await asyncio.to_thread(work)

    def _used_by_backups(self) -> set[str]:
        """Return the digests referenced by backups. Blocks; unreadable backups are skipped."""
        used: set[str] = set()
        for backup in self.backups():
            with suppress(StorageError), reading(backup.path), closing(connect_read_only(backup.path)) as connection:
                used |= used_blobs(connection)
        return used

    async def used_blobs(self) -> set[str]:
        """Return the digests referenced by any row, including deleted rows that are not yet purged."""
        return await self.access.read(used_blobs)

    async def back_up(self, count: int = 7, limit: int = 2 << 30) -> Backup:
        """Create a backup, then keep the newest `count` within `limit` bytes."""
        backup = await asyncio.to_thread(back_up, self.home.database, self.home.backups)
        await asyncio.to_thread(rotate, self.home.backups, count, limit)
        return backup

    async def back_up_if_due(self, days: float, count: int = 7, limit: int = 2 << 30) -> Backup | None:
        """Create a backup if the newest is older than `days`."""
        if await asyncio.to_thread(is_due, self.home.backups, days):
            return await self.back_up(count, limit)
        return None

    def backups(self) -> list[Backup]:
        """Return all backups, newest first."""
        return backups(self.home.backups)

    async def last_good_backup(self) -> Backup | None:
        return await asyncio.to_thread(last_good, self.home.backups)

    async def restore(self, backup: Backup) -> dict[str, int]:
        """Restore rows of a backup that are missing or deleted here; return their number by table.

        Existing rows are not changed. Raises StorageError BACKUP_UNREADABLE.
        """
        rows = await self.access.write(lambda connection: merge_file(connection, backup.path))
        self.notify_merged()
        return rows

    def notify_merged(self) -> None:
        """Have `on_merged` emitted by the running loop, after what runs now."""
        asyncio.get_running_loop().call_soon(self.on_merged.emit)
