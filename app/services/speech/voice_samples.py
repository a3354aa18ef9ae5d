"""Lets a voice be heard before it is used: a short line spoken once by each service and kept, or its own sample."""

from __future__ import annotations

from app.core.errors import WorkbenchError
from app.core.observers import Event
from app.core.takes import Take, VoiceSnapshot
from app.services.models import Models
from app.services.speech.playback import Playback
from app.services.speech.ports import GrowingSource
from app.services.speech.take_service import TakeService

ORIGIN = "sample"
LINES = {
    "zh": "你好，很高兴认识你。今天想听我说点什么？",
    "en": "Hello, it is nice to meet you. What would you like to hear today?",
}
"""The line a built-in voice speaks, by language."""


class VoiceSamples:
    """Plays one voice at a time.

    Attributes:
        on_change: a voice begins or ends to be heard or waited for.
        on_failed: emits why a line could not be spoken.
    """

    def __init__(self, service: TakeService, playback: Playback, models: Models) -> None:
        self._service, self._playback, self._models = service, playback, models
        self._asked = 0
        self._key = ""
        self._is_waiting = False
        self.on_change: Event[()] = Event()
        self.on_failed: Event[WorkbenchError] = Event()
        service.on_sound.subscribe(self._on_sound)
        service.on_take.subscribe(self._on_take)
        service.on_failed.subscribe(self._on_take_failed)
        playback.on_change.subscribe(self.on_change.emit)

    @property
    def active(self) -> bool:
        """Whether a voice is heard or is waited for."""
        return self._is_waiting or (bool(self._key) and self._playback.key == self._key and self._playback.playing)

    async def hear(self, voice: VoiceSnapshot, line: str) -> None:
        """Play the sample of a library voice, or a built-in voice speaking `line`, which is generated only once.

        Raises InputError NO_MODEL, StorageError and AudioError.
        """
        self.stop()
        asked = self._asked
        if voice.sample:
            self._key = f"voice {voice.id}"
            await self._playback.play_blob(self._key, voice.sample)
            return
        model, session = self._models.chosen("speech"), self._session()
        self._is_waiting = True
        self.on_change.emit()
        try:
            spoken = await self._service.of_session(session)
        except WorkbenchError:
            self._end_waiting()
            raise
        if asked != self._asked:
            return
        known = next((take for take in spoken if _is_spoken(take, voice, line, model)), None)
        if known is not None:
            self._is_waiting, self._key = False, known.id
            await self._playback.play_take(known)
            return
        try:
            self._key = self._service.generate(Take("", voice, line, model=model, origin=ORIGIN, session=session)).id
        except WorkbenchError:
            self._end_waiting()
            raise

    async def spoken(self) -> dict[str, Take]:
        """The lines that the built-in voices of the active service spoke, by the id of the voice."""
        takes = await self._service.of_session(self._session())
        return {take.asked_voice or take.voice.id: take for take in reversed(takes) if take.state == "done"}

    def stop(self) -> None:
        """Stop what is heard, and what is being generated to be heard."""
        self._asked += 1
        key, self._key = self._key, ""
        self._service.stop(key)
        if key and self._playback.key == key:
            self._playback.stop()
        self._end_waiting()

    def _session(self) -> str:
        """The session of the lines of the active service, whose voices may differ from those of another one."""
        return f"{ORIGIN} {self._service.service_name}"

    def _end_waiting(self) -> None:
        self._is_waiting = False
        self.on_change.emit()

    def _on_sound(self, take: Take, source: GrowingSource) -> None:
        if take.id == self._key:
            self._is_waiting = False
            self._playback.play_stream(take, source)

    def _on_take(self, take: Take) -> None:
        if take.id == self._key and take.has_ended and self._is_waiting:
            self._end_waiting()

    def _on_take_failed(self, take: Take, error: WorkbenchError) -> None:
        if take.id == self._key:
            self._end_waiting()
            self.on_failed.emit(error)


def _is_spoken(take: Take, voice: VoiceSnapshot, line: str, model: str) -> bool:
    is_voice = take.asked_voice == voice.id if take.asked_voice else take.voice == voice
    is_asked = is_voice and (take.text, take.model) == (line, model)
    return is_asked and take.state == "done" and bool(take.audio)
