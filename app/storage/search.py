"""Full-text search over messages, titles and takes, newest first."""

from __future__ import annotations

import sqlite3

import msgspec

from app.core.conversation import Conversation
from app.core.messages import Message
from app.core.takes import Take
from app.storage.conversations import COLUMNS, read_conversation, words_of
from app.storage.database_executor import DatabaseExecutor
from app.storage.fts_text import excerpt, fts_query, literals
from app.storage.takes import read_take

_message = msgspec.json.Decoder(Message)


class MessageHit(msgspec.Struct, frozen=True):
    """A matching message; `excerpt` is single-line text around the first match."""

    conversation_id: str
    message_id: str
    role: str
    created: float
    excerpt: str


class TakeHit(msgspec.Struct, frozen=True):
    take: Take
    excerpt: str


class Search:
    """Searches for all words of a query; quoted text and adjacent Chinese characters match as phrases.

    An empty query returns no results. Every method raises StorageError.
    """

    def __init__(self, access: DatabaseExecutor) -> None:
        self._access = access

    async def messages(self, query: str, limit: int = 50, conversation_id: str = "") -> tuple[MessageHit, ...]:
        """Search text, thinking, tool calls, their results and names of attachments, in all conversations or in one."""
        expression, signs = fts_query(query), literals(query)
        if not expression and not signs:
            return ()

        def work(connection: sqlite3.Connection) -> tuple[MessageHit, ...]:
            # CROSS JOIN forces this order: the index is read row by row from its end, until the limit.
            rows = connection.execute(
                f"SELECT m.id, CAST(m.body AS BLOB), m.conversation FROM {_source('message_words', expression)} "
                "CROSS JOIN messages m ON m.number = w.rowid CROSS JOIN conversations c ON c.id = m.conversation "
                f"WHERE {_matching('message_words', expression)} AND c.deleted IS NULL "
                f"AND m.deleted IS NULL AND (? = '' OR m.conversation = ?){_with_signs('m.body', signs)} "
                "ORDER BY w.rowid DESC LIMIT ?",
                (*_values(expression), conversation_id, conversation_id, *signs, limit),
            )
            hits: list[MessageHit] = []
            for message_id, body, conversation in rows:
                messages = self._access.left_out.decoded("messages", [(message_id, body)], _message.decode)
                hits += [_message_hit(conversation, message, query) for message in messages]
            return tuple(hits)

        return await self._access.read(work)

    async def titles(self, query: str, limit: int = 50) -> tuple[Conversation, ...]:
        """Search the titles of conversations."""
        expression, signs = fts_query(query), literals(query)
        if not expression and not signs:
            return ()

        def work(connection: sqlite3.Connection) -> tuple[Conversation, ...]:
            rows = connection.execute(
                f"SELECT {COLUMNS} FROM {_source('title_words', expression)} "
                "CROSS JOIN conversations c ON c.number = w.rowid "
                f"WHERE {_matching('title_words', expression)} AND c.deleted IS NULL"
                f"{_with_signs(_TITLE, signs)} ORDER BY w.rowid DESC LIMIT ?",
                (*_values(expression), *signs, limit),
            )
            return tuple(read_conversation(row, self._access.left_out) for row in rows)

        return await self._access.read(work)

    async def takes(self, query: str, limit: int = 50) -> tuple[TakeHit, ...]:
        """Search text, direction, note and the voice's name and description."""
        expression, signs = fts_query(query), literals(query)
        if not expression and not signs:
            return ()

        def work(connection: sqlite3.Connection) -> tuple[TakeHit, ...]:
            rows = connection.execute(
                f"SELECT t.id, CAST(t.body AS BLOB) FROM {_source('take_words', expression)} "
                "CROSS JOIN takes t ON t.number = w.rowid "
                f"WHERE {_matching('take_words', expression)} AND t.deleted IS NULL"
                f"{_with_signs('t.body', signs)} ORDER BY w.rowid DESC LIMIT ?",
                (*_values(expression), *signs, limit),
            )
            return tuple(_take_hit(take, query) for take in self._access.left_out.decoded("takes", rows, read_take))

        return await self._access.read(work)


_TITLE = "json_quote(json_extract(CAST(c.body AS TEXT), '$.title'))"
_TABLES = {"message_words": "messages", "title_words": "conversations", "take_words": "takes"}


def _source(index: str, expression: str) -> str:
    """The index, or without an expression every row of its table, newest first."""
    return f"{index} w" if expression else f"(SELECT number AS rowid FROM {_TABLES[index]}) w"


def _matching(index: str, expression: str) -> str:
    return f"w.{index} MATCH ?" if expression else "1"


def _values(expression: str) -> tuple[str, ...]:
    return (expression,) if expression else ()


def _with_signs(column: str, signs: tuple[str, ...]) -> str:
    """A condition for terms that the index can't tell from others."""
    return f" AND instr(lower(CAST({column} AS TEXT)), ?) > 0" * len(signs)


def _message_hit(conversation_id: str, message: Message, query: str) -> MessageHit:
    words = excerpt(words_of(message), query)
    return MessageHit(conversation_id, message.id, message.role, message.created, words)


def _take_hit(take: Take, query: str) -> TakeHit:
    words = " · ".join(filter(None, (take.text, take.direction, take.note, take.voice.name, take.voice.description)))
    return TakeHit(take, excerpt(words, query))
