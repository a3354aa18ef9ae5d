"""A look-ahead true-peak limiter."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from app.audio.decibels import amplitude_to_db, db_to_amplitude
from app.audio.oversampling import SIDE, kernels
from app.core.units import seconds_to_frames

CEILING_DBTP = -1.0
LOOK_AHEAD_SECONDS = 0.0015
RELEASE_DB_PER_SECOND = 60.0
FLOOR_DB = -180.0
MARGIN_DB = 0.2
"""Safety margin: fourfold oversampling underestimates peaks of the highest frequencies, and the changing gain adds
a little."""


class Limiter:
    """A streaming limiter. Its output is `delay` frames late: the caller drops them at the start, flushes at the end.

    The gain follows the peaks of the fourfold oversampled signal `LOOK_AHEAD_SECONDS` ahead, is released by a constant
    number of dB per second, and is smoothed, so it never jumps. All channels share one gain.
    """

    def __init__(self, rate: int, channels: int, ceiling_dbtp: float = CEILING_DBTP) -> None:
        self._ceiling_db = ceiling_dbtp - MARGIN_DB
        self._window = max(4, seconds_to_frames(LOOK_AHEAD_SECONDS, rate))
        self._release = RELEASE_DB_PER_SECOND / rate
        self._kernels = kernels()
        self.delay = SIDE + self._window - 1
        self._signal = np.zeros((SIDE - 1 + self.delay, channels), np.float32)
        self._targets = np.zeros(self._window - 1)
        self._released = np.zeros(self._window - 1)
        self._last = 0.0

    def run(self, frames: NDArray[np.float32]) -> NDArray[np.float32]:
        """Limit frames of shape (n, channels). Returns n frames, `delay` frames late."""
        count = len(frames)
        if count == 0:
            return frames
        signal = np.concatenate([self._signal, frames])
        self._signal = signal[count:]
        # The newest frame whose interpolation neighbours are all known is SIDE frames back.
        peak = self._true_peaks(signal[len(signal) - count - 2 * SIDE + 1 :], count)
        target_db = np.minimum(0.0, self._ceiling_db - amplitude_to_db(peak, FLOOR_DB))
        targets = np.concatenate([self._targets, target_db])
        self._targets = targets[count:]
        # The minimum target over the window ahead, averaged over the window behind, never exceeds the target itself.
        released = np.concatenate(
            [self._released, self._release_from(sliding_window_view(targets, self._window).min(1))]
        )
        self._released = released[count:]
        gain_db = np.convolve(released, np.full(self._window, 1 / self._window), "valid")
        delayed = signal[len(signal) - count - self.delay : len(signal) - self.delay]
        limited: NDArray[np.float32] = delayed * db_to_amplitude(gain_db).astype(np.float32)[:, None]
        return limited

    def _true_peaks(self, recent: NDArray[np.float32], count: int) -> NDArray[np.float64]:
        peak = np.abs(recent[SIDE - 1 : SIDE - 1 + count]).max(axis=1).astype(np.float64)
        for channel in range(recent.shape[1]):
            around = sliding_window_view(recent[:, channel], 2 * SIDE)
            peak = np.maximum(peak, np.abs(around @ self._kernels.T).max(axis=1))
        return np.asarray(peak)

    def _release_from(self, lowest: NDArray[np.float64]) -> NDArray[np.float64]:
        """Limit the rise to `_release` dB per frame: the past minimum of (gain then + release x frames since)."""
        ramp = self._release * np.arange(1, len(lowest) + 1)
        followed: NDArray[np.float64] = np.minimum.accumulate(np.minimum(lowest - ramp, self._last)) + ramp
        self._last = float(followed[-1])
        return followed
