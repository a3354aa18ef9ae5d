"""Voicing and pitch detection by autocorrelation."""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from app.audio.decibels import db_to_power
from app.audio.resampling import resample
from app.core.units import seconds_to_frames

HOP_SECONDS = 0.01
MIN_HZ, MAX_HZ = 60.0, 500.0
RATE = 8_000
"""Internal sample rate; the fundamental and its first harmonics are below half of it."""
WINDOW_SECONDS = 0.05
MIN_CORRELATION = 0.6
"""Normalised autocorrelation above which a frame counts as voiced."""
SILENT_DB = -60.0
"""Mean power in dB below which a frame is unvoiced."""
MIN_VOICED_SECONDS = 0.3
"""Below it a median says nothing about a voice."""
BATCH_WINDOWS = 256
"""Windows processed at once, so that memory does not grow with the length of the sound."""


class Voicing(msgspec.Struct, frozen=True):
    """Voicing of a sound, one entry per 10 ms.

    Attributes:
        voiced: whether the frame is voiced.
        pitch: fundamental frequency in Hz, 0 if unvoiced.
    """

    voiced: NDArray[np.bool_]
    pitch: NDArray[np.float64]


def voicing(mono: NDArray[np.float32], rate: int) -> Voicing:
    """Detect voicing and pitch from the autocorrelation of 50 ms windows, preferring the shortest near-best period."""
    sound = resample(mono[:, None], rate, RATE)[:, 0] if rate != RATE else mono
    length, hop = seconds_to_frames(WINDOW_SECONDS, RATE), seconds_to_frames(HOP_SECONDS, RATE)
    shortest, longest = int(RATE / MAX_HZ), int(RATE / MIN_HZ) + 1
    count = max(1, -(-len(sound) // hop))
    padded = np.zeros(count * hop + length + longest, np.float32)
    # Windows are centred on their frame: frame i begins at i * hop.
    offset = (length + longest - hop) // 2
    padded[offset : offset + len(sound)] = sound[: len(padded) - offset]
    windows = sliding_window_view(padded, length + longest)[::hop][:count]
    pitches = [
        _pitch(windows[first : first + BATCH_WINDOWS].astype(np.float64), length, shortest, longest)
        for first in range(0, count, BATCH_WINDOWS)
    ]
    pitch = np.concatenate(pitches)
    return Voicing(pitch > 0, pitch)


def _pitch(windows: NDArray[np.float64], length: int, shortest: int, longest: int) -> NDArray[np.float64]:
    windows = windows - windows.mean(axis=1, keepdims=True)
    # No lag that is used wraps around. A multiple of small primes is transformed fast.
    size = -(-windows.shape[1] // 60) * 60
    narrow = windows.astype(np.float32)
    spectra = np.fft.rfft(narrow, size) * np.conj(np.fft.rfft(narrow[:, :length], size))
    product = np.fft.irfft(spectra, size)[:, : longest + 1]
    energy = np.cumsum(np.square(np.pad(windows, ((0, 0), (1, 0)))), axis=1)
    of_lag = energy[:, length : length + longest + 1] - energy[:, : longest + 1]
    energy_at_zero = of_lag[:, :1]
    correlation = product / np.sqrt(np.maximum(energy_at_zero * of_lag, 1e-12))
    inner = correlation[:, shortest : longest + 1]
    best = inner.max(axis=1)
    # Multiples of the period correlate as well as the period itself, so take the first near-best local peak.
    middle = inner[:, 1:-1]
    peaks = (middle >= inner[:, :-2]) & (middle >= inner[:, 2:]) & (middle >= 0.9 * best[:, None])
    lag = shortest + 1 + np.argmax(peaks, axis=1)
    rows = np.arange(len(lag))
    before, at, after = correlation[rows, lag - 1], correlation[rows, lag], correlation[rows, lag + 1]
    bend = before - 2 * at + after
    shift = np.where(bend < 0, 0.5 * (before - after) / np.where(bend < 0, bend, -1), 0)
    loud = energy_at_zero[:, 0] > length * db_to_power(SILENT_DB)
    voiced = peaks.any(axis=1) & (at > MIN_CORRELATION) & loud
    return np.where(voiced, RATE / (lag + np.clip(shift, -0.5, 0.5)), 0.0)


def median_pitch(mono: NDArray[np.float32], rate: int) -> float | None:
    """The median pitch in Hz of the voiced frames; None if fewer than `MIN_VOICED_SECONDS` are voiced."""
    pitch = voicing(mono, rate).pitch
    voiced = pitch[pitch > 0]
    return float(np.median(voiced)) if len(voiced) * HOP_SECONDS >= MIN_VOICED_SECONDS else None
