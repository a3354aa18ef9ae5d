"""Streaming sources and sequences."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as some

from app.audio.source import TakeSource
from tests.audio.signals import noise, pcm16


@given(some.lists(some.integers(0, 3000), max_size=15), some.integers(1, 2), some.sampled_from([64, 4_000, 10**7]))
@settings(max_examples=50, deadline=None)
def test_pieces_of_any_size_form_the_sound(sizes: list[int], channels: int, in_memory: int) -> None:
    content = np.random.default_rng(1).bytes(sum(sizes))
    source, position = TakeSource(24_000, channels, in_memory=in_memory), 0
    for size in sizes:
        source.feed(content[position : position + size])
        position += size
        assert source.known == position // (2 * channels)
    source.finish()
    frames = np.frombuffer(content[: source.known * 2 * channels], "<i2").reshape(-1, channels)
    assert np.array_equal(source.pcm(), frames)
    for start, count in ((0, 10), (source.known // 2, 500), (source.known - 3, 100), (source.known + 5, 5)):
        wanted = frames[max(0, start) : max(0, start) + count]
        assert np.array_equal(source.read(max(0, start), count), wanted.astype(np.float32) / 32768)


def test_a_long_take_does_not_stay_in_memory() -> None:
    source = TakeSource(in_memory=100_000)
    for second in range(60):
        source.feed(pcm16(noise(1.0, 24_000, seed=second)))
    assert source._head.nbytes <= 100_000
    assert np.array_equal(
        source.pcm(30 * 24_000, 24_000)[:, 0].astype("<i2").tobytes(), pcm16(noise(1.0, 24_000, seed=30))
    )


def test_a_broken_off_take_stays_playable_and_has_its_error() -> None:
    source, woken = TakeSource(), []
    source.watch(lambda: woken.append(source.known))
    source.feed(b"\1\0\2\0\3")
    source.fail(ConnectionError("gone"))
    assert source.ended and source.known == 2 and isinstance(source.failed, ConnectionError) and woken == [2, 2]
