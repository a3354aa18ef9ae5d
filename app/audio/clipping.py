"""Finds clipping: flat tops, and tops that were flat before the sound was coded or its rate was changed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.audio.resampling import resample
from app.core.units import seconds_to_frames

CLIPPED_RUN = 3
FLAT = 2 / 32768
"""Converters and codecs vary by two quantisation steps at the limit."""
EDGE = 8 * FLAT
"""How far the signal falls beside a flat top; beside the top of a smooth wave it falls by less."""
PILE_BINS = 50
PILE_RATIO = 1.25
"""How much denser the levels of a pile are than lower ones: below 0.6 for speech at any level, above 1.3 for speech
overloaded by 6 dB and coded as MP3 or Vorbis or resampled."""
MIN_PILED = 30
PEAK_RATE = 64_000
"""Rate in Hz to which a sound of a lower one is interpolated, so that its peaks are not missed."""
PEAK_BLOCK = 1 << 17
CAPPED_RATIO = 1.25
"""How many more peaks of the wave end just below a limit than somewhat further below: at most 1.16 for 16 synthetic
voices at any level and coding; 0.8 to 4 for an overload of 1.6 dB, above 1.3 mostly for one of 3.5 dB."""
MIN_CAPPED = 12
BESIDE_SECONDS = 0.00012
SHARPER = 1.0
"""How much more steeply the wave falls beside the highest peaks than beside lower ones if nothing cut them off: 1.5 for
a voice that repeats the same sounds and so the same heights, 0.7 to 1 if they were cut off."""


def clipped_samples(channel: NDArray[np.float32]) -> int:
    """Count the samples in flat tops: runs of three or more equal values at either extreme, with a step at each end.

    The level of the top does not matter, because a clipped sound may have been turned down. A run at the beginning or
    end of the sound has no step there.
    """
    clipped = 0
    highest, lowest = (float(channel.max()), float(channel.min())) if len(channel) else (0.0, 0.0)
    # Digital silence, with or without an offset, is flat everywhere.
    if highest - lowest < 4 * EDGE:
        return 0
    for sign, top in ((1, highest), (-1, -lowest)):
        at_top = np.flatnonzero(channel >= highest - FLAT if sign > 0 else channel <= lowest + FLAT)
        splits = np.flatnonzero(np.diff(at_top) > 1) + 1
        starts, stops = at_top[np.append(0, splits)], at_top[np.append(splits - 1, -1)] + 1
        before = np.where(starts > 0, sign * channel[np.maximum(starts - 1, 0)], -np.inf)
        after = np.where(stops < len(channel), sign * channel[np.minimum(stops, len(channel) - 1)], -np.inf)
        steep = np.minimum(before, after) < top - EDGE
        lengths = stops - starts
        clipped += int(lengths[(lengths >= CLIPPED_RUN) & steep].sum())
    return clipped


def piled_samples(channel: NDArray[np.float32]) -> int:
    """Count the samples in a pile of levels near the top of the positive or negative side.

    The higher the level, the fewer samples of speech have it. Clipping moves those above its limit to one level, and
    coding and resampling spread them around it, so that it remains denser than the levels below. Tones have such a
    pile without being clipped.
    """
    if len(channel) == 0:
        return 0
    highest, lowest = float(channel.max()), float(channel.min())
    if highest - lowest < 4 * EDGE:
        return 0
    centre = float(channel.mean(dtype=np.float64))
    piled = 0
    if highest > centre + EDGE:
        piled += _pile(np.histogram(channel, PILE_BINS, (centre, highest))[0])
    if lowest < centre - EDGE:
        piled += _pile(np.histogram(channel, PILE_BINS, (lowest, centre))[0][::-1])
    return piled


def _pile(counts: NDArray[np.intp]) -> int:
    """The number of samples in the densest three neighbouring bins of the upper half, if they are a pile."""
    three = np.convolve(counts, np.ones(3), "same")
    upper = range(PILE_BINS // 2, PILE_BINS - 1)
    # A few samples more in the lower bins keep chance from making a pile.
    ratios = [three[at] / (three[at - 10 : at - 4].mean() + 9) for at in upper]
    densest = int(np.argmax(ratios))
    count = int(three[upper[densest]])
    return count if ratios[densest] > PILE_RATIO and count >= MIN_PILED else 0


def capped_peaks(channel: NDArray[np.float32], rate: int) -> int:
    """Count the peaks of the wave that lie close below one level, if a limit seems to have stopped them there.

    The higher the level, the fewer peaks of speech reach it. Of a few tops that were cut off, coding and resampling
    leave no pile of samples, but as many peaks. Tones have peaks of one height without being clipped.
    """
    if len(channel) == 0:
        return 0
    centre = float(channel.mean(dtype=np.float64))
    found = 0
    for sign in (1, -1):
        extreme = sign * (float(channel.max() if sign > 0 else channel.min()) - centre)
        if extreme > EDGE:
            found += _capped(*_peaks(channel, rate, sign, centre, extreme * 0.35))
    return found


def _peaks(
    channel: NDArray[np.float32], rate: int, sign: int, centre: float, lowest: float
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The heights above `centre` of the peaks on one side that are higher than `lowest`, and by what share of it the
    wave falls beside each of them."""
    heights, falls = [], []
    wave_rate = max(rate, PEAK_RATE)
    beside = max(1, seconds_to_frames(BESIDE_SECONDS, wave_rate))
    for first in range(0, len(channel), PEAK_BLOCK):
        wave = resample(channel[first : first + PEAK_BLOCK, None], rate, wave_rate)[:, 0]
        wave = (wave - np.float32(centre)) * np.float32(sign)
        middle = wave[1:-1]
        at = np.flatnonzero((middle > lowest) & (middle >= wave[:-2]) & (middle > wave[2:])) + 1
        at = at[(at >= beside) & (at < len(wave) - beside)]
        heights.append(wave[at])
        falls.append(1 - (wave[at - beside] + wave[at + beside]) / (2 * wave[at]))
    height, fall = np.concatenate(heights), np.concatenate(falls)
    order = np.argsort(height)
    return height[order], fall[order]


def _capped(heights: NDArray[np.float32], falls: NDArray[np.float32]) -> int:
    """The number of peaks below the limit, which is looked for below the highest peaks. Both arrays rise in height."""
    if len(heights) < MIN_CAPPED:
        return 0
    # Coding leaves single peaks above the limit.
    limits = np.linspace(0.75, 1.02, 28) * heights[-3]

    def between(low: float, high: float) -> NDArray[np.intp]:
        first, last = (np.searchsorted(heights, limits * share, "right") for share in (low, high))
        return np.asarray(last - first)

    counts = between(0.94, 1.0)
    ratios = np.where(counts >= MIN_CAPPED, counts / (between(0.82, 0.88) + 6), 0)
    densest = int(np.argmax(ratios))
    if ratios[densest] <= CAPPED_RATIO:
        return 0
    low, high, lower, lowest = np.searchsorted(heights, limits[densest] * np.array([0.94, 1.0, 0.8, 0.5]), "right")
    is_cut = lowest == lower or np.median(falls[low:high]) < SHARPER * np.median(falls[lowest:lower])
    return int(counts[densest]) if is_cut else 0
