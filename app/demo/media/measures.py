"""Measurements of audio. Kept apart so that requests can be parsed without loading the speech libraries."""

from __future__ import annotations

import msgspec


class AudioMeasures(msgspec.Struct, frozen=True):
    """Measurements of an audio file.

    Attributes:
        seconds: duration.
        rate: frames per second.
        loudness: RMS level in dBFS.
        peak: peak level in dBFS.
        speech_share: share of the duration that is speech, 0 to 1.
        longest_pause: longest pause within the speech, in seconds.
    """

    format: str
    seconds: float
    rate: int
    channels: int
    loudness: float
    peak: float
    speech_share: float
    longest_pause: float
    is_clipped: bool

    @property
    def is_silent(self) -> bool:
        return self.peak < -50
