"""Merges rows of another workbench database: a backup, an archive, or a corrupt file."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, nullcontext, suppress
from pathlib import Path
from typing import Any

import msgspec

from app.core.bounds import MAX_COUNT, timestamp
from app.core.conversation import Conversation
from app.core.errors import Code, StorageError
from app.core.messages import Message
from app.storage.connection import connect_read_only
from app.storage.conversations import index, words_of
from app.storage.purging import CALL
from app.storage.schema import STEPS, migrate, version_of
from app.storage.takes import read_take, words_of_take
from app.storage.tolerant_decoding import UNDECODABLE

_message = msgspec.json.Decoder(Message)
_conversation = msgspec.json.Decoder(Conversation)

_TABLES = {
    "conversations": ("id", "pinned", "touched", "deleted", "leaf", "draft", "body"),
    "messages": ("id", "conversation", "open", "deleted", "body"),
    "events": ("message", "piece", "body"),
    "things": ("kind", "id", "touched", "deleted", "body"),
    "takes": ("id", "session", "open", "deleted", "body"),
    "calls": ("id", "owner", "body"),
}
"""Tables and columns that are merged, parents first."""

_OWNER_COLUMN = {"messages": "conversation", "events": "message", "takes": "session", "calls": "id"}
"""The column that names the owner of a row; a call is named by the rows that refer to it."""


def _ignore_progress(part: float) -> None:
    pass


def _never_interrupting(connection: sqlite3.Connection) -> AbstractContextManager[None]:
    return nullcontext()


def merge(
    into: sqlite3.Connection,
    source: sqlite3.Connection,
    *,
    include_deleted: bool = False,
    advance: Callable[[float], object] = _ignore_progress,
) -> dict[str, int]:
    """Insert rows of `source` that `into` lacks; return their number by table. Existing rows are never changed.

    Rows deleted in `into` but not in `source` are restored and counted. Rows deleted in `source`, and everything that
    belongs to them, are merged only with `include_deleted`. Unreadable rows are skipped. `advance` is called repeatedly
    with the share completed since the last call, and may raise. The caller holds the transaction.
    """
    counts = dict.fromkeys(_TABLES, 0)
    gone: set[Any] = set()
    used_calls: set[str] = set()
    step = 1 / max(_steps(source), 1)
    for table, columns in _TABLES.items():
        owner = _OWNER_COLUMN.get(table)
        for values in readable_rows(source, table, columns):
            advance(step)
            row = _bounded(dict(zip(columns, values, strict=True)))
            if row is None:
                continue
            calls = CALL.findall(row["body"]) if table != "calls" else ()
            is_gone = row.get("deleted") is not None or (owner and row[owner] in gone)
            if is_gone and not include_deleted and not (table == "calls" and row["id"] in used_calls):
                gone |= {row.get("id"), *calls} - {None}
                continue
            used_calls.update(calls)
            counts[table] += _insert(into, table, row)
    index_missing(into, lambda: advance(step))
    return counts


def _bounded(row: dict[str, Any]) -> dict[str, Any] | None:
    """A row with values of the types its columns are declared with, which SQLite does not enforce.

    None for a row without a usable name: nothing could refer to it.
    """
    bounded: dict[str, Any] = {}
    for column, value in row.items():
        if column == "deleted":
            bounded[column] = None if value is None else timestamp(value)
        elif column in _NUMBERS:
            if not isinstance(value, int):
                return None
            bounded[column] = min(max(value, 0), _NUMBERS[column])
        elif value is None and column == "leaf":
            bounded[column] = None
        else:
            text = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
            if not isinstance(text, str):
                return None
            bounded[column] = text
    return bounded


_NUMBERS = {"pinned": 1, "open": 1, "touched": MAX_COUNT, "piece": MAX_COUNT}
"""The greatest value of each column that holds a whole number from 0."""


def _steps(source: sqlite3.Connection) -> int:
    """Estimate the number of steps: each row is read, and most are indexed. Returns 0 if rows can't be counted."""
    try:
        counts = [source.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in (*_TABLES, *_WORDS)]
    except sqlite3.DatabaseError as error:
        _raise_if_interrupted(error)
        return 0
    return sum(counts)


def _insert(into: sqlite3.Connection, table: str, row: dict[str, Any]) -> bool:
    """Insert or undelete a row; return whether anything changed."""
    # A message needs its conversation: SQLite would refuse it otherwise.
    if table == "messages" and not _exists(into, "conversations", row["conversation"]):
        _make_conversation(into, str(row["conversation"]))
    if table == "events" and not _exists(into, "messages", row["message"]):
        return False
    names, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
    if into.execute(f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks}) RETURNING 1", row).fetchall():
        return True
    if row.get("deleted", 0.0) is not None:
        return False
    kind = " AND kind = :kind" if "kind" in row else ""
    cursor = into.execute(f"UPDATE {table} SET deleted = NULL WHERE id = :id{kind} AND deleted IS NOT NULL", row)
    return cursor.rowcount > 0


