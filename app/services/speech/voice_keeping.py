"""Keeps a candidate as a voice: its best stretch becomes a clone sample, and the same line can be heard both ways."""

from __future__ import annotations

import asyncio
import math
from typing import NamedTuple

from app.core.errors import Code, InputError
from app.core.tags import beginning
from app.core.takes import Take, TakeState
from app.core.voice_rounds import SESSION
from app.core.voices import Voice, VoiceStep
from app.services.models import Models
from app.services.speech.candidate_measures import CandidateMeasures, CandidateMeasuring
from app.services.speech.kept_stretch import Stretch
from app.services.speech.library import VoiceLibrary, used
from app.services.speech.listening import Gain
from app.services.speech.ports import Audio, Blobs, Sound
from app.services.speech.take_service import TakeService

KEPT_SESSION = "design kept"
"""The session of the takes that speak a line again with a voice that was kept."""
_STEP_NAME_LENGTH = 80
_COMPLETE: tuple[TakeState, ...] = ("done", "cut")


class LineDifference(NamedTuple):
    """How the line of a kept voice differs from the candidate: pitch in semitones, None if not measured; its length."""

    semitones: float | None
    seconds: float


class VoiceKeeping:
    """Freezes candidates and has their lines spoken again."""

    def __init__(
        self, library: VoiceLibrary, service: TakeService, models: Models, blobs: Blobs, audio: Audio,
        measuring: CandidateMeasuring,
    ) -> None:  # fmt: skip
        self._library, self._service, self._models = library, service, models
        self._blobs, self._audio, self._measuring = blobs, audio, measuring

    def voice_of(self, take: Take) -> Voice | None:
        """The voice that was kept from a candidate last; None if none was."""
        return next((voice for voice in self._library.voices if voice.take == take.id), None)

    async def keep(self, take: Take, name: str, place: int = 0) -> Voice:
        """Save the best stretch of a candidate as the sample of a new voice, with how it was made.

        `place` is that of the candidate in its round, from 1.
        The same candidate under the same name is kept once. A designed voice is no person's: it needs no consent.
        Raises InputError NO_NAME and NO_SAMPLE, StorageError and AudioError.
        """
        if not name.strip():
            raise InputError(Code.NO_NAME, field="name")
        if not take.audio:
            raise InputError(Code.NO_SAMPLE)
        measures = await self._measuring.measure(take)
        assert measures is not None
        sample, sound = await asyncio.to_thread(self._cut, take, measures.stretch)
        steps = _steps(take, place, measures, sound, len(sample))
        return await self._library.keep_take(take, name, cut=sample, steps=steps)

    def _cut(self, take: Take, stretch: Stretch) -> tuple[bytes, Sound]:
        sound = self._audio.read_sound(self._blobs.read(take.audio))
        cut = self._audio.edited(sound, (self._audio.trim(stretch.start, stretch.stop),))
        return self._audio.wav_bytes(cut), cut

    def speak_line(self, voice: Voice, take: Take, gain: Gain) -> Take:
        """Request the line of a candidate with the voice that was kept from it: one request. It is played at a gain.

        Raises InputError NO_MODEL.
        """
        spec = Take(
            "", used(voice), take.spoken or take.text, model=self._models.chosen("speech-clone"), origin=SESSION,
            session=KEPT_SESSION, parent=take.id, relation="keep",
        )  # fmt: skip
        (spoken,) = self._service.request([spec], title=voice.name, owner=SESSION, listen=gain)
        return spoken

    async def note_line(self, spoken: Take) -> None:
        """Note in a voice the take that speaks its line, once that is complete. Raises StorageError."""
        voice = self._library.voice(spoken.voice.id)
        if voice is not None and spoken.session == KEPT_SESSION and _is_complete(spoken):
            await self._library.note_comparison(voice.id, spoken.id)

    async def line_of(self, voice: Voice) -> Take | None:
        """The take that speaks the line of a voice; None if none does, or it was deleted. Raises StorageError.

        One that was completed while nobody noted it, after a restart, is found by its voice and noted.
        """
        complete = [take for take in await self._service.of_session(KEPT_SESSION) if _is_complete(take)]
        known = next((take for take in complete if take.id == voice.comparison), None)
        found = known or next((take for take in complete if take.voice.id == voice.id), None)
        if found is not None and known is None:
            await self.note_line(found)
        return found

    async def difference(self, take: Take, spoken: Take) -> LineDifference:
        """Measure how the line of the kept voice differs from the candidate. Raises StorageError and AudioError."""
        before, after = await self._measuring.measure(take), await self._measuring.measure(spoken)
        assert before is not None and after is not None
        is_known = before.pitch_hz is not None and after.pitch_hz is not None
        semitones = 12 * math.log2((after.pitch_hz or 1) / (before.pitch_hz or 1)) if is_known else None
        return LineDifference(semitones, after.seconds)


def _is_complete(take: Take) -> bool:
    return take.state in _COMPLETE and bool(take.audio)


def _steps(take: Take, place: int, measures: CandidateMeasures, sound: Sound, size: int) -> tuple[VoiceStep, ...]:
    """How the voice was made: description, candidate, stretch, sample."""
    stretch = measures.stretch
    return (
        VoiceStep("description", beginning(take.voice.description, _STEP_NAME_LENGTH)),
        VoiceStep(
            "take", seconds=measures.seconds, rate=take.rate, channels=sound.channels, number=place or take.number
        ),
        VoiceStep("stretch", seconds=stretch.seconds, rate=stretch.rate, channels=sound.channels),
        VoiceStep("sample", seconds=sound.seconds, rate=sound.rate, channels=sound.channels, size=size),
    )
