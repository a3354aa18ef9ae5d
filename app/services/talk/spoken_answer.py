"""The answer that is spoken: cuts its text into sentences as it arrives, and queues them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.core.conversation import Conversation
from app.core.errors import WorkbenchError
from app.core.events import ChatEvent, TextDelta
from app.core.messages import Message
from app.core.observers import Event
from app.core.spoken_sentences import SpokenSentences
from app.core.takes import VoiceSnapshot
from app.services.chat.session import ChatSession
from app.services.chat.session_observer import SessionObserver
from app.services.talk.speech_queue import SpeechQueue


class SpokenAnswer(SessionObserver):
    """Follows one answer at a time, of the session that it is subscribed to.

    Attributes:
        message_id: of the answer; empty when none is spoken.
        on_begun: an answer begins, spoken or not.
        on_failed: the answer broke off, and why; the one that is asked for in its place is spoken.
        on_deleted: the answer was deleted.
    """

    def __init__(self, queue: SpeechQueue, voice: Callable[[Conversation], VoiceSnapshot]) -> None:
        self._queue, self._voice = queue, voice
        self.message_id = ""
        self.on_begun: Event[()] = Event()
        self.on_failed: Event[WorkbenchError] = Event()
        self.on_deleted: Event[()] = Event()
        self._session: ChatSession | None = None
        self._step = 0
        self._cutter = SpokenSentences()

    def expect(self, session: ChatSession) -> None:
        """The next answer of a conversation is spoken."""
        self._session = session

    def stop(self) -> None:
        """Speak no answer."""
        self._session, self.message_id = None, ""

    def message_added(self, message: Message) -> None:
        if message.role != "assistant":
            return
        self.on_begun.emit()
        if self._session is not None:
            conversation, self._session = self._session.conversation, None
            self.message_id = message.id
            self._step, self._cutter = 0, SpokenSentences()
            self._queue.begin(message.id, self._voice(conversation), conversation.direction)

    def arrived(self, message_id: str, step: int, event: ChatEvent, at: float) -> None:
        if message_id != self.message_id or not isinstance(event, TextDelta):
            return
        if step != self._step:
            self._say(self._cutter.finish())
            self._step, self._cutter = step, SpokenSentences()
        self._say(self._cutter.feed(event.text))

    def message_ended(self, message: Message) -> None:
        if message.id == self.message_id:
            self._say(self._cutter.finish())
            self._queue.finish()

    def message_failed(self, message: Message, error: WorkbenchError) -> None:
        if message.id == self.message_id:
            self.on_failed.emit(error)
            self._queue.finish()

    def messages_deleted(self, message_ids: Sequence[str]) -> None:
        if self._queue.message_id in message_ids:
            self.on_deleted.emit()

    def _say(self, sentences: Sequence[str]) -> None:
        for sentence in sentences:
            self._queue.add(sentence)
