"""The device that sounds come out of: opened when it is needed, watched while it plays, and closed."""

from __future__ import annotations

import time

from app.audio import pulse
from app.audio.output import Output
from app.audio.portaudio import DeviceStream, OpenStream
from app.audio.render_segment import DEVICE_CHANNELS, RenderSegment
from app.core.units import frames_to_seconds, seconds_to_frames

DEVICE_RATE = 48_000
"""Fixed, so that sounds of any sample rate can be switched on one playhead."""
MAX_LEAD_SECONDS = 0.5
"""How far beyond its latency a device may take frames before their time; a server with a huge buffer takes more."""
CALLBACK_TIMEOUT_SECONDS = 1.5
"""Time without a callback after which the device counts as lost."""
START_TIMEOUT_SECONDS = 5.0
"""The same after the callbacks that fill its buffer: a device that rested first plays what it had begun, which takes an
idle PulseAudio sink up to 2 s, and one over a network or Bluetooth wakes up."""
PREFILL_SECONDS = 0.25
"""So soon after opening a device all callbacks may have been for its buffer."""


class OutputDevice:
    """The chosen device and its stream. Everything runs on the playback thread, but for `heard`.

    Attributes:
        output: what the callback of the open stream plays; None while none is open.
    """

    def __init__(self, chosen: str | None, open_stream: OpenStream) -> None:
        self._chosen = chosen
        self._open_stream = open_stream
        self._stream: DeviceStream | None = None
        self._in_use: str | None = None
        self._volume = 1.0
        self._blocks_seen = 0
        self._block_time = self._opened_at = 0.0
        self.output: Output | None = None

    @property
    def is_open(self) -> bool:
        return self._stream is not None

    @property
    def latency(self) -> float:
        """Seconds from a frame being taken to its being heard, as the device reports it; 0 while none is open."""
        return self._stream.latency if self._stream is not None else 0.0

    def ensure_open(self) -> Output:
        """The output of the open device; opens it if necessary. Raises as `portaudio.open_stream`."""
        if self.output is not None:
            return self.output
        output = Output(DEVICE_RATE)
        output.volume = self._volume
        self._stream = self._open_stream("output", DEVICE_RATE, DEVICE_CHANNELS, output, self._chosen)
        self.output = output
        self._blocks_seen = 0
        self._block_time = self._opened_at = time.monotonic()
        self._in_use = pulse.in_use("output")
        return output

    def choose(self, device: str | None) -> bool:
        """Play on another device from the next opening on; False if it is the same."""
        is_other = device != self._chosen
        self._chosen = device
        return is_other

    def set_volume(self, amplitude: float) -> None:
        self._volume = amplitude
        if self.output is not None:
            self.output.volume = amplitude

    def is_gone(self) -> bool:
        """Whether the device that is played on was removed. Notes which one it is, if not."""
        rows = pulse.devices("output") if self._stream is not None else None
        if rows is None:
            return False
        if self._in_use is not None and self._in_use not in {row[0] for row in rows}:
            return True
        self._in_use = pulse.in_use("output")
        return False

    def is_dead(self) -> bool:
        """Whether the device takes no frames any more."""
        if self.output is None or self._stream is None:
            return False
        now = time.monotonic()
        if self.output.blocks != self._blocks_seen:
            self._blocks_seen, self._block_time = self.output.blocks, now
        is_running = self._block_time - self._opened_at > PREFILL_SECONDS
        timeout = CALLBACK_TIMEOUT_SECONDS if is_running else START_TIMEOUT_SECONDS
        return not self._stream.active or now - self._block_time > timeout

    def name(self) -> str:
        """The name of the device in use, or of the chosen one; empty for an unknown one."""
        return pulse.name_of(self._in_use or self._chosen) or ""

    def heard(self, segment: RenderSegment) -> int:
        """The frame of the source that is audible now: what the device has buffered is not yet."""
        stream = self._stream
        if stream is None:
            return segment.position
        return segment.position_before(seconds_to_frames(_buffered_seconds(segment, stream), segment.rate))

    def runs_ahead(self, segment: RenderSegment | None) -> bool:
        """Whether the device has taken frames long before they can be audible."""
        stream = self._stream
        return segment is not None and stream is not None and _buffered_seconds(segment, stream) > stream.latency

    def abort(self) -> None:
        """Close the stream and discard what the device has buffered."""
        if self._stream is not None:
            self._stream.abort()
        self.close()

    def close(self) -> None:
        stream, self._stream, self.output = self._stream, None, None
        self._in_use = None
        if stream is not None:
            stream.close()


def _buffered_seconds(segment: RenderSegment, stream: DeviceStream) -> float:
    """How much of a segment the device has taken that can't be audible yet, in seconds.

    Usually the latency the device reports. A sound server may take far more than that at once: more than has been
    playable since the first frame was taken is still buffered.
    """
    if segment.started_at is None:
        return stream.latency
    lead = frames_to_seconds(segment.ring.taken, segment.rate) - (time.monotonic() - segment.started_at)
    return lead if lead > stream.latency + MAX_LEAD_SECONDS else stream.latency
