"""Measures how much takes of equal requests differ, from their stored sound."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import numpy as np

from app.core.drift import TakeMeasures
from app.core.takes import Take
from app.services.speech.ports import Audio, Blobs

MAX_REMEMBERED = 1_000
"""Takes whose pitch is remembered: their sound never changes."""


class DriftMeasuring:
    """Measures takes one after the other, so that the loop never pauses for long."""

    def __init__(self, blobs: Blobs, audio: Audio) -> None:
        self._blobs = blobs
        self._audio = audio
        self._pitches: dict[str, float | None] = {}
        self._measure_lock = asyncio.Lock()

    async def measure(self, takes: Sequence[Take]) -> list[TakeMeasures]:
        """Return the measurements of takes with sound, in their order. Raises StorageError and AudioError."""
        measured: list[TakeMeasures] = []
        for take in takes:
            async with self._measure_lock:
                if take.audio not in self._pitches:
                    self._pitches[take.audio] = await asyncio.to_thread(self._pitch, take)
            measured.append(TakeMeasures(take.frames / take.rate, self._pitches[take.audio], take.loudness))
        while len(self._pitches) > MAX_REMEMBERED:
            del self._pitches[next(iter(self._pitches))]
        return measured

    def _pitch(self, take: Take) -> float | None:
        sound = self._audio.read_sound(self._blobs.read(take.audio))
        return self._audio.pitch(sound.samples.mean(axis=1, dtype=np.float32), sound.rate)
