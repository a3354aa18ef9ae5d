"""Tells sounds whose timbre stays the same, such as tones, chords and hum, from speech, which never does for long."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from app.audio.decibels import db_to_power
from app.audio.resampling import resample
from app.core.units import seconds_to_frames

HOP_SECONDS = 0.01
RATE = 8_000
BATCH_WINDOWS = 256
HELD_SECONDS = 0.05
HELD_LAG = 3
"""Hops between the spectra that are compared: 30 ms, in which an articulated sound changes."""
HELD_REACH = 30
"""Hops on each side over which the median of the change is taken."""
HELD_CHANGE = 0.012
"""Share of the energy that changes in 30 ms: below 0.005 for tones, also struck ones, above 0.03 for speech."""
TIMBRE_SECONDS = 0.1
TIMBRE_LAG = 10
"""Hops between the spectra that are compared: 0.1 s, in which an articulated sound becomes another one."""
TIMBRE_REACH = 50
"""Hops on each side over which the mean of the change is taken."""
TIMBRE_CHANGE = 0.06
"""Change of the shares of the bands: below 0.05 for chords with tremolo or a vibrato of half a semitone, above 0.15 for
speech."""
BANDS_HZ = tuple(float(100 * 2 ** (step / 3)) for step in range(16))
"""Limits of the bands, a third of an octave wide, so that vibrato mostly stays inside them."""


def steady_frames(mono: NDArray[np.float32], rate: int) -> NDArray[np.bool_]:
    """Whether the sound around each 10 ms frame stays the same: the spectrum and level for most of 0.6 s, as of notes
    that are held, or the shape of the spectrum on average over a second, as of a chord with tremolo."""
    sound = resample(mono[:, None], rate, RATE)[:, 0] if rate != RATE else mono
    return _holds(sound) | _keeps_its_timbre(sound)


def _holds(sound: NDArray[np.float32]) -> NDArray[np.bool_]:
    change = np.ones(_frames(sound))
    for first, spectra in _spectra(sound, HELD_SECONDS, HELD_LAG):
        amplitude = np.sqrt(spectra)
        distance = np.square(amplitude[HELD_LAG:] - amplitude[:-HELD_LAG]).sum(axis=1)
        energy = spectra.sum(axis=1)
        change[first : first + len(distance)] = distance / np.maximum(energy[HELD_LAG:] + energy[:-HELD_LAG], 1e-12)
    padded = np.pad(change, HELD_REACH, mode="reflect" if len(change) > HELD_REACH else "edge")
    around = sliding_window_view(padded, 2 * HELD_REACH + 1)
    return np.asarray(np.median(around, axis=1) < HELD_CHANGE)


def _keeps_its_timbre(sound: NDArray[np.float32]) -> NDArray[np.bool_]:
    frequencies = np.fft.rfftfreq(seconds_to_frames(TIMBRE_SECONDS, RATE), 1 / RATE)
    starts = np.searchsorted(frequencies, BANDS_HZ)
    unlike, energy = np.zeros(_frames(sound)), np.zeros(_frames(sound))
    for first, spectra in _spectra(sound, TIMBRE_SECONDS, TIMBRE_LAG):
        bands = np.add.reduceat(spectra, starts, axis=1)[:, :-1]
        total = bands.sum(axis=1)
        shares = np.sqrt(bands / np.maximum(total, 1e-12)[:, None])
        likeness = (shares[TIMBRE_LAG:] * shares[:-TIMBRE_LAG]).sum(axis=1)
        unlike[first : first + len(likeness)] = 1 - likeness
        energy[first : first + len(likeness)] = np.minimum(total[TIMBRE_LAG:], total[:-TIMBRE_LAG])
    loud = energy > energy.max() * db_to_power(-30)
    around = np.ones(2 * TIMBRE_REACH + 1)
    return _sums(unlike * loud, around) < TIMBRE_CHANGE * _sums(loud.astype(np.float64), around)


def _frames(sound: NDArray[np.float32]) -> int:
    return max(1, -(-len(sound) // seconds_to_frames(HOP_SECONDS, RATE)))


def _spectra(sound: NDArray[np.float32], seconds: float, lag: int) -> Iterator[tuple[int, NDArray[np.float32]]]:
    """Yield the power spectra of windows around the frames: the index of the first, and one row for each. The last
    `lag` rows are also the first ones of the next batch."""
    length, hop, count = seconds_to_frames(seconds, RATE), seconds_to_frames(HOP_SECONDS, RATE), _frames(sound)
    padded = np.zeros(count * hop + length, np.float32)
    padded[length // 2 : length // 2 + len(sound)] = sound[: len(padded) - length // 2]
    windows = sliding_window_view(padded, length)[::hop][:count]
    shape = np.hanning(length).astype(np.float32)
    for first in range(0, max(0, count - lag), BATCH_WINDOWS):
        part = windows[first : first + BATCH_WINDOWS + lag] * shape
        yield first, np.square(np.abs(np.fft.rfft(part, axis=1)))


def _sums(values: NDArray[np.float64], around: NDArray[np.float64]) -> NDArray[np.float64]:
    """The sum around each value, also where there are fewer values than are summed."""
    return np.convolve(values, around)[len(around) // 2 :][: len(values)]
