"""Stores conversations, their messages and drafts, and the events from which a reply can be replayed."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Sequence

import msgspec

from app.core.conversation import Conversation
from app.core.errors import Code, StorageError, WorkbenchError
from app.core.messages import Media, Message, Text, Thinking, ToolCall
from app.storage.attachments import externalise
from app.storage.blobs import Blobs
from app.storage.database_executor import DatabaseExecutor
from app.storage.fts_text import index_text
from app.storage.message_writer import MessageWriter
from app.storage.replay import ReplayEvent, decode_events
from app.storage.tolerant_decoding import UndecodableRows, salvage

_conversation = msgspec.json.Decoder(Conversation)
_message = msgspec.json.Decoder(Message)

# As bytes: the decoder reads UTF-8, and creating a str first would cost more than decoding.
COLUMNS = "id, CAST(body AS BLOB), pinned, leaf, draft"


class ConversationStore:
    """Stores conversations. Every method raises StorageError."""

    def __init__(self, access: DatabaseExecutor, blobs: Blobs) -> None:
        self._access = access
        self._blobs = blobs

    async def listed(self, limit: int = 200, skip: int = 0) -> tuple[Conversation, ...]:
        """Return conversations, pinned ones first, then by last activity, latest first."""

        def work(connection: sqlite3.Connection) -> tuple[Conversation, ...]:
            rows = connection.execute(
                f"SELECT {COLUMNS} FROM conversations WHERE deleted IS NULL "
                "ORDER BY pinned DESC, touched DESC LIMIT ? OFFSET ?",
                (limit, skip),
            )
            return tuple(read_conversation(row, self._access.left_out) for row in rows)

        return await self._access.read(work)

    async def count(self) -> int:
        def work(connection: sqlite3.Connection) -> int:
            count: int = connection.execute("SELECT count(*) FROM conversations WHERE deleted IS NULL").fetchone()[0]
            return count

        return await self._access.read(work)

    async def get(self, conversation_id: str) -> Conversation:
        """Return a conversation. Raises NOT_KEPT if it does not exist or was deleted."""

        def work(connection: sqlite3.Connection) -> Conversation:
            row = connection.execute(
                f"SELECT {COLUMNS} FROM conversations WHERE id = ? AND deleted IS NULL", (conversation_id,)
            ).fetchone()
            if row is None:
                raise StorageError(Code.NOT_KEPT, id=conversation_id)
            return read_conversation(row, self._access.left_out)

        return await self._access.read(work)

    async def keep(self, conversation: Conversation) -> None:
        """Add a conversation at the top of the list, or update one without moving it."""
        await self._access.write(lambda connection: write_conversation(connection, self._access, conversation))

    async def show(self, conversation_id: str, leaf: str | None) -> None:
        """Make the branch that ends with `leaf` the visible one."""
        await self._access.write(
            lambda connection: _changed(
                connection.execute("UPDATE conversations SET leaf = ? WHERE id = ?", (leaf, conversation_id)),
                conversation_id,
            )
        )

    async def delete(self, conversation_id: str) -> None:
        """Soft-delete a conversation; `restore` undoes it until `Database.purge`."""
        await self._mark(conversation_id, time.time())

    async def restore(self, conversation_id: str) -> None:
        await self._mark(conversation_id, None)

    async def _mark(self, conversation_id: str, deleted: float | None) -> None:
        await self._access.write(
            lambda connection: _changed(
                connection.execute("UPDATE conversations SET deleted = ? WHERE id = ?", (deleted, conversation_id)),
                conversation_id,
            )
        )

    async def messages(self, conversation_id: str) -> tuple[Message, ...]:
        """Return the messages of all branches in order of creation, as `MessageTree` expects.

        Attachments are references to blobs.

        A message that can't be decoded is salvaged as far as possible, because later messages depend on it.
        """
        last: str | None = None

        def decode(body: bytes) -> Message:
            nonlocal last
            message = _message.decode(body)
            last = message.id
            return message

        def salvage_message(message_id: str, body: bytes) -> Message:
            nonlocal last
            # Most conversations have one branch, so an unknown parent is assumed to be the previous message.
            message = salvage(Message, body, id=message_id, role="assistant", parent=last)
            last = message_id
            return message

        def work(connection: sqlite3.Connection) -> tuple[Message, ...]:
            rows = connection.execute(
                "SELECT id, CAST(body AS BLOB) FROM messages WHERE conversation = ? AND deleted IS NULL "
                "ORDER BY number",
                (conversation_id,),
            )
            return self._access.left_out.decoded("messages", rows, decode, salvage_message)

        return await self._access.read(work)

    async def keep_messages(
        self, conversation_id: str, messages: Sequence[Message], *, show: bool = True, begun: bool = False
    ) -> None:
        """Add or replace messages; the last one becomes the visible leaf if `show`.

        Messages that are only `begun` are marked as cut at the next start unless `stream` ends them. The conversation
        moves to the top of the list. Raises NOT_KEPT if the conversation does not exist.
        """

        def work(connection: sqlite3.Connection) -> None:
            touch(connection, conversation_id)
            for message in messages:
                write_message(connection, self._access, self._blobs, conversation_id, message, unfinished=begun)
            if show and messages:
                leaf = messages[-1].id
                connection.execute("UPDATE conversations SET leaf = ? WHERE id = ?", (leaf, conversation_id))

        await self._access.write(work)

    async def recordings(self) -> tuple[int, int]:
        """How many recordings of what the user said are kept with messages, and their size in bytes."""
        path = "json_extract(CAST(body AS TEXT), '$.spoken.recording.size')"

        def work(connection: sqlite3.Connection) -> tuple[int, int]:
            row = connection.execute(
                f"""SELECT count({path}), coalesce(sum({path}), 0) FROM messages
                WHERE instr(body, '"recording":{{') AND json_valid(CAST(body AS TEXT))"""
            ).fetchone()
            return row[0], row[1]

        return await self._access.read(work)

    async def forget_messages(self, message_ids: Sequence[str]) -> None:
        """Remove messages permanently; saving them again undoes it."""
        await self._access.write(
            lambda connection: connection.executemany("DELETE FROM messages WHERE id = ?", [(i,) for i in message_ids])
        )

    async def delete_messages(self, message_ids: Sequence[str]) -> None:
        """Soft-delete messages; `restore_messages` undoes it until `Database.purge`."""
        rows = [(time.time(), message_id) for message_id in message_ids]
        await self._access.write(
            lambda connection: connection.executemany("UPDATE messages SET deleted = ? WHERE id = ?", rows)
        )

    async def restore_messages(self, conversation_id: str, messages: Sequence[Message]) -> None:
        """Undo `delete_messages`.

        Of what was purged by now only the words are saved again, at the end of the conversation: its attachments refer
        to files that may be gone, and its calls are.
        """

        def work(connection: sqlite3.Connection) -> None:
            for message in messages:
                row = connection.execute("UPDATE messages SET deleted = NULL WHERE id = ?", (message.id,))
                if not row.rowcount:
                    write_message(connection, self._access, self._blobs, conversation_id, message)

        await self._access.write(work)

    def stream(self, conversation_id: str, failed: Callable[[WorkbenchError], object]) -> MessageWriter:
        """Return a writer for a streaming message; `failed` is called on the loop for each write that fails."""

        def write(connection: sqlite3.Connection, message: Message, unfinished: bool) -> None:
            if not unfinished:
                touch(connection, conversation_id)
            write_message(connection, self._access, self._blobs, conversation_id, message, unfinished=unfinished)

        return MessageWriter(self._access, write, failed)

    async def events(self, message_id: str) -> tuple[ReplayEvent, ...]:
        """Return the events of a reply with their times; empty for a typed or imported message."""

        def work(connection: sqlite3.Connection) -> tuple[ReplayEvent, ...]:
            rows = connection.execute(
                "SELECT message || '/' || piece, CAST(body AS BLOB) FROM events WHERE message = ? ORDER BY piece",
                (message_id,),
            )
            pieces = self._access.left_out.decoded("events", rows, decode_events)
            return tuple(event for piece in pieces for event in piece)

        return await self._access.read(work)


def write_conversation(connection: sqlite3.Connection, access: DatabaseExecutor, conversation: Conversation) -> None:
    row = connection.execute(
        "INSERT INTO conversations (id, pinned, touched, leaf, draft, body) "
        "VALUES (?, ?, (SELECT coalesce(max(touched), 0) + 1 FROM conversations), ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET pinned = excluded.pinned, leaf = excluded.leaf, draft = excluded.draft, "
        "body = excluded.body RETURNING number",
        (
            conversation.id,
            conversation.pinned,
            conversation.leaf,
            access.redact(conversation.draft),
            access.encode(msgspec.structs.replace(conversation, draft="", leaf=None)),
        ),
    ).fetchone()
    index(connection, "title_words", row[0], access.redact(conversation.title))


def write_message(
    connection: sqlite3.Connection,
    access: DatabaseExecutor,
    blobs: Blobs,
    conversation_id: str,
    message: Message,
    *,
    unfinished: bool = False,
) -> None:
    number = connection.execute(
        "INSERT INTO messages (id, conversation, open, body) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET open = excluded.open, body = excluded.body RETURNING number",
        (message.id, conversation_id, unfinished, access.encode(externalise(message, blobs))),
    ).fetchone()[0]
    if not unfinished:
        index(connection, "message_words", number, access.redact(words_of(message)))


def index(connection: sqlite3.Connection, table: str, number: int, words: str) -> None:
    """Replace the indexed text of a row."""
    connection.execute(f"DELETE FROM {table} WHERE rowid = ?", (number,))
    if words:
        connection.execute(f"INSERT INTO {table} (rowid, words) VALUES (?, ?)", (number, index_text(words)))


def words_of(message: Message) -> str:
    """Return the searchable text of a message: text, thinking, tool calls and their results, names of attachments."""
    words = []
    for part in message.parts:
        if isinstance(part, (Text, Thinking)):
            words.append(part.text)
        elif isinstance(part, ToolCall):
            words += [part.name, part.arguments, part.result or ""]
        elif isinstance(part, Media):
            words += [part.name, "" if part.name or not part.url.startswith("https:") else part.url]
    return "\n".join(word for word in words if word)


def touch(connection: sqlite3.Connection, conversation_id: str) -> None:
    """Move a conversation to the top of the list. Uses a counter, because the clock may go backwards."""
    cursor = connection.execute(
        "UPDATE conversations SET touched = (SELECT max(touched) + 1 FROM conversations) WHERE id = ?",
        (conversation_id,),
    )
    _changed(cursor, conversation_id)


def _changed(cursor: sqlite3.Cursor, row_id: str) -> None:
    if not cursor.rowcount:
        raise StorageError(Code.NOT_KEPT, id=row_id)


def read_conversation(row: tuple[str, bytes, int, str | None, str], left_out: UndecodableRows) -> Conversation:
    """Decode a row of COLUMNS. An undecodable row is salvaged, so that its messages stay accessible."""
    conversation_id, body, pinned, leaf, draft = row
    (conversation,) = left_out.decoded("conversations", [(conversation_id, body)], _conversation.decode, _salvage)
    return msgspec.structs.replace(
        conversation, id=conversation_id, pinned=bool(pinned), leaf=_text(leaf) or None, draft=_text(draft)
    )


def _text(value: object) -> str:
    """The text of a column: SQLite stores whatever it was given, so that a damaged row may have bytes or a number."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value if isinstance(value, str) else ""


def _salvage(conversation_id: str, body: bytes) -> Conversation:
    return salvage(Conversation, body, id=conversation_id)
