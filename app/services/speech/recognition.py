"""Speech recognition for audio files of any length (WIRE.md section 4).

The service accepts 10 MB of base64 and returns at most about 2,000 tokens: a long recording is cut at silences into
pieces well within both limits, which are recognised one after the other and joined.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec

from app.core.errors import RETRY_HELPS, AudioError, Code, InputError, TransportError, WorkbenchError
from app.core.events import Finished, RecognitionEvent, Sending, Started, TextDelta, UsageReported, Waiting
from app.core.messages import Usage
from app.core.observers import Event
from app.core.recognition_limits import MAX_FILE_MINUTES, PIECE_SECONDS
from app.core.requests import Priority, RecognitionLanguage, RecognitionRequest
from app.core.units import frames_to_seconds
from app.core.word_joining import needs_space
from app.services.connection import Connection
from app.services.jobs.ports import CallProgress
from app.services.speech.ports import Audio, Samples

RATE = 16_000
_LIMIT = f"{MAX_FILE_MINUTES} min"
MIN_PIECE_SECONDS = 15.0
"""Pieces below this length are not cut again."""
MAX_ATTEMPTS = 3
SILENT_PEAK = 0.001
"""Peak of a silent piece, which is not sent: -60 dBFS."""

Ask = Callable[[RecognitionRequest], AsyncGenerator[RecognitionEvent, None]]


class RecognitionJob(NamedTuple):
    """A recognition that a job of the queue makes: what was sent and not answered is not sent again by itself.

    Attributes:
        progress: reports each call.
        interactive: whether the user waits for it.
        used: called with the usage of each call.
    """

    progress: CallProgress
    interactive: bool
    used: Callable[[Usage], object]


class _Listening(NamedTuple):
    """One recognition: how its calls are made, and who is told about them. `service` is the id of the profile."""

    ask: Ask
    model: str
    language: RecognitionLanguage
    service: str
    progress: Callable[[Progress], None]
    job: RecognitionJob | None


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

    async def check(self) -> None:
        """Raise what would stop a recognition before anything is sent, so that nobody speaks in vain."""
        async with self._connection.client() as (_, client):
            client.check()

    async def transcribe(
        self, recording: Path | Samples, model: str, language: RecognitionLanguage = "auto", *,
        start: float = 0.0, progress: Callable[[Progress], None] | None = None, job: RecognitionJob | None = None,
    ) -> AsyncGenerator[str, None]:  # fmt: skip
        """Yield recognised text: streamed for a short recording, piece by piece for a long one.

        `recording` is a file, or samples at `RATE`: float32 of shape (frames, 1). `start` goes on with the piece that
        begins at this second, as `Progress.done` told it before the recognition was interrupted. `job` is that of the
        queue, if one makes it.

        Closing the generator stops the recognition. Raises AudioError (SOUND_TOO_LARGE over `MAX_FILE_MINUTES`),
        NO_MODEL and errors of the service; text yielded before remains valid.
        """
        if not model:
            raise InputError(Code.NO_MODEL)
        samples, spans = await asyncio.to_thread(self._recording, recording)
        text, length, report = _TextJoiner(), frames_to_seconds(len(samples), RATE), progress or _ignore
        async with self._connection.client() as (profile, client):
            ask: Ask = client.recognise
            if job is not None:
                priority: Priority = "interactive" if job.interactive else "batch"
                ask = partial(client.recognise, priority=priority, resend_lost=False)
            listening = _Listening(ask, model, language, profile.id, report, job)
            try:
                for first, last in spans:
                    state = Progress(frames_to_seconds(first, RATE), length)
                    if state.done < start:
                        continue
                    listen = partial(self._words, listening, state)
                    if len(spans) == 1:
                        async with aclosing(listen(samples[first:last])) as words:
                            async for word in words:
                                yield word
                        continue
                    attempts = 1 if job is not None else MAX_ATTEMPTS
                    more = text.add(await self._whole(listen, samples[first:last], attempts))
                    report(Progress(frames_to_seconds(last, RATE), length))
                    if more:
                        yield more
                report(Progress(length, length))
            except WorkbenchError as error:
                raise self._connection.explain(error, profile) from error

    async def _whole(
        self, listen: Callable[[Samples], AsyncGenerator[str, None]], piece: Samples, attempts: int
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
                return "".join(
                    [text.add(await self._whole(listen, piece[first:last], attempts)) for first, last in shorter]
                )
            # The client itself retries only while nothing was delivered.
            if found and attempts > 1 and error.code in RETRY_HELPS:
                return await self._whole(listen, piece, attempts - 1)
            raise
        return "".join(found).strip()

    async def _words(self, listening: _Listening, state: Progress, piece: Samples) -> AsyncGenerator[str, None]:
        """Yield the text of one call. Raises CUT_SHORT with reason `length` if it does not fit into an answer."""
        report, job = listening.progress, listening.job
        report(state)
        wav, call_id = await asyncio.to_thread(self._wav, piece), ""
        request = RecognitionRequest(listening.model, wav, "audio/wav", listening.language)
        async with aclosing(listening.ask(request)) as events:
            async for event in events:
                match event:
                    case Sending():
                        if job is not None:
                            await job.progress.sending(listening.service, ())
                        report(state)
                    case Started():
                        call_id = event.call_id
                        report(state)
                    case TextDelta(text):
                        yield text
                    case Waiting(reason=reason):
                        if job is not None and reason == "retry":
                            await job.progress.refused(())
                        report(msgspec.structs.replace(state, waiting=event))
                    case UsageReported(usage):
                        self.on_used.emit(listening.model, usage, call_id)
                        if job is not None:
                            job.used(usage)
                    case Finished("length"):
                        raise TransportError(Code.CUT_SHORT, reason="length")
                    case Finished():
                        pass

    def _recording(self, recording: Path | Samples) -> tuple[Samples, list[tuple[int, int]]]:
        """Return the recording as 16 kHz mono, and the frame ranges of its non-silent pieces."""
        samples = self._read(recording) if isinstance(recording, Path) else recording
        if len(samples) > MAX_FILE_MINUTES * 60 * RATE:
            raise AudioError(Code.SOUND_TOO_LARGE, limit=_LIMIT)
        spans = [
            (start, stop)
            for start, stop in self._cut(samples, PIECE_SECONDS)
            if abs(samples[start:stop]).max() > SILENT_PEAK
        ]
        if not spans:
            raise AudioError(Code.SOUND_EMPTY)
        return samples, spans

    def _read(self, path: Path) -> Samples:
        try:
            return self._audio.read_mono(path, RATE)
        except AudioError as error:
            if error.code is Code.SOUND_TOO_LARGE:
                # What can be held in memory is more than what is recognised.
                raise AudioError(error.code, limit=_LIMIT) from error
            raise

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
        space = " " if needs_space(self._last, words) else ""
        self._last = words[-1]
        return space + words


def _ignore(_: Progress) -> None:
    """Default progress callback."""
