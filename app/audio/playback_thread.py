"""The playback thread: owns the output stream, renders segments ahead of it and monitors the device."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from typing import Literal

import msgspec

from app.audio import pulse
from app.audio.output import Output
from app.audio.portaudio import DeviceStream, OpenStream
from app.audio.prebuffer import AdaptivePrebuffer
from app.audio.render_segment import DEVICE_CHANNELS, PlaybackParams, RenderSegment
from app.audio.source import Source
from app.core.errors import AudioError, Code
from app.core.units import frames_to_seconds, seconds_to_frames

Status = Literal["idle", "waiting", "playing", "paused", "ended"]

DEVICE_RATE = 48_000
"""Fixed, so that sounds of any sample rate can be switched on one playhead."""
TICK_SECONDS = 0.02
PRIME_SECONDS = 0.1
"""How much of a new segment is rendered before the output switches to it: two blocks; the rest follows meanwhile."""
FADE_TIMEOUT_SECONDS = 0.12
"""Time within which a working device requests a block."""
IDLE_CLOSE_SECONDS = 10.0
MAX_LEAD_SECONDS = 0.5
"""How far beyond its latency a device may take frames before their time; a server with a huge buffer takes more."""
CALLBACK_TIMEOUT_SECONDS = 1.5
"""Time without a callback after which the device counts as lost."""


class PlayerState(msgspec.Struct, frozen=True):
    """The state of the player.

    Attributes:
        status: `waiting` means for a device or for more of the sound to arrive.
        source: what is being played; None when idle.
        position: frame of the source at which this state began.
        error: why the player paused on its own, such as NO_PORTAUDIO, NO_OUTPUT or DEVICE_LOST.
        underruns: how often playback of this source had to wait for more of it to arrive.
        started_at: `time.monotonic()` at which the device took the first frame; None before.
    """

    status: Status = "idle"
    source: Source | None = None
    position: int = 0
    error: AudioError | None = None
    underruns: int = 0
    started_at: float | None = None


class PlaybackThread:
    """The playback thread. Everything but `post`, `close` and the positions runs on it.

    The thread is started by the first command. `on_state` is called on it with every new state.
    """

    def __init__(
        self,
        device: str | None,
        open_stream: OpenStream,
        prebuffer: AdaptivePrebuffer,
        on_state: Callable[[PlayerState], None],
    ) -> None:
        self._open_stream = open_stream
        self._on_state = on_state
        self._device = device
        self._commands: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._wake_event = threading.Event()
        self._end_watching: Callable[[], None] = lambda: None
        self._closing = False
        self._thread: threading.Thread | None = None
        self._start_lock = threading.Lock()
        self._stream: DeviceStream | None = None
        self._output: Output | None = None
        self._device_in_use: str | None = None
        self._params: PlaybackParams | None = None
        self._segment: RenderSegment | None = None
        self._resume_frame = 0
        self._volume = 1.0
        self._prebuffer = prebuffer
        self._state = PlayerState()
        self._underruns = 0
        self._underruns_seen = 0
        self._is_starved = False
        self._finished_at: float | None = None
        self._started_at: float | None = None
        self._blocks_seen = 0
        self._block_time = 0.0
        self._silent_since = 0.0
        self._abort_at: float | None = None

    # -- called from any thread ------------------------------------------------------------------------------------

    def post(self, command: Callable[[], None]) -> None:
        """Run a command on the thread; ignored after `close`."""
        with self._start_lock:
            if self._closing:
                return
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="player", daemon=True)
                self._thread.start()
        self._commands.put(command)
        self._wake_event.set()

    def close(self) -> None:
        """Stop playing and end the thread. Waits at most 3 s."""
        with self._start_lock:
            self._closing = True
            thread = self._thread
        self._wake_event.set()
        if thread is not None:
            thread.join(timeout=3)

    @property
    def position(self) -> int:
        """The frame of the source that the device takes next."""
        segment = self._segment
        return self._resume_frame if segment is None else segment.position

    @property
    def heard(self) -> int:
        """The frame of the source that is audible now: `position` minus what the device has buffered."""
        segment, stream = self._segment, self._stream
        if segment is None or stream is None:
            return self.position
        return segment.position_before(seconds_to_frames(_buffered_seconds(segment, stream), segment.rate))

    @property
    def segment_started_at(self) -> float | None:
        segment = self._segment
        return None if segment is None else segment.started_at

    # -- commands, posted by the player ----------------------------------------------------------------------------

    def play(self, params: PlaybackParams, start: int) -> None:
        if self._runs_ahead():
            self._release_segment(at_once=True)
            self._abort_stream()
        self._watch_source(params.source)
        self._params = params
        self._resume_frame = max(start, params.region[0] if params.region else 0)
        self._underruns = 0
        self._started_at = None
        self._start_segment()

    def switch(self, source: Source, gain_db: float) -> None:
        current = self._params
        if current is None:
            return
        before: Source = current.source
        scale = source.rate / before.rate
        region = (
            None if current.region is None else (round(current.region[0] * scale), round(current.region[1] * scale))
        )
        params = msgspec.structs.replace(current, source=source, gain_db=gain_db, region=region)
        self._watch_source(source)
        if self._runs_ahead():
            # The switch would be heard only after everything the device has buffered.
            reached = round(self.heard * scale)
            self._release_segment(at_once=True)
            self._abort_stream()
            self._params, self._resume_frame = params, reached
            self._start_segment()
        else:
            self._continue_with(params, scale)

    def change(
        self,
        gain_db: float | None,
        loop: bool | None,
        region: tuple[int, int] | Literal["all"] | None,
        speed: float | None,
    ) -> None:
        current = self._params
        if current is None:
            return
        params = PlaybackParams(
            current.source,
            current.gain_db if gain_db is None else gain_db,
            current.loop if loop is None else loop,
            current.region if region is None else None if region == "all" else region,
            current.speed if speed is None else clamped_speed(speed),
        )
        if params != current:
            self._continue_with(params, 1.0)

    def pause(self) -> None:
        if self._state.status in ("playing", "waiting"):
            heard, runs_ahead = self.heard, self._runs_ahead()
            self._release_segment(at_once=runs_ahead)
            if runs_ahead:
                # A fade-out would be heard only after everything the device has buffered.
                self._abort_stream()
                self._resume_frame = heard
            self._set_state("paused")

    def resume(self) -> None:
        if self._params is None or self._state.status in ("playing", "waiting"):
            return
        if self._state.status == "ended":
            self._resume_frame = self._params.region[0] if self._params.region else 0
        self._start_segment()

    def seek(self, frame: int) -> None:
        if self._params is None:
            return
        is_active = self._state.status in ("playing", "waiting")
        if is_active:
            self._resume_frame = max(0, frame)
            self._start_segment()
        else:
            self._resume_frame = max(0, frame)
            self._set_state("paused", self._state.error)

    def stop(self) -> None:
        runs_ahead = self._runs_ahead()
        self._forget_source()
        if runs_ahead:
            self._abort_stream()
        elif self._stream is not None:
            # Whatever the device still has after the fade-out is discarded, so that nothing can go on sounding.
            self._abort_at = time.monotonic() + self._stream.latency + TICK_SECONDS
        self._set_state("idle")

    def silence(self) -> None:
        self._abort_stream()
        self.stop()

    def set_volume(self, amplitude: float) -> None:
        self._volume = amplitude
        if self._output is not None:
            self._output.volume = amplitude

    def set_device(self, device: str | None) -> None:
        if device == self._device:
            return
        self._device = device
        is_active = self._state.status in ("playing", "waiting")
        if self._segment is not None:
            self._release_segment(at_once=True)
        self._close_stream()
        if is_active:
            self._start_segment()

    def check_device(self) -> None:
        if self._stream is None:
            return
        rows = pulse.devices("output")
        if rows is None:
            return
        names = {row[0] for row in rows}
        if self._device_in_use is not None and self._device_in_use not in names:
            self._device_lost()
        else:
            self._device_in_use = pulse.in_use("output")

    # -- the thread itself -----------------------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._closing:
            is_ticking = self._segment is not None or self._abort_at is not None
            self._wake_event.wait(TICK_SECONDS if is_ticking else 1.0 if self._stream is not None else None)
            self._wake_event.clear()
            while not self._commands.empty():
                self._guard(self._commands.get())
            self._guard(self._tick)
        is_playing = self._segment is not None
        self._guard(self._forget_source)
        if is_playing and self._stream is not None:
            # Wait until the fade-out has been played.
            time.sleep(self._stream.latency)
        self._close_stream()

    def _guard(self, step: Callable[[], None]) -> None:
        """Run a step. An exception is reported like a lost device instead of ending the thread."""
        try:
            step()
        except AudioError as error:
            self._fail(error)
        except Exception as error:
            unexpected = AudioError(Code.UNEXPECTED, message=repr(error))
            unexpected.__cause__ = error
            self._fail(unexpected)

    def _tick(self) -> None:
        output, segment = self._output, self._segment
        if output is None:
            return
        if output.failure is not None:
            raise output.failure
        if self._is_dead(output):
            self._device_lost()
            return
        if segment is None:
            if self._abort_at is not None and time.monotonic() >= self._abort_at:
                self._abort_stream()
            elif time.monotonic() - self._silent_since > IDLE_CLOSE_SECONDS:
                self._close_stream()
            return
        segment.fill()
        if self._started_at is None and segment.started_at is not None:
            self._started_at = segment.started_at
            self._set_state("playing")
        if segment.finished:
            self._finish_when_heard()
            return
        self._update_flow(segment)

    def _finish_when_heard(self) -> None:
        """End playback once the last frame, which the device has taken, has been audible."""
        now = time.monotonic()
        if self._finished_at is None:
            self._finished_at = now
        if self._stream is not None and (now - self._finished_at < self._stream.latency or self._runs_ahead()):
            return
        if self._underruns == 0:
            self._prebuffer.played_without_underrun()
        self._release_segment()
        self._set_state("ended")

    def _update_flow(self, segment: RenderSegment) -> None:
        """Let the callback take frames once enough are buffered, and detect underruns."""
        if segment.underruns > self._underruns_seen:
            self._underruns_seen = segment.underruns
            self._is_starved = True
            self._set_state("waiting")
        if segment.flowing:
            return
        wanted = self._prebuffer.after_underrun if self._is_starved else self._prebuffer.seconds
        if not segment.is_complete and segment.lead < wanted:
            return
        if self._is_starved and segment.lead > 0:
            # Counted only now, because a late end of the sound is not an underrun.
            self._underruns += 1
            self._prebuffer.underrun()
        self._is_starved = False
        segment.flowing = True
        self._set_state("playing")

    def _is_dead(self, output: Output) -> bool:
        now = time.monotonic()
        if output.blocks != self._blocks_seen:
            self._blocks_seen, self._block_time = output.blocks, now
        return self._stream is not None and (
            not self._stream.active or now - self._block_time > CALLBACK_TIMEOUT_SECONDS
        )

    def _start_segment(self) -> None:
        """Play `_params` from `_resume_frame`."""
        assert self._params is not None
        self._install_segment(self._params, self._resume_frame, None)

    def _continue_with(self, params: PlaybackParams, scale: float) -> None:
        """Apply new parameters at the current position, scaled by `scale` for a source of another rate."""
        self._params = params
        segment = self._segment
        if segment is None:
            self._resume_frame = round(self._resume_frame * scale)
            return
        taken = segment.ring.taken
        position = round(segment.position * scale)
        aligned = params.speed == segment.params.speed
        self._install_segment(params, position, (segment, taken) if aligned else None)

    def _install_segment(self, params: PlaybackParams, start: int, follows: tuple[RenderSegment, int] | None) -> None:
        if self._output is None:
            self._set_state("waiting")
        output = self._ensure_output()
        segment = RenderSegment(params, start, output.rate)
        if follows is None:
            segment.fill(PRIME_SECONDS)
        else:
            _render_ahead_of(segment, *follows)
        segment.follows = follows
        self._abort_at = None
        self._underruns_seen = 0
        self._is_starved = False
        self._finished_at = None
        if segment.is_complete or segment.lead >= self._prebuffer.seconds:
            segment.flowing = True
        self._segment = segment
        output.wanted = segment
        segment.fill()
        self._set_state("playing" if segment.flowing else "waiting")

    def _release_segment(self, at_once: bool = False) -> None:
        """Fade out and remember the position where the fade ends."""
        segment, output = self._segment, self._output
        if segment is None:
            return
        if output is not None:
            output.wanted = None
            if not at_once:
                self._await_fade(output)
        self._resume_frame = segment.position
        self._segment = None
        self._silent_since = time.monotonic()

    def _await_fade(self, output: Output) -> None:
        """Wait until the callback has taken the fade-out, which a lost device never does."""
        deadline = time.monotonic() + FADE_TIMEOUT_SECONDS
        while output.current is not None and time.monotonic() < deadline:
            time.sleep(0.002)

    def _forget_source(self) -> None:
        self._release_segment()
        self._watch_source(None)
        self._params = None
        self._resume_frame = 0

    def _watch_source(self, source: Source | None) -> None:
        self._end_watching()
        self._end_watching = source.watch(self._wake_event.set) if source is not None else lambda: None

    def _ensure_output(self) -> Output:
        """The output of the open device; opens it if necessary. Raises as `portaudio.open_stream`."""
        if self._output is not None:
            return self._output
        output = Output(DEVICE_RATE)
        output.volume = self._volume
        self._stream = self._open_stream("output", DEVICE_RATE, DEVICE_CHANNELS, output, self._device)
        self._output = output
        self._blocks_seen, self._block_time = 0, time.monotonic()
        self._device_in_use = pulse.in_use("output")
        return output

    def _runs_ahead(self) -> bool:
        """Whether the device has taken frames long before they can be audible."""
        segment, stream = self._segment, self._stream
        return segment is not None and stream is not None and _buffered_seconds(segment, stream) > stream.latency

    def _abort_stream(self) -> None:
        """Close the stream and discard what the device has buffered."""
        if self._stream is not None:
            self._stream.abort()
        self._close_stream()

    def _close_stream(self) -> None:
        self._abort_at = None
        stream, self._stream, self._output = self._stream, None, None
        self._device_in_use = None
        if stream is not None:
            stream.close()

    def _device_lost(self) -> None:
        gone = self._device_in_use or self._device
        self._close_stream()
        if self._segment is not None:
            self._fail(AudioError(Code.DEVICE_LOST, device=pulse.name_of(gone) or ""))

    def _fail(self, error: AudioError) -> None:
        self._release_segment(at_once=True)
        self._close_stream()
        self._set_state("idle" if self._params is None else "paused", error)

    def _set_state(self, status: Status, error: AudioError | None = None) -> None:
        source = None if self._params is None else self._params.source
        state = PlayerState(status, source, self.position, error, self._underruns, self._started_at)
        if state != self._state:
            self._state = state
            self._on_state(state)


def _buffered_seconds(segment: RenderSegment, stream: DeviceStream) -> float:
    """How much of a segment the device has taken that can't be audible yet, in seconds.

    Usually the latency the device reports. A sound server may take far more than that at once: more than has been
    playable since the first frame was taken is still buffered.
    """
    if segment.started_at is None:
        return stream.latency
    lead = frames_to_seconds(segment.ring.taken, segment.rate) - (time.monotonic() - segment.started_at)
    return lead if lead > stream.latency + MAX_LEAD_SECONDS else stream.latency


def _render_ahead_of(segment: RenderSegment, before: RenderSegment, taken: int) -> None:
    """Render as far as the device advances in the previous segment meanwhile, plus two blocks."""
    rendered = -1
    while segment.ring.written > rendered:
        rendered = segment.ring.written
        segment.fill(PRIME_SECONDS + frames_to_seconds(before.ring.taken - taken, segment.rate))


def clamped_speed(speed: float) -> float:
    """`speed` limited to what the time stretch supports."""
    return min(2.0, max(0.5, speed))
