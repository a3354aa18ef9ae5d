"""Chooses the stretch of a candidate that is frozen, by the phrases that the sample check found.

Unlike `best_stretch`, which searches hours of anything by its level, this weighs each phrase of a short sound of
speech, and never cuts one.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any, NamedTuple

from app.services.speech.ports import Audio, Sound

MAX_SECONDS = 30.0
"""A longer sample makes no better clone (WIRE.md section 3.4)."""
MIN_SECONDS = 3.0
"""A stretch is not shortened below this to leave out what is not perfect."""
EDGE_SECONDS = 0.12
"""Silence that is left before and after the speech, so that no word is cut."""
_CLIPPED_COST = 4.0
"""Seconds of speech that one second with flat tops takes away from the worth of a stretch."""
_SILENCE_COST = 0.5
"""Seconds of speech that one second of pause takes away."""


class Stretch(NamedTuple):
    """A range of frames at `rate`; `stop` is exclusive."""

    start: int
    stop: int
    rate: int

    @property
    def seconds(self) -> float:
        return (self.stop - self.start) / self.rate

    @property
    def milliseconds(self) -> tuple[int, int]:
        return round(1000 * self.start / self.rate), round(1000 * self.stop / self.rate)


class Phrase(NamedTuple):
    """Speech between two silences: its frames, and whether flat tops are in it."""

    start: int
    stop: int
    is_clipped: bool = False


def phrases_of(analysis: Any, sound: Sound, audio: Audio) -> list[Phrase]:
    """The phrases of a sound, from its analysis (`app.audio.analysis`). Blocks."""
    edges = [(analysis.lead, analysis.lead), *((span.start, span.stop) for span in analysis.pauses)]
    edges.append((analysis.frames - analysis.tail, analysis.frames))
    ranges = [(before[1], after[0]) for before, after in itertools.pairwise(edges) if after[0] > before[1]]
    has_flat_tops = bool(analysis.clipped or analysis.piled)
    return [
        Phrase(start, stop, has_flat_tops and audio.clipped(sound.samples[start:stop], sound.rate)[0] > 0)
        for start, stop in ranges
    ]


def best_stretch(phrases: Sequence[Phrase], frames: int, rate: int, *, ends_abruptly: bool = False) -> Stretch:
    """The run of phrases with most speech, least clipping and least silence, of at most `MAX_SECONDS`.

    It begins and ends in silence. The last phrase of a sound that ends at the level of speech is left out if enough
    remains. A sound without phrases is taken whole, up to the limit.
    """
    most, edge = round(MAX_SECONDS * rate), round(EDGE_SECONDS * rate)
    usable = list(phrases)
    if ends_abruptly and len(usable) > 1 and usable[-2].stop - usable[0].start >= MIN_SECONDS * rate:
        usable.pop()
    best: tuple[float, int, int] | None = None
    for first in range(len(usable)):
        worth = 0.0
        for last in range(first, len(usable)):
            phrase = usable[last]
            if phrase.stop - usable[first].start > most:
                break
            length = (phrase.stop - phrase.start) / rate
            pause = (phrase.start - usable[last - 1].stop) / rate if last > first else 0.0
            worth += length - _SILENCE_COST * pause - (_CLIPPED_COST * length if phrase.is_clipped else 0.0)
            is_long = phrase.stop - usable[first].start >= min(MIN_SECONDS * rate, usable[-1].stop - usable[0].start)
            if is_long and (best is None or worth > best[0]):
                best = worth, usable[first].start, phrase.stop
    if best is None:
        start = usable[0].start if usable else 0
        return Stretch(max(0, start - edge), min(frames, max(0, start - edge) + most), rate)
    start, stop = max(0, best[1] - edge), min(frames, best[2] + edge)
    return Stretch(start, min(stop, start + most), rate)
