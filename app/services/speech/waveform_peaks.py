"""The outline of a sound: its lowest and highest values over a fixed number of equal stretches."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

COLUMNS = 240
"""Pairs of a take's outline."""

_INITIAL_SPAN_FRAMES = 64
_MAX_PAIRS = 8 * COLUMNS


def outline(pcm: NDArray[np.int16], columns: int = COLUMNS) -> bytes:
    """Pairs of signed bytes, lowest and highest of each of at most `columns` equal stretches. Shape (frames, 1)."""
    flat = pcm[:, 0]
    return _packed(flat, flat, columns)


class PeakAccumulator:
    """The same of a sound that still arrives, at a cost that does not grow with it.

    It holds at most 8 · `COLUMNS` pairs; when they are full each two become one.
    """

    def __init__(self) -> None:
        self._span = _INITIAL_SPAN_FRAMES
        self._lowest = np.zeros(_MAX_PAIRS, np.int16)
        self._highest = np.zeros(_MAX_PAIRS, np.int16)
        self._full = 0
        self._remainder: NDArray[np.int16] = np.zeros(0, np.int16)

    def add(self, frames: NDArray[np.int16]) -> None:
        """What came next: int16 of shape (frames,)."""
        waiting = np.concatenate([self._remainder, frames]) if len(self._remainder) else frames
        while len(waiting) >= self._span:
            if self._full == _MAX_PAIRS:
                self._halve()
                continue
            count = min(len(waiting) // self._span, _MAX_PAIRS - self._full)
            whole = waiting[: count * self._span].reshape(count, self._span)
            self._lowest[self._full : self._full + count] = whole.min(axis=1)
            self._highest[self._full : self._full + count] = whole.max(axis=1)
            self._full += count
            waiting = waiting[count * self._span :]
        self._remainder = waiting.copy()

    def packed(self) -> bytes:
        """As `outline` gives it, up to the last whole stretch."""
        if not self._full:
            return _packed(self._remainder, self._remainder, COLUMNS)
        return _packed(self._lowest[: self._full], self._highest[: self._full], COLUMNS)

    def _halve(self) -> None:
        half = _MAX_PAIRS // 2
        self._lowest[:half] = self._lowest.reshape(half, 2).min(axis=1)
        self._highest[:half] = self._highest.reshape(half, 2).max(axis=1)
        self._full = half
        self._span *= 2


def _packed(lowest: NDArray[np.int16], highest: NDArray[np.int16], columns: int) -> bytes:
    if len(lowest) == 0:
        return b""
    columns = min(columns, len(lowest))
    starts = np.unique(np.linspace(0, len(lowest), columns, endpoint=False).astype(np.int64))
    low, high = np.minimum.reduceat(lowest, starts), np.maximum.reduceat(highest, starts)
    return np.stack([low >> 8, high >> 8], axis=1).astype(np.int8).tobytes()
