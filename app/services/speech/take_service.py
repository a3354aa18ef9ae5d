"""Takes: spoken, heard while they arrive, kept whole or as far as they came, never overwritten."""

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
from app.core.requests import BuiltinVoice, ClonedVoice, DesignedVoice, SpeechRequest
from app.core.takes import Take
from app.core.voices import mime_of
from app.services.connection import Connection
from app.services.speech.ports import Audio, Blobs, BlobWriter, GrowingSource, TakeStore
from app.services.speech.waveform_peaks import PeakAccumulator, outline
from app.services.tasks import TaskSet

log = logging.getLogger(__name__)

RATE = 24_000
AUDIBLE = 33
"""16 bit amplitude of -60 dBFS."""
NEWS_SECONDS = 0.1


class _Generation:
    """A take in the making: its source, and what came that can only be read when it is whole."""

    def __init__(self, take: Take) -> None:
        self.take = take
        self.source: GrowingSource | None = None
        self.outline = PeakAccumulator()
        self.file: bytearray | None = None
        self.writer: BlobWriter | None = None
        self.began = time.monotonic()
        self.told = 0.0
        self.cut = False
        self.waits = False
        self.begun = False
        self.ending = False
        self.kept = False
        self.deleted = False
        self.keeping = asyncio.Lock()
        self.task: asyncio.Task[None] | None = None


