"""Speech recognition for audio files of any length (WIRE.md section 4).

The service accepts 10 MB of base64 and returns at most about 2,000 tokens: a long recording is cut at silences into
pieces well within both limits, which are recognised one after the other and joined.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from functools import partial
from pathlib import Path

import msgspec

from app.core.errors import RETRY_HELPS, AudioError, Code, InputError, TransportError, WorkbenchError
from app.core.events import Finished, RecognitionEvent, Sending, Started, TextDelta, UsageReported, Waiting
from app.core.messages import Usage
from app.core.observers import Event
from app.core.requests import RecognitionLanguage, RecognitionRequest
from app.core.units import frames_to_seconds
from app.services.connection import Connection
from app.services.speech.ports import Audio, Samples

RATE = 16_000
PIECE_SECONDS = 120.0
"""5 MB of base64, and even a very fast speaker fits into half of the tokens of an answer."""
MIN_PIECE_SECONDS = 15.0
"""Pieces below this length are not cut again."""
MAX_ATTEMPTS = 3
SILENT_PEAK = 0.001
"""Peak of a silent piece, which is not sent: -60 dBFS."""

_UNSPACED = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\s]")
"""Scripts and punctuation written without spaces, and whitespace."""

Ask = Callable[[RecognitionRequest], AsyncGenerator[RecognitionEvent, None]]


class Progress(msgspec.Struct, frozen=True):
    """Progress of a recognition.

    Attributes:
        done, seconds: seconds of the recording recognised so far, and in total.
        waiting: set while waiting for the request limit or a retry.
    """

    done: float
    seconds: float
    waiting: Waiting | None = None


class Recognition:
    """Recognises speech in files with the active service.

    Attributes:
        on_used: emits model, usage and call id of every call.
    """

    def __init__(self, connection: Connection, audio: Audio) -> None:
        self._connection = connection
        self._audio = audio
        self.on_used: Event[str, Usage, str] = Event()

    async def transcribe(
        self, path: Path, model: str, language: RecognitionLanguage = "auto", *,
        progress: Callable[[Progress], None] | None = None,
    ) -> AsyncGenerator[str, None]:  # fmt: skip
        """Yield recognised text: streamed for a short recording, piece by piece for a long one.

        Closing the generator stops the recognition. Raises AudioError, NO_MODEL and errors of the service; text yielded
        before remains valid.
        """
        if not model:
            raise InputError(Code.NO_MODEL)
        samples, spans = await asyncio.to_thread(self._recording, path)
        text = _TextJoiner()
        async with self._connection.client() as (profile, client):
            try:
                for start, stop in spans:
                    state = Progress(frames_to_seconds(start, RATE), frames_to_seconds(len(samples), RATE))
                    listen = partial(self._words, client.recognise, model, language, state, progress)
                    if len(spans) == 1:
                        async with aclosing(listen(samples[start:stop])) as words:
                            async for word in words:
                                yield word
                    elif more := text.add(await self._whole(listen, samples[start:stop])):
                        yield more
                if progress is not None:
                    progress(Progress(frames_to_seconds(len(samples), RATE), frames_to_seconds(len(samples), RATE)))
            except WorkbenchError as error:
                raise self._connection.explain(error, profile) from error

    async def _whole(
        self, listen: Callable[[Samples], AsyncGenerator[str, None]], piece: Samples, attempts: int = MAX_ATTEMPTS
    ) -> str:
        """Return the text of a piece, retrying it if it broke off and splitting it if the answer was too long."""
        found: list[str] = []
        try:
            async with aclosing(listen(piece)) as words:
                async for word in words:
                    found.append(word)
        except WorkbenchError as error:
            if error.params.get("reason") == "length" and len(piece) > MIN_PIECE_SECONDS * RATE:
                shorter = await asyncio.to_thread(self._cut, piece, len(piece) / RATE * 0.6)
                text = _TextJoiner()
                return "".join([text.add(await self._whole(listen, piece[first:last])) for first, last in shorter])
            # The client itself retries only while nothing was delivered.
            if found and attempts > 1 and error.code in RETRY_HELPS:
                return await self._whole(listen, piece, attempts - 1)
            raise
        return "".join(found).strip()

    async def _words(
        self, ask: Ask, model: str, language: RecognitionLanguage, state: Progress,
        progress: Callable[[Progress], None] | None, piece: Samples,
    ) -> AsyncGenerator[str, None]:  # fmt: skip
        """Yield the text of one call. Raises CUT_SHORT with reason `length` if it does not fit into an answer."""
        report = progress or _ignore
        report(state)
        wav, call_id = await asyncio.to_thread(self._wav, piece), ""
        async with aclosing(ask(RecognitionRequest(model, wav, "audio/wav", language))) as events:
            async for event in events:
                match event:
                    case Sending():
                        report(state)
                    case Started():
                        call_id = event.call_id
                        report(state)
                    case TextDelta(text):
                        yield text
                    case Waiting():
                        report(msgspec.structs.replace(state, waiting=event))
                    case UsageReported(usage):
                        self.on_used.emit(model, usage, call_id)
                    case Finished("length"):
                        raise TransportError(Code.CUT_SHORT, reason="length")
                    case Finished():
                        pass

    def _recording(self, path: Path) -> tuple[Samples, list[tuple[int, int]]]:
        """Return the recording as 16 kHz mono, and the frame ranges of its non-silent pieces."""
        samples = self._audio.read_mono(path, RATE)
        spans = [
            (start, stop)
            for start, stop in self._cut(samples, PIECE_SECONDS)
            if abs(samples[start:stop]).max() > SILENT_PEAK
        ]
        if not spans:
            raise AudioError(Code.SOUND_EMPTY)
        return samples, spans

    def _cut(self, samples: Samples, longest: float) -> list[tuple[int, int]]:
        if len(samples) <= longest * RATE:
            return [(0, len(samples))]
        return self._audio.cut_at_silences(samples, RATE, longest)

    def _wav(self, piece: Samples) -> bytes:
        return self._audio.wav_bytes(self._audio.make_sound(piece, RATE))


class _TextJoiner:
    """Joins the text of consecutive pieces, with a space if the script uses spaces."""

    def __init__(self) -> None:
        self._last = ""

    def add(self, words: str) -> str:
        """Return the text with its separator; empty text stays empty."""
        if not words:
            return ""
        unspaced = not self._last or _UNSPACED.match(self._last) or _UNSPACED.match(words)
        self._last = words[-1]
        return words if unspaced else f" {words}"


def _ignore(_: Progress) -> None:
    """Default progress callback."""
