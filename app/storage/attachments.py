"""Moves attachments of messages from `data:` URLs to blobs, and back."""

from __future__ import annotations

import base64
import binascii

import msgspec

from app.core.errors import StorageError
from app.core.messages import Media, Message, Part
from app.storage.blobs import Blobs

PREFIX = "blob:"


def externalise(message: Message, blobs: Blobs) -> Message:
    """Store the attachments of a message as blobs and return it with `blob:` URLs. Raises StorageError."""
    if not any(isinstance(part, Media) and part.url.startswith("data:") for part in message.parts):
        return message
    return msgspec.structs.replace(message, parts=tuple(_externalise(part, blobs) for part in message.parts))


def inline(message: Message, blobs: Blobs) -> Message:
    """Return the message with `data:` URLs. An attachment whose file is missing keeps its `blob:` URL."""
    if not any(isinstance(part, Media) and part.url.startswith(PREFIX) for part in message.parts):
        return message
    return msgspec.structs.replace(message, parts=tuple(_inline(part, blobs) for part in message.parts))


def _externalise(part: Part, blobs: Blobs) -> Part:
    if not isinstance(part, Media):
        return part
    head, _, content = part.url.partition(",")
    # Only URLs that can be restored exactly are externalised.
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