class TakeService:
    """Speaks takes with the service in use.

    Attributes:
        on_take: told of every new state of a take, the last one when it is kept.
        on_gone: told of the id of a take that was deleted.
        on_failed: told of a take and why it failed or broke off.
        on_sound: told of a take when its sound begins to arrive, with the source to play.
        on_waiting: told of a take what it waits for before it is sent, and of None when that is over.
    """

    def __init__(self, connection: Connection, tasks: TaskSet, takes: TakeStore, blobs: Blobs, audio: Audio) -> None:
        self._connection = connection
        self._tasks = tasks
        self._takes = takes
        self._blobs = blobs
        self._audio = audio
        self._running: dict[str, _Generation] = {}
        self._unkept: dict[str, _Generation] = {}
        self._changing = asyncio.Lock()
        self._measuring: set[str] = set()
        self.on_take: list[Callable[[Take], None]] = []
        self.on_gone: list[Callable[[str], None]] = []
        self.on_failed: list[Callable[[Take, WorkbenchError], None]] = []
        self.on_sound: list[Callable[[Take, GrowingSource], None]] = []
        self.on_waiting: list[Callable[[Take, Waiting | None], None]] = []

    def speak(self, wish: Take) -> Take:
        """Begin a take with the settings of `wish`; everything that belongs to its result is made anew.

        Raises InputError: NO_TEXT, NO_DESCRIPTION or NO_SAMPLE, NO_MODEL.
        """
        take = fresh(wish)
        _check(take)
        speaking = _Generation(take)
        self._running[take.id] = speaking
        self._tell(take)
        speaking.task = self._tasks.spawn(self._speak(speaking), f"take {take.id}")
        return take

    def redo(self, take: Take) -> Take:
        """The same once more, beside the first."""
        return self.speak(msgspec.structs.replace(take, parent=take.id, relation="redo"))

    def stop(self, take_id: str) -> None:
        """End a running take; what has arrived is kept, marked as cut."""
        speaking = self._running.get(take_id)
        if speaking is None or speaking.task is None or speaking.cut or speaking.ending:
            return
        speaking.cut = True
        # A task that is cancelled before its first step never runs: it would end nothing.
        if speaking.begun:
            speaking.task.cancel()

    def running(self) -> tuple[str, ...]:
        """Ids of the takes that are being made, the oldest first."""
        return tuple(self._running)

    def arriving(self, take_id: str) -> GrowingSource | None:
        """The source of a take that is being made or could not be kept, once sound has come."""
        speaking = self._in_memory(take_id)
        return speaking.source if speaking is not None else None

    async def finished(self, take_id: str) -> None:
        """Wait until a take is kept."""
        speaking = self._running.get(take_id)
        if speaking is not None and speaking.task is not None:
            await asyncio.wait({speaking.task})

    async def of_session(self, session: str) -> tuple[Take, ...]:
        """The takes of a session, the newest first. Those that a kill cut off are measured now, and told of then."""
        takes = await self._takes.of_session(session)
        for take in takes:
            if take.audio and not take.peaks and take.id not in self._measuring:
                self._measuring.add(take.id)
                self._tasks.spawn(self._measure_later(take), f"measure take {take.id}")
        return takes

    async def _measure_later(self, take: Take) -> None:
        try:
            found = await asyncio.to_thread(self._measured_again, take.audio)
            async with self._changing:
                take = msgspec.structs.replace(await self._takes.get(take.id), **found)
                await self._takes.keep(take)
        except WorkbenchError as error:
            # It can be played, or not, as before; the next look at the session tries again.
            log.info("take %s is not measured: %s", take.id, error)
        else:
            self._tell(take)
        finally:
            self._measuring.discard(take.id)

    def _measured_again(self, digest: str) -> dict[str, object]:
        sound = self._audio.read_sound(self._blobs.read(digest))
        mono = sound.samples.mean(axis=1, dtype=np.float32, keepdims=True)
        found = self._audio.measure(mono, sound.rate)
        return {
            "rate": sound.rate, "frames": len(mono), "peaks": outline(self._audio.to_pcm16(mono)),
            "loudness": found.integrated, "true_peak": found.true_peak,
        }  # fmt: skip

    async def annotate(self, take_id: str, *, note: str | None = None, stars: int | None = None) -> None:
        """Keep another note or other stars of a take; what is None stays as it is. Raises StorageError."""
        fields = {name: value for name, value in (("note", note), ("stars", stars)) if value is not None}
        async with self._changing:
            speaking = self._in_memory(take_id)
            if speaking is not None:
                self._set(speaking, **fields)
                self._tell(speaking.take)
                if not speaking.kept:
                    # It is written with the sound.
                    return
            take = msgspec.structs.replace(await self._takes.get(take_id), **fields)
            await self._takes.keep(take)
            self._tell(take)

    async def kept(self, take: Take) -> Take:
        """The take with its sound kept: tries again where that failed before. Raises StorageError."""
        speaking = self._unkept.get(take.id)
        if speaking is None:
            return take
        await self._keep(speaking)
        self._tell(speaking.take)
        return speaking.take

    async def finish(self) -> None:
        """For the end of the program: what is being spoken ends, and all that could not be kept is tried once more."""
        for take_id in self.running():
            self.stop(take_id)
        for take_id in self.running():
            await self.finished(take_id)
        for speaking in tuple(self._unkept.values()):
            if speaking.deleted:
                self._forget(speaking)
                continue
            try:
                await self._keep(speaking)
            except Exception as failure:
                log.warning("take %s is not kept: %s", speaking.take.id, _told(failure))

    async def delete(self, take_ids: Sequence[str]) -> None:
        """Out of sight; `restore` undoes it. A sound that could not be kept is let go only by `finish`."""
        await self._takes.delete(take_ids)
        for take_id in take_ids:
            speaking = self._in_memory(take_id)
            if speaking is not None:
                speaking.deleted = True
            for gone in self.on_gone:
                gone(take_id)

    async def restore(self, takes: Sequence[Take]) -> None:
        await self._takes.restore([take.id for take in takes])
        for take in takes:
            speaking = self._in_memory(take.id)
            if speaking is not None:
                speaking.deleted = False
            # Not as the caller remembers it: a note may have been set since.
            self._tell(speaking.take if speaking is not None else await self._takes.get(take.id))

    # -- one take -------------------------------------------------------------------------------------------------

    async def _speak(self, speaking: _Generation) -> None:
        error: WorkbenchError | None = None
        speaking.begun = True
        try:
            await self._takes.keep(speaking.take)
            if not speaking.cut:
                await self._exchange(speaking)
        except asyncio.CancelledError:
            # Stopped by the user, or by the end of the program: what arrived is kept in both cases.
            speaking.cut = True
        except Exception as failure:
            error = _told(failure)
        speaking.ending = True
        self._tell_waiting(speaking, None)
        ending = asyncio.ensure_future(self._finish(speaking, error))
        try:
            while not ending.done():
                # The end of the program may cancel this, but not what it waits for.
                with suppress(asyncio.CancelledError):
                    await asyncio.wait({ending})
            ending.result()
        finally:
            self._running.pop(speaking.take.id, None)
            self._tell(speaking.take)

    async def _exchange(self, speaking: _Generation) -> None:
        request = await self._request(speaking.take)
        async with self._connection.client() as (profile, client):
            speaking.began = time.monotonic()
            try:
                async with aclosing(client.speak(request)) as events:
                    async for event in events:
                        match event:
                            case Waiting():
                                self._tell_waiting(speaking, event)
                            case Started(call_id=call_id):
                                self._tell_waiting(speaking, None)
                                self._set(speaking, call_id=call_id)
                            case AudioFormat(container=container, rate=rate):
                                self._begin_sound(speaking, container, rate)
                            case AudioDelta(content=content):
                                self._hear(speaking, content)
                            case PreviewText(text=text):
                                self._set(speaking, spoken=text)
                            case UsageReported(usage=usage):
                                self._set(speaking, usage=usage)
                            case Finished(reason=reason) if reason in ("length", "content_filter"):
                                speaking.cut = True
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

    def _begin_sound(self, speaking: _Generation, container: str, rate: int) -> None:
        if container == "pcm16":
            speaking.source = self._audio.growing(rate)
            self._set(speaking, rate=rate)
            for begun in self.on_sound:
                begun(speaking.take, speaking.source)
        else:
            speaking.file = bytearray()

    def _hear(self, speaking: _Generation, content: bytes) -> None:
        # Written on the loop: a piece is small, the write unsynced, and a stop must not fall between the two copies.
        if speaking.file is not None:
            speaking.file += content
        elif speaking.source is not None:
            speaking.source.feed(content)
            frames = np.frombuffer(content, "<i2")
            speaking.outline.add(frames)
            self._note_first_sound(speaking, frames)
            self._tell_now_and_then(speaking)
        if speaking.writer is None:
            speaking.writer = self._blobs.writer(speaking.take.id)
        speaking.writer.write(content)

    def _note_first_sound(self, speaking: _Generation, frames: NDArray[np.int16]) -> None:
        if speaking.take.first_sound is None and bool((np.abs(frames.astype(np.int32)) > AUDIBLE).any()):
            self._set(speaking, first_sound=time.monotonic() - speaking.began)

    def _tell_now_and_then(self, speaking: _Generation) -> None:
        now = time.monotonic()
        if speaking.source is not None and now - speaking.told >= NEWS_SECONDS:
            speaking.told = now
            self._set(speaking, frames=speaking.source.known, peaks=speaking.outline.packed())
            self._tell(speaking.take)

    async def _finish(self, speaking: _Generation, error: WorkbenchError | None) -> None:
        """Keep what there is. A failure to keep it is told like any other; the sound stays playable for this run."""
        try:
            if speaking.file is not None:
                await self._decode(speaking)
        except Exception as failure:
            error = error or _told(failure)
        source = speaking.source
        heard = source is not None and source.known > 0
        if not heard and error is None and not speaking.cut:
            error = AudioError(Code.SOUND_EMPTY)
        broken = error is not None or speaking.cut
        state = "done" if not broken else "cut" if heard or error is None else "failed"
        if source is not None:
            source.fail(error) if error is not None else source.finish()
        self._set(speaking, state=state, error=str(error.code) if error is not None else "",
                  seconds=time.monotonic() - speaking.began)  # fmt: skip
        self._unkept[speaking.take.id] = speaking
        try:
            await self._keep(speaking)
        except Exception as failure:
            error = error or _told(failure)
        if error is not None:
            log.info("take %s: %s", speaking.take.id, error)
            for told in self.on_failed:
                told(speaking.take, error)

    async def _keep(self, speaking: _Generation) -> None:
        """The sound, then the take that names it. Until both are kept what arrived can be found after a kill."""
        async with speaking.keeping:
            if speaking.kept:
                return
            if speaking.source is not None and speaking.source.known and not speaking.take.audio:
                await self._keep_sound(speaking, speaking.source)
            written: Take | None = None
            while written is not speaking.take:
                # A note or a star may be set while this waits for the disk.
                written = speaking.take
                await self._takes.keep(written)
            speaking.kept = True
            self._forget(speaking)

    def _forget(self, speaking: _Generation) -> None:
        """It is kept, or nobody wants it: nothing is left to try again, or to find after a kill."""
        self._unkept.pop(speaking.take.id, None)
        if speaking.writer is not None:
            speaking.writer.abandon()

    def _in_memory(self, take_id: str) -> _Generation | None:
        """A take that is being made or could not be kept."""
        return self._running.get(take_id) or self._unkept.get(take_id)

    async def _decode(self, speaking: _Generation) -> None:
        """A whole file came: its PCM becomes the source. An unfinished MP3 is read as far as it goes."""
        assert speaking.file is not None
        sound = await asyncio.to_thread(self._audio.read_sound, bytes(speaking.file))
        mono = sound.samples.mean(axis=1, dtype=np.float32, keepdims=True)
        speaking.source = self._audio.growing(sound.rate)
        speaking.source.feed(self._audio.to_pcm16(mono).tobytes())
        self._set(speaking, rate=sound.rate, first_sound=time.monotonic() - speaking.began)
        for begun in self.on_sound:
            begun(speaking.take, speaking.source)

    async def _keep_sound(self, speaking: _Generation, source: GrowingSource) -> None:
        found = await asyncio.to_thread(self._measured, source)
        self._set(speaking, **found)

    def _measured(self, source: GrowingSource) -> dict[str, object]:
        pcm = source.pcm()
        samples = np.multiply(pcm, np.float32(1 / 32768), dtype=np.float32)
        found = self._audio.measure(samples, source.rate)
        digest = self._blobs.put(self._audio.wav_bytes(self._audio.make_sound(samples, source.rate)))
        return {
            "audio": digest, "frames": len(pcm), "peaks": outline(pcm), "loudness": found.integrated,
            "true_peak": found.true_peak,
        }  # fmt: skip

    def _tell_waiting(self, speaking: _Generation, waiting: Waiting | None) -> None:
        if waiting is not None or speaking.waits:
            speaking.waits = waiting is not None
            for told in self.on_waiting:
                told(speaking.take, waiting)

    def _set(self, speaking: _Generation, **fields: object) -> None:
        speaking.take = msgspec.structs.replace(speaking.take, **fields)

    def _tell(self, take: Take) -> None:
        for told in self.on_take:
            told(take)


