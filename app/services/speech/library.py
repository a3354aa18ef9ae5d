"""The user's voice library: saving, changing and deleting voices with undo, and exchange as files."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from app.core.errors import Code, InputError, StorageError, WorkbenchError
from app.core.messages import new_id
from app.core.numbered_names import unique_name
from app.core.observers import Event
from app.core.takes import Take, VoiceSnapshot
from app.core.voices import Consent, Voice, VoiceStep, lacks_consent, mime_of
from app.services.speech.voice_consent import VoiceConsents, inherited, is_same_consent

if TYPE_CHECKING:  # these import numpy, which is not needed during startup
    from app.services.speech.ports import Blobs, RecordStore, TakeStore
    from app.services.speech.voice_files import VoiceFile

MAX_NAME_LENGTH = 200
MAX_TAGS = 20
MAX_TAG_LENGTH = 40
MAX_NOTE_LENGTH = 10_000


class VoiceLibrary:
    """The saved voices, newest first, so that renaming a voice does not move it.

    Attributes:
        voices: the current voices; filled by `load`.
        on_change: the library changed.
        consents: which voices may be spoken.
    """

    def __init__(self, store: RecordStore[Voice], blobs: Blobs, takes: TakeStore | None = None) -> None:
        self._store = store
        self._blobs = blobs
        self.consents = VoiceConsents(store, takes, lambda: self.voices)
        self.voices: tuple[Voice, ...] = ()
        self.on_change: Event[()] = Event()
        self._change_lock = asyncio.Lock()

    async def load(self) -> None:
        async with self._change_lock:
            self._show(await self._store.listed())
            # Older voices that were saved from a take get the consent which that implies, once.
            traced = [(voice, await self.consents.traced(voice)) for voice in self.voices]
            await self._keep([after for before, after in traced if after is not before])

    def voice(self, voice_id: str) -> Voice | None:
        return next((voice for voice in self.voices if voice.id == voice_id), None)

    # -- adding ---------------------------------------------------------------------------------------------------

    async def keep_take(
        self, take: Take, name: str, statement: str = "", *, cut: bytes = b"", steps: tuple[VoiceStep, ...] = ()
    ) -> Voice:
        """Save the audio of a take, or what was `cut` from it, as the sample of a new voice, which no longer varies.

        If the name is taken, a number is appended; saving the same take under the same name again returns the existing
        voice. A voice from what a cloned voice spoke has the consent of that one; `statement` is the text the speaker
        agreed to where that one has none. `steps` tell how the sample was made. Raises InputError NO_SAMPLE, NO_NAME or
        NO_CONSENT.
        """
        if not take.audio:
            raise InputError(Code.NO_SAMPLE)
        source: Literal["designed", "take"] = "designed" if take.voice.kind == "designed" else "take"
        name = _checked(name)
        consent = await self.consents.of_take(take, statement)
        digest = await asyncio.to_thread(self._blobs.put, cut) if cut else take.audio
        step = VoiceStep("take", take.voice.name, seconds=take.frames / take.rate, rate=take.rate, channels=1)
        text = take.spoken or take.text
        return await self._add(Voice(
            new_id(), name, source, digest, mime_of(cut) if cut else "audio/wav", description=take.voice.description,
            preview_text=text, language=spoken_language(text), take=take.id, consent=consent, created=time.time(),
            steps=steps or (step,),
        ))  # fmt: skip

    async def note_comparison(self, voice_id: str, take_id: str) -> None:
        """Note the take that speaks the same line with a voice. Nothing if the voice was deleted."""
        voice = self.voice(voice_id)
        if voice is not None and voice.comparison != take_id:
            await self._keep([msgspec.structs.replace(voice, comparison=take_id)])

    async def save_clone(self, sample: bytes, name: str, statement: str, steps: tuple[VoiceStep, ...] = ()) -> Voice:
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
            new_id(), name, "cloned", digest, mime_of(sample), consent=consent, created=time.time(), steps=steps,
        ))  # fmt: skip

    async def duplicate(self, voice: Voice) -> Voice:
        """Add a copy of a voice with its sample and consent under a numbered name. Raises InputError NO_CONSENT."""
        if lacks_consent(voice):
            raise InputError(Code.NO_CONSENT, voice=voice.name, field="consent")
        consent = inherited(voice.consent, voice.name) if voice.consent is not None else None
        copy = msgspec.structs.replace(
            voice, id=new_id(), consent=consent, created=time.time(), used=0.0, favourite=False,
            steps=(*voice.steps, VoiceStep("copy", voice.name)),
        )  # fmt: skip
        return await self._add(copy, allow_duplicate=True)

    # -- changing -------------------------------------------------------------------------------------------------

    async def update(self, voice_id: str, change: Callable[[Voice], Voice]) -> Voice:
        """Replace a voice by what `change` makes of its present state. Raises StorageError."""
        async with self._change_lock:
            voice = self.voice(voice_id)
            if voice is None:
                raise StorageError(Code.NOT_KEPT, id=voice_id)
            changed = change(voice)
            await self._keep([changed] if changed != voice else [])
            return changed

    async def rename(self, voice: Voice, name: str) -> None:
        """Rename a voice; a number is appended if the name is taken. Raises InputError NO_NAME."""
        others = {other.name for other in self.voices if other.id != voice.id}
        unique = unique_name(_checked(name), others)
        await self.update(voice.id, lambda current: msgspec.structs.replace(current, name=unique))

    async def annotate(
        self, voice_id: str, *, note: str | None = None, language: str | None = None, favourite: bool | None = None
    ) -> None:
        """Change the note, the language or the star of a voice; None leaves a field unchanged. Raises StorageError."""
        fields = {
            "note": note if note is None else note[:MAX_NOTE_LENGTH], "language": language, "favourite": favourite,
        }  # fmt: skip
        given = {name: value for name, value in fields.items() if value is not None}
        await self.update(voice_id, lambda voice: msgspec.structs.replace(voice, **given))

    async def set_tags(self, voice_id: str, tags: Iterable[str]) -> None:
        """Replace the tags of a voice: without empty ones, each once. Raises StorageError."""
        cleaned = dict.fromkeys(" ".join(tag.split())[:MAX_TAG_LENGTH] for tag in tags)
        kept = tuple(tag for tag in cleaned if tag)[:MAX_TAGS]
        await self.update(voice_id, lambda voice: msgspec.structs.replace(voice, tags=kept))

    async def replace_sample(self, voice: Voice, sample: bytes, name: str, statement: str = "") -> Voice:
        """Give a voice another sample, from a file called `name`; return the voice as it was before, for `put_back`.

        The sample it had is simply restored. Any other is a recording, so `statement` says what the speaker agreed to.
        Raises InputError NO_SAMPLE or NO_CONSENT, and StorageError.
        """
        if not sample:
            raise InputError(Code.NO_SAMPLE, field="sample")
        digest = await asyncio.to_thread(self._blobs.put, sample)
        if digest == voice.sample:
            self.on_change.emit()
            return voice
        if not statement:
            raise InputError(Code.NO_CONSENT, voice=voice.name, field="consent")
        consent = Consent(statement, time.time())
        step = VoiceStep("file", name, size=len(sample))
        await self.update(voice.id, lambda current: msgspec.structs.replace(
            current, sample=digest, mime=mime_of(sample), consent=consent, drift=None, comparison="", peaks=b"",
            seconds=0.0, steps=(*current.steps, step),
        ))  # fmt: skip
        return voice

    async def mark_used(self, moments: Mapping[str, float]) -> None:
        """Record when voices last spoke, in Unix time by id; ids of other voices are ignored. Raises StorageError."""
        await self._change({voice_id: partial(_with_use, moment) for voice_id, moment in moments.items()})

    async def set_outlines(self, outlines: Mapping[str, tuple[bytes, float]]) -> None:
        """Store waveforms and lengths of samples by the id of their voice. Raises StorageError."""
        await self._change({
            voice_id: partial(msgspec.structs.replace, peaks=peaks, seconds=seconds)
            for voice_id, (peaks, seconds) in outlines.items()
        })  # fmt: skip

    async def _change(self, changes: Mapping[str, Callable[[Voice], Voice]]) -> None:
        async with self._change_lock:
            changed = [(voice, changes[voice.id](voice)) for voice in self.voices if voice.id in changes]
            await self._keep([after for before, after in changed if after != before])

    # -- consent --------------------------------------------------------------------------------------------------

    async def give_consent(self, voice: Voice, statement: str) -> None:
        """Record that the speaker of a voice agreed to `statement`. Raises InputError NO_CONSENT if that is empty."""
        if not statement:
            raise InputError(Code.NO_CONSENT, field="consent")
        consent = Consent(statement, time.time())
        async with self._change_lock:
            current = self.voice(voice.id) or await self._store.find(voice.id) or voice
            await self._keep([msgspec.structs.replace(current, consent=consent)])

    async def withdraw_consent(self, voice: Voice) -> tuple[Voice, ...]:
        """Withdraw the consent of a voice and of all that have it from this one or share it: none is spoken then.

        Return them as they were before, for `put_back_consents`.
        """
        consent = voice.consent or Consent("", 0.0)
        async with self._change_lock:
            shared = tuple(
                other for other in self.voices if other.id == voice.id or is_same_consent(other.consent, consent)
            )
            now = time.time()
            await self._keep([
                msgspec.structs.replace(
                    other, consent=msgspec.structs.replace(other.consent or consent, withdrawn=now)
                )
                for other in shared
            ])  # fmt: skip
        return shared

    async def put_back_consents(self, voices: Sequence[Voice]) -> None:
        """Give voices the consent that they had, to undo what was given or withdrawn."""
        await self._change({voice.id: partial(msgspec.structs.replace, consent=voice.consent) for voice in voices})

    async def put_back(self, voice: Voice) -> None:
        """Store a voice as it was, to undo a change."""
        async with self._change_lock:
            await self._keep([voice])

    # -- deleting -------------------------------------------------------------------------------------------------

    async def delete(self, *voices: Voice) -> None:
        """Soft-delete voices; `restore` undoes it."""
        async with self._change_lock:
            for voice in voices:
                await self._store.delete(voice.id)
            gone = {voice.id for voice in voices}
            self._show([voice for voice in self.voices if voice.id not in gone])

    async def restore(self, *voices: Voice) -> None:
        for voice in voices:
            await self._store.restore(voice.id)
        await self.load()

    # -- files ----------------------------------------------------------------------------------------------------

    async def export(self, voices: Voice | Sequence[Voice], path: Path) -> None:
        """Write voices with their samples and consent, replacing the file atomically.

        Raises FILE_NOT_WRITTEN and DISK_FULL, and NOT_KEPT or FILE_UNREADABLE for a sample that is missing or damaged.
        """
        # Imported here and below: zip files are not needed during startup.
        from app.services.speech.voice_files import write_voices

        listed = [voices] if isinstance(voices, Voice) else list(voices)
        await asyncio.to_thread(write_voices, path, listed, self._blobs)

    async def import_voices(self, path: Path) -> tuple[Voice, ...]:
        """Add the voices of a file. Nothing is saved if it fails.

        A cloned voice without consent is added too, and asks for it before it is spoken.

        Raises FILE_MISSING, FILE_IS_FOLDER, FILE_IS_SPECIAL, FILE_UNREADABLE, IMPORT_TOO_LARGE or IMPORT_UNREADABLE.
        """
        from app.services.speech.voice_files import FILE_ENDING, read_voices

        stored = await asyncio.to_thread(lambda: [self._stored(found) for found in read_voices(path)])
        step, added = VoiceStep("import", path.name), list[Voice]()
        now = time.time()
        try:
            # The first of the file is the newest, as in the library that it was exported from.
            for place, (voice, digest) in enumerate(reversed(stored)):
                new = msgspec.structs.replace(
                    voice, id=new_id(), name=voice.name.strip() or path.stem.removesuffix(FILE_ENDING), sample=digest,
                    take="", comparison="", used=0.0, created=now + place / 1e6, steps=(*voice.steps, step),
                )  # fmt: skip
                added.append(await self._add(new, allow_duplicate=True))
        except WorkbenchError:
            await self.delete(*added)
            raise
        return tuple(reversed(added))

    def _stored(self, found: VoiceFile) -> tuple[Voice, str]:
        """Store the sample of an imported voice; one that is not used in the end is removed by a later sweep."""
        return found.voice, self._blobs.put(found.sample)

    async def _add(self, voice: Voice, *, allow_duplicate: bool = False) -> Voice:
        """Save a voice under a unique name, or return the existing one if it is the same, unless `allow_duplicate`."""
        async with self._change_lock:
            existing = next((known for known in self.voices if _is_same(known, voice)), None)
            if existing is not None and not allow_duplicate:
                return existing
            names = {other.name for other in self.voices}
            named = msgspec.structs.replace(voice, name=unique_name(_checked(voice.name), names))
            await self._keep([named])
            return named

    async def _keep(self, voices: Sequence[Voice]) -> None:
        """Store voices, and show those that are new or changed; a soft-deleted one stays deleted."""
        if not voices:
            return
        for voice in voices:
            await self._store.keep(voice)
        changed = {voice.id: voice for voice in voices}
        if changed.keys() <= {voice.id for voice in self.voices}:
            self._show([changed.get(voice.id, voice) for voice in self.voices])
        else:
            self._show(await self._store.listed())

    def _show(self, voices: Iterable[Voice]) -> None:
        self.voices = tuple(sorted(voices, key=lambda voice: voice.created, reverse=True))
        self.on_change.emit()


def used(voice: Voice) -> VoiceSnapshot:
    """Return the snapshot of a library voice for a take; all are spoken from their sample."""
    return VoiceSnapshot("cloned", voice.id, voice.name, voice.description, sample=voice.sample)


def _with_use(moment: float, voice: Voice) -> Voice:
    return msgspec.structs.replace(voice, used=max(voice.used, moment))


def spoken_language(text: str) -> str:
    """The language of a text that a voice spoke: `zh` or `en`; empty if it has no letters."""
    if any("\u4e00" <= sign <= "\u9fff" for sign in text):
        return "zh"
    return "en" if any(sign.isascii() and sign.isalpha() for sign in text) else ""


def _is_same(known: Voice, voice: Voice) -> bool:
    """Whether `known` has the sample, take and, apart from a number, the name of `voice`."""
    return (known.sample, known.take) == (voice.sample, voice.take) and _unnumbered(known.name, voice.name)


def _unnumbered(name: str, asked: str) -> bool:
    """Whether a name is the requested one, or that name with a number."""
    return name == asked or (name.startswith(f"{asked} ") and name.removeprefix(f"{asked} ").isdecimal())


def _checked(name: str) -> str:
    if not name.strip():
        raise InputError(Code.NO_NAME, field="name")
    return name.strip()[:MAX_NAME_LENGTH]
