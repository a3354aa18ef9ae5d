"""How the sounds of two parts of a text meet: with a pause behind a sentence, and without a click."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.core.tags import ends_sentence
from app.services.speech.generation import AUDIBLE_AMPLITUDE

PAUSE_SECONDS = 0.2
"""The least pause behind a sentence; silence of the parts counts and is never cut. Within one, nothing is added."""
FADE_SECONDS = 0.005
"""The fade at an end that is not silent."""
_BLANK = re.compile(r"\s*")
_TAIL = 60
"""Characters by which the end of a part is found in the whole text."""


def pauses_behind(text: str, parts: Sequence[str]) -> tuple[bool, ...]:
    """For each part of a text whether a sentence or a paragraph ends with it."""
    found: list[bool] = []
    at = 0
    for part in parts:
        tail = part[-_TAIL:]
        place = text.find(tail, at)
        blank = None
        if tail and place >= 0:
            at = place + len(tail)
            blank = _BLANK.match(text, at)
        found.append(ends_sentence(part) or (blank is not None and "\n" in blank.group()))
    return tuple(found)


def silent_start(pcm: NDArray[np.int16]) -> int:
    """How many frames at the beginning can't be heard; `pcm` has shape (frames, 1)."""
    audible = _audible(pcm)
    return int(audible[0]) if len(audible) else len(pcm)


def silent_end(pcm: NDArray[np.int16]) -> int:
    """How many frames at the end can't be heard; `pcm` has shape (frames, 1)."""
    audible = _audible(pcm)
    return len(pcm) - 1 - int(audible[-1]) if len(audible) else len(pcm)


def faded_in(pcm: NDArray[np.int16], rate: int) -> NDArray[np.int16]:
    """The sound with its first frames faded in, unless it begins with silence."""
    return _faded(pcm[::-1], rate)[::-1]


def faded_out(pcm: NDArray[np.int16], rate: int) -> NDArray[np.int16]:
    """The sound with its last frames faded out, unless it ends with silence."""
    return _faded(pcm, rate)


def fade_frames(rate: int) -> int:
    """The length of a fade."""
    return round(rate * FADE_SECONDS)


def _faded(pcm: NDArray[np.int16], rate: int) -> NDArray[np.int16]:
    if not len(pcm) or silent_end(pcm[-1:]):
        return pcm
    length = min(len(pcm), fade_frames(rate))
    ramp = np.linspace(1, 0, length, dtype=np.float32)[:, None]
    faded: NDArray[np.int16] = pcm.copy()
    faded[-length:] = np.round(faded[-length:] * ramp)
    return faded


def _audible(pcm: NDArray[np.int16]) -> NDArray[np.intp]:
    return np.flatnonzero(np.abs(pcm[:, 0].astype(np.int32)) > AUDIBLE_AMPLITUDE)
