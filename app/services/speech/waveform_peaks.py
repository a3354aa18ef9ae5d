"""Waveform peaks: the lowest and highest sample of equal spans of a sound."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

COLUMNS = 240
"""Maximum number of pairs in the waveform of a take."""

_INITIAL_SPAN_FRAMES = 64
_MAX_PAIRS = 8 * COLUMNS


def outline(pcm: NDArray[np.int16], columns: int = COLUMNS) -> bytes:
    """Return (lowest, highest) pairs of signed bytes for at most `columns` equal spans. `pcm` has shape (frames, 1)."""
    flat = pcm[:, 0]
    return _packed(flat, flat, columns)


class PeakAccumulator:
    """Computes the peaks of a streaming sound in constant memory.

    Stores at most 8 · `COLUMNS` pairs; when full, adjacent pairs are merged.
    """

    def __init__(self) -> None:
        self._span = _INITIAL_SPAN_FRAMES
        self._lowest = np.zeros(_MAX_PAIRS, np.int16)
        self._highest = np.zeros(_MAX_PAIRS, np.int16)
        self._full = 0
        self._remainder: NDArray[np.int16] = np.zeros(0, np.int16)

    def add(self, frames: NDArray[np.int16]) -> None:
        """Add the next frames: int16 of shape (frames,)."""
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

    def packed(self, columns: int = COLUMNS) -> bytes:
        """Return the peaks in the format of `outline`, up to the last complete span."""
        if not self._full:
            return _packed(self._remainder, self._remainder, columns)
        return _packed(self._lowest[: self._full], self._highest[: self._full], columns)

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
