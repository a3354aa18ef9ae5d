"""Talk: listens, recognises, asks, and has the answer spoken while it streams. Half duplex: it never hears itself."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from app.core.conversation import Conversation
from app.core.errors import WorkbenchError
from app.core.messages import Media, Spoken
from app.core.observers import Event
from app.core.takes import VoiceSnapshot
from app.core.talk import TalkOptions, TalkState, TroubleKind, spoken_parameters
from app.services.chat.session import ChatSession
from app.services.speech.dictation import Dictation, Speech
from app.services.talk.listening import MUTED_PEAK_DB, Listening
from app.services.talk.recordings import Recordings
from app.services.talk.speech_queue import Sentence, SpeechQueue
from app.services.talk.spoken_answer import SpokenAnswer
from app.services.talk.trouble import Trouble
from app.services.talk.unsent import Unsent
from app.services.tasks import TaskSet

ECHO_SECONDS = 0.3
"""After the answer the room may still ring."""


class Talk:
    """Talks in one conversation at a time.

    Attributes:
        state: what it is doing.
        session: the conversation; None while Talk is off.
        trouble: what went wrong last; None if nothing did.
        may_ask: whether a conversation can be asked now with this text and media; says why not.
        hears: whether the model of a conversation takes sound.
        unsent: what was said and not sent.
        microphone: returns the name of the microphone that is opened next, empty if it is not there.
        listening: the microphone and its level.
        on_change: any of these changed.
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
        self.listening, self._answer = Listening(dictation, options), SpokenAnswer(queue, voice)
        self._tasks, self._options, self._hush = tasks, options, hush
        self.state: TalkState = "silent"
        self.session: ChatSession | None = None
        self.trouble: Trouble | None = None
        self.may_ask: Callable[[ChatSession, str, tuple[Media, ...]], bool] = lambda session, text, media: True
        self.hears: Callable[[Conversation], bool] = lambda conversation: False
        self.microphone: Callable[[], Awaitable[str]] = _unknown
        self.unsent = Unsent(dictation, recordings, lambda: options().keeps_recordings)
        self.on_change: Event[()] = Event()
        self._task: asyncio.Task[None] | None = None
        self._end_following: Callable[[], None] = lambda: None
        self.listening.on_opening.subscribe(lambda: self._set("opening"))
        self.listening.on_open.subscribe(lambda: self._set("listening"))
        self._answer.on_begun.subscribe(self._on_answer)
        self._answer.on_failed.subscribe(self._on_broken_off)
        self._answer.on_deleted.subscribe(self.escape)
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
            self._end_following = session.subscribe(self._answer)
            self._set("silent")
            self._offer_unsent()

    def end(self, *, drafts: bool = False) -> None:
        """Switch Talk off. What is being said becomes a draft of its conversation.

        What was said before and not sent is offered when Talk is switched on again; with `drafts` it becomes one too.
        """
        if self.session is None:
            return
        self._end_following()
        session, trouble = self.session, self.trouble
        self.unsent.remember(session, trouble)
        self._answer.stop()
        self.session = self.trouble = None
        if drafts and self.state == "silent" and trouble is not None and trouble.speech is not None:
            self.unsent.forget()
            self._task = self._draft_unsent(session, trouble.speech)
        if self.is_listening:
            self.listening.finish()
        self.queue.silence()
        if self.state in ("asking", "speaking"):
            self._set("silent")
        else:
            self.on_change.emit()

    async def aclose(self) -> None:
        """Switch Talk off at the end of the program: what was said goes into its draft before that is saved."""
        self.end()
        await self.unsent.aclose(self._task)

    def listen(self, *, held: bool = False) -> None:
        """Open the microphone, after silencing the answer. With `held` only `finish` ends what is said."""
        if self.session is None or self.state == "recognising":
            return
        self.listening.is_held = held
        if not self.is_listening:
            self._answer.stop()
            self.queue.silence()
            self._set("silent")
            self.unsent.remember(self.session, self.trouble)
            self._start(self._listen(self.session))

    def finish(self) -> None:
        """Send what was said now."""
        self.listening.is_held = False
        if self.is_listening:
            self.listening.finish()

    def release(self) -> None:
        """The keys were pressed only for a moment: silence ends what is said, as after a press of the toggle."""
        self.listening.is_held = False

    def escape(self) -> bool:
        """Stop what goes on: listening, recognising or speaking. False if nothing of it does.

        What was said can still be recognised; an answer that is silenced goes on as text.
        """
        match self.state:
            case "opening" | "listening":
                self.listening.is_abandoned = True
                self.listening.finish()
            case "recognising":
                if self._task is not None:
                    self._task.cancel()
            case "asking" | "speaking":
                self._answer.stop()
                self.queue.silence()
                self._set("silent")
            case _:
                return False
        return True

    def recognise_again(self) -> None:
        """Recognise what was recorded, after that failed or was stopped, and send it, if it is to be sent."""
        session, trouble = self.session, self.trouble
        if session is not None and trouble is not None and trouble.speech is not None and self.state == "silent":
            self.unsent.forget()
            self._start((self._draft if trouble.is_drafted else self._ask)(session, trouble.speech))

    def draft_again(self, session: ChatSession) -> None:
        """Put what was said into the draft, after that failed while Talk was off."""
        trouble = self.unsent.of(session)
        if self.session is session and self.trouble is trouble:
            self.recognise_again()
        elif trouble is not None and trouble.speech is not None:
            self.unsent.forget()
            self._draft_unsent(session, trouble.speech)

    def speak_again(self) -> None:
        """Speak the sentence that failed, and what follows it."""
        if self.queue.failed is not None and self.state == "silent":
            self._set_trouble(None)
            self._answer.message_id = self.queue.message_id
            self.queue.retry()

    def dismiss(self) -> None:
        """Forget what went wrong, and what was said and not sent."""
        self.unsent.forget()
        self._set_trouble(None)

    # -- what was said and not sent --------------------------------------------------------------------------------

    def _offer_unsent(self) -> bool:
        """Show again that something was not sent. False if there is nothing of this conversation."""
        trouble = self.unsent.of(self.session)
        if trouble is None:
            return False
        self._set_trouble(trouble)
        return True

    def _fail_to_send(self, session: ChatSession, trouble: Trouble) -> None:
        """Show what went wrong, or remember it until Talk is on in that conversation again."""
        if self.session is session:
            self._set_trouble(trouble)
        else:
            self.unsent.report(session, trouble)

    def _draft_unsent(self, session: ChatSession, speech: Speech) -> asyncio.Task[None]:
        """Put what was said into the draft while Talk is off."""
        return self._tasks.spawn(self.unsent.draft_or_remember(session, speech), "words for a draft")

    async def _draft(self, session: ChatSession, speech: Speech, lost: WorkbenchError | None = None) -> None:
        """Put what was said into the draft while Talk is on; `lost` is what ended the recording."""
        self._set("recognising")
        trouble = await self.unsent.draft(session, speech)
        if trouble is None and lost is not None:
            trouble = Trouble("disconnected", lost, microphone=await self.microphone())
        elif trouble is None:
            trouble = Trouble("not-sent")
        self._fail_to_send(session, trouble)
        self._rest()

    # -- listening -------------------------------------------------------------------------------------------------

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        self.listening.is_abandoned = False
        self._set_trouble(None)
        self._task = self._tasks.spawn(work, "talk")

    async def _listen(self, session: ChatSession) -> None:
        self._hush()
        try:
            await self._take(session, await self.listening.record())
        except WorkbenchError as error:
            await self._lose_microphone(error)
        finally:
            self._rest()

    async def _lose_microphone(self, error: WorkbenchError) -> None:
        self._set_trouble(Trouble("microphone", error, microphone=await self.microphone()))

    def _rest(self) -> None:
        """Be silent where this work ended, unless something else has begun meanwhile."""
        if self._task is asyncio.current_task() and self.state in ("opening", "listening", "recognising"):
            self._set("silent")

    async def _take(self, session: ChatSession, speech: Speech) -> None:
        """Go on with what was recorded."""
        if self.session is not session:
            if speech.has_spoken:
                self._set("recognising")
                await self.unsent.draft_or_remember(session, speech)
        elif speech.error is not None:
            if speech.has_spoken:
                # Half a sentence is not what the user would have sent.
                self.unsent.forget()
                await self._draft(session, speech, speech.error)
            else:
                await self._lose_microphone(speech.error)
        elif self.listening.is_abandoned:
            if speech.has_spoken:
                self._set_trouble(Trouble("stopped", speech=speech))
            else:
                self._offer_unsent()
        elif speech.has_spoken:
            self.unsent.forget()
            await self._ask(session, speech)
        elif not self._offer_unsent():
            kind: TroubleKind = "muted" if speech.peak < MUTED_PEAK_DB else "unheard"
            self._set_trouble(Trouble(kind))

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
                self.unsent.add_to_draft(session, words)
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
            self.unsent.add_to_draft(session, words)
            self._set_trouble(Trouble("not-sent"))

    async def _ask_directly(self, session: ChatSession, speech: Speech) -> None:
        media = await self._recordings.media(speech.samples)
        if not await self._send_message(session, "", Spoken(speech.seconds), (media,)):
            await self._recordings.discard(media, session.id)
            await self._draft(session, speech)
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
        self._answer.expect(session)
        self._set("asking")
        if session.send(words, media, spoken, **parameters):
            return True
        self._answer.stop()
        self._set("silent")
        return False

    # -- the answer ------------------------------------------------------------------------------------------------

    def _on_answer(self) -> None:
        """What broke off is asked for again, or no longer matters."""
        if self.trouble is not None and self.trouble.kind == "answer":
            self._set_trouble(None)

    def _on_broken_off(self, error: WorkbenchError) -> None:
        self._set_trouble(Trouble("answer", error))
        if self.session is not None:
            self._answer.expect(self.session)  # Retry is below the answer.

    def _on_queue(self) -> None:
        if self._answer.message_id and self.queue.current is not None and self.state != "speaking":
            self._set("speaking")
        else:
            self.on_change.emit()

    def _on_spoken(self) -> None:
        """The answer was heard, or there was nothing to speak."""
        if not self._answer.message_id:
            return
        self._answer.message_id = ""
        self._set("silent")
        if self.session is not None and self.trouble is None and self._options().continuous:
            self._start(self._listen_again(self.session))

    async def _listen_again(self, session: ChatSession) -> None:
        await asyncio.sleep(ECHO_SECONDS)
        if self.session is session and self.state == "silent":
            await self._listen(session)

    def _on_unspoken(self, sentence: Sentence, error: WorkbenchError) -> None:
        if self._answer.message_id == self.queue.message_id:
            self._set_trouble(Trouble("speech", error, sentence=sentence))
            self._set("silent")

    # -- state -----------------------------------------------------------------------------------------------------

    def _set(self, state: TalkState) -> None:
        self.state = state
        self.on_change.emit()

    def _set_trouble(self, trouble: Trouble | None) -> None:
        self.trouble = trouble
        self.on_change.emit()


async def _unknown() -> str:
    return ""
