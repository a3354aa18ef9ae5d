"""How much takes of equal requests differ from each other: in length, pitch and level.

A figure is the whole spread, from the lowest to the highest take: "within 3 %" holds for any two of them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Literal, NamedTuple

from app.core.takes import Take, VoiceSnapshot

ORIGIN = "drift"
"""`Take.origin` of takes that were made to measure drift."""
MIN_TAKES = 2
USUAL_TAKES = 8
"""Takes that a measurement should have: the spread of a few grows with every one more."""
RequestField = Literal["text", "voice", "direction", "model", "parameters"]


class TakeMeasures(NamedTuple):
    """Measurements of one take.

    Attributes:
        seconds: its length.
        pitch_hz: the median pitch of its voiced parts; None if too little is voiced.
        loudness: in LUFS; None if it is not known.
    """

    seconds: float
    pitch_hz: float | None
    loudness: float | None


class Spread(NamedTuple):
    """The spread of one measure over `takes` takes. Percent for length, semitones for pitch, LU for level."""

    value: float
    takes: int


class Drift(NamedTuple):
    """What was measured of takes; None for what could not be: fewer than two takes have the measure."""

    takes: int
    length: Spread | None = None
    pitch: Spread | None = None
    level: Spread | None = None


def drift_of(takes: Sequence[TakeMeasures]) -> Drift:
    """Measure the spread of takes of equal requests."""
    lengths = [take.seconds for take in takes if take.seconds > 0]
    pitches = [12 * math.log2(take.pitch_hz) for take in takes if take.pitch_hz]
    levels = [take.loudness for take in takes if take.loudness is not None]
    mean = sum(lengths) / len(lengths) if lengths else 0.0
    return Drift(
        len(takes),
        _spread([100 * length / mean for length in lengths]),
        _spread(pitches),
        _spread(levels),
    )


def _spread(values: Sequence[float]) -> Spread | None:
    return Spread(max(values) - min(values), len(values)) if len(values) >= MIN_TAKES else None


def rounded_up(value: float, step: float) -> float:
    """A spread as it may be claimed: never less than what was measured, at least one step."""
    return max(1, math.ceil(value / step - 1e-6)) * step


def can_be_measured(take: Take) -> bool:
    """Whether a take is complete and has sound: one that broke off is shorter for that alone."""
    return take.state == "done" and take.frames > 0 and take.loudness is not None


def differing_fields(takes: Iterable[Take]) -> tuple[RequestField, ...]:
    """What differs between the requests of takes. How the sound was delivered is no part of it."""
    listed = list(takes)
    return tuple(field for field, value in _FIELDS if len({value(take) for take in listed}) > 1)


def of_equal_requests(take: Take, takes: Iterable[Take]) -> list[Take]:
    """The takes that were asked for as this one was, itself among them, in their order."""
    wanted = [value(take) for _, value in _FIELDS]
    return [other for other in takes if [value(other) for _, value in _FIELDS] == wanted]


def _voice(voice: VoiceSnapshot) -> tuple[object, ...]:
    return voice.kind, voice.id if voice.kind == "builtin" else "", voice.description, voice.polish, voice.sample


_FIELDS: tuple[tuple[RequestField, Callable[[Take], object]], ...] = (
    ("text", lambda take: (take.text, take.spoken)),
    ("voice", lambda take: _voice(take.voice)),
    ("direction", lambda take: take.direction),
    ("model", lambda take: take.model),
    ("parameters", lambda take: (take.temperature, take.top_p, take.max_tokens)),
)
