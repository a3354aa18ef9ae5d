"""Plays the sample of a voice beside what the voice spoke, at equal loudness."""

from __future__ import annotations

import asyncio

from app.core.takes import Take, VoiceSnapshot
from app.core.voices import Voice
from app.services.speech.loudness_matching import equal_gains
from app.services.speech.ports import Audio, Blobs, Loudness

MAX_REMEMBERED = 500
SAMPLE = "sample"


class SampleComparison:
    """Measures the loudness of samples, each once."""

    def __init__(self, blobs: Blobs, audio: Audio) -> None:
        self._blobs, self._audio = blobs, audio
        self._measured: dict[str, Loudness] = {}

    async def gains(self, voice: Voice, spoken: Take) -> dict[str, float]:
        """The gains in dB of `SAMPLE` and of the id of the take at equal loudness. Raises StorageError and AudioError.

        Empty where one of them is silent.
        """
        if voice.sample not in self._measured:
            measured = await asyncio.to_thread(self._measure, voice.sample)
            self._measured[voice.sample] = measured
            while len(self._measured) > MAX_REMEMBERED:
                del self._measured[next(iter(self._measured))]
        loudness = self._measured[voice.sample]
        sample = Take(SAMPLE, VoiceSnapshot("cloned"), loudness=loudness.integrated, true_peak=loudness.true_peak)
        gains = equal_gains((sample, spoken))
        return gains if len(gains) == 2 else {}

    def _measure(self, digest: str) -> Loudness:
        sound = self._audio.read_sound(self._blobs.read(digest))
        return self._audio.measure(sound.samples, sound.rate)
