"""Writes speech and recognition responses in the platform's format (WIRE.md sections 3.6 and 4)."""

from __future__ import annotations

import asyncio
import itertools
import random
import secrets
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from app.demo import tokens
from app.demo.chat.openai_response_writer import DONE, Envelope, usage_row
from app.demo.chat.question import Finish, Usage
from app.demo.chat.script import load_script
from app.demo.errors import REJECTED
from app.demo.faults import Faults
from app.demo.models import ModelKind
from app.demo.pacing import Pacing, Ticker
from app.demo.speech.misreading import misread
from app.demo.speech.request_parser import CACHED_TOKENS, TOKENS_PER_SECOND, RecognitionRequest, SpeechRequest
from app.demo.speech.sound_faults import encoded, faulty_file, faulty_stream
from app.demo.speech.synthesis_request import Recognition
from app.demo.speech.worker import SpeechWorker

if TYPE_CHECKING:
    from app.demo.speech.acoustics import Samples

_BYTES_PER_SECOND = 48_000
_PIECE_BYTES = 16_000  # 1/3 s, as measured (WIRE.md section 3.6)
_STREAM_PACING = Pacing(6_000, 0.4)  # a "token" is a millisecond of audio: streams arrive at six times real time
_INPUT_TOKENS_PER_SECOND = 6.25  # of input audio (WIRE.md section 5)


