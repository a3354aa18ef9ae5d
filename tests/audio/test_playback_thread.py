"""The playback thread on a simulated device whose clock the test controls."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import numpy as np
import pytest

from app.audio import output_device
from app.audio.player import Player
from app.audio.prebuffer import MAX_SECONDS, MIN_SECONDS, AdaptivePrebuffer
from app.audio.source import FixedSource, TakeSource
from app.core.errors import AudioError, Code
from tests.audio.signals import FADE, Samples, noise, pcm16
from tests.waiting import wait_until

RATE = 48_000
BLOCK = 1_800
EDGE = round(FADE * RATE) + 1


class Loudspeaker:
    """A simulated device that requests a block when the test says so, and records the result."""

    latency = 0.0

    def __init__(self) -> None:
        self.active = True
        self.blocks: list[Samples] = []
        self.refuses: AudioError | None = None
        self._callback: Any = None

    def open(self, direction: str, rate: int, channels: int, callback: Any, device: str | None) -> Loudspeaker:
        if self.refuses is not None:
            raise self.refuses
        self.active = True
        self._callback = callback
        return self

    def ask(self, blocks: int = 1) -> None:
        for _ in range(blocks):
            out = np.zeros((BLOCK, 2), np.float32)
            self._callback(out, BLOCK, None, None)
            self.blocks.append(out[:, 0])

    @property
    def heard(self) -> Samples:
        return np.concatenate(self.blocks)

    def close(self) -> None:
        self.active = False

    abort = close


class Slow(FixedSource):
    """A source during whose reads the device advances."""

    def __init__(self, samples: Samples, loudspeaker: Loudspeaker, reads: int) -> None:
        super().__init__(samples, RATE)
        self._loudspeaker = loudspeaker
        self._reads = reads

    def read(self, start: int, count: int) -> Samples:
        if self._reads:
            self._reads -= 1
            self._loudspeaker.ask()
        return super().read(start, count)


@pytest.fixture(autouse=True)
def no_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """No device timeout, because a loaded machine may delay the test."""
    monkeypatch.setattr(output_device, "CALLBACK_TIMEOUT_SECONDS", 1e9)
    monkeypatch.setattr(output_device, "START_TIMEOUT_SECONDS", 1e9)


@asynccontextmanager
async def playing_on(loudspeaker: Loudspeaker, prebuffer: AdaptivePrebuffer | None = None) -> AsyncIterator[Player]:
    player = Player(open_stream=loudspeaker.open, prebuffer=prebuffer)
    player.watch(lambda state: None)
    try:
        yield player
    finally:
        await asyncio.to_thread(player.close)


async def test_the_playhead_is_kept_although_the_device_advances_during_a_switch() -> None:
    one, other = noise(3.0, RATE, seed=1), noise(3.0, RATE, seed=2)
    loudspeaker = Loudspeaker()
    async with playing_on(loudspeaker) as player:
        player.play(FixedSource(one, RATE))
        await wait_until(lambda: player.state.status == "playing")
        loudspeaker.ask(3)
        slow = Slow(other, loudspeaker, reads=6)
        player.switch(slow)
        await wait_until(lambda: player.state.source is slow and player.state.status == "playing")
        loudspeaker.ask(2)
    heard = loudspeaker.heard
    differs = np.flatnonzero(np.abs(heard - one[: len(heard)])[EDGE:] > 1e-4) + EDGE
    turn = int(differs[0])
    assert turn >= 9 * BLOCK, "the first take goes on meanwhile"
    after = slice(turn + 2 * EDGE, len(heard))
    assert after.stop - after.start > BLOCK
    assert np.abs(heard[after] - other[after]).max() < 1e-4


async def test_the_prebuffer_grows_after_an_underrun_and_shrinks_again() -> None:
    sound, prebuffer, loudspeaker = noise(2.0, RATE), AdaptivePrebuffer(), Loudspeaker()
    source = TakeSource(RATE)
    async with playing_on(loudspeaker, prebuffer) as player:
        player.play(source)
        source.feed(pcm16(sound[: 4 * BLOCK]))
        await wait_until(lambda: player.state.status == "playing")
        loudspeaker.ask(6)
        await wait_until(lambda: player.state.status == "waiting")
        assert player.position == 4 * BLOCK, "nothing is lost while it waits"
        source.feed(pcm16(sound[4 * BLOCK :]))
        await wait_until(lambda: player.state.status == "playing")
        assert player.state.underruns == 1 and prebuffer.seconds == 2 * MIN_SECONDS
        source.finish()
        while player.state.status == "playing":
            loudspeaker.ask()
            await asyncio.sleep(0.005)
        assert player.state.status == "ended" and player.position == len(sound)
        player.play(FixedSource(sound[:BLOCK], RATE))
        await wait_until(lambda: player.state.status == "playing")
        while player.state.status == "playing":
            loudspeaker.ask()
            await asyncio.sleep(0.005)
    assert prebuffer.seconds == MIN_SECONDS


def test_the_prebuffer_is_bounded() -> None:
    prebuffer = AdaptivePrebuffer()
    for _ in range(20):
        prebuffer.underrun()
    assert prebuffer.seconds == MAX_SECONDS
    for _ in range(20):
        prebuffer.played_without_underrun()
    assert prebuffer.seconds == MIN_SECONDS


async def test_a_stopped_device_pauses_with_an_error_and_resumes_at_the_same_frame() -> None:
    sound, loudspeaker = noise(2.0, RATE), Loudspeaker()
    async with playing_on(loudspeaker) as player:
        player.play(FixedSource(sound, RATE))
        await wait_until(lambda: player.state.status == "playing")
        loudspeaker.ask(4)
        loudspeaker.active = False
        await wait_until(lambda: player.state.error is not None)
        assert player.state.error is not None and player.state.error.code is Code.DEVICE_LOST
        assert player.state.status == "paused" and player.position == 4 * BLOCK
        loudspeaker.refuses = AudioError(Code.NO_OUTPUT)
        player.resume()
        await wait_until(lambda: player.state.error is loudspeaker.refuses)
        assert player.state.status == "paused" and player.position == 4 * BLOCK
        loudspeaker.refuses = None
        player.resume()
        await wait_until(lambda: player.state.status == "playing")
        loudspeaker.ask(2)
    after = loudspeaker.heard[4 * BLOCK :]
    assert np.abs(after[EDGE:] - sound[4 * BLOCK + EDGE : 4 * BLOCK + len(after)])[: BLOCK - EDGE].max() < 1e-4


async def test_a_failing_source_pauses_and_the_next_one_plays() -> None:
    class Broken(FixedSource):
        def read(self, start: int, count: int) -> Samples:
            raise ZeroDivisionError

    sound, loudspeaker = noise(0.5, RATE), Loudspeaker()
    async with playing_on(loudspeaker) as player:
        player.play(Broken(sound, RATE))
        await wait_until(lambda: player.state.error is not None)
        assert player.state.error is not None and player.state.error.code is Code.UNEXPECTED
        player.play(FixedSource(sound, RATE))
        await wait_until(lambda: player.state.status == "playing")
        loudspeaker.ask(2)
    assert np.abs(loudspeaker.heard[EDGE : 2 * BLOCK] - sound[EDGE : 2 * BLOCK]).max() < 1e-4


async def test_stop_discards_what_a_device_took_before_its_time() -> None:
    """A busy sound server took 17 s at once: playback seemed to end while the sound went on."""
    sound, loudspeaker = noise(8.0, RATE), Loudspeaker()
    aborted: list[bool] = []
    loudspeaker.abort = lambda: aborted.append(True)  # type: ignore[method-assign]
    async with playing_on(loudspeaker) as player:
        player.play(FixedSource(sound, RATE))
        await wait_until(lambda: player.state.status == "playing")
        while player.position < len(sound):
            loudspeaker.ask()
            await asyncio.sleep(0)
        await asyncio.sleep(0.2)
        assert player.state.status == "playing", "what was taken is still audible"
        assert player.heard < 4 * RATE
        heard = player.heard
        player.pause()
        await wait_until(lambda: player.state.status == "paused")
        assert aborted == [True]
        assert abs(player.heard - heard) < RATE
        player.resume()
        await wait_until(lambda: player.state.status == "playing")
        loudspeaker.ask(2)
        player.stop()
        await wait_until(lambda: player.state.status == "idle")
        await wait_until(lambda: len(aborted) == 2)
