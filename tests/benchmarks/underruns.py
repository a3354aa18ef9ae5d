"""`underruns`: how often a take runs dry on arrivals that its lead covers, on a real device.

A profile is covered when what has arrived is, until the last piece, ahead of a playhead that starts with the first
piece by a device block and a tick of the player.
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from app.audio.player import Player
from app.audio.source import TakeSource
from tests.audio.signals import noise, pcm16
from tests.benchmarks.row import Row, machine
from tests.plugins.sound_harness import SINKS, running_sound_desk

SOUND_SECONDS = 4.0
SLACK_SECONDS = 0.06
PROFILES: dict[str, list[tuple[float, float]]] = {
    # (wait, seconds of sound), all in seconds
    "steady": [(0.0, 0.3)] + [(0.1, 0.1)] * 37,
    "bursts": [(0.0, 1.0)] + [(0.8, 1.0)] * 3,
    "stall-0.2": [(0.0, 0.5)] + [(0.1, 0.12)] * 8 + [(0.3, 0.3)] + [(0.1, 0.12)] * 19,
    "stall-1": [(0.0, 1.6)] + [(1.1, 1.2)] + [(0.1, 0.1)] * 12,
}


def run() -> list[Row]:
    for name, profile in PROFILES.items():
        assert _covered(profile), name
    with tempfile.TemporaryDirectory(prefix="desk-") as folder, running_sound_desk(Path(folder)):
        counted = asyncio.run(_all())
    return [
        Row(
            name=f"underruns-{name}",
            value=count,
            unit="underruns",
            peer="none",
            peer_value=0,
            ratio=float(count),
            goal="<= 0",
            holds=count == 0,
            machine=machine(),
        )
        for name, count in counted.items()
    ]


def _covered(profile: list[tuple[float, float]]) -> bool:
    arrived = moment = 0.0
    for wait, seconds in profile:
        moment += wait
        if arrived and arrived < moment + SLACK_SECONDS:
            return False
        arrived += seconds
    return True


async def _all() -> dict[str, int]:
    counts = await asyncio.gather(
        *(_count(f"pulse/{sink}", profile) for sink, profile in zip(SINKS, PROFILES.values(), strict=True))
    )
    return dict(zip(PROFILES, counts, strict=True))


async def _count(device: str, profile: list[tuple[float, float]]) -> int:
    content, position = pcm16(noise(SOUND_SECONDS, 24_000)), 0
    player, source = Player(device=device), TakeSource()
    ended = asyncio.Event()
    player.watch(lambda state: ended.set() if state.status == "ended" else None)
    try:
        player.play(source)
        await asyncio.sleep(0.3)
        for wait, seconds in profile:
            await asyncio.sleep(wait)
            size = round(seconds * 24_000) * 2
            source.feed(content[position : position + size])
            position += size
        source.finish()
        await asyncio.wait_for(ended.wait(), 30)
        return player.state.underruns
    finally:
        await asyncio.to_thread(player.close)
