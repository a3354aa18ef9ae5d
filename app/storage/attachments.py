"""Moves attachments of messages from `data:` URLs to blobs, and back for a file that is given away."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable

import msgspec

from app.core.errors import StorageError
from app.core.messages import BLOB, Media, Message, media_of, with_media
from app.storage.blobs import Blobs


def externalise(message: Message, blobs: Blobs) -> Message:
    """Store the attachments of a message as blobs and return it with `blob:` URLs. Raises StorageError."""
    return _with_urls(message, "data:", lambda media: _externalise(media, blobs))


def inline(message: Message, blobs: Blobs) -> Message:
    """Return the message with `data:` URLs and without previews, for a file of its own.

    An attachment whose file is missing keeps its `blob:` URL.
    """
    return _with_urls(message, BLOB, lambda media: _inline(media, blobs))


def with_message_files(message: Message, change: Callable[[Media], Media]) -> Message:
    """The message with each of its files changed: those of its parts, then the recording of what was spoken."""
    parts = with_media(message.parts, change)
    spoken = message.spoken
    if spoken is not None and spoken.recording is not None:
        spoken = msgspec.structs.replace(spoken, recording=change(spoken.recording))
    return msgspec.structs.replace(message, parts=parts, spoken=spoken)


def _with_urls(message: Message, beginning: str, change: Callable[[Media], Media]) -> Message:
    recording = message.spoken.recording if message.spoken is not None else None
    files = (*media_of(message.parts), recording)
    if not any(media is not None and media.url.startswith(beginning) for media in files):
        return message
    return with_message_files(message, change)


def _externalise(part: Media, blobs: Blobs) -> Media:
    head, _, content = part.url.partition(",")
    # Only URLs that can be restored exactly are externalised.
    if head != f"data:{part.mime};base64":
        return part
    try:
        data = base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        return part
    return msgspec.structs.replace(part, url=BLOB + blobs.put(data))


def _inline(part: Media, blobs: Blobs) -> Media:
    if not part.url.startswith(BLOB):
        return part
    try:
        data = blobs.read(part.url.removeprefix(BLOB))
    except (StorageError, ValueError):
        return part
    address = f"data:{part.mime};base64,{base64.b64encode(data).decode()}"
    return msgspec.structs.replace(part, url=address, preview="")
