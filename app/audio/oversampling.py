"""Values between samples: the fourfold interpolation that true peaks are read from (BS.1770-5, annex 2)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

OVERSAMPLING = 4
SIDE = 12
"""Samples on each side of a gap that its values depend on."""


def kernels() -> NDArray[np.float32]:
    """Windowed sinc at the three points between two samples, shape (3, 2 * SIDE), each with sum 1."""
    at = np.arange(-SIDE + 1, SIDE + 1)
    distance = at - np.arange(1, OVERSAMPLING)[:, None] / OVERSAMPLING
    rows = np.sinc(distance) * (0.5 + 0.5 * np.cos(np.pi * distance / (SIDE + 0.5)))
    return np.asarray(rows / rows.sum(axis=1, keepdims=True), np.float32)


def greatest_gain() -> float:
    """How much higher than all the samples around it a value between them can be at most."""
    return float(np.abs(kernels()).sum(axis=1).max())
