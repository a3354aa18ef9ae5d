"""Requests takes, as jobs or one at once, stops them, and says which are being made."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from app.core.audition_grids import ORIGIN as GRID
from app.core.audition_grids import job_owner
from app.core.errors import Code, StorageError, WorkbenchError
from app.core.jobs import MAX_ITEMS, Job, JobEstimate
from app.core.observers import Event
from app.core.read_back import job_owner as check_owner
from app.core.takes import Take, TakeProgress, joined_id
from app.services.connection import Connection
from app.services.jobs.queue import JobQueue
from app.services.speech.generation import Generation
from app.services.speech.generations import Generations, TakeEvents
from app.services.speech.listening import Gain, Listening
from app.services.speech.new_takes import check_take, new_take_from
from app.services.speech.playback import Playback
from app.services.speech.ports import Audio, Blobs, GrowingSource, SpokenBy, TakeStore
from app.services.speech.queued_takes import QueuedTakes
from app.services.speech.stored_takes import StoredTakes
from app.services.speech.take_jobs import JOB_KIND
from app.services.speech.take_making import CallTimes, TakeMaking, no_call_times
from app.services.speech.voice_consent import ConsentCheck, NoConsentNeeded
from app.services.tasks import TaskSet


class TakeService:
    """Makes and stores takes with the active service.

    Attributes:
        on_take, on_deleted, on_failed, on_sound, on_waiting, on_voice_replaced: see `TakeEvents`.
        on_jobs: emitted when jobs began, ended, were paused or resumed.
        queued: what the job queue does with takes.
        stored: takes as they are stored.
    """

    def __init__(
        self, connection: Connection, tasks: TaskSet, takes: TakeStore, blobs: Blobs, audio: Audio, queue: JobQueue,
        playback: Playback, call_times: CallTimes = no_call_times, consents: ConsentCheck | None = None,
    ) -> None:  # fmt: skip
        self._connection = connection
        self._tasks = tasks
        self._takes = takes
        self._consents = consents or NoConsentNeeded()
        self._queue = queue
        events = TakeEvents()
        self.on_take, self.on_deleted, self.on_failed = events.on_take, events.on_deleted, events.on_failed
        self.on_sound, self.on_waiting = events.on_sound, events.on_waiting
        self.on_voice_replaced = events.on_voice_replaced
        self.on_jobs: Event[()] = Event()
        self._generations = Generations()
        self._listening = Listening(playback, events)
        self._making = TakeMaking(
            connection,
            takes,
            blobs,
            audio,
            self._generations,
            events,
            self._listening,
            call_times,
            self._consents,
        )
        self.stored = StoredTakes(takes, blobs, audio, queue, tasks, self._generations, events, self._making)
        self.queued = QueuedTakes(takes, self._generations, events, self._making, self.stored)
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

        Raises InputError: NO_TEXT, NO_DESCRIPTION, NO_SAMPLE, NO_MODEL or NO_CONSENT, and then nothing was queued.
        """
        for spec in specs:
            self.check(spec)
        takes = tuple(new_take_from(spec) for spec in specs)
        if listen is not None:
            self.listen_to(takes[0].id, listen)
        self._begin(takes, title, owner)
        return takes

    def request_joined(self, joined: Generation, parts: Sequence[Take], *, title: str, owner: str = "") -> None:
        """Queue new takes that make the parts of a new take as one job. `joined` is given their sound by the caller."""
        self._generations.add(joined)
        self.on_take.emit(joined.take)
        self._begin(parts, title, owner, joined)

    def check(self, spec: Take) -> None:
        """Raise InputError if a take can't be requested, or its voice may not be spoken."""
        check_take(spec)
        self._consents.check_loaded(spec.voice)

    def _begin(self, takes: Sequence[Take], title: str, owner: str, joined: Generation | None = None) -> None:
        generations = [Generation(take) for take in takes]
        for generation in generations:
            self._generations.add(generation)
            self._generations.storing.add(generation.take.id)
        job = Job("", JOB_KIND, origin=takes[0].origin, owner=owner, title=title, model=takes[0].model)
        for take in takes:
            self.on_take.emit(take)
        also = () if joined is None else (joined.take,)
        for start in range(0, len(generations), MAX_ITEMS):
            batch = generations[start : start + MAX_ITEMS]
            self._tasks.spawn(self._store_and_queue(job, batch, also), f"queue {len(batch)} takes")

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
                self._generations.remove(generation.take.id)
                self.on_deleted.emit(generation.take.id)
            self.on_failed.emit(generations[0].take, error)
            return
        finally:
            self._generations.storing -= {generation.take.id for generation in generations}
        for generation in generations:
            if generation.stop_reason:
                generation.stop_reason = ""
                self._queue.stop_subject(generation.take.id)

    def generate(self, spec: Take) -> Take:
        """Make one take at once, outside of all jobs. For what is only heard, such as an answer that is read aloud.

        Raises InputError as `request`.
        """
        self.check(spec)
        generation = Generation(new_take_from(spec))
        take = generation.take
        self._generations.add(generation)
        self.on_take.emit(take)
        direct = self._generations.direct
        task = direct[take.id] = self._tasks.spawn(self._making.make_alone(generation), f"take {take.id}")
        task.add_done_callback(lambda _task: direct.pop(take.id, None))
        return take

    def _job_changed(self, _job_id: str) -> None:
        self._generations.ended = {take_id for take_id in self._generations.ended if self._queue.is_to_be_made(take_id)}
        self.on_jobs.emit()

    def listen_to(self, take_id: str, gain: Gain | None = None) -> None:
        """Play a take when its sound begins to arrive; an empty id plays none. The last call counts."""
        self._listening.listen_to(take_id, gain)

    # -- stopping -------------------------------------------------------------------------------------------------

    def stop(self, take_id: str) -> None:
        """Stop making a take. What has arrived is saved, the take marked as cut, and no longer played."""
        generation, task = self._generations.get(take_id), self._generations.direct.get(take_id)
        if generation is not None and (generation.state in ("saving", "unsaved") or generation.stop_reason):
            return
        if generation is not None:
            self._listening.silence(take_id)
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

    def stop_session(self, session: str) -> None:
        """Stop making the takes of a session, and send none of those that are queued. For one that was deleted."""
        for generation in tuple(self._generations.all()):
            if generation.take.session == session and not generation.take.has_ended:
                self.stop(generation.take.id)
        self._queue.stop_owned(session)
        self._queue.stop_owned(job_owner(session))
        self._queue.stop_owned(check_owner(session))

    async def finish(self) -> None:
        """Stop what is being made and try once more to save unsaved takes. Called at the end of the program."""
        await self._queue.aclose()
        direct = self._generations.direct
        for take_id in tuple(direct):
            self.stop(take_id)
        if direct:
            await asyncio.wait(tuple(direct.values()))
        await self.stored.save_unsaved()

    # -- what is being made ---------------------------------------------------------------------------------------

    def has_active(self, session: str) -> bool:
        """Whether takes of a session are being made, or will be by themselves; those of its grid do not count."""
        outside = (*self._generations.storing, *self._generations.direct)
        generations = map(self._generations.get, outside)
        takes = [generation.take for generation in generations if generation is not None]
        return self._queue.has_active(session, self._generations.ended) or any(
            take.session == session and take.origin != GRID and not take.has_ended for take in takes
        )

    @property
    def is_busy(self) -> bool:
        """Whether any take is being made, or will be by itself."""
        return any(
            not generation.take.has_ended and self.is_active(generation.take.id)
            for generation in self._generations.all()
        )

    def active_in(self, session: str) -> tuple[str, ...]:
        """Return the ids of the takes of a session being made, or that will be by themselves; not those of its grid."""
        takes = (generation.take for generation in self._generations.all())
        made = (take for take in takes if take.session == session and take.origin != GRID)
        own = [take.id for take in made if self.is_active(take.id)]
        active = dict.fromkeys((*own, *self._queue.active_subjects(session)))
        return tuple(take_id for take_id in active if take_id not in self._generations.ended)

    def running(self) -> tuple[str, ...]:
        """Return the ids of the takes being made or queued, oldest first; not those of parts of another take."""
        return tuple(
            generation.take.id
            for generation in self._generations.all()
            if not generation.take.has_ended
            and not joined_id(generation.take.session)
            and (not generation.members or self.is_active(generation.take.id))
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

    def progress(self, take_id: str) -> TakeProgress | None:
        """Return how far a take is that is being made; None for any other."""
        generation = self._generations.get(take_id)
        if generation is None or generation.take.has_ended:
            return None
        return TakeProgress(generation.state, generation.elapsed_seconds, generation.take.stream)

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
        return await self.stored.of_session(session)

    async def stored_take(self, take_id: str) -> Take | None:
        """Return a stored take; None if it was deleted. Raises StorageError."""
        try:
            return await self._takes.get(take_id)
        except StorageError as error:
            if error.code is not Code.NOT_KEPT:
                raise
            return None

    async def spoken_by(self, voice_id: str) -> SpokenBy:
        """Return what a voice of the library spoke. Raises StorageError."""
        return await self._takes.spoken_by(voice_id)

    async def annotate(self, take_id: str, *, note: str | None = None, stars: int | None = None) -> None:
        """Change the note or stars of a take; None leaves a field unchanged. Raises StorageError."""
        await self.stored.annotate(take_id, note=note, stars=stars)

    async def ensure_saved(self, take: Take) -> Take:
        """Save a take whose saving failed before, and return its saved state. Raises StorageError."""
        return await self.stored.ensure_saved(take)

    async def delete(self, take_ids: Sequence[str]) -> None:
        """Soft-delete takes; `restore` undoes it. Unsaved audio stays in memory until `finish`.

        What is being made is stopped, and what is queued is not sent. Raises StorageError.
        """
        for take_id in take_ids:
            if self._queue.is_to_be_made(take_id) or take_id in self._generations.direct:
                self.stop(take_id)
        await self.stored.delete(take_ids)

    async def restore(self, takes: Sequence[Take]) -> None:
        """Undo `delete`. Raises StorageError."""
        await self.stored.restore(takes)

    # -- for jobs -------------------------------------------------------------------------------------------------

    async def repeat(self, take_id: str) -> bool:
        """Make all takes again that failed, or whose answers were lost, in the job a take belongs to.

        Returns False if it belongs to none that is listed. Raises StorageError.
        """
        job_id = self._queue.job_of(take_id)
        if job_id:
            await self._queue.retry(job_id)
            await self._queue.send_again(job_id)
        return bool(job_id)

    # -- for takes that are spoken in parts -----------------------------------------------------------------------

    def generation(self, take_id: str) -> Generation | None:
        """A take that is being made or could not be saved; None for any other."""
        return self._generations.get(take_id)

    def add(self, generation: Generation) -> None:
        """List a take as being made by the caller, who ends it with `end`."""
        self._generations.add(generation)
        self.on_take.emit(generation.take)

    def release(self, take_id: str) -> None:
        """Undo `add`: the take is no longer made."""
        self._generations.remove(take_id)

    def forget_sound(self, take_id: str) -> None:
        """The sound that was heard of a take so far is no longer its sound."""
        self._listening.forget(take_id)

    def announce_sound(self, generation: Generation, start: int = 0) -> None:
        """Play the take if it is the one to listen to, from `start` in milliseconds, and notify."""
        self._listening.announce(generation, start)

    async def end(self, generation: Generation, error: WorkbenchError | None) -> None:
        """Save a take that the caller made. See `TakeMaking.finish`."""
        await self._making.finish(generation, error)
