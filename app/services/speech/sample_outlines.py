"""The waveforms of the library's samples, drawn when they are first seen, and which samples are missing."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import numpy as np

from app.core.errors import AudioError, StorageError
from app.core.observers import Event
from app.core.voices import Voice
from app.services.speech.library import VoiceLibrary
from app.services.speech.ports import Audio, Blobs
from app.services.speech.waveform_peaks import outline

COLUMNS = 96


class SampleOutlines:
    """Draws outlines one after the other in a thread, and stores them with the voices.

    Attributes:
        missing: ids of the voices whose sample is missing, damaged, or no sound.
        on_missing: `missing` has changed.
    """

    def __init__(self, library: VoiceLibrary, blobs: Blobs, audio: Audio) -> None:
        self._library, self._blobs, self._audio = library, blobs, audio
        self.missing: frozenset[str] = frozenset()
        self.on_missing: Event[()] = Event()
        self._damaged: set[str] = set()
        """Digests of samples that can't be read as sound."""
        self._draw_lock = asyncio.Lock()

    async def check(self) -> None:
        """Find the voices whose sample is gone, without reading any."""
        voices = self._library.voices
        gone = await asyncio.to_thread(lambda: {voice.id for voice in voices if not self._has_sample(voice)})
        self._set_missing(frozenset(gone | {voice.id for voice in voices if voice.sample in self._damaged}))

    def _has_sample(self, voice: Voice) -> bool:
        try:
            return voice.sample in self._blobs
        except ValueError:  # A damaged record: the digest is none.
            return False

    async def draw(self, voice_ids: Iterable[str]) -> None:
        """Draw the outlines that voices lack. Raises StorageError if they can't be stored."""
        async with self._draw_lock:
            drawn: dict[str, tuple[bytes, float]] = {}
            for voice_id in voice_ids:
                voice = self._library.voice(voice_id)
                if voice is None or voice.peaks or voice_id in self.missing:
                    continue
                try:
                    drawn[voice_id] = await asyncio.to_thread(self._outline, voice.sample)
                except (AudioError, StorageError, ValueError):
                    # Said on the card and in the detail, where the sample can be replaced.
                    self._damaged.add(voice.sample)
                    self._set_missing(self.missing | {voice_id})
            if drawn:
                await self._library.set_outlines(drawn)

    def _set_missing(self, missing: frozenset[str]) -> None:
        if missing != self.missing:
            self.missing = missing
            self.on_missing.emit()

    def _outline(self, digest: str) -> tuple[bytes, float]:
        sound = self._audio.read_sound(self._blobs.read(digest))
        mono = sound.samples.mean(axis=1, dtype=np.float32, keepdims=True)
        return outline(self._audio.to_pcm16(mono), COLUMNS), sound.seconds
