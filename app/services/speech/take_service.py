"""Makes takes, plays them while they arrive, and saves them, complete or as far as they arrived."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing, suppress

import msgspec
import numpy as np

from app.core.errors import AudioError, Code, InputError, ServiceError, WorkbenchError
from app.core.events import (
    AudioDelta,
    AudioFormat,
    Finished,
    PreviewText,
    Sending,
    SpeechEvent,
    Started,
    UsageReported,
    Waiting,
)
from app.core.jobs import MAX_ITEMS, Job, JobEstimate
from app.core.messages import new_id
from app.core.observers import Event
from app.core.requests import BuiltinVoice, ClonedVoice, DesignedVoice, SpeechRequest
from app.core.takes import Take, TakeState, joined_id
from app.core.voices import mime_of
from app.services.connection import Connection
from app.services.jobs.ports import CallProgress, NotNow, Record, Write
from app.services.jobs.queue import JobQueue
from app.services.speech.generation import Generation
from app.services.speech.playback import Playback
from app.services.speech.ports import Audio, Blobs, GrowingSource, JoinedTakes, TakeStore
from app.services.speech.take_jobs import JOB_KIND
from app.services.speech.waveform_peaks import outline
from app.services.tasks import TaskSet

log = logging.getLogger(__name__)

RATE = 24_000

Gain = Callable[[Take], float]
"""Returns the gain in decibels a take is played with when its sound begins to arrive."""


class TakeService:
    """Makes and stores takes with the active service.

    Attributes:
        on_take: emitted with every new state of a take, finally when it was saved.
        on_deleted: emitted with the id of a deleted take.
        on_failed: emitted with a take and the reason why it failed or broke off.
        on_sound: emitted with a take and its source when its sound begins to arrive.
        on_waiting: emitted with a take and what its request waits for, then with None.
        next_number: returns the number of a take that is made again for another one; by default the same.
        on_jobs: emitted when jobs began, ended, were paused or resumed.
        joined: follows the takes that are spoken in parts, once there is one.
    """

    def __init__(
        self, connection: Connection, tasks: TaskSet, takes: TakeStore, blobs: Blobs, audio: Audio, queue: JobQueue,
        playback: Playback,
    ) -> None:  # fmt: skip
        self._connection = connection
        self._tasks = tasks
        self._takes = takes
        self._blobs = blobs
        self._audio = audio
        self._queue = queue
        self._playback = playback
        self._generations: dict[str, Generation] = {}
        self._direct: dict[str, asyncio.Task[None]] = {}
        self._storing: set[str] = set()
        self._ended: set[str] = set()
        """Takes that have ended and whose calls have not, which takes the loop a moment."""
        self._listening_id = ""
        self._listening_gain: Gain = _no_gain
        self._store_lock = asyncio.Lock()
        self.next_number: Callable[[Take], int] = lambda take: take.number
        self._measuring: set[str] = set()
        self._measuring_one = asyncio.Lock()
        """Held while a sound is measured: several threads at once would let the loop pause for tens of milliseconds."""
        self.joined: JoinedTakes | None = None
        self.on_take: Event[Take] = Event()
        self.on_deleted: Event[str] = Event()
        self.on_failed: Event[Take, WorkbenchError] = Event()
        self.on_sound: Event[Take, GrowingSource] = Event()
        self.on_waiting: Event[Take, Waiting | None] = Event()
        self.on_jobs: Event[()] = Event()
        queue.on_change.subscribe(self._job_changed)

    @property
    def service_name(self) -> str:
        """Id and address of the active service, by which what one service spoke is told from that of another."""
        profile = self._connection.profile
        return f"{profile.id} {profile.base_url}"

    # -- beginning ------------------------------------------------------------------------------------------------

    def request(
        self, specs: Sequence[Take], *, title: str, owner: str = "", listen: Gain | None = None
    ) -> tuple[Take, ...]:
        """Queue new takes with the settings of `specs` as one job (more, if they are too many for one), of one model.

        The user waits for the first, so it passes those of other jobs. `title` and `owner` are those of the job. With
        `listen` the first is played when its sound arrives, unless another is asked for meanwhile.

        Raises InputError: NO_TEXT, NO_DESCRIPTION, NO_SAMPLE or NO_MODEL, and then nothing was queued.
        """
        for spec in specs:
            check_take(spec)
        takes = tuple(new_take_from(spec) for spec in specs)
        if listen is not None:
            self.listen_to(takes[0].id, listen)
        self._begin(takes, title, owner)
        return takes

    def request_joined(self, joined: Generation, parts: Sequence[Take], *, title: str, owner: str = "") -> None:
        """Queue new takes that make the parts of a new take as one job. `joined` is given their sound by the caller."""
        self._generations[joined.take.id] = joined
        self.on_take.emit(joined.take)
        self._begin(parts, title, owner, joined)

    def _begin(self, takes: Sequence[Take], title: str, owner: str, joined: Generation | None = None) -> None:
        generations = [Generation(take) for take in takes]
        for generation in generations:
            self._generations[generation.take.id] = generation
            self._storing.add(generation.take.id)
        job = Job("", JOB_KIND, origin=takes[0].origin, owner=owner, title=title, model=takes[0].model)
        for take in takes:
            self.on_take.emit(take)
        also = () if joined is None else (joined.take,)
        for start in range(0, len(generations), MAX_ITEMS):
            batch = generations[start : start + MAX_ITEMS]
            self._tasks.spawn(self._store_and_queue(job, batch, also), f"queue {len(batch)} takes")

    def generate(self, spec: Take) -> Take:
        """Make one take at once, outside of all jobs. For what is only heard, such as an answer that is read aloud.

        Raises InputError as `request`.
        """
        check_take(spec)
        generation = Generation(new_take_from(spec))
        take = generation.take
        self._generations[take.id] = generation
        self.on_take.emit(take)
        task = self._direct[take.id] = self._tasks.spawn(self._make_alone(generation), f"take {take.id}")
        task.add_done_callback(lambda _task: self._direct.pop(take.id, None))
        return take

    def _job_changed(self, _job_id: str) -> None:
        self._ended = {take_id for take_id in self._ended if self._queue.is_to_be_made(take_id)}
        self.on_jobs.emit()

    def listen_to(self, take_id: str, gain: Gain | None = None) -> None:
        """Play a take when its sound begins to arrive; an empty id plays none. The last call counts."""
        self._listening_id, self._listening_gain = take_id, gain or _no_gain

    def stop(self, take_id: str) -> None:
        """Stop making a take. What has arrived is saved, the take marked as cut, and no longer played."""
        generation, task = self._generations.get(take_id), self._direct.get(take_id)
        if generation is not None and (generation.state in ("saving", "unsaved") or generation.stop_reason):
            return
        if generation is not None:
            self._silence(take_id)
        if generation is not None and generation.members:
            generation.stop_reason = "stopped"
            for member in generation.members:
                self.stop(member)
            return
        if generation is None or (task is None and self._queue.is_to_be_made(take_id)):
            self._queue.stop_subject(take_id)
            return
        generation.stop_reason = "stopped"
        if task is None:
            # It is being stored; `_store_and_queue` sees that it was stopped.
            return
        # A task that is cancelled before its first step never runs its cleanup.
        if generation.state != "queued":
            task.cancel()

    def _silence(self, take_id: str) -> None:
        """What is being made of a take is not played any more, or not at all."""
        if self._listening_id == take_id:
            self.listen_to("")
        if self._playback.key == take_id:
            self._playback.pause()

    def stop_session(self, session: str) -> None:
        """Stop making the takes of a session, and send none of those that are queued. For one that was deleted."""
        for generation in tuple(self._generations.values()):
            if generation.take.session == session and not generation.take.has_ended:
                self.stop(generation.take.id)
        self._queue.stop_owned(session)

    def has_active(self, session: str) -> bool:
        """Whether takes of a session are being made, or will be by themselves."""
        outside = [self._generations.get(take_id) for take_id in (*self._storing, *self._direct)]
        takes = [generation.take for generation in outside if generation is not None]
        return self._queue.has_active(session, self._ended) or any(
            take.session == session and not take.has_ended for take in takes
        )

    @property
    def is_busy(self) -> bool:
        """Whether any take is being made, or will be by itself."""
        return any(
            not generation.take.has_ended and self.is_active(take_id)
            for take_id, generation in self._generations.items()
        )

    def active_in(self, session: str) -> tuple[str, ...]:
        """Return the ids of the takes of a session being made, or that will be by themselves."""
        made = (generation.take for generation in self._generations.values() if generation.take.session == session)
        own = [take.id for take in made if self.is_active(take.id)]
        active = dict.fromkeys((*own, *self._queue.active_subjects(session)))
        return tuple(take_id for take_id in active if take_id not in self._ended)

    def running(self) -> tuple[str, ...]:
        """Return the ids of the takes being made or queued, oldest first; not those of parts of another take."""
        return tuple(
            take_id
            for take_id, generation in self._generations.items()
            if not generation.take.has_ended
            and not joined_id(generation.take.session)
            and (not generation.members or self.is_active(take_id))
        )

    def estimate(self, model: str, count: int) -> JobEstimate:
        """What is known about a number of takes before they are requested."""
        return self._queue.estimate(JOB_KIND, model, count)

    def is_active(self, take_id: str) -> bool:
        """Whether a take is being made or will be by itself; not if its job is paused."""
        if self._queue.is_to_be_made(take_id):
            return self._queue.is_active(take_id)
        generation = self._generations.get(take_id)
        if generation is not None and generation.members and generation.state != "saving":
            return any(self.is_active(member) for member in generation.members)
        return generation is not None and not generation.take.has_ended

    def streaming_source(self, take_id: str) -> GrowingSource | None:
        """Return the source of a take that is being made or could not be saved; None before sound arrived."""
        generation = self._generations.get(take_id)
        return generation.source if generation is not None else None

    async def finished(self, take_id: str) -> None:
        """Wait until a take is no longer being made."""
        ended = asyncio.Event()
        unsubscribe = self.on_take.subscribe(
            lambda take: ended.set() if take.id == take_id and take.has_ended else None
        )
        try:
            while (generation := self._generations.get(take_id)) is not None and generation.state != "unsaved":
                await ended.wait()
                await asyncio.sleep(0)
                ended.clear()
        finally:
            unsubscribe()

    # -- what is stored -------------------------------------------------------------------------------------------

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
        newer = self._generations
        return tuple(newer[take.id].take if take.id in newer else take for take in takes)

    async def _settled(self, take: Take) -> Take:
        """A take whose job is gone is not queued any more: it was deleted while it was queued, and brought back."""
        generation = self._generations.get(take.id)
        if generation is not None and generation.members:
            return generation.take
        if take.state != "queued" or generation is not None or self._queue.is_to_be_made(take.id):
            return take
        if take.parts and self.joined is not None:
            return await self.joined.settle(take)
        take = msgspec.structs.replace(take, state="failed")
        try:
            async with self._store_lock:
                await self._takes.keep(take)
        except WorkbenchError as error:
            # Not fatal; it is found again when the session is read next.
            log.warning("take %s is not stored: %s", take.id, error)
        return take

    async def _measure_later(self, take: Take) -> None:
        try:
            async with self._measuring_one:
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
            self.on_take.emit(take)
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
            generation = self._generations.get(take_id)
            if generation is not None:
                generation.set(**fields)
                self.on_take.emit(generation.take)
                if generation.state != "saved":
                    # It will be saved together with the audio.
                    return
            take = msgspec.structs.replace(await self._takes.get(take_id), **fields)
            await self._takes.keep(take)
            self.on_take.emit(take)

    async def ensure_saved(self, take: Take) -> Take:
        """Save a take whose saving failed before, and return its saved state. Raises StorageError."""
        generation = self._generations.get(take.id)
        if generation is None or generation.state != "unsaved":
            return take
        await self._save(generation)
        self.on_take.emit(generation.take)
        return generation.take

    async def finish(self) -> None:
        """Stop what is being made and try once more to save unsaved takes. Called at the end of the program."""
        await self._queue.aclose()
        for take_id in tuple(self._direct):
            self.stop(take_id)
        if self._direct:
            await asyncio.wait(tuple(self._direct.values()))
        for generation in tuple(self._generations.values()):
            if generation.state != "unsaved":
                continue
            if generation.is_deleted:
                self._discard(generation)
                continue
            try:
                await self._save(generation)
            except Exception as failure:
                log.warning("take %s is not kept: %s", generation.take.id, as_workbench_error(failure))

    async def delete(self, take_ids: Sequence[str]) -> None:
        """Soft-delete takes; `restore` undoes it. Unsaved audio stays in memory until `finish`.

        What is being made is stopped, and what is queued is not sent. Raises StorageError.
        """
        for take_id in take_ids:
            if self._queue.is_to_be_made(take_id) or take_id in self._direct:
                self.stop(take_id)
        await self._takes.delete(take_ids)
        for take_id in take_ids:
            generation = self._generations.get(take_id)
            if generation is not None:
                generation.is_deleted = True
            self.on_deleted.emit(take_id)

    async def restore(self, takes: Sequence[Take]) -> None:
        await self._takes.restore([take.id for take in takes])
        for take in takes:
            generation = self._generations.get(take.id)
            if generation is not None:
                generation.is_deleted = False
                self.on_take.emit(generation.take)
            else:
                # Read again, because the note may have changed since the caller got the take.
                self.on_take.emit(await self._settled(await self._takes.get(take.id)))

    # -- making one take ------------------------------------------------------------------------------------------

    async def _store_and_queue(self, job: Job, generations: Sequence[Generation], also: Sequence[Take] = ()) -> None:
        """Store new takes and their job, then begin it. What can't be stored is not made.

        `also` are takes to be stored with them that are not made by a call of their own.
        """
        try:
            await self._queue.add(
                job, [generation.take.id for generation in generations], interactive=1,
                also=[self._takes.keeping([*also, *(generation.take for generation in generations)])],
            )  # fmt: skip
        except WorkbenchError as error:
            for generation in generations:
                self._generations.pop(generation.take.id, None)
                self.on_deleted.emit(generation.take.id)
            self.on_failed.emit(generations[0].take, error)
            return
        finally:
            self._storing -= {generation.take.id for generation in generations}
        for generation in generations:
            if generation.stop_reason:
                generation.stop_reason = ""
                self._queue.stop_subject(generation.take.id)

    async def make(self, take_id: str, progress: CallProgress, *, interactive: bool) -> Take:
        """Make a queued take, and return it as it ended. Raises the reason if it failed or broke off.

        When cancelled, what has arrived is saved first. Called by the job queue.
        """
        generation = self._generations.get(take_id)
        if generation is None:
            # Queued in an earlier run of the program.
            generation = self._generations[take_id] = Generation(await self._takes.get(take_id))
        if generation.state == "unsaved":
            # Asked for again because it could not be saved.
            return await self.ensure_saved(generation.take)
        return await self._make(generation, progress, interactive=interactive)

    async def _make_alone(self, generation: Generation) -> None:
        with suppress(WorkbenchError):  # Reported by `_finish`.
            await self._make(generation, _ALONE, interactive=True)

    async def _make(self, generation: Generation, progress: CallProgress, *, interactive: bool) -> Take:
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
            self._silence(generation.take.id)
        except NotNow:
            self._return_to_queue(generation)
            raise
        except Exception as failure:
            error = as_workbench_error(failure)
            if progress.is_kept(error):
                self._return_to_queue(generation)
                raise error from failure
            if generation.was_sent and not isinstance(error, ServiceError):
                # It may have been billed: what was lost is not the service's refusal.
                error.params.setdefault("sent", True)
        ending = asyncio.ensure_future(self._finish(generation, error))
        while not ending.done():
            # The end of the program may cancel this task, but not the saving.
            with suppress(asyncio.CancelledError):
                await asyncio.wait({ending})
        if progress is _ALONE:
            self._ended.discard(generation.take.id)
        failed = ending.result()
        if cancelled:
            raise asyncio.CancelledError
        if failed is not None:
            raise failed
        return generation.take

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
            self.on_take.emit(generation.take)

    def _return_to_queue(self, generation: Generation) -> None:
        """It was not sent, so it is stored as queued."""
        self._end_waiting(generation)
        self._generations.pop(generation.take.id, None)

    async def repeat(self, take_id: str) -> bool:
        """Make all takes again that failed, or whose answers were lost, in the job a take belongs to.

        Returns False if it belongs to none that is listed. Raises StorageError.
        """
        job_id = self._queue.job_of(take_id)
        if job_id:
            await self._queue.retry(job_id)
            await self._queue.send_again(job_id)
        return bool(job_id)

    async def queue_again(
        self, take_ids: Sequence[str], record: Callable[[Sequence[str], Sequence[Write]], Awaitable[None]]
    ) -> None:
        """Store new takes with the settings of others, for a job that repeats them. Raises StorageError.

        One that is complete and could not be saved stays itself: `make` saves it, and nothing is sent. So does one
        that was deleted: `make` says that it is gone, and the others are made.
        """
        ids: list[str] = []
        takes: list[Take] = []
        for take_id in take_ids:
            unsaved = self._generations.get(take_id)
            if unsaved is not None and unsaved.take.state == "done":
                ids.append(take_id)
                continue
            try:
                take = unsaved.take if unsaved is not None else await self._takes.get(take_id)
            except WorkbenchError as error:
                if error.code is not Code.NOT_KEPT:
                    raise
                ids.append(take_id)
                continue
            numbered = msgspec.structs.replace(as_redo(take), number=self.next_number(take))
            takes.append(new_take_from(numbered))
            ids.append(takes[-1].id)
        again: Sequence[Take] = takes
        joined: Sequence[Take] = ()
        if self.joined is not None:
            again, joined = await self.joined.repeated(takes)
        await record(ids, (self._takes.keeping([*joined, *again]),))
        for take in again:
            self._generations[take.id] = Generation(take)
            self.on_take.emit(take)
        if self.joined is not None:
            for take in joined:
                await self.joined.settle(take)

    async def drop(self, take_ids: Sequence[str], record: Record) -> None:
        """Remove takes that were queued and never made. Raises StorageError."""
        await record((self._takes.deleting(take_ids),))
        for take_id in take_ids:
            self._generations.pop(take_id, None)
            self.on_deleted.emit(take_id)

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
                self.on_waiting.emit(generation.take, event)
            case Sending():
                await self._record_sending(generation, progress, service)
                self._end_waiting(generation)
                generation.request_sent()
            case Started(call_id=call_id):
                generation.set(call_id=call_id)
            case AudioFormat(container=container, rate=rate):
                generation.begin_sound(container, rate, self._audio)
                self.announce_sound(generation)
            case AudioDelta(content=content):
                generation.receive(content, self._blobs)
                if generation.progress_due():
                    self.on_take.emit(generation.take)
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
                sample = await asyncio.to_thread(self._blobs.read, take.voice.sample)
                voice = ClonedVoice(sample, mime_of(sample))
            case _:
                voice = BuiltinVoice(take.voice.id)
        return SpeechRequest(
            take.model, take.text, voice, "" if take.voice.kind == "designed" else take.direction,
            take.container, take.stream, take.temperature, take.top_p, take.max_tokens,
        )  # fmt: skip

    def generation(self, take_id: str) -> Generation | None:
        """A take that is being made or could not be saved; None for any other."""
        return self._generations.get(take_id)

    def add(self, generation: Generation) -> None:
        """List a take as being made by the caller, who ends it with `end`."""
        self._generations[generation.take.id] = generation
        self.on_take.emit(generation.take)

    def release(self, take_id: str) -> None:
        """Undo `add`: the take is no longer made."""
        self._generations.pop(take_id, None)

    def forget_sound(self, take_id: str) -> None:
        """The sound that was heard of a take so far is no longer its sound."""
        self._playback.forget(take_id)

    async def end(self, generation: Generation, error: WorkbenchError | None) -> None:
        """Save a take that the caller made. See `_finish`."""
        await self._finish(generation, error)

    def announce_sound(self, generation: Generation, start: int = 0) -> None:
        """Play the take if it is the one to listen to, from `start` in milliseconds, and notify."""
        take, source = generation.take, generation.source
        if source is None:
            return
        if take.id == self._listening_id:
            gain = self._listening_gain
            self.listen_to("")
            self._playback.play_stream(take, source, gain(take), start)
        self.on_sound.emit(take, source)

    def _end_waiting(self, generation: Generation) -> None:
        if generation.state == "waiting":
            generation.state = "requesting"
            self.on_waiting.emit(generation.take, None)

    # -- ending one take ------------------------------------------------------------------------------------------

    async def _finish(self, generation: Generation, error: WorkbenchError | None) -> WorkbenchError | None:
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
        generation.set(
            state="done" if is_whole else "cut" if has_sound or error is None else "failed",
            error=reason, seconds=generation.elapsed_seconds,
        )  # fmt: skip
        try:
            await self._save(generation)
        except Exception as failure:
            error = error or as_workbench_error(failure)
            generation.state = "unsaved"
        if error is not None:
            log.info("take %s: %s", generation.take.id, error)
            self.on_failed.emit(generation.take, error)
        self._ended.add(generation.take.id)
        self.on_take.emit(generation.take)
        return error

    async def _decode(self, generation: Generation) -> None:
        """Decode a complete file into the source. A truncated MP3 is decoded as far as possible."""
        assert generation.file is not None
        sound = await asyncio.to_thread(self._audio.read_sound, bytes(generation.file))
        mono = sound.samples.mean(axis=1, dtype=np.float32, keepdims=True)
        generation.set_decoded(self._audio.to_pcm16(mono), sound.rate, self._audio)
        self.announce_sound(generation)

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

    async def _save(self, generation: Generation) -> None:
        """Save the audio, then the take. Until both are saved the partial audio survives a kill."""
        async with generation.save_lock:
            if generation.state == "saved":
                return
            if generation.source is not None and generation.source.known and not generation.take.audio:
                async with self._measuring_one:
                    fields = await asyncio.to_thread(generation.save_sound, self._audio, self._blobs)
                generation.set(**fields)
            written: Take | None = None
            while written is not generation.take:
                # A note or stars may be set during the write.
                written = generation.take
                if generation.absorbed:
                    await self._takes.keep_joined(written, generation.absorbed)
                else:
                    await self._takes.keep(written)
            generation.state = "saved"
            self._discard(generation)
            for part in generation.absorbed:
                unsaved = self._generations.get(part.id)
                if unsaved is not None:
                    self._discard(unsaved)

    def _discard(self, generation: Generation) -> None:
        """Forget a take that was saved or deleted, and remove its partial audio."""
        self._generations.pop(generation.take.id, None)
        generation.discard_partial()


async def _nothing(*_arguments: object) -> None:
    """Nothing but the take is recorded about a request outside of jobs."""


_ALONE = CallProgress(_nothing, _nothing, lambda _error: False)


def _no_gain(take: Take) -> float:
    return 0.0


def new_take_from(spec: Take) -> Take:
    """Return a new take with the settings of another and empty result fields."""
    return msgspec.structs.replace(
        spec, id=new_id(), created=time.time(), state="queued", audio="", rate=RATE, frames=0, first_sound=None,
        seconds=0.0, loudness=None, true_peak=None, peaks=b"", usage=None, note="", stars=0, call_id="", error="",
        spoken="", parts=(),
    )  # fmt: skip


def as_redo(take: Take) -> Take:
    """Return what makes another take with the same settings."""
    return msgspec.structs.replace(take, parent=take.id, relation="redo")


def as_workbench_error(failure: Exception) -> WorkbenchError:
    """Convert an exception to a WorkbenchError; unexpected ones are logged with their traceback."""
    if isinstance(failure, WorkbenchError):
        return failure
    log.error("a take failed: %s", failure, exc_info=failure)
    return WorkbenchError(Code.UNEXPECTED, kind=type(failure).__name__, message=str(failure))


def check_take(take: Take) -> None:
    """Raise InputError if a take can't be requested: NO_MODEL, NO_DESCRIPTION, NO_SAMPLE or NO_TEXT."""
    if not take.model:
        raise InputError(Code.NO_MODEL)
    if take.voice.kind == "designed" and not take.voice.description.strip():
        raise InputError(Code.NO_DESCRIPTION, field="description")
    if take.voice.kind == "cloned" and not take.voice.sample:
        raise InputError(Code.NO_SAMPLE, field="sample")
    if not take.text.strip() and not (take.voice.kind == "designed" and take.voice.polish):
        raise InputError(Code.NO_TEXT, field="text")
