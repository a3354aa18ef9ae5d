"""Words from a sound file (mimo-api section 4)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path

import numpy as np

from app.core.errors import Code, InputError, WorkbenchError
from app.core.events import TextDelta
from app.core.requests import RecognitionLanguage, RecognitionRequest
from app.services.connection import Connection
from app.services.speech.ports import Audio

RATE = 16_000
LARGEST = 7_500_000
"""Bytes whose base64 still is within 10 MB."""


class Recognition:
    """Reads files with the service in use."""

    def __init__(self, connection: Connection, audio: Audio) -> None:
        self._connection = connection
        self._audio = audio

    async def transcribe(
        self, path: Path, model: str, language: RecognitionLanguage = "auto"
    ) -> AsyncGenerator[str, None]:
        """Pieces of the transcript as they come. Raises AudioError, SAMPLE_TOO_LARGE and what the service raises."""
        if not model:
            raise InputError(Code.NO_MODEL)
        wav = await asyncio.to_thread(self._prepared, path)
        async with self._connection.client() as (profile, client):
            try:
                request = RecognitionRequest(model, wav, "audio/wav", language)
                async with aclosing(client.recognise(request)) as events:
                    async for event in events:
                        if isinstance(event, TextDelta):
                            yield event.text
            except WorkbenchError as error:
                raise self._connection.explain(error, profile) from error

    def _prepared(self, path: Path) -> bytes:
        """16 kHz mono WAV of any sound file."""
        sound = self._audio.read_sound(path)
        mono = sound.samples.mean(axis=1, keepdims=True, dtype=np.float32)
        wav = self._audio.wav_bytes(self._audio.make_sound(self._audio.resample(mono, sound.rate, RATE), RATE))
        if len(wav) > LARGEST:
            raise InputError(Code.SAMPLE_TOO_LARGE, limit="10 MB")
        return wav
