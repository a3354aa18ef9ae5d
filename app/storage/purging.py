"""What was deleted leaves for good, with all that only it needed; and which blobs anything still needs."""

from __future__ import annotations

import math
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from app.storage.blobs import REFERENCE
from app.storage.connection import transaction

CALL = re.compile(r'"call_id":"([^"]+)"')
"""How a body names a call it came from. In the words of a message the quotes would be escaped."""

_DELETED = {
    "messages": "conversation IN (SELECT id FROM conversations WHERE deleted <= ?1)",
    "takes": "deleted <= ?1 OR session IN (SELECT id FROM things WHERE kind = 'session' AND deleted <= ?1)",
    "conversations": "deleted <= ?1",
    "things": "deleted <= ?1",
}
"""What of each table goes, in the order in which it can."""


def purge(connection: sqlite3.Connection, before: float = math.inf) -> set[str]:
    """Remove what was deleted before a time (Unix seconds), and its calls; the digests of blobs it referred to.

    The caller holds the transaction.
    """
    with _overwriting(connection):
        return _remove(connection, before)


def purge_copy(connection: sqlite3.Connection) -> None:
    """Take out of a copy that is given away what was deleted, so that no word of it is left in the file."""
    connection.execute("PRAGMA journal_mode = MEMORY")
    connection.execute("PRAGMA foreign_keys = ON")
    with _overwriting(connection), transaction(connection):
        before = connection.total_changes
        _remove(connection, math.inf)
        if connection.total_changes > before:
            for words in ("message_words", "title_words", "take_words"):
                # Until it is written anew an index only notes that words are gone.
                connection.execute(f"INSERT INTO {words} ({words}) VALUES ('optimize')")
    connection.executescript("PRAGMA incremental_vacuum")


@contextmanager
def _overwriting(connection: sqlite3.Connection) -> Iterator[None]:
    """Or what is removed stays in the file, in pages that others share, until something is written over it."""
    connection.execute("PRAGMA secure_delete = ON")
    try:
        yield
    finally:
        connection.execute("PRAGMA secure_delete = OFF")


def _remove(connection: sqlite3.Connection, before: float) -> set[str]:
    digests: set[str] = set()
    for table, gone in _DELETED.items():
        for (body,) in connection.execute(f"SELECT body FROM {table} WHERE {gone}", (before,)):
            digests.update(REFERENCE.findall(body))
            connection.executemany("DELETE FROM calls WHERE id = ?", [(call_id,) for call_id in CALL.findall(body)])
        connection.execute(f"DELETE FROM {table} WHERE {gone}", (before,))
    return digests


def used_blobs(connection: sqlite3.Connection) -> set[str]:
    """Digests that anything in the database refers to."""
    digests: set[str] = set()
    for table in ("messages", "takes", "things"):
        for (body,) in connection.execute(f"SELECT body FROM {table} WHERE instr(body, 'blob:')"):
            digests.update(REFERENCE.findall(body))
    return digests
