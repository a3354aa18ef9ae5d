"""Finds what is wrong with a spoken sound and can be heard: an abrupt end, holes, clipping, silence."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from app.audio.analysis import ends_abruptly, frame_levels, pauses_of
from app.audio.clipping import clipped_samples
from app.audio.resampling import Samples

HOLE_SECONDS = 1.0
FULL_SCALE = 0.98
"""A sound that was cut off at its loudest reaches this; one that was turned down afterwards is not found here."""
MIN_CLIPPED = 8


class SoundFaults(NamedTuple):
    """What was found. `holes` are (start, end) in frames of the pauses inside the speech that are too long.

    A silent sound has no other fault.
    """

    silent: bool = False
    abrupt: bool = False
    clipped: int = 0
    holes: tuple[tuple[int, int], ...] = ()


def sound_faults(samples: Samples, rate: int) -> SoundFaults:
    """Examine a whole sound of shape (frames, 1). Takes about 1 s per 10 minutes: call it in a thread."""
    pauses = pauses_of(samples, rate, HOLE_SECONDS)
    if not len(samples) or any(span.start == 0 and span.stop == len(samples) for span in pauses):
        return SoundFaults(silent=True)
    mono = samples[:, 0]
    levels = frame_levels(mono, rate)
    is_loud = float(np.abs(mono).max()) >= FULL_SCALE
    clipped = clipped_samples(mono) if is_loud else 0
    holes = tuple((span.start, span.stop) for span in pauses if span.start > 0 and span.stop < len(samples))
    return SoundFaults(
        abrupt=ends_abruptly(mono, rate, levels), clipped=clipped if clipped >= MIN_CLIPPED else 0, holes=holes
    )
