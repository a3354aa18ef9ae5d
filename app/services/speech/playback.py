"""Hearing takes and samples: what the one player plays, where it is, how loud and how fast."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable

from app.core.errors import AudioError
from app.core.takes import Take
from app.services.speech.ports import Audio, Blobs, GrowingSource, Player, PlayerState, Sound, Source

KEPT_SOURCES = 8


class Playback:
    """The player as the views see it: sounds have keys (a take's id, or any other), places are milliseconds.

    Attributes:
        key: of the sound that is loaded; empty for none.
        milliseconds: its length, as far as it is known.
        loop, speed: how it is heard.
        on_change: called after every change of state.
        on_error: called with the error after the player paused by itself; everything but sound goes on.
    """

    def __init__(self, player: Player, blobs: Blobs, audio: Audio) -> None:
        self._player = player
        self._blobs = blobs
        self._audio = audio
        self._sources: OrderedDict[str, Source] = OrderedDict()
        self._source: Source | None = None
        self._ordered = 0
        self._gain = 0.0
        self._next = 0
        self._begun = False
        self.key = ""
        self.loop = False
        self.speed = 1.0
        self.on_change: list[Callable[[], None]] = []
        self.on_error: list[Callable[[AudioError], None]] = []
        self._unwatch = player.watch(self._player_told)

    @property
    def playing(self) -> bool:
        return self._player.state.status in ("playing", "waiting") and self._is_ours()

    @property
    def ended(self) -> bool:
        return self._player.state.status == "ended"

    @property
    def position(self) -> int:
        """Milliseconds of the sound that are heard now, or from which it is played next."""
        if self._source is None:
            return 0
        return round(1000 * self._player.heard / self._source.rate) if self._held else self._next

    @property
    def milliseconds(self) -> int:
        return round(1000 * self._source.known / self._source.rate) if self._source is not None else 0

    @property
    def volume(self) -> int:
        """Per cent."""
        return round(100 * self._player.volume)

    def set_volume(self, per_cent: int) -> None:
        self._player.volume = per_cent / 100

    def set_loop(self, loop: bool) -> None:
        self.loop = loop
        self._player.change(loop=loop)

    def set_speed(self, speed: float) -> None:
        self.speed = speed
        self._player.change(speed=speed)

    def set_gain(self, gain_db: float) -> None:
        self._gain = gain_db
        self._player.change(gain_db=gain_db)

    def play_arriving(self, take: Take, source: GrowingSource, gain_db: float = 0.0, start: int = 0) -> None:
        """Play a take while it is made."""
        self._remember(take.id, source)
        self._play(take.id, source, gain_db, start)

    async def play_take(self, take: Take, gain_db: float = 0.0, start: int = 0) -> None:
        """Play a kept take from a place. Raises StorageError and AudioError for a sound that can't be read."""
        await self.play_blob(take.id, take.audio, gain_db, start)

    async def play_blob(self, key: str, digest: str, gain_db: float = 0.0, start: int = 0) -> None:
        """Play a kept sound under a key."""
        self._ordered += 1
        mine = self._ordered
        source = self._sources.get(key)
        if source is None:
            source = await asyncio.to_thread(self._read, digest)
            self._remember(key, source)
        if mine == self._ordered:
            self._play(key, source, gain_db, start)

    def play_sound(self, key: str, sound: Sound, start: int = 0) -> None:
        """Play a sound that is in memory and not remembered."""
        self._play(key, self._audio.whole(sound.samples, sound.rate), 0.0, start)

    def toggle(self) -> None:
        """Pause, or go on; after the end from the beginning."""
        if self.playing:
            self._player.pause()
        elif self._is_ours():
            self._player.resume()
        elif self._source is not None:
            self._play(self.key, self._source, self._gain, self._next)

    def pause(self) -> None:
        self._player.pause()

    def seek(self, milliseconds: int) -> None:
        """Go to a place, playing or paused; of a sound that was stopped, the place it is played from next."""
        if self._source is None:
            return
        if self._held:
            self._player.seek(round(max(0, milliseconds) * self._source.rate / 1000))
        else:
            self._next = max(0, milliseconds)
            self._changed()

    def stop(self) -> None:
        self._next, self._begun = 0, False
        self._player.stop()

    def forget(self, key: str) -> None:
        """Drop a sound; stops it when it plays."""
        self._sources.pop(key, None)
        if key == self.key:
            self.stop()
            self.key, self._source = "", None

    def close(self) -> None:
        self._unwatch()

    @property
    def _held(self) -> bool:
        """Whether the player has the sound; what it was just given it tells of a little later."""
        return self._begun or self._is_ours()

    def _is_ours(self) -> bool:
        return self._source is not None and self._player.state.source is self._source

    def _read(self, digest: str) -> Source:
        sound = self._audio.read_sound(self._blobs.read(digest))
        return self._audio.whole(sound.samples, sound.rate)

    def _remember(self, key: str, source: Source) -> None:
        self._sources[key] = source
        self._sources.move_to_end(key)
        while len(self._sources) > KEPT_SOURCES:
            self._sources.popitem(last=False)

    def _play(self, key: str, source: Source, gain_db: float, start: int = 0) -> None:
        self._ordered += 1
        self.key, self._source = key, source
        self._gain, self._next, self._begun = gain_db, 0, True
        frame = round(start * source.rate / 1000)
        self._player.play(source, start=frame, gain_db=gain_db, loop=self.loop, speed=self.speed)
        self._changed()

    def _player_told(self, state: PlayerState) -> None:
        if state.source is self._source:
            self._begun = False
        self._changed()
        if state.error is not None:
            for told in self.on_error:
                told(state.error)

    def _changed(self) -> None:
        for told in self.on_change:
            told()
