"""`flip`: from asking for the other take to the callback that takes its first frame, in device blocks.

On a real device; the worst of 20 flips, because each one is heard.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path

from app.audio.player import Player
from app.audio.source import FixedSource
from tests.audio.signals import noise
from tests.benchmarks.row import Row, row
from tests.plugins.sound_harness import running_sound_desk

NAME = "flip"
"""Prefix of its row names."""

FLIPS = 20
BLOCK_SECONDS = 1800 / 48_000
"""Seconds of a block, as PulseAudio's ALSA device chooses it for our latency."""


def run() -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="desk-") as folder, running_sound_desk(Path(folder)):
        worst = asyncio.run(_measure())
    return [row("flip", worst / BLOCK_SECONDS, "blocks", peer="one device block", peer_value=1.0, at_most=2.0)]


async def _measure() -> float:
    takes = [FixedSource(noise(10.0, 24_000, seed=seed), 24_000) for seed in (1, 2)]
    player = Player(device="pulse/out")
    playing = asyncio.Event()
    player.watch(lambda state: playing.set() if state.started_at is not None else None)
    took: list[float] = []
    try:
        player.play(takes[0])
        await asyncio.wait_for(playing.wait(), 10)
        for number in range(FLIPS):
            await asyncio.sleep(0.131)
            asked = time.monotonic()
            player.switch(takes[(number + 1) % 2])
            await asyncio.sleep(0.2)
            heard = player.segment_started_at
            assert heard is not None and heard > asked
            took.append(heard - asked)
    finally:
        await asyncio.to_thread(player.close)
    return max(took)
