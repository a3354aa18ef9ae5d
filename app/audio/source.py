"""What the player plays: sounds that are whole, sounds that still arrive, and several played as one."""

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

PCM_FULL_SCALE = 32768.0
IN_MEMORY = 32 * 1024 * 1024
LONGEST = 8 * 3600


class Source(Protocol):
    """Random access to a sound whose end may not be known yet. Read by the audio thread, fed by any other."""

    @property
    def rate(self) -> int: ...

    @property
    def channels(self) -> int: ...

    @property
    def known(self) -> int:
        """Frames that can be read now."""
        ...

    @property
    def ended(self) -> bool:
        """True when no more frames will come. Read it before `known`, or the last frames may be missed."""
        ...

    def read(self, start: int, count: int) -> Samples:
        """At most `count` frames from `start`; fewer, or none, where there are not more yet."""
        ...

    def watch(self, wake: Callable[[], None]) -> None:
        """Call `wake` from any thread whenever frames or the end arrive."""
        ...

    def unwatch(self, wake: Callable[[], None]) -> None: ...


class FixedSource:
    """A sound that is whole. `samples` is float32 of shape (frames, channels) or (frames,), not copied."""

    ended = True

    def __init__(self, samples: NDArray[np.float32], rate: int) -> None:
        self._samples = samples[:, None] if samples.ndim == 1 else samples
        self.rate = rate
        self.channels = self._samples.shape[1]
        self.known = len(self._samples)

    def read(self, start: int, count: int) -> Samples:
        return self._samples[start : start + count]

    def watch(self, wake: Callable[[], None]) -> None:
        """A whole sound has no news."""

    def unwatch(self, wake: Callable[[], None]) -> None:
        """A whole sound has no news."""


class TakeSource:
    """A take while it arrives, and afterwards: 16 bit little-endian PCM, interleaved.

    The first `in_memory` bytes stay in memory, what comes later goes to a temporary file, so that an hour costs no
    more memory than ten minutes.

    Attributes:
        known: whole frames received.
        ended: no more will come.
        failed: it broke off; the error that `fail` was given.
        first_arrival: `time.monotonic()` when the first byte came, None before.
    """

    def __init__(self, rate: int = 24_000, channels: int = 1, *, in_memory: int = IN_MEMORY) -> None:
        self.rate = rate
        self.channels = channels
        self.known = 0
        self.ended = False
        self.failed: BaseException | None = None
        self.first_arrival: float | None = None
        self._frame_bytes = 2 * channels
        self._limit = max(1, in_memory // self._frame_bytes)
        self._head = np.zeros((min(self._limit, rate), channels), np.int16)
        self._rest: IO[bytes] | None = None
        self._rest_lock = threading.Lock()
        self._odd = b""
        self._wakes: list[Callable[[], None]] = []

    def feed(self, piece: bytes) -> None:
        """Append bytes; they may end in the middle of a frame. Raises SOUND_TOO_LARGE after eight hours."""
        if self.first_arrival is None and piece:
            self.first_arrival = time.monotonic()
        whole = self._odd + piece if self._odd else piece
        count = len(whole) // self._frame_bytes
        self._odd = whole[count * self._frame_bytes :]
        if count == 0:
            return
        if self.known + count > LONGEST * self.rate:
            raise AudioError(Code.SOUND_TOO_LARGE, seconds=LONGEST)
        frames = np.frombuffer(whole, "<i2", count * self.channels).reshape(count, self.channels)
        in_head = min(count, max(0, self._limit - self.known))
        if in_head:
            self._grow_head(self.known + in_head)
            self._head[self.known : self.known + in_head] = frames[:in_head]
        if in_head < count:
            self._spill(frames[in_head:])
        self.known += count
        self._wake()

    def finish(self) -> None:
        """No more will come. Half a frame at the end is dropped."""
        self.ended = True
        self._wake()

    def fail(self, error: BaseException | None = None) -> None:
        """No more will come, because it broke off. What arrived stays playable."""
        self.failed = error
        self.finish()

    def read(self, start: int, count: int) -> Samples:
        pcm = self.pcm(start, count)
        return np.multiply(pcm, np.float32(1 / PCM_FULL_SCALE), dtype=np.float32)

    def pcm(self, start: int = 0, count: int | None = None) -> NDArray[np.int16]:
        """The frames as they arrived: int16 of shape (frames, channels)."""
        stop = self.known if count is None else min(start + count, self.known)
        if start >= stop:
            return np.zeros((0, self.channels), np.int16)
        if stop <= self._limit:
            return self._head[start:stop]
        from_rest = self._read_rest(max(0, start - self._limit), stop - self._limit)
        return np.concatenate([self._head[start : self._limit], from_rest]) if start < self._limit else from_rest

    def watch(self, wake: Callable[[], None]) -> None:
        self._wakes.append(wake)

    def unwatch(self, wake: Callable[[], None]) -> None:
        self._wakes.remove(wake)

    def _wake(self) -> None:
        for wake in tuple(self._wakes):
            wake()

    def _grow_head(self, needed: int) -> None:
        if needed <= len(self._head):
            return
        grown = np.zeros((min(self._limit, max(needed, 2 * len(self._head))), self.channels), np.int16)
        grown[: self.known] = self._head[: self.known]
        # A reader that holds the old array still sees everything that was known to it.
        self._head = grown

    def _spill(self, frames: NDArray[np.int16]) -> None:
        with self._rest_lock:
            if self._rest is None:
                # Closing it deletes it, and that happens with this object.
                self._rest = tempfile.TemporaryFile(prefix="take-")  # noqa: SIM115
                weakref.finalize(self, self._rest.close)
            self._rest.seek(0, 2)
            self._rest.write(frames.tobytes())

    def _read_rest(self, start: int, stop: int) -> NDArray[np.int16]:
        with self._rest_lock:
            if self._rest is None:
                return np.zeros((0, self.channels), np.int16)
            self._rest.seek(start * self._frame_bytes)
            found = self._rest.read((stop - start) * self._frame_bytes)
        return np.frombuffer(found, "<i2").reshape(-1, self.channels)
