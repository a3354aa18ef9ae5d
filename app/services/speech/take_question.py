"""Asks a model that hears about a take, with its sound attached."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from app.core.attachments import check_size, takes
from app.core.catalogue import Model
from app.core.errors import AudioError, Code, InputError
from app.core.media import BLOB, Media
from app.core.messages import Reply, Usage, user_message
from app.core.requests import ChatRequest, Sampling
from app.core.takes import Take
from app.core.tokens import audio_tokens, text_tokens
from app.services.chat.lone_call import LoneCalls
from app.services.models import Models
from app.services.speech.ports import Blobs

EXPECTED_ANSWER_TOKENS = 300


class TakeQuestions:
    """Sends questions about takes to chat models that take audio."""

    def __init__(self, calls: LoneCalls, models: Models, blobs: Blobs, protocol: Callable[[], str]) -> None:
        """`protocol` returns that of the service in use: not every one can carry a sound."""
        self._calls = calls
        self._models = models
        self._blobs = blobs
        self._protocol = protocol

    def models(self) -> tuple[Model, ...]:
        """The chat models of the active service that hear, or may; those that certainly do come first."""
        able = [model for model in self._models.of_kind("chat") if takes(model, "audio", self._protocol())]
        return tuple(sorted(able, key=lambda model: not model.can("audio")))

    async def media(self, take: Take, name: str) -> Media:
        """The sound of a take as an attachment with this file name.

        Raises AudioError SOUND_EMPTY, InputError ATTACHMENT_TOO_LARGE and StorageError.
        """
        if not take.audio or not take.frames:
            raise AudioError(Code.SOUND_EMPTY)
        size = len(await asyncio.to_thread(self._blobs.read, take.audio))
        check_size(name, "audio", size)
        seconds = take.frames / take.rate
        return Media("audio/wav", BLOB + take.audio, name, size, seconds=seconds, format="WAV", peaks=take.peaks)

    async def ask(self, model: str, question: str, media: Media, arrived: Callable[[str], object]) -> Reply:
        """Ask about a sound and pass the answer on as it arrives. Cancelling ends the call.

        Raises InputError NO_TEXT and NO_MODEL, and the errors of the client.
        """
        if not question.strip():
            raise InputError(Code.NO_TEXT, field="question")
        if not model:
            raise InputError(Code.NO_MODEL, field="model")
        message = user_message(question.strip(), media=(media,))
        return await self._calls.send(ChatRequest(model, (message,), sampling=Sampling(thinking=False)), arrived)


def expected_usage(take: Take, question: str) -> Usage:
    """An estimate of what a question about a take will use."""
    heard = audio_tokens(take.frames / take.rate)
    return Usage(prompt=heard + text_tokens(question), completion=EXPECTED_ANSWER_TOKENS, audio=heard)
