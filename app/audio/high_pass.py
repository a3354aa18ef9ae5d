"""Removes what is below the lowest voice: hum, rumble and handling noise."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.audio.resampling import Samples

CUTOFF_HZ = 80.0
_KERNEL_SECONDS = 0.1
"""Long enough that 50 Hz is down by 40 dB and 100 Hz is untouched."""


def high_pass(samples: Samples, rate: int, cutoff: float = CUTOFF_HZ) -> Samples:
    """Filter a sound of shape (frames, channels) without changing its phase; -6 dB at `cutoff` in Hz."""
    kernel = _kernel(rate, cutoff)
    side = len(kernel) // 2
    size = 1 << (8 * len(kernel)).bit_length()
    step = size - len(kernel) + 1
    response = np.fft.rfft(kernel, size)
    # As if the first and the last value went on, or an offset would be heard as a thump at both ends.
    padded = np.pad(samples, ((side, side + step), (0, 0)), "edge")
    filtered = np.empty_like(samples)
    for first in range(0, len(samples), step):
        block = np.fft.rfft(padded[first : first + size], size, axis=0) * response[:, None]
        count = min(step, len(samples) - first)
        start = len(kernel) - 1
        filtered[first : first + count] = np.fft.irfft(block, size, axis=0)[start : start + count]
    return filtered


def _kernel(rate: int, cutoff: float) -> NDArray[np.float64]:
    side = max(1, round(_KERNEL_SECONDS * rate / 2))
    at = np.arange(-side, side + 1)
    low = 2 * cutoff / rate * np.sinc(2 * cutoff / rate * at) * np.hanning(2 * side + 1)
    kernel = np.asarray(-low / low.sum(), np.float64)
    kernel[side] += 1
    return kernel
