"""What was said and not sent: it is put into the draft of its conversation, or remembered until it can be."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import msgspec

from app.core.errors import WorkbenchError
from app.core.observers import Event
from app.services.chat.session import ChatSession
from app.services.speech.dictation import Dictation, Speech
from app.services.talk.recordings import Recordings
from app.services.talk.trouble import Trouble

RECORDING_NAME = "recording.wav"
CLOSING_SECONDS = 4.0
"""So long the end of the program waits for the words of what was just said."""


class Unsent:
    """Remembers the last thing that was said and not sent.

    Attributes:
        add_to_draft: puts words behind the draft of a conversation.
        on_remembered: something was not sent while nobody talks in its conversation: the conversation, and why.
    """

    def __init__(self, dictation: Dictation, recordings: Recordings, keeps_recordings: Callable[[], bool]) -> None:
        self._dictation, self._recordings, self._keeps_recordings = dictation, recordings, keeps_recordings
        self.add_to_draft: Callable[[ChatSession, str], None] = add_words
        self.on_remembered: Event[ChatSession, Trouble] = Event()
        self._remembered: tuple[ChatSession, Trouble] | None = None

    def remember(self, session: ChatSession, trouble: Trouble | None) -> None:
        """Remember what was said, if anything was, until it is sent or forgotten, or something else is said."""
        if trouble is not None and trouble.speech is not None:
            self._remembered = session, trouble

    def forget(self) -> None:
        """It was sent, or is not wanted."""
        self._remembered = None

    def of(self, session: ChatSession | None) -> Trouble | None:
        """What was said in a conversation; None if nothing was, or it was sent."""
        return self._remembered[1] if self._remembered is not None and self._remembered[0] is session else None

    async def draft(self, session: ChatSession, speech: Speech) -> Trouble | None:
        """Recognise what was said and put it into the draft. Return why it is not there; what was said is in that."""
        try:
            words = await self._dictation.recognise(speech)
        except asyncio.CancelledError:
            self.remember(session, Trouble("stopped", speech=speech, is_drafted=True))
            raise
        except WorkbenchError as error:
            return Trouble("recognition", error, speech, is_drafted=True)
        if not words:
            return Trouble("no-words", speech=speech, is_drafted=True)
        self.add_to_draft(session, words)
        return None

    async def draft_or_remember(self, session: ChatSession, speech: Speech) -> None:
        """As `draft`, where nobody talks: what is not there is remembered, and said."""
        trouble = await self.draft(session, speech)
        if trouble is not None:
            self.report(session, trouble)

    def report(self, session: ChatSession, trouble: Trouble) -> None:
        """As `remember`, and say so."""
        if trouble.speech is not None:
            self.remember(session, trouble)
            self.on_remembered.emit(session, trouble)

    async def aclose(self, task: asyncio.Task[None] | None) -> None:
        """Put what was said into the draft, once the task that still records or recognises it has ended.

        If its words are not found in time it is attached to the draft, where recordings are kept, and else lost.
        """
        try:
            async with asyncio.timeout(CLOSING_SECONDS):
                if task is not None:
                    await asyncio.wait({task})
                await self._draft_remembered()
        except TimeoutError:
            if task is not None and task.cancel():
                await asyncio.wait({task}, timeout=1.0)
        await self._keep_recording()

    async def _draft_remembered(self) -> None:
        """Put what is remembered into the draft. It is still remembered if that fails."""
        if self._remembered is not None:
            session, trouble = self._remembered
            if trouble.speech is not None and await self.draft(session, trouble.speech) is None:
                self._remembered = None

    async def _keep_recording(self) -> None:
        """Attach what is remembered to the draft, where recordings are kept."""
        if self._remembered is None or not self._keeps_recordings():
            return
        session, trouble = self._remembered
        self._remembered = None
        if trouble.speech is not None:
            media = msgspec.structs.replace(await self._recordings.media(trouble.speech.samples), name=RECORDING_NAME)
            session.configure(attachments=(*session.conversation.attachments, media))


def add_words(session: ChatSession, words: str) -> None:
    """Put words behind the draft of a conversation."""
    draft = session.conversation.draft
    session.configure(draft=f"{draft} {words}" if draft.strip() else words)
