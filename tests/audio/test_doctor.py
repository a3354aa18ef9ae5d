"""The checks of a sample find what is wrong with it, at any level, and nothing in a good one."""

from __future__ import annotations

import numpy as np
import pytest

from app.audio.analysis import analyse
from app.audio.clipping import clipped_samples
from app.audio.editing import Centre, Level, Mono, edited
from app.audio.files import Sound
from app.audio.resampling import resample
from app.audio.sound_writing import to_pcm16
from app.services.speech.sample_checks import Check, Finding, findings
from tests.audio.signals import Samples, sine
from tests.audio.speech import phrase, silence

RATE = 24_000


@pytest.fixture(scope="module")
def spoken() -> Samples:
    """18 s of phrases and pauses."""
    return np.concatenate([part for _ in range(4) for part in (phrase(syllables=16), silence(0.4))])


def found(samples: Samples, rate: int = RATE) -> dict[Check, Finding]:
    """The findings for a sound after 16-bit encoding."""
    shaped = samples[:, None] if samples.ndim == 1 else samples
    stored = to_pcm16(shaped).astype(np.float32) / np.float32(32768)
    return {one.check: one for one in findings(analyse(stored, rate), 2 * len(stored))}


@pytest.mark.parametrize("rate", [8_000, 16_000, 44_100, 48_000])
@pytest.mark.parametrize("gain", [0.1, 0.9])
def test_a_good_sample_has_no_defect(rate: int, gain: float, spoken: Samples) -> None:
    good = found(resample(spoken[:, None], RATE, rate)[:, 0] * gain, rate)
    for check in (Check.LENGTH, Check.CLIPPING, Check.NOISE, Check.SPEECH, Check.HUM, Check.CHANNELS):
        assert good[check].grade == "good", check
    assert good[Check.OFFSET].grade == "good" and Check.COMPLETE not in good


@pytest.mark.parametrize("gain", [1.0, 0.5, 0.05])
@pytest.mark.parametrize("overload", [1.2, 4.0])
def test_flat_tops_are_found_below_full_scale(gain: float, overload: float, spoken: Samples) -> None:
    clipped = np.clip(spoken * 2 * overload, -1, 1) * np.float32(gain)
    assert found(clipped)[Check.CLIPPING].grade != "good"
    assert clipped_samples(edited(Sound(clipped[:, None], RATE), (Level(),)).samples[:, 0])


@pytest.mark.parametrize("snr", [0, 5, 10, 20])
@pytest.mark.parametrize("gain", [0.02, 0.5])
def test_noise_is_never_good_however_quiet_the_sample(snr: int, gain: float, spoken: Samples) -> None:
    hiss = np.random.default_rng(3).standard_normal(len(spoken)) * np.sqrt(np.mean(spoken**2)) * 10 ** (-snr / 20)
    assert found(((spoken + hiss) * gain).astype(np.float32))[Check.NOISE].grade != "good"


def test_what_has_no_pauses_can_not_be_measured() -> None:
    hiss = np.random.default_rng(3).standard_normal(5 * RATE).astype(np.float32) * np.float32(0.1)
    noise = found(hiss)[Check.NOISE]
    assert (noise.grade, noise.value, noise.fix) == ("unmeasured", None, None)


def test_an_offset_is_found_removed_and_hides_nothing(spoken: Samples) -> None:
    shifted = spoken * np.float32(0.5) + np.float32(0.1)
    assert found(shifted)[Check.OFFSET].grade == "bad"
    for check, one in found(spoken * np.float32(0.5)).items():
        assert check is Check.OFFSET or found(shifted)[check].grade == one.grade, check
    assert not found(edited(Sound(shifted[:, None], RATE), (Centre(),)).samples)[Check.OFFSET].value


@pytest.mark.parametrize("mains", [50, 60])
@pytest.mark.parametrize("amplitude", [0.001, 0.03, 0.9])
def test_a_single_mains_line_is_hum(mains: int, amplitude: float) -> None:
    checks = found(sine(mains, 8.0, RATE, amplitude))
    assert checks[Check.HUM].grade != "good" and checks[Check.SPEECH].grade == "bad"


@pytest.mark.parametrize("frequency", [100, 220, 440, 1000])
@pytest.mark.parametrize("amplitude", [0.01, 0.5])
def test_a_tone_is_not_speech(frequency: int, amplitude: float) -> None:
    speech = found(sine(frequency, 8.0, RATE, amplitude))[Check.SPEECH]
    assert speech.grade == "bad"


def test_an_empty_channel_is_named_and_does_not_weaken_the_other(spoken: Samples) -> None:
    stereo = np.stack([spoken, np.zeros_like(spoken)], axis=1)
    assert found(stereo)[Check.CHANNELS].note == "empty-channel"
    assert np.array_equal(edited(Sound(stereo, RATE), (Mono(),)).samples[:, 0], spoken)
