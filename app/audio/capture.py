"""Captures a microphone to disk: the device callback fills a ring buffer, and a thread drains it into a WAV file."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import soundfile
from numpy.typing import NDArray

from app.audio import pulse
from app.audio.decibels import amplitude_to_db, power_to_db
from app.audio.portaudio import DeviceStream, OpenStream
from app.audio.ring_buffer import RingBuffer
from app.audio.sound_writing import to_pcm16
from app.core.errors import AudioError, Code
from app.core.units import frames_to_seconds, seconds_to_frames

DRAIN_INTERVAL_SECONDS = 0.05
BUFFER_SECONDS = 2.0
"""How far the microphone may run ahead of the disk."""
PEAK_HOLD_SECONDS = 1.5
"""How long the meter holds a peak."""
MAX_SECONDS = 4 * 3600
FLOOR_DB = -96.0
CALLBACK_TIMEOUT_SECONDS = 2.0
"""Time without a callback after which the microphone counts as lost."""
START_TIMEOUT_SECONDS = 5.0
"""The same before the first one: a source that rested first delivers what it had begun, with PulseAudio up to 2 s."""


class Level(msgspec.Struct, frozen=True):
    """Levels in dBFS of the last 50 ms.

    Attributes:
        held: the highest peak of the last 1.5 s.
        clipped: whether this recording has clipped.
    """

    rms: float = FLOOR_DB
    peak: float = FLOOR_DB
    held: float = FLOOR_DB
    clipped: bool = False


class Recording(msgspec.Struct, frozen=True):
    """A finished recording.

    Attributes:
        frames: length; the file is 16-bit mono at `rate`.
        lost: frames dropped because the disk was too slow.
        gaps: how often the system dropped frames because this program read them too late.
        error: why the recording ended on its own, such as MICROPHONE_LOST; None if it was stopped.
    """

    path: Path
    frames: int
    rate: int
    lost: int = 0
    gaps: int = 0
    error: AudioError | None = None

    @property
    def seconds(self) -> float:
        return frames_to_seconds(self.frames, self.rate)


class CaptureSession:
    """An open microphone and the thread that drains it. `open`, `begin` and `close` block, so call them in a thread.

    Attributes:
        level: level of the last block drained.
        frames: frames written so far.
        error: why the session ended on its own. `on_error` is called with it from the draining thread.
    """

    def __init__(self, rate: int, pre_roll: float, on_error: Callable[[AudioError], Any]) -> None:
        self.level = Level()
        self.frames = 0
        self.error: AudioError | None = None
        self._rate = rate
        self._on_error = on_error
        self._ring = RingBuffer(seconds_to_frames(BUFFER_SECONDS, rate), 1)
        self._lost = 0
        self._lost_before = 0
        self._gaps = 0
        self._gaps_before = 0
        self._calls = 0
        self._pre_roll: deque[NDArray[np.float32]] = deque()
        self._pre_roll_frames = seconds_to_frames(pre_roll, rate)
        self._file: soundfile.SoundFile | None = None
        self._path: Path | None = None
        self._lock = threading.Lock()
        self._held_for = 0.0
        self._stream: DeviceStream | None = None
        self._device_id: str | None = None
        self._check_requested = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)

    def open(self, open_stream: OpenStream, device: str | None) -> None:
        """Open the device and start draining. Raises as `portaudio.open_stream`."""
        self._stream = open_stream("input", self._rate, 1, self._on_input, device)
        self._device_id = pulse.in_use("input")
        self._thread.start()

    def check_device(self) -> None:
        """Have the draining thread check whether the microphone is still connected."""
        self._check_requested.set()

    def begin(self, path: Path) -> None:
        """Start writing to `path`, beginning with the pre-roll. Raises FILE_NOT_WRITTEN and SOUND_TOO_LARGE."""
        with self._lock:
            if self._file is not None:
                return
            try:
                self._file = soundfile.SoundFile(str(path), "w", self._rate, 1, "PCM_16", format="WAV")
            except (OSError, soundfile.LibsndfileError) as error:
                raise AudioError(Code.FILE_NOT_WRITTEN, path=str(path), message=str(error)) from error
            self._path = path
            self.level = Level()
            self._lost_before, self._gaps_before = self._lost, self._gaps
            for block in self._pre_roll:
                self._write(block)
            self._pre_roll.clear()

    def close(self) -> Recording | None:
        """Write the remaining frames and close device and file. Returns None if nothing was being written."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(timeout=3)
        if self._stream is not None:
            self._stream.close()
            if self.error is None:
                self._drain_remaining()
        with self._lock:
            if self._file is None or self._path is None:
                return None
            self._file.close()
            lost, gaps = self._lost - self._lost_before, self._gaps - self._gaps_before
            return Recording(self._path, self.frames, self._rate, lost, gaps, self.error)

    def _on_input(self, samples: NDArray[np.float32], frames: int, time_info: Any, status: Any) -> None:
        """PortAudio's callback."""
        self._calls += 1
        if status and status.input_overflow:
            self._gaps += 1
        writable = self._ring.writable
        if frames > writable:
            self._lost += frames - writable
        self._ring.write(samples[:writable])

    def _run(self) -> None:
        silent_for, calls = 0.0, 0
        while not self._stopping.wait(DRAIN_INTERVAL_SECONDS):
            try:
                self._drain()
                is_unplugged = self._is_unplugged()
            except AudioError as error:
                self._fail(error)
                return
            except Exception as error:
                unexpected = AudioError(Code.UNEXPECTED, message=repr(error))
                unexpected.__cause__ = error
                self._fail(unexpected)
                return
            silent_for = 0.0 if self._calls != calls else silent_for + DRAIN_INTERVAL_SECONDS
            calls = self._calls
            timeout = CALLBACK_TIMEOUT_SECONDS if calls else START_TIMEOUT_SECONDS
            is_stopped = self._stream is None or not self._stream.active or silent_for > timeout
            if is_stopped or is_unplugged:
                self._fail(AudioError(Code.MICROPHONE_LOST, device=pulse.name_of(self._device_id) or ""))
                return

    def _is_unplugged(self) -> bool:
        if not self._check_requested.is_set():
            return False
        self._check_requested.clear()
        rows = pulse.devices("input")
        return rows is not None and self._device_id is not None and self._device_id not in {row[0] for row in rows}

    def _fail(self, error: AudioError) -> None:
        self.error = error
        if self._stream is not None:
            self._stream.close()
        self._on_error(error)

    def _drain_remaining(self) -> None:
        """Drain what is left; if that fails, what was written before remains."""
        try:
            self._drain()
        except AudioError as error:
            self.error = error

    def _drain(self) -> None:
        # The ring buffer allows one reader at a time, and `close` is called from another thread.
        with self._lock:
            block = np.empty((self._ring.readable, 1), np.float32)
            if len(block) == 0:
                return
            self._ring.take(block)
            self._measure(block)
            if self._file is not None:
                self._write(block)
            elif self._pre_roll_frames:
                self._append_pre_roll(block)

    def _write(self, block: NDArray[np.float32]) -> None:
        assert self._file is not None
        if self.frames + len(block) > MAX_SECONDS * self._rate:
            raise AudioError(Code.SOUND_TOO_LARGE, seconds=MAX_SECONDS)
        try:
            self._file.write(to_pcm16(block))
        except (OSError, soundfile.LibsndfileError) as error:
            raise AudioError(Code.FILE_NOT_WRITTEN, path=str(self._path), message=str(error)) from error
        self.frames += len(block)

    def _append_pre_roll(self, block: NDArray[np.float32]) -> None:
        """Retain exactly the last `pre_roll` seconds."""
        self._pre_roll.append(block)
        surplus = sum(map(len, self._pre_roll)) - self._pre_roll_frames
        while surplus > 0:
            first = self._pre_roll.popleft()
            if len(first) > surplus:
                self._pre_roll.appendleft(first[surplus:])
            surplus -= len(first)

    def _measure(self, block: NDArray[np.float32]) -> None:
        before = self.level
        peak = amplitude_to_db(float(np.abs(block).max()), FLOOR_DB)
        rms = power_to_db(float(np.mean(np.square(block, dtype=np.float64))), FLOOR_DB)
        self._held_for += frames_to_seconds(len(block), self._rate)
        held = before.held
        if peak >= held or self._held_for > PEAK_HOLD_SECONDS:
            held, self._held_for = peak, 0.0
        self.level = Level(rms, peak, held, before.clipped or peak > -0.01)
