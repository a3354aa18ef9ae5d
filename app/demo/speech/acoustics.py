"""Changes to sound: float32, mono, frames along the only axis."""

from __future__ import annotations

import numpy as np
import soxr
from numpy.typing import NDArray

RATE = 24_000  # frames a second of everything the service hands out

Samples = NDArray[np.float32]


def silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * RATE), np.float32)


def resampled(samples: Samples, rate: float, target: float = RATE) -> Samples:
    """From `rate` to `target` frames a second; a wrong `rate` on purpose shifts pitch and formants together."""
    if not len(samples):
        return samples
    return np.asarray(soxr.resample(samples, rate, target, quality="MQ"), np.float32)


def trimmed(samples: Samples, threshold: float = 0.004, margin: int = 240) -> tuple[Samples, int]:
    """Without the silence around it, and how many frames went from the front."""
    loud = np.flatnonzero(np.abs(samples) > threshold)
    if not len(loud):
        return samples[:0], 0
    start = max(int(loud[0]) - margin, 0)
    return samples[start : int(loud[-1]) + margin], start


def tilted(samples: Samples, decibels: float) -> Samples:
    """Highs up and lows down (or the reverse) by a spectral slope; `decibels` is the step from 300 Hz to 4 kHz."""
    if not decibels or not len(samples):
        return samples
    spectrum = np.fft.rfft(samples)
    frequencies = np.fft.rfftfreq(len(samples), 1 / RATE)
    slope = np.clip(np.log2(np.maximum(frequencies, 1) / 1100) / np.log2(4000 / 300), -0.7, 0.9)
    return np.fft.irfft(spectrum * 10 ** (decibels * slope / 20), len(samples)).astype(np.float32)


def envelope(samples: Samples, seconds: float = 0.02) -> Samples:
    """Moving RMS over `seconds`."""
    width = max(round(seconds * RATE), 1)
    power = np.convolve(samples.astype(np.float32) ** 2, np.full(width, 1 / width, np.float32), "same")
    return np.asarray(np.sqrt(np.maximum(power, 0)), np.float32)


def noise(frames: int, low: float, high: float, chance: np.random.Generator) -> Samples:
    """Noise between two frequencies (Hz) with unit RMS."""
    if frames <= 0:
        return np.zeros(0, np.float32)
    spectrum = np.fft.rfft(chance.standard_normal(frames))
    frequencies = np.fft.rfftfreq(frames, 1 / RATE)
    spectrum[(frequencies < low) | (frequencies > high)] = 0
    sound = np.fft.irfft(spectrum, frames)
    return np.asarray(sound / (np.sqrt(np.mean(sound**2)) + 1e-9), np.float32)


def breathy(samples: Samples, amount: float, chance: np.random.Generator) -> Samples:
    """Air mixed in, as loud as the voice allows."""
    if amount <= 0:
        return samples
    air = noise(len(samples), 1800, 9000, chance) * envelope(samples)
    return (samples * (1 - 0.35 * amount) + 0.45 * amount * air).astype(np.float32)


def husky(samples: Samples, amount: float, chance: np.random.Generator) -> Samples:
    """Roughness: a fast irregular beat on the amplitude, and some noise."""
    if amount <= 0 or not len(samples):
        return samples
    beat = noise(len(samples), 35, 75, chance)
    rough = samples * (1 + 0.55 * amount * np.clip(beat, -1.6, 1.6))
    return breathy(rough.astype(np.float32), 0.35 * amount, chance)


def trembling(samples: Samples, amount: float) -> Samples:
    """Tremor: pitch and level waver about six times a second."""
    if amount <= 0 or not len(samples):
        return samples
    time = np.arange(len(samples)) / RATE
    phase = 2 * np.pi * 6.2 * time
    # A wavering read position bends the pitch by depth · 2π · 6.2 Hz, about 5 % at full amount.
    warped = np.interp(time + 0.0013 * amount * np.sin(phase), time, samples)
    return (warped * (1 - 0.3 * amount * (0.5 + 0.5 * np.sin(phase + 0.8)))).astype(np.float32)


def louder(samples: Samples, decibels: float) -> Samples:
    return (samples * np.float32(10 ** (decibels / 20))).astype(np.float32)


def levelled(samples: Samples, rms: float) -> Samples:
    """With this RMS where it sounds; voices of the synthesiser differ by 12 dB on their own."""
    loud = samples[np.abs(samples) > 0.01]
    if not len(loud):
        return samples
    return (samples * np.float32(rms / np.sqrt(np.mean(loud**2)))).astype(np.float32)


def limited(samples: Samples, ceiling: float = 0.89) -> Samples:
    """Peaks bent under the ceiling, everything below 0.6 of it untouched."""
    knee = 0.6 * ceiling
    size = np.abs(samples)
    over = size > knee
    if over.any():
        bent = knee + (ceiling - knee) * np.tanh((size - knee) / (ceiling - knee))
        samples = np.where(over, np.sign(samples) * bent, samples).astype(np.float32)
    return samples


def faded(samples: Samples, seconds: float = 0.006) -> Samples:
    """With short ramps at both ends, so that pieces meet without a click."""
    frames = min(round(seconds * RATE), len(samples) // 2)
    if frames:
        samples = samples.copy()
        ramp = np.linspace(0, 1, frames, dtype=np.float32)
        samples[:frames] *= ramp
        samples[-frames:] *= ramp[::-1]
    return samples
