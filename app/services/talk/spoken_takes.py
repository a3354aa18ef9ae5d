"""Plays what MiMo spoke of an answer, one take after the other."""

from __future__ import annotations

from app.core.takes import Take, message_session
from app.services.speech.playback import Playback
from app.services.speech.ports import TakeStore


class SpokenTakes:
    """Plays the takes of one answer at a time."""

    def __init__(self, takes: TakeStore, playback: Playback) -> None:
        self._takes, self._playback = takes, playback
        self._message_id = ""
        self._waiting: list[Take] = []
        self._playing = ""
        self._has_sounded = False

    @property
    def sounding(self) -> str:
        """The answer whose take plays now; empty if none does."""
        return self._message_id if self._is_playing else ""

    @property
    def _is_playing(self) -> bool:
        return bool(self._playing) and self._playback.key == self._playing and self._playback.playing

    async def toggle(self, message_id: str) -> None:
        """Play the takes of an answer from the first, or stop if they play. Raises StorageError and AudioError."""
        was = self._message_id
        if self.silence() and was == message_id:
            return
        takes = await self._takes.of_session(message_session(message_id))
        spoken = [take for take in takes if take.has_ended and take.audio and take.frames]
        self._message_id = message_id
        self._waiting = sorted(spoken, key=lambda take: (take.created, take.number))
        await self.play_next()

    def silence(self) -> bool:
        """Stop, and play nothing that would follow. False if nothing plays."""
        is_playing = self._is_playing or self.is_due
        self._message_id, self._playing, self._waiting = "", "", []
        if is_playing:
            self._playback.silence()
        return is_playing

    @property
    def is_due(self) -> bool:
        """Whether the take that played has ended and another one follows."""
        if not self._playing or self._playback.key != self._playing:
            return False
        self._has_sounded = self._has_sounded or self._playback.playing
        return self._has_sounded and self._playback.ended and bool(self._waiting)

    async def play_next(self) -> None:
        """Play the next take, if there is one. Raises StorageError and AudioError."""
        if self._waiting:
            take = self._waiting.pop(0)
            self._playing, self._has_sounded = take.id, False
            await self._playback.play_take(take)
