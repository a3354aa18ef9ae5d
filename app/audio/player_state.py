"""The state of the player, as its observers receive it."""

from __future__ import annotations

from typing import Literal

import msgspec

from app.audio.source import Source
from app.core.errors import AudioError

Status = Literal["idle", "waiting", "playing", "paused", "ended"]


class PlayerState(msgspec.Struct, frozen=True):
    """The state of the player.

    Attributes:
        status: `waiting` means for a device or for more of the sound to arrive.
        source: what is being played; None when idle.
        position: frame of the source at which this state began.
        error: why the player paused on its own, such as NO_PORTAUDIO, NO_OUTPUT or DEVICE_LOST.
        underruns: how often playback of this source had to wait for more of it to arrive.
        started_at: `time.monotonic()` at which the device took the first frame; None before.
    """

    status: Status = "idle"
    source: Source | None = None
    position: int = 0
    error: AudioError | None = None
    underruns: int = 0
    started_at: float | None = None
