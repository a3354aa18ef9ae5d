"""Fourfold oversampling for true-peak measurement (ITU-R BS.1770-5, annex 2)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

OVERSAMPLING = 4
SIDE = 12
"""Number of samples on each side that an interpolated value depends on."""


def kernels() -> NDArray[np.float32]:
    """Windowed-sinc kernels for the three points between two samples: shape (3, 2 * SIDE), each row with sum 1."""
    at = np.arange(-SIDE + 1, SIDE + 1)
    distance = at - np.arange(1, OVERSAMPLING)[:, None] / OVERSAMPLING
    rows = np.sinc(distance) * (0.5 + 0.5 * np.cos(np.pi * distance / (SIDE + 0.5)))
    return np.asarray(rows / rows.sum(axis=1, keepdims=True), np.float32)


def greatest_gain() -> float:
    """The largest possible ratio of an interpolated value to the samples it is computed from."""
    return float(np.abs(kernels()).sum(axis=1).max())
