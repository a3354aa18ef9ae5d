"""Tells sounds that stay the same, such as tones and hum, from speech, which never does for long."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from app.audio.resampling import resample
from app.core.units import seconds_to_frames

HOP_SECONDS = 0.01
RATE = 8_000
WINDOW_SECONDS = 0.05
LAG = 3
"""Hops between the spectra that are compared: 30 ms, in which an articulated sound changes."""
REACH = 30
"""Hops on each side over which the median of the change is taken."""
STEADY_CHANGE = 0.012
"""Share of the energy that changes in 30 ms: below 0.005 for tones, also struck ones, above 0.03 for speech."""
BATCH_WINDOWS = 1024


def steady_frames(mono: NDArray[np.float32], rate: int) -> NDArray[np.bool_]:
    """Whether the sound around each 10 ms frame has a spectrum and a level that stay the same for most of 0.6 s."""
    sound = resample(mono[:, None], rate, RATE)[:, 0] if rate != RATE else mono
    length, hop = seconds_to_frames(WINDOW_SECONDS, RATE), seconds_to_frames(HOP_SECONDS, RATE)
    count = max(1, -(-len(sound) // hop))
    padded = np.zeros(count * hop + length, np.float32)
    padded[length // 2 : length // 2 + len(sound)] = sound[: len(padded) - length // 2]
    windows = sliding_window_view(padded, length)[::hop][:count]
    change = np.ones(count)
    shape = np.hanning(length)
    for first in range(0, max(0, count - LAG), BATCH_WINDOWS):
        part = windows[first : first + BATCH_WINDOWS + LAG] * shape
        amplitude = np.abs(np.fft.rfft(part, axis=1))
        distance = np.square(amplitude[LAG:] - amplitude[:-LAG]).sum(axis=1)
        energy = np.square(amplitude).sum(axis=1)
        change[first : first + len(distance)] = distance / np.maximum(energy[LAG:] + energy[:-LAG], 1e-12)
    around = sliding_window_view(np.pad(change, REACH, mode="reflect" if count > REACH else "edge"), 2 * REACH + 1)
    return np.asarray(np.median(around, axis=1) < STEADY_CHANGE)
