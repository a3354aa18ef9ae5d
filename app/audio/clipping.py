"""Finds clipping: flat tops, and tops that were flat before the sound was coded or its rate was changed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

CLIPPED_RUN = 3
FLAT = 2 / 32768
"""Converters and codecs vary by two quantisation steps at the limit."""
EDGE = 8 * FLAT
"""How far the signal falls beside a flat top; beside the top of a smooth wave it falls by less."""
PILE_BINS = 50
PILE_RATIO = 1.25
"""How much denser the levels of a pile are than lower ones: below 0.6 for speech at any level, above 1.3 for speech
overloaded by 6 dB and coded as MP3 or Vorbis or resampled. Overload of less than 3 dB isn't told after coding."""
MIN_PILED = 30


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
