"""Finds the stretch of a long recording that suits a clone sample best, from levels alone.

`kept_stretch` does the like for a candidate, which is short and clean speech of the service: it goes by whole phrases,
which only the analysis of the sound finds. Here the sound may last hours and be music or noise for most of it, and is
never in memory as a whole, so that nothing is known but a level every 10 ms.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
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
_NOISE_PERCENTILE, _SPEECH_PERCENTILE = 10.0, 95.0
_SECTION = 3_000
"""Frames that are judged together, because the level of the speech and the noise may change."""
_STEP = 50
"""Frames between the stretches that are compared."""
_BATCH = 64
_STEADY_DB = 8.0


def quiet_frames(levels: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which frames are pauses: 30 dB below the speech around them, or no louder than the noise between the words.

    `levels` are in dBFS, one per `FRAME_SECONDS`.
    """
    quiet = np.zeros(len(levels), np.bool_)
    for first in range(0, len(levels), _SECTION):
        # A short rest at the end would be judged by itself.
        begin = max(0, min(first, len(levels) - _SECTION))
        section = levels[begin : first + _SECTION]
        quiet[first : first + _SECTION] = (section < _thresholds(section[None, :])[0])[first - begin :]
    return quiet


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
    starts = np.arange(0, len(levels) - wanted + 1, _STEP)
    windows = sliding_window_view(levels, wanted)[::_STEP]
    score = np.concatenate([_scores(windows[at : at + _BATCH]) for at in range(0, len(starts), _BATCH)])
    steady = np.concatenate([[0], np.cumsum(_steady_frames(levels))])
    score = score - (steady[starts + wanted] - steady[starts]) / wanted
    if clipped is not None:
        total = np.concatenate([[0], np.cumsum(clipped[: len(levels)])])
        score = score - _CLIPPING_WEIGHT * (total[starts + wanted] - total[starts]) / wanted
    start = int(starts[np.argmax(score)])
    return _between_words(quiet_frames(levels[start : start + wanted]), start)


def _steady_frames(levels: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which frames are audible and hardly change within a second, as noise and tones do and speech never does."""
    around = sliding_window_view(np.pad(levels, _STEP, "edge"), 2 * _STEP)[::_STEP]
    low, high = np.percentile(around, (5, 95), axis=1)
    steady = (high - low < _STEADY_DB) & (high > _SILENT_DB)
    return np.asarray(np.repeat(steady, _STEP)[_STEP // 2 :][: len(levels)])


def _scores(windows: NDArray[np.float64]) -> NDArray[np.float64]:
    low, speech = np.percentile(windows, (_NOISE_PERCENTILE, _SPEECH_PERCENTILE), axis=1)
    share = (windows >= _limits(low, speech)[:, None]).mean(axis=1)
    distance = np.clip(speech - np.maximum(low, _SILENT_DB), 0, _GREATEST_DISTANCE_DB) / _GREATEST_DISTANCE_DB
    score = np.minimum(share, _ENOUGH_SPEECH) + _NOISE_WEIGHT * distance
    return np.asarray(np.where(speech < _SILENT_DB, 0.0, score))


def _thresholds(windows: NDArray[np.float64]) -> NDArray[np.float64]:
    """The level below which a frame of each row is a pause."""
    low, speech = np.percentile(windows, (_NOISE_PERCENTILE, _SPEECH_PERCENTILE), axis=1)
    return _limits(low, speech)


def _limits(low: NDArray[np.float64], speech: NDArray[np.float64]) -> NDArray[np.float64]:
    over_noise = np.minimum(low + _OVER_NOISE_DB, speech - 10)
    return np.asarray(np.maximum(np.maximum(speech - _BELOW_SPEECH_DB, over_noise), _SILENT_DB))


def _between_words(quiet: NDArray[np.bool_], start: int) -> tuple[int, int]:
    """The stretch without the word at each end that it cuts, if these are short."""
    reach = len(quiet) // 10
    first, last = np.flatnonzero(quiet[:reach]), np.flatnonzero(quiet[-reach:])
    begins = int(first[0]) if len(first) else 0
    ends = len(quiet) - reach + int(last[-1]) + 1 if len(last) else len(quiet)
    return start + begins, start + ends
