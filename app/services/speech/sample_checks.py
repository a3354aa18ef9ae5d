"""The checks of a clone sample: what was measured, how good it is, and which fix helps (WIRE.md section 3.4)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

import msgspec

MAX_ENCODED_BYTES = 10 * 1024 * 1024 - len("data:audio/mpeg;base64,")
WARN_ENCODED_BYTES = 10_000_000
MIN_SNR_DB = 30.0
POOR_SNR_DB = 15.0
MIN_OFFSET = 0.005
POOR_OFFSET = 0.05
POOR_HUM_DB = 25.0
"""How far below the speech hum makes a sample poor."""
MIN_SPEECH_SECONDS = 3.0
"""With less speech a voice hardly resembles its sample; no limit of the service is known (WIRE.md section 3.4)."""
GOOD_SPEECH_SECONDS = (10.0, 60.0)
LONG_SPEECH_SECONDS = 180.0
LONG_PAUSE_SECONDS = 2.0
LONG_END_SECONDS = 0.5
HIGH_RATE = 48_000
"""A voice has nothing above half of this rate, in Hz."""
LOW_RATE = 16_000
ALIKE_DB = 6.0
"""Difference in level of two channels from which they are not alike."""
GOOD_LEVEL = (-30.0, -14.0)

Grade = Literal["good", "warn", "bad", "unmeasured"]


class Check(StrEnum):
    """A property that is checked, in the order on screen; `app.ui.texts.voices` has the labels."""

    LENGTH = "length"
    CLIPPING = "clipping"
    LEVEL = "level"
    NOISE = "noise"
    HUM = "hum"
    SPEECH = "speech"
    SILENCE = "silence"
    CHANNELS = "channels"
    BANDWIDTH = "bandwidth"
    RATE = "rate"
    OFFSET = "offset"
    SIZE = "size"
    COMPLETE = "complete"


OPTIONAL_CHECKS = frozenset({Check.COMPLETE})
"""Listed only if something is wrong."""
Note = Literal[
    "", "steady", "empty-channel", "opposite", "unlike", "missing", "other-format", "damaged", "silenced", "part",
    "too-large", "too-long", "long", "ends", "pause", "lower",
]  # fmt: skip


class Fix(StrEnum):
    """A reversible fix; the original is kept. `SHRINK` stands for those of MONO, RATE and MP3 that make it fit."""

    BEST = "best"
    TRIM = "trim"
    OFFSET = "offset"
    HIGH_PASS = "high-pass"
    MONO = "mono"
    RATE = "rate"
    LEVEL = "level"
    MP3 = "mp3"
    SHRINK = "shrink"


FIXED_CHECK: Mapping[Fix, Check] = MappingProxyType(
    {
        Fix.BEST: Check.LENGTH,
        Fix.TRIM: Check.SILENCE,
        Fix.OFFSET: Check.OFFSET,
        Fix.HIGH_PASS: Check.HUM,
        Fix.MONO: Check.CHANNELS,
        Fix.RATE: Check.RATE,
        Fix.LEVEL: Check.LEVEL,
        Fix.MP3: Check.SIZE,
        Fix.SHRINK: Check.SIZE,
    }
)
"""The check beside which a fix is offered, and can be undone."""


class Finding(msgspec.Struct, frozen=True):
    """The result of one check.

    Attributes:
        value: what was measured, in the unit of the check; None for nothing, or where it could not be measured.
        fix: the fix that is offered; `effect` is what it gives: decibels of LEVEL, Hz of HIGH_PASS, megabytes as base64
            of MONO, RATE and SHRINK, seconds of BEST and TRIM.
        used: the fix of this check that is applied and can be undone.
        note: says more than the value: what is special about it.
        more: further values. Length: seconds kept, seconds of the whole. Level: true peak. Hum: decibels above the
            room. Silence: seconds at the start and the end. Channels: difference in decibels. Rate: that of the
            original. Size: megabytes before, most minutes that fit. Complete: seconds where the opened part begins,
            seconds of the file.
    """

    check: Check
    grade: Grade
    value: float | None
    fix: Fix | None = None
    note: Note = ""
    effect: float | None = None
    used: Fix | None = None
    more: tuple[float, ...] = ()


class SampleFacts(NamedTuple):
    """What is known about a sample besides the analysis of its sound.

    Attributes:
        clipped: number of clipped samples of the original; None to take that of the analysis.
        missing: share of the file that could not be read.
        silenced: samples that were no numbers.
        is_damaged: the file breaks off.
        whole_seconds: length of the original; 0 if it is the sound that was analysed.
        original_rate, original_channels: 0 likewise.
        difference_db: by how much the channels of the original differ in level; None for one, or a silent one.
        correlation: of the first two channels of the original, -1 to 1.
        part: seconds of the file where the opened part begins, and of the whole file, if only a part is opened.
        fixes: the fixes that are applied.
        effects: what the other fixes would give, see `Finding.effect`.
        size_before: megabytes as base64 without the fixes that make it smaller.
        max_minutes: how long a sample can be at most to fit with all of them.
    """

    clipped: int | None = None
    missing: float = 0.0
    silenced: int = 0
    is_first_format: bool = False
    is_damaged: bool = False
    whole_seconds: float = 0.0
    original_rate: int = 0
    original_channels: int = 0
    difference_db: float | None = None
    correlation: float = 1.0
    part: tuple[float, float] | None = None
    fixes: frozenset[Fix] = frozenset()
    effects: Mapping[Fix, float] = MappingProxyType({})
    size_before: float = 0.0
    max_minutes: float = 0.0


def base64_size(size: int) -> int:
    """Return the length of `size` bytes as base64."""
    return (size + 2) // 3 * 4


def findings(analysis: Any, encoded_bytes: int, facts: SampleFacts = SampleFacts()) -> tuple[Finding, ...]:  # noqa: B008
    """Run every check in display order. `analysis` is the result of `app.audio.analysis`."""
    found = [
        _length(analysis, facts),
        _clipping(analysis, facts),
        _level(analysis, facts),
        _noise(analysis),
        _hum(analysis),
        _speech(analysis),
        _silence(analysis, facts),
        _channels(analysis, facts),
        _bandwidth(analysis),
        _rate(analysis, facts),
        _offset(analysis),
        _size(base64_size(encoded_bytes), facts),
        *_complete(facts),
    ]
    return tuple(_with_fix(one, facts) for one in found)


def _with_fix(found: Finding, facts: SampleFacts) -> Finding:
    """The finding with what the offered fix gives, or with the one that is applied."""
    used = next((fix for fix in facts.fixes if FIXED_CHECK[fix] is found.check), None)
    if used is Fix.MP3 and Fix.SHRINK in facts.fixes:
        used = Fix.SHRINK
    if used is not None:
        return msgspec.structs.replace(found, used=used, fix=None)
    effect = None if found.fix is None else facts.effects.get(found.fix, found.effect)
    return msgspec.structs.replace(found, effect=effect)


def _length(analysis: Any, facts: SampleFacts) -> Finding:
    speech = analysis.seconds * analysis.speech_share
    low, high = GOOD_SPEECH_SECONDS
    is_long = analysis.seconds > high and speech > high
    grade = _grade(low <= speech <= high, MIN_SPEECH_SECONDS <= speech <= LONG_SPEECH_SECONDS)
    return Finding(
        Check.LENGTH, grade, speech, Fix.BEST if is_long else None, "long" if speech > high else "",
        more=(analysis.seconds, facts.whole_seconds or analysis.seconds),
    )  # fmt: skip


def _clipping(analysis: Any, facts: SampleFacts) -> Finding:
    clipped = max(analysis.clipped, analysis.piled) if facts.clipped is None else facts.clipped
    share = 100 * clipped / max(1, analysis.frames)
    return Finding(Check.CLIPPING, _grade(clipped == 0, share < 0.1), share if clipped else 0.0)


def _level(analysis: Any, facts: SampleFacts) -> Finding:
    loudness = analysis.loudness.integrated
    if loudness is None:
        return Finding(Check.LEVEL, "unmeasured", None)
    low, high = GOOD_LEVEL
    is_good = low <= loudness <= high
    return Finding(
        Check.LEVEL, _grade(is_good, True), loudness,
        None if is_good or abs(facts.effects.get(Fix.LEVEL, 1.0)) < 0.5 else Fix.LEVEL,
        more=(analysis.loudness.true_peak,),
    )  # fmt: skip


def _noise(analysis: Any) -> Finding:
    """Noise in dB below the speech, so that turning a sample down does not make it better."""
    loudness = analysis.loudness.integrated
    if loudness is None or not analysis.has_pauses or not analysis.speech_share:
        return Finding(Check.NOISE, "unmeasured", None)
    if analysis.noise_floor is None:
        return Finding(Check.NOISE, "good", None)
    distance = loudness - analysis.noise_floor
    return Finding(Check.NOISE, _grade(distance >= MIN_SNR_DB, distance >= POOR_SNR_DB), distance)


def _hum(analysis: Any) -> Finding:
    if not analysis.hum_measured:
        return Finding(Check.HUM, "unmeasured", None)
    if analysis.hum is None:
        return Finding(Check.HUM, "good", None)
    loudness = analysis.loudness.integrated
    below = loudness - analysis.hum.level if loudness is not None else 0.0
    return Finding(
        Check.HUM, _grade(False, below > POOR_HUM_DB), float(analysis.hum.frequency), Fix.HIGH_PASS, effect=80.0,
        more=(below,),
    )  # fmt: skip


def _speech(analysis: Any) -> Finding:
    share = analysis.speech_share
    return Finding(
        Check.SPEECH, _grade(share >= 0.6, share >= 0.3), 100 * share, note="steady" if analysis.is_steady else ""
    )


def _silence(analysis: Any, facts: SampleFacts) -> Finding:
    rate = analysis.rate
    lead, tail = analysis.lead / rate, analysis.tail / rate
    longest = max((span.stop - span.start for span in analysis.pauses), default=0) / rate
    at_ends = max(lead, tail)
    if at_ends > LONG_END_SECONDS:
        is_silent = at_ends >= analysis.seconds
        # Nothing would be left of one that is silent everywhere.
        fix = None if is_silent else Fix.TRIM
        return Finding(Check.SILENCE, _grade(False, not is_silent), longest, fix, "ends", more=(lead, tail))
    is_short = longest <= LONG_PAUSE_SECONDS
    return Finding(Check.SILENCE, _grade(is_short, True), longest, note="" if is_short else "pause", more=(lead, tail))


def _channels(analysis: Any, facts: SampleFacts) -> Finding:
    count = float(facts.original_channels or analysis.channels)
    note: Note = ""
    if analysis.empty_channels:
        note = "empty-channel"
    elif facts.correlation < -0.5:
        note = "opposite"
    elif facts.difference_db is not None and facts.difference_db > ALIKE_DB:
        note = "unlike"
    more = () if facts.difference_db is None else (facts.difference_db,)
    fix = Fix.MONO if analysis.channels > 1 else None
    return Finding(Check.CHANNELS, _grade(analysis.channels == 1, True), count, fix, note, more=more)


def _bandwidth(analysis: Any) -> Finding:
    width = analysis.bandwidth
    if not width:
        return Finding(Check.BANDWIDTH, "unmeasured", None)
    return Finding(Check.BANDWIDTH, _grade(width >= 7000, width >= 3000), width)


def _rate(analysis: Any, facts: SampleFacts) -> Finding:
    rate = float(analysis.rate)
    grade = _grade(LOW_RATE <= rate <= HIGH_RATE, True)
    fix = Fix.RATE if rate > HIGH_RATE else None
    return Finding(Check.RATE, grade, rate, fix, more=(float(facts.original_rate or rate),))


def _offset(analysis: Any) -> Finding:
    offset = analysis.offset
    if offset < MIN_OFFSET:
        return Finding(Check.OFFSET, "good", 0.0)
    return Finding(Check.OFFSET, _grade(False, offset < POOR_OFFSET), 100 * offset, Fix.OFFSET)


def _size(size: int, facts: SampleFacts) -> Finding:
    grade = _grade(size <= WARN_ENCODED_BYTES, size <= MAX_ENCODED_BYTES)
    more = (facts.size_before, facts.max_minutes)
    if grade == "good":
        return Finding(Check.SIZE, grade, size / 1e6, more=more)
    if Fix.SHRINK in facts.effects:
        return Finding(Check.SIZE, grade, size / 1e6, Fix.SHRINK, "too-large", more=more)
    return Finding(Check.SIZE, grade, size / 1e6, note="too-long", more=more)


def _complete(facts: SampleFacts) -> tuple[Finding, ...]:
    if facts.missing:
        note: Note = "other-format" if facts.is_first_format else "missing"
        return (Finding(Check.COMPLETE, _grade(False, facts.missing < 0.05), 100 * facts.missing, note=note),)
    if facts.is_damaged:
        return (Finding(Check.COMPLETE, "warn", None, note="damaged"),)
    if facts.silenced:
        return (Finding(Check.COMPLETE, "warn", float(facts.silenced), note="silenced"),)
    if facts.part is not None:
        return (Finding(Check.COMPLETE, "warn", facts.whole_seconds, note="part", more=facts.part),)
    return ()


def _grade(good: bool, fair: bool) -> Grade:
    return "good" if good else "warn" if fair else "bad"
