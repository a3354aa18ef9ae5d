"""What is measured in a sound; light, so that requests can be read before the speech libraries are loaded."""

from __future__ import annotations

import msgspec


class SoundMeasures(msgspec.Struct, frozen=True):
    """Levels in dBFS (RMS and peak), `speech` as a share of the time, `pause` the longest one in seconds."""

    format: str
    seconds: float
    rate: int
    channels: int
    loudness: float
    peak: float
    speech: float
    pause: float
    clipped: bool

    @property
    def silent(self) -> bool:
        return self.peak < -50
