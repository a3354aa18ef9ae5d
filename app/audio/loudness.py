"""Streaming measurement of loudness and true peak (ITU-R BS.1770)."""

from __future__ import annotations

import math
from typing import Literal

import msgspec
import numpy as np
import pyebur128
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from app.audio.decibels import amplitude_to_db, power_to_db
from app.audio.oversampling import SIDE, greatest_gain, kernels
from app.audio.resampling import Samples

GATING_BLOCK_SECONDS = 0.4
"""Length of a gating block; BS.1770 does not define the loudness of shorter sounds."""
FLOOR_DB = -120.0
_BLOCK = 512
_FIRST_BLOCKS, _MOST_BLOCKS = 4, 64
"""Blocks interpolated at once: few before a peak is known, which rules most others out."""
_PIECE = 1 << 20
"""Frames measured at once, so that memory does not grow with the length of the sound."""


class Loudness(msgspec.Struct, frozen=True):
    """Loudness and peaks of a sound.

    Attributes:
        integrated: integrated loudness in LUFS; None for silence. Within 0.1 LU of ffmpeg's `ebur128`.
        method: `bs1770`, or `voiced-rms` for a sound shorter than 0.4 s: the RMS level in dBFS of its 10 ms frames
            that are within 30 dB of the loudest, which for speech is within 3 LU of the loudness of a longer sound.
        true_peak: dBTP, within 0.2 dB up to 0.45 of the rate; -120 for silence.
        sample_peak: dBFS; -120 for silence.
    """

    integrated: float | None
    method: Literal["bs1770", "voiced-rms"]
    true_peak: float
    sample_peak: float


class LoudnessMeter:
    """Measures a sound that is added in pieces of any length. All channels are weighted as front channels."""

    def __init__(self, rate: int, channels: int) -> None:
        self._rate = rate
        self._channels = channels
        self._meter = pyebur128.R128State(channels, rate, pyebur128.MeasurementMode.MODE_I)
        for channel in range(2, channels):
            # The default treats the fourth channel as LFE, which is excluded from the measurement.
            self._meter.set_channel(channel, pyebur128.ChannelType.CENTER)
        self._peaks = _TruePeaks(channels)
        self._frames = 0
        self._beginning: list[Samples] = []

    def add(self, samples: Samples) -> None:
        """Add samples of shape (frames, channels)."""
        if len(samples) == 0:
            return
        self._meter.add_frames(np.ascontiguousarray(samples).ravel(), len(samples))
        self._peaks.add(samples)
        if self._frames < GATING_BLOCK_SECONDS * self._rate:
            self._beginning.append(np.array(samples))
        self._frames += len(samples)

    def result(self) -> Loudness:
        """The measurement of everything added so far; more may be added afterwards."""
        short = self._frames < GATING_BLOCK_SECONDS * self._rate
        integrated = self._voiced_rms() if short else float(pyebur128.get_loudness_global(self._meter))
        audible = integrated is not None and math.isfinite(integrated) and integrated > FLOOR_DB
        true_peak, sample_peak = self._peaks.result()
        return Loudness(
            integrated if audible else None,
            "voiced-rms" if short else "bs1770",
            amplitude_to_db(true_peak, FLOOR_DB),
            amplitude_to_db(sample_peak, FLOOR_DB),
        )

    def _voiced_rms(self) -> float | None:
        if not self._beginning:
            return None
        sound = np.concatenate(self._beginning).astype(np.float64)
        length = max(1, min(len(sound), self._rate // 100))
        count = len(sound) // length
        # The power of the channels is summed, as in BS.1770.
        power = np.square(sound[: count * length]).reshape(count, -1).sum(axis=1) / length
        if power.max() <= 0:
            return None
        return power_to_db(float(power[power > power.max() / 1000].mean()), FLOOR_DB)


class _TruePeaks:
    """Finds the true peak. Blocks that can't exceed the current maximum, nearly all of them, are not interpolated."""

    def __init__(self, channels: int) -> None:
        self._columns = kernels().T
        self._bound = greatest_gain()
        self._past = np.zeros((2 * SIDE - 1, channels), np.float32)
        self._highest = 0.0
        self._highest_sample = 0.0

    def add(self, samples: Samples) -> None:
        self._scan(np.concatenate([self._past, samples]))
        self._highest_sample = max(self._highest_sample, float(np.abs(samples).max()))
        self._past = np.concatenate([self._past, samples])[-len(self._past) :]

    def result(self) -> tuple[float, float]:
        """True peak and sample peak as amplitudes, assuming silence after the end."""
        before = self._highest
        self._scan(np.concatenate([self._past, np.zeros((SIDE, self._past.shape[1]), np.float32)]))
        highest, self._highest = max(self._highest, self._highest_sample), before
        return highest, self._highest_sample

    def _scan(self, samples: Samples) -> None:
        for channel in samples.T:
            self._scan_channel(np.ascontiguousarray(channel))

    def _scan_channel(self, channel: NDArray[np.float32]) -> None:
        width = 2 * SIDE
        starts = np.arange(0, len(channel) - width + 1, _BLOCK)
        if len(starts) == 0:
            return
        around = np.maximum.reduceat(np.abs(channel), starts)
        # Interpolation at the end of a block needs samples of the next one.
        possible = np.maximum(around, np.append(around[1:], np.abs(channel[-width:]).max())) * self._bound
        order = np.argsort(possible)[::-1]
        size, at = _FIRST_BLOCKS, 0
        while at < len(order) and possible[order[at]] > self._highest:
            self._interpolate(channel, starts[order[at : at + size]])
            size, at = _MOST_BLOCKS, at + size

    def _interpolate(self, channel: NDArray[np.float32], starts: NDArray[np.intp]) -> None:
        """Interpolate the blocks that begin at `starts`; those at the end of the sound are shorter."""
        width = 2 * SIDE
        whole = starts[starts + _BLOCK + width - 1 <= len(channel)]
        parts = [channel[start:] for start in starts if start not in whole]
        blocks = [channel[whole[:, None] + np.arange(_BLOCK + width - 1)]] if len(whole) else []
        for part in (*blocks, *(part[None, :] for part in parts)):
            between = sliding_window_view(part, width, axis=1) @ self._columns
            self._highest = max(self._highest, float(between.max()), -float(between.min()))


def measure(samples: Samples, rate: int) -> Loudness:
    """Measure a whole sound of shape (frames, channels)."""
    meter = LoudnessMeter(rate, samples.shape[1])
    for first in range(0, len(samples), _PIECE):
        meter.add(samples[first : first + _PIECE])
    return meter.result()
