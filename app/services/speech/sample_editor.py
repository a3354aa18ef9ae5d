"""Prepares a clone sample: checks, reversible fixes, and the encoded sample to send (WIRE.md section 3.4)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec

from app.core.errors import Code, InputError
from app.core.units import frames_to_milliseconds
from app.services.speech.ports import Audio, Sound
from app.services.speech.waveform_peaks import PeakAccumulator

MAX_ENCODED_BYTES = 10 * 1024 * 1024 - len("data:audio/mpeg;base64,")
WARN_ENCODED_BYTES = 10_000_000
MAX_SECONDS = 3600.0
"""Longer files are not loaded for trimming: an hour of 48 kHz mono takes 690 MB."""
MAX_CHECKED_SECONDS = 600.0
"""Of a longer selection only the beginning is checked; it is too long for a sample anyway."""
MIN_SNR_DB = 30.0
WAVEFORM_COLUMNS = 600
POOR_SNR_DB = 15.0
MIN_OFFSET = 0.005
POOR_OFFSET = 0.05
POOR_HUM_DB = 25.0
"""How far below the speech hum makes a sample poor."""
SMALLER_RATE = 24_000
MIN_SPOKEN = 0.5
"""Share of speech in what is audible below which tops that are only nearly flat are taken for those of tones."""
WAV_HEADER_BYTES = 44
READING_SHARE = 0.25
"""Part of the time until a file is shown that reading it takes; the rest is the checks."""
_WAVEFORM_BLOCK = 1 << 18
MP3_RATES = (8_000, 11_025, 12_000, 16_000, 22_050, 24_000)
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
    OFFSET = "offset"
    COMPLETE = "complete"


OPTIONAL_CHECKS = frozenset({Check.OFFSET, Check.COMPLETE})
"""Listed only if something is wrong."""
Note = Literal[
    "", "unmeasured", "steady", "empty-channel", "missing", "other-format", "damaged", "silenced", "mp3", "mono", "rate"
]


class Fix(StrEnum):
    """A reversible fix; the original is kept."""

    TRIM = "trim"
    LEVEL = "level"
    MONO = "mono"
    OFFSET = "offset"


class Finding(msgspec.Struct, frozen=True):
    """The result of one check: grade, measured value in the unit of the check, and the fix that helps.

    `note` says more than the value: that it could not be measured, or what is special about it.
    """

    check: Check
    grade: Grade
    value: float | None
    fix: Fix | None = None
    note: Note = ""


class _State(NamedTuple):
    """The editable state."""

    name: str
    original: Sound | None
    trim: tuple[int, int]
    fixes: frozenset[Fix]
    peaks: tuple[tuple[float, float], ...] = ()
    """The waveform of the original."""


def _ignore_progress(_done: float) -> None:
    """The progress of a change of a sample that is already open is not shown."""


class SampleEditor:
    """Edits one sample.

    Attributes:
        name: name of the source file.
        original: the sound as it was read; None before.
        edited: the original with trim and fixes, which is played and sent.
        encoded: `edited` as WAV, or as MP3 where that would be too large.
        findings: check results for `edited`.
        peaks: the waveform of the original as (lowest, highest) pairs within ±1.
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
        self.name, self.original, self.trim, self.fixes, self.peaks = state

    @property
    def milliseconds(self) -> int:
        return 0 if self.original is None else round(1000 * self.original.seconds)

    @property
    def speech(self) -> float:
        """Seconds of speech in `edited`."""
        return next((found.value or 0.0 for found in self.findings if found.check is Check.LENGTH), 0.0)

    async def open(self, path: Path, progress: Callable[[float], None] | None = None) -> bool:
        """Load a file as the sample. Returns False if a later request was already loaded.

        `progress` is called in other threads with the part of the work that is done, 0 to 1.

        Raises AudioError if it is not audio, InputError SAMPLE_TOO_LARGE; the previous sample is kept then.
        """
        self._last_request += 1
        request = self._last_request
        report = progress or _ignore_progress
        sound = await asyncio.to_thread(
            self._audio.read_sound, path, progress=lambda done: report(READING_SHARE * done)
        )
        if sound.seconds > MAX_SECONDS:
            raise InputError(Code.SAMPLE_TOO_LARGE, limit=f"{MAX_SECONDS / 60:.0f} min")
        async with self._edit_lock:
            if request < self._shown_request:
                return False
            peaks = await asyncio.to_thread(self._waveform, sound)
            state = _State(path.name, sound, (0, round(1000 * sound.seconds)), frozenset(), peaks)
            await self._update(state, lambda done: report(READING_SHARE + (1 - READING_SHARE) * done))
            self._shown_request = request
            return True

    def snapshot(self) -> tuple[Any, ...]:
        """The sample with all its edits, for `restore`."""
        state = _State(self.name, self.original, self.trim, self.fixes, self.peaks)
        return state, self.edited, self.encoded, self.findings

    async def restore(self, snapshot: tuple[Any, ...]) -> None:
        """Return to a sample of before. A file that is being opened is then not loaded."""
        self._last_request += 1
        async with self._edit_lock:
            self._shown_request = self._last_request
            state, self.edited, self.encoded, self.findings = snapshot
            self._set(state)

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
            await self._update(_State(self.name, original, trim, fixes, self.peaks))

    async def set_trim(self, start: int, stop: int) -> None:
        """Trim to a range in milliseconds of the original."""
        original = self.original
        async with self._edit_lock:
            # The request does not apply to another sample loaded meanwhile.
            if original is not None and original is self.original:
                await self._update(_State(self.name, original, (start, stop), self.fixes, self.peaks))

    async def _update(self, state: _State, progress: Callable[[float], None] = _ignore_progress) -> None:
        """Apply a state completely, or leave everything unchanged if an edit fails."""
        assert state.original is not None
        edited, encoded, found = await asyncio.to_thread(self._apply, state.original, state.trim, state.fixes, progress)
        self._set(state)
        self.edited, self.encoded, self.findings = edited, encoded, found

    def _apply(
        self,
        original: Sound,
        trim: tuple[int, int],
        fixes: frozenset[Fix],
        progress: Callable[[float], None],
    ) -> tuple[Sound, bytes, tuple[Finding, ...]]:
        edits: list[Any] = []
        if trim != (0, round(1000 * original.seconds)):
            edits.append(self._audio.trim(trim[0] * original.rate // 1000, trim[1] * original.rate // 1000))
        if Fix.OFFSET in fixes:
            edits.append(self._audio.centre())
        if Fix.MONO in fixes:
            edits.append(self._audio.mono())
        if Fix.LEVEL in fixes:
            edits.append(self._audio.level())
        edited = self._audio.edited(original, tuple(edits)) if edits else original
        # Levelling hides the flat tops and turning down moves them, so they are looked for in the original.
        rate = original.rate
        used = original.samples[trim[0] * rate // 1000 : max(1, trim[1] * rate // 1000)]
        checked = edited.samples[: round(MAX_CHECKED_SECONDS * edited.rate)]
        encoded, note = self._encoded(edited)
        analysis = self._audio.analyse(checked, edited.rate, progress)
        flat, piled = self._audio.clipped(used, rate)
        found = findings(
            analysis,
            len(encoded),
            clipped=max(flat, piled) if analysis.spoken_of_audible >= MIN_SPOKEN else flat,
            missing=original.missing / (original.missing + len(original.samples)),
            silenced=original.silenced,
            is_first_format=original.is_first_format,
            is_damaged=original.is_damaged,
            size_note=note,
        )
        return edited, encoded, found

    def _encoded(self, edited: Sound) -> tuple[bytes, Note]:
        """The file to send: WAV, or the first smaller one that fits, and how it was made smaller."""
        if _fits(edited):
            return self._audio.wav_bytes(edited), ""
        smaller = edited if edited.channels == 1 else self._audio.edited(edited, (self._audio.mono(),))
        note: Note = "mono"
        if not _fits(smaller) and smaller.rate > SMALLER_RATE:
            smaller, note = self._audio.edited(smaller, (self._audio.change_rate(SMALLER_RATE),)), "rate"
        if _fits(smaller):
            return self._audio.wav_bytes(smaller), note
        if smaller.rate not in MP3_RATES:
            smaller = self._audio.edited(smaller, (self._audio.change_rate(SMALLER_RATE),))
        return self._audio.file_bytes(smaller, "mp3"), "mp3"

    def _waveform(self, sound: Sound) -> tuple[tuple[float, float], ...]:
        accumulator = PeakAccumulator()
        for first in range(0, len(sound.samples), _WAVEFORM_BLOCK):
            mono = sound.samples[first : first + _WAVEFORM_BLOCK].mean(axis=1, keepdims=True)
            accumulator.add(self._audio.to_pcm16(mono)[:, 0])
        packed = memoryview(accumulator.packed(WAVEFORM_COLUMNS)).cast("b")
        return tuple((packed[at] / 128, packed[at + 1] / 128) for at in range(0, len(packed), 2))

    def sample(self) -> bytes:
        """Return the WAV to send. Raises NO_SAMPLE, SAMPLE_SILENT and SAMPLE_TOO_LARGE."""
        if self.edited is None:
            raise InputError(Code.NO_SAMPLE, field="sample")
        is_steady = any(found.note == "steady" for found in self.findings)
        if not self.speech and not is_steady:
            raise InputError(Code.SAMPLE_SILENT, field="sample")
        if base64_size(len(self.encoded)) > MAX_ENCODED_BYTES:
            raise InputError(Code.SAMPLE_TOO_LARGE, limit="10 MB", size=base64_size(len(self.encoded)))
        return self.encoded


def _fits(sound: Sound) -> bool:
    """Whether a sound is small enough as a 16-bit WAV file, which is not made to find out."""
    return base64_size(WAV_HEADER_BYTES + 2 * len(sound.samples) * sound.channels) <= WARN_ENCODED_BYTES


def base64_size(size: int) -> int:
    """Return the length of `size` bytes as base64."""
    return (size + 2) // 3 * 4


def findings(
    analysis: Any, encoded_bytes: int, *, clipped: int | None = None, missing: float = 0.0, silenced: int = 0,
    is_first_format: bool = False, is_damaged: bool = False, size_note: Note = "",
) -> tuple[Finding, ...]:  # fmt: skip
    """Run every check in display order. `analysis` is the result of `app.audio.analysis`.

    `clipped` is the number of clipped samples of the original, by default that of the analysis; `missing` the share of
    the file that could not be read; `silenced` the number of samples that were no numbers; `is_damaged` tells that the
    file breaks off.
    """
    seconds, speech = analysis.seconds, analysis.seconds * analysis.speech_share
    size, loudness = base64_size(encoded_bytes), analysis.loudness.integrated
    quiet = max(analysis.lead, analysis.tail) / analysis.rate
    clipped = max(analysis.clipped, analysis.piled) if clipped is None else clipped
    share = 100 * clipped / max(1, analysis.frames)
    found = [
        Finding(Check.LENGTH, _grade(10 <= speech <= 60, MIN_SPEECH_SECONDS <= speech <= 180), speech),
        Finding(Check.CLIPPING, _grade(clipped == 0, share < 0.1), share if clipped else 0.0),
        _noise(analysis, loudness),
        Finding(Check.SPEECH, _grade(analysis.speech_share >= 0.6, analysis.speech_share >= 0.3),
                100 * analysis.speech_share, note="steady" if analysis.is_steady else ""),
        Finding(Check.SILENCE, _grade(quiet <= 0.5, quiet < seconds), quiet, Fix.TRIM if quiet > 0.5 else None),
        Finding(Check.LEVEL, _grade(loudness is not None and -30 <= loudness <= -14, loudness is not None), loudness,
                Fix.LEVEL if loudness is not None and not -30 <= loudness <= -14 else None),
        Finding(Check.BANDWIDTH, _grade(analysis.bandwidth >= 7000, analysis.bandwidth >= 3000), analysis.bandwidth),
        _hum(analysis, loudness),
        Finding(Check.CHANNELS, _grade(analysis.channels == 1, True), float(analysis.channels),
                Fix.MONO if analysis.channels > 1 else None, "empty-channel" if analysis.empty_channels else ""),
        Finding(Check.SIZE, _grade(size <= WARN_ENCODED_BYTES, size <= MAX_ENCODED_BYTES), size / 1e6, note=size_note),
    ]  # fmt: skip
    if analysis.offset >= MIN_OFFSET:
        found.append(
            Finding(Check.OFFSET, _grade(False, analysis.offset < POOR_OFFSET), 100 * analysis.offset, Fix.OFFSET)
        )
    if missing:
        found.append(
            Finding(
                Check.COMPLETE,
                _grade(False, missing < 0.05),
                100 * missing,
                note="other-format" if is_first_format else "missing",
            )
        )
    elif is_damaged:
        found.append(Finding(Check.COMPLETE, "warn", None, note="damaged"))
    elif silenced:
        found.append(Finding(Check.COMPLETE, "warn", float(silenced), note="silenced"))
    return tuple(found)


def _noise(analysis: Any, loudness: float | None) -> Finding:
    """Noise in dB below the speech, so that turning a sample down does not make it better."""
    if loudness is None or not analysis.has_pauses or not analysis.speech_share:
        return Finding(Check.NOISE, "warn", None, note="unmeasured")
    if analysis.noise_floor is None:
        return Finding(Check.NOISE, "good", None)
    distance = loudness - analysis.noise_floor
    return Finding(Check.NOISE, _grade(distance >= MIN_SNR_DB, distance >= POOR_SNR_DB), distance)


def _hum(analysis: Any, loudness: float | None) -> Finding:
    if not analysis.hum_measured:
        return Finding(Check.HUM, "warn", None, note="unmeasured")
    if analysis.hum is None:
        return Finding(Check.HUM, "good", None)
    return Finding(
        Check.HUM, _grade(False, loudness is not None and loudness - analysis.hum.level > POOR_HUM_DB),
        float(analysis.hum.frequency),
    )  # fmt: skip


def _grade(good: bool, fair: bool) -> Grade:
    return "good" if good else "warn" if fair else "bad"
