"""Recording from a real (virtual) microphone, and listing devices."""

from __future__ import annotations

import asyncio
from pathlib import Path

import numpy as np
import pytest

from app.audio import devices
from app.audio.capture import Level, Recording
from app.audio.devices import DeviceWatch, input_devices, output_devices
from app.audio.files import read_sound
from app.audio.recorder import Recorder
from app.core.errors import AudioError, Code
from tests.audio.signals import Samples, level_db, noise, offset_of
from tests.plugins.sound_harness import RATE, SINKS, SoundDesk, going_first


async def record(sound_desk: SoundDesk, spoken: Samples, path: Path) -> tuple[Recording, list[Level]]:
    """A recording started only after the first words, and the levels seen meanwhile."""
    recorder = Recorder(device="pulse/mic", pre_roll=10.0)
    levels: list[Level] = []
    with going_first():
        await recorder.listen()
    speaking = sound_desk.speak_into_mic(spoken)
    try:
        async with asyncio.timeout(30):
            while recorder.level.peak < -40:
                await asyncio.sleep(0.01)
            await recorder.start(path)
            while (level := recorder.level).rms > -40 or speaking.poll() is None:
                levels.append(level)
                await asyncio.sleep(0.02)
        await asyncio.sleep(0.3)
    finally:
        recording = await recorder.stop()
        await asyncio.to_thread(speaking.wait, 10)
    assert recording is not None
    return recording, levels


async def test_speech_is_recorded_with_its_pre_roll(sound_desk: SoundDesk, tmp_path: Path) -> None:
    spoken = noise(2.0, RATE, seed=9)
    for number in range(3):
        recording, levels = await record(sound_desk, spoken, tmp_path / f"words {number}.wav")
        if recording.gaps == 0:
            break  # otherwise the machine was overloaded and the system dropped frames
    assert recording.lost == 0 and recording.error is None
    loud = [level.rms for level in levels if level.rms > -40]
    assert np.median(loud) == pytest.approx(level_db(spoken), abs=1.5)
    assert all(level.held >= level.peak and not level.clipped for level in levels)
    sound = read_sound(recording.path)
    assert (sound.rate, sound.channels, len(sound.samples)) == (RATE, 1, recording.frames)
    heard = sound.samples[:, 0]
    start = offset_of(spoken, heard)
    body = heard[start : start + len(spoken)]
    assert len(body) == len(spoken), "the first words came before it wrote, and are there"
    assert np.abs(body - spoken).max() < 1e-3
    assert level_db(body) == pytest.approx(level_db(spoken), abs=0.1)


async def test_a_lost_microphone_keeps_what_was_recorded(sound_desk: SoundDesk, tmp_path: Path) -> None:
    module = sound_desk.add_source("headset")
    recorder = Recorder(device="pulse/headset")
    lost = asyncio.get_running_loop().create_future()
    recorder.on_state.subscribe(
        lambda state: lost.set_result(state) if state.error is not None and not lost.done() else None
    )
    await recorder.start(tmp_path / "half.wav")
    async with asyncio.timeout(20):
        while recorder.frames < RATE // 2:
            await asyncio.sleep(0.01)
    sound_desk.pactl("unload-module", module)  # PulseAudio moves the stream to the other microphone
    recorder.devices_changed()
    state = await asyncio.wait_for(lost, 20)
    assert state.status == "idle" and state.error.code is Code.MICROPHONE_LOST
    assert state.error.params["device"] == "headset"
    recording = await recorder.stop()
    assert recording is not None and recording.error is state.error
    assert recording.frames >= RATE // 2
    assert len(read_sound(recording.path).samples) == recording.frames
    recorder.device = "pulse/mic"
    await recorder.start(tmp_path / "again.wav")
    with pytest.raises(AudioError) as refused:
        await recorder.start(tmp_path / "at the same time.wav")
    assert refused.value.code is Code.ALREADY_RECORDING and recorder.state.status == "recording"
    again = await recorder.stop()
    assert again is not None and again.error is None, "another microphone does"


async def test_a_missing_microphone_and_a_missing_folder_raise(sound_desk: SoundDesk, tmp_path: Path) -> None:
    for name in ("ALSA/none such", "pulse/none such"):
        recorder = Recorder(device=name)
        with pytest.raises(AudioError) as caught:
            await recorder.listen()
        assert caught.value.code is Code.MICROPHONE_LOST and recorder.state.status == "idle"
    recorder.device = "pulse/mic"
    with pytest.raises(AudioError) as caught:
        await recorder.start(tmp_path / "no" / "words.wav")
    assert caught.value.code is Code.FILE_NOT_WRITTEN
    assert await recorder.stop() is None


def test_the_devices_are_those_of_the_server(sound_desk: SoundDesk) -> None:
    outputs, inputs = output_devices(), input_devices()
    assert {device.id for device in outputs} >= {f"pulse/{sink}" for sink in SINKS}
    assert [device.id for device in outputs if device.default] == ["pulse/out"]
    assert [device.id for device in inputs] == ["pulse/mic"] and inputs[0].default


async def test_connecting_and_disconnecting_devices_is_noticed(sound_desk: SoundDesk) -> None:
    news = asyncio.Event()
    watch = DeviceWatch(news.set)
    try:
        await asyncio.wait_for(news.wait(), 5)
        await asyncio.sleep(0.2)
        news.clear()
        module = sound_desk.add_sink("earphones")
        await asyncio.wait_for(news.wait(), 5)
        assert "pulse/earphones" in {device.id for device in output_devices()}
        news.clear()
        sound_desk.pactl("unload-module", module)
        await asyncio.wait_for(news.wait(), 5)
        assert "pulse/earphones" not in {device.id for device in output_devices()}
    finally:
        await asyncio.to_thread(watch.close)


def test_the_test_tone_is_left_and_then_right() -> None:
    tone = devices.test_tone()
    left, right = np.split(tone.read(0, tone.known), 2)
    assert left[:, 0].any() and not left[:, 1].any() and right[:, 1].any() and not right[:, 0].any()
