"""What playback holds in memory is bounded, also with takes of half an hour, and a flip needs no reading."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from app.services.speech.playback import MAX_CACHED_BYTES, MAX_CACHED_SOURCES, Playback
from tests.ui.studio.player_harness import FakePlayer

RATE = 24_000


class _Desk:
    """A playback whose blobs are named by their length in seconds; `read` counts what was read."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.playback = Playback(FakePlayer(), SimpleNamespace(read=self._blob), self._audio())  # type: ignore[arg-type]

    def _blob(self, digest: str) -> bytes:
        self.read.append(digest)
        return digest.encode()

    @staticmethod
    def _audio() -> Any:
        def whole(seconds: int, rate: int) -> Any:
            return SimpleNamespace(known=seconds * rate, rate=rate, channels=1, ended=True)

        return SimpleNamespace(read_sound=lambda blob: SimpleNamespace(samples=int(blob), rate=RATE), whole=whole)

    @property
    def held(self) -> int:
        return sum(4 * source.known for source in self.playback._sources.values())


@pytest.mark.parametrize(("seconds", "count"), [(10, MAX_CACHED_SOURCES), (1_800, 2), (600, 4)])
async def test_cached_sounds_are_bounded(seconds: int, count: int) -> None:
    desk = _Desk()
    for place in range(12):
        await desk.playback.play_blob(f"take-{place}", str(seconds))
    assert len(desk.playback._sources) == count
    assert desk.held <= MAX_CACHED_BYTES or count == 2
    read = len(desk.read)
    for place in (10, 11, 10):
        await desk.playback.switch_blob(f"take-{place}", str(seconds))
    assert len(desk.read) == read, "the last two are flipped between without a file"


async def test_what_was_parked_is_ready_at_its_spot() -> None:
    desk = _Desk()
    playback = desk.playback
    await playback.play_blob("first", "10", 3.0)
    playback._player.heard = 2 * RATE  # type: ignore[misc]
    playback.park()
    assert (playback.key, playback.playing, playback.position) == ("", False, 0)
    await playback.play_blob("second", "10", -6.0)
    playback.unpark()
    assert (playback.key, playback.playing, playback.position) == ("first", False, 2_000)
    playback.park()
    playback.forget("first")
    playback.unpark()
    assert playback.key == ""
