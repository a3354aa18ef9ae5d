"""Analyses a recording of speech: levels, defects, and properties of the voice.

Each figure documents its accuracy. The tests verify it with synthetic signals whose true values are known.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import msgspec
import numpy as np
from numpy.typing import NDArray

from app.audio.clipping import capped_peaks, clipped_samples, piled_samples
from app.audio.decibels import Levels, db_to_amplitude, db_to_power, power_to_db
from app.audio.loudness import FLOOR_DB, Loudness, LoudnessMeter
from app.audio.pitch import Voicing, voicing
from app.audio.resampling import Samples, resample
from app.audio.spectrum import HUM_SECONDS, Hum, Spectrum
from app.audio.steadiness import steady_frames
from app.core.errors import AudioError, Code
from app.core.units import frames_to_seconds, seconds_to_frames

HOP_SECONDS = 0.01
"""Length of one level frame."""
NARROW_RATE = 8_000
SILENT_DB = -60.0
"""Level in dBFS below which a frame is always silent."""
BELOW_SPEECH_DB = 30.0
"""How far below the speech level a frame counts as a pause."""
MIN_SPOKEN = 0.5
"""Share of speech in what is audible below which a pile of levels is not counted as clipping."""
BLOCK_HOPS = 2_000
"""Level frames computed at once, so that memory does not grow with the length of the sound."""
LOUDNESS_BLOCK = 1 << 18
"""Frames of which the loudness is measured at once."""
HOLE_SECONDS = 1.0
ENDING_SECONDS = 0.02
ABRUPT_DB = 20.0
MIN_OFFSET = 3e-4
"""A smaller mean is that of the speech itself."""
MIN_QUIET_FRAMES = 5
"""Frames of 10 ms in which the noise can be measured."""


class Span(msgspec.Struct, frozen=True):
    """A range of frames; `stop` is exclusive."""

    start: int
    stop: int


class Analysis(msgspec.Struct, frozen=True):
    """The analysis of one sound. Times are in frames at `rate`; the tolerances are verified by the tests.

    Attributes:
        loudness: see `Loudness`.
        silent: no frame is above -60 dBFS.
        lead, tail: silence before and after the sound, in frames; ± 10 ms.
        pauses: silences of at least 0.15 s between lead and tail; ± 20 ms at each end.
        holes: the pauses of at least 1 s.
        clipped: number of samples in flat tops: runs of at least three at the highest or lowest value of a channel,
            at any level, that begin and end with a step; exact for a signal clipped at a single value.
        piled: number of samples in the tops that clipping left and MP3 coding or a change of the rate made uneven; see
            `piled_samples` and `capped_peaks`. 0 unless most of the sound is speech: tones dwell at their top.
        spoken_of_audible: fraction of the frames that are no pauses that is speech, 0 to 1.
        offset: the constant component of the channel that has most, as a fraction of full scale; ± 0.001. All other
            figures are those of the sound without it.
        empty_channels: number of channels without any sound beside others that have some.
        abrupt_end: the last 20 ms are less than 20 dB below the speech.
        noise_floor: level in dBFS of the quietest tenth of the frames that are not digital silence, in the channel
            that has most; ± 1 dB for steady noise with pauses; None if there are no pauses, or nothing in them.
        has_pauses: there is enough quiet between the words to measure the noise.
        hum: mains hum; None unless it stands out by 12 dB.
        hum_measured: the sound is long enough to tell hum, 1 s.
        bandwidth: highest frequency present, in Hz; ± 5 %. 0 for silence.
        speech_share: fraction of the duration that is speech, 0 to 1; ± 0.05 if pauses are 30 dB below the speech.
            Tones and other sounds that stay the same are not speech.
        is_steady: most of what would be voiced stays the same, as tones and hum do.
        pitch: median fundamental frequency in Hz, ± 2 %; None if nothing is voiced.
        pitch_spread: semitones between the 10th and the 90th percentile of the pitch, ± 1.
        syllables_per_second: speaking rate without pauses; ± 20 %. None if nothing is voiced.
    """

    frames: int
    rate: int
    channels: int
    loudness: Loudness
    silent: bool
    lead: int
    tail: int
    pauses: tuple[Span, ...]
    holes: tuple[Span, ...]
    clipped: int
    piled: int
    spoken_of_audible: float
    offset: float
    empty_channels: int
    abrupt_end: bool
    noise_floor: float | None
    has_pauses: bool
    hum: Hum | None
    hum_measured: bool
    bandwidth: float
    speech_share: float
    is_steady: bool
    pitch: float | None
    pitch_spread: float | None
    syllables_per_second: float | None

    @property
    def seconds(self) -> float:
        return frames_to_seconds(self.frames, self.rate)


def analyse(samples: Samples, rate: int, progress: Callable[[float], None] | None = None) -> Analysis:
    """Analyse a whole sound of shape (frames, channels). Takes about 1 s per 10 minutes, so call it in a thread.

    `progress` is called with the part of the work that is done, 0 to 1, after each kind of measurement.
    Raises SOUND_EMPTY for a sound without frames.
    """
    if len(samples) == 0:
        raise AudioError(Code.SOUND_EMPTY)
    done = progress or (lambda _part: None)
    clipped = sum(clipped_samples(channel) for channel in samples.T)
    piled = sum(max(piled_samples(channel), capped_peaks(channel, rate)) for channel in samples.T)
    done(0.1)
    offsets = samples.mean(axis=0, dtype=np.float64)
    # The sound without them is made piece by piece where it is needed, because a copy of it is as large.
    centres = (offsets if np.abs(offsets).max() > MIN_OFFSET else np.zeros(len(offsets))).astype(np.float32)
    peaks = np.maximum(samples.max(axis=0) - centres, centres - samples.min(axis=0))
    audible = np.flatnonzero(peaks >= db_to_amplitude(SILENT_DB))
    empty = samples.shape[1] - len(audible) if len(audible) else 0
    mono = _mono(samples, centres, samples.shape[1] - empty)
    levels = frame_levels(mono, rate)
    threshold = pause_threshold(levels)
    quiet = levels < threshold
    spans = _spans(quiet, rate, len(mono))
    silent = bool(quiet.all())
    lead = len(mono) if silent else spans[0].stop if spans and spans[0].start == 0 else 0
    tail = len(mono) if silent else len(mono) - spans[-1].start if spans and spans[-1].stop == len(mono) else 0
    inside = tuple(span for span in spans if span.start > 0 and span.stop < len(mono))
    pauses = tuple(span for span in inside if span.stop - span.start >= 0.15 * rate)
    spectrum = Spectrum(mono, rate)
    done(0.2)
    # Pitch, timbre and syllables are found below 4 kHz, so the rate is changed once for all of them.
    narrow_rate = min(rate, NARROW_RATE)
    narrow = resample(mono[:, None], rate, narrow_rate)[:, 0]
    voice = voicing(narrow, narrow_rate)
    done(0.5)
    voiced = voice.voiced[: len(levels)] & ~quiet[: len(voice.voiced)]
    steady = steady_frames(narrow, narrow_rate)[: len(voiced)]
    tonal = int(voiced[: len(steady)].sum())
    voiced[: len(steady)] &= ~steady
    is_steady = int(voiced.sum()) < tonal / 2
    done(0.6)
    speaking = _speaking(quiet, voiced)
    spoken_of_audible = float(speaking.sum()) / max(1, int((~quiet).sum()))
    pitches = voice.pitch[: len(voiced)][voiced]
    voiced_pitches = None if len(pitches) < 3 else pitches
    loudness = _loudness(samples, centres, rate)
    done(0.7)
    # What is in one channel only, or cancels in their sum, is heard all the same.
    hums, floors = [], []
    if len(audible) > 1:
        for part in (samples[:, at] - centres[at] for at in audible):
            hums.append(Spectrum(part, rate).hum())
            floors.append(_noise_floor(frame_levels(part, rate), quiet))
    else:
        hums.append(Spectrum(narrow, narrow_rate).hum())
        floors.append(_noise_floor(levels, quiet))
    done(0.8)
    bandwidth = 0.0 if silent else spectrum.bandwidth()
    done(0.9)
    return Analysis(
        frames=len(samples),
        rate=rate,
        channels=samples.shape[1],
        loudness=loudness,
        silent=silent,
        lead=lead,
        tail=tail,
        pauses=pauses,
        holes=tuple(span for span in pauses if span.stop - span.start >= HOLE_SECONDS * rate),
        clipped=clipped,
        piled=piled if spoken_of_audible >= MIN_SPOKEN else 0,
        spoken_of_audible=spoken_of_audible,
        offset=float(np.abs(offsets).max()),
        empty_channels=empty,
        abrupt_end=not silent and ends_abruptly(mono, rate, levels),
        noise_floor=max((floor for floor in floors if floor is not None), default=None),
        has_pauses=int(quiet.sum()) >= MIN_QUIET_FRAMES,
        hum=max((hum for hum in hums if hum is not None), key=lambda hum: hum.level, default=None),
        hum_measured=len(mono) >= HUM_SECONDS * rate,
        bandwidth=bandwidth,
        speech_share=float(speaking.mean()) if len(speaking) else 0.0,
        is_steady=is_steady,
        pitch=None if voiced_pitches is None else float(np.median(voiced_pitches)),
        pitch_spread=None if voiced_pitches is None else _semitones(voiced_pitches),
        syllables_per_second=None if voiced_pitches is None else _syllables(narrow, narrow_rate, speaking, voice),
    )


def _mono(samples: Samples, centres: NDArray[np.float32], audible: int) -> NDArray[np.float32]:
    """The mean of the `audible` channels without their offsets; the others are nearly 0."""
    if samples.shape[1] == 1:
        return samples[:, 0] - centres[0] if centres[0] else samples[:, 0]
    mono: NDArray[np.float32] = samples.sum(axis=1, dtype=np.float32)
    mono -= centres.sum()
    mono /= np.float32(audible)
    return mono


def _loudness(samples: Samples, centres: NDArray[np.float32], rate: int) -> Loudness:
    meter = LoudnessMeter(rate, samples.shape[1])
    for first in range(0, len(samples), LOUDNESS_BLOCK):
        meter.add(samples[first : first + LOUDNESS_BLOCK] - centres)
    return meter.result()


def frame_levels(mono: NDArray[np.float32], rate: int) -> Levels:
    """The RMS level in dBFS of each 10 ms frame; the last frame may be shorter."""
    length = max(1, seconds_to_frames(HOP_SECONDS, rate))
    if len(mono) == 0:
        return np.zeros(0)
    block = BLOCK_HOPS * length
    powers = [_frame_powers(mono[first : first + block], length) for first in range(0, len(mono), block)]
    return power_to_db(np.concatenate(powers), FLOOR_DB)


def _frame_powers(mono: NDArray[np.float32], length: int) -> Levels:
    power: Levels = np.add.reduceat(np.square(mono, dtype=np.float64), np.arange(0, len(mono), length))
    counts = np.full(len(power), length)
    counts[-1] = len(mono) - length * (len(power) - 1)
    return np.asarray(power / counts)


def pause_threshold(levels: Levels) -> float:
    """The level in dBFS below which a frame is a pause.

    It is 30 dB below the speech, but above the noise between the words, and never below -60 dBFS.
    """
    if len(levels) == 0:
        return SILENT_DB
    low, lower, speech = (float(level) for level in np.percentile(levels, (5, 20, 95)))
    # Noise is steady, whereas the quiet frames of speech without pauses are spread over all levels.
    over_noise = min(lower + 6, speech - 10) if lower - low < 6 else SILENT_DB
    return max(SILENT_DB, speech - BELOW_SPEECH_DB, over_noise)


def pauses_of(samples: Samples, rate: int, shortest: float = 0.15) -> list[Span]:
    """Find the silences of at least `shortest` seconds, including those at the ends."""
    mono = samples.mean(axis=1, dtype=np.float32)
    levels = frame_levels(mono, rate)
    spans = _spans(levels < pause_threshold(levels), rate, len(mono))
    return [span for span in spans if span.stop - span.start >= shortest * rate]


def _spans(quiet: NDArray[np.bool_], rate: int, frames: int) -> list[Span]:
    length = max(1, seconds_to_frames(HOP_SECONDS, rate))
    edges = np.flatnonzero(np.diff(np.concatenate([[0], quiet.astype(np.int8), [0]])))
    return [
        Span(int(start) * length, min(frames, int(stop) * length))
        for start, stop in zip(edges[::2], edges[1::2], strict=True)
    ]


def ends_abruptly(mono: NDArray[np.float32], rate: int, levels: Levels) -> bool:
    """Whether the sound ends at speech level. Speech fades within tens of milliseconds unless it was cut off."""
    last = mono[-max(1, seconds_to_frames(ENDING_SECONDS, rate)) :].astype(np.float64)
    ending = power_to_db(float(np.mean(np.square(last))), FLOOR_DB)
    return ending > float(np.percentile(levels, 90)) - ABRUPT_DB and ending > SILENT_DB + 10


def _noise_floor(levels: Levels, quiet: NDArray[np.bool_]) -> float | None:
    audible = levels[quiet & (levels > FLOOR_DB + 1)]
    # Where the pauses are digital silence, the rest are the ends of words.
    if len(audible) < max(MIN_QUIET_FRAMES, int(quiet.sum()) // 2):
        return None
    return power_to_db(float(np.mean(db_to_power(np.sort(audible)[: max(5, len(levels) // 10)]))), FLOOR_DB)


def _speaking(quiet: NDArray[np.bool_], voiced: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The audible frames within 0.2 s of a voiced one, which includes unvoiced consonants but not lasting noise."""
    count = min(len(quiet), len(voiced))
    reach = round(0.2 / HOP_SECONDS)
    near = np.convolve(voiced[:count].astype(np.int32), np.ones(2 * reach + 1, np.int32), "same")[:count] > 0
    speaking = np.zeros(len(quiet), np.bool_)
    speaking[:count] = near & ~quiet[:count]
    return speaking


