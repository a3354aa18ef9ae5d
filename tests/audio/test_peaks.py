"""Waveform peaks do not depend on how the sound arrived, and no peak is lost."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from app.audio.peaks import BUCKET, Peaks
from app.core.errors import Code, StorageError
from tests.audio.signals import noise

RATE = 24_000


def whole(frames: int, channels: int = 1) -> np.ndarray:
    return np.random.default_rng(frames).uniform(-1, 1, (frames, channels)).astype(np.float32)


@given(some.lists(some.integers(0, 5000), max_size=12), some.integers(1, 2))
@settings(max_examples=40, deadline=None)
def test_appending_in_pieces_equals_appending_at_once(sizes: list[int], channels: int) -> None:
    sound = whole(sum(sizes), channels)
    together, growing, position = Peaks(RATE), Peaks(RATE), 0
    together.append(sound)
    for size in sizes:
        growing.append(sound[position : position + size])
        position += size
        growing.shape(0, max(1, position), 7)
    for columns in (1, 3, 50):
        one, other = together.shape(0, max(1, len(sound)), columns), growing.shape(0, max(1, len(sound)), columns)
        assert np.array_equal(one.lowest, other.lowest) and np.array_equal(one.highest, other.highest)
        assert np.allclose(one.rms, other.rms, atol=1e-6)


@pytest.mark.parametrize("columns", [1, 10, 333, 2000])
def test_a_column_covers_its_frames_and_little_more(columns: int) -> None:
    sound = whole(200_000) * np.linspace(0, 1, 200_000, dtype=np.float32)[:, None]
    peaks = Peaks(RATE)
    peaks.append(sound)
    drawn = peaks.shape(0, len(sound), columns)
    width = len(sound) / columns
    for column in range(0, columns, max(1, columns // 17)):
        first, last = int(column * width), int(np.ceil((column + 1) * width))
        assert drawn.highest[column] >= sound[first:last].max() and drawn.lowest[column] <= sound[first:last].min()
        slack = max(BUCKET, int(width))
        assert drawn.highest[column] <= sound[max(0, first - slack) : last + slack].max()


def test_rms_is_the_root_of_the_mean_square() -> None:
    sound = noise(4, RATE, 0.25)[:, None]
    peaks = Peaks(RATE)
    peaks.append(sound)
    assert peaks.shape(0, len(sound), 1).rms[0] == pytest.approx(0.25, rel=0.01)


def test_columns_past_the_end_are_empty() -> None:
    peaks = Peaks(RATE)
    peaks.append(np.ones((4 * BUCKET, 1), np.float32))
    drawn = peaks.shape(0, 16 * BUCKET, 4)
    assert drawn.highest.tolist() == [1, 0, 0, 0] and drawn.lowest.tolist() == [1, 0, 0, 0]


def test_packed_peaks_round_trip() -> None:
    peaks = Peaks(RATE)
    peaks.append(whole(123_457))
    again = Peaks.unpack(peaks.pack())
    assert (again.rate, again.frames) == (RATE, 123_457)
    one, other = peaks.shape(0, 123_457, 97), again.shape(0, 123_457, 97)
    assert np.allclose(one.highest, other.highest, atol=1e-4) and np.allclose(one.rms, other.rms, atol=1e-3)


@pytest.mark.parametrize("damage", [b"", b"nothing", slice(0, -1), slice(1, None)])
def test_damaged_peaks_are_refused(damage: bytes | slice) -> None:
    peaks = Peaks(RATE)
    peaks.append(whole(5000))
    packed = peaks.pack()
    with pytest.raises(StorageError) as caught:
        Peaks.unpack(damage if isinstance(damage, bytes) else packed[damage])
    assert caught.value.code is Code.FILE_UNREADABLE
