"""Loudness and true peak against ffmpeg's `ebur128`, and against signals whose level is known."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import numpy as np
import pytest

from app.audio.files import Sound
from app.audio.limiter import CEILING_DBTP, Limiter
from app.audio.loudness import LoudnessMeter, measure
from app.audio.resampling import resample
from app.audio.sound_writing import write_sound
from tests.audio.signals import Samples, noise, sine
from tests.audio.speech import phrase, silence


def by_ffmpeg(path: Path) -> tuple[float, float]:
    command = ["ffmpeg", "-hide_banner", "-nostats", "-i", str(path), "-af", "ebur128=peak=true", "-f", "null", "-"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    summary = said[said.rindex("Summary:") :]
    integrated, peak = (re.search(rf"{name}:\s+(-?[\d.]+)", summary) for name in ("I", "Peak"))
    assert integrated and peak
    return float(integrated[1]), float(peak[1])


def speech_like(rate: int) -> Samples:
    return np.concatenate([phrase(rate=rate), silence(1.0, rate), phrase(pitch=210, rate=rate, level=0.1)])


SOUNDS = {
    "speech 24k": (speech_like(24_000)[:, None], 24_000),
    "speech 48k": (speech_like(48_000)[:, None], 48_000),
    "noise 44k stereo": (np.stack([noise(4, 44_100), noise(4, 44_100, 0.05, seed=2)], axis=1), 44_100),
    "noise 16k": (noise(6, 16_000)[:, None], 16_000),
    "between the samples": (sine(6000 - 1 / 3, 3, 24_000, 0.9)[:, None] * np.hanning(72_000)[:, None], 24_000),
}


@pytest.mark.parametrize("name", SOUNDS)
def test_integrated_loudness_and_true_peak_are_those_of_ffmpeg(name: str, tmp_path: Path) -> None:
    samples, rate = SOUNDS[name]
    samples = samples.astype(np.float32)
    write_sound(tmp_path / "sound.wav", Sound(samples, rate), "wav")
    integrated, peak = by_ffmpeg(tmp_path / "sound.wav")
    found = measure(samples, rate)
    assert found.method == "bs1770"
    assert found.integrated == pytest.approx(integrated, abs=0.1)
    assert found.true_peak == pytest.approx(peak, abs=0.2)


def test_a_sine_at_full_scale_reads_as_the_standard_says() -> None:
    # BS.1770: 997 Hz at 0 dBFS in one front channel is -3.01 LKFS.
    assert measure(sine(997, 4, 48_000, 1.0)[:, None], 48_000).integrated == pytest.approx(-3.01, abs=0.1)


def test_a_peak_between_samples_is_measured() -> None:
    # A quarter of the rate, sampled 45 degrees beside its tops: samples at 0.707, peaks at 1.
    sound = np.sin(np.pi / 2 * np.arange(4800) + np.pi / 4).astype(np.float32)[:, None]
    found = measure(sound, 48_000)
    assert found.sample_peak == pytest.approx(-3.01, abs=0.01)
    assert found.true_peak == pytest.approx(0.0, abs=0.2)


def test_measuring_in_pieces_equals_measuring_at_once() -> None:
    samples, rate = SOUNDS["speech 24k"]
    meter, position = LoudnessMeter(rate, 1), 0
    for size in (1, 7, 0, 4801, 23, 100_000, 1_000_000):
        meter.add(samples[position : position + size])
        position += size
    assert meter.result() == measure(samples, rate)
    assert meter.result() == meter.result()


@pytest.mark.parametrize("seconds", [0.05, 0.2, 0.39])
def test_a_word_shorter_than_a_gating_block_has_a_loudness(seconds: float) -> None:
    word = phrase(syllables=1, pace=1 / seconds)
    found = measure(word[:, None], 24_000)
    repeated = measure(np.tile(word, round(4 / seconds))[:, None], 24_000)
    assert found.method == "voiced-rms"
    assert found.integrated == pytest.approx(repeated.integrated, abs=3)


def test_silence_has_no_loudness() -> None:
    for seconds in (0.0, 0.1, 2.0):
        found = measure(silence(seconds)[:, None], 24_000)
        assert found.integrated is None and found.true_peak == -120


@pytest.mark.parametrize("rate", [24_000, 48_000])
def test_the_limiter_keeps_the_true_peak_and_leaves_the_quiet_alone(rate: int) -> None:
    loud = noise(1.0, rate, 0.35, seed=3)[:, None] * np.float32(3)
    loud[rate // 6 : rate // 2] *= np.float32(0.02)
    for sizes in ([2048], [1, 7, 333, 5000]):
        limiter, pieces, position, turn = Limiter(rate, 1), [], 0, 0
        flushed = np.concatenate([loud, np.zeros((limiter.delay, 1), np.float32)])
        while position < len(flushed):
            pieces.append(limiter.run(flushed[position : position + sizes[turn % len(sizes)]]))
            position += sizes[turn % len(sizes)]
            turn += 1
        limited = np.concatenate(pieces)[limiter.delay :]
        assert len(limited) == len(loud)
        assert measure(resample(limited, rate, 4 * rate), 4 * rate).true_peak <= CEILING_DBTP + 0.05
        calm = slice(rate // 2 - rate // 20, rate // 2 - rate // 100)
        assert np.abs(limited[calm] - loud[calm]).max() < 1e-6
