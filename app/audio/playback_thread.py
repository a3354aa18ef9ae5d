"""The playback thread: renders segments ahead of the output device and watches over it."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from typing import Literal

import msgspec

from app.audio.output import Output
from app.audio.output_device import OutputDevice
from app.audio.player_state import PlayerState, Status
from app.audio.portaudio import OpenStream
from app.audio.prebuffer import AdaptivePrebuffer
from app.audio.render_segment import PRIME_SECONDS, PlaybackParams, RenderSegment, clamped_speed
from app.audio.source import Source
from app.core.errors import AudioError, Code

TICK_SECONDS = 0.02
FADE_TIMEOUT_SECONDS = 0.12
"""Time within which a working device requests a block."""
IDLE_CLOSE_SECONDS = 10.0


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
        self._on_state = on_state
        self._device = OutputDevice(device, open_stream)
        self._commands: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._wake_event = threading.Event()
        self._end_watching: Callable[[], None] = lambda: None
        self._closing = False
        self._thread: threading.Thread | None = None
        self._start_lock = threading.Lock()
        self._params: PlaybackParams | None = None
        self._segment: RenderSegment | None = None
        self._resume_frame = 0
        self._prebuffer = prebuffer
        self._state = PlayerState()
        self._underruns = 0
        self._underruns_seen = 0
        self._is_starved = False
        self._finished_at: float | None = None
        self._started_at: float | None = None
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
        segment = self._segment
        return self._resume_frame if segment is None else self._device.heard(segment)

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
        elif self._device.is_open:
            # Whatever the device still has after the fade-out is discarded, so that nothing can go on sounding.
            self._abort_at = time.monotonic() + self._device.latency + TICK_SECONDS
        self._set_state("idle")

    def silence(self) -> None:
        self._abort_stream()
        self.stop()

    def set_volume(self, amplitude: float) -> None:
        self._device.set_volume(amplitude)

    def set_device(self, device: str | None) -> None:
        if not self._device.choose(device):
            return
        is_active = self._state.status in ("playing", "waiting")
        if self._segment is not None:
            self._release_segment(at_once=True)
        self._close_stream()
        if is_active:
            self._start_segment()

    def check_device(self) -> None:
        if self._device.is_gone():
            self._device_lost()

    # -- the thread itself -----------------------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._closing:
            is_ticking = self._segment is not None or self._abort_at is not None
            self._wake_event.wait(TICK_SECONDS if is_ticking else 1.0 if self._device.is_open else None)
            self._wake_event.clear()
            while not self._commands.empty():
                self._guard(self._commands.get())
            self._guard(self._tick)
        is_playing = self._segment is not None
        self._guard(self._forget_source)
        if is_playing:
            # Wait until the fade-out has been played.
            time.sleep(self._device.latency)
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
        output, segment = self._device.output, self._segment
        if output is None:
            return
        if output.failure is not None:
            raise output.failure
        if self._device.is_dead():
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
        if now - self._finished_at < self._device.latency or self._runs_ahead():
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
        if not self._device.is_open:
            self._set_state("waiting")
        output = self._device.ensure_open()
        segment = RenderSegment(params, start, output.rate)
        if follows is None:
            segment.fill(PRIME_SECONDS)
        else:
            segment.fill_ahead_of(*follows)
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
        segment, output = self._segment, self._device.output
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

    def _runs_ahead(self) -> bool:
        """Whether the device has taken frames long before they can be audible."""
        return self._device.runs_ahead(self._segment)

    def _abort_stream(self) -> None:
        """Close the stream and discard what the device has buffered."""
        self._abort_at = None
        self._device.abort()

    def _close_stream(self) -> None:
        self._abort_at = None
        self._device.close()

    def _device_lost(self) -> None:
        gone = self._device.name()
        self._close_stream()
        if self._segment is not None:
            self._fail(AudioError(Code.DEVICE_LOST, device=gone))

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
