"""The 5 ms raised-cosine fade applied at every start, stop, seek and switch."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.core.units import seconds_to_frames

FADE_SECONDS = 0.005


def frames(rate: int) -> int:
    """The length of a fade in frames."""
    return max(2, seconds_to_frames(FADE_SECONDS, rate))


def rise(rate: int) -> NDArray[np.float32]:
    """Gains from 0 to 1, float32 of shape (frames, 1). Reversed it is `fall`; the two add up to 1."""
    count = frames(rate)
    return (0.5 - 0.5 * np.cos(np.pi * (np.arange(count) + 0.5) / count)).astype(np.float32)[:, None]


def fall(rate: int) -> NDArray[np.float32]:
    """Gains from 1 to 0, float32 of shape (frames, 1)."""
    return np.ascontiguousarray(rise(rate)[::-1])
