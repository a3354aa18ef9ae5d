"""A SQLite connection as this program wants it, and what SQLite's errors mean to a person."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.core.errors import Code, StorageError
from app.storage.files import PRIVATE_FILE, writing

BUSY_SECONDS = 10.0
NEARLY_FULL = 1 << 20
"""Bytes; below this a failed write is put down to a full disk."""

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_READ_ONLY = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}


def connect(path: Path) -> sqlite3.Connection:
    """A connection for one thread at a time: WAL, every commit on the disk before it returns, no implicit transaction.

    Raises StorageError; the file is made, readable by its owner only, where it is missing.
    """
    with writing(path):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE_FILE))
    with reading(path):
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            # Before the first table, or freed pages would never leave the file; later it would write to a file that
            # nobody has checked yet.
            if not path.stat().st_size:
                connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA journal_size_limit = 67108864")
            connection.execute("PRAGMA cache_size = -16000")
        except BaseException:
            connection.close()
            raise
    return connection


def connect_read_only(path: Path) -> sqlite3.Connection:
    """A connection that changes nothing, not even the log beside the file."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None, timeout=BUSY_SECONDS)


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turns SQLite's errors of the block into StorageError about `path`."""
    try:
        yield
    except sqlite3.Error as error:
        raise database_error(error, path) from error


def database_error(error: sqlite3.Error, path: Path) -> StorageError:
    """DISK_FULL, HOME_READ_ONLY, DATABASE_DAMAGED, HOME_IN_USE, NOT_KEPT (what it belongs to) or FILE_NOT_WRITTEN.

    Its parameters are `path` and SQLite's own `message`.
    """
    extended = getattr(error, "sqlite_errorcode", None) or 0
    primary = extended & 0xFF
    if primary == sqlite3.SQLITE_FULL or (primary == sqlite3.SQLITE_IOERR and _nearly_full(path)):
        code = Code.DISK_FULL
    elif primary in _DAMAGED:
        code = Code.DATABASE_DAMAGED
    elif primary in _READ_ONLY:
        code = Code.HOME_READ_ONLY
    elif primary == sqlite3.SQLITE_BUSY:
        code = Code.HOME_IN_USE
    elif extended == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
        code = Code.NOT_KEPT
    else:
        code = Code.FILE_NOT_WRITTEN
    return StorageError(code, path=str(path), message=str(error))


def _nearly_full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < NEARLY_FULL
    except OSError:
        return False


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of the block or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # A full disk may have ended the transaction already.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
