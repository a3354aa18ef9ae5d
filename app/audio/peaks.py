"""Waveform peaks for drawing: minimum, maximum and RMS per bucket, at several resolutions."""

from __future__ import annotations

import struct

import msgspec
import numpy as np
from numpy.typing import NDArray

from app.audio.resampling import Samples
from app.core.errors import Code, StorageError

BUCKET = 256
"""Frames per bucket at the finest level."""
STEP = 4
"""Ratio of bucket widths of adjacent levels."""
LEVELS = 6
LOWEST, HIGHEST, POWER = range(3)
_HEAD = struct.Struct("<4sIIQ")
_MAGIC = b"PKS1"


class Shape(msgspec.Struct, frozen=True):
    """The waveform to draw: one float32 entry per column, 0 in columns past the end of the sound."""

    lowest: NDArray[np.float32]
    highest: NDArray[np.float32]
    rms: NDArray[np.float32]


class Peaks:
    """Accumulates the peaks of a sound that is appended piece by piece. Channels are combined.

    Attributes:
        rate: sample rate of the sound.
        frames: frames appended so far.
    """

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self.frames = 0
        self._levels = [_Level() for _ in range(LEVELS)]
        self._pending: Samples = np.zeros((0, 1), np.float32)

    def append(self, samples: Samples) -> None:
        """Append samples of shape (frames, channels)."""
        self.frames += len(samples)
        if len(self._pending):
            samples = np.concatenate([self._pending, samples])
        whole = len(samples) // BUCKET
        self._pending = np.array(samples[whole * BUCKET :])
        if not whole:
            return
        grown = _summary(samples[: whole * BUCKET].reshape(whole, -1))
        for level in self._levels:
            level.add(grown)
            grown = level.take_coarser()

    def shape(self, start: float, stop: float, columns: int) -> Shape:
        """Summarise the frames from `start` to `stop` in `columns` columns, reading only a few buckets per column."""
        width = (stop - start) / columns
        level = 0
        while level + 1 < LEVELS and width >= BUCKET * STEP ** (level + 1):
            level += 1
        rows = self._rows(level)
        bucket = BUCKET * STEP**level
        edges = (start + width * np.arange(columns + 1)) / bucket
        first = np.clip(np.floor(edges[:-1]).astype(np.int64), 0, len(rows))
        last = np.clip(np.maximum(np.ceil(edges[1:]).astype(np.int64), first + 1), 0, len(rows))
        drawn = np.zeros((columns, 3), np.float32)
        filled = np.flatnonzero(last > first)
        if len(filled):
            bounds = np.stack([first[filled], last[filled]], axis=1).ravel()
            padded = np.concatenate([rows, np.zeros((1, 3), np.float32)])
            drawn[filled, LOWEST] = np.minimum.reduceat(padded[:, LOWEST], bounds)[::2]
            drawn[filled, HIGHEST] = np.maximum.reduceat(padded[:, HIGHEST], bounds)[::2]
            power = np.add.reduceat(padded[:, POWER], bounds)[::2]
            drawn[filled, POWER] = np.sqrt(power / (last[filled] - first[filled]))
        return Shape(drawn[:, LOWEST], drawn[:, HIGHEST], drawn[:, POWER])

    def pack(self) -> bytes:
        """Serialise with 16 bits per value, 6 bytes per 256 frames."""
        rows = self._rows(0).copy()
        rows[:, POWER] = np.sqrt(rows[:, POWER])
        content = np.clip(np.rint(rows * 32767), -32767, 32767).astype("<i2").tobytes()
        return _HEAD.pack(_MAGIC, BUCKET, self.rate, self.frames) + content

    @classmethod
    def unpack(cls, packed: bytes) -> Peaks:
        """Deserialise the result of `pack`. Raises FILE_UNREADABLE for anything else."""
        if len(packed) < _HEAD.size:
            raise StorageError(Code.FILE_UNREADABLE)
        magic, bucket, rate, frames = _HEAD.unpack_from(packed)
        content = packed[_HEAD.size :]
        if magic != _MAGIC or bucket != BUCKET or len(content) != 6 * -(-frames // BUCKET):
            raise StorageError(Code.FILE_UNREADABLE)
        stored = np.frombuffer(content, "<i2").reshape(-1, 3)
        rows: NDArray[np.float32] = np.divide(stored, 32767, dtype=np.float32)
        rows[:, POWER] **= 2
        peaks = cls(rate)
        peaks.frames = frames
        for level in peaks._levels:
            level.add(rows)
            rows = level.take_coarser()
        return peaks

    def _rows(self, level: int) -> NDArray[np.float32]:
        """The complete buckets of a level, followed by a partial one for the remaining frames."""
        rows = self._levels[level].rows
        pending = self._levels[0].rows[len(rows) * STEP**level :] if level else self._levels[0].rows[:0]
        if len(self._pending):
            pending = np.concatenate([pending, _summary(self._pending.reshape(1, -1))])
        if len(pending) == 0:
            return rows
        return np.concatenate([rows, _merged(pending[None])])


class _Level:
    """A growable array of rows (minimum, maximum, mean square)."""

    def __init__(self) -> None:
        self._rows = np.zeros((64, 3), np.float32)
        self._count = 0
        self._merged_count = 0

    @property
    def rows(self) -> NDArray[np.float32]:
        return self._rows[: self._count]

    def add(self, rows: NDArray[np.float32]) -> None:
        needed = self._count + len(rows)
        if needed > len(self._rows):
            grown = np.zeros((max(needed, 2 * len(self._rows)), 3), np.float32)
            grown[: self._count] = self.rows
            self._rows = grown
        self._rows[self._count : needed] = rows
        self._count = needed

    def take_coarser(self) -> NDArray[np.float32]:
        """The rows of the next coarser level that have become complete since the last call."""
        whole = (self._count - self._merged_count) // STEP * STEP
        rows = self._rows[self._merged_count : self._merged_count + whole]
        self._merged_count += whole
        return _merged(rows.reshape(-1, STEP, 3))


def _summary(buckets: NDArray[np.float32]) -> NDArray[np.float32]:
    """Compute the rows of buckets of shape (count, samples)."""
    power = np.einsum("ij,ij->i", buckets, buckets) / buckets.shape[1]
    return np.stack([buckets.min(axis=1), buckets.max(axis=1), power], axis=1)


def _merged(groups: NDArray[np.float32]) -> NDArray[np.float32]:
    """Merge each group of rows into one: shape (count, rows, 3) becomes (count, 3)."""
    lowest = groups[:, :, LOWEST].min(axis=1)
    highest = groups[:, :, HIGHEST].max(axis=1)
    return np.stack([lowest, highest, groups[:, :, POWER].mean(axis=1)], axis=1)
