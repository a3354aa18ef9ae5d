"""Voices of one's own: kept, renamed, deleted with undo, carried from one workbench to another as one file."""

from __future__ import annotations

import asyncio
import errno
import time
from collections.abc import Callable, Container
from contextlib import suppress
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from app.core.errors import Code, InputError, StorageError
from app.core.messages import new_id
from app.core.takes import Take, VoiceSnapshot
from app.core.voices import Consent, Voice, mime_of

if TYPE_CHECKING:  # numpy comes with them, which the first seconds do without
    from app.services.speech.ports import Blobs, RecordStore

MAX_FILE_BYTES = 64 * 1024 * 1024


class VoiceFile(msgspec.Struct, frozen=True, tag_field="format", tag="mimo-voice-1"):
    """A voice with its sample, as one JSON file."""

    voice: Voice
    sample: bytes


class VoiceLibrary:
    """The voices that are kept, the newest first, so that a voice stays where it is when it is renamed.

    Attributes:
        voices: as they are now; filled by `load`.
        on_change: called after every change.
    """

    def __init__(self, store: RecordStore[Voice], blobs: Blobs) -> None:
        self._store = store
        self._blobs = blobs
        self.voices: tuple[Voice, ...] = ()
        self.on_change: list[Callable[[], None]] = []
        self._add_lock = asyncio.Lock()

    async def load(self) -> None:
        self.voices = tuple(sorted(await self._store.listed(), key=lambda voice: voice.created, reverse=True))
        for callback in self.on_change:
            callback()

    def voice(self, voice_id: str) -> Voice | None:
        return next((voice for voice in self.voices if voice.id == voice_id), None)

    async def keep_take(self, take: Take, name: str) -> Voice:
        """Freeze a take: its sound becomes the sample, so the voice stays the same from then on.

        Of a name that is taken the next number is, and the same take under the same name is kept once.
        """
        if not take.audio:
            raise InputError(Code.NO_SAMPLE)
        source: Literal["designed", "take"] = "designed" if take.voice.kind == "designed" else "take"
        return await self._add(Voice(
            new_id(), _checked(name), source, take.audio, description=take.voice.description,
            preview_text=take.spoken or take.text, take=take.id, created=time.time(),
        ))  # fmt: skip

    async def save_clone(self, sample: bytes, name: str, statement: str) -> Voice:
        """Keep a cloned voice; `statement` is what the speaker agreed to, empty when nobody agreed.

        Names are numbered, and the same sample is kept once under one, as in `keep_take`.
        Raises InputError NO_NAME, NO_CONSENT or NO_SAMPLE.
        """
        name = _checked(name)
        if not statement:
            raise InputError(Code.NO_CONSENT, field="consent")
        if not sample:
            raise InputError(Code.NO_SAMPLE, field="sample")
        digest = await asyncio.to_thread(self._blobs.put, sample)
        consent = Consent(statement, time.time())
        return await self._add(Voice(
            new_id(), name, "cloned", digest, mime_of(sample), consent=consent, created=time.time(),
        ))  # fmt: skip

    async def rename(self, voice: Voice, name: str) -> None:
        """Call it otherwise; a name that another voice has is numbered. Raises InputError NO_NAME."""
        others = {other.name for other in self.voices if other.id != voice.id}
        await self._keep(msgspec.structs.replace(voice, name=_numbered(_checked(name), others)))

    async def delete(self, voice: Voice) -> None:
        """Out of sight; `restore` undoes it."""
        await self._store.delete(voice.id)
        await self.load()

    async def restore(self, voice: Voice) -> None:
        await self._store.restore(voice.id)
        await self.load()

    async def export(self, voice: Voice, path: Path) -> None:
        """A file that is there is replaced by the whole new one, or stays. Raises FILE_NOT_WRITTEN and DISK_FULL."""
        sample = await asyncio.to_thread(self._blobs.read, voice.sample)
        await asyncio.to_thread(_replace, path, msgspec.json.encode(VoiceFile(voice, sample)))

    async def import_file(self, path: Path) -> Voice:
        """Raises FILE_MISSING, FILE_UNREADABLE or IMPORT_UNREADABLE; nothing is kept then."""
        if not path.is_file():
            raise InputError(Code.FILE_MISSING, path=str(path))
        if path.stat().st_size > MAX_FILE_BYTES:
            raise StorageError(Code.IMPORT_UNREADABLE, path=str(path))
        try:
            found = msgspec.json.decode(await asyncio.to_thread(path.read_bytes), type=VoiceFile)
        except OSError as error:
            raise StorageError(Code.FILE_UNREADABLE, path=str(path), reason=error.strerror or "") from error
        except msgspec.DecodeError as error:
            raise StorageError(Code.IMPORT_UNREADABLE, path=str(path)) from error
        digest = await asyncio.to_thread(self._blobs.put, found.sample)
        voice = msgspec.structs.replace(found.voice, id=new_id(), sample=digest, take="", created=time.time())
        return await self._add(voice, allow_duplicate=True)

    async def _add(self, voice: Voice, *, allow_duplicate: bool = False) -> Voice:
        """A new voice under a name of its own; unless `allow_duplicate`, the one that is there where it is the same."""
        async with self._add_lock:
            existing = next((known for known in self.voices if _is_same(known, voice)), None)
            if existing is not None and not allow_duplicate:
                return existing
            names = {other.name for other in self.voices}
            return await self._keep(msgspec.structs.replace(voice, name=_numbered(voice.name, names)))

    async def _keep(self, voice: Voice) -> Voice:
        await self._store.keep(voice)
        await self.load()
        return voice


def used(voice: Voice) -> VoiceSnapshot:
    """A library voice as a take names it: from its sample, however it came to be."""
    return VoiceSnapshot("cloned", voice.id, voice.name, voice.description, sample=voice.sample)


def _replace(path: Path, content: bytes) -> None:
    sibling = path.with_name(f".{path.name}.part")
    try:
        sibling.write_bytes(content)
        sibling.replace(path)
    except OSError as error:
        with suppress(OSError):
            sibling.unlink(missing_ok=True)
        code = Code.DISK_FULL if error.errno == errno.ENOSPC else Code.FILE_NOT_WRITTEN
        raise StorageError(code, path=str(path), message=error.strerror or "") from error


def _numbered(name: str, taken: Container[str]) -> str:
    """The name, or with the first number from 2 that makes it one of its own."""
    candidates = chain((name,), (f"{name} {number}" for number in count(2)))
    return next(candidate for candidate in candidates if candidate not in taken)


def _is_same(known: Voice, voice: Voice) -> bool:
    """Whether `known` has the sample, take and, apart from a number, the name of `voice`."""
    return (known.sample, known.take) == (voice.sample, voice.take) and _unnumbered(known.name, voice.name)


def _unnumbered(name: str, asked: str) -> bool:
    """Whether a name is the one asked for, or what numbering made of it."""
    return name == asked or (name.startswith(f"{asked} ") and name.removeprefix(f"{asked} ").isdecimal())


def _checked(name: str) -> str:
    if not name.strip():
        raise InputError(Code.NO_NAME, field="name")
    return name.strip()[:200]
