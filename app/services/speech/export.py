"""Exports takes as audio files with their settings embedded."""

from __future__ import annotations

import asyncio
import errno
from pathlib import Path
from typing import Any

import msgspec

from app.core.errors import AudioError, Code, StorageError
from app.core.takes import Take
from app.services.speech.ports import Audio, Blobs

CONTAINERS = {".wav": "wav", ".flac": "flac", ".mp3": "mp3", ".ogg": "ogg"}


async def export_take(take: Take, path: Path, blobs: Blobs, audio: Audio) -> None:
    """Write a take in the format given by the suffix of `path`; audio that can't be decoded is written as it came.

    Raises SOUND_FORMAT, SOUND_EMPTY, FILE_NOT_WRITTEN, DISK_FULL, StorageError.
    """
    container = CONTAINERS.get(path.suffix.lower())
    if container is None:
        raise AudioError(Code.SOUND_FORMAT, name=path.name)
    if not take.audio:
        raise AudioError(Code.SOUND_EMPTY)
    if not take.frames:
        await asyncio.to_thread(_write_bytes, path, take.audio, blobs)
        return
    await asyncio.to_thread(_write, take, path, container, blobs, audio)


def _write(take: Take, path: Path, container: str, blobs: Blobs, audio: Audio) -> None:
    sound = audio.read_sound(blobs.read(take.audio))
    settings: dict[str, Any] = msgspec.to_builtins(msgspec.structs.replace(take, peaks=b""))
    tags = {"title": take.text[:120], "artist": take.voice.name or take.voice.id, "software": "MiMo Workbench"}
    audio.write_sound(path, sound, container, metadata=tags, settings=settings)


def _write_bytes(path: Path, digest: str, blobs: Blobs) -> None:
    content = blobs.read(digest)
    try:
        path.write_bytes(content)
    except OSError as error:
        code = Code.DISK_FULL if error.errno == errno.ENOSPC else Code.FILE_NOT_WRITTEN
        raise StorageError(code, path=str(path), message=error.strerror or "") from error
