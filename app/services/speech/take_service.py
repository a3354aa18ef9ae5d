"""Generates takes, streams them to the player, and saves them, complete or as far as they arrived."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from contextlib import aclosing, suppress

import msgspec
import numpy as np
from numpy.typing import NDArray

from app.core.errors import AudioError, Code, InputError, WorkbenchError
from app.core.events import AudioDelta, AudioFormat, Finished, PreviewText, Started, UsageReported, Waiting
from app.core.messages import new_id
from app.core.observers import notify
from app.core.requests import BuiltinVoice, ClonedVoice, DesignedVoice, SpeechRequest
from app.core.takes import Take
from app.core.voices import mime_of
from app.services.connection import Connection
from app.services.speech.ports import Audio, Blobs, BlobWriter, GrowingSource, TakeStore
from app.services.speech.waveform_peaks import PeakAccumulator, outline
from app.services.tasks import TaskSet

log = logging.getLogger(__name__)

RATE = 24_000
AUDIBLE_AMPLITUDE = 33
"""16-bit amplitude of -60 dBFS."""
PROGRESS_INTERVAL_SECONDS = 0.1


class _Generation:
    """The state of a take being generated: its source, or the bytes of a file that must arrive completely."""

    def __init__(self, take: Take) -> None:
        self.take = take
        self.source: GrowingSource | None = None
        self.outline = PeakAccumulator()
        self.file: bytearray | None = None
        self.writer: BlobWriter | None = None
        self.started_at = time.monotonic()
        self.last_notified = 0.0
        self.cut = False
        self.cut_reason = ""
        self.is_waiting = False
        self.has_started = False
        self.is_ending = False
        self.saved = False
        self.deleted = False
        self.save_lock = asyncio.Lock()
        self.task: asyncio.Task[None] | None = None


class TakeService:
    """Generates and stores takes with the active service.

    Attributes:
        on_take: called with every new state of a take, finally when it was saved.
        on_deleted: called with the id of a deleted take.
        on_failed: called with a take and the reason why it failed or broke off.
        on_sound: called with a take and its source when its audio begins to arrive.
        on_waiting: called with a take and what its request waits for, then with None.
    """

    def __init__(self, connection: Connection, tasks: TaskSet, takes: TakeStore, blobs: Blobs, audio: Audio) -> None:
        self._connection = connection
        self._tasks = tasks
        self._takes = takes
        self._blobs = blobs
        self._audio = audio
        self._running: dict[str, _Generation] = {}
        self._unsaved: dict[str, _Generation] = {}
        self._store_lock = asyncio.Lock()
        self._measuring: set[str] = set()
        self.on_take: list[Callable[[Take], None]] = []
        self.on_deleted: list[Callable[[str], None]] = []
        self.on_failed: list[Callable[[Take, WorkbenchError], None]] = []
        self.on_sound: list[Callable[[Take, GrowingSource], None]] = []
        self.on_waiting: list[Callable[[Take, Waiting | None], None]] = []

    @property
    def service_name(self) -> str:
        """Id and address of the active service, by which what one service spoke is told from that of another."""
        profile = self._connection.profile
        return f"{profile.id} {profile.base_url}"

    def generate(self, spec: Take) -> Take:
        """Start generating a new take with the settings of `spec`, whose result fields are ignored.

        Raises InputError: NO_TEXT, NO_DESCRIPTION, NO_SAMPLE or NO_MODEL.
        """
        take = new_take_from(spec)
        check_take(take)
        generation = _Generation(take)
        self._running[take.id] = generation
        self._notify(take)
        generation.task = self._tasks.spawn(self._run(generation), f"take {take.id}")
        return take

    def redo(self, take: Take) -> Take:
        """Generate another take with the same settings."""
        return self.generate(msgspec.structs.replace(take, parent=take.id, relation="redo"))

    def stop(self, take_id: str) -> None:
        """Stop generating a take; audio that has arrived is saved and the take marked as cut."""
        generation = self._running.get(take_id)
        if generation is None or generation.task is None or generation.cut or generation.is_ending:
            return
        generation.cut = True
        # A task that is cancelled before its first step never runs its cleanup.
        if generation.has_started:
            generation.task.cancel()

    def running(self) -> tuple[str, ...]:
        """Return the ids of the takes being generated, oldest first."""
        return tuple(self._running)

    def streaming_source(self, take_id: str) -> GrowingSource | None:
        """Return the source of a take that is being generated or could not be saved; None before audio arrived."""
        generation = self._in_memory(take_id)
        return generation.source if generation is not None else None

    async def finished(self, take_id: str) -> None:
        """Wait until the generation of a take has ended."""
        generation = self._running.get(take_id)
        if generation is not None and generation.task is not None:
            await asyncio.wait({generation.task})

    async def of_session(self, session: str) -> tuple[Take, ...]:
        """Return the takes of a session, newest first. Takes interrupted by a kill are measured in the background."""
        takes = await self._takes.of_session(session)
        for take in takes:
            if take.audio and not take.peaks and take.id not in self._measuring:
                self._measuring.add(take.id)
                self._tasks.spawn(self._measure_later(take), f"measure take {take.id}")
        return takes

    async def _measure_later(self, take: Take) -> None:
        try:
            measured = await asyncio.to_thread(self._measure_blob, take.audio)
            async with self._store_lock:
                stored = await self._takes.get(take.id)
                if stored.state == "failed":
                    # Its audio could not be decoded when it arrived, and can be now.
                    measured |= {"state": "done", "error": ""}
                take = msgspec.structs.replace(stored, **measured)
                await self._takes.keep(take)
        except WorkbenchError as error:
            # Not fatal; it is tried again when the session is read next.
            log.info("take %s is not measured: %s", take.id, error)
        else:
            self._notify(take)
        finally:
            self._measuring.discard(take.id)

    def _measure_blob(self, digest: str) -> dict[str, object]:
        sound = self._audio.read_sound(self._blobs.read(digest))
        mono = sound.samples.mean(axis=1, dtype=np.float32, keepdims=True)
        measured = self._audio.measure(mono, sound.rate)
        return {
            "rate": sound.rate, "frames": len(mono), "peaks": outline(self._audio.to_pcm16(mono)),
            "loudness": measured.integrated, "true_peak": measured.true_peak,
        }  # fmt: skip

    async def annotate(self, take_id: str, *, note: str | None = None, stars: int | None = None) -> None:
        """Change the note or stars of a take; None leaves a field unchanged. Raises StorageError."""
        fields = {name: value for name, value in (("note", note), ("stars", stars)) if value is not None}
        async with self._store_lock:
            generation = self._in_memory(take_id)
            if generation is not None:
                self._set(generation, **fields)
                self._notify(generation.take)
                if not generation.saved:
                    # It will be saved together with the audio.
                    return
            take = msgspec.structs.replace(await self._takes.get(take_id), **fields)
            await self._takes.keep(take)
            self._notify(take)

    async def ensure_saved(self, take: Take) -> Take:
        """Save a take whose saving failed before, and return its saved state. Raises StorageError."""
        generation = self._unsaved.get(take.id)
        if generation is None:
            return take
        await self._save(generation)
        self._notify(generation.take)
        return generation.take

    async def finish(self) -> None:
        """Stop all generations and try once more to save unsaved takes. Called at the end of the program."""
        for take_id in self.running():
            self.stop(take_id)
        for take_id in self.running():
            await self.finished(take_id)
        for generation in tuple(self._unsaved.values()):
            if generation.deleted:
                self._discard(generation)
                continue
            try:
                await self._save(generation)
            except Exception as failure:
                log.warning("take %s is not kept: %s", generation.take.id, _as_workbench_error(failure))

    async def delete(self, take_ids: Sequence[str]) -> None:
        """Soft-delete takes; `restore` undoes it. Unsaved audio stays in memory until `finish`."""
        await self._takes.delete(take_ids)
        for take_id in take_ids:
            generation = self._in_memory(take_id)
            if generation is not None:
                generation.deleted = True
            notify(self.on_deleted, take_id)

    async def restore(self, takes: Sequence[Take]) -> None:
        await self._takes.restore([take.id for take in takes])
        for take in takes:
            generation = self._in_memory(take.id)
            if generation is not None:
                generation.deleted = False
            # Read again, because the note may have changed since the caller got the take.
            self._notify(generation.take if generation is not None else await self._takes.get(take.id))

    # -- one take -------------------------------------------------------------------------------------------------

    async def _run(self, generation: _Generation) -> None:
        error: WorkbenchError | None = None
        generation.has_started = True
        try:
            await self._takes.keep(generation.take)
            if not generation.cut:
                await self._exchange(generation)
        except asyncio.CancelledError:
            # Stopped by the user or at the end of the program: audio that arrived is saved in both cases.
            generation.cut = True
        except Exception as failure:
            error = _as_workbench_error(failure)
        generation.is_ending = True
        self._notify_waiting(generation, None)
        ending = asyncio.ensure_future(self._finish(generation, error))
        try:
            while not ending.done():
                # The end of the program may cancel this task, but not the saving.
                with suppress(asyncio.CancelledError):
                    await asyncio.wait({ending})
            ending.result()
        finally:
            self._running.pop(generation.take.id, None)
            self._notify(generation.take)

    async def _exchange(self, generation: _Generation) -> None:
        request = await self._request(generation.take)
        async with self._connection.client() as (profile, client):
            generation.started_at = time.monotonic()
            try:
                async with aclosing(client.speak(request)) as events:
                    async for event in events:
                        match event:
                            case Waiting():
                                self._notify_waiting(generation, event)
                            case Started(call_id=call_id):
                                self._notify_waiting(generation, None)
                                self._set(generation, call_id=call_id)
                            case AudioFormat(container=container, rate=rate):
                                self._begin_sound(generation, container, rate)
                            case AudioDelta(content=content):
                                self._receive(generation, content)
                            case PreviewText(text=text):
                                self._set(generation, spoken=text)
                            case UsageReported(usage=usage):
                                self._set(generation, usage=usage)
                            case Finished(reason=reason) if reason in ("length", "content_filter"):
                                generation.cut = True
                                generation.cut_reason = reason
                            case _:
                                pass
            except WorkbenchError as error:
                explained = self._connection.explain(error, profile)
                raise explained from error

    async def _request(self, take: Take) -> SpeechRequest:
        voice: BuiltinVoice | DesignedVoice | ClonedVoice
        match take.voice.kind:
            case "designed":
                voice = DesignedVoice(take.voice.description, take.voice.polish)
            case "cloned":
                sample = await asyncio.to_thread(self._blobs.read, take.voice.sample)
                voice = ClonedVoice(sample, mime_of(sample))
            case _:
                voice = BuiltinVoice(take.voice.id)
        return SpeechRequest(
            take.model, take.text, voice, "" if take.voice.kind == "designed" else take.direction,
            take.container, take.stream, take.temperature, take.top_p, take.max_tokens,
        )  # fmt: skip

    def _begin_sound(self, generation: _Generation, container: str, rate: int) -> None:
        if container == "pcm16":
            generation.source = self._audio.growing(rate)
            self._set(generation, rate=rate)
            notify(self.on_sound, generation.take, generation.source)
        else:
            generation.file = bytearray()

    def _receive(self, generation: _Generation, content: bytes) -> None:
        # Written on the loop: pieces are small, writes unsynced, and a stop must not separate the two copies.
        if generation.file is not None:
            generation.file += content
        elif generation.source is not None:
            generation.source.feed(content)
            frames = np.frombuffer(content, "<i2")
            generation.outline.add(frames)
            self._note_first_sound(generation, frames)
            self._notify_progress(generation)
        if generation.writer is None:
            generation.writer = self._blobs.writer(generation.take.id)
        generation.writer.write(content)

    def _note_first_sound(self, generation: _Generation, frames: NDArray[np.int16]) -> None:
        if generation.take.first_sound is None and bool((np.abs(frames.astype(np.int32)) > AUDIBLE_AMPLITUDE).any()):
            self._set(generation, first_sound=time.monotonic() - generation.started_at)

    def _notify_progress(self, generation: _Generation) -> None:
        now = time.monotonic()
        if generation.source is not None and now - generation.last_notified >= PROGRESS_INTERVAL_SECONDS:
            generation.last_notified = now
            self._set(generation, frames=generation.source.known, peaks=generation.outline.packed())
            self._notify(generation.take)

    async def _finish(self, generation: _Generation, error: WorkbenchError | None) -> None:
        """Save what arrived. A failure to save is reported like any other; the audio stays playable for this run."""
        try:
            if generation.file is not None:
                await self._decode(generation)
        except Exception as failure:
            error = error or _as_workbench_error(failure)
            await self._keep_undecoded(generation)
        source = generation.source
        has_sound = source is not None and source.known > 0
        if not has_sound and error is None and not generation.cut:
            error = AudioError(Code.SOUND_EMPTY)
        broken = error is not None or generation.cut
        state = "done" if not broken else "cut" if has_sound or error is None else "failed"
        if source is not None:
            source.fail(error) if error is not None else source.finish()
        self._set(generation, state=state, error=str(error.code) if error is not None else generation.cut_reason,
                  seconds=time.monotonic() - generation.started_at)  # fmt: skip
        self._unsaved[generation.take.id] = generation
        try:
            await self._save(generation)
        except Exception as failure:
            error = error or _as_workbench_error(failure)
        if error is not None:
            log.info("take %s: %s", generation.take.id, error)
            notify(self.on_failed, generation.take, error)

    async def _keep_undecoded(self, generation: _Generation) -> None:
        """Keep the bytes of a file that can't be decoded: it can be exported, and is decoded when that is possible."""
        if generation.file:
            try:
                digest = await asyncio.to_thread(self._blobs.put, bytes(generation.file))
            except WorkbenchError as failure:
                # The take has failed for another reason, which is the one reported.
                log.warning("the audio of take %s is not kept: %s", generation.take.id, failure)
            else:
                self._set(generation, audio=digest)

    async def _save(self, generation: _Generation) -> None:
        """Save the audio, then the take. Until both are saved the partial audio survives a kill."""
        async with generation.save_lock:
            if generation.saved:
                return
            if generation.source is not None and generation.source.known and not generation.take.audio:
                await self._save_sound(generation, generation.source)
            written: Take | None = None
            while written is not generation.take:
                # A note or stars may be set during the write.
                written = generation.take
                await self._takes.keep(written)
            generation.saved = True
            self._discard(generation)

    def _discard(self, generation: _Generation) -> None:
        """Drop the unsaved state and partial audio of a take that was saved or deleted."""
        self._unsaved.pop(generation.take.id, None)
        if generation.writer is not None:
            generation.writer.abandon()

    def _in_memory(self, take_id: str) -> _Generation | None:
        """Return the state of a take that is being generated or could not be saved."""
        return self._running.get(take_id) or self._unsaved.get(take_id)

    async def _decode(self, generation: _Generation) -> None:
        """Decode a complete file into the source. A truncated MP3 is decoded as far as possible."""
        assert generation.file is not None
        sound = await asyncio.to_thread(self._audio.read_sound, bytes(generation.file))
        mono = sound.samples.mean(axis=1, dtype=np.float32, keepdims=True)
        generation.source = self._audio.growing(sound.rate)
        generation.source.feed(self._audio.to_pcm16(mono).tobytes())
        self._set(generation, rate=sound.rate, first_sound=time.monotonic() - generation.started_at)
        notify(self.on_sound, generation.take, generation.source)

    async def _save_sound(self, generation: _Generation, source: GrowingSource) -> None:
        measured = await asyncio.to_thread(self._save_and_measure, source)
        self._set(generation, **measured)

    def _save_and_measure(self, source: GrowingSource) -> dict[str, object]:
        pcm = source.pcm()
        samples = np.multiply(pcm, np.float32(1 / 32768), dtype=np.float32)
        measured = self._audio.measure(samples, source.rate)
        digest = self._blobs.put(self._audio.wav_bytes(self._audio.make_sound(samples, source.rate)))
        return {
            "audio": digest, "frames": len(pcm), "peaks": outline(pcm), "loudness": measured.integrated,
            "true_peak": measured.true_peak,
        }  # fmt: skip

    def _notify_waiting(self, generation: _Generation, waiting: Waiting | None) -> None:
        if waiting is not None or generation.is_waiting:
            generation.is_waiting = waiting is not None
            notify(self.on_waiting, generation.take, waiting)

    def _set(self, generation: _Generation, **fields: object) -> None:
        generation.take = msgspec.structs.replace(generation.take, **fields)

    def _notify(self, take: Take) -> None:
        notify(self.on_take, take)


