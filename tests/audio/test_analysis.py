"""Every figure of the analysis is within its documented tolerance for signals with known properties."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from numpy.typing import NDArray

from app.audio.analysis import Analysis, analyse, pauses_of
from app.audio.resampling import resample
from app.core.errors import AudioError, Code
from tests.audio.signals import Samples, noise, sine
from tests.audio.speech import phrase, silence

RATE = 24_000


def analysed(sound: Samples, rate: int = RATE) -> Analysis:
    return analyse(sound[:, None], rate)


def hiss(length: int, level_db: float, seed: int = 1) -> Samples:
    return (np.random.default_rng(seed).standard_normal(length) * 10 ** (level_db / 20)).astype(np.float32)


@pytest.fixture(scope="module")
def spoken() -> Samples:
    """0.5 s of silence, 3 s of speech, a hole of 1.2 s, 2 s of speech, 0.3 s of silence."""
    return np.concatenate([silence(0.5), phrase(), silence(1.2), phrase(syllables=8), silence(0.3)])


def test_silence_before_after_and_between(spoken: Samples) -> None:
    found = analysed(spoken)
    assert found.lead / RATE == pytest.approx(0.5, abs=0.02)
    assert found.tail / RATE == pytest.approx(0.3, abs=0.02)
    (hole,) = found.holes
    assert hole in found.pauses
    assert hole.start / RATE == pytest.approx(3.5, abs=0.02)
    assert hole.stop / RATE == pytest.approx(4.7, abs=0.02)
    assert not found.silent and not found.abrupt_end


def test_a_pause_under_noise_is_found_where_it_is(spoken: Samples) -> None:
    (hole,) = analysed(spoken + hiss(len(spoken), -45)).holes
    assert hole.start / RATE == pytest.approx(3.5, abs=0.05)
    assert hole.stop / RATE == pytest.approx(4.7, abs=0.05)


@pytest.mark.parametrize("level", [0.0, 1e-4])
def test_a_silent_sound_is_silent(level: float) -> None:
    found = analysed(noise(1.0, RATE, level) if level else silence(1.0))
    assert found.silent and found.lead == found.tail == RATE
    assert found.speech_share == 0 and found.pitch is None and found.holes == ()


@pytest.mark.parametrize("gain", [2.5, 4.0])
def test_clipped_samples_are_counted_exactly(gain: float, spoken: Samples) -> None:
    loud = spoken * np.float32(gain)
    expected = sum(len(run) for sign in (1, -1) for run in runs_of(sign * loud >= 1) if len(run) >= 3)
    assert expected > 100
    assert analysed(loud.clip(-1, 1)).clipped == pytest.approx(expected, rel=0.02)


def runs_of(flags: NDArray[np.bool_]) -> list[NDArray[np.intp]]:
    where = np.flatnonzero(flags)
    return np.split(where, np.flatnonzero(np.diff(where) > 1) + 1)


def test_a_loud_undistorted_sound_is_not_clipped(spoken: Samples) -> None:
    assert analysed(spoken / np.abs(spoken).max()).clipped == 0
    assert analysed(sine(440, 1.0, RATE, 0.99)).clipped == 0


def test_an_end_in_the_middle_of_a_vowel_is_abrupt(spoken: Samples) -> None:
    assert analysed(spoken[: round(2.1 * RATE)]).abrupt_end
    assert not analysed(spoken[: round(3.6 * RATE)]).abrupt_end


@pytest.mark.parametrize("level", [-70.0, -55.0, -45.0])
def test_the_noise_floor_within_1_db(level: float, spoken: Samples) -> None:
    assert analysed(spoken + hiss(len(spoken), level)).noise_floor == pytest.approx(level, abs=1)


def test_there_is_no_noise_floor_without_noise(spoken: Samples) -> None:
    assert analysed(spoken).noise_floor is None


@pytest.mark.parametrize("frequency", [50, 60])
@pytest.mark.parametrize("level", [-60.0, -40.0])
def test_hum_is_found_and_measured_within_1_5_db(frequency: int, level: float, spoken: Samples) -> None:
    amplitude = 10 ** (level / 20) * np.sqrt(2 / (1 + 0.25 + 0.0625))
    lines = sum(sine(frequency * (n + 1), len(spoken) / RATE, RATE, amplitude / 2**n) for n in range(3))
    hum = analysed(spoken + lines + hiss(len(spoken), -75)).hum
    assert hum is not None and hum.frequency == frequency
    assert hum.level == pytest.approx(level, abs=1.5)


@pytest.mark.parametrize("pitch", [90.0, 100.0, 120.0, 150.0, 180.0, 240.0])
def test_a_steady_voice_is_not_hum(pitch: float) -> None:
    assert analysed(phrase(pitch=pitch, syllables=16)).hum is None


@pytest.mark.parametrize("limit", [3_400, 4_000, 8_000, 11_025])
def test_bandwidth_within_5_percent(limit: int) -> None:
    wide = hiss(3 * 2 * limit, -20)
    limited = resample(wide[:, None], 2 * limit, 48_000)[:, 0]
    assert analysed(limited, 48_000).bandwidth == pytest.approx(limit, rel=0.05)


def test_a_full_band_is_full() -> None:
    assert analysed(hiss(2 * RATE, -20)).bandwidth == pytest.approx(RATE / 2, rel=0.05)


def test_speech_share_within_5_percent(spoken: Samples) -> None:
    assert analysed(spoken).speech_share == pytest.approx(5.0 / 7.0, abs=0.05)
    assert analysed(spoken + hiss(len(spoken), -55)).speech_share == pytest.approx(5.0 / 7.0, abs=0.05)


def test_constant_noise_is_not_speech() -> None:
    assert analysed(hiss(2 * RATE, -20)).speech_share < 0.05


@pytest.mark.parametrize("rate", [16_000, 24_000, 48_000])
@pytest.mark.parametrize("pitch", [75.0, 120.0, 220.0, 400.0])
def test_pitch_within_2_percent(pitch: float, rate: int) -> None:
    found = analysed(phrase(pitch=pitch, syllables=8, rate=rate), rate)
    assert found.pitch == pytest.approx(pitch, rel=0.02)
    assert found.pitch_spread == pytest.approx(0, abs=1)


def test_the_spread_of_the_pitch_within_a_semitone() -> None:
    voices = [phrase(pitch=120 * 2 ** (step / 12), syllables=2, pace=5) for step in range(-6, 7)]
    found = analysed(np.concatenate(voices))
    assert found.pitch_spread == pytest.approx(9.6, abs=1)


@pytest.mark.parametrize("pace", [2.5, 4.0, 6.0])
def test_syllables_per_second_within_20_percent(pace: float) -> None:
    found = analysed(np.concatenate([phrase(pace=pace, syllables=16), silence(1.5), phrase(pace=pace, syllables=9)]))
    assert found.syllables_per_second == pytest.approx(pace, rel=0.2)


@pytest.mark.parametrize("length", [1, 2, 100, 479, 481])
def test_the_shortest_sound_has_an_analysis(length: int) -> None:
    found = analysed(noise(1.0, RATE)[:length])
    assert found.frames == length and found.pitch_spread is None


def test_an_empty_sound_is_refused() -> None:
    with pytest.raises(AudioError) as caught:
        analysed(silence(0))
    assert caught.value.code is Code.SOUND_EMPTY


@given(
    some.integers(1, 8), some.sampled_from([8_000, 22_050, 44_100, 96_000]), some.integers(1, 20_000), some.integers(0)
)
@settings(max_examples=20, deadline=None)
def test_any_sound_has_an_analysis(channels: int, rate: int, frames: int, seed: int) -> None:
    sound = np.random.default_rng(seed).uniform(-1, 1, (frames, channels)).astype(np.float32)
    found = analyse(sound, rate)
    assert 0 <= found.speech_share <= 1 and 0 <= found.lead <= frames and found.bandwidth <= rate / 2


def test_pauses_cover_the_ends_too(spoken: Samples) -> None:
    spans = pauses_of(spoken[:, None], RATE)
    assert [round(span.start / RATE, 1) for span in spans] == [0.0, 3.5, 6.7]


@pytest.mark.parametrize(("channels", "offset", "most"), [(1, 0.0, 4), (1, 0.1, 8), (2, 0.1, 12)])
def test_the_analysis_needs_little_memory_beside_the_sound(channels: int, offset: float, most: float) -> None:
    """Memory in bytes per frame that grows with the length: a copy of the sound is 4 for each channel."""
    used = []
    for seconds in (20, 40):
        sound = np.tile(phrase(syllables=4)[:, None] + np.float32(offset), (seconds, channels))
        tracemalloc.start()
        analyse(sound, RATE)
        used.append((tracemalloc.get_traced_memory()[1], len(sound)))
        tracemalloc.stop()
    (less, few), (more, many) = used
    assert (more - less) / (many - few) < most
