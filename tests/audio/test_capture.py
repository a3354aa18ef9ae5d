"""Recording from a simulated microphone whose every frame is known, faster than real time."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pulsectl
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as some

from app.audio import capture, pulse
from app.audio import recorder as recorder_module
from app.audio.capture import FLOOR_DB, CaptureSession
from app.audio.files import read_sound
from app.audio.recorder import Recorder, RecorderState
from app.core.errors import AudioError, Code
from tests.audio.signals import Samples, sine
from tests.waiting import wait_until

RATE = 48_000
BLOCK = 1_800


class Microphone:
    """A simulated microphone that delivers blocks on the calling thread; `pulled` counts how often it was closed."""

    latency = 0.0

    def __init__(self) -> None:
        self.active = True
        self.pulled = 0
        self._callback: Any = None

    def open(self, direction: str, rate: int, channels: int, callback: Any, device: str | None) -> Microphone:
        self._callback = callback
        return self

    def hear(self, samples: Samples, *, late: bool = False) -> None:
        self._callback(samples[:, None], len(samples), None, SimpleNamespace(input_overflow=late))

    def close(self) -> None:
        self.active = False
        self.pulled += 1

    abort = close


@pytest.fixture(autouse=True)
def nothing_but_the_fake(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No sound server, and long timeouts, because a loaded machine may delay the test."""
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/nobody")
    monkeypatch.setattr(capture, "CALLBACK_TIMEOUT_SECONDS", 1e9)
    monkeypatch.setattr(capture, "START_TIMEOUT_SECONDS", 1e9)
    monkeypatch.setattr(recorder_module, "CANCEL_TIMEOUT_SECONDS", 20)


@asynccontextmanager
async def listening(microphone: Microphone, **wishes: Any) -> AsyncIterator[Recorder]:
    recorder = Recorder(open_stream=microphone.open, **wishes)
    await recorder.listen()
    try:
        yield recorder
    finally:
        await recorder.stop()


async def _start_and_stop(recorder: Recorder, path: Path) -> None:
    await recorder.start(path)
    await recorder.stop()


def blocks_of(samples: Samples, size: int = BLOCK) -> Iterator[Samples]:
    return (samples[first : first + size] for first in range(0, len(samples), size))


def counted(start: int, count: int) -> Samples:
    """Frames that encode their position, exact in 16 bits."""
    return ((np.arange(start, start + count) % 60_000 - 30_000) / 32_768).astype(np.float32)


def pcm_of(path: Path) -> np.ndarray:
    return np.asarray(soundfile.read(path, dtype="int16")[0])


async def drained(recorder: Recorder, expected: int) -> None:
    await wait_until(lambda: recorder.frames == expected)


async def test_the_pre_roll_is_as_long_as_asked_to_the_frame(tmp_path: Path) -> None:
    microphone, spoken = Microphone(), counted(0, 3 * RATE)
    async with listening(microphone, pre_roll=0.7) as recorder:
        for block in blocks_of(spoken[: 2 * RATE], 1_111):
            microphone.hear(block)
            await asyncio.sleep(0)
        await wait_until(lambda: recorder._capture is not None and recorder._capture._ring.readable == 0)
        await recorder.start(tmp_path / "words.wav")
        await drained(recorder, round(0.7 * RATE))
        microphone.hear(spoken[2 * RATE : 2 * RATE + 5_000])
        recording = await recorder.stop()
    assert recording is not None and recording.lost == 0
    first = 2 * RATE - round(0.7 * RATE)
    assert np.array_equal(pcm_of(recording.path), np.rint(spoken[first : 2 * RATE + 5_000] * 32_768).astype(np.int16))


