"""The tables, as numbered migration steps. A released step is never changed.

Bodies are the JSON of a core struct, stored as TEXT; other columns exist only for searching, sorting or updates.
`blob:DIGEST` inside a body refers to a file of `app.storage.blobs`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

Step = Callable[[sqlite3.Connection], None]

_FIRST = """
CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- `touched` counts changes of all conversations: the order of the list, whatever the clock does.
CREATE TABLE conversations (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, pinned INTEGER NOT NULL, touched INTEGER NOT NULL,
    deleted REAL, leaf TEXT, draft TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX conversations_listed ON conversations (pinned, touched) WHERE deleted IS NULL;

CREATE INDEX conversations_touched ON conversations (touched);

-- `open`: it was streaming when this was written.
CREATE TABLE messages (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    open INTEGER NOT NULL, body TEXT NOT NULL);
CREATE INDEX messages_of ON messages (conversation, number);
CREATE INDEX messages_open ON messages (open) WHERE open;

CREATE TABLE events (
    message TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE, piece INTEGER NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (message, piece)) WITHOUT ROWID;

CREATE TABLE takes (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, session TEXT NOT NULL, open INTEGER NOT NULL, deleted REAL,
    body TEXT NOT NULL);
CREATE INDEX takes_of ON takes (session, number) WHERE deleted IS NULL;
CREATE INDEX takes_open ON takes (open) WHERE open;

-- Voices, samples, directions, tools, studio sessions, comparisons.
CREATE TABLE things (
    number INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, touched INTEGER NOT NULL, deleted REAL,
    body TEXT NOT NULL, UNIQUE (kind, id));
CREATE INDEX things_listed ON things (kind, touched);

CREATE TABLE calls (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, owner TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX calls_of ON calls (owner);

-- Words as they are searched: a space around every CJK character. The row number is that of what they belong to.
CREATE VIRTUAL TABLE message_words USING fts5 (words, prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE title_words USING fts5 (words, prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE take_words USING fts5 (words, prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2');
CREATE TRIGGER message_gone AFTER DELETE ON messages BEGIN
    DELETE FROM message_words WHERE rowid = old.number; END;
CREATE TRIGGER conversation_gone AFTER DELETE ON conversations BEGIN
    DELETE FROM title_words WHERE rowid = old.number; END;
CREATE TRIGGER take_gone AFTER DELETE ON takes BEGIN
    DELETE FROM take_words WHERE rowid = old.number; END;
"""


def _first(connection: sqlite3.Connection) -> None:
    for statement in _statements(_FIRST):
        connection.execute(statement)


def _statements(script: str) -> list[str]:
    """Split a script into statements. `executescript` would commit, and a step is one transaction."""
    statements, pending = [], ""
    for line in script.splitlines():
        pending += line + "\n"
        if sqlite3.complete_statement(pending):
            statements.append(pending)
            pending = ""
    return statements


def _deleted_messages(connection: sqlite3.Connection) -> None:
    """Messages can be deleted one by one, with all that follow them."""
    connection.execute("ALTER TABLE messages ADD COLUMN deleted REAL")


STEPS: tuple[Step, ...] = (_first, _deleted_messages)
"""`STEPS[n]` leads from version n to n + 1; the version is SQLite's `user_version`."""


def version_of(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def state_of(connection: sqlite3.Connection, name: str) -> str | None:
    """Return a value the database stores about itself, or None.

    `running`: Unix time at which the program that has it open started. `recovered`: set after corruption until a run
    that reported it has ended cleanly; see `app.storage.corruption_recovery`.
    """
    row = connection.execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()
    return row[0] if row else None


def note_state(connection: sqlite3.Connection, name: str, value: str) -> None:
    connection.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (name, value))


def migrate(
    connection: sqlite3.Connection, back_up: Callable[[int], None], steps: tuple[Step, ...] | None = None
) -> None:
    """Migrate a database to the current version, each step in its own transaction.

    `back_up` is called with the current version before each step, except for a new database.
    """
    steps = STEPS if steps is None else steps
    found = version_of(connection)
    for version in range(found, len(steps)):
        if found:
            back_up(version)
        connection.execute("BEGIN IMMEDIATE")
        try:
            steps[version](connection)
            connection.execute(f"PRAGMA user_version = {version + 1}")
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
