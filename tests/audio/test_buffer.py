"""The latency of a device follows the buffer setting from the next opening on."""

from __future__ import annotations

from typing import Any

import pytest

from app.audio import portaudio
from tests.plugins.sound_harness import RATE, SoundDesk


@pytest.mark.parametrize("asked", [0.05, 0.4])
def test_a_device_is_filled_as_far_ahead_as_asked(sound_desk: SoundDesk, asked: float) -> None:
    def silence(out: Any, frames: int, moment: Any, status: Any) -> None:
        out.fill(0)

    stream = portaudio.open_stream("output", RATE, 2, silence, latency=asked)
    try:
        # The sound server rounds the latency, but never to the other setting.
        assert abs(stream.latency - asked) < 0.15
    finally:
        stream.close()