@given(some.lists(some.integers(0, 5_000), max_size=12), some.integers(0, 20_000))
@settings(max_examples=60, deadline=None)
def test_blocks_of_any_size_leave_exactly_the_last_frames(sizes: list[int], kept: int) -> None:
    heard = CaptureSession(RATE, kept / RATE, lambda error: None)
    position = 0
    for size in sizes:
        heard._on_input(counted(position, size)[:, None], size, None, None)
        heard._drain()
        position += size
    remembered = np.concatenate([np.zeros((0, 1), np.float32), *heard._pre_roll])[:, 0]
    count = min(kept, position)
    assert np.array_equal(remembered, counted(position - count, count))


async def test_thirty_minutes_are_recorded_to_the_frame_in_bounded_memory(tmp_path: Path) -> None:
    microphone, seconds = Microphone(), 30 * 60
    async with listening(microphone) as recorder:
        await recorder.start(tmp_path / "long.wav")
        held = recorder._capture
        assert held is not None
        for second in range(seconds):
            microphone.hear(counted(second * RATE, RATE))
            held._drain()
        recording = await recorder.stop()
        assert held._ring.capacity <= 2 * RATE and not held._pre_roll
    assert recording is not None and (recording.frames, recording.lost) == (seconds * RATE, 0)
    with soundfile.SoundFile(recording.path) as file:
        for second in range(seconds):
            block = file.read(RATE, dtype="int16")
            assert np.array_equal(block, np.rint(counted(second * RATE, RATE) * 32_768)), second
        assert len(file.read(1)) == 0


async def test_frames_lost_to_a_slow_disk_are_counted(tmp_path: Path) -> None:
    microphone = Microphone()
    async with listening(microphone) as recorder:
        microphone.hear(counted(0, 3 * RATE))
        await wait_until(lambda: recorder._capture is not None and recorder._capture._ring.readable == 0)
        await recorder.start(tmp_path / "words.wav")
        held = recorder._capture
        assert held is not None
        with held._lock:
            # Nothing can be written during this block.
            microphone.hear(counted(0, 3 * RATE))
        recording = await recorder.stop()
    assert recording is not None and recording.lost == RATE, "what was lost before it began is not counted"
    assert np.array_equal(pcm_of(recording.path), np.rint(counted(0, 2 * RATE) * 32_768))


async def test_frames_dropped_by_the_system_are_counted(tmp_path: Path) -> None:
    microphone = Microphone()
    async with listening(microphone) as recorder:
        microphone.hear(counted(0, BLOCK), late=True)
        await recorder.start(tmp_path / "words.wav")
        microphone.hear(counted(0, BLOCK))
        microphone.hear(counted(0, BLOCK), late=True)
        recording = await recorder.stop()
    assert recording is not None and recording.gaps == 1, "what was dropped before it began is not counted"


async def test_the_meter_holds_its_peak_and_reports_clipping(tmp_path: Path) -> None:
    held = CaptureSession(RATE, 0.0, lambda error: None)

    def hear(samples: Samples) -> capture.Level:
        held._on_input(samples[:, None], len(samples), None, None)
        held._drain()
        return held.level

    loud, soft = sine(1_000, 0.05, RATE, 0.5), sine(1_000, 0.05, RATE, 0.05)
    level = hear(loud)
    assert (level.rms, level.peak) == pytest.approx((-9.03, -6.02), abs=0.05) and not level.clipped
    for _ in range(round(capture.PEAK_HOLD_SECONDS / 0.05) - 1):
        level = hear(soft)
        assert level.peak == pytest.approx(-26.02, abs=0.05) and level.held == pytest.approx(-6.02, abs=0.05)
    hear(soft)
    assert hear(soft).held == pytest.approx(-26.02, abs=0.05)
    assert hear(np.ones(500, np.float32)).clipped and hear(soft).clipped, "it stays, somebody may have looked away"
    assert hear(np.zeros(500, np.float32)).rms == FLOOR_DB
    held.begin(tmp_path / "words.wav")
    assert not hear(soft).clipped, "a recording starts clean"
    held.close()


