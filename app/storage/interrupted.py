"""After an unclean exit: marks messages and takes that were in progress as cut, keeping what was saved of them."""

from __future__ import annotations

import sqlite3

import msgspec

from app.core.messages import Message, Part, Reply, ToolCall
from app.core.takes import Take
from app.core.wav import frames_in, repaired, wav_header
from app.storage.blobs import Blobs
from app.storage.conversations import write_message
from app.storage.database_executor import DatabaseExecutor
from app.storage.takes import read_take, write_take

_FILES = (b"RIFF", b"ID3", b"fLaC", b"OggS")

_message = msgspec.json.Decoder(Message)


def finish_interrupted(
    connection: sqlite3.Connection, access: DatabaseExecutor, blobs: Blobs
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Mark interrupted messages and takes as cut; return their ids.

    The partial audio of the takes may be removed only after this is committed.
    """
    rows = connection.execute("SELECT id, CAST(body AS BLOB), conversation FROM messages WHERE open").fetchall()
    cut: list[str] = []
    for message_id, body, conversation_id in rows:
        for message in access.left_out.decoded("messages", [(message_id, body)], _message.decode):
            write_message(connection, access, blobs, conversation_id, cut_message(message))
            cut.append(message_id)
    # A conversation is saved before its leaf message, so the leaf may be missing.
    connection.execute(
        "UPDATE conversations SET leaf = "
        "(SELECT id FROM messages WHERE conversation = conversations.id AND deleted IS NULL "
        "ORDER BY number DESC LIMIT 1) "
        "WHERE leaf IS NOT NULL AND NOT EXISTS (SELECT 1 FROM messages WHERE id = leaf)"
    )
    speaking = connection.execute("SELECT id, CAST(body AS BLOB) FROM takes WHERE open").fetchall()
    takes = access.left_out.decoded("takes", speaking, read_take)
    ended: list[str] = []
    for take in takes:
        try:
            write_take(connection, access, cut_take(take, blobs))
            ended.append(take.id)
        except OSError:
            # Unreadable audio must not prevent opening the database; the file stays for a week.
            access.left_out.add("takes", take.id)
            write_take(connection, access, msgspec.structs.replace(take, state="failed", error="closed"))
    return tuple(cut), tuple(ended)


def cut_message(message: Message) -> Message:
    """Return the message with its open step ended by `error` and unanswered tool calls stopped."""
    steps = max((part.step for part in message.parts if hasattr(part, "step")), default=-1) + 1
    model = message.replies[-1].model if message.replies else ""
    replies = list(message.replies)
    # A tool call without a result means that the turn was not complete, even if each exchange was.
    while len(replies) < max(steps, 1):
        replies.append(Reply(model, model, "error"))
    if len(replies) == len(message.replies):
        replies[-1] = msgspec.structs.replace(replies[-1], finish="error")
    parts = tuple(_stopped(part) for part in message.parts)
    return msgspec.structs.replace(message, parts=parts, replies=tuple(replies))


def cut_take(take: Take, blobs: Blobs) -> Take:
    """Return the take with the audio that had arrived (raw PCM becomes WAV), or marked as failed if there is none.

    Raises OSError if the audio can't be read, StorageError if it can't be written.
    """
    path = blobs.partial(take.id)
    if path is None:
        return msgspec.structs.replace(take, state="failed", error="closed")
    sound = path.read_bytes()
    frames = take.frames
    whole = repaired(sound)
    if whole is not None:
        sound, frames = whole, frames_in(whole)
    elif is_raw(take, sound):
        frames = len(sound) // 2
        sound = as_wav(sound[: frames * 2], take.rate)
    if whole is not None and not frames:
        return msgspec.structs.replace(take, state="failed", error="closed")
    return msgspec.structs.replace(take, state="cut", audio=blobs.put(sound), frames=frames, error="closed")


def is_raw(take: Take, sound: bytes) -> bool:
    """Whether the audio is PCM without a header: a stream, or content without a known file signature.

    An MP3 may begin with any frame, and near silence looks like one, so the requested container decides.
    """
    return not sound.startswith(_FILES) and (take.stream or take.container != "mp3")


def as_wav(pcm: bytes, rate: int) -> bytes:
    """Add a WAV header to 16-bit little-endian mono PCM."""
    return wav_header(rate, len(pcm)) + pcm


def _stopped(part: Part) -> Part:
    if isinstance(part, ToolCall) and part.state in ("streaming", "waiting", "running"):
        return msgspec.structs.replace(part, state="stopped")
    return part
