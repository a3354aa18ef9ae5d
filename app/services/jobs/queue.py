"""The job queue: makes the calls of all jobs, as many at a time as the service allows, and survives a kill.

Before a request leaves, that is stored; so after a kill what was sent is known, and is not sent again by itself,
because it may have been billed. Calls are only begun while there is room for them (`Limits.parallel`), so the order
of jobs can be changed until then; within the room the rate limiter of the client decides.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from app.core.errors import WorkbenchError
from app.core.jobs import MAX_ITEMS, ItemState, Job, JobItem, after_restart, item_id
from app.core.messages import new_id
from app.core.observers import Event
from app.services.jobs.call_scheduler import CallScheduler
from app.services.jobs.entry import JobEntry
from app.services.jobs.job_list import JobList
from app.services.jobs.ports import ActiveService, JobRunner, JobStore, Limits, Write
from app.services.jobs.saver import JobSaver
from app.services.tasks import TaskSet

ENDED_JOBS_KEPT_SECONDS = 7 * 24 * 3600.0
"""Ended jobs are listed for so long."""


class JobQueue(JobList):
    """All jobs of the program.

    Attributes:
        loaded: set once the jobs of earlier runs are read, or can't be.
        on_change: emitted after every change of a job or item, with the id of the job.
        on_failed: emitted with every error of the store.
        on_interrupted: emitted once, with the number of jobs that were interrupted when the program ended.
    """

    def __init__(
        self, store: JobStore, tasks: TaskSet, service: Callable[[], ActiveService],
        limits: Callable[[str], Limits],
    ) -> None:  # fmt: skip
        """`service` returns the active service; `limits` the limits of one of its models."""
        super().__init__(limits)
        self._store = store
        self._tasks = tasks
        self._service = service
        self._adding: set[str] = set()
        self._repeating: set[str] = set()
        self.loaded = asyncio.Event()
        self.on_change: Event[str] = Event()
        self.on_failed: Event[WorkbenchError] = Event()
        self.on_interrupted: Event[int] = Event()
        self._saver = JobSaver(store, tasks, self.on_failed)
        self._calls = CallScheduler(
            self._going, self._runners, service, limits, tasks, store, self._saver, self._durations,
            set_job=self._set, changed=self._changed,
        )  # fmt: skip

    @property
    def is_closing(self) -> bool:
        """Whether the program ends: calls are cancelled that nobody stopped."""
        return self._calls.is_closing

    def add_runner(self, kind: str, runner: JobRunner) -> None:
        """Set what makes the calls of one kind of job. Do so before `load`."""
        self._runners[kind] = runner

    async def load(self) -> None:
        """Read the jobs of earlier runs; those that were not finished are paused. Raises StorageError."""
        try:
            await self._load()
        finally:
            self.loaded.set()

    async def _load(self) -> None:
        interrupted, forgotten = 0, []
        for stored, listed in await self._store.listed():
            if stored.id in self._entries or stored.id in self._adding or stored.kind not in self._runners:
                continue
            items = self._without_repeated(listed)
            if not items:
                continue
            sent = [item.subject for item in items if item.state == "sent"]
            completed = await self._runners[stored.kind].completed(sent) if sent else ()
            if stored.id in self._entries:
                continue
            job, settled = after_restart(stored, items, completed)
            if (
                job.ended
                and job.ended < time.time() - ENDED_JOBS_KEPT_SECONDS
                and not any(i.state == "lost" for i in settled)
            ):
                forgotten.append(job.id)
                continue
            entry = JobEntry(job, settled)
            self._add(entry)
            if job.state == "stopped":
                # Killed before what was never made was removed.
                self._drop(entry, entry.in_state("queued"))
            for item in settled:
                self._durations.add(job.kind, job.model, item.seconds, item.sent + item.seconds)
            changed = [now for now, before in zip(settled, items, strict=True) if now != before]
            if changed or job != stored:
                interrupted += bool(changed) or job.state == "paused"
                self._saver.save(entry, changed)
            self.on_change.emit(job.id)
        if forgotten:
            await self._store.delete(forgotten)
        if interrupted and not self.loaded.is_set():
            self.on_interrupted.emit(interrupted)

    def _without_repeated(self, items: Sequence[JobItem]) -> tuple[JobItem, ...]:
        """The items without those that make what another makes: a damaged or edited database must not send twice."""
        first: dict[str, JobItem] = {}
        for item in items:
            if item.subject not in self._by_subject:
                first.setdefault(item.subject, item)
        return tuple(first.values())

    # -- what can be done -----------------------------------------------------------------------------------------

    async def add(self, job: Job, subjects: Sequence[str], *, interactive: int = 0, also: Sequence[Write] = ()) -> Job:
        """Store a new job with one call for each subject, and begin it; return it as stored.

        The user waits for the first `interactive` of its calls; `also` is stored in the same transaction. Raises
        StorageError, and ValueError for no or too many calls.
        """
        entry = self.prepared(job, subjects, interactive=interactive)
        self._adding.add(entry.job.id)
        try:
            await self._store.keep(entry.job, entry.items, also)
        finally:
            self._adding.discard(entry.job.id)
        self.begin(entry)
        return entry.job

    def prepared(self, job: Job, subjects: Sequence[str], *, interactive: int = 0) -> JobEntry:
        """A job that is neither stored nor begun. Raises ValueError for no or too many calls."""
        if not 0 < len(subjects) <= MAX_ITEMS:
            raise ValueError(f"a job of {len(subjects)} calls")
        service, job_id = self._service(), job.id or new_id()
        seconds, now = self.estimate(job.kind, job.model, len(subjects)).seconds, time.time()
        cost, currency = self._runners[job.kind].expected_cost(job, len(subjects))
        job = msgspec.structs.replace(
            job, id=job_id, service=service.id, service_name=service.name, state="active", pause_reason="", error="",
            seconds=seconds, cost=cost, currency=currency, created=now, ended=0.0, rank=job.rank or now,
        )  # fmt: skip
        items = [
            JobItem(item_id(job_id, position), job_id, position, subject, interactive=position < interactive)
            for position, subject in enumerate(subjects)
        ]
        return JobEntry(job, items)

    def begin(self, entry: JobEntry) -> None:
        """Begin a prepared job. Storing it is up to the caller."""
        self._add(entry)
        self._changed(entry)

    def pause(self, job_id: str) -> None:
        """Send no more requests of a job; calls in progress end normally. Raises KeyError for an unknown job."""
        entry = self._entries[job_id]
        if entry.job.state == "active" and entry.count("queued"):
            self._set(entry, state="paused", pause_reason="user")

    def pause_all(self) -> None:
        for job_id in tuple(self._going):
            self.pause(job_id)

    def resume(self, job_id: str) -> None:
        """Go on with a paused job, with the service that is active now. Raises KeyError for an unknown job."""
        entry, service = self._entries[job_id], self._service()
        if entry.job.state == "paused":
            self._set(entry, state="active", pause_reason="", error="", service=service.id, service_name=service.name)

    def resume_all(self) -> None:
        """Go on with every paused job, except those that were begun with another service: each of them is a choice."""
        active = self._service().id
        for job_id, entry in tuple(self._going.items()):
            if entry.job.service == active:
                self.resume(job_id)

    def stop(self, job_id: str) -> None:
        """End a job: calls in progress are cancelled, and what has arrived of them is saved.

        Raises KeyError for an unknown job.
        """
        entry = self._entries[job_id]
        if entry.job.ended:
            return
        self._drop(entry, [item for item in entry.in_state("queued") if item.id not in entry.running])
        for running in tuple(entry.running):
            self._calls.cancel(running)
        self._set(entry, state="stopped", pause_reason="")

    def stop_subject(self, subject: str) -> None:
        """Stop the call that makes a subject, wherever it is in the queue. Does nothing for one that has ended."""
        entry, item_id = self._by_subject.get(subject, (None, ""))
        if entry is None or entry[item_id].state not in ("queued", "sent"):
            return
        if item_id in entry.running:
            self._calls.cancel(item_id)
        else:
            self._drop(entry, [entry[item_id]])
            self._changed(entry)

    def stop_owned(self, owner: str) -> None:
        """Stop all jobs of what they were begun for, such as a session that was deleted."""
        for job_id, entry in tuple(self._going.items()):
            if entry.job.owner == owner:
                self.stop(job_id)

    def move(self, job_id: str, before: str = "") -> None:
        """Serve a job right before another one, or last. Raises KeyError for an unknown job."""
        order = [status.job for status in self.jobs() if not status.job.ended and status.job.id != job_id]
        place = next((number for number, job in enumerate(order) if job.id == before), len(order))
        lower = order[place - 1].rank if place else (order[0].rank - 2.0 if order else 0.0)
        upper = order[place].rank if place < len(order) else lower + 2.0
        rank = (lower + upper) / 2
        if lower < rank < upper:
            self._set(self._entries[job_id], rank=rank)
            return
        # There is no number between them any more.
        order.insert(place, self._entries[job_id].job)
        for number, job in enumerate(order):
            self._set(self._entries[job.id], rank=float(number))

    async def send_again(self, job_id: str) -> None:
        """Make the calls again whose answers were lost. Raises WorkbenchError, and KeyError for an unknown job."""
        await self._repeat(job_id, "lost")

    async def retry(self, job_id: str) -> None:
        """Make the calls again that failed. Raises WorkbenchError, and KeyError for an unknown job."""
        await self._repeat(job_id, "failed")

    def abandon_lost(self, job_id: str) -> None:
        """Give up the calls whose answers were lost. Raises KeyError for an unknown job."""
        entry = self._entries[job_id]
        changed = [entry.replace(item, state="stopped") for item in entry.in_state("lost")]
        self._saver.save(entry, changed)
        self._changed(entry)

    async def clear(self) -> tuple[str, ...]:
        """Remove the ended jobs from the list, except those to decide on; return their ids. Raises StorageError."""
        cleared = {
            job_id: entry
            for job_id, entry in self._entries.items()
            if job_id not in self._going and job_id not in self._repeating and not entry.count("lost")
        }
        # First, so that nothing else is done with them meanwhile.
        for entry in cleared.values():
            self._forget(entry)
        try:
            if cleared:
                await self._store.delete(tuple(cleared))
        except WorkbenchError:
            for entry in cleared.values():
                self._add(entry)
            raise
        return tuple(cleared)

    def _forget(self, entry: JobEntry) -> None:
        self._remove(entry)
        self._saver.forget(entry.job.id)
        self.on_change.emit(entry.job.id)

    async def restore(self, job_ids: Sequence[str]) -> None:
        """Undo `clear`. Raises StorageError."""
        await self._store.restore(job_ids)
        await self.load()

    def service_changed(self) -> None:
        """Pause the jobs of other services, and go on with those that waited for this one."""
        active = self._service().id
        for entry in tuple(self._going.values()):
            job = entry.job
            if job.state == "active" and entry.count("queued") and job.service != active:
                self._set(entry, state="paused", pause_reason="service")
            elif job.state == "paused" and job.pause_reason == "service" and job.service == active:
                self._set(entry, state="active", pause_reason="")

    async def aclose(self) -> None:
        """Stop all calls, so that what has arrived is saved. What is left is paused when it is read again."""
        await self._calls.aclose()
        await self._saver.flush(self._entries)

    # -- changes --------------------------------------------------------------------------------------------------

    def _set(self, entry: JobEntry, **fields: object) -> None:
        entry.job = msgspec.structs.replace(entry.job, **fields)
        self._saver.save(entry)
        self._changed(entry)

    def _changed(self, entry: JobEntry) -> None:
        """Settle a job that has nothing left to do, begin what there is room for, and notify."""
        job = entry.job
        if not job.ended and not entry.running and not entry.waiting:
            state = "stopped" if job.state == "stopped" else "finished"
            entry.job = msgspec.structs.replace(job, state=state, pause_reason="", ended=time.time())
            self._going.pop(job.id, None)
            self._saver.save(entry)
        self._calls.pump()
        self.on_change.emit(job.id)

    def _drop(self, entry: JobEntry, items: Sequence[JobItem]) -> None:
        """Give up calls that were never made."""
        if items:
            self._calls.spawn_drop(entry, [entry.replace(item, state="stopped") for item in items])

    async def _repeat(self, job_id: str, state: ItemState) -> None:
        entry = self._entries[job_id]
        items = entry.in_state(state)
        if not items or job_id in self._repeating:
            return

        async def record(subjects: Sequence[str], also: Sequence[Write]) -> None:
            fields: dict[str, Any] = {"state": "queued", "error": "", "detail": "", "sent": 0.0}
            changed = [
                msgspec.structs.replace(item, subject=subject, **fields)
                for item, subject in zip(items, subjects, strict=True)
            ]
            service = self._service()
            job = msgspec.structs.replace(
                entry.job, state="active", pause_reason="", error="", ended=0.0, service=service.id,
                service_name=service.name,
            )  # fmt: skip
            await self._store.keep(job, changed, also)
            for before, item in zip(items, changed, strict=True):
                entry.replace(item, subject=item.subject, **fields)
                self._by_subject.pop(before.subject, None)
                self._by_subject[item.subject] = entry, item.id
            entry.job = job
            self._going[job_id] = entry

        self._repeating.add(job_id)
        try:
            await self._runners[entry.job.kind].prepare_repeat(entry.job, items, record)
        finally:
            self._repeating.discard(job_id)
        self._changed(entry)
