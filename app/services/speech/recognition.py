"""Words from a sound file of any length (WIRE.md section 4).

The service takes 10 MB of base64 and answers with some 2,000 tokens at most: a long recording is cut at silences into
pieces that stay well within both, recognised one after the other, and their words are joined.
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
from app.core.events import Finished, Started, TextDelta, UsageReported, Waiting
from app.core.messages import Usage
from app.core.requests import RecognitionLanguage, RecognitionRequest
from app.services.connection import Connection
from app.services.ports import RecognitionEvent
from app.services.speech.ports import Audio, Samples

RATE = 16_000
PIECE = 120.0
"""Seconds: 5 MB of base64, and the words of the fastest speaker in half of the tokens an answer may have."""
SHORTEST = 15.0
"""Seconds below which a piece is not cut again."""
TRIES = 3
SILENT = 0.001
"""Peak of a piece in which nobody speaks, -60 dBFS: it is not sent."""

_UNSPACED = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\s]")
"""Scripts and punctuation that stand without spaces; and what is a space already."""

Ask = Callable[[RecognitionRequest], AsyncGenerator[RecognitionEvent, None]]


class Progress(msgspec.Struct, frozen=True):
    """How far a recognition has come.

    Attributes:
        done, seconds: of the recording, recognised so far and in all.
        waiting: for the request limit or a retry; None while the service works.
    """

    done: float
    seconds: float
    waiting: Waiting | None = None


class Recognition:
    """Reads files with the service in use.

    Attributes:
        on_used: told of the model, the usage and the recorded exchange of every call.
    """

    def __init__(self, connection: Connection, audio: Audio) -> None:
        self._connection = connection
        self._audio = audio
        self.on_used: list[Callable[[str, Usage, str], None]] = []

    async def transcribe(
        self, path: Path, model: str, language: RecognitionLanguage = "auto", *,
        progress: Callable[[Progress], None] | None = None,
    ) -> AsyncGenerator[str, None]:  # fmt: skip
        """The words as they come: of a short recording while they stream, of a long one piece by piece.

        Closing it stops the recognition at once. Raises AudioError, NO_MODEL and what the service raises; what was
        yielded before stays true.
        """
        if not model:
            raise InputError(Code.NO_MODEL)
        samples, spans = await asyncio.to_thread(self._recording, path)
        text = _Joined()
        async with self._connection.client() as (profile, client):
            try:
                for start, stop in spans:
                    state = Progress(start / RATE, len(samples) / RATE)
                    listen = partial(self._words, client.recognise, model, language, state, progress)
                    if len(spans) == 1:
                        async with aclosing(listen(samples[start:stop])) as words:
                            async for word in words:
                                yield word
                    elif more := text.joined(await self._whole(listen, samples[start:stop])):
                        yield more
                if progress is not None:
                    progress(Progress(len(samples) / RATE, len(samples) / RATE))
            except WorkbenchError as error:
                raise self._connection.explain(error, profile) from error

    async def _whole(
        self, listen: Callable[[Samples], AsyncGenerator[str, None]], piece: Samples, tries: int = TRIES
    ) -> str:
        """All words of a piece. One that broke off is asked for again, one with too many words in shorter ones."""
        found: list[str] = []
        try:
            async with aclosing(listen(piece)) as words:
                async for word in words:
                    found.append(word)
        except WorkbenchError as error:
            if error.params.get("reason") == "length" and len(piece) > SHORTEST * RATE:
                shorter = await asyncio.to_thread(self._cut, piece, len(piece) / RATE * 0.6)
                text = _Joined()
                return "".join([text.joined(await self._whole(listen, piece[first:last])) for first, last in shorter])
            # The client itself tries again only as long as nothing was delivered.
            if found and tries > 1 and error.code in RETRY_HELPS:
                return await self._whole(listen, piece, tries - 1)
            raise
        return "".join(found).strip()

    async def _words(
        self, ask: Ask, model: str, language: RecognitionLanguage, state: Progress,
        progress: Callable[[Progress], None] | None, piece: Samples,
    ) -> AsyncGenerator[str, None]:  # fmt: skip
        """The words of one call. Raises CUT_SHORT with the reason `length` when there were more than fit an answer."""
        tell = progress or _nobody
        tell(state)
        wav, call_id = await asyncio.to_thread(self._wav, piece), ""
        async with aclosing(ask(RecognitionRequest(model, wav, "audio/wav", language))) as events:
            async for event in events:
                match event:
                    case Started():
                        call_id = event.call_id
                        tell(state)
                    case TextDelta(text):
                        yield text
                    case Waiting():
                        tell(msgspec.structs.replace(state, waiting=event))
                    case UsageReported(usage):
                        for told in self.on_used:
                            told(model, usage, call_id)
                    case Finished("length"):
                        raise TransportError(Code.CUT_SHORT, reason="length")
                    case Finished():
                        pass

    def _recording(self, path: Path) -> tuple[Samples, list[tuple[int, int]]]:
        """The sound as 16 kHz mono, and the frames of its pieces in which there is something to hear."""
        samples = self._audio.read_mono(path, RATE)
        spans = [(start, stop) for start, stop in self._cut(samples, PIECE) if abs(samples[start:stop]).max() > SILENT]
        if not spans:
            raise AudioError(Code.SOUND_EMPTY)
        return samples, spans

    def _cut(self, samples: Samples, longest: float) -> list[tuple[int, int]]:
        if len(samples) <= longest * RATE:
            return [(0, len(samples))]
        return self._audio.cut_at_silences(samples, RATE, longest)

    def _wav(self, piece: Samples) -> bytes:
        return self._audio.wav_bytes(self._audio.make_sound(piece, RATE))


class _Joined:
    """Joins the words of one piece to those before it: with a space where the script has spaces."""

    def __init__(self) -> None:
        self._last = ""

    def joined(self, words: str) -> str:
        """The words with what must stand before them; nothing for no words."""
        if not words:
            return ""
        unspaced = not self._last or _UNSPACED.match(self._last) or _UNSPACED.match(words)
        self._last = words[-1]
        return words if unspaced else f" {words}"


def _nobody(_: Progress) -> None:
    """Nobody watches."""
