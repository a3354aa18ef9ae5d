"""Equal loudness: the gain applied to each compared take during playback, never to its file."""

from __future__ import annotations

from collections.abc import Iterable

from app.core.takes import Take

TARGET_LUFS = -21.0
CEILING_DBTP = -1.0


def equal_gains(takes: Iterable[Take]) -> dict[str, float]:
    """Return the gain in dB by take id. If a true peak would exceed the ceiling, all gains are lowered equally."""
    measured = [take for take in takes if take.loudness is not None]
    gains = {take.id: TARGET_LUFS - take.loudness for take in measured if take.loudness is not None}
    over = max((take.true_peak + gains[take.id] - CEILING_DBTP for take in measured if take.true_peak is not None),
               default=0.0)  # fmt: skip
    return {take_id: gain - max(0.0, over) for take_id, gain in gains.items()}
