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

_GONE_SESSION = "(SELECT id FROM things WHERE kind = 'session' AND deleted <= ?1)"
_GONE_TAKE = f"(deleted <= ?1 OR session IN {_GONE_SESSION})"

_SESSION_OF_RECORD = (
    "CASE WHEN kind IN ('comparison', 'audition') AND json_valid(CAST(body AS TEXT)) "
    "THEN json_extract(CAST(body AS TEXT), '$[0].session') END"
)
"""The session a comparison or an audition belongs to: it goes with the session, whose text it has."""

_CREATED_OF_GRID = (
    "CASE WHEN kind = 'grid' AND json_valid(CAST(body AS TEXT)) "
    "THEN json_extract(CAST(body AS TEXT), '$[0].created') END"
)
"""When a grid was begun. One that has outlived its session is unreachable; one that is as new may be ahead of it."""

_SET_OF_RESULT = (
    "CASE WHEN kind = 'case_result' THEN substr(id, 1, instr(id, '/') - 1) WHEN kind = 'case_tally' THEN id END"
)
"""The set that answers to cases, and their tally, belong to."""

_GONE_CASES = "(SELECT id FROM things WHERE kind = 'case_set' AND deleted <= ?1)"
_GONE_CONVERSATION = "(SELECT id FROM conversations WHERE deleted <= ?1)"
_CONVERSATION_OF_RUN = (
    "CASE WHEN kind = 'beside-run' AND json_valid(CAST(body AS TEXT)) "
    "THEN json_extract(CAST(body AS TEXT), '$[0].conversation') END"
)
"""The conversation that a run side by side belongs to: it goes with it, and so does what was being prepared."""

_GONE_MESSAGE = f"(deleted <= ?1 OR conversation IN {_GONE_CONVERSATION})"

_DELETED = (
    ("takes", f"session IN (SELECT 'message ' || id FROM messages WHERE {_GONE_MESSAGE})"),
    ("messages", _GONE_MESSAGE),
    ("takes", f"{_GONE_TAKE} OR session IN (SELECT 'parts ' || id FROM takes WHERE {_GONE_TAKE})"),
    ("things", f"kind = 'desk' AND id IN {_GONE_CONVERSATION}"),
    ("things", f"{_CONVERSATION_OF_RUN} IN {_GONE_CONVERSATION}"),
    ("conversations", "deleted <= ?1"),
    ("things", f"kind = 'grid' AND id IN {_GONE_SESSION}"),
    ("things", f"{_CREATED_OF_GRID} <= ?1 AND id NOT IN (SELECT id FROM things WHERE kind = 'session')"),
    ("things", f"{_SESSION_OF_RECORD} IN {_GONE_SESSION}"),
    ("things", f"{_SET_OF_RESULT} IN {_GONE_CASES}"),
    ("things", "deleted <= ?1"),
)
"""Tables and conditions for rows to be purged, each before what its condition refers to."""
_OWNERS = ("messages", "takes", "conversations", "things")
"""The tables whose rows refer to calls."""


def purge(connection: sqlite3.Connection, before: float = math.inf) -> set[str]:
    """Remove rows deleted before a time (Unix seconds), and the calls that only they refer to.

    Returns the digests of the blobs they used. The caller holds the transaction.
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
    calls: set[str] = set()
    for table, gone in _DELETED:
        for (body,) in connection.execute(f"SELECT body FROM {table} WHERE {gone}", (before,)):
            digests.update(REFERENCE.findall(body))
            calls.update(CALL.findall(body))
        connection.execute(f"DELETE FROM {table} WHERE {gone}", (before,))
    calls -= _used_among(calls, connection)
    connection.executemany("DELETE FROM calls WHERE id = ?", [(call_id,) for call_id in calls])
    return digests


def _used_among(calls: set[str], connection: sqlite3.Connection) -> set[str]:
    """Those of these calls that a row still refers to: versions of a message share the calls of what they share."""
    used: set[str] = set()
    for table in _OWNERS if calls else ():
        for (body,) in connection.execute(f"""SELECT body FROM {table} WHERE instr(body, '"call_id":"')"""):
            used.update(calls.intersection(CALL.findall(body)))
    return used


def used_blobs(connection: sqlite3.Connection) -> set[str]:
    """Return the digests referenced by any row."""
    digests: set[str] = set()
    for table in ("messages", "conversations", "takes", "things"):
        for (body,) in connection.execute(f"SELECT body FROM {table} WHERE instr(body, 'blob:')"):
            digests.update(REFERENCE.findall(body))
    return digests
