"""The audio thread: it owns the device's stream, renders lanes ahead of it and watches over it."""

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

Status = Literal["idle", "waiting", "playing", "paused", "ended"]

DEVICE_RATE = 48_000
"""Always, so that sounds of any rate can be switched on one playhead."""
TICK = 0.02
PRIMED = 0.1
"""Seconds rendered before a new lane is handed over: two blocks, the rest follows while they play."""
FADE_TAKEN = 0.12
"""Seconds in which a living device surely asks for a block."""
SILENT_BEFORE_CLOSING = 10.0
NO_CALLBACK = 1.5
"""Seconds without a callback after which the device counts as lost."""


class PlayerState(msgspec.Struct, frozen=True):
    """What the player does.

    Attributes:
        status: `waiting` is for a device or for sound that still has to arrive.
        source: what is listened to; None when idle.
        position: frame of the source when this state began.
        error: why it paused by itself: NO_PORTAUDIO, NO_OUTPUT, DEVICE_LOST and so on.
        ran_dry: how often this source had to be waited for in its middle.
        first_taken: `time.monotonic()` at which the device took its first frame, None before.
    """

    status: Status = "idle"
    source: Source | None = None
    position: int = 0
    error: AudioError | None = None
    ran_dry: int = 0
    first_taken: float | None = None


