"""Speech and recognition in the shape the platform answers with (WIRE.md sections 3.6 and 4)."""

from __future__ import annotations

import asyncio
import base64
import itertools
import random
import secrets
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from app.demo import tokens
from app.demo.chat.openai_response_writer import DONE, Envelope, usage_row
from app.demo.chat.question import Finish, Usage
from app.demo.chat.script import script
from app.demo.errors import REJECTED
from app.demo.faults import Faults
from app.demo.models import Kind
from app.demo.pacing import Pacing, Ticker
from app.demo.speech.request_parser import TOKENS_PER_SECOND, RecognitionOrder, SpeechOrder
from app.demo.speech.synthesis_request import Recognised
from app.demo.speech.worker import SpeechWorker

if TYPE_CHECKING:
    from app.demo.speech.acoustics import Samples

_BYTES_PER_SECOND = 48_000
_PIECE = 7_680  # bytes: 160 ms
_SOUND = Pacing(6_000, 0.4)  # milliseconds a second: a paced stream runs six times as fast as it is heard
_AUDIO_TOKENS_HEARD = 6.25  # tokens a second of input sound (WIRE.md section 5)


class Performance:
    """One answer of a speech model."""

    def __init__(self, order: SpeechOrder, stage: SpeechWorker, oddities: Faults, pace: Pacing) -> None:
        line = order.line
        if "length" in oddities:
            line = msgspec.structs.replace(line, seconds=min(line.seconds, 1.0))
        if "mute" in oddities:
            line = msgspec.structs.replace(line, text="")
        self._order = order
        self._line = line
        self._stage = stage
        self._oddities = oddities
        self._refused = "refusal" in oddities
        self._pace = pace
        self._envelope = Envelope(order.model.answers_as)
        self._id = secrets.token_hex(16)
        self._pieces: AsyncIterator[Samples] | None = None
        self._first: Samples | None = None
        self._whole: bytes | None = None
        self._seconds = 0.0

    async def completion(self) -> dict[str, Any]:
        """The answer of a request that does not stream.

        Raises:
            Refusal: as `SpeechWorker.perform`.
        """
        if self._refused:
            message: dict[str, Any] = {"role": "assistant", "content": REJECTED, "audio": None, "tool_calls": None}
            return self._envelope.completion(self._finish(), message, usage_row(self._usage()))
        sound = await self._stage.sound(self._line, self._order.container)
        self._seconds = sound.seconds
        await self._wait(min(0.5 + 0.1 * sound.seconds, 4.0))
        message = {
            "role": "assistant",
            "content": "",
            "audio": None if "no-audio" in self._oddities else self._audio(sound.file),
            "tool_calls": None,
        }
        if self._order.preview:
            message["final_text_preview"] = self._line.text
        return self._envelope.completion(self._finish(), message, usage_row(self._usage()))

    async def begin(self) -> None:
        """Makes the first sound, so that a refusal still has a status line to go in.

        Raises:
            Refusal: as `SpeechWorker.perform`.
        """
        if self._refused:
            return
        if (
            self._order.model.kind is Kind.TTS
            and self._order.container == "pcm16"
            and "one-piece" not in self._oddities
        ):
            self._pieces = self._stage.perform(self._line)
            self._first = await anext(self._pieces, None)
        else:
            sound = await self._stage.sound(self._line, self._order.container)
            self._whole, self._seconds = sound.file, sound.seconds

    async def stream(self) -> AsyncIterator[bytes]:
        """Many pieces from the built-in voices, one late block from designed and cloned ones (WIRE.md section 3.6)."""
        yield self._frame(content="", role="assistant", audio=None)
        if self._refused:
            yield self._frame(content=REJECTED, role=None, audio=None)
        sounds = self._late_block() if self._whole is not None else self._early_pieces()
        preview = {"final_text_preview": self._line.text} if self._order.preview and not self._refused else {}
        async for sound in sounds:
            audio = None if "no-audio" in self._oddities else self._audio(sound)
            yield self._frame(content=None, role=None, audio=audio, **preview)
            preview = {}
        yield self._frame(self._finish(), content=None, audio=None, **preview)
        yield self._envelope.chunk([], usage=usage_row(self._usage()))
        yield DONE

    async def _late_block(self) -> AsyncIterator[bytes]:
        await self._wait(min(1.0 + 0.12 * self._seconds, 4.0))
        if self._whole:
            yield self._whole

    async def _early_pieces(self) -> AsyncIterator[bytes]:
        """Raw PCM in pieces that do not care about frames: their byte counts are odd at times."""
        metronome = Ticker(_SOUND.times(self._pace.factor))
        await metronome.start()
        async for samples in self._samples():
            pcm = await self._stage.pcm(samples)
            self._seconds += len(pcm) / _BYTES_PER_SECOND
            for piece in _portions(pcm, only_odd="odd" in self._oddities):
                yield piece
                await metronome.tick(len(piece) * 1000 // _BYTES_PER_SECOND)

    async def _samples(self) -> AsyncIterator[Samples]:
        if self._first is not None:
            yield self._first
        if self._pieces is not None:
            async for samples in self._pieces:
                yield samples

    def _frame(self, finish: str | None = None, /, **delta: Any) -> bytes:
        return self._envelope.chunk([{"delta": delta, "finish_reason": finish, "index": 0}])

    def _audio(self, sound: bytes) -> dict[str, Any]:
        encoded = base64.b64encode(sound).decode()
        return {"id": self._id, "data": encoded, "expires_at": None, "transcript": None}

    async def _wait(self, seconds: float) -> None:
        if not self._pace.off:
            await asyncio.sleep(seconds / self._pace.factor)

    def _finish(self) -> str:
        if self._refused:
            return "content_filter"
        return "length" if self._seconds >= self._line.seconds - 1e-3 else "stop"

    def _usage(self) -> Usage:
        said = tokens.count(REJECTED) if self._refused else round(self._seconds * TOKENS_PER_SECOND)
        return Usage(self._order.prompt_tokens, said, 0)


class Transcript:
    """One answer of the recognition model."""

    def __init__(self, order: RecognitionOrder, recognised: Recognised, oddities: Faults) -> None:
        self.text, self._finish = _transcribed(order, recognised, oddities)
        heard = round(recognised.seconds * _AUDIO_TOKENS_HEARD)
        self.usage = Usage(heard + 21, tokens.count(self.text), 0, cached=heard + 20, media={"audio_tokens": heard})
        self._seconds = round(recognised.seconds)
        self._envelope = Envelope(order.model.answers_as)

    def completion(self) -> dict[str, Any]:
        message: dict[str, Any] = {
            "content": self.text,
            "role": "assistant",
            "audio": None,
            "tool_calls": None,
            "audio_tokens": [],
        }
        return self._envelope.completion(self._finish, message, self._usage_row())

    async def stream(self, pace: Pacing) -> AsyncIterator[bytes]:
        """Only the text streams; the sound had to be there whole."""
        metronome = Ticker(pace)
        await metronome.start()
        yield self._frame(content="", role="assistant")
        for piece in tokens.pieces(self.text):
            await metronome.tick()
            yield self._frame(content=piece, role=None)
        yield self._frame(self._finish, content=None, role=None)
        yield self._envelope.chunk([], usage=self._usage_row())
        yield DONE

    def _frame(self, finish: str | None = None, /, **delta: Any) -> bytes:
        return self._envelope.chunk([{"delta": {**delta, "audio": None}, "finish_reason": finish, "index": 0}])

    def _usage_row(self) -> dict[str, Any]:
        return usage_row(self.usage) | {"seconds": self._seconds}


def _transcribed(order: RecognitionOrder, recognised: Recognised, oddities: Faults) -> tuple[str, Finish]:
    """The text and how it ends: as heard within the token limit, or as ordered."""
    if "refusal" in oddities:
        return REJECTED, "content_filter"
    if recognised.silent or "mute" in oddities:
        return "", "stop"
    unknown = script(order.language).recognition["unknown"]
    pieces = tokens.pieces(recognised.words or unknown.format(seconds=f"{recognised.seconds:.1f}"))
    limit = order.max_tokens
    if "long" in oddities:
        wanted = int(oddities["long"]) if oddities["long"].isdigit() else 2_000
        pieces = list(itertools.islice(itertools.cycle([*pieces, " "]), wanted))
    if "length" in oddities:
        limit = min(limit, len(pieces) // 2)
    return "".join(pieces[:limit]), "length" if len(pieces) > limit else "stop"


def _portions(pcm: bytes, *, only_odd: bool) -> Iterator[bytes]:
    start = 0
    while start < len(pcm):
        size = _PIECE + random.choice((0, 0, 1, -1, 37))
        if only_odd:
            size |= 1
        yield pcm[start : start + size]
        start += size
