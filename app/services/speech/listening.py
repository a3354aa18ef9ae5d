"""Plays the take the user wants to listen to when its sound begins to arrive."""

from __future__ import annotations

from collections.abc import Callable

from app.core.takes import Take
from app.services.speech.generation import Generation
from app.services.speech.generations import TakeEvents
from app.services.speech.playback import Playback

Gain = Callable[[Take], float]
"""Returns the gain in decibels a take is played with when its sound begins to arrive."""


class Listening:
    """The take to listen to: at most one, and none once it is played."""

    def __init__(self, playback: Playback, events: TakeEvents) -> None:
        self._playback = playback
        self._events = events
        self._take_id = ""
        self._gain: Gain = _no_gain

    def listen_to(self, take_id: str, gain: Gain | None = None) -> None:
        """Play a take when its sound begins to arrive; an empty id plays none. The last call counts."""
        self._take_id, self._gain = take_id, gain or _no_gain

    def silence(self, take_id: str) -> None:
        """Pause a take that is being made, or do not play it at all."""
        if self._take_id == take_id:
            self.listen_to("")
        if self._playback.key == take_id:
            self._playback.pause()

    def forget(self, take_id: str) -> None:
        """Forget the sound that was heard of a take so far: it is no longer its sound."""
        self._playback.forget(take_id)

    def announce(self, generation: Generation, start: int = 0) -> None:
        """Play the take if it is the one to listen to, from `start` in milliseconds, and notify."""
        take, source = generation.take, generation.source
        if source is None:
            return
        if take.id == self._take_id:
            gain = self._gain
            self.listen_to("")
            self._playback.play_stream(take, source, gain(take), start)
        self._events.on_sound.emit(take, source)


def _no_gain(take: Take) -> float:
    return 0.0