class SpeechResponse:
    """Response of a speech model."""

    def __init__(self, request: SpeechRequest, worker: SpeechWorker, faults: Faults, pacing: Pacing) -> None:
        synthesis = request.synthesis
        if "length" in faults:
            synthesis = msgspec.structs.replace(synthesis, max_seconds=min(synthesis.max_seconds, 1.0))
        if "mute" in faults:
            synthesis = msgspec.structs.replace(synthesis, text="")
        synthesis = msgspec.structs.replace(synthesis, text=misread(synthesis.text, faults))
        self._request = request
        self._synthesis = synthesis
        self._worker = worker
        self._faults = faults
        self._is_refused = "refusal" in faults
        self._pacing = pacing
        self._envelope = Envelope(request.model.id)
        self._id = secrets.token_hex(16)
        self._pieces: AsyncIterator[Samples] | None = None
        self._first_piece: Samples | None = None
        self._file: bytes | None = None
        self._seconds = 0.0
        self._piece_count = 0

    async def completion(self) -> dict[str, Any]:
        """Body of a response that is not streamed.

        Raises:
            Refusal: as `SpeechWorker.synthesise`.
        """
        if self._is_refused:
            message: dict[str, Any] = {"role": "assistant", "content": REJECTED, "audio": None, "tool_calls": None}
            return self._envelope.completion(self._finish(), message, usage_row(self._usage()))
        speech = await self._worker.synthesise_file(self._synthesis, self._request.container)
        self._seconds = speech.seconds
        await self._wait(min(0.5 + 0.1 * speech.seconds, 4.0))
        message = {
            "role": "assistant",
            "content": "",
            "audio": None if "no-audio" in self._faults else self._audio(faulty_file(speech.file, self._faults)),
            "tool_calls": None,
        }
        if self._request.preview:
            message["final_text_preview"] = self._synthesis.text
        return self._envelope.completion(self._finish(), message, usage_row(self._usage()))

    async def begin(self) -> None:
        """Synthesise the first audio before the status line is sent, so that a refusal can still set the status.

        Raises:
            Refusal: as `SpeechWorker.synthesise`.
        """
        if self._is_refused:
            return
        if (
            self._request.model.kind is ModelKind.TTS
            and self._request.container == "pcm16"
            and "one-piece" not in self._faults
        ):
            self._pieces = self._worker.synthesise(self._synthesis)
            self._first_piece = await anext(self._pieces, None)
        else:
            speech = await self._worker.synthesise_file(self._synthesis, self._request.container)
            self._file, self._seconds = speech.file, speech.seconds

    async def stream(self) -> AsyncIterator[bytes]:
        """Stream many pieces for built-in voices, one late block for designed and cloned ones (WIRE.md section 3.6)."""
        yield self._frame(content="", role="assistant", audio=None)
        if self._is_refused:
            yield self._frame(content=REJECTED, role=None, audio=None)
        blocks = self._late_block() if self._file is not None else self._early_pieces()
        preview = {"final_text_preview": self._synthesis.text} if self._request.preview and not self._is_refused else {}
        async for data in faulty_stream(blocks, self._faults):
            audio = None if "no-audio" in self._faults else self._audio(data)
            yield self._frame(content=None, role=None, audio=audio, **preview)
            preview = {}
        yield self._frame(self._finish(), content=None, audio=None, **preview)
        yield self._envelope.chunk([], usage=usage_row(self._usage()))
        yield DONE

    async def _late_block(self) -> AsyncIterator[bytes]:
        await self._wait(min(1.0 + 0.12 * self._seconds, 4.0))
        if self._file:
            yield self._file

    async def _early_pieces(self) -> AsyncIterator[bytes]:
        """Raw PCM in pieces that ignore frame boundaries: their byte counts may be odd."""
        ticker = Ticker(_STREAM_PACING.scaled(self._pacing.factor))
        await ticker.start()
        async for samples in self._samples():
            pcm = await self._worker.pcm(samples)
            self._seconds += len(pcm) / _BYTES_PER_SECOND
            for piece in _split(pcm, only_odd="odd" in self._faults):
                yield piece
                await ticker.tick(len(piece) * 1000 // _BYTES_PER_SECOND)

    async def _samples(self) -> AsyncIterator[Samples]:
        if self._first_piece is not None:
            yield self._first_piece
        if self._pieces is not None:
            async for samples in self._pieces:
                yield samples

    def _frame(self, finish: str | None = None, /, **delta: Any) -> bytes:
        return self._envelope.chunk([{"delta": delta, "finish_reason": finish, "index": 0}])

    def _audio(self, data: bytes) -> dict[str, Any]:
        text = encoded(data, self._piece_count, self._faults)
        self._piece_count += 1
        return {"id": self._id, "data": text, "expires_at": None, "transcript": None}

    async def _wait(self, seconds: float) -> None:
        if not self._pacing.is_off:
            await asyncio.sleep(seconds / self._pacing.factor)

    def _finish(self) -> str:
        if self._is_refused:
            return "content_filter"
        return "length" if self._seconds >= self._synthesis.max_seconds - 1e-3 else "stop"

    def _usage(self) -> Usage:
        completion = tokens.count(REJECTED) if self._is_refused else round(self._seconds * TOKENS_PER_SECOND)
        return Usage(self._request.prompt_tokens, completion, 0, cached=CACHED_TOKENS)


class TranscriptionResponse:
    """Response of the recognition model."""

    def __init__(self, request: RecognitionRequest, recognition: Recognition, faults: Faults) -> None:
        self.text, self._finish = _transcript(request, recognition, faults)
        audio_tokens = round(recognition.seconds * _INPUT_TOKENS_PER_SECOND)
        self.usage = Usage(
            audio_tokens + 21,
            tokens.count(self.text),
            0,
            cached=audio_tokens + 20,
            media={"audio_tokens": audio_tokens},
        )
        self._seconds = round(recognition.seconds)
        self._envelope = Envelope(request.model.id)

    def completion(self) -> dict[str, Any]:
        message: dict[str, Any] = {
            "content": self.text,
            "role": "assistant",
            "audio": None,
            "tool_calls": None,
            "audio_tokens": [],
        }
        return self._envelope.completion(self._finish, message, self._usage_row())

    async def stream(self, pacing: Pacing) -> AsyncIterator[bytes]:
        """Stream the text; recognition itself is not incremental."""
        ticker = Ticker(pacing)
        await ticker.start()
        yield self._frame(content="", role="assistant")
        for piece in tokens.pieces(self.text):
            await ticker.tick()
            yield self._frame(content=piece, role=None)
        yield self._frame(self._finish, content=None, role=None)
        yield self._envelope.chunk([], usage=self._usage_row())
        yield DONE

    def _frame(self, finish: str | None = None, /, **delta: Any) -> bytes:
        return self._envelope.chunk([{"delta": {**delta, "audio": None}, "finish_reason": finish, "index": 0}])

    def _usage_row(self) -> dict[str, Any]:
        return usage_row(self.usage) | {"seconds": self._seconds}


def _transcript(request: RecognitionRequest, recognition: Recognition, faults: Faults) -> tuple[str, Finish]:
    """Transcript and finish reason, subject to the token limit and the requested faults."""
    if "refusal" in faults:
        return REJECTED, "content_filter"
    if recognition.is_silent or "mute" in faults:
        return "", "stop"
    unrecognised = load_script(request.language).recognition["unknown"]
    pieces = tokens.pieces(recognition.text or unrecognised.format(seconds=f"{recognition.seconds:.1f}"))
    limit = request.max_tokens
    if "long" in faults:
        count = int(faults["long"]) if faults["long"].isdigit() else 2_000
        pieces = list(itertools.islice(itertools.cycle([*pieces, " "]), count))
    if "length" in faults:
        limit = min(limit, len(pieces) // 2)
    return "".join(pieces[:limit]), "length" if len(pieces) > limit else "stop"


def _split(pcm: bytes, *, only_odd: bool) -> Iterator[bytes]:
    start = 0
    while start < len(pcm):
        size = _PIECE_BYTES + random.choice((0, 0, 1, -1, 37))
        if only_odd:
            size |= 1
        yield pcm[start : start + size]
        start += size
