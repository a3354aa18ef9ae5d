"""Reads a part of a long sound file in bounded memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from app.audio.files import Sound, open_sound
from app.core.errors import AudioError, Code


def read_span(path: Path, start: int, stop: int, progress: Callable[[float], None] | None = None) -> Sound:
    """Read the frames from `start` to `stop`, exclusive; fewer where the file ends or breaks off before.

    `progress` is called with the part that is done, 0 to 1. Raises as `files.open_sound`, and SOUND_EMPTY.
    """
    with open_sound(path) as sound:
        samples = np.empty((stop - start, sound.channels), np.float32)
        at, filled = sound.skip_to(start), 0
        try:
            for block in sound:
                wanted = block[max(0, start - at) : max(0, stop - at)]
                samples[filled : filled + len(wanted)] = wanted
                filled += len(wanted)
                at += len(block)
                if progress is not None:
                    progress(min(1.0, at / stop))
                if at >= stop:
                    break
        except AudioError:
            if not filled:
                raise
        rate, depth = sound.rate, sound.depth
    if not filled:
        raise AudioError(Code.SOUND_EMPTY)
    return Sound(samples[:filled], rate, depth=depth)
