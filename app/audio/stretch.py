"""Playing slower or faster at the same pitch."""

from __future__ import annotations

import numpy as np
import python_stretch
from numpy.typing import NDArray

SLOWEST, FASTEST = 0.5, 2.0


class Stretch:
    """Streaming. `run` gives about `1 / speed` times as many frames as it gets.

    The first frame out belongs to the first frame in: the stretcher's own delay is fed with silence and dropped.
    """

    def __init__(self, rate: int, channels: int, speed: float) -> None:
        self._channels = channels
        self._speed = speed
        # Seeded: the same sound stretched twice is the same.
        self._stretch = python_stretch.Signalsmith.Stretch(1)
        self._stretch.preset(channels, float(rate))
        self._stretch.setTimeFactor(speed)
        self._skip = self._stretch.outputLatency() + round(self._stretch.inputLatency() / speed)
        self._fed = 0
        self._given = 0

    def run(self, frames: NDArray[np.float32]) -> NDArray[np.float32]:
        """Frames of shape (n, channels) in, whatever is ready out."""
        self._fed += len(frames)
        return self._ready(frames)

    def flush(self) -> NDArray[np.float32]:
        """What is still inside, cut to the exact length. Nothing may be run afterwards."""
        missing = round(self._fed / self._speed) - self._given
        silence = np.zeros((round((missing + self._skip) * self._speed) + 1, self._channels), np.float32)
        return self._ready(silence)[:missing]

    def _ready(self, frames: NDArray[np.float32]) -> NDArray[np.float32]:
        if len(frames) == 0:
            return frames
        out = np.asarray(self._stretch.process(np.ascontiguousarray(frames.T)), np.float32).T
        dropped = min(self._skip, len(out))
        self._skip -= dropped
        self._given += len(out) - dropped
        return out[dropped:]