def fresh(wish: Take) -> Take:
    """A new take with the settings of another, and nothing of its result."""
    return msgspec.structs.replace(
        wish, id=new_id(), created=time.time(), state="speaking", audio="", rate=RATE, frames=0, first_sound=None,
        seconds=0.0, loudness=None, true_peak=None, peaks=b"", usage=None, note="", stars=0, call_id="", error="",
        spoken="",
    )  # fmt: skip


def _told(failure: Exception) -> WorkbenchError:
    """What is told of a failure; one that nobody foresaw is logged with its trace."""
    if isinstance(failure, WorkbenchError):
        return failure
    log.error("a take failed: %s", failure, exc_info=failure)
    return WorkbenchError(Code.UNEXPECTED, kind=type(failure).__name__, message=str(failure))


def _check(take: Take) -> None:
    if not take.model:
        raise InputError(Code.NO_MODEL)
    if take.voice.kind == "designed" and not take.voice.description.strip():
        raise InputError(Code.NO_DESCRIPTION, field="description")
    if take.voice.kind == "cloned" and not take.voice.sample:
        raise InputError(Code.NO_SAMPLE, field="sample")
    if not take.text.strip() and not (take.voice.kind == "designed" and take.voice.polish):
        raise InputError(Code.NO_TEXT, field="text")