class PlaybackThread:
    """The audio thread. Everything but `post`, `close` and the positions runs on it."""

    def __init__(
        self,
        device: str | None,
        open_stream: OpenStream,
        cushion: AdaptivePrebuffer,
        tell: Callable[[PlayerState], None],
    ) -> None:
        self._open_stream = open_stream
        self._tell = tell
        self._device = device
        self._wishes: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._awake = threading.Event()
        self._closing = False
        self._thread: threading.Thread | None = None
        self._start_lock = threading.Lock()
        self._stream: DeviceStream | None = None
        self._output: Output | None = None
        self._device_in_use: str | None = None
        self._listening: PlaybackParams | None = None
        self._lane: RenderSegment | None = None
        self._spot = 0
        self._volume = 1.0
        self._cushion = cushion
        self._state = PlayerState()
        self._ran_dry = 0
        self._dry_seen = 0
        self._is_dry = False
        self._finished_at: float | None = None
        self._first_taken: float | None = None
        self._blocks_seen = 0
        self._block_moment = 0.0
        self._silent_since = 0.0

    # Called from any thread.

    def post(self, wish: Callable[[], None]) -> None:
        with self._start_lock:
            if self._closing:
                return
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="player", daemon=True)
                self._thread.start()
        self._wishes.put(wish)
        self._awake.set()

    def close(self) -> None:
        with self._start_lock:
            self._closing = True
            thread = self._thread
        self._awake.set()
        if thread is not None:
            thread.join(timeout=3)

    @property
    def position(self) -> int:
        lane = self._lane
        return self._spot if lane is None else lane.position

    @property
    def heard(self) -> int:
        lane, stream = self._lane, self._stream
        if lane is None or stream is None:
            return self.position
        return lane.position_before(round(stream.latency * lane.rate))

    @property
    def lane_taken(self) -> float | None:
        lane = self._lane
        return None if lane is None else lane.first_taken

    # Wishes.

    def play(self, listening: PlaybackParams, start: int) -> None:
        self._watch_instead(listening.source)
        self._listening = listening
        self._spot = max(start, listening.region[0] if listening.region else 0)
        self._ran_dry = 0
        self._first_taken = None
        self._start_lane()

    def switch(self, source: Source, gain_db: float) -> None:
        now = self._listening
        if now is None:
            return
        before: Source = now.source
        scale = source.rate / before.rate
        region = None if now.region is None else (round(now.region[0] * scale), round(now.region[1] * scale))
        listening = msgspec.structs.replace(now, source=source, gain_db=gain_db, region=region)
        self._watch_instead(source)
        self._listen_on(listening, scale)

    def change(
        self,
        gain_db: float | None,
        loop: bool | None,
        region: tuple[int, int] | Literal["all"] | None,
        speed: float | None,
    ) -> None:
        now = self._listening
        if now is None:
            return
        listening = PlaybackParams(
            now.source,
            now.gain_db if gain_db is None else gain_db,
            now.loop if loop is None else loop,
            now.region if region is None else None if region == "all" else region,
            now.speed if speed is None else within_limits(speed),
        )
        if listening != now:
            self._listen_on(listening, 1.0)

    def pause(self) -> None:
        if self._state.status in ("playing", "waiting"):
            self._let_go_of_lane()
            self._show("paused")

    def resume(self) -> None:
        if self._listening is None or self._state.status in ("playing", "waiting"):
            return
        if self._state.status == "ended":
            self._spot = self._listening.region[0] if self._listening.region else 0
        self._start_lane()

    def seek(self, frame: int) -> None:
        if self._listening is None:
            return
        going = self._state.status in ("playing", "waiting")
        if going:
            self._spot = max(0, frame)
            self._start_lane()
        else:
            self._spot = max(0, frame)
            self._show("paused", self._state.error)

    def stop(self) -> None:
        self._forget_source()
        self._show("idle")

    def silence(self) -> None:
        if self._stream is not None:
            self._stream.abort()
        self._close_stream()
        self.stop()

    def set_volume(self, amplitude: float) -> None:
        self._volume = amplitude
        if self._output is not None:
            self._output.volume = amplitude

    def set_device(self, device: str | None) -> None:
        if device == self._device:
            return
        self._device = device
        going = self._state.status in ("playing", "waiting")
        if self._lane is not None:
            self._let_go_of_lane(at_once=True)
        self._close_stream()
        if going:
            self._start_lane()

    def check_device(self) -> None:
        if self._stream is None:
            return
        rows = pulse.devices("output")
        if rows is None:
            return
        names = {row[0] for row in rows}
        if self._device_in_use is not None and self._device_in_use not in names:
            self._lose_device()
        else:
            self._device_in_use = pulse.in_use("output")

    # The thread.

    def _run(self) -> None:
        while not self._closing:
            self._awake.wait(TICK if self._lane is not None else 1.0 if self._stream is not None else None)
            self._awake.clear()
            while not self._wishes.empty():
                self._guard(self._wishes.get())
            self._guard(self._keep_going)
        sounding = self._lane is not None
        self._guard(self._forget_source)
        if sounding and self._stream is not None:
            # The fade is still on its way to the ear.
            time.sleep(self._stream.latency)
        self._close_stream()

    def _guard(self, step: Callable[[], None]) -> None:
        """A defect must not end the thread: it is reported like a lost device, and the next wish is heard."""
        try:
            step()
        except AudioError as error:
            self._fail(error)
        except Exception as error:
            unexpected = AudioError(Code.UNEXPECTED, message=repr(error))
            unexpected.__cause__ = error
            self._fail(unexpected)

    def _keep_going(self) -> None:
        output, lane = self._output, self._lane
        if output is None:
            return
        if output.failure is not None:
            raise output.failure
        if self._is_dead(output):
            self._lose_device()
            return
        if lane is None:
            if time.monotonic() - self._silent_since > SILENT_BEFORE_CLOSING:
                self._close_stream()
            return
        lane.fill()
        if self._first_taken is None and lane.first_taken is not None:
            self._first_taken = lane.first_taken
            self._show("playing")
        if lane.finished:
            self._end_when_heard()
            return
        self._open_or_shut(lane)

    def _end_when_heard(self) -> None:
        """The device took the last frame; it is heard a latency later."""
        now = time.monotonic()
        if self._finished_at is None:
            self._finished_at = now
        if self._stream is not None and now - self._finished_at < self._stream.latency:
            return
        if self._ran_dry == 0:
            self._cushion.played_through()
        self._let_go_of_lane()
        self._show("ended")

    def _open_or_shut(self, lane: RenderSegment) -> None:
        """Let the callback take frames when enough is there; notice when it ran dry."""
        if lane.dry > self._dry_seen:
            self._dry_seen = lane.dry
            self._is_dry = True
            self._show("waiting")
        if lane.flowing:
            return
        wanted = self._cushion.after_running_dry if self._is_dry else self._cushion.seconds
        if not lane.all_here and lane.lead < wanted:
            return
        if self._is_dry and lane.lead > 0:
            # Only now: the end of a sound that came late is no stall.
            self._ran_dry += 1
            self._cushion.ran_dry()
        self._is_dry = False
        lane.flowing = True
        self._show("playing")

    def _is_dead(self, output: Output) -> bool:
        now = time.monotonic()
        if output.blocks != self._blocks_seen:
            self._blocks_seen, self._block_moment = output.blocks, now
        return self._stream is not None and (not self._stream.active or now - self._block_moment > NO_CALLBACK)

    def _start_lane(self) -> None:
        """Play `_listening` from `_spot`."""
        assert self._listening is not None
        self._hand_over(self._listening, self._spot, None)

    def _listen_on(self, listening: PlaybackParams, scale: float) -> None:
        """The same playhead, heard differently."""
        self._listening = listening
        lane = self._lane
        if lane is None:
            self._spot = round(self._spot * scale)
            return
        taken = lane.ring.taken
        position = round(lane.position * scale)
        aligned = listening.speed == lane.listening.speed
        self._hand_over(listening, position, (lane, taken) if aligned else None)

    def _hand_over(self, listening: PlaybackParams, start: int, follows: tuple[RenderSegment, int] | None) -> None:
        if self._output is None:
            self._show("waiting")
        output = self._ready_output()
        lane = RenderSegment(listening, start, output.rate)
        if follows is None:
            lane.fill(PRIMED)
        else:
            _render_past(lane, *follows)
        lane.follows = follows
        self._dry_seen = 0
        self._is_dry = False
        self._finished_at = None
        if lane.all_here or lane.lead >= self._cushion.seconds:
            lane.flowing = True
        self._lane = lane
        output.wanted = lane
        lane.fill()
        self._show("playing" if lane.flowing else "waiting")

    def _let_go_of_lane(self, at_once: bool = False) -> None:
        """Fade out; the playhead stays where the fade ends."""
        lane, output = self._lane, self._output
        if lane is None:
            return
        if output is not None:
            output.wanted = None
            if not at_once:
                self._await_fade(output)
        self._spot = lane.position
        self._lane = None
        self._silent_since = time.monotonic()

    def _await_fade(self, output: Output) -> None:
        """The callback takes the fade-out within a block; a device that is gone does not."""
        deadline = time.monotonic() + FADE_TAKEN
        while output.current is not None and time.monotonic() < deadline:
            time.sleep(0.002)

    def _forget_source(self) -> None:
        self._let_go_of_lane()
        self._watch_instead(None)
        self._listening = None
        self._spot = 0

    def _watch_instead(self, source: Source | None) -> None:
        if self._listening is not None:
            self._listening.source.unwatch(self._awake.set)
        if source is not None:
            source.watch(self._awake.set)

    def _ready_output(self) -> Output:
        """An open device."""
        if self._output is not None:
            return self._output
        output = Output(DEVICE_RATE)
        output.volume = self._volume
        self._stream = self._open_stream("output", DEVICE_RATE, DEVICE_CHANNELS, output, self._device)
        self._output = output
        self._blocks_seen, self._block_moment = 0, time.monotonic()
        self._device_in_use = pulse.in_use("output")
        return output

    def _close_stream(self) -> None:
        stream, self._stream, self._output = self._stream, None, None
        self._device_in_use = None
        if stream is not None:
            stream.close()

    def _lose_device(self) -> None:
        gone = self._device_in_use or self._device
        self._close_stream()
        if self._lane is not None:
            self._fail(AudioError(Code.DEVICE_LOST, device=pulse.name_of(gone) or ""))

    def _fail(self, error: AudioError) -> None:
        self._let_go_of_lane(at_once=True)
        self._close_stream()
        self._show("idle" if self._listening is None else "paused", error)

    def _show(self, status: Status, error: AudioError | None = None) -> None:
        source = None if self._listening is None else self._listening.source
        state = PlayerState(status, source, self.position, error, self._ran_dry, self._first_taken)
        if state != self._state:
            self._state = state
            self._tell(state)


def _render_past(lane: RenderSegment, before: RenderSegment, taken: int) -> None:
    """Render as far as the device gets with the lane before in the meantime, and two blocks more."""
    rendered = -1
    while lane.ring.written > rendered:
        rendered = lane.ring.written
        lane.fill(PRIMED + (before.ring.taken - taken) / lane.rate)


def within_limits(speed: float) -> float:
    """A speed the stretch can do."""
    return min(2.0, max(0.5, speed))
