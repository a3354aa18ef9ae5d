"""Conversation files with their attachments, written and read piece by piece: together they may exceed the memory."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO
from uuid import uuid4

import msgspec

from app.core.bounds import TooLarge
from app.core.conversation import Conversation
from app.core.messages import BLOB, Media, Message, with_media
from app.storage.blobs import Blobs, BlobWriter

_PIECE_BYTES = 768 * 1024
"""Bytes of a file that are encoded at once, a multiple of 3; base64 has 4 characters for each 3."""
_LONGEST_BEGINNING = 300
_FILE = re.compile(rb'"url": ?"data:[^"\\,;]{1,200};base64,')
"""Begins an attachment. In the text of a message its quotes would be escaped."""


def with_marks(
    conversation: Conversation, messages: Iterable[Message], blobs: Blobs
) -> tuple[Conversation, tuple[Message, ...], bytes, list[str]]:
    """The same with `data:` URLs that have a mark in place of each file; the mark, and the digests in that order.

    Previews are left out. An attachment whose file is missing or damaged keeps its `blob:` URL.
    """
    mark = uuid4().hex
    digests: list[str] = []

    def marked(media: Media) -> Media:
        digest = media.url.removeprefix(BLOB)
        try:
            if digest == media.url or not blobs.sound(digest):
                return media
        except ValueError:
            return media
        digests.append(digest)
        return msgspec.structs.replace(media, url=f"data:{media.mime};base64,{mark}", preview="")

    # In the order in which they are encoded: the fields of the conversation come first.
    draft = tuple(marked(media) for media in conversation.attachments)
    whole = tuple(msgspec.structs.replace(message, parts=with_media(message.parts, marked)) for message in messages)
    return msgspec.structs.replace(conversation, attachments=draft), whole, mark.encode(), digests


def with_files(text: bytes, mark: bytes, digests: list[str], blobs: Blobs) -> Iterator[bytes]:
    """Yield a text with the base64 of a file in place of each mark. Raises OSError."""
    first, *others = text.split(mark)
    yield first
    for digest, piece in zip(digests, others, strict=True):
        with blobs.path(digest).open("rb") as file:
            while data := file.read(_PIECE_BYTES):
                yield binascii.b2a_base64(data, newline=False)
        yield piece


def read_without_files(path: Path, blobs: Blobs, max_bytes: int) -> bytes:
    """Return the text of a file, with `blob:` URLs for the attachments in it, which are stored.

    Raises OSError, StorageError, TooLarge for a text of more than `max_bytes`, and ValueError for invalid base64.
    """
    text, rest = bytearray(), b""
    with path.open("rb") as file:
        while True:
            found = _FILE.search(rest)
            if found is not None:
                text += rest[: found.start()]
                digest, rest = _stored(file, rest[found.end() :], blobs)
                text += b'"url":"' + BLOB.encode() + digest.encode() + b'"'
            else:
                text += rest[:-_LONGEST_BEGINNING]
                rest = rest[-_LONGEST_BEGINNING:]
                piece = file.read(_PIECE_BYTES)
                if not piece:
                    return bytes(text + rest)
                rest += piece
            if len(text) > max_bytes:
                raise TooLarge(f"more than {max_bytes} bytes without attachments")


def _stored(file: IO[bytes], rest: bytes, blobs: Blobs) -> tuple[str, bytes]:
    """Store the base64 up to the next quote. Returns the digest and what was read behind the quote."""
    with blobs.writer() as writer:
        while (end := rest.find(b'"')) < 0:
            whole = len(rest) - len(rest) % 4
            _write(writer, rest[:whole])
            piece = file.read(_PIECE_BYTES)
            if not piece:
                raise ValueError("the file ends within an attachment")
            rest = rest[whole:] + piece
        _write(writer, rest[:end])
        return writer.finish(), rest[end + 1 :]


def _write(writer: BlobWriter, encoded: bytes) -> None:
    writer.write(binascii.a2b_base64(encoded, strict_mode=True))
