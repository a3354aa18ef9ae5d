"""Talk: listens, recognises, asks, and has the answer spoken while it streams. Half duplex: it never hears itself."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Any

from app.core.conversation import Conversation
from app.core.errors import WorkbenchError
from app.core.events import ChatEvent, TextDelta
from app.core.messages import Media, Message, Spoken
from app.core.observers import Event
from app.core.speech_gate import RoomGate
from app.core.spoken_sentences import SpokenSentences
from app.core.takes import VoiceSnapshot
from app.core.talk import TalkOptions, TalkState, TroubleKind, spoken_parameters
from app.services.chat.session import ChatSession
from app.services.chat.session_observer import SessionObserver
from app.services.speech.dictation import Dictation, Meter, Speech
from app.services.talk.recordings import Recordings
from app.services.talk.speech_queue import Sentence, SpeechQueue
from app.services.talk.trimming import trimmed
from app.services.talk.trouble import Trouble
from app.services.tasks import TaskSet

UNSPOKEN_SECONDS = 30.0
"""How long it waits for the first word; in continuous mode it then listens again."""
MUTED_PEAK_DB = -60.0
"""Even in a quiet room a microphone that works is louder."""
ECHO_SECONDS = 0.3
"""After the answer the room may still ring."""


class Talk(SessionObserver):
    """Talks in one conversation at a time.

    Attributes:
        state: what it is doing.
        session: the conversation; None while Talk is off.
        trouble: what went wrong last; None if nothing did.
        meter: of the open microphone; None while it is closed.
        threshold: the level in dBFS above which somebody speaks, by the noise of the room.
        may_ask: whether a conversation can be asked now with this text and media; says why not.
        hears: whether the model of a conversation takes sound.
        add_to_draft: keeps words that can't be sent now with the draft of a conversation.
        on_change: any of these changed.
        on_meter: the microphone measured its level.
    """

    def __init__(
        self,
        dictation: Dictation,
        queue: SpeechQueue,
        recordings: Recordings,
        tasks: TaskSet,
        options: Callable[[], TalkOptions],
        voice: Callable[[Conversation], VoiceSnapshot],
        hush: Callable[[], None],
    ) -> None:
        """`hush` silences every other sound, before the microphone is opened."""
        self._dictation, self.queue, self._recordings = dictation, queue, recordings
        self._tasks, self._options, self._voice, self._hush = tasks, options, voice, hush
        self.state: TalkState = "silent"
        self.session: ChatSession | None = None
        self.trouble: Trouble | None = None
        self.meter: Meter | None = None
        self.threshold = RoomGate().threshold
        self.may_ask: Callable[[ChatSession, str, tuple[Media, ...]], bool] = lambda session, text, media: True
        self.hears: Callable[[Conversation], bool] = lambda conversation: False
        self.add_to_draft: Callable[[ChatSession, str], None] = add_words
        self.on_change: Event[()] = Event()
        self.on_meter: Event[Meter] = Event()
        self._unsent: tuple[ChatSession, Trouble] | None = None
        self._room: float | None = None
        self._task: asyncio.Task[None] | None = None
        self._is_held = self._is_abandoned = self._expects_answer = False
        self._answer_id = ""
        self._step = 0
        self._cutter = SpokenSentences()
        self._end_following: Callable[[], None] = lambda: None
        queue.on_change.subscribe(self._on_queue)
        queue.on_end.subscribe(self._on_spoken)
        queue.on_failed.subscribe(self._on_unspoken)

    # -- what the user does ----------------------------------------------------------------------------------------

    @property
    def is_listening(self) -> bool:
        """Whether the microphone is open, or about to be."""
        return self.state in ("opening", "listening")

    def begin(self, session: ChatSession) -> None:
        """Switch Talk on in a conversation."""
        if self.session is not session:
            self.end()
            self.session = session
            self._end_following = session.subscribe(self)
            self._set("silent")
            self._offer_unsent()

    def end(self) -> None:
        """Switch Talk off. What was said and is not sent yet becomes a draft of its conversation."""
        if self.session is None:
            return
        self._end_following()
        self._remember_unsent()
        self.session, self._answer_id, self._expects_answer = None, "", False
        self.trouble = None
        self._dictation_finish()
        self.queue.silence()
        if self.state in ("asking", "speaking"):
            self._set("silent")
        else:
            self.on_change.emit()

    def listen(self, *, held: bool = False) -> None:
        """Open the microphone, after silencing the answer. With `held` only `finish` ends what is said."""
        if self.session is None or self.state == "recognising":
            return
        self._is_held = held
        if not self.is_listening:
            self._answer_id = ""
            self.queue.silence()
            self._set("silent")
            self._remember_unsent()
            self._start(self._listen(self.session))

    def finish(self) -> None:
        """Send what was said now."""
        self._is_held = False
        if self.is_listening:
            self._dictation_finish()

    def release(self) -> None:
        """The keys were pressed only for a moment: silence ends what is said, as after a press of the toggle."""
        self._is_held = False

    def escape(self) -> bool:
        """Stop what goes on: listening, recognising or speaking. False if nothing of it does.

        What was said can still be recognised; an answer that is silenced goes on as text.
        """
        match self.state:
            case "opening" | "listening":
                self._is_abandoned = True
                self._dictation_finish()
            case "recognising":
                if self._task is not None:
                    self._task.cancel()
            case "asking" | "speaking":
                self._answer_id = ""
                self.queue.silence()
                self._set("silent")
            case _:
                return False
        return True

    def recognise_again(self) -> None:
        """Recognise and send what was recorded, after that failed or was stopped."""
        trouble = self.trouble
        if trouble is not None and trouble.speech is not None and self.session is not None and self.state == "silent":
            self._unsent = None
            self._start(self._ask(self.session, trouble.speech))

    def speak_again(self) -> None:
        """Speak the sentence that failed, and what follows it."""
        if self.queue.failed is not None and self.state == "silent":
            self._set_trouble(None)
            self._answer_id = self.queue.message_id
            self.queue.retry()

    def dismiss(self) -> None:
        """Forget what went wrong, and what was said and not sent."""
        self._unsent = None
        self._set_trouble(None)

    # -- what was said and not sent --------------------------------------------------------------------------------

    def _remember_unsent(self) -> None:
        """Remember what was said and not sent until it is sent or dismissed, or something else is said."""
        if self.trouble is not None and self.trouble.speech is not None and self.session is not None:
            self._unsent = self.session, self.trouble

    def _offer_unsent(self) -> bool:
        """Show again that something was not sent. False if there is nothing of this conversation."""
        if self._unsent is None or self._unsent[0] is not self.session:
            return False
        self._set_trouble(self._unsent[1])
        return True

    def _fail_to_send(self, session: ChatSession, trouble: Trouble) -> None:
        """Show what went wrong, or remember it until Talk is on in that conversation again."""
        if self.session is session:
            self._set_trouble(trouble)
        else:
            self._unsent = session, trouble

    # -- listening -------------------------------------------------------------------------------------------------

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        self._is_abandoned = False
        self._set_trouble(None)
        self._task = self._tasks.spawn(work, "talk")

    def _dictation_finish(self) -> None:
        if self.state == "listening":
            self._dictation.finish()
        elif self.state == "opening":
            self._is_abandoned = True

    async def _listen(self, session: ChatSession) -> None:
        self._hush()
        try:
            while True:
                self._set("opening")
                gate = RoomGate(self._room)
                speech = await self._dictation.record(
                    partial(self._measure, gate=gate),
                    gate=gate, pause=self._pause, unspoken=UNSPOKEN_SECONDS,
                )  # fmt: skip
                self._room = gate.room
                is_unheard = not speech.has_spoken and not self._is_abandoned and speech.error is None
                if not (is_unheard and self._options().continuous and speech.peak >= MUTED_PEAK_DB):
                    break
            self.meter = None
            await self._take(session, trimmed(speech, gate))
        except WorkbenchError as error:
            self._set_trouble(Trouble("microphone", error))
        finally:
            self._rest()

    def _rest(self) -> None:
        """Be silent where this work ended, unless something else has begun meanwhile."""
        if self._task is asyncio.current_task() and self.state in ("opening", "listening", "recognising"):
            self.meter = None
            self._set("silent")

    async def _take(self, session: ChatSession, speech: Speech) -> None:
        """Go on with what was recorded."""
        if speech.error is not None:
            self._set_trouble(Trouble("microphone", speech.error))
        if self.session is not session:
            if speech.has_spoken:
                await self._draft(session, speech)
        elif self._is_abandoned:
            if speech.has_spoken:
                self._set_trouble(Trouble("stopped", speech=speech))
            elif speech.error is None:
                self._offer_unsent()
        elif speech.has_spoken:
            self._unsent = None
            await self._ask(session, speech)
        elif speech.error is None and not self._offer_unsent():
            kind: TroubleKind = "muted" if speech.peak < MUTED_PEAK_DB else "unheard"
            self._set_trouble(Trouble(kind))

    def _pause(self) -> float:
        return math.inf if self._is_held else self._options().pause

    def _measure(self, meter: Meter, gate: RoomGate) -> None:
        if self.state == "opening":
            self._set("listening")
            if self._is_abandoned:
                self._dictation.finish()
        self.meter, self.threshold = meter, gate.threshold
        self.on_meter.emit(meter)

    # -- asking ----------------------------------------------------------------------------------------------------

    async def _ask(self, session: ChatSession, speech: Speech) -> None:
        """Recognise and send what was said; or send it as it is, and find out the words meanwhile."""
        self._set("recognising")
        try:
            if self._options().direct and self.hears(session.conversation):
                await self._ask_directly(session, speech)
                return
            words = await self._dictation.recognise(speech)
            if not words:
                self._fail_to_send(session, Trouble("no-words", speech=speech))
            elif self.session is not session:
                self.add_to_draft(session, words)
            else:
                await self._send(session, words, speech)
        except asyncio.CancelledError:
            self._fail_to_send(session, Trouble("stopped", speech=speech))
            raise
        except WorkbenchError as error:
            self._fail_to_send(session, Trouble("recognition", error, speech))
        finally:
            self._rest()

    async def _send(self, session: ChatSession, words: str, speech: Speech) -> None:
        keeps = self._options().keeps_recordings
        recording = await self._recordings.media(speech.samples) if keeps else None
        if not await self._send_message(session, words, Spoken(speech.seconds, recording)):
            self.add_to_draft(session, words)
            self._set_trouble(Trouble("not-sent"))

    async def _ask_directly(self, session: ChatSession, speech: Speech) -> None:
        media = await self._recordings.media(speech.samples)
        if not await self._send_message(session, "", Spoken(speech.seconds), (media,)):
            self._set_trouble(Trouble("not-sent", speech=speech))
            return
        leaf = session.conversation.leaf
        message_id = (session.tree[leaf].parent if leaf is not None else "") or ""
        self._tasks.spawn(self._find_words(session, message_id, media, speech), "words of a recording")

    async def _find_words(self, session: ChatSession, message_id: str, media: Media, speech: Speech) -> None:
        """Put the words in place of the recording once the answer to it has ended."""
        try:
            words = await self._dictation.recognise(speech)
        except WorkbenchError as error:
            self._set_trouble(Trouble("wordless", error))
            return
        await session.wait()
        if words:
            keeps = self._options().keeps_recordings
            session.set_words(message_id, words, Spoken(speech.seconds, media if keeps else None))
            if not keeps:
                await self._recordings.discard(media, session.id)

    async def _send_message(
        self, session: ChatSession, words: str, spoken: Spoken, media: tuple[Media, ...] = ()
    ) -> bool:
        """Send a message and expect its answer, which replaces one that is still running."""
        if session.running:
            session.stop()
            await session.wait()
        if self.session is not session or not self.may_ask(session, words, media):
            return False
        conversation = session.conversation
        thinks = self._options().thinks
        parameters = spoken_parameters(conversation.system, conversation.sampling, words, thinks=thinks)
        self._expects_answer = True
        self._set("asking")
        if session.send(words, media, spoken, **parameters):
            return True
        self._expects_answer = False
        self._set("silent")
        return False

    async def _draft(self, session: ChatSession, speech: Speech) -> None:
        """Keep what was said when Talk was switched off as a draft."""
        self._set("recognising")
        try:
            words = await self._dictation.recognise(speech)
        except WorkbenchError as error:
            self._fail_to_send(session, Trouble("recognition", error, speech))
            return
        if words:
            self.add_to_draft(session, words)

    # -- the answer ------------------------------------------------------------------------------------------------

    def message_added(self, message: Message) -> None:
        if message.role != "assistant" or not self._expects_answer or self.session is None:
            return
        conversation = self.session.conversation
        self._expects_answer, self._answer_id = False, message.id
        self._step, self._cutter = 0, SpokenSentences()
        self.queue.begin(message.id, self._voice(conversation), conversation.direction)

    def arrived(self, message_id: str, step: int, event: ChatEvent, at: float) -> None:
        if message_id != self._answer_id or not isinstance(event, TextDelta):
            return
        if step != self._step:
            self._say(self._cutter.finish())
            self._step, self._cutter = step, SpokenSentences()
        self._say(self._cutter.feed(event.text))

    def message_ended(self, message: Message) -> None:
        if message.id == self._answer_id:
            self._say(self._cutter.finish())
            self.queue.finish()

    def message_failed(self, message: Message, error: WorkbenchError) -> None:
        if message.id == self._answer_id:
            self._set_trouble(Trouble("answer", error))
            self.queue.finish()

    def messages_deleted(self, message_ids: Sequence[str]) -> None:
        if self.queue.message_id in message_ids:
            self.escape()

    def _say(self, sentences: Sequence[str]) -> None:
        for sentence in sentences:
            self.queue.add(sentence)

    def _on_queue(self) -> None:
        if self._answer_id and self.queue.current is not None and self.state != "speaking":
            self._set("speaking")
        else:
            self.on_change.emit()

    def _on_spoken(self) -> None:
        """The answer was heard, or there was nothing to speak."""
        if not self._answer_id:
            return
        self._answer_id = ""
        self._set("silent")
        if self.session is not None and self.trouble is None and self._options().continuous:
            self._start(self._listen_again(self.session))

    async def _listen_again(self, session: ChatSession) -> None:
        await asyncio.sleep(ECHO_SECONDS)
        if self.session is session and self.state == "silent":
            await self._listen(session)

    def _on_unspoken(self, sentence: Sentence, error: WorkbenchError) -> None:
        if self._answer_id == self.queue.message_id:
            self._set_trouble(Trouble("speech", error, sentence=sentence))
            self._set("silent")

    # -- state -----------------------------------------------------------------------------------------------------

    def _set(self, state: TalkState) -> None:
        self.state = state
        self.on_change.emit()

    def _set_trouble(self, trouble: Trouble | None) -> None:
        self.trouble = trouble
        self.on_change.emit()


def add_words(session: ChatSession, words: str) -> None:
    """Put words behind the draft of a conversation."""
    draft = session.conversation.draft
    session.configure(draft=f"{draft} {words}" if draft.strip() else words)
