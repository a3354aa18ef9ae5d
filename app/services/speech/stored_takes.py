"""Takes as they are stored: reads, measures, annotates, deletes and restores them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

import msgspec
import numpy as np

from app.core.errors import WorkbenchError
from app.core.takes import ReadBack, Take, TakeFinding, TakeState
from app.services.jobs.queue import JobQueue
from app.services.speech.generations import Generations, TakeEvents
from app.services.speech.ports import Audio, Blobs, JoinedTakes, TakeStore
from app.services.speech.take_health import find_in_sound, with_read_back
from app.services.speech.take_making import TakeMaking, as_workbench_error
from app.services.speech.waveform_peaks import outline
from app.services.tasks import TaskSet

log = logging.getLogger(__name__)


class StoredTakes:
    """What is stored of takes; those that are being made, or could not be saved, are newer.

    Attributes:
        joined: follows the takes that are spoken in parts, once there is one.
    """

    def __init__(
        self, takes: TakeStore, blobs: Blobs, audio: Audio, queue: JobQueue, tasks: TaskSet, generations: Generations,
        events: TakeEvents, making: TakeMaking,
    ) -> None:  # fmt: skip
        self._takes = takes
        self._blobs = blobs
        self._audio = audio
        self._queue = queue
        self._tasks = tasks
        self._generations = generations
        self._events = events
        self._making = making
        self._store_lock = asyncio.Lock()
        self._measuring: set[str] = set()
        self.joined: JoinedTakes | None = None

    async def of_session(self, session: str) -> tuple[Take, ...]:
        """Return the takes of a session, newest first. Takes interrupted by a kill are measured in the background."""
        takes = await self._takes.of_session(session)
        for take in takes:
            if take.audio and not take.peaks and take.id not in self._measuring:
                self._measuring.add(take.id)
                self._tasks.spawn(self._measure_later(take), f"measure take {take.id}")
        if any(take.state == "queued" for take in takes):
            await self._queue.loaded.wait()
            takes = tuple([await self._settled(take) for take in takes])
        # Those that are being made, or could not be saved, are newer than what is stored.
        generations = [self._generations.get(take.id) for take in takes]
        return tuple(take if newer is None else newer.take for take, newer in zip(takes, generations, strict=True))

    async def _settled(self, take: Take) -> Take:
        """A take whose job is gone is not queued any more: it was deleted while it was queued, and brought back."""
        generation = self._generations.get(take.id)
        if generation is not None and generation.members:
            return generation.take
        if take.state != "queued" or generation is not None or self._queue.is_to_be_made(take.id):
            return take
        if take.parts and self.joined is not None:
            return await self.joined.settle(take)
        try:
            async with self._store_lock:
                return await self._takes.update(take.id, _without_job)
        except WorkbenchError as error:
            # Not fatal; it is found again when the session is read next.
            log.warning("take %s is not stored: %s", take.id, error)
            return _without_job(take)

    async def _measure_later(self, take: Take) -> None:
        try:
            async with self._making.measure_lock:
                measured = await asyncio.to_thread(self._measure_blob, take.audio, take.state)
            async with self._store_lock:
                take = await self._takes.update(take.id, lambda stored: _measured(stored, measured))
        except WorkbenchError as error:
            # Not fatal; it is tried again when the session is read next.
            log.info("take %s is not measured: %s", take.id, error)
        else:
            self._events.on_take.emit(take)
        finally:
            self._measuring.discard(take.id)

    def _measure_blob(self, digest: str, state: TakeState) -> dict[str, object]:
        sound = self._audio.read_sound(self._blobs.read(digest))
        mono = sound.samples.mean(axis=1, dtype=np.float32, keepdims=True)
        measured = self._audio.measure(mono, sound.rate)
        return {
            "rate": sound.rate, "frames": len(mono), "peaks": outline(self._audio.to_pcm16(mono)),
            "loudness": measured.integrated, "true_peak": measured.true_peak,
            "findings": find_in_sound(mono, sound.rate, self._audio, state),
        }  # fmt: skip

    async def annotate(self, take_id: str, *, note: str | None = None, stars: int | None = None) -> None:
        """Change the note or stars of a take; None leaves a field unchanged. Raises StorageError."""
        fields = {name: value for name, value in (("note", note), ("stars", stars)) if value is not None}
        async with self._store_lock:
            generation = self._generations.get(take_id)
            if generation is not None:
                generation.set(**fields)
                self._events.on_take.emit(generation.take)
            try:
                take = await self._takes.update(take_id, lambda stored: msgspec.structs.replace(stored, **fields))
            except WorkbenchError:
                if generation is None:
                    raise
                # It will be saved together with the audio.
                return
            if generation is not None:
                return
            begun = self._generations.get(take_id)
            if begun is not None:
                # It began to be made meanwhile, and was read before this was stored.
                begun.set(**fields)
                take = begun.take
            self._events.on_take.emit(take)

    async def set_read_back(self, take_id: str, read_back: ReadBack, found: tuple[TakeFinding, ...]) -> None:
        """Store what was heard in a take, and what was found in its words. Raises StorageError."""
        async with self._store_lock:
            generation = self._generations.get(take_id)
            if generation is not None:
                generation.take = with_read_back(generation.take, read_back, found)
                self._events.on_take.emit(generation.take)
                return
            take = await self._takes.update(take_id, lambda stored: with_read_back(stored, read_back, found))
            self._events.on_take.emit(take)

    async def ensure_saved(self, take: Take) -> Take:
        """Save a take whose saving failed before, and return its saved state. Raises StorageError."""
        generation = self._generations.get(take.id)
        if generation is None or generation.state != "unsaved":
            return take
        await self._making.save(generation)
        self._events.on_take.emit(generation.take)
        return generation.take

    async def save_unsaved(self) -> None:
        """Try once more to save what could not be saved, except what was deleted."""
        for generation in tuple(self._generations.all()):
            if generation.state != "unsaved":
                continue
            if generation.is_deleted:
                self._generations.discard(generation)
                continue
            try:
                await self._making.save(generation)
            except Exception as failure:
                log.warning("take %s is not kept: %s", generation.take.id, as_workbench_error(failure))

    async def delete(self, take_ids: Sequence[str]) -> None:
        """Soft-delete takes; `restore` undoes it. Unsaved audio stays in memory. Raises StorageError."""
        async with self._store_lock:
            # A note that is being saved is saved before, or undoing would bring back the one before it.
            await self._takes.delete(take_ids)
        for take_id in take_ids:
            generation = self._generations.get(take_id)
            if generation is not None:
                generation.is_deleted = True
            self._events.on_deleted.emit(take_id)

    async def restore(self, takes: Sequence[Take]) -> None:
        """Undo `delete`. Raises StorageError."""
        await self._takes.restore([take.id for take in takes])
        # Read again, because a note may have changed since the caller got the takes.
        stored = {
            take.id: take for name in {take.session for take in takes} for take in await self._takes.of_session(name)
        }
        for take in takes:
            generation = self._generations.get(take.id)
            if generation is not None:
                generation.is_deleted = False
                self._events.on_take.emit(generation.take)
            else:
                self._events.on_take.emit(await self._settled(stored.get(take.id) or await self._takes.get(take.id)))


def _without_job(take: Take) -> Take:
    """A take that is queued as it is without the job that would have made it."""
    return msgspec.structs.replace(take, state="failed") if take.state == "queued" else take


def _measured(take: Take, measured: dict[str, object]) -> Take:
    """A take with what was measured of its audio."""
    if take.state == "failed":
        # Its audio could not be decoded when it arrived, and can be now.
        measured = measured | {"state": "done", "error": ""}
    return msgspec.structs.replace(take, **measured)
