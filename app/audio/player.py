"""The player: one playhead on one output device.

It posts commands to the playback thread and forwards the states of that thread to the event loop, so nothing here
blocks the loop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Literal

from app.audio import portaudio
from app.audio.playback_thread import PlaybackThread
from app.audio.player_state import PlayerState
from app.audio.portaudio import OpenStream
from app.audio.prebuffer import AdaptivePrebuffer
from app.audio.render_segment import PlaybackParams, clamped_speed
from app.audio.source import Source
from app.core.observers import Event


class Player:
    """Plays one source at a time. Create and call it on the event loop; every method but `close` returns immediately.

    No method raises. A device error is reported as the state `paused` with the error, and `resume` tries again from
    the same position.
    """

    def __init__(
        self,
        *,
        device: str | None = None,
        open_stream: OpenStream = portaudio.open_stream,
        prebuffer: AdaptivePrebuffer | None = None,
    ) -> None:
        self._thread = PlaybackThread(device, open_stream, prebuffer or AdaptivePrebuffer(), self._on_state)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._states: Event[PlayerState] = Event()
        self._state = PlayerState()
        self._volume = 1.0

    @property
    def state(self) -> PlayerState:
        """The last state that watchers were notified of."""
        return self._state

    @property
    def position(self) -> int:
        """The frame of the source that the device takes next. Poll it at the frame rate of the display."""
        return self._thread.position

    @property
    def heard(self) -> int:
        """The frame of the source that is audible now: `position` minus the latency of the device."""
        return self._thread.heard

    @property
    def segment_started_at(self) -> float | None:
        """`time.monotonic()` at which the device took the first frame after the last start, seek or switch."""
        return self._thread.segment_started_at

    @property
    def volume(self) -> float:
        """Volume from 0 to 1. The amplitude is its cube, so that the slider matches perceived loudness."""
        return self._volume

    @volume.setter
    def volume(self, volume: float) -> None:
        self._volume = min(1.0, max(0.0, volume))
        self._thread.post(partial(self._thread.set_volume, self._volume**3))

    def watch(self, on_state: Callable[[PlayerState], None]) -> Callable[[], None]:
        """Call `on_state` on the running loop with every new state. Returns a function that unsubscribes."""
        self._loop = asyncio.get_running_loop()
        return self._states.subscribe(on_state)

    def play(
        self,
        source: Source,
        *,
        start: int = 0,
        gain_db: float = 0.0,
        loop: bool = False,
        region: tuple[int, int] | None = None,
        speed: float = 1.0,
    ) -> None:
        """Play a source from a frame, replacing the current one."""
        params = PlaybackParams(source, gain_db, loop, region, clamped_speed(speed))
        self._thread.post(partial(self._thread.play, params, start))

    def switch(self, source: Source, *, gain_db: float = 0.0) -> None:
        """Switch to another source at the same point in time with the same parameters; also while paused."""
        self._thread.post(partial(self._thread.switch, source, gain_db))

    def change(
        self,
        *,
        gain_db: float | None = None,
        loop: bool | None = None,
        region: tuple[int, int] | Literal["all"] | None = None,
        speed: float | None = None,
    ) -> None:
        """Change parameters while playing. None leaves a parameter unchanged; region `"all"` removes the region."""
        self._thread.post(partial(self._thread.change, gain_db, loop, region, speed))

    def pause(self) -> None:
        """Fade out and stay at the position."""
        self._thread.post(self._thread.pause)

    def resume(self) -> None:
        """Continue after a pause or an error; after the end, start from the beginning."""
        self._thread.post(self._thread.resume)

    def seek(self, frame: int) -> None:
        """Move to a frame, playing or paused."""
        self._thread.post(partial(self._thread.seek, frame))

    def stop(self) -> None:
        """Fade out and release the source. It becomes silent after the latency of the device."""
        self._thread.post(self._thread.stop)

    def silence(self) -> None:
        """Stop and discard what the device has buffered: silent within 50 ms, without a fade."""
        self._thread.post(self._thread.silence)

    def set_device(self, device: str | None) -> None:
        """Continue at the same position on another device; None is the system's default."""
        self._thread.post(partial(self._thread.set_device, device))

    def devices_changed(self) -> None:
        """Call this after devices were added or removed. Pauses if the device in use is gone."""
        self._thread.post(self._thread.check_device)

    def close(self) -> None:
        """Stop and release the device. Waits at most 3 s, so call it in a thread while a loop is running."""
        self._thread.close()

    def _on_state(self, state: PlayerState) -> None:
        loop = self._loop
        if loop is None or loop.is_closed():
            self._state = state
            return
        try:
            loop.call_soon_threadsafe(self._notify, state)
        except RuntimeError:
            # The loop was closed after the check, so no watcher is left.
            self._state = state

    def _notify(self, state: PlayerState) -> None:
        self._state = state
        self._states.emit(state)
