"""A lock-free ring buffer of frames between one writing and one reading thread."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


class RingBuffer:
    """A ring buffer of float32 frames, written by one thread and read by another.

    Each counter is written by one thread only, and storing an integer is atomic under the interpreter lock, so neither
    side ever blocks. Frames are copied in before `written` advances, and copied out before `taken` advances.

    Attributes:
        written: total number of frames written.
        taken: total number of frames taken.
    """

    def __init__(self, capacity: int, channels: int) -> None:
        self.capacity = capacity
        self.written = 0
        self.taken = 0
        self._frames = np.zeros((capacity, channels), np.float32)

    @property
    def readable(self) -> int:
        return self.written - self.taken

    @property
    def writable(self) -> int:
        return self.capacity - self.written + self.taken

    def write(self, frames: NDArray[np.float32]) -> None:
        """Append frames of shape (n, channels), n at most `writable`."""
        count = len(frames)
        first = self.written % self.capacity
        until_wrap = min(count, self.capacity - first)
        self._frames[first : first + until_wrap] = frames[:until_wrap]
        if count > until_wrap:
            self._frames[: count - until_wrap] = frames[until_wrap:]
        self.written += count

    def take(self, out: NDArray[np.float32]) -> None:
        """Fill `out` of shape (n, channels), n at most `readable`."""
        count = len(out)
        first = self.taken % self.capacity
        until_wrap = min(count, self.capacity - first)
        out[:until_wrap] = self._frames[first : first + until_wrap]
        if count > until_wrap:
            out[until_wrap:] = self._frames[: count - until_wrap]
        self.taken += count

    def skip(self, count: int) -> None:
        """Discard `count` frames, at most `readable`."""
        self.taken += count
