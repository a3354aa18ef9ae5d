"""The outline of a whole sound: its waveform, and level and clipping of every 10 ms, found in one pass."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from app.audio.analysis import HOP_SECONDS
from app.audio.clipping import CLIPPED_RUN, FLAT
from app.audio.decibels import Levels, power_to_db
from app.audio.files import open_sound
from app.audio.loudness import FLOOR_DB
from app.audio.resampling import Samples
from app.core.errors import AudioError, Code
from app.core.units import frames_to_seconds, seconds_to_frames

_BLOCK = 1 << 18
PEAKS_PER_HOP = 4
"""Pairs of the waveform in 10 ms, so that a short sound can be zoomed into."""


class SoundOutline(msgspec.Struct, frozen=True):
    """What can be drawn of a sound and is known of its course.

    Attributes:
        peaks: int8 of shape (n, 2): lowest and highest value of the mean of the channels, `PEAKS_PER_HOP` every 10 ms.
        levels: RMS level in dBFS of the mean of the channels, one every 10 ms.
        clipped: whether a frame of 10 ms has three or more samples at the highest level of the sound.
        frames, rate, channels: of the sound.
        missing: share of what the file claims to hold that could not be read, 0 to 1.
        silenced: samples that were no numbers; `is_damaged`: the file breaks off.
    """

    peaks: NDArray[np.int8]
    levels: Levels
    clipped: NDArray[np.bool_]
    frames: int
    rate: int
    channels: int
    missing: float = 0.0
    silenced: int = 0
    is_damaged: bool = False

    @property
    def seconds(self) -> float:
        return frames_to_seconds(self.frames, self.rate)


class OutlineMeter:
    """Outlines a sound that is added in pieces of any length; memory grows by 50 bytes every 10 ms."""

    def __init__(self, rate: int, channels: int) -> None:
        self._rate, self._channels = rate, channels
        self._hop = max(PEAKS_PER_HOP, seconds_to_frames(HOP_SECONDS, rate))
        self._step = self._hop // PEAKS_PER_HOP
        self._rest = np.zeros(0, np.float32)
        self._lows: list[NDArray[np.int8]] = []
        self._highs: list[NDArray[np.int8]] = []
        self._powers: list[NDArray[np.float64]] = []
        self._tops: list[NDArray[np.float32]] = []
        self._counts: list[NDArray[np.intp]] = []
        self.frames = 0

    def add(self, samples: Samples) -> None:
        """Add samples of shape (frames, channels)."""
        self.frames += len(samples)
        mono = samples[:, 0] if samples.shape[1] == 1 else samples.mean(axis=1, dtype=np.float32)
        waiting = np.concatenate([self._rest, mono]) if len(self._rest) else mono
        count = len(waiting) // self._hop
        self._rest = waiting[count * self._hop :].copy()
        if count:
            self._add_hops(waiting[: count * self._hop].reshape(count, self._hop))

    def result(self, missing: float = 0.0, silenced: int = 0, is_damaged: bool = False) -> SoundOutline:
        """The outline of everything that was added."""
        if len(self._rest):
            self._add_hops(np.pad(self._rest, (0, self._hop - len(self._rest)))[None, :])
            self._rest = self._rest[:0]
        if not self._powers:
            raise AudioError(Code.SOUND_EMPTY)
        tops = np.concatenate(self._tops)
        clipped = (tops >= tops.max() - FLAT) & (np.concatenate(self._counts) >= CLIPPED_RUN) & (tops > 16 * FLAT)
        return SoundOutline(
            np.stack([np.concatenate(self._lows), np.concatenate(self._highs)], axis=1),
            power_to_db(np.concatenate(self._powers), FLOOR_DB),
            clipped,
            self.frames,
            self._rate,
            self._channels,
            missing,
            silenced,
            is_damaged,
        )

    def _add_hops(self, hops: NDArray[np.float32]) -> None:
        self._powers.append(np.einsum("ij,ij->i", hops, hops, dtype=np.float64) / self._hop)
        steps = hops[:, : self._step * PEAKS_PER_HOP].reshape(len(hops), PEAKS_PER_HOP, self._step)
        low, high = steps.min(axis=2), steps.max(axis=2)
        top = np.maximum(high.max(axis=1), -low.min(axis=1))
        self._tops.append(top)
        # Only where the top is that of the whole so far can it be clipped.
        likely = np.flatnonzero(top >= top.max() - FLAT)
        counts = np.zeros(len(hops), np.intp)
        counts[likely] = (np.abs(hops[likely]) >= top[likely, None] - FLAT).sum(axis=1)
        self._counts.append(counts)
        self._lows.append(_eight_bits(low))
        self._highs.append(_eight_bits(high))


def outline_of(samples: Samples, rate: int) -> SoundOutline:
    """The outline of a sound of shape (frames, channels). Raises SOUND_EMPTY."""
    return _outlined((samples[at : at + _BLOCK] for at in range(0, len(samples), _BLOCK)), rate, samples.shape[1])


def _outlined(blocks: Iterable[Samples], rate: int, channels: int) -> SoundOutline:
    meter = OutlineMeter(rate, channels)
    for block in blocks:
        meter.add(block)
    return meter.result()


def outline_file(path: Path, progress: object = None) -> SoundOutline:
    """The outline of a file of any length, read block by block. Raises as `files.open_sound`.

    `progress` is called with the part read so far, 0 to 1, where the length is known.
    """
    with open_sound(path) as sound:
        meter, is_damaged = OutlineMeter(sound.rate, sound.channels), sound.breaks_off
        try:
            for block in sound:
                meter.add(block)
                if callable(progress) and sound.claimed:
                    progress(min(1.0, meter.frames / sound.claimed))
        except AudioError:
            if not meter.frames:
                raise
            is_damaged = True
        lacking = sound.claimed - meter.frames
        missing = lacking / sound.claimed if lacking > sound.rate // 10 else 0.0
        return meter.result(missing, sound.silenced, is_damaged)


def _eight_bits(values: NDArray[np.float32]) -> NDArray[np.int8]:
    return np.clip(np.rint(values.ravel() * 127), -128, 127).astype(np.int8)
