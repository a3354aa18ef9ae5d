"""Recovers a corrupt database: readable rows are copied to a new one that replaces it; the old file is kept aside.

A kill at any moment loses nothing: the corrupt file stays in place until the new one is complete. From then on
`Home.replacement` exists, and the next start continues from there.
"""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import msgspec

from app.core.errors import Code, StorageError
from app.core.redaction import Redactor
from app.storage.backup import Backup, backups
from app.storage.connection import connect, connect_read_only, reading, transaction
from app.storage.database import Database
from app.storage.files import make_folder, name_aside, set_aside, sync_folder, writing
from app.storage.home import Home
from app.storage.merging import merge
from app.storage.schema import migrate, note_state, state_of
from app.storage.tolerant_decoding import UNDECODABLE


class Recovery(NamedTuple):
    """The result of a recovery.

    Attributes:
        aside: where the corrupt file is now; None if the database was missing or had no bytes at all.
        saved: number of rows that could be read, by table.
        backup: the last good backup; `Database.restore` adds rows that could not be saved.
    """

    aside: Path | None
    saved: dict[str, int]
    backup: Backup | None


class _Recovered(msgspec.Struct, frozen=True):
    """Stored in the new database: the file name of the corrupt one, and the number of rows saved from it.

    `aside` is empty if there was nothing to set aside.
    """

    aside: str
    saved: dict[str, int]


async def open_or_recover(home: Home, redactor: Redactor | None = None) -> tuple[Database, Recovery | None]:
    """Open the database; if it is corrupt, recover it first.

    A database that is missing or has no bytes although there are backups counts as recovered. A recovery is reported
    at every start until a run ends cleanly. Raises StorageError.
    """
    await asyncio.to_thread(_install_replacement, home)
    emptied = await asyncio.to_thread(_is_emptied, home)
    try:
        database = await Database.open(home, redactor)
    except StorageError as error:
        if error.code is not Code.DATABASE_DAMAGED:
            raise
        await asyncio.to_thread(_salvage, home)
        database = await Database.open(home, redactor)
    try:
        if emptied:
            await database.access.write(lambda connection: _note(connection, _Recovered("", {})))
        return database, await _recovery(database)
    except BaseException:
        await database.close()
        raise


async def _recovery(database: Database) -> Recovery | None:
    noted = await database.access.read(lambda connection: state_of(connection, "recovered"))
    if noted is None:
        return None
    recovered = msgspec.json.decode(noted, type=_Recovered)
    aside = database.home.root / recovered.aside if recovered.aside else None
    return Recovery(aside, recovered.saved, await database.last_good_backup())


def _note(connection: sqlite3.Connection, recovered: _Recovered) -> None:
    note_state(connection, "recovered", msgspec.json.encode(recovered).decode())


def _is_emptied(home: Home) -> bool:
    """Whether the database is missing or has no bytes, although it was backed up."""
    try:
        size = home.database.stat().st_size
    except FileNotFoundError:
        size = 0
    return not size and bool(backups(home.backups))


def _salvage(home: Home) -> None:
    make_folder(home.temporary)
    with writing(home.temporary), tempfile.TemporaryDirectory(dir=home.temporary) as folder:
        salvaged = Path(folder) / home.replacement.name
        with reading(salvaged), closing(connect(salvaged)) as into:
            migrate(into, lambda version: None)
            with transaction(into):
                recovered = _Recovered(name_aside(home.database).name, _read_damaged(into, home.database))
                _note(into, recovered)
            # A single file without a write-ahead log, because only this file is moved.
            into.execute("PRAGMA journal_mode = DELETE")
        salvaged.replace(home.replacement)
        sync_folder(home.root)
    _install_replacement(home)


def _read_damaged(into: sqlite3.Connection, damaged: Path) -> dict[str, int]:
    try:
        source = connect_read_only(damaged)
    except sqlite3.Error:
        return {}
    with closing(source):
        # Invalid UTF-8 must not stop the reading of later rows.
        source.text_factory = lambda data: data.decode("utf-8", "replace")
        return merge(into, source, include_deleted=True)


def _install_replacement(home: Home) -> None:
    """Move the corrupt database aside and the replacement into its place; continues after a kill."""
    if not home.replacement.exists():
        return
    try:
        with closing(connect_read_only(home.replacement)) as connection:
            noted = state_of(connection, "recovered") or ""
        aside = home.root / msgspec.json.decode(noted, type=_Recovered).aside
    except (sqlite3.Error, *UNDECODABLE):
        # Not a database of ours, or damaged too: continue with the current database.
        set_aside(home.replacement)
        return
    with writing(aside):
        # With its write-ahead log, which has the last commits. The shared memory file is recreated when it is opened.
        for suffix in ("", "-wal", "-shm"):
            sibling = Path(f"{home.database}{suffix}")
            if sibling.exists():
                sibling.replace(f"{aside}{suffix}")
        # After a power cut a restored log would be mistaken for the replacement's own.
        sync_folder(home.root)
        home.replacement.replace(home.database)
        sync_folder(home.root)
