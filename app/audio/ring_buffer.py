"""A ring of frames between one writing and one reading thread, without locks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


class RingBuffer:
    """Float32 frames, written by one thread and taken by another.

    Each counter has one writing thread, and storing an integer is atomic under the interpreter lock, so neither side
    ever waits. Frames are copied in before `written` moves and copied out before `taken` moves.

    Attributes:
        written: frames ever written.
        taken: frames ever taken.
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
        """Append frames of shape (n, channels); n is at most `writable`."""
        count = len(frames)
        first = self.written % self.capacity
        until_wrap = min(count, self.capacity - first)
        self._frames[first : first + until_wrap] = frames[:until_wrap]
        if count > until_wrap:
            self._frames[: count - until_wrap] = frames[until_wrap:]
        self.written += count

    def take(self, out: NDArray[np.float32]) -> None:
        """Fill `out` of shape (n, channels); n is at most `readable`."""
        count = len(out)
        first = self.taken % self.capacity
        until_wrap = min(count, self.capacity - first)
        out[:until_wrap] = self._frames[first : first + until_wrap]
        if count > until_wrap:
            out[until_wrap:] = self._frames[: count - until_wrap]
        self.taken += count

    def skip(self, count: int) -> None:
        """Take `count` frames without looking at them; at most `readable`."""
        self.taken += count
