"""Prepares a clone sample: checks, reversible fixes, and the encoded sample to send (WIRE.md section 3.4)."""

from __future__ import annotations

import asyncio
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec

from app.core.errors import Code, InputError
from app.core.units import frames_to_milliseconds
from app.services.speech.ports import Audio, Sound
from app.services.speech.waveform_peaks import outline

MAX_ENCODED_BYTES = 10 * 1024 * 1024 - len("data:audio/mpeg;base64,")
WARN_ENCODED_BYTES = 10_000_000
MAX_SECONDS = 600.0
MIN_SPEECH_SECONDS = 3.0
"""With less speech a voice hardly resembles its sample; no limit of the service is known (WIRE.md section 3.4)."""

Grade = Literal["good", "warn", "bad"]


class Check(StrEnum):
    """A property that is checked; `app.ui.texts.voices` has the labels."""

    LENGTH = "length"
    CLIPPING = "clipping"
    NOISE = "noise"
    SPEECH = "speech"
    SILENCE = "silence"
    BANDWIDTH = "bandwidth"
    HUM = "hum"
    LEVEL = "level"
    CHANNELS = "channels"
    SIZE = "size"


class Fix(StrEnum):
    """A reversible fix; the original is kept."""

    TRIM = "trim"
    LEVEL = "level"
    MONO = "mono"


class Finding(msgspec.Struct, frozen=True):
    """The result of one check: grade, measured value in the unit of the check, and the fix that helps."""

    check: Check
    grade: Grade
    value: float | None
    fix: Fix | None = None


class _State(NamedTuple):
    """The editable state."""

    name: str
    original: Sound | None
    trim: tuple[int, int]
    fixes: frozenset[Fix]