async def test_a_full_disk_ends_the_recording_and_keeps_the_file(tmp_path: Path) -> None:
    microphone = Microphone()
    async with listening(microphone) as recorder:
        await recorder.start(tmp_path / "words.wav")
        microphone.hear(counted(0, RATE))
        await drained(recorder, RATE)
        held = recorder._capture
        assert held is not None and held._file is not None

        def full(samples: np.ndarray) -> None:
            raise soundfile.LibsndfileError(2)

        held._file.write = full  # type: ignore[method-assign]
        microphone.hear(counted(RATE, BLOCK))
        await wait_until(lambda: recorder.state.error is not None)
        recording = await recorder.stop()
    assert recording is not None and recording.error is not None
    assert recording.error.code is Code.FILE_NOT_WRITTEN and recording.frames == RATE
    assert len(read_sound(recording.path).samples) == RATE and microphone.pulled


async def test_a_recording_ends_at_the_maximum_length_and_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(capture, "MAX_SECONDS", 1)
    microphone = Microphone()
    async with listening(microphone) as recorder:
        await recorder.start(tmp_path / "words.wav")
        microphone.hear(counted(0, RATE))
        await drained(recorder, RATE)
        microphone.hear(counted(RATE, BLOCK))
        recording = await recorder.stop()
    assert recording is not None and recording.frames == RATE
    assert recording.error is not None and recording.error.code is Code.SOUND_TOO_LARGE


async def test_a_microphone_that_stops_calling_is_lost(tmp_path: Path) -> None:
    microphone = Microphone()
    async with listening(microphone) as recorder:
        await recorder.start(tmp_path / "words.wav")
        microphone.hear(counted(0, BLOCK))
        await drained(recorder, BLOCK)
        microphone.active = False
        await wait_until(lambda: recorder.state.error is not None)
        assert recorder.state.error is not None and recorder.state.error.code is Code.MICROPHONE_LOST
        recording = await recorder.stop()
    assert recording is not None and recording.frames == BLOCK


async def test_an_unexpected_exception_ends_the_recording_and_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(samples: np.ndarray) -> np.ndarray:
        raise ZeroDivisionError

    microphone = Microphone()
    async with listening(microphone) as recorder:
        await recorder.start(tmp_path / "words.wav")
        monkeypatch.setattr(capture, "to_pcm16", broken)
        microphone.hear(counted(0, BLOCK))
        await wait_until(lambda: recorder.state.error is not None)
        error: AudioError | None = recorder.state.error
        assert error is not None and error.code is Code.UNEXPECTED and "ZeroDivisionError" in error.params["message"]


class SlowMicrophone(Microphone):
    """A microphone that opens slowly."""

    def __init__(self) -> None:
        super().__init__()
        self.hangs, self.goes_on = threading.Event(), threading.Event()

    def open(self, direction: str, rate: int, channels: int, callback: Any, device: str | None) -> Microphone:
        self.hangs.set()
        assert self.goes_on.wait(20)
        return super().open(direction, rate, channels, callback, device)


async def test_stop_while_it_opens_closes_it(tmp_path: Path) -> None:
    microphone = SlowMicrophone()
    recorder = Recorder(open_stream=microphone.open)
    starting = asyncio.ensure_future(recorder.start(tmp_path / "words.wav"))
    await asyncio.to_thread(microphone.hangs.wait, 20)
    stopping = asyncio.ensure_future(recorder.stop())
    await asyncio.sleep(0.05)
    microphone.goes_on.set()
    await starting
    recording = await stopping
    assert recording is not None and recording.frames == 0
    assert recorder.state.status == "idle"
    assert not microphone.active and microphone.pulled == 1


async def test_cancelling_while_the_microphone_opens_closes_it(tmp_path: Path) -> None:
    microphone = SlowMicrophone()
    recorder = Recorder(open_stream=microphone.open)
    listening = asyncio.ensure_future(recorder.listen())
    await asyncio.to_thread(microphone.hangs.wait, 20)
    listening.cancel()
    await asyncio.sleep(0.05)
    microphone.goes_on.set()
    with pytest.raises(asyncio.CancelledError):
        await listening
    assert not microphone.active and microphone.pulled == 1
    assert recorder.state.status == "idle"


