"""Time stretching at constant pitch: streaming WSOLA, tuned for speech.

Implemented here because it must work piece by piece: python-stretch treats every call as a separate sound and clicks
at the seams.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.core.units import seconds_to_frames

OVERLAP_SECONDS = 0.02
"""Overlap of neighbouring segments; a segment is twice as long."""
SEARCH_SECONDS = 0.01
"""How far a segment may be shifted either way to continue the waveform before it: one period of 50 Hz in total."""


class Stretch:
    """A streaming time stretch. `run` returns about `1 / speed` frames per input frame; `flush` makes that exact.

    Every 20 ms of output are taken from their nominal place in the input, shifted by at most 10 ms so that they
    continue the waveform before them, and cross-faded with it.
    """

    def __init__(self, rate: int, channels: int, speed: float) -> None:
        self._speed = speed
        self._overlap = seconds_to_frames(OVERLAP_SECONDS, rate)
        self._search = seconds_to_frames(SEARCH_SECONDS, rate)
        rising = 0.5 - 0.5 * np.cos(np.pi * (np.arange(self._overlap) + 0.5) / self._overlap)
        self._rise = rising.astype(np.float32)[:, None]
        self._fall = np.ascontiguousarray(self._rise[::-1])
        self._input = np.zeros((0, channels), np.float32)
        self._input_start = 0
        self._tail: NDArray[np.float32] | None = None
        self._fed = 0
        self._made = 0

    def run(self, frames: NDArray[np.float32]) -> NDArray[np.float32]:
        """Add frames of shape (n, channels) and return the output that is ready."""
        self._fed += len(frames)
        return self._take(frames)

    def flush(self) -> NDArray[np.float32]:
        """Return the remaining output, cut to the exact length. `run` must not be called afterwards."""
        missing = max(0, round(self._fed / self._speed) - self._made)
        beyond = round(missing * self._speed) + 4 * self._overlap + 2 * self._search
        return self._take(np.zeros((beyond, self._input.shape[1]), np.float32))[:missing]

    def _take(self, frames: NDArray[np.float32]) -> NDArray[np.float32]:
        self._input = np.concatenate([self._input, frames])
        segments = []
        while (segment := self._next_segment()) is not None:
            segments.append(segment)
        return np.concatenate(segments) if segments else frames[:0]

    def _next_segment(self) -> NDArray[np.float32] | None:
        """The next `OVERLAP_SECONDS` of output; None if not enough input has arrived."""
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
        """The nominal start of the next segment, which aligns its middle with the middle of its output."""
        return max(0, round((self._made + self._overlap) * self._speed) - self._overlap)

    def _best_start(self, start: int, tail: NDArray[np.float32]) -> int:
        """The position near `start` where the input best matches the tail that it has to continue."""
        first = max(0, start - self._search)
        around = self._input[first : start + self._search + self._overlap].sum(axis=1)
        wanted = tail.sum(axis=1)
        correlation = np.correlate(around, wanted, "valid")
        energy = np.cumsum(np.concatenate([[0.0], np.square(around, dtype=np.float64)]))
        strength = np.sqrt(np.maximum(energy[self._overlap :] - energy[: -self._overlap], 1e-9))
        # Every period of a sustained tone matches equally well, so prefer the nearest.
        away = np.abs(np.arange(len(correlation)) - (start - first)) / self._search
        return first + int(np.argmax(correlation / strength * (1 - 0.1 * away)))

    def _forget_before(self, frame: int) -> None:
        surplus = min(max(0, frame - self._input_start), len(self._input))
        self._input = self._input[surplus:]
        self._input_start += surplus
