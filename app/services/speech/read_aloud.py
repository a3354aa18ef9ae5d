"""Reads chat answers aloud as takes that play while they are generated."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from app.core.errors import Code, InputError, WorkbenchError
from app.core.messages import new_id
from app.core.observers import Event
from app.core.tags import MAX_ADVISED_LENGTH, split_at_sentences
from app.core.takes import Take, VoiceSnapshot, message_session
from app.services.models import Models
from app.services.speech.builtin import BUILTIN
from app.services.speech.playback import Playback
from app.services.speech.ports import GrowingSource
from app.services.speech.take_service import TakeService

ORIGIN = "chat"


class ReadAloud:
    """Reads one answer at a time, a long one in parts that play one after the other.

    The next part is requested when the one before it begins to play, so that it is there when that one ends.

    Attributes:
        on_failed: emits why an answer could not be read.
        on_change: `speaking` has changed.
    """

    def __init__(self, service: TakeService, playback: Playback, models: Models) -> None:
        self._service = service
        self._playback = playback
        self._models = models
        self._voice: Callable[[], tuple[VoiceSnapshot, str]] = lambda: (BUILTIN[0].used(), "")
        self._message = ""
        self._take = ""
        self._template: Take | None = None
        self._waiting: list[str] = []  # parts that are not requested yet
        self._next: tuple[str, Take | None, GrowingSource | None] | None = None  # the take requested after `_take`
        self._has_played = False
        self.on_failed: Event[WorkbenchError] = Event()
        self.on_change: Event[()] = Event()
        self._reported = ""
        service.on_sound.subscribe(self._on_sound)
        service.on_failed.subscribe(self._on_take_failed)
        playback.on_change.subscribe(self._on_playback)
        for event in (service.on_take, service.on_sound, service.on_failed, playback.on_change):
            event.subscribe(self._report)

    def use_voice(self, voice: Callable[[], tuple[VoiceSnapshot, str]]) -> None:
        """Use the voice and the direction that a function returns; called for each answer."""
        self._voice = voice

    def toggle(self, message_id: str, markdown: str) -> None:
        """Read an answer, or stop if it is the one being read. Raises InputError (NO_TEXT, ONLY_CODE)."""
        # Imported here: the Markdown parser is not needed before an answer is read.
        from app.core.markdown.ear import is_only_code, spoken_text

        previous = self.speaking
        self.silence()
        if previous == message_id:
            return
        text = spoken_text(markdown)
        if not text and is_only_code(markdown):
            raise InputError(Code.ONLY_CODE)
        voice, direction = self._voice()
        model = self._models.chosen("speech" if voice.kind == "builtin" else "speech-clone")
        first, *self._waiting = split_at_sentences(text, MAX_ADVISED_LENGTH) or ("",)
        self._template = Take(
            new_id(), voice, first, direction, model=model, origin=ORIGIN, session=message_session(message_id)
        )
        self._take = self._service.generate(self._template).id
        self._message = message_id
        self._report()

    @property
    def speaking(self) -> str:
        """The id of the message that is being read or prepared for it; empty for none."""
        return self._message if self._is_speaking else ""

    def _report(self, *_event: object) -> None:
        if self.speaking != self._reported:
            self._reported = self.speaking
            self.on_change.emit()

    def silence(self) -> None:
        """Stop playback, an unfinished generation, and the parts that would follow."""
        is_speaking = self._is_speaking
        take, following = self._take, self._next
        # First, because stopping is reported and must not start the next part.
        self._message = self._take = ""
        self._waiting, self._next, self._template, self._has_played = [], None, None, False
        if following is not None:
            self._service.stop(following[0])
        if is_speaking:
            self._playback.silence()
            self._service.stop(take)
        self._report()

    @property
    def _is_speaking(self) -> bool:
        if not self._take:
            return False
        is_generated = self._take in self._service.running()
        is_played = self._playback.key == self._take and self._playback.playing
        return is_generated or is_played or self._next is not None

    def _on_sound(self, take: Take, source: GrowingSource) -> None:
        if take.id == self._take:
            self._play(take, source)
        elif self._next is not None and take.id == self._next[0]:
            self._next = (take.id, take, source)
            if self._has_ended():
                self._continue()

    def _play(self, take: Take, source: GrowingSource) -> None:
        self._has_played = False
        self._playback.play_stream(take, source)
        if take.id == self._take and self._waiting and self._next is None and self._template is not None:
            spec = msgspec.structs.replace(self._template, id=new_id(), text=self._waiting.pop(0))
            try:
                self._next = (self._service.generate(spec).id, None, None)
            except InputError as error:
                # Consent to the voice was withdrawn meanwhile.
                self._waiting = []
                self.on_failed.emit(error)

    def _on_playback(self) -> None:
        if not self._take:
            return
        if self._playback.key != self._take:
            if self._has_played and self._next is not None:
                self._drop_following()
            return
        self._has_played = self._has_played or self._playback.playing
        if self._has_ended():
            self._continue()

    def _drop_following(self) -> None:
        """Read no further part: another sound was started in place of this one."""
        following = self._next
        self._waiting, self._next = [], None
        if following is not None:
            self._service.stop(following[0])

    def _has_ended(self) -> bool:
        return self._has_played and self._playback.key == self._take and self._playback.ended

    def _continue(self) -> None:
        """Play the next part if its sound has begun to arrive; else it is played when it does."""
        if self._next is None or self._next[1] is None or self._next[2] is None:
            return
        take, source = self._next[1], self._next[2]
        self._next = None
        self._take = take.id
        self._play(take, source)

    def _on_take_failed(self, take: Take, error: WorkbenchError) -> None:
        is_next = self._next is not None and take.id == self._next[0]
        if take.id == self._take or is_next:
            self._drop_following()
            self.on_failed.emit(error)
