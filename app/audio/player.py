"""The player: one playhead on one device.

It only passes wishes to the audio thread (`PlaybackThread`) and hands that one's states to the asyncio loop, so nothing here
ever makes the loop wait.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Literal

from app.audio import portaudio
from app.audio.playback_thread import PlaybackThread, PlayerState, clamped_speed
from app.audio.portaudio import OpenStream
from app.audio.prebuffer import AdaptivePrebuffer
from app.audio.render_segment import PlaybackParams
from app.audio.source import Source


class Player:
    """Plays one source at a time. Make it and call it on the asyncio loop; every method returns at once.

    Nothing raises: what goes wrong with the device comes as a state, `paused` with its error, and `resume` tries
    again from the same spot.
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
        self._watchers: list[Callable[[PlayerState], None]] = []
        self._state = PlayerState()
        self._volume = 1.0

    @property
    def state(self) -> PlayerState:
        """The last state that was told."""
        return self._state

    @property
    def position(self) -> int:
        """Frame of the source that the device takes next; poll it at frame rate."""
        return self._thread.position

    @property
    def heard(self) -> int:
        """Frame of the source that is heard now: `position` less what waits in the device."""
        return self._thread.heard

    @property
    def segment_started_at(self) -> float | None:
        """`time.monotonic()` at which the device took the first frame after the last start, seek or switch."""
        return self._thread.segment_started_at

    @property
    def volume(self) -> float:
        """0 to 1 as a slider shows it; the amplitude is its cube, which is how loudness is felt."""
        return self._volume

    @volume.setter
    def volume(self, volume: float) -> None:
        self._volume = min(1.0, max(0.0, volume))
        self._thread.post(partial(self._thread.set_volume, self._volume**3))

    def watch(self, on_state: Callable[[PlayerState], None]) -> Callable[[], None]:
        """Call `told` on the running loop with every new state; call what is returned to end that."""
        self._loop = asyncio.get_running_loop()
        self._watchers.append(on_state)
        return partial(self._watchers.remove, on_state)

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
        """Play a source from a frame, instead of whatever plays now."""
        params = PlaybackParams(source, gain_db, loop, region, clamped_speed(speed))
        self._thread.post(partial(self._thread.play, params, start))

    def switch(self, source: Source, *, gain_db: float = 0.0) -> None:
        """Go on with another source at the same moment, the same way; also while paused."""
        self._thread.post(partial(self._thread.switch, source, gain_db))

    def change(
        self,
        *,
        gain_db: float | None = None,
        loop: bool | None = None,
        region: tuple[int, int] | Literal["all"] | None = None,
        speed: float | None = None,
    ) -> None:
        """Listen on differently. None leaves as it is; region `"all"` takes the region away."""
        self._thread.post(partial(self._thread.change, gain_db, loop, region, speed))

    def pause(self) -> None:
        self._thread.post(self._thread.pause)

    def resume(self) -> None:
        """Go on after a pause or an error; after the end, from the beginning."""
        self._thread.post(self._thread.resume)

    def seek(self, frame: int) -> None:
        """Go to a frame, playing or paused."""
        self._thread.post(partial(self._thread.seek, frame))

    def stop(self) -> None:
        """Fade out and forget the source; heard after the device's latency."""
        self._thread.post(self._thread.stop)

    def silence(self) -> None:
        """Stop, and drop what the device still holds: silent within 50 ms, without a fade."""
        self._thread.post(self._thread.silence)

    def set_device(self, device: str | None) -> None:
        """Play on another device, going on at the same spot; None follows the system's default."""
        self._thread.post(partial(self._thread.set_device, device))

    def devices_changed(self) -> None:
        """To be called when devices came or went: pauses when the one in use is gone."""
        self._thread.post(self._thread.check_device)

    def close(self) -> None:
        """Stop and release the device. Waits for at most 3 s: call it in a thread when a loop is running."""
        self._thread.close()

    def _on_state(self, state: PlayerState) -> None:
        loop = self._loop
        if loop is None or loop.is_closed():
            self._state = state
            return
        try:
            loop.call_soon_threadsafe(self._notify, state)
        except RuntimeError:
            # The loop closed between the question and the call: nobody is left to be told.
            self._state = state

    def _notify(self, state: PlayerState) -> None:
        self._state = state
        for on_state in tuple(self._watchers):
            on_state(state)
