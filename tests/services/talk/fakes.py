"""A take service, a player and a microphone that do what a test tells them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import msgspec
import numpy as np

from app.core.errors import AudioError, WorkbenchError
from app.core.observers import Event
from app.core.speech_gate import SpeechGate
from app.core.takes import Take, VoiceSnapshot
from app.services.speech.dictation import Meter, Speech

MIA = VoiceSnapshot("builtin", "Mia", "Mia")
SOUND = SimpleNamespace(known=24_000, rate=24_000, pcm=lambda start, count: np.full((count, 1), 3_000, np.int16))


class FakeSpeech:
    """Makes takes when a test lets their sound begin, end or fail."""

    def __init__(self) -> None:
        self.takes: list[Take] = []
        self.stopped: list[str] = []
        self.refusal: WorkbenchError | None = None
        self.on_sound: Event[Any, Any] = Event()
        self.on_take: Event[Any] = Event()
        self.on_failed: Event[Any, Any] = Event()

    @property
    def texts(self) -> list[str]:
        return [take.text for take in self.takes]

    def generate(self, spec: Take) -> Take:
        if self.refusal is not None:
            raise self.refusal
        self.takes.append(spec)
        return spec

    def running(self) -> tuple[str, ...]:
        return tuple(take.id for take in self.takes if take.id not in self.stopped)

    def stop(self, take_id: str) -> None:
        self.stopped.append(take_id)

    def begin(self, index: int) -> None:
        self.on_sound.emit(self.takes[index], SOUND)

    def end(self, index: int) -> None:
        take = self.takes[index] = msgspec.structs.replace(self.takes[index], state="done", frames=24_000)
        self.on_take.emit(take)

    def fail(self, index: int, error: WorkbenchError) -> None:
        take = msgspec.structs.replace(self.takes[index], state="failed")
        self.on_failed.emit(take, error)
        self.on_take.emit(take)


class FakePlayback:
    """Plays what it is given until a test ends it."""

    position, milliseconds = 500, 1_000

    def __init__(self) -> None:
        self.key = ""
        self.playing = self.ended = False
        self.played: list[str] = []
        self.silenced = 0
        self.on_change: Event[()] = Event()
        self.on_error: Event[AudioError] = Event()

    def _change(self, key: str, playing: bool, ended: bool) -> None:
        self.key, self.playing, self.ended = key, playing, ended
        self.on_change.emit()

    def play_stream(self, take: Take, source: object) -> None:
        self.played.append(take.text)
        self._change(take.id, playing=True, ended=False)

    def silence(self) -> None:
        self.silenced += 1
        self._change(self.key, playing=False, ended=False)

    def end(self) -> None:
        self._change(self.key, playing=False, ended=True)

    def start_other(self) -> None:
        self._change("another sound", playing=True, ended=False)


class FakeModels:
    def chosen(self, role: str) -> str:
        return "model"


class FakeDictation:
    """Hears what a test says, and recognises it."""

    def __init__(self) -> None:
        self.recordings = 0
        self.is_open = False
        self.error: WorkbenchError | None = None
        self.recognition_error: WorkbenchError | None = None
        self.words = "What would I hear?"
        self.pause: Callable[[], float] = float
        self._ended: asyncio.Future[Speech] | None = None
        self._meter: Callable[[Meter], object] = lambda meter: None
        self._gate = SpeechGate()

    async def record(
        self, show: Callable[[Meter], object], *, gate: SpeechGate, pause: Callable[[], float], unspoken: float
    ) -> Speech:
        if self.error is not None:
            raise self.error
        self.recordings += 1
        self.pause, self._gate, self._meter = pause, gate, show
        self._ended = asyncio.get_running_loop().create_future()
        self.is_open = True
        show(Meter(0.05, -70.0, -60.0, False))
        try:
            return await self._ended
        finally:
            self.is_open = False

    def _end(self, *, has_spoken: bool, peak: float = -20.0, error: AudioError | None = None) -> None:
        assert self._ended is not None
        if not self._ended.done():
            self._gate.has_spoken, self._gate.began, self._gate.ended = has_spoken, 0.5, 1.5
            samples = np.zeros((2 * 16_000, 1), np.float32)
            self._ended.set_result(Speech(samples, has_spoken, peak, error))

    def say(self, *, error: AudioError | None = None) -> None:
        self._end(has_spoken=True, error=error)

    def hear_nothing(self, peak: float = -40.0) -> None:
        self._end(has_spoken=False, peak=peak)

    def finish(self) -> None:
        self._end(has_spoken=self._gate.has_spoken)

    def begin_to_speak(self) -> None:
        self._gate.has_spoken = True
        self._meter(Meter(1.0, -20.0, -10.0, True))

    async def recognise(self, speech: Speech) -> str:
        await asyncio.sleep(0)
        if self.recognition_error is not None:
            raise self.recognition_error
        return self.words
