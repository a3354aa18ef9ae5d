"""Permanently removes deleted rows and their calls, and lists the blobs that are still referenced."""

from __future__ import annotations

import math
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from app.storage.blobs import REFERENCE
from app.storage.connection import transaction

CALL = re.compile(r'"call_id":"([^"]+)"')
"""How a body refers to a call. In the text of a message the quotes would be escaped."""

_GONE_TAKE = "(deleted <= ?1 OR session IN (SELECT id FROM things WHERE kind = 'session' AND deleted <= ?1))"

_DELETED = {
    "messages": "conversation IN (SELECT id FROM conversations WHERE deleted <= ?1)",
    "takes": f"{_GONE_TAKE} OR session IN (SELECT 'parts ' || id FROM takes WHERE {_GONE_TAKE})",
    "conversations": "deleted <= ?1",
    "things": "deleted <= ?1",
}
"""Conditions for rows to be purged, in an order that respects foreign keys."""


def purge(connection: sqlite3.Connection, before: float = math.inf) -> set[str]:
    """Remove rows deleted before a time (Unix seconds) and their calls; return the digests of the blobs they used.

    The caller holds the transaction.
    """
    with _overwriting(connection):
        return _remove(connection, before)


def purge_copy(connection: sqlite3.Connection) -> None:
    """Remove deleted rows from a copy that is given away, so that none of their text is left in the file."""
    connection.execute("PRAGMA journal_mode = MEMORY")
    connection.execute("PRAGMA foreign_keys = ON")
    with _overwriting(connection), transaction(connection):
        before = connection.total_changes
        _remove(connection, math.inf)
        if connection.total_changes > before:
            for words in ("message_words", "title_words", "take_words"):
                # Until it is rewritten an FTS index only marks text as deleted.
                connection.execute(f"INSERT INTO {words} ({words}) VALUES ('optimize')")
    connection.executescript("PRAGMA incremental_vacuum")


@contextmanager
def _overwriting(connection: sqlite3.Connection) -> Iterator[None]:
    """Overwrite removed content with zeros; otherwise it stays in the file until its pages are reused."""
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
    """Return the digests referenced by any row."""
    digests: set[str] = set()
    for table in ("messages", "takes", "things"):
        for (body,) in connection.execute(f"SELECT body FROM {table} WHERE instr(body, 'blob:')"):
            digests.update(REFERENCE.findall(body))
    return digests