def new_take_from(spec: Take) -> Take:
    """Return a new take with the settings of another and empty result fields."""
    return msgspec.structs.replace(
        spec, id=new_id(), created=time.time(), state="speaking", audio="", rate=RATE, frames=0, first_sound=None,
        seconds=0.0, loudness=None, true_peak=None, peaks=b"", usage=None, note="", stars=0, call_id="", error="",
        spoken="",
    )  # fmt: skip


def _as_workbench_error(failure: Exception) -> WorkbenchError:
    """Convert an exception to a WorkbenchError; unexpected ones are logged with their traceback."""
    if isinstance(failure, WorkbenchError):
        return failure
    log.error("a take failed: %s", failure, exc_info=failure)
    return WorkbenchError(Code.UNEXPECTED, kind=type(failure).__name__, message=str(failure))


def check_take(take: Take) -> None:
    """Raise the InputError that `TakeService.generate` would, if a take can't be generated with these settings."""
    if not take.model:
        raise InputError(Code.NO_MODEL)
    if take.voice.kind == "designed" and not take.voice.description.strip():
        raise InputError(Code.NO_DESCRIPTION, field="description")
    if take.voice.kind == "cloned" and not take.voice.sample:
        raise InputError(Code.NO_SAMPLE, field="sample")
    if not take.text.strip() and not (take.voice.kind == "designed" and take.voice.polish):
        raise InputError(Code.NO_TEXT, field="text")
