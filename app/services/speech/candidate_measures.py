"""Measures the candidates of a voice: pitch, pace, and the stretch that would be frozen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import NamedTuple

from app.core.speech_pace import pace_of
from app.core.takes import Take
from app.services.speech.kept_stretch import Stretch, best_stretch, phrases_of
from app.services.speech.ports import Audio, Blobs

MAX_REMEMBERED = 500
"""Takes whose measures are remembered: their sound never changes."""


class CandidateMeasures(NamedTuple):
    """What was measured of a candidate.

    Attributes:
        pitch_hz: the median pitch of its voiced parts; None if too little is voiced.
        pace: syllables of its text per second of speech, without pauses; None if that can't be told.
        seconds: its length.
        stretch: what would be frozen.
    """

    pitch_hz: float | None
    pace: float | None
    seconds: float
    stretch: Stretch


class CandidateMeasuring:
    """Measures takes one after the other, in threads."""

    def __init__(self, blobs: Blobs, audio: Audio) -> None:
        self._blobs, self._audio = blobs, audio
        self._known: dict[str, CandidateMeasures] = {}
        self._measure_lock = asyncio.Lock()

    def known(self, take: Take) -> CandidateMeasures | None:
        """What was measured of a take before; None if it was not measured yet."""
        return self._known.get(take.audio)

    async def measure(self, take: Take, is_wanted: Callable[[], bool] = lambda: True) -> CandidateMeasures | None:
        """Return the measures of a take with sound; None where they are not wanted any more when its turn comes.

        Raises StorageError and AudioError.
        """
        async with self._measure_lock:
            if take.audio not in self._known:
                if not is_wanted():
                    return None
                self._known[take.audio] = await asyncio.to_thread(self._measured, take)
                while len(self._known) > MAX_REMEMBERED:
                    del self._known[next(iter(self._known))]
            return self._known.get(take.audio)

    def _measured(self, take: Take) -> CandidateMeasures:
        sound = self._audio.read_sound(self._blobs.read(take.audio))
        analysis = self._audio.analyse(sound.samples, sound.rate)
        stretch = best_stretch(
            phrases_of(analysis, sound, self._audio), analysis.frames, analysis.rate,
            ends_abruptly=analysis.abrupt_end,
        )  # fmt: skip
        pace = pace_of(take.spoken or take.text, analysis.seconds * analysis.speech_share)
        return CandidateMeasures(analysis.pitch, pace, analysis.seconds, stretch)
