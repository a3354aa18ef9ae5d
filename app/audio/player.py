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
from app.audio.playback_thread import PlaybackThread, PlayerState, within_limits
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
        cushion: AdaptivePrebuffer | None = None,
    ) -> None:
        self._deck = PlaybackThread(device, open_stream, cushion or AdaptivePrebuffer(), self._from_deck)
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
        return self._deck.position

    @property
    def heard(self) -> int:
        """Frame of the source that is heard now: `position` less what waits in the device."""
        return self._deck.heard

    @property
    def lane_taken(self) -> float | None:
        """`time.monotonic()` at which the device took the first frame after the last start, seek or switch."""
        return self._deck.lane_taken

    @property
    def volume(self) -> float:
        """0 to 1 as a slider shows it; the amplitude is its cube, which is how loudness is felt."""
        return self._volume

    @volume.setter
    def volume(self, volume: float) -> None:
        self._volume = min(1.0, max(0.0, volume))
        self._deck.post(partial(self._deck.set_volume, self._volume**3))

    def watch(self, told: Callable[[PlayerState], None]) -> Callable[[], None]:
        """Call `told` on the running loop with every new state; call what is returned to end that."""
        self._loop = asyncio.get_running_loop()
        self._watchers.append(told)
        return partial(self._watchers.remove, told)

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
        listening = PlaybackParams(source, gain_db, loop, region, within_limits(speed))
        self._deck.post(partial(self._deck.play, listening, start))

    def switch(self, source: Source, *, gain_db: float = 0.0) -> None:
        """Go on with another source at the same moment, the same way; also while paused."""
        self._deck.post(partial(self._deck.switch, source, gain_db))

    def change(
        self,
        *,
        gain_db: float | None = None,
        loop: bool | None = None,
        region: tuple[int, int] | Literal["all"] | None = None,
        speed: float | None = None,
    ) -> None:
        """Listen on differently. None leaves as it is; region `"all"` takes the region away."""
        self._deck.post(partial(self._deck.change, gain_db, loop, region, speed))

    def pause(self) -> None:
        self._deck.post(self._deck.pause)

    def resume(self) -> None:
        """Go on after a pause or an error; after the end, from the beginning."""
        self._deck.post(self._deck.resume)

    def seek(self, frame: int) -> None:
        """Go to a frame, playing or paused."""
        self._deck.post(partial(self._deck.seek, frame))

    def stop(self) -> None:
        """Fade out and forget the source; heard after the device's latency."""
        self._deck.post(self._deck.stop)

    def silence(self) -> None:
        """Stop, and drop what the device still holds: silent within 50 ms, without a fade."""
        self._deck.post(self._deck.silence)

    def set_device(self, device: str | None) -> None:
        """Play on another device, going on at the same spot; None follows the system's default."""
        self._deck.post(partial(self._deck.set_device, device))

    def devices_changed(self) -> None:
        """To be called when devices came or went: pauses when the one in use is gone."""
        self._deck.post(self._deck.check_device)

    def close(self) -> None:
        """Stop and release the device. Waits for at most 3 s: call it in a thread when a loop is running."""
        self._deck.close()

    def _from_deck(self, state: PlayerState) -> None:
        loop = self._loop
        if loop is None or loop.is_closed():
            self._state = state
            return
        try:
            loop.call_soon_threadsafe(self._tell, state)
        except RuntimeError:
            # The loop closed between the question and the call: nobody is left to be told.
            self._state = state

    def _tell(self, state: PlayerState) -> None:
        self._state = state
        for told in tuple(self._watchers):
            told(state)
