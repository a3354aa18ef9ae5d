"""The job queue: makes the calls of all jobs, as many at a time as the service allows, and survives a kill.

Before a request leaves, that is stored; so after a kill what was sent is known, and is not sent again by itself,
because it may have been billed. Calls are only begun while there is room for them (`Limits.parallel`), so the order
of jobs can be changed until then; within the room the rate limiter of the client decides.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

import msgspec

from app.core.errors import Code, WorkbenchError
from app.core.jobs import MAX_ITEMS, ItemState, Job, JobEstimate, JobItem, JobStatus, after_restart, item_id
from app.core.messages import new_id
from app.core.observers import Event
from app.services.jobs.durations import CallDurations
from app.services.jobs.entry import JobEntry
from app.services.jobs.ports import ActiveService, CallProgress, JobRunner, JobStore, Limits
from app.services.tasks import TaskSet

log = logging.getLogger(__name__)

PAUSING = frozenset(
    {
        Code.UNAUTHORIZED, Code.NO_BALANCE, Code.QUOTA_EXHAUSTED, Code.TERMS_NOT_ACCEPTED,
        Code.DISK_FULL, Code.HOME_READ_ONLY,
    }
)  # fmt: skip
"""Failures that every further call would share: the job is paused, so that the user can act and resume it."""
Changes = dict[str, Any]
"""Fields of an item that change."""
KEPT_SECONDS = 7 * 24 * 3600.0
"""Ended jobs are listed for so long."""


class JobQueue:
    """All jobs of the program.

    Attributes:
        loaded: set once the jobs of earlier runs are read, or can't be.
        on_change: emitted after every change of a job or item, with the id of the job.
        on_failed: emitted with every error of the store.
        on_interrupted: emitted once with the number of jobs that were interrupted when the program ended.
    """

    def __init__(
        self, store: JobStore, tasks: TaskSet, service: Callable[[], ActiveService],
        limits: Callable[[str], Limits],
    ) -> None:  # fmt: skip
        """`service` returns the active service; `limits` the limits of one of its models."""
        self._store = store
        self._tasks = tasks
        self._service = service
        self._limits = limits
        self._runners: dict[str, JobRunner] = {}
        self._entries: dict[str, JobEntry] = {}
        self._calls: dict[str, asyncio.Task[Changes]] = {}
        self._saves: set[asyncio.Task[None]] = set()
        self._by_subject: dict[str, tuple[JobEntry, str]] = {}
        self._begun: set[str] = set()
        self._stopped: set[str] = set()
        self._durations = CallDurations()
        self._is_closing = False
        self.loaded = asyncio.Event()
        self.on_change: Event[str] = Event()
        self.on_failed: Event[WorkbenchError] = Event()
        self.on_interrupted: Event[int] = Event()

    @property
    def is_closing(self) -> bool:
        """Whether the program ends: calls are cancelled that nobody stopped."""
        return self._is_closing

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
        for stored, items in await self._store.listed():
            if stored.id in self._entries or stored.kind not in self._runners:
                continue
            sent = [item.subject for item in items if item.state == "sent"]
            made = await self._runners[stored.kind].made(sent) if sent else ()
            job, settled = after_restart(stored, items, made)
            if job.ended and job.ended < time.time() - KEPT_SECONDS and not any(i.state == "lost" for i in settled):
                forgotten.append(job.id)
                continue
            entry = JobEntry(job, settled)
            self._add(entry)
            for item in settled:
                self._durations.add(job.kind, job.model, item.seconds)
            changed = [now for now, before in zip(settled, items, strict=True) if now != before]
            if changed or job != stored:
                interrupted += bool(changed) or job.state == "paused"
                self._save(entry, changed)
            self.on_change.emit(job.id)
        if forgotten:
            await self._store.delete(forgotten)
        if interrupted:
            self.on_interrupted.emit(interrupted)

    # -- what there is --------------------------------------------------------------------------------------------

    def jobs(self) -> tuple[JobStatus, ...]:
        """All jobs: those that go on in the order in which they are served, then the ended ones, the last first."""
        going = [entry for entry in self._entries.values() if not entry.job.ended]
        ended = [entry for entry in self._entries.values() if entry.job.ended]
        going.sort(key=lambda entry: (entry.job.rank, entry.job.created))
        ended.sort(key=lambda entry: -entry.job.ended)
        return tuple(self._status(entry) for entry in (*going, *ended))

    def status(self, job_id: str) -> JobStatus:
        """Raises KeyError for an unknown job."""
        return self._status(self._entries[job_id])

    def items(self, job_id: str) -> tuple[JobItem, ...]:
        """The items of a job by position. Raises KeyError for an unknown job."""
        return self._entries[job_id].items

    def estimate(self, kind: str, model: str, count: int) -> JobEstimate:
        """What is known about a job of `count` calls before it starts."""
        limits = self._limits(model)
        cost, currency = self._runners[kind].expected_cost(Job("", kind, model=model), count)
        seconds = self._durations.expected(kind, model, count, limits)
        return JobEstimate(count, limits.free if limits.requests else None, seconds, cost, currency)

    # -- what can be done -----------------------------------------------------------------------------------------

    async def add(self, job: Job, subjects: Sequence[str], *, interactive: int = 0) -> Job:
        """Store a new job with one call for each subject, and begin it; return it as stored.

        A person waits for the first `interactive` of its calls. Raises StorageError, and ValueError for no or too
        many calls.
        """
        entry = self.prepared(job, subjects, interactive=interactive)
        await self._store.keep(entry.job, entry.items)
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

    def _add(self, entry: JobEntry) -> None:
        self._entries[entry.job.id] = entry
        for item in entry.items:
            self._by_subject[item.subject] = entry, item.id

    def has_subject(self, subject: str) -> bool:
        """Whether a call that makes a subject is part of a job that is listed."""
        return subject in self._by_subject

    def is_pending(self, subject: str) -> bool:
        """Whether a call that makes a subject is in progress or waits, also for its job to be resumed."""
        entry, item_id = self._by_subject.get(subject, (None, ""))
        return entry is not None and (item_id in entry.running or entry[item_id].state == "queued")

    def pause(self, job_id: str) -> None:
        """Begin no more calls of a job; those in progress end normally."""
        entry = self._entries[job_id]
        if entry.job.state == "active" and entry.waiting:
            self._set(entry, state="paused", pause_reason="user")

    def pause_all(self) -> None:
        for job_id in tuple(self._entries):
            self.pause(job_id)

    def resume(self, job_id: str) -> None:
        """Go on with a paused job, with the service that is active now."""
        entry, service = self._entries[job_id], self._service()
        if entry.job.state == "paused":
            self._set(entry, state="active", pause_reason="", error="", service=service.id, service_name=service.name)

    def stop(self, job_id: str) -> None:
        """End a job: calls in progress are cancelled, and what has arrived of them is kept."""
        entry = self._entries[job_id]
        if entry.job.ended:
            return
        self._drop(entry, [item for item in entry.in_state("queued") if item.id not in entry.running])
        for running in tuple(entry.running):
            self._cancel(running)
        self._set(entry, state="stopped", pause_reason="")

    def is_active(self, subject: str) -> bool:
        """Whether a call that makes a subject is in progress, or will be without anybody doing anything."""
        entry, item_id = self._by_subject.get(subject, (None, ""))
        if entry is None:
            return False
        waits = entry[item_id].state == "queued" and entry.job.state == "active"
        return item_id in entry.running or waits

    def stop_subject(self, subject: str) -> None:
        """Stop the call that makes a subject, wherever it is in the queue. Does nothing for one that has ended."""
        entry, item_id = self._by_subject.get(subject, (None, ""))
        if entry is None or entry[item_id].state not in ("queued", "sent"):
            return
        if item_id in entry.running:
            self._cancel(item_id)
        else:
            self._drop(entry, [entry[item_id]])
            self._changed(entry)

    def move(self, job_id: str, before: str = "") -> None:
        """Serve a job right before another one, or last."""
        order = [status.job for status in self.jobs() if not status.job.ended and status.job.id != job_id]
        place = next((number for number, job in enumerate(order) if job.id == before), len(order))
        lower = order[place - 1].rank if place else (order[0].rank - 2.0 if order else 0.0)
        upper = order[place].rank if place < len(order) else lower + 2.0
        self._set(self._entries[job_id], rank=(lower + upper) / 2)

    async def send_again(self, job_id: str) -> None:
        """Make the calls again whose answers were lost. Raises WorkbenchError."""
        await self._repeat(job_id, "lost")

    async def retry(self, job_id: str) -> None:
        """Make the calls again that failed. Raises WorkbenchError."""
        await self._repeat(job_id, "failed")

    def let_go(self, job_id: str) -> None:
        """Give up the calls whose answers were lost."""
        entry = self._entries[job_id]
        changed = [entry.replace(item, state="stopped") for item in entry.in_state("lost")]
        self._save(entry, changed)
        self._changed(entry)

    async def clear(self) -> tuple[str, ...]:
        """Remove the ended jobs from the list, except those to decide on; return their ids. Raises StorageError."""
        cleared = tuple(status.job.id for status in self.jobs() if status.group == "finished")
        if cleared:
            await self._store.delete(cleared)
        for job_id in cleared:
            for item in self._entries.pop(job_id).items:
                self._by_subject.pop(item.subject, None)
            self.on_change.emit(job_id)
        return cleared

    async def bring_back(self, job_ids: Sequence[str]) -> None:
        """Undo `clear`. Raises StorageError."""
        await self._store.restore(job_ids)
        await self.load()

    def service_changed(self) -> None:
        """Pause the jobs of other services, and go on with those that waited for this one."""
        active = self._service().id
        for entry in self._entries.values():
            job = entry.job
            if job.state == "active" and entry.waiting and job.service != active:
                self._set(entry, state="paused", pause_reason="service")
            elif job.state == "paused" and job.pause_reason == "service" and job.service == active:
                self._set(entry, state="active", pause_reason="")

    async def aclose(self) -> None:
        """Stop all calls, so that what has arrived is saved. What is left is paused when it is read again."""
        self._is_closing = True
        calls = tuple(self._calls.values())
        for call in calls:
            call.cancel()
        if calls:
            await asyncio.wait(calls)
        while self._saves:
            await asyncio.wait(tuple(self._saves))

    # -- making calls ---------------------------------------------------------------------------------------------

    def _pump(self) -> None:
        """Begin every call there is room for."""
        if self._is_closing:
            return
        active = self._service().id
        waiting = [
            entry
            for entry in self._entries.values()
            if entry.job.state == "active" and entry.waiting and entry.job.service == active
        ]
        waiting.sort(key=lambda entry: (entry.job.rank, entry.job.created))
        for entry in waiting:
            while entry.has_interactive:
                self._begin_call(entry)
        room: dict[str, int] = {}
        for entry in waiting:
            model = entry.job.model
            if model not in room:
                room[model] = self._limits(model).parallel - self._running(active, model)
            while entry.waiting and room[model] > 0:
                room[model] -= 1
                self._begin_call(entry)

    def _running(self, service: str, model: str) -> int:
        """Number of calls in progress with a model."""
        entries = self._entries.values()
        return sum(len(entry.running) for entry in entries if (entry.job.service, entry.job.model) == (service, model))

    def _begin_call(self, entry: JobEntry) -> None:
        item, began = entry.take_next(), time.monotonic()
        call = self._calls[item.id] = self._tasks.spawn(self._run(entry, item), f"call {item.id}")
        call.add_done_callback(lambda ended: self._call_ended(entry, item.id, time.monotonic() - began, ended))

    def _call_ended(self, entry: JobEntry, item_id: str, seconds: float, call: asyncio.Task[Changes]) -> None:
        del self._calls[item_id]
        stopped = item_id in self._stopped
        self._stopped.discard(item_id)
        self._begun.discard(item_id)
        changes: Changes = {}
        if stopped:
            changes = {"state": "stopped"}
            if entry[item_id].state == "queued":
                self._spawn(self._runners[entry.job.kind].drop(entry.job, [entry[item_id]]), "drop")
        elif not call.cancelled():
            failure = call.exception()  # Unexpected; the task set reports it.
            changes = call.result() if failure is None else {"state": "failed", "error": str(Code.UNEXPECTED)}
        if changes:
            now = entry.replace(entry[item_id], seconds=seconds, **changes)
            self._save(entry, [now])
            if now.state == "done":
                self._durations.add(entry.job.kind, entry.job.model, seconds)
        entry.ended(item_id)
        if not self._is_closing:
            self._changed(entry)

    async def _run(self, entry: JobEntry, item: JobItem) -> Changes:
        """Make a call; return the changes of its item."""

        async def sending() -> None:
            now = entry.replace(entry[item.id], state="sent", sent=time.time())
            try:
                await self._store.keep(None, (now,))
            except WorkbenchError as error:
                # A person who waits gets the answer all the same; a job that can't be recorded must not go on.
                if not item.interactive:
                    entry.replace(now, state="queued")
                    raise
                self.on_failed.emit(error)

        def refused() -> None:
            self._save(entry, [entry.replace(entry[item.id], state="queued")])

        if item.id in self._stopped:
            return {"state": "stopped"}
        self._begun.add(item.id)
        try:
            cost = await self._runners[entry.job.kind].run(entry.job, item, CallProgress(sending, refused))
        except WorkbenchError as error:
            if error.code in PAUSING and entry.waiting:
                self._set(entry, state="paused", pause_reason="error", error=str(error.code))
            lost = bool(error.params.get("sent"))
            detail = str(error.params.get("message", ""))
            return {"state": "lost" if lost else "failed", "error": str(error.code), "detail": detail[:500]}
        return {"state": "done", "cost": cost, "error": "", "detail": ""}

    def _cancel(self, running: str) -> None:
        if running not in self._stopped:
            self._stopped.add(running)
            # A task that is cancelled before its first step never runs its cleanup.
            if running in self._begun:
                self._calls[running].cancel()

    def _drop(self, entry: JobEntry, items: Sequence[JobItem]) -> None:
        """Give up calls that were never made."""
        if items:
            self._save(entry, [entry.replace(item, state="stopped") for item in items])
            self._spawn(self._runners[entry.job.kind].drop(entry.job, items), "drop")

    async def _repeat(self, job_id: str, state: ItemState) -> None:
        entry = self._entries[job_id]
        items = entry.in_state(state)
        if not items:
            return
        subjects = await self._runners[entry.job.kind].again(entry.job, items)
        changed = [
            entry.replace(item, state="queued", subject=subject, error="", detail="", sent=0.0)
            for item, subject in zip(items, subjects, strict=True)
        ]
        for item in changed:
            self._by_subject[item.subject] = entry, item.id
        self._save(entry, changed)
        service = self._service()
        self._set(entry, state="active", pause_reason="", error="", ended=0.0, service=service.id,
                  service_name=service.name)  # fmt: skip

    # -- changes --------------------------------------------------------------------------------------------------

    def _set(self, entry: JobEntry, **fields: object) -> None:
        entry.job = msgspec.structs.replace(entry.job, **fields)
        self._save(entry)
        self._changed(entry)

    def _changed(self, entry: JobEntry) -> None:
        """Settle a job that has nothing left to do, begin what there is room for, and notify."""
        job = entry.job
        if not job.ended and not entry.running and not entry.waiting:
            state = "stopped" if job.state == "stopped" else "finished"
            entry.job = msgspec.structs.replace(job, state=state, pause_reason="", ended=time.time())
            self._save(entry)
        self._pump()
        self.on_change.emit(job.id)

    def _status(self, entry: JobEntry) -> JobStatus:
        job = entry.job
        left = len(entry.running) + entry.waiting
        seconds = self._durations.expected(job.kind, job.model, left, self._limits(job.model)) if left else 0.0
        return entry.status(seconds)

    def _save(self, entry: JobEntry, items: Sequence[JobItem] = ()) -> None:
        """Store a job and items; writes happen in the order of these calls."""
        self._spawn(self._store.keep(entry.job, tuple(items)), "save")

    def _spawn(self, work: Coroutine[Any, Any, object], name: str) -> None:
        async def report() -> None:
            try:
                await work
            except WorkbenchError as error:
                log.warning("jobs: %s", error)
                self.on_failed.emit(error)

        if self._tasks.closed:
            work.close()
            return
        task = self._tasks.spawn(report(), f"jobs: {name}")
        self._saves.add(task)
        task.add_done_callback(self._saves.discard)
