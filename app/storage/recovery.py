"""A damaged database: set aside, what can be read is saved into a new one, the last good backup is named."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from app.core.errors import Code, StorageError
from app.core.redaction import Redactor
from app.storage.access import Access
from app.storage.backup import Backup
from app.storage.connection import connect_to_look
from app.storage.database import Database
from app.storage.files import name_aside, writing
from app.storage.home import Home
from app.storage.merging import merge


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


async def open_or_recover(home: Home, redactor: Redactor | None = None) -> tuple[Database, Recovery | None]:
    """`Database.open`, and where that finds damage, a new database with what could be saved of the old one."""
    try:
        return await Database.open(home, redactor), None
    except StorageError as error:
        if error.code is not Code.DATABASE_DAMAGED:
            raise
    return await recover(home, redactor)


async def recover(home: Home, redactor: Redactor | None = None) -> tuple[Database, Recovery]:
    """Set the database of a home aside and go on with a new one. It must not be open. Raises StorageError."""
    aside = _set_aside(home.database)
    database = await Database.open(home, redactor)
    try:
        saved = await database.access.write(lambda connection: _salvage(connection, aside, database.access))
        return database, Recovery(aside, saved, await database.last_good_backup())
    except BaseException:
        await database.close()
        raise


def _set_aside(path: Path) -> Path:
    """With its log: the last commits are there. The shared memory beside it is made anew by whoever opens it."""
    aside = name_aside(path)
    with writing(aside):
        path.replace(aside)
        for suffix in ("-wal", "-shm"):
            beside = Path(f"{path}{suffix}")
            if beside.exists():
                beside.replace(f"{aside}{suffix}")
    return aside


def _salvage(into: sqlite3.Connection, damaged: Path, access: Access) -> dict[str, int]:
    try:
        source = connect_to_look(damaged)
    except sqlite3.Error:
        return {}
    with closing(source):
        # Bytes that are no UTF-8 must not end the reading of everything behind them.
        source.text_factory = lambda octets: octets.decode("utf-8", "replace")
        return merge(into, source, access)
