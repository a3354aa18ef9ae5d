"""Measures pitch, intonation, pace and brightness of a sample, for cloned voices (WIRE.md section 3.4)."""

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

_ANALYSED_SECONDS = 20  # how much of a sample is analysed
_MALE_FEMALE_BOUNDARY_HZ = 158  # a male variant is used below it, a female one above
# Measurements of the two unmodified variants in plain speech.
_PLAIN_SYLLABLE_RATE = 4.45  # per second
_PLAIN_CENTROID_HZ = {"f4": 1600.0, "m3": 1490.0}
_PLAIN_PITCH_DEVIATION = 0.12  # standard deviation of log2 pitch


class VoiceMeasures(msgspec.Struct, frozen=True):
    """Measurements of a voice sample.

    Attributes:
        pitch_hz: median pitch, 0 if nothing is voiced.
        pitch_deviation: standard deviation of log2 pitch.
        centroid_hz: spectral centroid of the loud parts, between 150 Hz and 7 kHz.
        syllable_rate: syllables per second of speech.
    """

    pitch_hz: float
    pitch_deviation: float
    centroid_hz: float
    syllable_rate: float


def measure_file(file: bytes) -> VoiceMeasures:
    """Measure a WAV or MP3 file.

    Raises:
        soundfile.LibsndfileError: the file can't be read.
    """
    samples, rate, _ = decode(file)
    return measure(acoustics.resampled(samples[: _ANALYSED_SECONDS * rate], rate))


def measure(samples: Samples) -> VoiceMeasures:
    """Measure audio at `RATE`."""
    samples, _ = acoustics.trimmed(samples, threshold=0.01 * float(np.max(np.abs(samples), initial=1e-9)))
    if len(samples) < RATE // 10:
        return VoiceMeasures(0.0, 0.0, 0.0, 0.0)
    sound = samples.astype(np.float64)
    pitch, times = pyworld.dio(sound, RATE, f0_floor=60, f0_ceil=500)
    pitch = pyworld.stonemask(sound, pitch, times, RATE)
    voiced = pitch[pitch > 0]
    pitch_hz = float(np.median(voiced)) if len(voiced) > 10 else 0.0
    pitch_deviation = float(np.std(np.log2(voiced))) if pitch_hz else 0.0
    return VoiceMeasures(pitch_hz, pitch_deviation, _centroid_hz(samples), _syllable_rate(samples))


def timbre(measures: VoiceMeasures) -> VoiceTimbre:
    """Voice that comes closest to the measurements; a plain, breathy voice for a sample without pitch."""
    if not measures.pitch_hz:
        return VoiceTimbre("m3", 120, breath=0.8)
    variant = "f4" if measures.pitch_hz > _MALE_FEMALE_BOUNDARY_HZ else "m3"
    brightness = math.log2(max(measures.centroid_hz, 200) / _PLAIN_CENTROID_HZ[variant])
    return VoiceTimbre(
        variant=variant,
        pitch_hz=measures.pitch_hz,
        formant=_clamp(2 ** (0.35 * brightness), 0.88, 1.16),
        tilt=_clamp(8 * brightness, -8, 8),
        rate=_clamp(measures.syllable_rate / _PLAIN_SYLLABLE_RATE, 0.7, 1.45),
        # Octave errors inflate the deviation of low voices, and wide intonation raises the median pitch.
        spread=_clamp(measures.pitch_deviation / _PLAIN_PITCH_DEVIATION, 0.5, 1.2),
    )


def _centroid_hz(samples: Samples) -> float:
    frames = len(samples) // 1024
    blocks = samples[: frames * 1024].reshape(frames, 1024)
    loud = blocks[np.mean(blocks**2, axis=1) > 0.1 * np.mean(blocks**2)]
    power = np.mean(np.abs(np.fft.rfft(loud * np.hanning(1024), axis=1)), axis=0)
    frequencies = np.fft.rfftfreq(1024, 1 / RATE)
    band = (frequencies > 150) & (frequencies < 7000)
    return float(np.sum(frequencies[band] * power[band]) / (np.sum(power[band]) + 1e-12))


def _syllable_rate(samples: Samples) -> float:
    """Peaks of the smoothed envelope per second of speech."""
    level = acoustics.envelope(samples, 0.09)[:: RATE // 100].astype(np.float64)
    smooth = np.convolve(level, np.hanning(9) / np.hanning(9).sum(), "same")
    loud = smooth > 0.2 * np.percentile(smooth, 95)
    peaks = _peaks(smooth) & loud
    speech_seconds = float(np.sum(loud)) / 100
    return float(np.sum(peaks)) / speech_seconds if speech_seconds > 0.2 else _PLAIN_SYLLABLE_RATE


def _peaks(curve: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Local maxima at least 5 % above the lower of the values 80 ms before and after them."""
    peaks = np.zeros(len(curve), bool)
    peaks[1:-1] = (curve[1:-1] > curve[:-2]) & (curve[1:-1] >= curve[2:])
    for index in np.flatnonzero(peaks):
        nearby = curve[max(index - 8, 0) : index + 9]
        peaks[index] = curve[index] >= nearby.max() and curve[index] > 1.05 * min(nearby[0], nearby[-1])
    return peaks


def _clamp(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)
