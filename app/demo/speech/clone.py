"""Cloned voices: the synthesiser takes pitch, liveliness, pace and brightness from a sample (WIRE.md section 3.4)."""

from __future__ import annotations

import math

import msgspec
import numpy as np
import pyworld
from numpy.typing import NDArray

from app.demo.speech import acoustics
from app.demo.speech.acoustics import RATE, Samples
from app.demo.speech.encode import decode
from app.demo.speech.speaking_style import VoiceTimbre

_HEARD = 20  # seconds of a sample that are looked at
_DIVIDE = 158  # Hz: below it a male variant is bent, above it a female one
# What the measures below give for the two variants as they come, speaking plainly.
_PLAIN_SYLLABLES = 4.45  # a second
_PLAIN_CENTROID = {"f4": 1600.0, "m3": 1490.0}  # Hz
_PLAIN_WAVER = 0.12  # standard deviation of log2 pitch


class Likeness(msgspec.Struct, frozen=True):
    """What was measured in a sample.

    Attributes:
        hertz: median pitch, 0 where nothing is voiced.
        waver: standard deviation of log2 pitch.
        centroid: spectral centre of gravity in Hz, 150 Hz to 7 kHz, of the loud parts.
        syllables: per second of speech.
    """

    hertz: float
    waver: float
    centroid: float
    syllables: float


def likeness(file: bytes) -> Likeness:
    """Measures a WAV or MP3 file.

    Raises:
        soundfile.LibsndfileError: it cannot be read.
    """
    samples, rate, _ = decode(file)
    return measure(acoustics.resampled(samples[: _HEARD * rate], rate))


def measure(samples: Samples) -> Likeness:
    """Measures sound at `RATE`."""
    samples, _ = acoustics.trimmed(samples, threshold=0.01 * float(np.max(np.abs(samples), initial=1e-9)))
    if len(samples) < RATE // 10:
        return Likeness(0.0, 0.0, 0.0, 0.0)
    sound = samples.astype(np.float64)
    pitch, times = pyworld.dio(sound, RATE, f0_floor=60, f0_ceil=500)
    pitch = pyworld.stonemask(sound, pitch, times, RATE)
    voiced = pitch[pitch > 0]
    hertz = float(np.median(voiced)) if len(voiced) > 10 else 0.0
    waver = float(np.std(np.log2(voiced))) if hertz else 0.0
    return Likeness(hertz, waver, _centroid(samples), _syllables(samples))


def timbre(like: Likeness) -> VoiceTimbre:
    """The voice nearest to what was measured; a sample without pitch becomes a breathy plain voice."""
    if not like.hertz:
        return VoiceTimbre("m3", 120, breath=0.8)
    variant = "f4" if like.hertz > _DIVIDE else "m3"
    brightness = math.log2(max(like.centroid, 200) / _PLAIN_CENTROID[variant])
    return VoiceTimbre(
        variant=variant,
        hertz=like.hertz,
        formant=_within(2 ** (0.35 * brightness), 0.88, 1.16),
        tilt=_within(8 * brightness, -8, 8),
        rate=_within(like.syllables / _PLAIN_SYLLABLES, 0.7, 1.45),
        # Octave errors inflate the waver of low voices, and a wide melody raises the median.
        spread=_within(like.waver / _PLAIN_WAVER, 0.5, 1.2),
    )


def _centroid(samples: Samples) -> float:
    frames = len(samples) // 1024
    blocks = samples[: frames * 1024].reshape(frames, 1024)
    loud = blocks[np.mean(blocks**2, axis=1) > 0.1 * np.mean(blocks**2)]
    power = np.mean(np.abs(np.fft.rfft(loud * np.hanning(1024), axis=1)), axis=0)
    frequencies = np.fft.rfftfreq(1024, 1 / RATE)
    band = (frequencies > 150) & (frequencies < 7000)
    return float(np.sum(frequencies[band] * power[band]) / (np.sum(power[band]) + 1e-12))


def _syllables(samples: Samples) -> float:
    """Peaks of the smoothed envelope, over the time that is speech."""
    level = acoustics.envelope(samples, 0.09)[:: RATE // 100].astype(np.float64)
    smooth = np.convolve(level, np.hanning(9) / np.hanning(9).sum(), "same")
    top = smooth > 0.2 * np.percentile(smooth, 95)
    peaks = _peaks(smooth) & top
    spoken = float(np.sum(top)) / 100
    return float(np.sum(peaks)) / spoken if spoken > 0.2 else _PLAIN_SYLLABLES


def _peaks(curve: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Local maxima that stand 5 % above the valleys 80 ms around them."""
    peaks = np.zeros(len(curve), bool)
    peaks[1:-1] = (curve[1:-1] > curve[:-2]) & (curve[1:-1] >= curve[2:])
    for spot in np.flatnonzero(peaks):
        around = curve[max(spot - 8, 0) : spot + 9]
        peaks[spot] = curve[spot] >= around.max() and curve[spot] > 1.05 * min(around[0], around[-1])
    return peaks


def _within(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)
