"""Playing slower or faster at the same pitch: WSOLA, made for speech.

Own code because it must be fed piece by piece: python-stretch treats every call as a sound of its own, and clicks
where two calls meet.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

OVERLAP = 0.02
"""Seconds that neighbouring segments share; a segment is twice as long."""
SEARCH = 0.01
"""Seconds a segment may move either way to continue the wave of the one before: one period of 50 Hz in all."""


class Stretch:
    """Streaming. `run` gives about `1 / speed` times as many frames as it gets, `flush` makes that exact.

    Every 20 ms of output are taken from where they belong in the input, moved by at most 10 ms so that they go on as
    the frames before did, and faded over from those.
    """

    def __init__(self, rate: int, channels: int, speed: float) -> None:
        self._speed = speed
        self._overlap = round(rate * OVERLAP)
        self._search = round(rate * SEARCH)
        rising = 0.5 - 0.5 * np.cos(np.pi * (np.arange(self._overlap) + 0.5) / self._overlap)
        self._rise = rising.astype(np.float32)[:, None]
        self._fall = np.ascontiguousarray(self._rise[::-1])
        self._input = np.zeros((0, channels), np.float32)
        self._input_start = 0
        self._tail: NDArray[np.float32] | None = None
        self._fed = 0
        self._made = 0

    def run(self, frames: NDArray[np.float32]) -> NDArray[np.float32]:
        """Frames of shape (n, channels) in, whatever is ready out."""
        self._fed += len(frames)
        return self._take(frames)

    def flush(self) -> NDArray[np.float32]:
        """What is still inside, cut to the exact length. Nothing may be run afterwards."""
        missing = max(0, round(self._fed / self._speed) - self._made)
        beyond = round(missing * self._speed) + 4 * self._overlap + 2 * self._search
        return self._take(np.zeros((beyond, self._input.shape[1]), np.float32))[:missing]

    def _take(self, frames: NDArray[np.float32]) -> NDArray[np.float32]:
        self._input = np.concatenate([self._input, frames])
        made = []
        while (segment := self._next_segment()) is not None:
            made.append(segment)
        return np.concatenate(made) if made else frames[:0]

    def _next_segment(self) -> NDArray[np.float32] | None:
        """The next `OVERLAP` seconds of output, None when the input does not reach far enough yet."""
        nominal = self._nominal()
        if self._input_start + len(self._input) < nominal + self._search + 2 * self._overlap:
            return None
        start = nominal - self._input_start
        if self._tail is None:
            out = self._input[start : start + self._overlap]
        else:
            start = self._best_start(start, self._tail)
            out = self._tail * self._fall + self._input[start : start + self._overlap] * self._rise
        self._tail = self._input[start + self._overlap : start + 2 * self._overlap]
        self._made += self._overlap
        self._forget_before(self._nominal() - self._search)
        return out

    def _nominal(self) -> int:
        """Where the next segment belongs: its middle, which weighs most, to the middle of what it becomes."""
        return max(0, round((self._made + self._overlap) * self._speed) - self._overlap)

    def _best_start(self, start: int, tail: NDArray[np.float32]) -> int:
        """Where around `start` the input is most like the tail that it has to continue."""
        first = max(0, start - self._search)
        around = self._input[first : start + self._search + self._overlap].sum(axis=1)
        wanted = tail.sum(axis=1)
        alike = np.correlate(around, wanted, "valid")
        energy = np.cumsum(np.concatenate([[0.0], np.square(around, dtype=np.float64)]))
        strength = np.sqrt(np.maximum(energy[self._overlap :] - energy[: -self._overlap], 1e-9))
        # Every period of a held tone continues it equally well: the nearest is the best.
        away = np.abs(np.arange(len(alike)) - (start - first)) / self._search
        return first + int(np.argmax(alike / strength * (1 - 0.1 * away)))

    def _forget_before(self, frame: int) -> None:
        surplus = min(max(0, frame - self._input_start), len(self._input))
        self._input = self._input[surplus:]
        self._input_start += surplus