class SampleEditor:
    """Edits one sample.

    Attributes:
        name: name of the source file.
        original: the sound as it was read; None before.
        edited: the original with trim and fixes, which is played and sent.
        encoded: `edited` as WAV.
        findings: check results for `edited`.
        fixes: the enabled fixes.
    """

    def __init__(self, audio: Audio) -> None:
        self._audio = audio
        self._last_request = 0
        self._shown_request = 0
        # Edits are applied one after the other, each to the result of the previous one.
        self._edit_lock = asyncio.Lock()
        self._set(_State("", None, (0, 0), frozenset()))
        self.edited: Sound | None = None
        self.encoded = b""
        self.findings: tuple[Finding, ...] = ()

    def _set(self, state: _State) -> None:
        self.name, self.original, self.trim, self.fixes = state

    @property
    def milliseconds(self) -> int:
        return 0 if self.original is None else round(1000 * self.original.seconds)

    @property
    def speech(self) -> float:
        """Seconds of speech in `edited`."""
        return next((found.value or 0.0 for found in self.findings if found.check is Check.LENGTH), 0.0)

    def peaks(self) -> list[tuple[float, float]]:
        """Return the waveform of the original as (lowest, highest) pairs within ±1."""
        if self.original is None:
            return []
        mono = self.original.samples.mean(axis=1, keepdims=True)
        packed = memoryview(outline(self._audio.to_pcm16(mono), 600)).cast("b")
        return [(packed[at] / 128, packed[at + 1] / 128) for at in range(0, len(packed), 2)]

    async def open(self, path: Path) -> bool:
        """Load a file as the sample. Returns False if a later request was already loaded.

        Raises AudioError if it is not audio, InputError SAMPLE_TOO_LARGE; the previous sample is kept then.
        """
        self._last_request += 1
        request = self._last_request
        sound = await asyncio.to_thread(self._audio.read_sound, path)
        if sound.seconds > MAX_SECONDS:
            raise InputError(Code.SAMPLE_TOO_LARGE, limit=f"{MAX_SECONDS:.0f} s")
        async with self._edit_lock:
            if request < self._shown_request:
                return False
            await self._update(_State(path.name, sound, (0, round(1000 * sound.seconds)), frozenset()))
            self._shown_request = request
            return True

    async def set_fix(self, fix: Fix, on: bool) -> None:
        """Enable or disable a fix; `TRIM` trims silence at both ends."""
        original = self.original
        async with self._edit_lock:
            if original is None or original is not self.original:
                return
            trim = self.trim
            if fix is Fix.TRIM:
                start, stop = await asyncio.to_thread(self._audio.spoken_span, original)
                spoken = (frames_to_milliseconds(start, original.rate), frames_to_milliseconds(stop, original.rate))
                trim = spoken if on else (0, self.milliseconds)
            fixes = self.fixes | {fix} if on else self.fixes - {fix}
            await self._update(_State(self.name, original, trim, fixes))

    async def set_trim(self, start: int, stop: int) -> None:
        """Trim to a range in milliseconds of the original."""
        original = self.original
        async with self._edit_lock:
            # The request does not apply to another sample loaded meanwhile.
            if original is not None and original is self.original:
                await self._update(_State(self.name, original, (start, stop), self.fixes))

    async def _update(self, state: _State) -> None:
        """Apply a state completely, or leave everything unchanged if an edit fails."""
        assert state.original is not None
        edited, encoded, found = await asyncio.to_thread(self._apply, state.original, state.trim, state.fixes)
        self._set(state)
        self.edited, self.encoded, self.findings = edited, encoded, found

    def _apply(
        self, original: Sound, trim: tuple[int, int], fixes: frozenset[Fix]
    ) -> tuple[Sound, bytes, tuple[Finding, ...]]:
        edits: list[Any] = []
        if trim != (0, round(1000 * original.seconds)):
            edits.append(self._audio.trim(trim[0] * original.rate // 1000, trim[1] * original.rate // 1000))
        if Fix.MONO in fixes:
            edits.append(self._audio.mono())
        if Fix.LEVEL in fixes:
            edits.append(self._audio.level())
        edited = self._audio.edited(original, tuple(edits)) if edits else original
        encoded = self._audio.wav_bytes(edited)
        return edited, encoded, findings(self._audio.analyse(edited.samples, edited.rate), len(encoded))

    def sample(self) -> bytes:
        """Return the WAV to send. Raises NO_SAMPLE, SAMPLE_SILENT and SAMPLE_TOO_LARGE."""
        if self.edited is None:
            raise InputError(Code.NO_SAMPLE, field="sample")
        if not self.speech:
            raise InputError(Code.SAMPLE_SILENT, field="sample")
        if base64_size(len(self.encoded)) > MAX_ENCODED_BYTES:
            raise InputError(Code.SAMPLE_TOO_LARGE, limit="10 MB", size=base64_size(len(self.encoded)))
        return self.encoded


def base64_size(size: int) -> int:
    """Return the length of `size` bytes as base64."""
    return (size + 2) // 3 * 4


def findings(analysis: Any, encoded_bytes: int) -> tuple[Finding, ...]:
    """Run every check in display order. `analysis` is the result of `app.audio.analysis`."""
    seconds, speech = analysis.seconds, analysis.seconds * analysis.speech_share
    size, loudness = base64_size(encoded_bytes), analysis.loudness.integrated
    quiet = max(analysis.lead, analysis.tail) / analysis.rate
    clipped = analysis.clipped / max(1, analysis.frames)
    noise, hum = analysis.noise_floor, analysis.hum
    return (
        Finding(Check.LENGTH, _grade(10 <= speech <= 60, MIN_SPEECH_SECONDS <= speech <= 180), speech),
        Finding(Check.CLIPPING, _grade(analysis.clipped == 0, clipped < 0.001), float(analysis.clipped)),
        Finding(Check.NOISE, _grade(noise is None or noise < -50, noise is None or noise < -35), noise),
        Finding(Check.SPEECH, _grade(analysis.speech_share >= 0.6, analysis.speech_share >= 0.3),
                100 * analysis.speech_share),
        Finding(Check.SILENCE, _grade(quiet <= 0.5, quiet < seconds), quiet, Fix.TRIM if quiet > 0.5 else None),
        Finding(Check.LEVEL, _grade(loudness is not None and -30 <= loudness <= -14, loudness is not None), loudness,
                Fix.LEVEL if loudness is not None and not -30 <= loudness <= -14 else None),
        Finding(Check.BANDWIDTH, _grade(analysis.bandwidth >= 7000, analysis.bandwidth >= 3000), analysis.bandwidth),
        Finding(Check.HUM, _grade(hum is None, True), None),
        Finding(Check.CHANNELS, _grade(analysis.channels == 1, True), float(analysis.channels),
                Fix.MONO if analysis.channels > 1 else None),
        Finding(Check.SIZE, _grade(size <= WARN_ENCODED_BYTES, size <= MAX_ENCODED_BYTES), size / 1e6),
    )  # fmt: skip


def _grade(good: bool, fair: bool) -> Grade:
    return "good" if good else "warn" if fair else "bad"
