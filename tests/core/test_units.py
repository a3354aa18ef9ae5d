"""Frames and time are converted without drift."""

from __future__ import annotations

import pytest

from app.core.units import frames_to_milliseconds, frames_to_seconds, seconds_to_frames


@pytest.mark.parametrize("rate", [8_000, 22_050, 24_000, 44_100, 48_000])
def test_seconds_and_milliseconds_round_trip(rate: int) -> None:
    assert seconds_to_frames(frames_to_seconds(12_345, rate), rate) == 12_345
    assert frames_to_milliseconds(round(1.234 * rate), rate) == 1_234
