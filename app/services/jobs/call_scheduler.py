"""Begins the calls of jobs as there is room for them, and follows each to its end."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from app.core.errors import Code, TransportError, WorkbenchError
from app.core.jobs import ItemState, JobItem
from app.services.jobs.durations import CallDurations
from app.services.jobs.entry import JobEntry
from app.services.jobs.ports import ActiveService, CallProgress, JobRunner, JobStore, Limits, NotNow, Write
from app.services.jobs.saver import JobSaver
from app.services.tasks import TaskSet

PAUSING = frozenset(
    {
        Code.UNAUTHORIZED, Code.FORBIDDEN, Code.KEY_MISSING, Code.NO_BALANCE, Code.QUOTA_EXHAUSTED,
        Code.TERMS_NOT_ACCEPTED, Code.TOO_MANY_REQUESTS, Code.UNREACHABLE, Code.CONNECT_TIMEOUT, Code.TLS,
        Code.BAD_PROXY, Code.DEMO_NOT_INSTALLED, Code.DEMO_START, Code.DEMO_DIED,
        Code.DISK_FULL, Code.HOME_READ_ONLY, Code.HOME_IN_USE, Code.FILE_NOT_WRITTEN, Code.DATABASE_DAMAGED,
        Code.SPEND_LIMIT,
    }
)  # fmt: skip
"""Failures that every further call would share: the job is paused, so that the user can act and resume it."""
READY_SHARE = 4
"""One in so many calls more than may run at the same time is begun, and waits for the limit."""
Changes = dict[str, Any]
"""Fields of an item that change."""


class SetJob(Protocol):
    """Changes fields of a job, stores it and notifies."""

    def __call__(self, entry: JobEntry, **fields: object) -> None: ...


class CallScheduler:
    """Makes the calls of all jobs.

    Attributes:
        is_closing: whether the program ends: calls are cancelled that nobody stopped.
    """

    def __init__(
        self, going: Mapping[str, JobEntry], runners: Mapping[str, JobRunner], service: Callable[[], ActiveService],
        limits: Callable[[str], Limits], tasks: TaskSet, store: JobStore, saver: JobSaver, durations: CallDurations, *,
        set_job: SetJob, changed: Callable[[JobEntry], None],
    ) -> None:  # fmt: skip
        """`going` are the jobs that have not ended. `changed` is called whenever a call has ended."""
        self._going = going
        self._runners = runners
        self._service = service
        self._limits = limits
        self._tasks = tasks
        self._store = store
        self._saver = saver
        self._durations = durations
        self._set_job = set_job
        self._changed = changed
        self._calls: dict[str, asyncio.Task[Changes]] = {}
        self._started_calls: set[str] = set()
        self._stopped: set[str] = set()
        self._sent_at: dict[str, float] = {}
        self.is_closing = False

    async def aclose(self) -> None:
        """Cancel all calls and wait until what has arrived of them is saved."""
        self.is_closing = True
        calls = tuple(self._calls.values())
        for call in calls:
            call.cancel()
        if calls:
            await asyncio.wait(calls)

    def pump(self) -> None:
        """Begin every call there is room for."""
        if self.is_closing:
            return
        active = self._service().id
        waiting = [
            entry
            for entry in self._going.values()
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
                room[model] = self._room(model) - self._running(active, model)
            while entry.waiting and room[model] > 0:
                room[model] -= 1
                self._begin_call(entry)

    def _room(self, model: str) -> int:
        """Number of calls of a model that may have begun.

        Where the client keeps to the limit, a few more than may be sent: when an answer has ended and its sound is
        still being saved, another is ready.
        """
        limits = self._limits(model)
        return limits.parallel + (limits.parallel // READY_SHARE if limits.requests else 0)

    def _running(self, service: str, model: str) -> int:
        """Number of calls in progress with a model."""
        entries = self._going.values()
        return sum(len(entry.running) for entry in entries if (entry.job.service, entry.job.model) == (service, model))

    def _begin_call(self, entry: JobEntry) -> None:
        item = entry.pop_next()
        call = self._calls[item.id] = self._tasks.spawn(self._run(entry, item), f"call {item.id}")
        call.add_done_callback(lambda ended: self._call_ended(entry, item.id, ended))

    def _call_ended(self, entry: JobEntry, item_id: str, call: asyncio.Task[Changes]) -> None:
        del self._calls[item_id]
        stopped = item_id in self._stopped
        self._stopped.discard(item_id)
        self._started_calls.discard(item_id)
        # What a call waited for the limit is no part of its duration.
        seconds = time.monotonic() - self._sent_at.pop(item_id, time.monotonic())
        changes: Changes = {}
        if not call.cancelled():
            failure = call.exception()  # Unexpected; the task set reports it.
            ended: ItemState = "lost" if entry[item_id].state == "sent" else "failed"
            changes = call.result() if failure is None else {"state": ended, "error": str(Code.UNEXPECTED)}
        if stopped and not changes:
            changes = {"state": "stopped"}
        if changes:
            before = entry[item_id]
            now = entry.replace(before, seconds=seconds, **changes)
            if stopped and before.state == "queued":
                self.spawn_drop(entry, [now])
            else:
                self._saver.save(entry, [now])
            if now.state == "done":
                self._durations.add(entry.job.kind, entry.job.model, seconds, time.time())
        entry.ended(item_id)
        if not self.is_closing:
            self._changed(entry)

    async def _run(self, entry: JobEntry, item: JobItem) -> Changes:
        """Make a call; return the changes of its item."""

        async def sending(service: str, also: Sequence[Write]) -> None:
            if entry.job.state != "active" or service != entry.job.service:
                raise NotNow
            now = entry.replace(entry[item.id], state="sent", sent=time.time())
            self._sent_at[item.id] = time.monotonic()
            try:
                await self._store.keep(None, (now,), also)
            except WorkbenchError:
                entry.replace(now, state="queued")
                raise

        async def refused(also: Sequence[Write]) -> None:
            now = entry.replace(entry[item.id], state="queued")
            try:
                await self._store.keep(None, (now,), also)
            except WorkbenchError as error:
                # It stays stored as sent, so after a kill the user is asked.
                self._saver.report(error)

        def is_kept(error: WorkbenchError) -> bool:
            now = entry[item.id]
            # A connection that was never made carried nothing, although the request was about to leave.
            has_left = now.state != "queued" and not _never_left(error)
            if error.code not in PAUSING or item.interactive or has_left:
                return False
            if now.state != "queued":
                self._saver.save(entry, [entry.replace(now, state="queued")])
            if entry.job.state == "active":
                self._set_job(entry, state="paused", pause_reason="error", error=str(error.code))
            return True

        if item.id in self._stopped:
            return {"state": "stopped"}
        self._started_calls.add(item.id)
        progress = CallProgress(sending, refused, is_kept)
        try:
            cost = await self._runners[entry.job.kind].run(entry.job, item, progress)
        except NotNow:
            return {}
        except WorkbenchError as error:
            if is_kept(error):
                return {}
            if error.code in PAUSING and entry.count("queued") > (entry[item.id].state == "queued"):
                self._set_job(entry, state="paused", pause_reason="error", error=str(error.code))
            lost = bool(error.params.get("sent"))
            detail = str(error.params.get("message", ""))
            return {"state": "lost" if lost else "failed", "error": str(error.code), "detail": detail[:500]}
        return {"state": "done", "cost": cost, "error": "", "detail": ""}

    def cancel(self, running: str) -> None:
        if running not in self._stopped:
            self._stopped.add(running)
            # A task that is cancelled before its first step never runs its cleanup.
            if running in self._started_calls:
                self._calls[running].cancel()

    def spawn_drop(self, entry: JobEntry, stopped: Sequence[JobItem]) -> None:
        """Let what would have been made be removed, and store that its calls were stopped."""

        async def record(also: Sequence[Write]) -> None:
            await self._saver.store(entry, stopped, also)

        self._saver.spawn(self._runners[entry.job.kind].drop(stopped, record), "drop")


def _never_left(error: WorkbenchError) -> bool:
    """Whether a call failed before any byte of its request was sent."""
    return isinstance(error, TransportError) and not error.params.get("sent")
