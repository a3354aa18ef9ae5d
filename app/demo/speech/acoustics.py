"""Audio effects. All samples are mono float32 arrays of shape (frames,)."""

from __future__ import annotations

import numpy as np
import soxr
from numpy.typing import NDArray

RATE = 24_000  # frames per second of all audio the service returns

Samples = NDArray[np.float32]


def silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * RATE), np.float32)


def resampled(samples: Samples, rate: float, target: float = RATE) -> Samples:
    """Resample from `rate` to `target` frames per second. A deliberately wrong `rate` shifts pitch and formants."""
    if not len(samples):
        return samples
    return np.asarray(soxr.resample(samples, rate, target, quality="MQ"), np.float32)


def trimmed(samples: Samples, threshold: float = 0.004, margin: int = 240) -> tuple[Samples, int]:
    """Trim silence at both ends; also returns the number of frames removed from the start."""
    loud = np.flatnonzero(np.abs(samples) > threshold)
    if not len(loud):
        return samples[:0], 0
    start = max(int(loud[0]) - margin, 0)
    return samples[start : int(loud[-1]) + margin], start


def tilted(samples: Samples, decibels: float) -> Samples:
    """Apply a spectral slope; `decibels` is the difference between 4 kHz and 300 Hz, positive for brighter."""
    if not decibels or not len(samples):
        return samples
    spectrum = np.fft.rfft(samples)
    frequencies = np.fft.rfftfreq(len(samples), 1 / RATE)
    slope = np.clip(np.log2(np.maximum(frequencies, 1) / 1100) / np.log2(4000 / 300), -0.7, 0.9)
    return np.fft.irfft(spectrum * 10 ** (decibels * slope / 20), len(samples)).astype(np.float32)


def envelope(samples: Samples, seconds: float = 0.02) -> Samples:
    """Moving RMS with a window of `seconds`."""
    width = max(round(seconds * RATE), 1)
    power = np.convolve(samples.astype(np.float32) ** 2, np.full(width, 1 / width, np.float32), "same")
    return np.asarray(np.sqrt(np.maximum(power, 0)), np.float32)


def noise(frames: int, low: float, high: float, rng: np.random.Generator) -> Samples:
    """Band-limited noise between two frequencies (Hz) with an RMS of 1."""
    if frames <= 0:
        return np.zeros(0, np.float32)
    spectrum = np.fft.rfft(rng.standard_normal(frames))
    frequencies = np.fft.rfftfreq(frames, 1 / RATE)
    spectrum[(frequencies < low) | (frequencies > high)] = 0
    sound = np.fft.irfft(spectrum, frames)
    return np.asarray(sound / (np.sqrt(np.mean(sound**2)) + 1e-9), np.float32)


def breathy(samples: Samples, amount: float, rng: np.random.Generator) -> Samples:
    """Mix in breath noise that follows the level of the voice."""
    if amount <= 0:
        return samples
    air = noise(len(samples), 1800, 9000, rng) * envelope(samples)
    return (samples * (1 - 0.35 * amount) + 0.45 * amount * air).astype(np.float32)


def husky(samples: Samples, amount: float, rng: np.random.Generator) -> Samples:
    """Add roughness: fast, irregular amplitude modulation and some breath noise."""
    if amount <= 0 or not len(samples):
        return samples
    beat = noise(len(samples), 35, 75, rng)
    rough = samples * (1 + 0.55 * amount * np.clip(beat, -1.6, 1.6))
    return breathy(rough.astype(np.float32), 0.35 * amount, rng)


def trembling(samples: Samples, amount: float) -> Samples:
    """Add tremor: pitch and level vary about six times per second."""
    if amount <= 0 or not len(samples):
        return samples
    time = np.arange(len(samples)) / RATE
    phase = 2 * np.pi * 6.2 * time
    # Modulating the read position changes the pitch by depth · 2π · 6.2 Hz, about 5 % at full amount.
    warped = np.interp(time + 0.0013 * amount * np.sin(phase), time, samples)
    return (warped * (1 - 0.3 * amount * (0.5 + 0.5 * np.sin(phase + 0.8)))).astype(np.float32)


def louder(samples: Samples, decibels: float) -> Samples:
    return (samples * np.float32(10 ** (decibels / 20))).astype(np.float32)


def levelled(samples: Samples, rms: float) -> Samples:
    """Normalise the RMS of the non-silent samples; eSpeak NG's voices differ by 12 dB."""
    loud = samples[np.abs(samples) > 0.01]
    if not len(loud):
        return samples
    return (samples * np.float32(rms / np.sqrt(np.mean(loud**2)))).astype(np.float32)


def limited(samples: Samples, ceiling: float = 0.89) -> Samples:
    """Soft-limit peaks to `ceiling`; samples below 0.6 of it are unchanged."""
    knee = 0.6 * ceiling
    size = np.abs(samples)
    over = size > knee
    if over.any():
        bent = knee + (ceiling - knee) * np.tanh((size - knee) / (ceiling - knee))
        samples = np.where(over, np.sign(samples) * bent, samples).astype(np.float32)
    return samples


def faded(samples: Samples, seconds: float = 0.006) -> Samples:
    """Fade in and out, so that consecutive pieces join without a click."""
    frames = min(round(seconds * RATE), len(samples) // 2)
    if frames:
        samples = samples.copy()
        ramp = np.linspace(0, 1, frames, dtype=np.float32)
        samples[:frames] *= ramp
        samples[-frames:] *= ramp[::-1]
    return samples
