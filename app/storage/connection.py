"""Opens SQLite connections and converts SQLite errors to StorageError."""

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
"""Free bytes below which a failed write is attributed to a full disk."""

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_READ_ONLY = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}


def connect(path: Path) -> sqlite3.Connection:
    """Open a connection for one thread at a time: WAL, fully synchronous commits, no implicit transactions.

    Creates a missing file, readable only by its owner. Raises StorageError.
    """
    with writing(path):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE_FILE))
    with reading(path):
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            # Must be set before the first table, or freed pages never leave the file. In an existing file it would
            # write before the file was checked.
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
    """Open a connection that changes nothing, not even the write-ahead log, and trusts no schema."""
    address = f"{path.absolute().as_uri()}?mode=ro"
    connection = sqlite3.connect(address, uri=True, isolation_level=None, timeout=BUSY_SECONDS)
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Convert SQLite errors of the block to StorageError about `path`."""
    try:
        yield
    except sqlite3.Error as error:
        raise database_error(error, path) from error


def database_error(error: sqlite3.Error, path: Path) -> StorageError:
    """Map a SQLite error to a StorageError with `path` and SQLite's `message`.

    DISK_FULL, HOME_READ_ONLY, DATABASE_DAMAGED, HOME_IN_USE, NOT_KEPT (its parent row is missing) or FILE_NOT_WRITTEN.
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
    """Run the block in one transaction, rolled back on any exception."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # A full disk may have rolled back the transaction already.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
