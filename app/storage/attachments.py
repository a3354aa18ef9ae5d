"""Attachments of messages leave the text as files and come back into it as the `data:` address they were."""

from __future__ import annotations

import base64
import binascii

import msgspec

from app.core.errors import StorageError
from app.core.messages import Media, Message, Part
from app.storage.blobs import Blobs

PREFIX = "blob:"


def externalise(message: Message, blobs: Blobs) -> Message:
    """The message with the bytes of its attachments kept as blobs. Raises StorageError."""
    if not any(isinstance(part, Media) and part.url.startswith("data:") for part in message.parts):
        return message
    return msgspec.structs.replace(message, parts=tuple(_externalise(part, blobs) for part in message.parts))


def inline(message: Message, blobs: Blobs) -> Message:
    """The message as it was. An attachment whose file is gone keeps its `blob:` address: the words are still there."""
    if not any(isinstance(part, Media) and part.url.startswith(PREFIX) for part in message.parts):
        return message
    return msgspec.structs.replace(message, parts=tuple(_inline(part, blobs) for part in message.parts))


def _externalise(part: Part, blobs: Blobs) -> Part:
    if not isinstance(part, Media):
        return part
    head, _, content = part.url.partition(",")
    # Only what comes back to the letter is taken out.
    if head != f"data:{part.mime};base64":
        return part
    try:
        data = base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        return part
    return msgspec.structs.replace(part, url=PREFIX + blobs.put(data))


def _inline(part: Part, blobs: Blobs) -> Part:
    if not isinstance(part, Media) or not part.url.startswith(PREFIX):
        return part
    try:
        data = blobs.read(part.url.removeprefix(PREFIX))
    except (StorageError, ValueError):
        return part
    return msgspec.structs.replace(part, url=f"data:{part.mime};base64,{base64.b64encode(data).decode()}")
