"""What can be said about a recording of speech: levels, faults, and the voice in it.

Every figure states how near it comes to the truth; the tests hold it to that with signals whose truth is known.
"""

from __future__ import annotations

import math

import msgspec
import numpy as np
from numpy.typing import NDArray

from app.audio.decibels import Levels, db_to_amplitude, db_to_power, power_to_db
from app.audio.loudness import FLOOR_DB, Loudness, measure
from app.audio.pitch import Voicing, voicing
from app.audio.resampling import Samples, resample
from app.audio.spectrum import Hum, Spectrum
from app.core.errors import AudioError, Code
from app.core.units import frames_to_seconds, seconds_to_frames

HOP_SECONDS = 0.01
"""Seconds of one frame of levels."""
SILENT_DB = -60.0
"""dBFS below which a frame is silent wherever it is."""
BELOW_SPEECH_DB = 30.0
"""A frame this far below the speech is a pause."""
HOLE_SECONDS = 1.0
CLIPPED_RUN = 3
ENDING_SECONDS = 0.02
ABRUPT_DB = 20.0


class Span(msgspec.Struct, frozen=True):
    """A stretch of a sound in frames; `stop` is the frame after the last."""

    start: int
    stop: int


class Analysis(msgspec.Struct, frozen=True):
    """Findings about one sound. Times are frames at `rate`; tolerances are those the tests hold.

    Attributes:
        loudness: see there.
        silent: no frame is above -60 dBFS.
        lead, tail: silence before and after the sound, frames; ± 10 ms.
        pauses: every silence of at least 0.15 s inside; ± 20 ms at each end.
        holes: the pauses of at least 1 s.
        clipped: samples in runs of at least three at the highest value of the sound, which is above -1 dBFS; exact for
            a signal cut off at one value.
        abrupt_end: the last 20 ms are less than 20 dB below the speech.
        noise_floor: dBFS, the level of the quietest tenth of the frames that are not digital silence; ± 1 dB for
            steady noise with pauses in the speech; None where nothing pauses.
        hum: the mains hum, None unless it stands out by 12 dB.
        bandwidth: Hz up to which the sound reaches; ± 5 %. 0 for silence.
        speech_share: of the duration, 0 to 1; ± 0.05 where pauses are 30 dB below the speech.
        pitch: median fundamental in Hz, ± 2 %; None when nothing is voiced.
        pitch_spread: semitones between the 10th and the 90th percentile of the pitch, ± 1.
        syllables_per_second: while speaking, pauses left out; ± 20 %. None when nothing is voiced.
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
    abrupt_end: bool
    noise_floor: float | None
    hum: Hum | None
    bandwidth: float
    speech_share: float
    pitch: float | None
    pitch_spread: float | None
    syllables_per_second: float | None

    @property
    def seconds(self) -> float:
        return frames_to_seconds(self.frames, self.rate)


def analyse(samples: Samples, rate: int) -> Analysis:
    """A whole sound of shape (frames, channels). Takes about 1 s per 10 minutes: call it in a thread.

    Raises SOUND_EMPTY for a sound without frames.
    """
    if len(samples) == 0:
        raise AudioError(Code.SOUND_EMPTY)
    mono = samples.mean(axis=1, dtype=np.float32) if samples.shape[1] > 1 else samples[:, 0]
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
    voice = voicing(mono, rate)
    voiced = voice.voiced[: len(levels)] & ~quiet[: len(voice.voiced)]
    speaking = _speaking(quiet, voiced)
    pitches = voice.pitch[: len(voiced)][voiced]
    voiced_pitches = None if len(pitches) < 3 else pitches
    return Analysis(
        frames=len(samples),
        rate=rate,
        channels=samples.shape[1],
        loudness=measure(samples, rate),
        silent=silent,
        lead=lead,
        tail=tail,
        pauses=pauses,
        holes=tuple(span for span in pauses if span.stop - span.start >= HOLE_SECONDS * rate),
        clipped=sum(clipped_samples(channel) for channel in samples.T),
        abrupt_end=not silent and _ends_abruptly(mono, rate, levels),
        noise_floor=_noise_floor(levels, quiet),
        hum=None if silent else spectrum.hum(),
        bandwidth=0.0 if silent else spectrum.bandwidth(),
        speech_share=float(speaking.mean()) if len(speaking) else 0.0,
        pitch=None if voiced_pitches is None else float(np.median(voiced_pitches)),
        pitch_spread=None if voiced_pitches is None else _semitones(voiced_pitches),
        syllables_per_second=None if voiced_pitches is None else _syllables(mono, rate, speaking, voice),
    )


def frame_levels(mono: NDArray[np.float32], rate: int) -> Levels:
    """RMS of every 10 ms in dBFS; the last frame may be shorter."""
    length = max(1, seconds_to_frames(HOP_SECONDS, rate))
    if len(mono) == 0:
        return np.zeros(0)
    power: Levels = np.add.reduceat(np.square(mono, dtype=np.float64), np.arange(0, len(mono), length))
    counts = np.full(len(power), length)
    counts[-1] = len(mono) - length * (len(power) - 1)
    return power_to_db(power / counts, FLOOR_DB)


def pause_threshold(levels: Levels) -> float:
    """dBFS: 30 dB below the speech, but over the noise between the words, and never below -60 dBFS."""
    if len(levels) == 0:
        return SILENT_DB
    low, lower, speech = (float(level) for level in np.percentile(levels, (5, 20, 95)))
    # Noise is steady; speech without a pause has its quiet frames at all levels.
    over_noise = min(lower + 6, speech - 10) if lower - low < 6 else SILENT_DB
    return max(SILENT_DB, speech - BELOW_SPEECH_DB, over_noise)


def pauses_of(samples: Samples, rate: int, shortest: float = 0.15) -> list[Span]:
    """Silences of at least `shortest` seconds, those at the ends too."""
    mono = samples.mean(axis=1, dtype=np.float32)
    levels = frame_levels(mono, rate)
    spans = _spans(levels < pause_threshold(levels), rate, len(mono))
    return [span for span in spans if span.stop - span.start >= shortest * rate]


def clipped_samples(channel: NDArray[np.float32]) -> int:
    """Samples in runs of three or more equal ones at the top or the bottom of the signal, above -1 dBFS."""
    if len(channel) == 0:
        return 0
    clipped = 0
    for side in (channel, -channel):
        top = float(side.max())
        if top < db_to_amplitude(-1):
            continue
        # Two quantisation steps: converters and codecs wobble a little at the stop.
        at_stop = side >= top - 2 / 32768
        edges = np.flatnonzero(np.diff(np.concatenate([[0], at_stop.astype(np.int8), [0]])))
        lengths = edges[1::2] - edges[::2]
        clipped += int(lengths[lengths >= CLIPPED_RUN].sum())
    return clipped


def _spans(quiet: NDArray[np.bool_], rate: int, frames: int) -> list[Span]:
    length = max(1, seconds_to_frames(HOP_SECONDS, rate))
    edges = np.flatnonzero(np.diff(np.concatenate([[0], quiet.astype(np.int8), [0]])))
    return [
        Span(int(start) * length, min(frames, int(stop) * length))
        for start, stop in zip(edges[::2], edges[1::2], strict=True)
    ]


def _ends_abruptly(mono: NDArray[np.float32], rate: int, levels: Levels) -> bool:
    """Speech dies away within some 10 ms; a take that was cut off does not."""
    last = mono[-max(1, seconds_to_frames(ENDING_SECONDS, rate)) :].astype(np.float64)
    ending = power_to_db(float(np.mean(np.square(last))), FLOOR_DB)
    return ending > float(np.percentile(levels, 90)) - ABRUPT_DB and ending > SILENT_DB + 10


def _noise_floor(levels: Levels, quiet: NDArray[np.bool_]) -> float | None:
    audible = levels[quiet & (levels > FLOOR_DB + 1)]
    if len(audible) < 5:
        return None
    return power_to_db(float(np.mean(db_to_power(np.sort(audible)[: max(5, len(levels) // 10)]))), FLOOR_DB)


def _speaking(quiet: NDArray[np.bool_], voiced: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Sounding frames no further than 0.2 s from a voiced one: unvoiced consonants belong, lasting noise does not."""
    count = min(len(quiet), len(voiced))
    reach = round(0.2 / HOP_SECONDS)
    near = np.convolve(voiced[:count].astype(np.int32), np.ones(2 * reach + 1, np.int32), "same")[:count] > 0
    speaking = np.zeros(len(quiet), np.bool_)
    speaking[:count] = near & ~quiet[:count]
    return speaking


