"""Conversion between frames of a sound and time."""

from __future__ import annotations


def frames_to_seconds(frames: float, rate: float) -> float:
    """The duration of `frames` at `rate` frames per second."""
    return frames / rate


def seconds_to_frames(seconds: float, rate: float) -> int:
    """The number of frames nearest to `seconds`."""
    return round(seconds * rate)


def frames_to_milliseconds(frames: float, rate: float) -> int:
    """The duration of `frames`, rounded to whole milliseconds."""
    return round(1000 * frames / rate)
