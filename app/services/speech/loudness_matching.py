"""Equal loudness: the gain applied to each compared take during playback, never to its file."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from statistics import median

from app.core.takes import Take

TARGET_LUFS = -21.0
CEILING_DBTP = -1.0
MAX_USUAL_GAIN_DB = 15.0
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


def equal_gains(takes: Iterable[Take]) -> dict[str, float]:
    """Return the gain in dB by take id. If a true peak would exceed the ceiling, all gains are lowered equally."""
    measured = [take for take in takes if take.loudness is not None]
    gains = {take.id: TARGET_LUFS - take.loudness for take in measured if take.loudness is not None}
    over = max((take.true_peak + gains[take.id] - CEILING_DBTP for take in measured if take.true_peak is not None),
               default=0.0)  # fmt: skip
    return {take_id: gain - max(0.0, over) for take_id, gain in gains.items()}
