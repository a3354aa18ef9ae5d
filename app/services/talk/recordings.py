"""What the user said, as files of the home."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from app.core.messages import BLOB, Media
from app.services.speech.ports import Audio, Blobs, Samples
from app.services.speech.recognition import RATE


class Recordings:
    """Stores recordings. Every method raises StorageError."""

    def __init__(
        self, blobs: Blobs, audio: Audio, settle: Callable[[str], Awaitable[None]],
        remove_unused: Callable[[str], Awaitable[object]],
    ) -> None:  # fmt: skip
        """`settle` waits until a conversation is saved; `remove_unused` removes a file that nothing refers to."""
        self._blobs, self._audio = blobs, audio
        self._settle, self._remove_unused = settle, remove_unused

    async def media(self, samples: Samples) -> Media:
        """Store a recording of 16 kHz; return it as an attachment, with which a model that hears can be asked."""
        content = await asyncio.to_thread(lambda: self._audio.wav_bytes(self._audio.make_sound(samples, RATE)))
        digest = await asyncio.to_thread(self._blobs.put, content)
        seconds = len(samples) / RATE
        return Media("audio/wav", BLOB + digest, size=len(content), seconds=seconds, format="WAV")

    async def discard(self, media: Media, conversation_id: str) -> None:
        """Remove a recording that a message no longer has."""
        await self._settle(conversation_id)
        await self._remove_unused(media.digest)
