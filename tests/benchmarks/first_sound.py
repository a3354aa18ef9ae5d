"""`first-sound`: from the first PCM byte of a take to the callback that takes its first frame.

On a real device (a PulseAudio null sink), best of 5, beside the same player with a fixed prebuffer of 0.4 s. The take
arrives in pieces of 0.1 s in real time.
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from app.audio.player import Player
from app.audio.prebuffer import AdaptivePrebuffer
from app.audio.source import TakeSource
from tests.audio.signals import noise, pcm16
from tests.benchmarks.row import Row, row
from tests.plugins.sound_harness import running_sound_desk

ROUNDS = 5
PIECE_SECONDS = 0.1
FIXED_SECONDS = 0.4


class FixedPrebuffer(AdaptivePrebuffer):
    """What most players do."""

    def __init__(self) -> None:
        super().__init__(FIXED_SECONDS)

    def underrun(self) -> None: ...

    def played_without_underrun(self) -> None: ...


def run() -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="desk-") as folder, running_sound_desk(Path(folder)):
        ours = min(asyncio.run(_measure(AdaptivePrebuffer())) for _ in range(ROUNDS))
        fixed = min(asyncio.run(_measure(FixedPrebuffer())) for _ in range(ROUNDS))
    return [row("first-sound", ours, "s", peer="a fixed prebuffer of 0.4 s", peer_value=fixed, at_most=0.25)]


async def _measure(prebuffer: AdaptivePrebuffer) -> float:
    content = pcm16(noise(1.2, 24_000))
    size = round(PIECE_SECONDS * 24_000) * 2
    player, source = Player(device="pulse/out", prebuffer=prebuffer), TakeSource()
    player.watch(lambda state: None)
    try:
        player.play(source)
        # The request is on its way while the device opens.
        await asyncio.sleep(0.3)
        for first in range(0, len(content), size):
            source.feed(content[first : first + size])
            await asyncio.sleep(PIECE_SECONDS)
        source.finish()
        assert player.state.started_at is not None and source.first_arrival is not None
        return player.state.started_at - source.first_arrival
    finally:
        await asyncio.to_thread(player.close)
