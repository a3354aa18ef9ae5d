"""The recorder: from a microphone to a WAV file, without ever waiting for either."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import msgspec
import numpy as np
import soundfile
from numpy.typing import NDArray

from app.audio import portaudio, pulse
from app.audio.files import to_pcm16
from app.audio.portaudio import DeviceStream, OpenStream
from app.audio.ring import Ring
from app.core.errors import AudioError, Code

RATE = 48_000
DRAINED_EVERY = 0.05
BUFFERED = 2.0
"""Seconds the microphone may run ahead of the disk."""
HOLD = 1.5
"""Seconds a peak is held on the meter."""
LONGEST = 4 * 3600
FLOOR_DB = -96.0
NO_CALLBACK = 2.0

Status = Literal["idle", "listening", "recording"]


class Level(msgspec.Struct, frozen=True):
    """dBFS over the last 50 ms; `held` is the highest peak of the last 1.5 s, `clipped` tells of this recording."""

    rms: float = FLOOR_DB
    peak: float = FLOOR_DB
    held: float = FLOOR_DB
    clipped: bool = False


class RecorderState(msgspec.Struct, frozen=True):
    """What the recorder does; `error` is why it stopped by itself. What was recorded until then is kept."""

    status: Status = "idle"
    error: AudioError | None = None


class Recording(msgspec.Struct, frozen=True):
    """A finished recording.

    Attributes:
        frames: of mono 16 bit at `rate`.
        lost: frames the disk was too slow for.
        error: DEVICE_LOST and the like, when it ended by itself.
    """

    path: Path
    frames: int
    rate: int
    lost: int = 0
    error: AudioError | None = None

    @property
    def seconds(self) -> float:
        return self.frames / self.rate


class Recorder:
    """Records mono. Made and called on the asyncio loop.

    `listen` opens the microphone for the meter and the pre-roll, `start` begins to write, `stop` ends both.

    Attributes:
        device: the id of a `Device`, None for the default; takes effect at the next opening.
    """

    def __init__(
        self,
        *,
        device: str | None = None,
        rate: int = RATE,
        pre_roll: float = 0.0,
        open_stream: OpenStream = portaudio.open_stream,
    ) -> None:
        self.device = device
        self.rate = rate
        self._pre_roll = pre_roll
        self._open_stream = open_stream
        self._tape: _Tape | None = None
        self._state = RecorderState()
        self._watchers: list[Callable[[RecorderState], None]] = []

    @property
    def state(self) -> RecorderState:
        return self._state

    @property
    def level(self) -> Level:
        """Poll it at frame rate."""
        return self._tape.level if self._tape is not None else Level()

    @property
    def frames(self) -> int:
        """Frames recorded so far."""
        return self._tape.frames if self._tape is not None else 0

    def watch(self, told: Callable[[RecorderState], None]) -> Callable[[], None]:
        """Call `told` on the loop with every new state; call what is returned to end that."""
        self._watchers.append(told)
        return lambda: self._watchers.remove(told)

    async def listen(self) -> None:
        """Open the microphone. Raises NO_PORTAUDIO, NO_INPUT, DEVICE_LOST or DEVICE_BUSY."""
        if self._tape is not None:
            return
        loop = asyncio.get_running_loop()
        tape = _Tape(self.rate, self._pre_roll, lambda error: loop.call_soon_threadsafe(self._broke_off, error))
        self._tape = tape
        try:
            await asyncio.to_thread(tape.open, self._open_stream, self.device)
        except BaseException:
            self._tape = None
            await asyncio.to_thread(tape.close)
            raise
        self._show(RecorderState("listening"))

    async def start(self, path: Path) -> None:
        """Write to `path` from now, or from `pre_roll` seconds ago. Raises as `listen`, and FILE_NOT_WRITTEN."""
        await self.listen()
        assert self._tape is not None
        await asyncio.to_thread(self._tape.begin, path)
        self._show(RecorderState("recording"))

    def devices_changed(self) -> None:
        """To be called when devices came or went: ends the recording when its microphone is gone.

        A sound server hands its streams on to another microphone, which nobody chose.
        """
        if self._tape is not None:
            self._tape.check_device()

    async def stop(self) -> Recording | None:
        """Close the microphone and the file; None when nothing was being written."""
        tape, self._tape = self._tape, None
        if tape is None:
            return None
        recording = await asyncio.to_thread(tape.close)
        self._show(RecorderState("idle", tape.error))
        return recording

    def _broke_off(self, error: AudioError) -> None:
        # The tape stays until `stop` fetches what is on it.
        self._show(RecorderState("idle", error))

    def _show(self, state: RecorderState) -> None:
        if state == self._state:
            return
        self._state = state
        for told in tuple(self._watchers):
            told(state)


class _Tape:
    """One opening of the microphone, with the thread that drains it."""

    def __init__(self, rate: int, pre_roll: float, broke_off: Callable[[AudioError], Any]) -> None:
        self.level = Level()
        self.frames = 0
        self.error: AudioError | None = None
        self._rate = rate
        self._broke_off = broke_off
        self._ring = Ring(round(BUFFERED * rate), 1)
        self._lost = 0
        self._calls = 0
        self._earlier: deque[NDArray[np.float32]] = deque()
        self._pre_roll_frames = round(pre_roll * rate)
        self._file: soundfile.SoundFile | None = None
        self._path: Path | None = None
        self._file_lock = threading.Lock()
        self._held_for = 0.0
        self._stream: DeviceStream | None = None
        self._microphone: str | None = None
        self._unsure = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._drain_until_stopped, name="recorder", daemon=True)

    def open(self, open_stream: OpenStream, device: str | None) -> None:
        self._stream = open_stream("input", self._rate, 1, self._take, device)
        self._microphone = pulse.in_use("input")
        self._thread.start()

    def check_device(self) -> None:
        self._unsure.set()

    def begin(self, path: Path) -> None:
        with self._file_lock:
            if self._file is not None:
                return
            try:
                self._file = soundfile.SoundFile(str(path), "w", self._rate, 1, "PCM_16", format="WAV")
            except (OSError, soundfile.LibsndfileError) as error:
                raise AudioError(Code.FILE_NOT_WRITTEN, path=str(path), message=str(error)) from error
            self._path = path
            self.level = Level()
            for block in self._earlier:
                self._write(block)
            self._earlier.clear()

    def close(self) -> Recording | None:
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(timeout=3)
        if self._stream is not None:
            self._stream.close()
            if self.error is None:
                self._drain()
        with self._file_lock:
            if self._file is None or self._path is None:
                return None
            self._file.close()
            return Recording(self._path, self.frames, self._rate, self._lost, self.error)

    def _take(self, given: NDArray[np.float32], frames: int, moment: Any, status: Any) -> None:
        """PortAudio's callback."""
        self._calls += 1
        room = self._ring.writable
        if frames > room:
            self._lost += frames - room
        self._ring.write(given[:room])

    def _drain_until_stopped(self) -> None:
        silent_for, calls = 0.0, 0
        while not self._stopping.wait(DRAINED_EVERY):
            try:
                self._drain()
            except AudioError as error:
                self._give_up(error)
                return
            silent_for = 0.0 if self._calls != calls else silent_for + DRAINED_EVERY
            calls = self._calls
            gone = self._stream is None or not self._stream.active or silent_for > NO_CALLBACK
            if gone or self._is_unplugged():
                self._give_up(AudioError(Code.DEVICE_LOST, device=pulse.name_of(self._microphone) or ""))
                return

    def _is_unplugged(self) -> bool:
        if not self._unsure.is_set():
            return False
        self._unsure.clear()
        rows = pulse.devices("input")
        return rows is not None and self._microphone is not None and self._microphone not in {row[0] for row in rows}

    def _give_up(self, error: AudioError) -> None:
        self.error = error
        if self._stream is not None:
            self._stream.close()
        self._broke_off(error)

    def _drain(self) -> None:
        block = np.empty((self._ring.readable, 1), np.float32)
        if len(block) == 0:
            return
        self._ring.take(block)
        with self._file_lock:
            self._measure(block)
            if self._file is not None:
                self._write(block)
            elif self._pre_roll_frames:
                self._remember(block)

    def _write(self, block: NDArray[np.float32]) -> None:
        assert self._file is not None
        if self.frames + len(block) > LONGEST * self._rate:
            raise AudioError(Code.SOUND_TOO_LARGE, seconds=LONGEST)
        try:
            self._file.write(to_pcm16(block))
        except (OSError, soundfile.LibsndfileError) as error:
            raise AudioError(Code.FILE_NOT_WRITTEN, path=str(self._path), message=str(error)) from error
        self.frames += len(block)

    def _remember(self, block: NDArray[np.float32]) -> None:
        """Keep the last `pre_roll` seconds exactly."""
        self._earlier.append(block)
        surplus = sum(map(len, self._earlier)) - self._pre_roll_frames
        while surplus > 0:
            first = self._earlier.popleft()
            if len(first) > surplus:
                self._earlier.appendleft(first[surplus:])
            surplus -= len(first)

    def _measure(self, block: NDArray[np.float32]) -> None:
        before = self.level
        peak = _decibels(float(np.abs(block).max()))
        rms = _decibels(float(np.sqrt(np.mean(np.square(block, dtype=np.float64)))))
        self._held_for += len(block) / self._rate
        held = before.held
        if peak >= held or self._held_for > HOLD:
            held, self._held_for = peak, 0.0
        self.level = Level(rms, peak, held, before.clipped or peak > -0.01)


def _decibels(amplitude: float) -> float:
    return max(FLOOR_DB, 20 * float(np.log10(max(amplitude, 1e-9))))