class StuckMicrophone(Microphone):
    """A microphone that closes slowly."""

    def __init__(self) -> None:
        super().__init__()
        self.hangs, self.goes_on = threading.Event(), threading.Event()

    def close(self) -> None:
        self.hangs.set()
        assert self.goes_on.wait(20)
        super().close()


async def test_cancelling_while_the_microphone_closes_loses_no_recording(tmp_path: Path) -> None:
    microphone = StuckMicrophone()
    recorder = Recorder(open_stream=microphone.open)
    await recorder.start(tmp_path / "words.wav")
    microphone.hear(counted(0, BLOCK))
    stopping = asyncio.ensure_future(recorder.stop())
    await asyncio.to_thread(microphone.hangs.wait, 20)
    stopping.cancel()
    await asyncio.sleep(0)
    microphone.goes_on.set()
    with pytest.raises(asyncio.CancelledError):
        await stopping
    recording = await recorder.stop()
    assert recording is not None and recording.frames == BLOCK


@pytest.mark.parametrize("kind", [SlowMicrophone, StuckMicrophone])
async def test_a_hanging_microphone_does_not_delay_shutdown(
    kind: type[SlowMicrophone | StuckMicrophone], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder_module, "CANCEL_TIMEOUT_SECONDS", 0.01)
    microphone = kind()
    recorder = Recorder(open_stream=microphone.open)
    recording = asyncio.ensure_future(_start_and_stop(recorder, tmp_path / "words.wav"))
    await asyncio.to_thread(microphone.hangs.wait, 20)
    recording.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(asyncio.shield(recording), 15)
    assert microphone.active
    microphone.goes_on.set()
    await wait_until(lambda: microphone.pulled)


async def test_listening_again_does_not_lose_a_broken_off_recording(tmp_path: Path) -> None:
    microphone = Microphone()
    async with listening(microphone) as recorder:
        await recorder.start(tmp_path / "words.wav")
        microphone.hear(counted(0, BLOCK))
        await drained(recorder, BLOCK)
        microphone.active = False
        await wait_until(lambda: recorder.state.error is not None)
        microphone.active = True
        await recorder.listen()
        await recorder.stop_listening()
        recording = await recorder.stop()
        assert recording is not None and recording.frames == BLOCK
        assert recording.error is not None and recording.error.code is Code.MICROPHONE_LOST
        assert await recorder.stop() is None


async def test_stopping_the_meter_does_not_stop_a_recording(tmp_path: Path) -> None:
    microphone = Microphone()
    async with listening(microphone) as recorder:
        await recorder.start(tmp_path / "words.wav")
        await recorder.stop_listening()
        assert recorder.state.status == "recording"
        microphone.hear(counted(0, BLOCK))
        recording = await recorder.stop()
        assert recording is not None and recording.frames == BLOCK
        await recorder.listen()
        await recorder.stop_listening()
        assert recorder.state.status == "idle"


async def test_recording_works_again_after_a_lost_microphone(tmp_path: Path) -> None:
    microphone = Microphone()
    async with listening(microphone) as recorder:
        microphone.active = False
        await wait_until(lambda: recorder.state.error is not None)
        microphone.active = True
        await recorder.start(tmp_path / "words.wav")
        microphone.hear(counted(0, BLOCK))
        await drained(recorder, BLOCK)


@pytest.mark.parametrize("error", [pulsectl.PulseError("gone"), pulsectl.PulseDisconnected()])
async def test_losing_the_server_during_a_query_is_harmless(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    microphone = Microphone()
    async with listening(microphone) as recorder:
        await recorder.start(tmp_path / "words.wav")

        class Gone:
            def __getattr__(self, name: str) -> Any:
                raise error

        monkeypatch.setattr(pulse, "connection", lambda name="": nullcontext(Gone()))
        recorder.devices_changed()
        microphone.hear(counted(0, BLOCK))
        await drained(recorder, BLOCK)
        assert recorder.state == RecorderState("recording")
