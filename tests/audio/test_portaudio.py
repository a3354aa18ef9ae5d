"""Without PortAudio everything but audio works; without a sound server the devices are PortAudio's own."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from app.audio import portaudio, pulse
from app.audio.devices import DeviceWatch, input_devices, output_devices
from app.audio.player import Player
from app.audio.player_state import PlayerState
from app.audio.recorder import Recorder
from app.audio.source import FixedSource
from app.core.errors import AudioError, Code
from tests.waiting import wait_until

SPEAKERS, HEADSET, MICROPHONE = 0, 1, 2


class FakePortAudio(SimpleNamespace):
    """A fake `sounddevice` whose device list changes only when it is initialised, as in the real one."""

    class PortAudioError(Exception):
        pass

    def __init__(self) -> None:
        super().__init__()
        self.plugged = [
            {"name": "Speakers", "hostapi": 0, "max_output_channels": 2, "max_input_channels": 0},
            {"name": "Headset", "hostapi": 0, "max_output_channels": 2, "max_input_channels": 1},
        ]
        self.default = SimpleNamespace(device={"output": SPEAKERS, "input": HEADSET})
        self.opened: list[FakeStream] = []
        self.busy = False
        self._initialize()

    def _initialize(self) -> None:
        self._listed = list(self.plugged)

    def _terminate(self) -> None:
        assert not any(stream.active for stream in self.opened), "the list is read anew only with no stream open"

    def query_devices(self, index: int | None = None) -> Any:
        return self._listed if index is None else self._listed[index]

    def query_hostapis(self, index: int) -> dict[str, str]:
        return {"name": "Core Audio"}

    def OutputStream(self, **wanted: Any) -> FakeStream:
        if self.busy:
            raise self.PortAudioError("Device unavailable", -9985)
        self.opened.append(FakeStream(wanted))
        return self.opened[-1]

    InputStream = OutputStream


class FakeStream:
    latency = 0.15

    def __init__(self, wanted: dict[str, Any]) -> None:
        self.wanted = wanted
        self.active = False

    def start(self) -> None:
        self.active = True

    def abort(self, ignore_errors: bool) -> None:
        self.active = False

    def close(self, ignore_errors: bool) -> None:
        self.active = False

    def ask(self, frames: int) -> np.ndarray:
        """Request a block, as a real device would from its own thread."""
        block = np.zeros((frames, 2), np.float32)
        self.wanted["callback"](block, frames, None, None)
        return block


@pytest.fixture
def no_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/nobody")


@pytest.fixture
def fake(no_server: None, monkeypatch: pytest.MonkeyPatch) -> FakePortAudio:
    fake = FakePortAudio()
    monkeypatch.setitem(sys.modules, "sounddevice", fake)  # type: ignore[arg-type]
    return fake


@pytest.fixture
def without_portaudio(no_server: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Make the import of sounddevice raise what it raises without the PortAudio library."""

    class Missing:
        def find_spec(self, name: str, path: object = None, target: object = None) -> None:
            if name == "sounddevice":
                raise OSError("PortAudio library not found")

    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    finder = Missing()
    sys.meta_path.insert(0, finder)  # type: ignore[arg-type]
    yield
    sys.meta_path.remove(finder)  # type: ignore[arg-type]


async def test_without_portaudio_the_player_pauses_with_an_error(without_portaudio: None) -> None:
    player = Player()
    states: list[PlayerState] = []
    player.watch(states.append)
    player.play(FixedSource(np.zeros(4_800, np.float32), 48_000), start=100)
    await wait_until(lambda: player.state.status == "paused")
    assert player.state.error is not None
    assert player.state.error.code is Code.NO_PORTAUDIO
    assert player.position == 100, "the spot is kept"
    player.resume()
    await wait_until(lambda: [state.status for state in states].count("paused") == 2)
    await asyncio.to_thread(player.close)


async def test_without_portaudio_nothing_is_recorded_or_listed(without_portaudio: None, tmp_path: Path) -> None:
    for attempt in (Recorder().listen, lambda: Recorder().start(tmp_path / "a.wav")):
        with pytest.raises(AudioError) as caught:
            await attempt()
        assert caught.value.code is Code.NO_PORTAUDIO
    for listed in (output_devices, input_devices):
        with pytest.raises(AudioError) as caught:
            listed()
        assert caught.value.code is Code.NO_PORTAUDIO
    assert not portaudio.loaded()


def test_devices_are_listed_by_interface_and_name(fake: FakePortAudio) -> None:
    assert [(device.id, device.default) for device in output_devices()] == [
        ("Core Audio/Speakers", True),
        ("Core Audio/Headset", False),
    ]
    assert [(device.id, device.default) for device in input_devices()] == [("Core Audio/Headset", True)]


async def test_switching_the_device_continues_at_the_same_position(fake: FakePortAudio) -> None:
    sound = np.linspace(0.1, 0.9, 96_000, dtype=np.float32)
    player = Player(device="Core Audio/Headset")
    player.play(FixedSource(sound, 48_000))
    await wait_until(lambda: fake.opened)
    headset = fake.opened[0]
    assert headset.wanted["device"] == HEADSET
    await wait_until(lambda: headset.ask(480).any())
    player.set_device(None)
    await wait_until(lambda: len(fake.opened) == 2)
    assert fake.opened[1].wanted["device"] is None, "the choice is PortAudio's"
    assert not headset.active
    await wait_until(lambda: fake.opened[1].ask(480).any())
    assert player.position >= 480
    await asyncio.to_thread(player.close)


async def test_a_device_plugged_in_later_is_found(fake: FakePortAudio) -> None:
    fake.plugged.append({"name": "Earphones", "hostapi": 0, "max_output_channels": 2, "max_input_channels": 0})
    stream = portaudio.open_stream("output", 48_000, 2, lambda *_: None, "Core Audio/Earphones")
    assert fake.opened[0].wanted["device"] == 2
    assert not portaudio.refresh(), "not while a stream is open"
    stream.close()
    assert portaudio.refresh()


@pytest.mark.parametrize(
    ("prepare", "device", "code"),
    [
        (lambda fake: None, "Core Audio/gone", Code.DEVICE_LOST),
        (lambda fake: setattr(fake, "busy", True), None, Code.DEVICE_BUSY),
        (lambda fake: fake.default.device.update(output=-1), None, Code.NO_OUTPUT),
    ],
    ids=["gone", "busy", "none"],
)
def test_device_errors_have_codes(
    fake: FakePortAudio, prepare: Callable[[FakePortAudio], None], device: str | None, code: Code
) -> None:
    prepare(fake)
    with pytest.raises(AudioError) as caught:
        portaudio.open_stream("output", 48_000, 2, lambda *_: None, device)
    assert caught.value.code is code


async def test_polling_notices_a_device(fake: FakePortAudio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.audio.devices.POLL_INTERVAL_SECONDS", 0.02)
    news = asyncio.Event()
    watch = DeviceWatch(news.set)
    try:
        await asyncio.sleep(0.2)
        assert not news.is_set()
        fake.plugged.pop()
        await asyncio.wait_for(news.wait(), 20)
    finally:
        await asyncio.to_thread(watch.close)


async def test_a_hanging_server_does_not_block_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, answers = threading.Event(), threading.Event()

    def hang(_direction: str) -> None:
        asked.set()
        answers.wait(20)

    monkeypatch.setattr(pulse, "devices", hang)
    watch = DeviceWatch(lambda: None)
    assert await asyncio.to_thread(asked.wait, 20)
    watch.close()
    answers.set()
    await asyncio.sleep(0.05)
    assert watch._watch is None, "what was closed meanwhile is not begun"
