"""Makes one take with the client and ends it: decodes and saves what arrived, complete or not."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import aclosing, suppress

import msgspec
import numpy as np

from app.core.errors import AudioError, Code, ServiceError, TransportError, WorkbenchError
from app.core.events import (
    AudioDelta,
    AudioFormat,
    Finished,
    PreviewText,
    Sending,
    SpeechEvent,
    Started,
    UsageReported,
    VoiceReplaced,
    Waiting,
)
from app.core.requests import BuiltinVoice, ClonedVoice, DesignedVoice, SpeechRequest
from app.core.takes import Take, TakeState, VoiceSnapshot
from app.core.voices import mime_of
from app.services.connection import Connection
from app.services.jobs.ports import CallProgress, NotNow, Write
from app.services.speech.generation import Generation
from app.services.speech.generations import Generations, TakeEvents
from app.services.speech.listening import Listening
from app.services.speech.ports import Audio, Blobs, TakeStore
from app.services.speech.voice_consent import ConsentCheck

log = logging.getLogger(__name__)

CallTimes = Callable[[str], tuple[float | None, float | None]]
"""Returns when the last byte of a call's request was sent and its answer began, in seconds since the request left."""


def no_call_times(_call_id: str) -> tuple[float | None, float | None]:
    """Nothing is known about calls, because none is recorded."""
    return None, None


