"""After an unclean end: what was streaming or speaking is marked as cut, with everything of it that was kept."""

from __future__ import annotations

import io
import sqlite3
import wave

import msgspec

from app.core.messages import Message, Part, Reply, ToolCall
from app.core.takes import Take
from app.storage.attachments import inline
from app.storage.blobs import Blobs
from app.storage.conversations import write_message
from app.storage.database_executor import DatabaseExecutor
from app.storage.takes import read_take, write_take

_FILES = (b"RIFF", b"ID3", b"fLaC", b"OggS")

_message = msgspec.json.Decoder(Message)


def finish_interrupted(
    connection: sqlite3.Connection, access: DatabaseExecutor, blobs: Blobs
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids of the messages and of the takes that were cut.

    Once this is committed, and not before, what the takes had under their names may be forgotten.
    """
    rows = connection.execute("SELECT id, CAST(body AS BLOB), conversation FROM messages WHERE open").fetchall()
    cut: list[str] = []
    for message_id, body, conversation_id in rows:
        for message in access.left_out.decoded("messages", [(message_id, body)], _message.decode):
            write_message(connection, access, blobs, conversation_id, cut_message(inline(message, blobs)))
            cut.append(message_id)
    # A conversation is kept before the message it shows last.
    connection.execute(
        "UPDATE conversations SET leaf = "
        "(SELECT id FROM messages WHERE conversation = conversations.id ORDER BY number DESC LIMIT 1) "
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
            # A sound that can't be read must not keep everything else from being opened; it stays for a week.
            access.left_out.add("takes", take.id)
            write_take(connection, access, msgspec.structs.replace(take, state="failed"))
    return tuple(cut), tuple(ended)


def cut_message(message: Message) -> Message:
    """The step that was open ends with `error`, calls that had no result are stopped."""
    steps = max((part.step for part in message.parts if hasattr(part, "step")), default=-1) + 1
    model = message.replies[-1].model if message.replies else ""
    replies = message.replies
    # A call without its result means that the loop was not through, even where each exchange was.
    while len(replies) < max(steps, 1):
        replies += (Reply(model, model, "error"),)
    if replies == message.replies:
        replies = (*replies[:-1], msgspec.structs.replace(replies[-1], finish="error"))
    return msgspec.structs.replace(message, parts=tuple(_stopped(part) for part in message.parts), replies=replies)


def cut_take(take: Take, blobs: Blobs) -> Take:
    """With the sound that had arrived, raw PCM as WAV; without any it failed.

    Raises OSError when the sound can't be read, StorageError when it can't be written.
    """
    path = blobs.partial(take.id)
    if path is None:
        return msgspec.structs.replace(take, state="failed")
    sound = path.read_bytes()
    frames = take.frames
    if is_raw(take, sound):
        frames = len(sound) // 2
        sound = as_wav(sound[: frames * 2], take.rate)
    return msgspec.structs.replace(take, state="cut", audio=blobs.put(sound), frames=frames)


def is_raw(take: Take, sound: bytes) -> bool:
    """Whether what arrived is PCM without a header: streams are, and whatever is no file by its first bytes.

    An MP3 may begin with any frame, and near silence looks like one: so only what was asked for tells it.
    """
    return not sound.startswith(_FILES) and (take.stream or take.container != "mp3")


def as_wav(pcm: bytes, rate: int) -> bytes:
    """16-bit little-endian mono PCM with a WAV header."""
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(rate)
        writer.writeframes(pcm)
    return file.getvalue()


def _stopped(part: Part) -> Part:
    if isinstance(part, ToolCall) and part.state in ("streaming", "waiting", "running"):
        return msgspec.structs.replace(part, state="stopped")
    return part
