"""Equal loudness: the gain applied to each compared take during playback, never to its file."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from statistics import median
from typing import NamedTuple

from app.core.takes import Take

TARGET_LUFS = -21.0
CEILING_DBTP = -1.0
MAX_USUAL_GAIN_DB = 15.0
MAX_GAIN_DB = 24.0
"""A take that is almost silent is raised by no more: its noise would be heard, and it would pull all others down."""
MAX_MODELS = 50
"""How many models' usual gains are kept; those used last."""
_WEIGHT = 0.3
"""Of the latest take in the usual gain of its model."""


def estimated_gain(take: Take, others: Iterable[Take], usual_gains: Mapping[str, float]) -> float:
    """Return the gain in dB for a take that is still arriving: what other takes of its voice needed at the median.

    Without any, what takes of its model usually need (`usual_gains`); 0 for a model that is new. It is held until the
    take is played anew, because a gain that changes meanwhile is heard as a jump.
    """
    measured = [other for other in others if other.id != take.id and other.loudness is not None]
    alike = [other for other in measured if other.voice == take.voice and other.model == take.model] or measured
    gains = equal_gains(alike)
    if gains:
        return median(gains.values())
    usual = usual_gains.get(take.model, 0.0)
    return min(max(usual, -MAX_USUAL_GAIN_DB), MAX_USUAL_GAIN_DB) if math.isfinite(usual) else 0.0


def with_gain_of(take: Take, usual_gains: Mapping[str, float]) -> dict[str, float]:
    """Return the usual gains with that of a finished take of its model worked in; unchanged if it was not measured."""
    gains = equal_gains((take,))
    if not gains or not take.model:
        return dict(usual_gains)
    before = usual_gains.get(take.model, gains[take.id])
    now = before + _WEIGHT * (gains[take.id] - before) if math.isfinite(before) else gains[take.id]
    others = [(model, gain) for model, gain in usual_gains.items() if model != take.model]
    return dict([*others[1 - MAX_MODELS :], (take.model, round(now, 2))])


class Matching(NamedTuple):
    """What makes compared takes equally loud.

    Attributes:
        gains: in dB by take id; takes that were not measured have none.
        lowered: by how many dB all of them are lowered together, so that no peak exceeds the ceiling.
        loudest_peak: id of the take whose peak asks for that; empty if none does.
        limited: ids of the takes that are too quiet, or too loud, to be brought to the target.
    """

    gains: Mapping[str, float]
    lowered: float = 0.0
    loudest_peak: str = ""
    limited: tuple[str, ...] = ()


def matching(takes: Iterable[Take]) -> Matching:
    """Return the gains for equal loudness, and why they are lower than the target asks for."""
    measured = [take for take in takes if take.loudness is not None]
    wanted = {take.id: TARGET_LUFS - take.loudness for take in measured if take.loudness is not None}
    gains = {take_id: min(max(gain, -MAX_GAIN_DB), MAX_GAIN_DB) for take_id, gain in wanted.items()}
    limited = tuple(take_id for take_id, gain in wanted.items() if gain != gains[take_id])
    over = [
        (take.true_peak + gains[take.id] - CEILING_DBTP, take.id) for take in measured if take.true_peak is not None
    ]
    lowered, loudest_peak = max(over, default=(0.0, ""))
    if lowered <= 0:
        return Matching(gains, limited=limited)
    return Matching({take_id: gain - lowered for take_id, gain in gains.items()}, lowered, loudest_peak, limited)


class TargetGain(NamedTuple):
    """The gain in dB that brings a sound to a loudness, and by how many dB the peak limit keeps it below that."""

    gain: float
    short: float = 0.0


def target_gain(
    loudness: float | None, true_peak: float | None, target_lufs: float, peak_limit_dbtp: float
) -> TargetGain:
    """The gain for a target in LUFS at which no true peak exceeds the limit; none for what has no loudness.

    The limit lowers the gain of the whole sound: nothing is compressed.
    """
    if loudness is None:
        return TargetGain(0.0)
    wanted = target_lufs - loudness
    possible = wanted if true_peak is None else min(wanted, peak_limit_dbtp - true_peak)
    return TargetGain(possible, wanted - possible)


def equal_gains(takes: Iterable[Take]) -> dict[str, float]:
    """Return the gain in dB by take id. If a true peak would exceed the ceiling, all gains are lowered equally."""
    return dict(matching(takes).gains)
