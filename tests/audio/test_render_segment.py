"""Rendering and the output callback without a device, faster than real time."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from app.audio.analysis import analyse
from app.audio.output import Output
from app.audio.render_segment import PlaybackParams, RenderSegment
from app.audio.resampling import resample
from app.audio.source import FixedSource, Source, TakeSource
from tests.audio.signals import FADE, Samples, level_db, noise, pcm16, sine
from tests.audio.speech import phrase

RATE = 48_000
BLOCK = 1_800
EDGE = round(FADE * RATE)


def played(params: PlaybackParams, start: int = 0, blocks: int = 100_000) -> Samples:
    """The left channel of everything a segment renders, without the silence of the last block."""
    segment, output = RenderSegment(params, start, RATE), Output(RATE)
    segment.flowing = True
    output.wanted = segment
    out = np.zeros((BLOCK, 2), np.float32)
    heard = []
    for _ in range(blocks):
        segment.fill()
        output(out, BLOCK, None, None)
        assert output.failure is None
        heard.append(out[:, 0].copy())
        if segment.finished:
            break
    return np.concatenate(heard)[: segment.ring.taken]


class Counting:
    """Half an hour of frames that encode their position, computed on demand."""

    rate, channels, ended = RATE, 1, True
    known = 30 * 60 * RATE

    def read(self, start: int, count: int) -> Samples:
        at = np.arange(start, min(start + count, self.known))
        return ((at % 60_000) / 65_536).astype(np.float32)[:, None]

    def watch(self, wake: object) -> Callable[[], None]:
        return lambda: None


def test_thirty_minutes_play_without_lost_or_repeated_frames() -> None:
    source: Source = Counting()
    segment, output = RenderSegment(PlaybackParams(source), 0, RATE), Output(RATE)
    segment.flowing = True
    output.wanted = segment
    out = np.zeros((BLOCK, 2), np.float32)
    position = 0
    while not segment.finished:
        segment.fill()
        output(out, BLOCK, None, None)
        count = min(BLOCK, source.known - position)
        if EDGE < position < source.known - BLOCK - EDGE:
            assert np.array_equal(out[:count], np.repeat(source.read(position, count), 2, axis=1)), position
        position += count
    assert position == source.known == segment.position and segment.underruns == 0


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 24_000, 44_100, 48_000, 96_000])
def test_any_sample_rate_keeps_level_and_length(rate: int) -> None:
    sound = noise(1.5, rate, seed=rate)
    heard = played(PlaybackParams(FixedSource(sound, rate)))
    expected = resample(sound[:, None], rate, RATE)[:, 0]
    assert abs(len(heard) - len(expected)) <= 2
    body = slice(2 * EDGE, min(len(heard), len(expected)) - 2 * EDGE)
    assert level_db(heard[body]) == pytest.approx(level_db(expected[body]), abs=0.1)
    assert level_db(heard[body] - expected[body]) < level_db(expected[body]) - 50


def test_a_region_starts_and_ends_to_the_frame() -> None:
    sound = noise(1.0, RATE)
    heard = played(PlaybackParams(FixedSource(sound, RATE), region=(5_000, 25_000)), 5_000)
    assert len(heard) == 20_000
    assert np.array_equal(heard[EDGE:-EDGE], sound[5_000 + EDGE : 25_000 - EDGE])


def test_a_loop_keeps_its_length_and_does_not_click() -> None:
    tone = sine(200, 1.0, RATE)
    heard = played(PlaybackParams(FixedSource(tone, RATE), loop=True, region=(1_000, 21_037)), 1_000, blocks=60)
    length = 20_037
    for turn in range(1, 4):
        middle = slice(turn * length + 2 * EDGE, (turn + 1) * length - 2 * EDGE)
        assert np.array_equal(heard[middle], tone[1_000 + 2 * EDGE : 21_037 - 2 * EDGE])
    assert np.abs(np.diff(heard)).max() < 0.5 * (2 * np.pi * 200 / RATE + 1.2 * np.pi / 2 / EDGE)


@pytest.mark.parametrize("speed", [0.5, 0.8, 1.25, 2.0])
def test_speed_changes_the_length_and_not_the_pitch(speed: float) -> None:
    rate = 24_000
    voice = phrase(pitch=150, syllables=8, rate=rate)
    heard = played(PlaybackParams(FixedSource(voice, rate), speed=speed))
    assert len(heard) / RATE == pytest.approx(len(voice) / rate / speed, abs=0.002)
    assert analyse(heard[:, None], RATE).pitch == pytest.approx(150, rel=0.02)
    assert level_db(heard) == pytest.approx(level_db(voice), abs=3)
    # Every syllable is in its place: compare the loudness of 80 parts before and after.
    before, after = (np.array([level_db(part) for part in np.array_split(sound, 80)]) for sound in (voice, heard))
    assert np.corrcoef(before.clip(-50), after.clip(-50))[0, 1] > 0.7


def test_a_stretched_tone_is_continuous() -> None:
    heard = played(PlaybackParams(FixedSource(sine(300, 2.0, RATE), RATE), speed=0.8))
    steps = np.abs(np.diff(heard[EDGE : -2 * EDGE]))
    assert steps.max() < 0.5 * 2 * np.pi * 300 / RATE * 1.2
    assert level_db(heard) == pytest.approx(level_db(sine(300, 2.0, RATE)), abs=0.5)


def test_gain_is_exact_below_the_ceiling_and_limited_above_it() -> None:
    quiet, loud = sine(300, 1.0, RATE, 0.1), sine(300, 1.0, RATE, 0.9)
    raised = played(PlaybackParams(FixedSource(quiet, RATE), gain_db=6.0))
    assert len(raised) == RATE
    assert np.abs(raised[EDGE:-EDGE] - quiet[EDGE:-EDGE] * np.float32(10**0.3)).max() < 1e-5
    assert np.abs(played(PlaybackParams(FixedSource(loud, RATE), gain_db=6.0))).max() <= 10 ** (-1 / 20)
    lowered = played(PlaybackParams(FixedSource(loud, RATE), gain_db=-6.0))
    assert np.abs(lowered[EDGE:-EDGE] - loud[EDGE:-EDGE] * np.float32(10**-0.3)).max() < 1e-6


def test_an_underrun_fades_out_and_loses_no_frames() -> None:
    sound = sine(200, 1.0, RATE)
    source = TakeSource(RATE)
    segment, output = RenderSegment(PlaybackParams(source), 0, RATE), Output(RATE)
    segment.flowing = True
    output.wanted = segment
    out, heard = np.zeros((BLOCK, 2), np.float32), []
    source.feed(pcm16(sound[:20_000]))
    for turn in range(60):
        if turn == 20:
            source.feed(pcm16(sound[20_000:]))
            source.finish()
            segment.flowing = True
        segment.fill()
        output(out, BLOCK, None, None)
        heard.append(out[:, 0].copy())
    together = np.concatenate(heard)
    assert segment.underruns == 1 and segment.finished
    assert np.abs(np.diff(together)).max() < 0.5 * (2 * np.pi * 200 / RATE + 1.2 * np.pi / 2 / EDGE)
    # It faded out with the last complete block, and the 200 frames after it follow on resumption.
    kept = 11 * BLOCK
    assert np.abs(together[EDGE : kept - EDGE] - sound[EDGE : kept - EDGE]).max() < 1e-4
    rest = together[20 * BLOCK : 20 * BLOCK + len(sound) - kept]
    assert np.abs(rest[EDGE:-EDGE] - sound[kept + EDGE : -EDGE]).max() < 1e-4
    assert not together[kept : 20 * BLOCK].any()


def test_a_failing_callback_plays_silence_and_reports_the_exception() -> None:
    output = Output(RATE)
    output.wanted = "no segment"  # type: ignore[assignment]
    out = np.ones((BLOCK, 2), np.float32)
    output(out, BLOCK, None, None)
    assert isinstance(output.failure, AttributeError) and not out.any()