class TakeMaking:
    """Makes takes, one call each.

    Attributes:
        measure_lock: held while a sound is measured: several threads at once would let the loop pause for tens of
            milliseconds.
    """

    def __init__(
        self, connection: Connection, takes: TakeStore, blobs: Blobs, audio: Audio, generations: Generations,
        events: TakeEvents, listening: Listening, call_times: CallTimes, consents: ConsentCheck,
    ) -> None:  # fmt: skip
        self._connection = connection
        self._takes = takes
        self._blobs = blobs
        self._audio = audio
        self._generations = generations
        self._events = events
        self._listening = listening
        self.measure_lock = asyncio.Lock()
        self._call_times = call_times
        self._consents = consents

    async def make_alone(self, generation: Generation) -> None:
        """Make a take outside of all jobs."""
        with suppress(WorkbenchError):  # Reported by `finish`.
            await self.make(generation, _ALONE, interactive=True)

    async def make(self, generation: Generation, progress: CallProgress, *, interactive: bool) -> Take:
        """Make a take, and return it as it ended. Raises the reason if it failed or broke off.

        When cancelled, what has arrived is saved first.
        """
        error: WorkbenchError | None = None
        cancelled = False
        try:
            generation.state = "requesting"
            if not generation.stop_reason:
                await self._exchange(generation, progress, interactive=interactive)
        except asyncio.CancelledError:
            if not generation.was_sent and progress is not _ALONE:
                # Nothing was made or billed: it can be made later, or is dropped by the queue.
                self._return_to_queue(generation)
                raise
            # Stopped by the user or at the end of the program: what arrived is saved in both cases.
            cancelled, generation.stop_reason = True, "stopped"
            self._listening.silence(generation.take.id)
        except NotNow:
            self._return_to_queue(generation)
            raise
        except Exception as failure:
            error = as_workbench_error(failure)
            if progress.is_kept(error):
                if generation.take.state == "speaking":
                    await self._record_refused(generation, progress)
                self._return_to_queue(generation)
                raise error from failure
            if generation.was_sent and not isinstance(error, ServiceError | TransportError):
                # It broke off here, and may have been billed. Of other errors the client says whether they were sent.
                error.params.setdefault("sent", True)
        ending = asyncio.ensure_future(self.finish(generation, error))
        while not ending.done():
            # The end of the program may cancel this task, but not the saving.
            with suppress(asyncio.CancelledError):
                await asyncio.wait({ending})
        if progress is _ALONE:
            self._generations.ended.discard(generation.take.id)
        failed = ending.result()
        if cancelled:
            raise asyncio.CancelledError
        if failed is not None:
            raise failed
        return generation.take

    async def _exchange(self, generation: Generation, progress: CallProgress, *, interactive: bool) -> None:
        request = await self._request(generation.take)
        async with self._connection.client() as (profile, client):
            try:
                speaking = client.speak(
                    request, priority="interactive" if interactive else "batch", resend_lost=progress is _ALONE
                )
                async with aclosing(speaking) as events:
                    async for event in events:
                        await self._handle(generation, event, progress, profile.id)
            except WorkbenchError as error:
                explained = self._connection.explain(error, profile)
                raise explained from error

    async def _handle(self, generation: Generation, event: SpeechEvent, progress: CallProgress, service: str) -> None:
        match event:
            case Waiting(reason=reason):
                generation.state = "waiting"
                if reason == "retry":
                    await self._record_refused(generation, progress)
                self._events.on_waiting.emit(generation.take, event)
            case Sending():
                await self._record_sending(generation, progress, service)
                self._end_waiting(generation)
                generation.request_sent()
            case Started(call_id=call_id):
                generation.set(call_id=call_id)
            case AudioFormat(container=container, rate=rate):
                generation.begin_sound(container, rate, self._audio)
                self._listening.announce(generation)
            case AudioDelta(content=content):
                generation.receive(content, self._blobs)
                if generation.progress_due():
                    self._events.on_take.emit(generation.take)
            case VoiceReplaced(asked=asked, used=used):
                generation.set(voice=VoiceSnapshot("builtin", used, used), asked_voice=asked)
                self._events.on_voice_replaced.emit(generation.take)
            case PreviewText(text=text):
                generation.set(spoken=text)
            case UsageReported(usage=usage):
                generation.set(usage=usage)
            case Finished(reason=("length" | "content_filter") as reason):
                generation.stop_reason = reason
            case _:
                pass

    async def _request(self, take: Take) -> SpeechRequest:
        voice: BuiltinVoice | DesignedVoice | ClonedVoice
        match take.voice.kind:
            case "designed":
                voice = DesignedVoice(take.voice.description, take.voice.polish)
            case "cloned":
                # Consent may have been withdrawn since the take was requested.
                await self._consents.check(take.voice)
                sample = await asyncio.to_thread(self._blobs.read, take.voice.sample)
                voice = ClonedVoice(sample, mime_of(sample))
            case _:
                voice = BuiltinVoice(take.voice.id)
        return SpeechRequest(
            take.model, take.text, voice, "" if take.voice.kind == "designed" else take.direction,
            take.container, take.stream, take.temperature, take.top_p, take.max_tokens,
        )  # fmt: skip

    async def _record_sending(self, generation: Generation, progress: CallProgress, service: str) -> None:
        """Store that the request of a take leaves, together with the state of its call."""
        if progress is _ALONE:
            self._show_state(generation, "speaking")
            await self._takes.keep(generation.take)
            return
        try:
            await progress.sending(service, (self._state_written(generation, "speaking"),))
        except asyncio.CancelledError:
            # The write may be made all the same, but nothing was sent.
            await progress.refused((self._state_written(generation, "queued"),))
            raise
        self._show_state(generation, "speaking")

    async def _record_refused(self, generation: Generation, progress: CallProgress) -> None:
        """Store that the request of a take will be repeated, because it was refused."""
        generation.request_refused()
        await progress.refused((self._state_written(generation, "queued"),))
        self._show_state(generation, "queued")

    def _state_written(self, generation: Generation, state: TakeState) -> Write:
        """What stores whether a take is being made: then a kill leaves what has arrived of it, else it stays queued."""
        return self._takes.keeping([msgspec.structs.replace(generation.take, state=state)])

    def _show_state(self, generation: Generation, state: TakeState) -> None:
        if generation.take.state != state:
            generation.set(state=state)
            self._events.on_take.emit(generation.take)

    def _return_to_queue(self, generation: Generation) -> None:
        """It was not sent, so it is stored as queued."""
        self._end_waiting(generation)
        self._generations.remove(generation.take.id)

    def _end_waiting(self, generation: Generation) -> None:
        if generation.state == "waiting":
            generation.state = "requesting"
            self._events.on_waiting.emit(generation.take, None)

    async def finish(self, generation: Generation, error: WorkbenchError | None) -> WorkbenchError | None:
        """Save what arrived, report, and return the reason why the take failed or broke off, if it did.

        A failure to save is reported like any other; the audio stays playable for this run.
        """
        self._end_waiting(generation)
        generation.state = "saving"
        try:
            if generation.file is not None:
                await self._decode(generation)
        except Exception as failure:
            error = error or as_workbench_error(failure)
            await self._keep_undecoded(generation)
        source = generation.source
        has_sound = source is not None and source.known > 0
        if not has_sound and error is None and not generation.stop_reason:
            error = AudioError(Code.SOUND_EMPTY)
        is_whole = error is None and not generation.stop_reason
        if source is not None:
            source.fail(error) if error is not None else source.finish()
        reason = str(error.code) if error is not None else generation.stop_reason
        sent, first_byte = self._call_times(generation.take.call_id)
        generation.set(
            state="done" if is_whole else "cut" if has_sound or error is None else "failed",
            error=reason, seconds=generation.elapsed_seconds, sent=sent, first_byte=first_byte,
            last_byte=generation.last_byte,
        )  # fmt: skip
        try:
            await self.save(generation)
        except Exception as failure:
            error = error or as_workbench_error(failure)
            generation.state = "unsaved"
        if error is not None:
            log.info("take %s: %s", generation.take.id, error)
            self._events.on_failed.emit(generation.take, error)
        self._generations.ended.add(generation.take.id)
        self._events.on_take.emit(generation.take)
        return error

    async def _decode(self, generation: Generation) -> None:
        """Decode a complete file into the source. A truncated MP3 is decoded as far as possible."""
        assert generation.file is not None
        sound = await asyncio.to_thread(self._audio.read_sound, bytes(generation.file))
        mono = sound.samples.mean(axis=1, dtype=np.float32, keepdims=True)
        generation.set_decoded(self._audio.to_pcm16(mono), sound.rate, self._audio)
        self._listening.announce(generation)

    async def _keep_undecoded(self, generation: Generation) -> None:
        """Keep the bytes of a file that can't be decoded: it can be exported, and is decoded when that is possible."""
        if generation.file:
            try:
                digest = await asyncio.to_thread(self._blobs.put, bytes(generation.file))
            except WorkbenchError as failure:
                # The take has failed for another reason, which is the one reported.
                log.warning("the audio of take %s is not kept: %s", generation.take.id, failure)
            else:
                generation.set(audio=digest)

    async def save(self, generation: Generation) -> None:
        """Save the audio, then the take. Until both are saved the partial audio survives a kill."""
        async with generation.save_lock:
            if generation.state == "saved":
                return
            if generation.source is not None and generation.source.known and not generation.take.audio:
                async with self.measure_lock:
                    fields = await asyncio.to_thread(generation.save_sound, self._audio, self._blobs)
                generation.set(**fields)
            written: Take | None = None
            while written is not generation.take:
                # A note or stars may be set during the write.
                written = generation.take
                if generation.absorbed:
                    stored = await self._takes.keep_joined(written, generation.absorbed)
                else:
                    stored = await self._takes.keep(written)
            # From now on it is what a restart would read: a key that was typed into its text can't reach a file.
            generation.take = stored
            generation.state = "saved"
            self._generations.discard(generation)
            for part in generation.absorbed:
                unsaved = self._generations.get(part.id)
                if unsaved is not None:
                    self._generations.discard(unsaved)


async def _nothing(*_arguments: object) -> None:
    """Nothing but the take is recorded about a request outside of jobs."""


_ALONE = CallProgress(_nothing, _nothing, lambda _error: False)


def as_workbench_error(failure: Exception) -> WorkbenchError:
    """Convert an exception to a WorkbenchError; unexpected ones are logged with their traceback."""
    if isinstance(failure, WorkbenchError):
        return failure
    log.error("a take failed: %s", failure, exc_info=failure)
    return WorkbenchError(Code.UNEXPECTED, kind=type(failure).__name__, message=str(failure))
