"""Finds the stretch of a recording that suits a clone sample best."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FRAME_SECONDS = 0.01
"""Length of the frames whose levels are given."""
BEST_SECONDS = 30.0
_SILENT_DB = -60.0
_BELOW_SPEECH_DB = 30.0
_OVER_NOISE_DB = 6.0
_ENOUGH_SPEECH = 0.85
"""Share of speech above which more of it does not make a stretch better: speech needs pauses."""
_GREATEST_DISTANCE_DB = 45.0
"""Distance of speech and noise above which a stretch is not better."""
_CLIPPING_WEIGHT = 8.0
_NOISE_WEIGHT = 0.6


def quiet_frames(levels: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which frames are pauses: 30 dB below the speech, or no louder than the noise between the words.

    `levels` are in dBFS, one per `FRAME_SECONDS`.
    """
    if not len(levels):
        return np.zeros(0, np.bool_)
    low, speech = (float(level) for level in np.percentile(levels, (10, 95)))
    over_noise = min(low + _OVER_NOISE_DB, speech - 10)
    return np.asarray(levels < max(_SILENT_DB, speech - _BELOW_SPEECH_DB, over_noise))


def best_stretch(
    levels: NDArray[np.float64], clipped: NDArray[np.bool_] | None = None, seconds: float = BEST_SECONDS
) -> tuple[int, int]:
    """The first and the last frame, exclusive, of the best stretch of at most `seconds`.

    It has much speech, little noise between the words and little clipping, and begins and ends in a pause where there
    is one nearby. `levels` are in dBFS, one per `FRAME_SECONDS`; `clipped` says which of these frames clip, none by
    default. A shorter recording is returned whole.
    """
    wanted = round(seconds / FRAME_SECONDS)
    if len(levels) <= wanted:
        return 0, len(levels)
    quiet = quiet_frames(levels)
    speech = _windowed(~quiet, wanted) / wanted
    pauses = _windowed(quiet, wanted)
    noise = _windowed(np.where(quiet, levels, 0), wanted) / np.maximum(pauses, 1)
    spoken = _windowed(np.where(quiet, 0, levels), wanted) / np.maximum(wanted - pauses, 1)
    distance = np.where(pauses > 0, np.clip(spoken - noise, 0, _GREATEST_DISTANCE_DB), 0) / _GREATEST_DISTANCE_DB
    score = np.minimum(speech, _ENOUGH_SPEECH) + _NOISE_WEIGHT * distance
    if clipped is not None:
        score = score - _CLIPPING_WEIGHT * _windowed(clipped[: len(levels)], wanted) / wanted
    # A window may begin anywhere; one that begins and ends in a pause cuts no word.
    score = score + 0.05 * quiet[: len(score)] + 0.05 * quiet[wanted - 1 :]
    start = int(np.argmax(score))
    return _between_words(quiet, start, start + wanted)


def _between_words(quiet: NDArray[np.bool_], start: int, stop: int) -> tuple[int, int]:
    """The stretch without the word at each end that it cuts, if these are short."""
    reach = (stop - start) // 10
    first = np.flatnonzero(quiet[start : start + reach])
    last = np.flatnonzero(quiet[stop - reach : stop])
    begins = start + int(first[0]) if len(first) else start
    ends = stop - reach + int(last[-1]) + 1 if len(last) else stop
    return begins, ends


def _windowed(values: NDArray[np.bool_] | NDArray[np.float64], length: int) -> NDArray[np.float64]:
    """The sum of every `length` neighbouring values."""
    total = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    return np.asarray(total[length:] - total[:-length])
