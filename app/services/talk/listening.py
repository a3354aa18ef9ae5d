"""Listens through the microphone until the speaker pauses, against the noise of the room."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

from app.core.observers import Event
from app.core.speech_gate import RoomGate
from app.core.talk import TalkOptions
from app.services.speech.dictation import Dictation, Meter, Speech
from app.services.talk.trimming import trimmed

UNSPOKEN_SECONDS = 30.0
"""How long it waits for the first word; in continuous mode it then listens again."""
MUTED_PEAK_DB = -60.0
"""Even in a quiet room a microphone that works is louder."""


class Listening:
    """Records one turn at a time.

    Attributes:
        is_held: silence ends nothing, because keys are held.
        is_abandoned: what is recorded is not to be sent.
        threshold: the level in dBFS above which somebody speaks, by the noise of the room.
        on_opening, on_open: the microphone is being opened; it is open.
        on_meter: it measured its level.
    """

    def __init__(self, dictation: Dictation, options: Callable[[], TalkOptions]) -> None:
        self._dictation, self._options = dictation, options
        self.is_held = self.is_abandoned = False
        self.threshold = RoomGate().threshold
        self.on_opening: Event[()] = Event()
        self.on_open: Event[()] = Event()
        self.on_meter: Event[Meter] = Event()
        self._room: float | None = None
        self._is_open = False

    async def record(self) -> Speech:
        """Record what is said, without the silence around it. Raises as `Dictation.record`.

        In continuous mode it listens again while nothing is said and the microphone works.
        """
        try:
            while True:
                self._is_open = False
                self.on_opening.emit()
                gate = RoomGate(self._room)
                speech = await self._dictation.record(
                    partial(self.measure, gate), gate=gate, pause=self._pause, unspoken=UNSPOKEN_SECONDS
                )
                self._room = gate.room
                is_unheard = not speech.has_spoken and not self.is_abandoned and speech.error is None
                if not (is_unheard and self._options().continuous and speech.peak >= MUTED_PEAK_DB):
                    return trimmed(speech, gate)
        finally:
            self._is_open = False

    def finish(self) -> None:
        """End what is said now; before the microphone is open nothing was said."""
        if self._is_open:
            self._dictation.finish()
        else:
            self.is_abandoned = True

    def measure(self, gate: RoomGate, meter: Meter) -> None:
        """Take note of the level; the first one tells that the microphone is open."""
        if not self._is_open:
            self._is_open = True
            self.on_open.emit()
            if self.is_abandoned:
                self._dictation.finish()
        self.threshold = gate.threshold
        self.on_meter.emit(meter)

    def _pause(self) -> float:
        return math.inf if self.is_held else self._options().pause
