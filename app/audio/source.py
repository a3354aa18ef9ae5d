"""Sources for the player: complete sounds, sounds that are still arriving, and sequences of sounds."""

from __future__ import annotations

import tempfile
import threading
import time
import weakref
from collections.abc import Callable
from typing import IO, Protocol

import numpy as np
from numpy.typing import NDArray

from app.audio.resampling import Samples
from app.core.errors import AudioError, Code
from app.core.observers import Event

PCM_FULL_SCALE = 32768.0
MEMORY_BYTES = 32 * 1024 * 1024
MAX_SECONDS = 8 * 3600


class Source(Protocol):
    """Random access to a sound that may still be growing. Read by the playback thread, fed by any other."""

    @property
    def rate(self) -> int: ...

    @property
    def channels(self) -> int: ...

    @property
    def known(self) -> int:
        """The number of frames that can be read now."""
        ...

    @property
    def ended(self) -> bool:
        """Whether no more frames will arrive. Read it before `known`, or the last frames may be missed."""
        ...

    @property
    def memory_bytes(self) -> int:
        """How much of the sound is held in memory."""
        ...

    def read(self, start: int, count: int) -> Samples:
        """Read at most `count` frames from `start`; fewer or none if no more have arrived yet."""
        ...

    def watch(self, wake: Callable[[], None]) -> Callable[[], None]:
        """Have `wake` called, from any thread, whenever frames or the end arrive. Returns a function that ends this."""
        ...


class FixedSource:
    """A complete sound. `samples` is float32 of shape (frames, channels) or (frames,) and is not copied."""

    ended = True

    def __init__(self, samples: NDArray[np.float32], rate: int) -> None:
        self._samples = samples[:, None] if samples.ndim == 1 else samples
        self.rate = rate
        self.channels = self._samples.shape[1]
        self.known = len(self._samples)
        self.memory_bytes = self._samples.nbytes

    def read(self, start: int, count: int) -> Samples:
        return self._samples[start : start + count]

    def watch(self, wake: Callable[[], None]) -> Callable[[], None]:
        """Do nothing: a complete sound does not change."""
        return lambda: None


class TakeSource:
    """A take during and after its arrival as interleaved 16-bit little-endian PCM.

    The first `in_memory` bytes are held in memory and the rest in a temporary file, so that an hour needs no more
    memory than ten minutes.

    Attributes:
        known: complete frames received.
        ended: whether no more will arrive.
        failed: the error passed to `fail`; None otherwise.
        first_arrival: `time.monotonic()` when the first byte arrived; None before.
    """

    def __init__(self, rate: int = 24_000, channels: int = 1, *, in_memory: int = MEMORY_BYTES) -> None:
        self.rate = rate
        self.channels = channels
        self.known = 0
        self.ended = False
        self.failed: BaseException | None = None
        self.first_arrival: float | None = None
        self._frame_bytes = 2 * channels
        self._limit = max(1, in_memory // self._frame_bytes)
        self._head = np.zeros((min(self._limit, rate), channels), np.int16)
        self._spill_file: IO[bytes] | None = None
        self._spill_lock = threading.Lock()
        self._partial_frame = b""
        self._more: Event[()] = Event()

    @property
    def memory_bytes(self) -> int:
        return self._head.nbytes

    def feed(self, piece: bytes) -> None:
        """Append bytes, which may end in the middle of a frame. Raises SOUND_TOO_LARGE after eight hours."""
        if self.first_arrival is None and piece:
            self.first_arrival = time.monotonic()
        whole = self._partial_frame + piece if self._partial_frame else piece
        count = len(whole) // self._frame_bytes
        self._partial_frame = whole[count * self._frame_bytes :]
        if count == 0:
            return
        if self.known + count > MAX_SECONDS * self.rate:
            raise AudioError(Code.SOUND_TOO_LARGE, seconds=MAX_SECONDS)
        frames = np.frombuffer(whole, "<i2", count * self.channels).reshape(count, self.channels)
        in_head = min(count, max(0, self._limit - self.known))
        if in_head:
            self._grow_head(self.known + in_head)
            self._head[self.known : self.known + in_head] = frames[:in_head]
        if in_head < count:
            self._spill(frames[in_head:])
        self.known += count
        self._more.emit()

    def finish(self) -> None:
        """Mark the end of the take. An incomplete frame at the end is discarded."""
        self.ended = True
        self._more.emit()

    def fail(self, error: BaseException | None = None) -> None:
        """Mark the take as broken off. What arrived remains playable."""
        self.failed = error
        self.finish()

    def read(self, start: int, count: int) -> Samples:
        pcm = self.pcm(start, count)
        return np.multiply(pcm, np.float32(1 / PCM_FULL_SCALE), dtype=np.float32)

    def pcm(self, start: int = 0, count: int | None = None) -> NDArray[np.int16]:
        """The frames as received: int16 of shape (frames, channels)."""
        stop = self.known if count is None else min(start + count, self.known)
        if start >= stop:
            return np.zeros((0, self.channels), np.int16)
        if stop <= self._limit:
            return self._head[start:stop]
        spilled = self._read_spilled(max(0, start - self._limit), stop - self._limit)
        return np.concatenate([self._head[start : self._limit], spilled]) if start < self._limit else spilled

    def watch(self, wake: Callable[[], None]) -> Callable[[], None]:
        return self._more.subscribe(wake)

    def _grow_head(self, needed: int) -> None:
        if needed <= len(self._head):
            return
        grown = np.zeros((min(self._limit, max(needed, 2 * len(self._head))), self.channels), np.int16)
        grown[: self.known] = self._head[: self.known]
        # A reader that still uses the old array finds all frames that it knows of.
        self._head = grown

    def _spill(self, frames: NDArray[np.int16]) -> None:
        with self._spill_lock:
            if self._spill_file is None:
                # Closing the file deletes it; the finalizer does so together with this object.
                self._spill_file = tempfile.TemporaryFile(prefix="take-")  # noqa: SIM115
                weakref.finalize(self, self._spill_file.close)
            self._spill_file.seek(0, 2)
            self._spill_file.write(frames.tobytes())

    def _read_spilled(self, start: int, stop: int) -> NDArray[np.int16]:
        with self._spill_lock:
            if self._spill_file is None:
                return np.zeros((0, self.channels), np.int16)
            self._spill_file.seek(start * self._frame_bytes)
            content = self._spill_file.read((stop - start) * self._frame_bytes)
        return np.frombuffer(content, "<i2").reshape(-1, self.channels)
