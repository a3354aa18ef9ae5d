"""Compares the channels of a sound."""

from __future__ import annotations

import msgspec
import numpy as np

from app.audio.decibels import db_to_amplitude, power_to_db
from app.audio.resampling import Samples

SILENT_DB = -60.0
OPPOSITE = -0.5
"""Correlation below which channels mostly cancel each other when they are mixed."""
_BLOCK = 1 << 18
_FLOOR_DB = -120.0


class ChannelComparison(msgspec.Struct, frozen=True):
    """How alike the first two channels are.

    Attributes:
        difference_db: difference of their levels in decibels, ± 0.1; None for mono or if one is silent.
        correlation: 1 for equal channels, -1 for opposite ones; 1 for mono.
    """

    difference_db: float | None = None
    correlation: float = 1.0


def compare_channels(samples: Samples) -> ChannelComparison:
    """Compare the first two channels of a sound of shape (frames, channels)."""
    if samples.shape[1] < 2 or not len(samples):
        return ChannelComparison()
    peaks = [max(float(side.max()), -float(side.min())) for side in (samples[:, 0], samples[:, 1])]
    if min(peaks) < db_to_amplitude(SILENT_DB):
        return ChannelComparison()
    left = right = both = 0.0
    for first in range(0, len(samples), _BLOCK):
        block = samples[first : first + _BLOCK, :2].astype(np.float64)
        a, b = block[:, 0], block[:, 1]
        left, right, both = left + float(a @ a), right + float(b @ b), both + float(a @ b)
    difference = abs(power_to_db(left / len(samples), _FLOOR_DB) - power_to_db(right / len(samples), _FLOOR_DB))
    return ChannelComparison(difference, both / float(np.sqrt(left * right)))
