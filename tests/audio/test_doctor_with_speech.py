"""Speech of the demo service: no damaged sample is called good, and no clean one poor."""

from __future__ import annotations

import random

import numpy as np
import pytest

from app.audio.files import Sound, read_sound
from app.audio.resampling import resample
from app.audio.sound_writing import file_bytes
from app.demo.speech.engine import BUILT_IN, SpeechEngine
from app.demo.speech.synthesis_request import SynthesisRequest
from app.services.speech.sample_checks import Check
from tests.audio.signals import Samples, sine
from tests.audio.test_doctor import RATE, found

VOICES = [*list(BUILT_IN)[:2], *list(BUILT_IN)[-2:]]
TEXT = "The lamp at the harbour has been lit since six. Boats come in slowly, one after another. Nobody said much."


@pytest.fixture(scope="session")
def voices() -> dict[str, Samples]:
    """Some 6 s of speech of each voice, with the peak at full scale."""
    engine = SpeechEngine()
    random.seed(1)
    spoken = {}
    for voice in VOICES:
        sound = np.concatenate(list(engine.synthesise(SynthesisRequest(TEXT, voice=voice))))
        spoken[voice] = (sound / np.abs(sound).max() * 0.99).astype(np.float32)
    return spoken


def changed(sound: Samples, way: str) -> tuple[Samples, int]:
    """The sound after it was coded, or resampled to the rate `way`."""
    if way.isdigit():
        return resample(sound[:, None], RATE, int(way)), int(way)
    read = read_sound(file_bytes(Sound(sound[:, None], RATE), "mp3" if way == "mp3" else "ogg"))
    return read.samples, read.rate


@pytest.mark.parametrize("way", ["mp3", "8000"])
@pytest.mark.parametrize("voice", VOICES)
def test_clean_speech_is_never_poor(voice: str, way: str, voices: dict[str, Samples]) -> None:
    checks = found(*changed(voices[voice], way))
    assert [check for check, one in checks.items() if one.grade == "bad"] == []
    for check in (Check.CLIPPING, Check.NOISE, Check.HUM):
        assert checks[check].grade == "good", check


@pytest.mark.parametrize("way", ["ogg", "16000"])
@pytest.mark.parametrize(("overload", "level"), [(2, 0.1), (5, 0.5)])
@pytest.mark.parametrize("voice", VOICES[::3])
def test_clipping_is_found_after_coding(
    voice: str, overload: float, level: float, way: str, voices: dict[str, Samples]
) -> None:
    clipped = (np.clip(voices[voice] * overload, -1, 1) * level).astype(np.float32)
    assert found(*changed(clipped, way))[Check.CLIPPING].grade != "good"


@pytest.mark.parametrize("way", ["mp3", "48000"])
@pytest.mark.parametrize("voice", VOICES[::3])
def test_few_clipped_tops_are_found_after_coding(voice: str, way: str, voices: dict[str, Samples]) -> None:
    clipped = (np.clip(voices[voice] * 1.5, -1, 1) * 0.4).astype(np.float32)
    assert found(*changed(clipped, way))[Check.CLIPPING].grade != "good"


@pytest.mark.parametrize("kind", ["white", "pink", "voices"])
@pytest.mark.parametrize("snr", [0, 9])
@pytest.mark.parametrize("voice", VOICES[::3])
def test_noise_is_never_good(voice: str, snr: float, kind: str, voices: dict[str, Samples]) -> None:
    sound = voices[voice]
    noise = np.random.default_rng(4).standard_normal(len(sound))
    if kind == "pink":
        spectrum = np.fft.rfft(noise)
        noise = np.fft.irfft(spectrum / np.sqrt(np.maximum(1, np.arange(len(spectrum)))), len(sound))
    elif kind == "voices":
        others = [np.roll(np.resize(other, len(sound)), 7_000 * index) for index, other in enumerate(voices.values())]
        noise = np.sum([*others, *(other[::-1] for other in others)], axis=0)
    noise *= np.sqrt(np.mean(sound**2) / np.mean(noise**2)) * 10 ** (-snr / 20)
    mixed = sound + noise
    assert found((mixed / np.abs(mixed).max()).astype(np.float32))[Check.NOISE].grade != "good"


@pytest.mark.parametrize("mains", [50, 60])
@pytest.mark.parametrize("level", [-10, -50])
@pytest.mark.parametrize("harmonics", [(1,), (1, 2, 3, 5)])
@pytest.mark.parametrize("pauses", [True, False])
def test_hum_is_found_under_speech(
    mains: int, level: float, harmonics: tuple[int, ...], pauses: bool, voices: dict[str, Samples]
) -> None:
    sound = voices[VOICES[0]] / 2
    if not pauses:
        near = np.convolve(np.abs(sound), np.ones(480) / 480, "same")
        sound = np.resize(sound[near > 0.01], len(sound))
    time = np.arange(len(sound)) / RATE
    hum = np.sum([np.sin(2 * np.pi * mains * multiple * time + multiple) / multiple for multiple in harmonics], axis=0)
    hum *= 10 ** (level / 20) / np.sqrt(np.mean(hum**2))
    assert found((sound + hum).astype(np.float32))[Check.HUM].grade != "good"


@pytest.mark.parametrize(("mains", "harmonics"), [(50, (2,)), (60, (3, 5, 7)), (50, (2, 4, 6))])
def test_faint_hum_without_its_fundamental_is_found(
    mains: int, harmonics: tuple[int, ...], voices: dict[str, Samples]
) -> None:
    sound = voices[VOICES[0]] / 2
    time = np.arange(len(sound)) / RATE
    hum = np.sum([np.sin(2 * np.pi * mains * multiple * time + multiple) / multiple for multiple in harmonics], axis=0)
    hum *= 10 ** (-60 / 20) / np.sqrt(np.mean(hum**2))
    assert found((sound + hum).astype(np.float32))[Check.HUM].grade != "good"


@pytest.mark.parametrize("fault", [Check.HUM, Check.NOISE])
def test_what_cancels_in_the_sum_of_the_channels_is_found(fault: Check, voices: dict[str, Samples]) -> None:
    sound = voices[VOICES[0]] / 2
    hiss = np.random.default_rng(2).standard_normal(len(sound)) * 0.02
    other = sine(100, len(sound) / RATE + 1, RATE, 0.005)[: len(sound)] if fault is Check.HUM else hiss
    both = np.stack([sound + other, sound - other], axis=1).astype(np.float32)
    assert found(both)[fault].grade != "good"


@pytest.mark.parametrize("offset", [0.02, 0.2])
def test_an_offset_is_found_and_is_no_clipping(offset: float, voices: dict[str, Samples]) -> None:
    checks = found((voices[VOICES[1]] / 2 + offset).astype(np.float32))
    assert checks[Check.OFFSET].grade != "good" and checks[Check.CLIPPING].grade == "good"


@pytest.mark.parametrize("chord", [(220, 277, 330), (98, 147, 294), (440,)])
@pytest.mark.parametrize("tremolo", [0, 4])
def test_chords_are_neither_speech_nor_clipped(chord: tuple[int, ...], tremolo: float) -> None:
    time = np.arange(6 * RATE) / RATE
    sound = np.mean([np.sin(2 * np.pi * tone * time + tone) for tone in chord], axis=0) * 0.8
    sound *= (1 + np.cos(2 * np.pi * tremolo * time)) / 2
    checks = found(sound.astype(np.float32))
    assert (checks[Check.SPEECH].grade, checks[Check.CLIPPING].grade) == ("bad", "good")
