"""Exports takes as audio files with their settings embedded."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import msgspec

from app.core.errors import AudioError, Code
from app.core.takes import Take
from app.services.atomic_write import write_atomically
from app.services.speech.ports import Audio, Blobs

CONTAINERS = {".wav": "wav", ".flac": "flac", ".mp3": "mp3", ".ogg": "ogg"}


async def export_take(take: Take, path: Path, blobs: Blobs, audio: Audio, *, anonymous: bool = False) -> None:
    """Write a take in the format given by the suffix of `path`; audio that can't be decoded is written as it came.

    An anonymous file holds the sound alone, without text, voice and settings.

    Raises SOUND_FORMAT, SOUND_EMPTY, FILE_NOT_WRITTEN, DISK_FULL, StorageError.
    """
    container = CONTAINERS.get(path.suffix.lower())
    if container is None:
        raise AudioError(Code.SOUND_FORMAT, name=path.name)
    if not take.audio:
        raise AudioError(Code.SOUND_EMPTY)
    if not take.frames:
        await asyncio.to_thread(lambda: write_atomically(path, blobs.read(take.audio)))
        return
    await asyncio.to_thread(_write, take, path, container, blobs, audio, anonymous)


def _write(take: Take, path: Path, container: str, blobs: Blobs, audio: Audio, anonymous: bool) -> None:
    sound = audio.read_sound(blobs.read(take.audio))
    if anonymous:
        audio.write_sound(path, sound, container)
        return
    settings: dict[str, Any] = msgspec.to_builtins(msgspec.structs.replace(take, peaks=b""))
    tags = {"title": take.text[:120], "artist": take.voice.name or take.voice.id, "software": "MiMo Workbench"}
    audio.write_sound(path, sound, container, metadata=tags, settings=settings)
