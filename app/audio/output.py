"""The output callback: takes frames from the current render segment and cross-fades when the segment changes."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.audio import fade
from app.audio.render_segment import DEVICE_CHANNELS, RenderSegment

MAX_BLOCK_FRAMES = 8192
"""Frames processed at once; a longer block is processed in parts."""


class Output:
    """Called by the device for every block. Never blocks, never raises, allocates no arrays.

    `wanted` and `volume` are written by another thread. All other attributes are written only here and may be read
    from any thread.

    Attributes:
        wanted: the segment to play; None for silence.
        current: the segment that is playing.
        volume: amplitude factor, reached within one block.
        blocks: number of blocks requested so far.
        underflows: how often the device buffer underran.
        failure: an exception raised in the callback, which plays silence from then on.
    """

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self.wanted: RenderSegment | None = None
        self.current: RenderSegment | None = None
        self.volume = 1.0
        self.blocks = 0
        self.underflows = 0
        self.failure: Exception | None = None
        self._volume = 1.0
        self._rise = fade.rise(rate)
        self._fall = fade.fall(rate)
        self._fade = len(self._rise)
        self._tail = np.zeros((self._fade, DEVICE_CHANNELS), np.float32)
        self._ramp = np.zeros((MAX_BLOCK_FRAMES, 1), np.float32)
        self._steps = np.arange(1, MAX_BLOCK_FRAMES + 1, dtype=np.float32)[:, None]

    def __call__(self, out: NDArray[np.float32], frames: int, time_info: Any, status: Any) -> None:
        try:
            self.blocks += 1
            if status and status.output_underflow:
                self.underflows += 1
            for first in range(0, frames, MAX_BLOCK_FRAMES):
                part = out[first : first + MAX_BLOCK_FRAMES]
                self._compose(part, len(part))
        except Exception as error:
            # Nothing catches exceptions in PortAudio's thread; the playback thread reads and reports this one.
            self.failure = error
            out.fill(0)

    def _compose(self, out: NDArray[np.float32], frames: int) -> None:
        out.fill(0)
        wanted, outgoing = self.wanted, self.current
        tail = 0
        if wanted is not outgoing:
            if outgoing is not None:
                tail = self._take_fade_out(outgoing, frames)
            if wanted is not None:
                wanted.fade_in_done = 0
                if wanted.follows is not None and wanted.follows[0] is outgoing:
                    elapsed = wanted.follows[0].ring.taken - tail - wanted.follows[1]
                    wanted.ring.skip(max(0, min(elapsed, wanted.ring.readable)))
                wanted.follows = None
            self.current = wanted
        if wanted is not None and wanted.flowing:
            self._play(wanted, out, frames)
        if tail:
            np.add(out[:tail], self._tail[:tail], out=out[:tail])
        self._apply_volume(out, frames)

    def _take_fade_out(self, segment: RenderSegment, frames: int) -> int:
        """Copy the fade-out of a segment into the tail buffer. Returns its length in frames."""
        if not segment.flowing:
            return 0
        count = min(self._fade, frames, segment.ring.readable)
        segment.ring.take(self._tail[:count])
        np.multiply(
            self._tail[:count],
            self._fall[self._fade - count :] if count < self._fade else self._fall,
            out=self._tail[:count],
        )
        return count

    def _play(self, segment: RenderSegment, out: NDArray[np.float32], frames: int) -> None:
        ring = segment.ring
        # The order matters: the renderer sets `end` before it writes the last frames.
        readable = ring.readable
        end = segment.end
        if segment.started_at is None and readable:
            segment.started_at = time.monotonic()
        count = min(readable, frames)
        left = readable if end < 0 else end - ring.taken
        ring.take(out[:count])
        if segment.fade_in_done < self._fade:
            rising = min(self._fade - segment.fade_in_done, count)
            np.multiply(
                out[:rising], self._rise[segment.fade_in_done : segment.fade_in_done + rising], out=out[:rising]
            )
            segment.fade_in_done += rising
        if left > readable or end < 0:
            if readable < frames + self._fade:
                # Underrun: fade out now, while there are frames left to fade.
                falling = min(self._fade, count)
                np.multiply(
                    out[count - falling : count], self._fall[self._fade - falling :], out=out[count - falling : count]
                )
                segment.flowing = False
                segment.fade_in_done = 0
                segment.underruns += 1
        elif left < count + self._fade:
            # Near the end: frame i has `left - i` frames to go, itself included.
            first = max(0, left - self._fade)
            done = self._fade - (left - first)
            np.multiply(out[first:count], self._fall[done : done + count - first], out=out[first:count])

    def _apply_volume(self, out: NDArray[np.float32], frames: int) -> None:
        volume = self.volume
        if volume == self._volume:
            if volume != 1.0:
                np.multiply(out, np.float32(volume), out=out)
            return
        ramp = self._ramp[:frames]
        np.multiply(self._steps[:frames], np.float32((volume - self._volume) / frames), out=ramp)
        np.add(ramp, np.float32(self._volume), out=ramp)
        np.multiply(out, ramp, out=out)
        self._volume = volume
