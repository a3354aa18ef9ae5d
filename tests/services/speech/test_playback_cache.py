"""What playback holds in memory is bounded, also with takes of half an hour, and a flip needs no reading."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from app.audio.playable import HELD_BYTES, playable
from app.core.errors import AudioError
from app.core.wav import wav_header
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
        def playable(blob: bytes) -> Any:
            frames = int(blob) * RATE
            held = min(4 * frames, 60 << 20)
            return SimpleNamespace(known=frames, rate=RATE, channels=1, ended=True, memory_bytes=held)

        return SimpleNamespace(playable=playable)

    @property
    def held(self) -> int:
        return sum(source.memory_bytes for source in self.playback._sources.values())


@pytest.mark.parametrize(("seconds", "count"), [(10, MAX_CACHED_SOURCES), (1_800, 2), (300, 3)])
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


def test_two_takes_of_half_an_hour_hold_little_in_memory_and_sound_the_same() -> None:
    content = np.random.default_rng(1).integers(-9_000, 9_000, 1_800 * RATE, np.int16).tobytes()
    wav = wav_header(RATE, len(content)) + content
    sources = [playable(wav), playable(wav)]
    assert sum(source.memory_bytes for source in sources) <= 2 * HELD_BYTES
    for source in sources:
        assert source.ended and source.known == 1_800 * RATE
        for start in (0, HELD_BYTES // 2 - 1_000, source.known - 2_000):
            expected = np.frombuffer(content, np.int16)[start : start + 2_000] / np.float32(32768)
            assert np.array_equal(source.read(start, 2_000)[:, 0], expected)


def test_a_short_sound_is_held_as_it_is() -> None:
    content = np.arange(-500, 500, dtype=np.int16).tobytes()
    source = playable(wav_header(RATE, len(content)) + content)
    assert source.memory_bytes == 4 * 1_000 and source.known == 1_000
    with pytest.raises(AudioError):
        playable(b"")
