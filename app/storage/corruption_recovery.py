"""A damaged database: what can be read is saved into a new one that takes its place; the old one is set aside.

A kill at any moment loses nothing: the damaged one stays in its place until the new one is whole. From then on
`Home.replacement` exists, and whoever opens the home next goes on from there.
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
from app.storage.backup import Backup
from app.storage.connection import connect, connect_read_only, reading, transaction
from app.storage.database import Database
from app.storage.files import make_folder, name_aside, set_aside, sync_folder, writing
from app.storage.home import Home
from app.storage.merging import merge
from app.storage.schema import migrate, note_state, state_of
from app.storage.tolerant_decoding import UNDECODABLE


class Recovery(NamedTuple):
    """What became of a damaged database.

    Attributes:
        aside: where it is now.
        saved: rows that could be read, by table.
        backup: the last good one; `Database.restore` adds what it holds beyond `saved`.
    """

    aside: Path
    saved: dict[str, int]
    backup: Backup | None


class _Recovered(msgspec.Struct, frozen=True):
    """What the new database knows of the old one: its file's name, and the rows saved from it."""

    aside: str
    saved: dict[str, int]


async def open_or_recover(home: Home, redactor: Redactor | None = None) -> tuple[Database, Recovery | None]:
    """`Database.open`, and where that finds damage, a new database with what could be saved of the old one.

    A recovery is told again at every start until a run ends without a kill. Raises StorageError.
    """
    await asyncio.to_thread(_install_replacement, home)
    try:
        database = await Database.open(home, redactor)
    except StorageError as error:
        if error.code is not Code.DATABASE_DAMAGED:
            raise
        await asyncio.to_thread(_salvage, home)
        database = await Database.open(home, redactor)
    try:
        return database, await _recovery(database)
    except BaseException:
        await database.close()
        raise


async def _recovery(database: Database) -> Recovery | None:
    noted = await database.access.read(lambda connection: state_of(connection, "recovered"))
    if noted is None:
        return None
    recovered = msgspec.json.decode(noted, type=_Recovered)
    aside = database.home.root / recovered.aside
    return Recovery(aside, recovered.saved, await database.last_good_backup())


def _salvage(home: Home) -> None:
    make_folder(home.temporary)
    with writing(home.temporary), tempfile.TemporaryDirectory(dir=home.temporary) as folder:
        salvaged = Path(folder) / home.replacement.name
        with reading(salvaged), closing(connect(salvaged)) as into:
            migrate(into, lambda version: None)
            with transaction(into):
                recovered = _Recovered(name_aside(home.database).name, _read_damaged(into, home.database))
                note_state(into, "recovered", msgspec.json.encode(recovered).decode())
            # One file without a log sibling it: it is moved alone.
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
        # Bytes that are no UTF-8 must not end the reading of everything behind them.
        source.text_factory = lambda data: data.decode("utf-8", "replace")
        return merge(into, source, include_deleted=True)


def _install_replacement(home: Home) -> None:
    """Set the damaged database aside and put the replacement in its place; goes on where a kill left off."""
    if not home.replacement.exists():
        return
    try:
        with closing(connect_read_only(home.replacement)) as connection:
            noted = state_of(connection, "recovered") or ""
        aside = home.root / msgspec.json.decode(noted, type=_Recovered).aside
    except (sqlite3.Error, *UNDECODABLE):
        # It is none of ours, or damaged as well: what is in its place goes on without it.
        set_aside(home.replacement)
        return
    with writing(aside):
        # With its log: the last commits are there. The shared memory sibling it is made anew by whoever opens it.
        for suffix in ("", "-wal", "-shm"):
            sibling = Path(f"{home.database}{suffix}")
            if sibling.exists():
                sibling.replace(f"{aside}{suffix}")
        # A log that came back after a power cut would be taken for the replacement's own.
        sync_folder(home.root)
        home.replacement.replace(home.database)
        sync_folder(home.root)
