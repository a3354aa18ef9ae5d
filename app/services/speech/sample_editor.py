"""Edits a clone sample: checks, reversible fixes, and the bytes that are sent (WIRE.md section 3.4)."""

from __future__ import annotations

import asyncio
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec

from app.core.errors import Code, InputError
from app.services.speech.ports import Audio, Sound
from app.services.speech.waveform_peaks import outline

ENCODED_LIMIT = 10 * 1024 * 1024 - len("data:audio/mpeg;base64,")
ENCODED_WARNING = 10_000_000
LONGEST_SECONDS = 600.0
LEAST_SPEECH = 3.0
"""Seconds of speech; below, a clone hardly resembles its sample, but the service has no limit (WIRE.md section 3.4)."""

Grade = Literal["good", "warn", "bad"]


class Check(StrEnum):
    """What is looked at; `app.ui.texts.voices` has the words."""

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
    """Reversible; the original stays."""

    TRIM = "trim"
    LEVEL = "level"
    MONO = "mono"


class Finding(msgspec.Struct, frozen=True):
    """One check: its grade, the measured value in the check's own unit, and what mends it."""

    check: Check
    grade: Grade
    value: float | None
    fix: Fix | None = None


class _Wanted(NamedTuple):
    """What the bench shall hold."""

    name: str
    original: Sound | None
    trim: tuple[int, int]
    fixes: frozenset[Fix]


class SampleEditor:
    """The one sample that is being prepared.

    Attributes:
        name: of the file it came from.
        original: as it was read; None before.
        mended: the original with trim and fixes; what is heard and what travels.
        findings: about `mended`.
        fixes: those switched on.
    """

    def __init__(self, audio: Audio) -> None:
        self._audio = audio
        self._asked = 0
        self._shown = 0
        # Wishes come true one after another, each on what the former left.
        self._mending = asyncio.Lock()
        self._set(_Wanted("", None, (0, 0), frozenset()))
        self.mended: Sound | None = None
        self.encoded = b""
        self.findings: tuple[Finding, ...] = ()

    def _set(self, wanted: _Wanted) -> None:
        self.name, self.original, self.trim, self.fixes = wanted

    @property
    def milliseconds(self) -> int:
        return 0 if self.original is None else round(1000 * self.original.seconds)

    @property
    def speech(self) -> float:
        """Seconds of `mended` in which somebody speaks."""
        return next((found.value or 0.0 for found in self.findings if found.check is Check.LENGTH), 0.0)

    def peaks(self) -> list[tuple[float, float]]:
        """The original's outline, pairs within ±1."""
        if self.original is None:
            return []
        mono = self.original.samples.mean(axis=1, keepdims=True)
        packed = memoryview(outline(self._audio.to_pcm16(mono), 600)).cast("b")
        return [(packed[at] / 128, packed[at + 1] / 128) for at in range(0, len(packed), 2)]

    async def open(self, path: Path) -> bool:
        """Take a file as the sample; False where one that was asked for later is there already.

        Raises AudioError for what is no sound; the former sample stays then.
        """
        self._asked += 1
        asked = self._asked
        sound = await asyncio.to_thread(self._audio.read_sound, path)
        if sound.seconds > LONGEST_SECONDS:
            raise InputError(Code.SAMPLE_TOO_LARGE, limit=f"{LONGEST_SECONDS:.0f} s")
        async with self._mending:
            if asked < self._shown:
                return False
            await self._become(_Wanted(path.name, sound, (0, round(1000 * sound.seconds)), frozenset()))
            self._shown = asked
            return True

    async def set_fix(self, fix: Fix, on: bool) -> None:
        """Switch a fix on or off; `TRIM` sets the trim to where it is not silent."""
        original = self.original
        async with self._mending:
            if original is None or original is not self.original:
                return
            trim = self.trim
            if fix is Fix.TRIM:
                start, stop = await asyncio.to_thread(self._audio.spoken_span, original)
                spoken = (round(1000 * start / original.rate), round(1000 * stop / original.rate))
                trim = spoken if on else (0, self.milliseconds)
            fixes = self.fixes | {fix} if on else self.fixes - {fix}
            await self._become(_Wanted(self.name, original, trim, fixes))

    async def set_trim(self, start: int, stop: int) -> None:
        """Keep from, to, in milliseconds of the original."""
        original = self.original
        async with self._mending:
            # Another sample that came meanwhile is not the one this was said of.
            if original is not None and original is self.original:
                await self._become(_Wanted(self.name, original, (start, stop), self.fixes))

    async def _become(self, wanted: _Wanted) -> None:
        """All of it or, where it can't be mended so, nothing of it."""
        assert wanted.original is not None
        mended, encoded, found = await asyncio.to_thread(self._mend, wanted.original, wanted.trim, wanted.fixes)
        self._set(wanted)
        self.mended, self.encoded, self.findings = mended, encoded, found

    def _mend(
        self, original: Sound, trim: tuple[int, int], fixes: frozenset[Fix]
    ) -> tuple[Sound, bytes, tuple[Finding, ...]]:
        edits: list[Any] = []
        if trim != (0, round(1000 * original.seconds)):
            edits.append(self._audio.trim(trim[0] * original.rate // 1000, trim[1] * original.rate // 1000))
        if Fix.MONO in fixes:
            edits.append(self._audio.mono())
        if Fix.LEVEL in fixes:
            edits.append(self._audio.level())
        mended = self._audio.edited(original, tuple(edits)) if edits else original
        encoded = self._audio.wav_bytes(mended)
        return mended, encoded, findings(self._audio.analyse(mended.samples, mended.rate), len(encoded))

    def sample(self) -> bytes:
        """The WAV that travels. Raises NO_SAMPLE, SAMPLE_SILENT and SAMPLE_TOO_LARGE."""
        if self.mended is None:
            raise InputError(Code.NO_SAMPLE, field="sample")
        if not self.speech:
            raise InputError(Code.SAMPLE_SILENT, field="sample")
        if base64_size(len(self.encoded)) > ENCODED_LIMIT:
            raise InputError(Code.SAMPLE_TOO_LARGE, limit="10 MB", size=base64_size(len(self.encoded)))
        return self.encoded


def base64_size(octets: int) -> int:
    """Characters of so many bytes as base64."""
    return (octets + 2) // 3 * 4


def findings(analysis: Any, octets: int) -> tuple[Finding, ...]:
    """Every check, in the order in which they are shown. `analysis` is that of `app.audio.analysis`."""
    seconds, speech = analysis.seconds, analysis.seconds * analysis.speech_share
    size, loudness = base64_size(octets), analysis.loudness.integrated
    quiet = max(analysis.lead, analysis.tail) / analysis.rate
    clipped = analysis.clipped / max(1, analysis.frames)
    noise, hum = analysis.noise_floor, analysis.hum
    return (
        Finding(Check.LENGTH, _grade(10 <= speech <= 60, LEAST_SPEECH <= speech <= 180), speech),
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
        Finding(Check.SIZE, _grade(size <= ENCODED_WARNING, size <= ENCODED_LIMIT), size / 1e6),
    )  # fmt: skip


def _grade(good: bool, fair: bool) -> Grade:
    return "good" if good else "warn" if fair else "bad"
