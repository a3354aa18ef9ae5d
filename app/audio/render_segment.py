"""One stretch of playing: from a spot of a source, rendered ahead of the device into a ring."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from app.audio import fade
from app.audio.decibels import db_to_amplitude
from app.audio.limiter import Limiter
from app.audio.resampling import converter
from app.audio.ring_buffer import RingBuffer
from app.audio.source import Source
from app.audio.stretch import Stretch
from app.core.units import frames_to_seconds, seconds_to_frames

RENDER_AHEAD_SECONDS = 0.4
"""Seconds. Longer than any pause the audio thread may be given, so that only a slow source runs dry."""
CHUNK = 2048
DEVICE_CHANNELS = 2


class PlaybackParams(msgspec.Struct, frozen=True):
    """What is listened to, and how.

    Attributes:
        gain_db: above 0 a limiter keeps the true peak below -1 dBTP.
        region: first frame and the frame after the last, of the source; None is all of it.
        speed: 0.5 to 2, the pitch is kept.
    """

    source: Any
    gain_db: float = 0.0
    loop: bool = False
    region: tuple[int, int] | None = None
    speed: float = 1.0


class RenderSegment:
    """Rendered by the audio thread (`fill`), taken by the device's callback, which owns the last four attributes.

    Attributes:
        listening: what it plays.
        rate: of the device.
        ring: rendered frames, stereo.
        end: the ring frame after the last, -1 while unknown.
        flowing: the callback may take frames. Set by the audio thread, cleared by the callback when it ran dry.
        dry: how often it ran dry.
        risen: frames of the fade-in already done.
        first_taken: `time.monotonic()` of the callback that took the first frame.
        follows: the lane and the count of its taken frames that frame 0 of this one stands for; lets a switch be
            exact although the callback went on meanwhile.
    """

    def __init__(self, params: PlaybackParams, start: int, rate: int) -> None:
        self.params = params
        self.rate = rate
        self.ring = RingBuffer(seconds_to_frames(RENDER_AHEAD_SECONDS, rate) + CHUNK, DEVICE_CHANNELS)
        self.end = -1
        self.flowing = False
        self.underruns = 0
        self.fade_in_done = 0
        self.started_at: float | None = None
        self.follows: tuple[RenderSegment, int] | None = None
        source: Source = params.source
        self._source = source
        self._first = params.region[0] if params.region else 0
        self._stop = params.region[1] if params.region else None
        self._start = max(start, 0)
        self._next = self._start
        self._wrapped = False
        self._exhausted = False
        self._step = source.rate * params.speed / rate
        self._fall, self._rise = fade.fall(source.rate), fade.rise(source.rate)
        self._gain = np.float32(db_to_amplitude(params.gain_db))
        self._stretch = Stretch(source.rate, source.channels, params.speed) if params.speed != 1 else None
        self._converter = converter(source.rate, rate, source.channels)
        self._limit = Limiter(rate, DEVICE_CHANNELS) if params.gain_db > 0 else None
        self._limit_skip = self._limit.delay if self._limit else 0
        self._rendered: NDArray[np.float32] = np.zeros((0, DEVICE_CHANNELS), np.float32)

    @property
    def position(self) -> int:
        """The frame of the source that the device takes next."""
        return self.position_before(0)

    def position_before(self, frames: int) -> int:
        """The frame of the source that the device took `frames` of its own frames ago."""
        frame = self._start + round(max(0, self.ring.taken - frames) * self._step)
        stop = self._known_stop()
        if stop is None or frame < stop:
            return frame
        length = stop - self._first
        return self._first + (frame - self._first) % length if self.params.loop and length > 0 else stop

    @property
    def finished(self) -> bool:
        """The device took the last frame."""
        return 0 <= self.end <= self.ring.taken

    @property
    def is_complete(self) -> bool:
        """Nothing more has to arrive."""
        return self._source.ended or (self._stop is not None and self._source.known >= self._stop)

    @property
    def lead(self) -> float:
        """Seconds that can be played without anything more arriving."""
        arrived = frames_to_seconds(max(0, self._source.known - self._next), self._source.rate) / self.params.speed
        return arrived + frames_to_seconds(self.ring.readable + len(self._rendered), self.rate)

    def fill(self, wanted: float = RENDER_AHEAD_SECONDS) -> None:
        """Render until `wanted` seconds are in the ring or the source has no more for now."""
        target = seconds_to_frames(wanted, self.rate)
        while self._drain() and self.end < 0 and self.ring.readable < target:
            frames = self._read()
            if frames is None:
                self._exhausted = True
                self._rendered = self._flush()
            elif len(frames):
                self._rendered = self._render(frames)
            else:
                return

    def _drain(self) -> bool:
        """Move rendered frames into the ring; False when it is full. The end is told before the last frames are."""
        count = min(len(self._rendered), self.ring.writable)
        if count == len(self._rendered) and self._exhausted and self.end < 0:
            self.end = self.ring.written + count
        if count:
            self.ring.write(self._rendered[:count])
            self._rendered = self._rendered[count:]
        return len(self._rendered) == 0

    def _known_stop(self) -> int | None:
        """The frame after the last one to play, None while the source still grows."""
        ended, known = self._source.ended, self._source.known
        if self._stop is not None:
            return min(self._stop, known) if ended else self._stop
        return known if ended else None

    def _read(self) -> NDArray[np.float32] | None:
        """The next frames of the source, none when there are none yet, None when there will be no more."""
        stop = self._known_stop()
        if stop is not None and self._next >= stop:
            if not self.params.loop or stop <= self._first:
                return None
            self._next, self._wrapped = self._first, True
        count = CHUNK if stop is None else min(CHUNK, stop - self._next)
        frames = self._source.read(self._next, count)
        if self.params.loop:
            frames = self._fade_loop_seam(frames, stop)
        self._next += len(frames)
        return frames

    def _fade_loop_seam(self, frames: NDArray[np.float32], stop: int | None) -> NDArray[np.float32]:
        """A loop jumps: fade out before its end, and in after each jump."""
        length = len(self._fall)
        into_fall = None if stop is None else self._next + len(frames) - (stop - length)
        into_rise = self._next - self._first if self._wrapped else length
        if (into_fall is None or into_fall <= 0) and into_rise >= length:
            return frames
        faded = np.array(frames, np.float32)
        if into_rise < length:
            part = self._rise[into_rise : into_rise + len(faded)]
            faded[: len(part)] *= part
        if into_fall is not None and into_fall > 0:
            part = self._fall[max(0, into_fall - len(faded)) : into_fall]
            faded[len(faded) - len(part) :] *= part
        return faded

    def _render(self, frames: NDArray[np.float32], last: bool = False) -> NDArray[np.float32]:
        if self._stretch is not None:
            frames = self._stretch.flush() if last else self._stretch.run(frames)
        if self._converter is not None:
            frames = self._converter.run(frames, last)
        stereo = to_stereo(frames)
        if self._gain != 1:
            stereo = stereo * self._gain
        if self._limit is None:
            return stereo
        if last:
            stereo = np.concatenate([stereo, np.zeros((self._limit.delay, DEVICE_CHANNELS), np.float32)])
        limited = self._limit.run(stereo)
        dropped = min(self._limit_skip, len(limited))
        self._limit_skip -= dropped
        return limited[dropped:]

    def _flush(self) -> NDArray[np.float32]:
        return self._render(np.zeros((0, self._source.channels), np.float32), last=True)


def to_stereo(frames: NDArray[np.float32]) -> NDArray[np.float32]:
    """Shape (n, 2): mono on both sides, more than two channels mixed to mono first."""
    if frames.shape[1] == DEVICE_CHANNELS:
        return frames
    if frames.shape[1] > DEVICE_CHANNELS:
        frames = frames.mean(axis=1, keepdims=True)
    return np.repeat(frames, DEVICE_CHANNELS, axis=1)