def _semitones(pitches: NDArray[np.float64]) -> float:
    low, high = np.percentile(pitches, (10, 90))
    return float(12 * np.log2(high / low))


def _syllables(narrow: NDArray[np.float32], rate: int, speaking: NDArray[np.bool_], voice: Voicing) -> float | None:
    """Syllable nuclei per second: voiced peaks of the level in 300 to 3000 Hz that stand out by 2 dB."""
    seconds = float(speaking.sum()) * HOP_SECONDS
    if seconds < 0.2:
        return None
    band = np.convolve(narrow, _band_pass(300 / rate, 3000 / rate).astype(np.float32), "same")
    length = seconds_to_frames(HOP_SECONDS, rate)
    count = min(len(band) // length, len(voice.voiced), len(speaking))
    power = np.square(band[: count * length]).reshape(count, length).mean(axis=1)
    # The window is shorter than any syllable and longer than any fundamental period.
    window = np.hanning(9)
    smooth = power_to_db(np.convolve(power, window / window.sum(), "same") + 1e-12, FLOOR_DB)
    return _prominent_peaks(smooth, voice.voiced[:count] & speaking[:count]) / seconds


def _band_pass(low: float, high: float, taps: int = 129) -> NDArray[np.float64]:
    """The kernel of a band-pass filter; frequencies are fractions of the sample rate."""
    at = np.arange(taps) - taps // 2
    kernel: NDArray[np.float64] = (2 * high * np.sinc(2 * high * at) - 2 * low * np.sinc(2 * low * at)) * np.hanning(
        taps
    )
    return kernel


def _prominent_peaks(levels: Levels, allowed: NDArray[np.bool_], prominence: float = 2.0) -> int:
    """Count the peaks that rise above both neighbouring valleys by at least `prominence` dB."""
    count = 0
    lowest, highest, rising = math.inf, -math.inf, True
    at = 0
    for index, level in enumerate(levels):
        if rising:
            if level > highest:
                highest, at = float(level), index
            elif level < highest - prominence:
                count += bool(allowed[max(0, at - 2) : at + 3].any())
                rising, lowest = False, float(level)
        elif level < lowest:
            lowest = float(level)
        elif level > lowest + prominence:
            rising, highest, at = True, float(level), index
    return count
