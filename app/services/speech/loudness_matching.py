"""Equal loudness: the gain applied to each compared take during playback, never to its file."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median

from app.core.takes import Take

TARGET_LUFS = -21.0
CEILING_DBTP = -1.0


def estimated_gain(take: Take, others: Iterable[Take]) -> float:
    """Return the gain in dB for a take that is still arriving: what other takes of its voice needed at the median.

    0 without any. It is held until the take is played anew, because a gain that changes meanwhile is heard as a jump.
    """
    measured = [other for other in others if other.id != take.id and other.loudness is not None]
    alike = [other for other in measured if other.voice == take.voice and other.model == take.model] or measured
    gains = equal_gains(alike)
    return median(gains.values()) if gains else 0.0


def equal_gains(takes: Iterable[Take]) -> dict[str, float]:
    """Return the gain in dB by take id. If a true peak would exceed the ceiling, all gains are lowered equally."""
    measured = [take for take in takes if take.loudness is not None]
    gains = {take.id: TARGET_LUFS - take.loudness for take in measured if take.loudness is not None}
    over = max((take.true_peak + gains[take.id] - CEILING_DBTP for take in measured if take.true_peak is not None),
               default=0.0)  # fmt: skip
    return {take_id: gain - max(0.0, over) for take_id, gain in gains.items()}
