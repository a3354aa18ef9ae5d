"""Audio fingerprints: pairs of spectral peaks with their times, robust to MP3, level changes and resampling."""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray

from app.demo.speech import acoustics
from app.demo.speech.acoustics import Samples

_RATE = 8_000  # frames per second: a bandwidth that every recording has
_WINDOW = 512
_HOP = 128
FRAMES_PER_SECOND = _RATE / _HOP
_MIN_BIN, _MAX_BIN = 8, 220  # bins of 15.6 Hz
_PEAKS_PER_FRAME = 5  # at most
_PARTNERS_PER_PEAK = 4
_MAX_PARTNER_DISTANCE = 48  # frames
_MIN_RELATIVE_PEAK = 0.02  # of the loudest spectral value


class Fingerprint(msgspec.Struct, frozen=True):
    """Hashes and the spectral frame (16 ms) of each, in order of time; arrays of the same length."""

    hashes: NDArray[np.uint32]
    frames: NDArray[np.int32]


def fingerprint(samples: Samples, rate: int) -> Fingerprint:
    """Compute a fingerprint; takes about 2 ms per second of audio."""
    sound = acoustics.resampled(samples, rate, _RATE)
    if len(sound) < 2 * _WINDOW:
        return Fingerprint(np.zeros(0, np.uint32), np.zeros(0, np.int32))
    blocks = np.lib.stride_tricks.sliding_window_view(sound, _WINDOW)[::_HOP]
    spectrum = np.abs(np.fft.rfft(blocks * np.hanning(_WINDOW).astype(np.float32), axis=1))[:, :_MAX_BIN]
    times, bins = _peaks(spectrum.astype(np.float32))
    hashes, frames = [], []
    for partner in range(1, _PARTNERS_PER_PEAK * 3 + 1, 3):
        distance = times[partner:] - times[:-partner]
        in_reach = (distance > 0) & (distance <= _MAX_PARTNER_DISTANCE)
        first, second = bins[:-partner][in_reach], bins[partner:][in_reach]
        hashes.append((first << 16 | second << 8 | distance[in_reach]).astype(np.uint32))
        frames.append(times[:-partner][in_reach].astype(np.int32))
    order = np.argsort(np.concatenate(frames), kind="stable")
    return Fingerprint(np.concatenate(hashes)[order], np.concatenate(frames)[order])


def _peaks(spectrum: NDArray[np.float32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Times and bins of the strongest local maxima per frame over ±3 bins and ±4 frames, in order of time."""
    highest = spectrum
    for axis, reach in ((1, 3), (0, 4)):
        highest = np.max([_shifted(highest, by, axis) for by in range(-reach, reach + 1)], axis=0)
    peak = (spectrum == highest) & (spectrum > _MIN_RELATIVE_PEAK * spectrum.max(initial=0))
    peak[:, :_MIN_BIN] = False
    weight = np.where(peak, spectrum, 0)
    weakest = -np.sort(-weight, axis=1)[:, _PEAKS_PER_FRAME - 1 : _PEAKS_PER_FRAME]
    times, bins = np.nonzero(peak & (weight >= weakest))
    return times, bins


def _shifted(values: NDArray[np.float32], by: int, axis: int) -> NDArray[np.float32]:
    shifted = np.zeros_like(values)
    source: list[slice] = [slice(None), slice(None)]
    target: list[slice] = [slice(None), slice(None)]
    source[axis] = slice(max(-by, 0), values.shape[axis] - max(by, 0))
    target[axis] = slice(max(by, 0), values.shape[axis] - max(-by, 0))
    shifted[tuple(target)] = values[tuple(source)]
    return shifted
