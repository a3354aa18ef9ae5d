"""One playback segment: rendered from a position in a source, ahead of the device, into a ring buffer."""

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
"""Longer than the playback thread is ever suspended, so that only a slow source causes an underrun."""
PRIME_SECONDS = 0.1
"""How much of a new segment is rendered before the output switches to it: two blocks; the rest follows meanwhile."""
CHUNK = 2048
DEVICE_CHANNELS = 2


class PlaybackParams(msgspec.Struct, frozen=True):
    """What to play and how.

    Attributes:
        gain_db: if positive, a limiter keeps the true peak below -1 dBTP.
        region: range of source frames, end exclusive; None for the whole source.
        speed: 0.5 to 2, at unchanged pitch.
    """

    source: Any
    gain_db: float = 0.0
    loop: bool = False
    region: tuple[int, int] | None = None
    speed: float = 1.0


class RenderSegment:
    """Rendered by the playback thread (`fill`), consumed by the output callback, which owns the last four attributes.

    Attributes:
        params: what to play and how.
        rate: sample rate of the device.
        ring: rendered stereo frames.
        end: the number of frames after which the segment ends; -1 while unknown.
        flowing: whether the callback may take frames. Set by the playback thread, cleared by the callback at an
            underrun.
        underruns: how often the ring buffer ran empty before the end.
        fade_in_done: frames of the fade-in already played.
        started_at: `time.monotonic()` when the callback took the first frame.
        follows: the previous segment and the number of its taken frames that corresponds to frame 0 of this one.
            Makes a switch exact although the callback advances meanwhile.
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
        """The frame of the source that the device took `frames` device frames ago."""
        frame = self._start + round(max(0, self.ring.taken - frames) * self._step)
        stop = self._known_stop()
        if stop is None or frame < stop:
            return frame
        length = stop - self._first
        return self._first + (frame - self._first) % length if self.params.loop and length > 0 else stop

    @property
    def finished(self) -> bool:
        """Whether the device has taken the last frame."""
        return 0 <= self.end <= self.ring.taken

    @property
    def is_complete(self) -> bool:
        """Whether everything to be played has arrived."""
        return self._source.ended or (self._stop is not None and self._source.known >= self._stop)

    @property
    def lead(self) -> float:
        """Seconds that can be played from what has arrived."""
        arrived = frames_to_seconds(max(0, self._source.known - self._next), self._source.rate) / self.params.speed
        return arrived + frames_to_seconds(self.ring.readable + len(self._rendered), self.rate)

    def fill(self, wanted: float = RENDER_AHEAD_SECONDS) -> None:
        """Render until `wanted` seconds are in the ring buffer or the source has no more for now."""
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

    def fill_ahead_of(self, before: RenderSegment, taken: int) -> None:
        """Render as far as the device advances in the previous segment meanwhile, plus two blocks."""
        rendered = -1
        while self.ring.written > rendered:
            rendered = self.ring.written
            self.fill(PRIME_SECONDS + frames_to_seconds(before.ring.taken - taken, self.rate))

    def _drain(self) -> bool:
        """Move rendered frames into the ring buffer; False if it is full. Sets `end` before writing the last frames."""
        count = min(len(self._rendered), self.ring.writable)
        if count == len(self._rendered) and self._exhausted and self.end < 0:
            self.end = self.ring.written + count
        if count:
            self.ring.write(self._rendered[:count])
            self._rendered = self._rendered[count:]
        return len(self._rendered) == 0

    def _known_stop(self) -> int | None:
        """The source frame at which to stop, exclusive; None while the source is still growing."""
        ended, known = self._source.ended, self._source.known
        if self._stop is not None:
            return min(self._stop, known) if ended else self._stop
        return known if ended else None

    def _read(self) -> NDArray[np.float32] | None:
        """The next frames of the source: an empty array if none have arrived yet, None at the end."""
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
        """Fade out before the end of a loop, and in after each jump back."""
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
    """Convert to shape (n, 2): mono goes to both sides, and more than two channels are mixed to mono first."""
    if frames.shape[1] == DEVICE_CHANNELS:
        return frames
    if frames.shape[1] > DEVICE_CHANNELS:
        frames = frames.mean(axis=1, keepdims=True)
    return np.repeat(frames, DEVICE_CHANNELS, axis=1)


def clamped_speed(speed: float) -> float:
    """`speed` limited to what the time stretch supports."""
    return min(2.0, max(0.5, speed))