def _semitones(pitches: NDArray[np.float64]) -> float:
    low, high = np.percentile(pitches, (10, 90))
    return float(12 * np.log2(high / low))


def _syllables(mono: NDArray[np.float32], rate: int, speaking: NDArray[np.bool_], voice: Voicing) -> float | None:
    """Nuclei per second: peaks of the loudness of 300 to 3000 Hz that are voiced and stand out by 2 dB."""
    seconds = float(speaking.sum()) * HOP_SECONDS
    if seconds < 0.2:
        return None
    narrow = resample(mono[:, None], rate, 8000)[:, 0].astype(np.float64) if rate > 8000 else mono.astype(np.float64)
    narrow_rate = min(rate, 8000)
    band = np.convolve(narrow, _band_pass(300 / narrow_rate, 3000 / narrow_rate), "same")
    length = seconds_to_frames(HOP_SECONDS, narrow_rate)
    count = min(len(band) // length, len(voice.voiced), len(speaking))
    power = np.square(band[: count * length]).reshape(count, length).mean(axis=1)
    # Faster than any syllable, slower than any fundamental.
    window = np.hanning(9)
    smooth = power_to_db(np.convolve(power, window / window.sum(), "same") + 1e-12, FLOOR_DB)
    return _prominent_peaks(smooth, voice.voiced[:count] & speaking[:count]) / seconds


def _band_pass(low: float, high: float, taps: int = 129) -> NDArray[np.float64]:
    """Between two frequencies, given as parts of the rate."""
    at = np.arange(taps) - taps // 2
    kernel: NDArray[np.float64] = (2 * high * np.sinc(2 * high * at) - 2 * low * np.sinc(2 * low * at)) * np.hanning(
        taps
    )
    return kernel


def _prominent_peaks(levels: Levels, allowed: NDArray[np.bool_], prominence: float = 2.0) -> int:
    """Peaks that the curve falls from, and rose to, by at least `prominence` dB."""
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
