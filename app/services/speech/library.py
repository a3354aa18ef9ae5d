"""The user's voice library: saving, renaming, deleting with undo, and exchange as files."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from app.core.bounds import TooLarge, check_json
from app.core.errors import Code, InputError, StorageError
from app.core.given_files import problem_of
from app.core.messages import new_id
from app.core.numbered_names import unique_name
from app.core.observers import Event
from app.core.tags import language_of
from app.core.takes import Take, VoiceSnapshot
from app.core.voices import Consent, Voice, VoiceStep, mime_of
from app.services.atomic_write import write_atomically

if TYPE_CHECKING:  # these import numpy, which is not needed during startup
    from app.services.speech.ports import Blobs, RecordStore

MAX_FILE_BYTES = 64 * 1024 * 1024


class VoiceFile(msgspec.Struct, frozen=True, tag_field="format", tag="mimo-voice-1"):
    """A voice with its sample, as one JSON file."""

    voice: Voice
    sample: bytes


class VoiceLibrary:
    """The saved voices, newest first, so that renaming a voice does not move it.

    Attributes:
        voices: the current voices; filled by `load`.
        on_change: the library changed.
    """

    def __init__(self, store: RecordStore[Voice], blobs: Blobs) -> None:
        self._store = store
        self._blobs = blobs
        self.voices: tuple[Voice, ...] = ()
        self.on_change: Event[()] = Event()
        self._add_lock = asyncio.Lock()

    async def load(self) -> None:
        self.voices = tuple(sorted(await self._store.listed(), key=lambda voice: voice.created, reverse=True))
        self.on_change.emit()

    def voice(self, voice_id: str) -> Voice | None:
        return next((voice for voice in self.voices if voice.id == voice_id), None)

    async def keep_take(self, take: Take, name: str) -> Voice:
        """Save the audio of a take as the sample of a new voice, so that the voice no longer varies.

        If the name is taken, a number is appended; saving the same take under the same name again returns the existing
        voice.
        """
        if not take.audio:
            raise InputError(Code.NO_SAMPLE)
        source: Literal["designed", "take"] = "designed" if take.voice.kind == "designed" else "take"
        return await self._add(Voice(
            new_id(), _checked(name), source, take.audio, description=take.voice.description,
            preview_text=take.spoken or take.text, take=take.id, created=time.time(),
        ))  # fmt: skip

    async def keep_stretch(self, take: Take, name: str, sample: bytes, steps: tuple[VoiceStep, ...]) -> Voice:
        """Save a stretch of a designed take as the sample of a new voice, with how it was made; else as `keep_take`."""
        digest = await asyncio.to_thread(self._blobs.put, sample)
        return await self._add(Voice(
            new_id(), _checked(name), "designed", digest, mime_of(sample), description=take.voice.description,
            preview_text=take.spoken or take.text, language=language_of(take.spoken or take.text), take=take.id,
            created=time.time(), steps=steps,
        ))  # fmt: skip

    async def note_comparison(self, voice_id: str, take_id: str) -> None:
        """Note the take that speaks the same line with a voice. Nothing if the voice was deleted."""
        voice = self.voice(voice_id)
        if voice is not None and voice.comparison != take_id:
            await self._keep(msgspec.structs.replace(voice, comparison=take_id))

    async def save_clone(self, sample: bytes, name: str, statement: str) -> Voice:
        """Save a cloned voice; `statement` is the text the speaker agreed to, empty without consent.

        Names are numbered and duplicates avoided as in `keep_take`. Raises InputError NO_NAME, NO_CONSENT or NO_SAMPLE.
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
        """Rename a voice; a number is appended if the name is taken. Raises InputError NO_NAME."""
        others = {other.name for other in self.voices if other.id != voice.id}
        await self._keep(msgspec.structs.replace(voice, name=unique_name(_checked(name), others)))

    async def delete(self, voice: Voice) -> None:
        """Soft-delete a voice; `restore` undoes it."""
        await self._store.delete(voice.id)
        await self.load()

    async def restore(self, voice: Voice) -> None:
        await self._store.restore(voice.id)
        await self.load()

    async def export(self, voice: Voice, path: Path) -> None:
        """Write a voice with its sample, replacing the file atomically. Raises FILE_NOT_WRITTEN and DISK_FULL."""
        sample = await asyncio.to_thread(self._blobs.read, voice.sample)
        await asyncio.to_thread(write_atomically, path, msgspec.json.encode(VoiceFile(voice, sample)))

    async def import_file(self, path: Path) -> Voice:
        """Add a voice from a file. Nothing is saved if it fails.

        Raises FILE_MISSING, FILE_IS_FOLDER, FILE_IS_SPECIAL, FILE_UNREADABLE, IMPORT_TOO_LARGE or IMPORT_UNREADABLE.
        """
        try:
            if (problem := problem_of(path)) is not None:
                raise InputError(problem, path=str(path))
            found = await asyncio.to_thread(_read_voice_file, path)
        except OSError as error:
            raise StorageError(Code.FILE_UNREADABLE, path=str(path), reason=error.strerror or "") from error
        except TooLarge as error:
            raise StorageError(Code.IMPORT_TOO_LARGE, path=str(path), message=str(error)) from error
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise StorageError(Code.IMPORT_UNREADABLE, path=str(path)) from error
        digest = await asyncio.to_thread(self._blobs.put, found.sample)
        voice = msgspec.structs.replace(found.voice, id=new_id(), sample=digest, take="", created=time.time())
        return await self._add(voice, allow_duplicate=True)

    async def _add(self, voice: Voice, *, allow_duplicate: bool = False) -> Voice:
        """Save a voice under a unique name, or return the existing one if it is the same, unless `allow_duplicate`."""
        async with self._add_lock:
            existing = next((known for known in self.voices if _is_same(known, voice)), None)
            if existing is not None and not allow_duplicate:
                return existing
            names = {other.name for other in self.voices}
            return await self._keep(msgspec.structs.replace(voice, name=unique_name(voice.name, names)))

    async def _keep(self, voice: Voice) -> Voice:
        await self._store.keep(voice)
        await self.load()
        return voice


def used(voice: Voice) -> VoiceSnapshot:
    """Return the snapshot of a library voice for a take; all are spoken from their sample."""
    return VoiceSnapshot("cloned", voice.id, voice.name, voice.description, sample=voice.sample)


def _read_voice_file(path: Path) -> VoiceFile:
    with path.open("rb") as file:
        content = file.read(MAX_FILE_BYTES + 1)
    check_json(content, MAX_FILE_BYTES)
    return msgspec.json.decode(content, type=VoiceFile)


def _is_same(known: Voice, voice: Voice) -> bool:
    """Whether `known` has the sample, take and, apart from a number, the name of `voice`."""
    return (known.sample, known.take) == (voice.sample, voice.take) and _unnumbered(known.name, voice.name)


def _unnumbered(name: str, asked: str) -> bool:
    """Whether a name is the requested one, or that name with a number."""
    return name == asked or (name.startswith(f"{asked} ") and name.removeprefix(f"{asked} ").isdecimal())


def _checked(name: str) -> str:
    if not name.strip():
        raise InputError(Code.NO_NAME, field="name")
    return name.strip()[:200]