def merge_file(
    into: sqlite3.Connection,
    path: Path,
    advance: Callable[[float], object] = _ignore_progress,
    interrupting: Callable[[sqlite3.Connection], AbstractContextManager[None]] = _never_interrupting,
) -> dict[str, int]:
    """Like `merge`, from a file of this or an older version, which is not changed.

    The file may come from anywhere: only plain tables are read, and `interrupting` can stop every statement.
    Raises StorageError: BACKUP_UNREADABLE, DATABASE_NEWER.
    """
    try:
        source = connect_read_only(path)
        version = version_of(source)
        if 0 < version < len(STEPS):
            # Older databases are migrated in memory; the file is not changed.
            older, source = source, sqlite3.connect(":memory:", isolation_level=None)
            with closing(older):
                older.backup(source)
            migrate(source, lambda version: None)
    except sqlite3.Error as error:
        raise StorageError(Code.BACKUP_UNREADABLE, path=str(path), message=str(error)) from error
    with closing(source):
        if version > len(STEPS):
            raise StorageError(Code.DATABASE_NEWER, path=str(path), version=version, known=len(STEPS))
        if not version:
            raise StorageError(Code.BACKUP_UNREADABLE, path=str(path), message="")
        with interrupting(source):
            _check_tables(source, path)
            return merge(into, source, advance=advance)


def _check_tables(source: sqlite3.Connection, path: Path) -> None:
    """Refuse a file in which a name that is read is a view or a virtual table: reading it would run its statements."""
    try:
        rows = source.execute("SELECT lower(name), type, coalesce(sql, '') FROM sqlite_schema").fetchall()
    except sqlite3.DatabaseError as error:
        _raise_if_interrupted(error)
        raise StorageError(Code.BACKUP_UNREADABLE, path=str(path), message=str(error)) from error
    tables = {name for name, kind, sql in rows if kind == "table" and not _VIRTUAL.match(sql)}
    missing = _TABLES.keys() - tables
    if missing:
        raise StorageError(Code.BACKUP_UNREADABLE, path=str(path), message=f"no table {min(missing)}")


_VIRTUAL = re.compile(r"\s*CREATE\s+VIRTUAL\b", re.IGNORECASE)


def _raise_if_interrupted(error: sqlite3.DatabaseError) -> None:
    """Raise the error again if the statement was interrupted, in contrast to a damaged page."""
    if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_INTERRUPT:
        raise error


def readable_rows(source: sqlite3.Connection, table: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Yield every readable row of a table in order; after a damaged page rows are tried one by one."""
    names = ", ".join(columns)
    order = "message, piece" if table == "events" else "number"
    last: Any = None
    try:
        for row in source.execute(f"SELECT {order}, {names} FROM {table} ORDER BY {order}"):
            skip = len(row) - len(columns)
            last = row[:skip]
            if _whole(row[skip:]):
                yield row[skip:]
        return
    except sqlite3.DatabaseError as error:
        _raise_if_interrupted(error)
        if table == "events":
            return
    yield from _rows_after(source, table, names, last[0] if last else 0)


def _rows_after(source: sqlite3.Connection, table: str, names: str, last: int) -> Iterator[tuple[Any, ...]]:
    """Yield rows after `last` by number: the B-tree may be intact to the right of a damaged page."""
    highest = _highest(source, table)
    misses, number = 0, last
    while number < highest and misses < 10_000:
        number += 1
        try:
            row = source.execute(f"SELECT {names} FROM {table} WHERE number = ?", (number,)).fetchone()
        except sqlite3.DatabaseError as error:
            _raise_if_interrupted(error)
            misses += 1
            continue
        if row is not None and _whole(row):
            misses = 0
            yield row


def _highest(source: sqlite3.Connection, table: str) -> int:
    try:
        return source.execute(f"SELECT max(number) FROM {table}").fetchone()[0] or 0
    except sqlite3.DatabaseError as error:
        _raise_if_interrupted(error)
        return 1_000_000


def _whole(row: tuple[Any, ...]) -> bool:
    """Whether the body, the last column, is valid JSON."""
    try:
        msgspec.json.decode(row[-1])
    except UNDECODABLE:
        return False
    return True


def _exists(connection: sqlite3.Connection, table: str, row_id: Any) -> bool:
    return connection.execute(f"SELECT 1 FROM {table} WHERE id = ?", (row_id,)).fetchone() is not None


def _make_conversation(connection: sqlite3.Connection, conversation_id: str) -> None:
    """Create a conversation for messages whose own is lost; it has no title."""
    connection.execute(
        "INSERT INTO conversations (id, pinned, touched, draft, body) "
        "VALUES (?, 0, (SELECT coalesce(max(touched), 0) + 1 FROM conversations), '', ?)",
        (conversation_id, msgspec.json.encode(Conversation(conversation_id)).decode()),
    )


def index_missing(into: sqlite3.Connection, advance: Callable[[], object]) -> None:
    """Index rows that are missing in the search index."""
    for table, (words, condition, words_in) in _WORDS.items():
        rows = into.execute(
            f"SELECT number, CAST(body AS BLOB) FROM {table} WHERE number NOT IN (SELECT rowid FROM {words}){condition}"
        )
        for number, body in rows.fetchall():
            advance()
            # An undecodable row can't be found; it is reported when its conversation is opened.
            with suppress(*UNDECODABLE):
                index(into, words, number, words_in(body))


_WORDS: dict[str, tuple[str, str, Callable[[bytes], str]]] = {
    "messages": ("message_words", " AND NOT open", lambda body: words_of(_message.decode(body))),
    "conversations": ("title_words", "", lambda body: _conversation.decode(body).title),
    "takes": ("take_words", "", lambda body: words_of_take(read_take(body))),
}
"""For each table: its index, the condition for rows to be indexed, and the function returning their text."""
