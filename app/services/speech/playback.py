"""Playback of takes and samples through the one player: source, position, gain and speed."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import NamedTuple

from app.core.errors import AudioError
from app.core.observers import Event
from app.core.takes import Take
from app.core.units import frames_to_milliseconds
from app.services.speech.ports import Audio, Blobs, GrowingSource, Player, PlayerState, Sound, Source

MAX_CACHED_SOURCES = 9
"""As many as can be compared, so that a flip need not read a file."""
MAX_CACHED_BYTES = 96 * 1024 * 1024
"""Of all cached sounds together, of which a long one holds only its beginning.

The last two stay beyond it: those are what a flip goes to and fro between.
"""


class _Loaded(NamedTuple):
    """A loaded sound with its gain in dB and where it is played from next, in milliseconds."""

    key: str
    source: Source
    gain_db: float
    start_ms: int


class Playback:
    """The player as the views see it: sounds are identified by keys (a take id or any other), positions in ms.

    Attributes:
        key: key of the loaded sound; empty for none.
        milliseconds: its length, as far as known.
        loop, speed: playback parameters.
        on_change: the state changed.
        on_controls: the volume, the loop or the speed was changed, by whichever controls.
        on_error: emits why the player paused by itself.
    """

    def __init__(self, player: Player, blobs: Blobs, audio: Audio) -> None:
        self._player = player
        self._blobs = blobs
        self._audio = audio
        self._sources: OrderedDict[str, Source] = OrderedDict()
        self._source: Source | None = None
        self._request_number = 0
        self._gain = 0.0
        self._resume_ms = 0
        self._is_starting = False
        self._parked: _Loaded | None = None
        self.key = ""
        self.loop = False
        self.speed = 1.0
        self.on_change: Event[()] = Event()
        self.on_controls: Event[()] = Event()
        self.on_error: Event[AudioError] = Event()
        self._unwatch = player.watch(self._on_player_state)

    @property
    def playing(self) -> bool:
        return self._player.state.status in ("playing", "waiting") and self._owns_source()

    @property
    def ended(self) -> bool:
        return self._player.state.status == "ended"

    @property
    def position(self) -> int:
        """The position heard now, or from which playback starts next, in milliseconds."""
        if self._source is None:
            return 0
        return round(1000 * self._player.heard / self._source.rate) if self._is_loaded else self._resume_ms

    @property
    def milliseconds(self) -> int:
        return frames_to_milliseconds(self._source.known, self._source.rate) if self._source is not None else 0

    @property
    def volume(self) -> int:
        """Volume in percent."""
        return round(100 * self._player.volume)

    def set_volume(self, per_cent: int) -> None:
        self._player.volume = per_cent / 100
        self.on_controls.emit()

    def set_loop(self, loop: bool) -> None:
        self.loop = loop
        self._player.change(loop=loop)
        self.on_controls.emit()

    def set_speed(self, speed: float) -> None:
        self.speed = speed
        self._player.change(speed=speed)
        self.on_controls.emit()

    def set_gain(self, gain_db: float) -> None:
        self._gain = gain_db
        self._player.change(gain_db=gain_db)

    def play_stream(self, take: Take, source: GrowingSource, gain_db: float = 0.0, start: int = 0) -> None:
        """Play a take while it is being generated; `start` in milliseconds."""
        self._remember(take.id, source)
        self._play(take.id, source, gain_db, start)

    async def play_take(self, take: Take, gain_db: float = 0.0, start: int = 0) -> None:
        """Play a saved take; `start` in milliseconds. Raises StorageError and AudioError for unreadable audio."""
        await self.play_blob(take.id, take.audio, gain_db, start)

    async def play_blob(self, key: str, digest: str, gain_db: float = 0.0, start: int = 0) -> None:
        """Play a stored sound under a key. A later request replaces this one while the blob is read."""
        source = await self._requested(key, digest)
        if source is not None:
            self._play(key, source, gain_db, start)

    async def switch_blob(self, key: str, digest: str, gain_db: float = 0.0, start: int | None = None) -> None:
        """Go over to a stored sound at the point in time that is reached, with a 5 ms cross-fade while one plays.

        Paused, it stays paused there. A sound that is too short for that point begins at its start. `start` is another
        point, in milliseconds. A later request replaces this one while the blob is read. Raises as `play_take`.
        """
        source = await self._requested(key, digest)
        if source is not None:
            self._switch(key, source, gain_db, start)

    def switch_sound(self, key: str, sound: Sound, gain_db: float = 0.0, start: int | None = None) -> None:
        """Go over to a sound from memory as `switch_blob` does."""
        self._switch(key, self._audio.whole(sound.samples, sound.rate), gain_db, start)

    def _switch(self, key: str, source: Source, gain_db: float, start: int | None) -> None:
        is_sounding = self.playing or self._is_starting
        reached = start if start is not None else 0 if self.ended else self.position
        has_that_point = reached < frames_to_milliseconds(source.known, source.rate)
        if not is_sounding:
            self._load(key, source, gain_db, reached if has_that_point else 0)
        elif has_that_point and start is None:
            self._request_number += 1
            self.key, self._source, self._gain = key, source, gain_db
            self._resume_ms, self._is_starting = 0, True
            self._player.switch(source, gain_db=gain_db)
            self.on_change.emit()
        else:
            self._play(key, source, gain_db, reached if has_that_point else 0)

    def _load(self, key: str, source: Source, gain_db: float, start: int) -> None:
        """Have a sound ready to be played from `start`, in milliseconds, by `toggle`."""
        self._player.stop()
        self._request_number += 1
        self.key, self._source = key, source
        self._gain, self._resume_ms, self._is_starting = gain_db, start, False
        self.on_change.emit()

    async def _requested(self, key: str, digest: str) -> Source | None:
        """Read a stored sound, or find it in the cache; None if something else was requested meanwhile."""
        self._request_number += 1
        request = self._request_number
        source = self._sources.get(key)
        if source is None:
            source = await asyncio.to_thread(self._read, digest)
            self._remember(key, source)
        return source if request == self._request_number else None

    def play_sound(self, key: str, sound: Sound, start: int = 0, gain_db: float = 0.0) -> None:
        """Play a sound from memory without caching it."""
        self._play(key, self._audio.whole(sound.samples, sound.rate), gain_db, start)

    def toggle(self) -> None:
        """Pause or resume; after the end play from the beginning."""
        if self.playing:
            self._player.pause()
        elif self._owns_source():
            self._player.resume()
        elif self._source is not None:
            self._play(self.key, self._source, self._gain, self._resume_ms)

    def pause(self) -> None:
        self._player.pause()

    def seek(self, milliseconds: int) -> None:
        """Move the playhead; for a stopped sound, set the position it is played from next."""
        if self._source is None:
            return
        if self._is_loaded:
            self._player.seek(round(max(0, milliseconds) * self._source.rate / 1000))
        else:
            self._resume_ms = max(0, milliseconds)
            self.on_change.emit()

    def stop(self) -> None:
        self._resume_ms, self._is_starting = 0, False
        self._player.stop()

    def silence(self) -> None:
        """Stop without a fade, and discard what the device has buffered: silent within 50 ms."""
        self._resume_ms, self._is_starting = 0, False
        self._player.silence()

    def park(self) -> None:
        """Fall silent and set the loaded sound aside until `unpark`. Nothing is loaded then."""
        if self._source is not None:
            start_ms = 0 if self.ended else self.position
            self._parked = _Loaded(self.key, self._source, self._gain, start_ms)
        self._unload()

    def unpark(self) -> None:
        """Fall silent, and have the sound that was set aside ready again where it was; none if it was forgotten."""
        parked, self._parked = self._parked, None
        if parked is None:
            self._unload()
        else:
            self._load(parked.key, parked.source, parked.gain_db, parked.start_ms)

    def drop_parked(self) -> None:
        """Give up the sound that was set aside."""
        self._parked = None

    def _unload(self) -> None:
        """Stop, also what is being read to be played."""
        self._request_number += 1
        self.stop()
        self.key, self._source = "", None
        self.on_change.emit()

    def forget(self, key: str) -> None:
        """Drop a cached sound, stopping it if it plays."""
        self._sources.pop(key, None)
        if self._parked is not None and self._parked.key == key:
            self._parked = None
        if key == self.key:
            self.stop()
            self.key, self._source = "", None

    def close(self) -> None:
        self._unwatch()

    @property
    def _is_loaded(self) -> bool:
        """Whether the player has the sound, including one it was just given and has not reported yet."""
        return self._is_starting or self._owns_source()

    def _owns_source(self) -> bool:
        return self._source is not None and self._player.state.source is self._source

    def _read(self, digest: str) -> Source:
        return self._audio.playable(self._blobs.read(digest))

    def _remember(self, key: str, source: Source) -> None:
        self._sources[key] = source
        self._sources.move_to_end(key)
        while len(self._sources) > MAX_CACHED_SOURCES or (
            len(self._sources) > 2 and self._cached_bytes() > MAX_CACHED_BYTES
        ):
            self._sources.popitem(last=False)

    def _cached_bytes(self) -> int:
        """Of the sounds in the cache; one under two keys counts once."""
        sources = {id(source): source for source in self._sources.values()}
        return sum(source.memory_bytes for source in sources.values())

    def _play(self, key: str, source: Source, gain_db: float, start: int = 0) -> None:
        self._request_number += 1
        self.key, self._source = key, source
        self._gain, self._resume_ms, self._is_starting = gain_db, 0, True
        frame = round(start * source.rate / 1000)
        self._player.play(source, start=frame, gain_db=gain_db, loop=self.loop, speed=self.speed)
        self.on_change.emit()

    def _on_player_state(self, state: PlayerState) -> None:
        if state.source is self._source:
            self._is_starting = False
        self.on_change.emit()
        if state.error is not None:
            self.on_error.emit(state.error)
