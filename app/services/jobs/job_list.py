"""The jobs that there are: those that go on, the ended ones, and what each of their calls makes."""

from __future__ import annotations

from collections.abc import Callable, Collection

from app.core.jobs import Job, JobEstimate, JobItem, JobStatus
from app.services.jobs.durations import CallDurations
from app.services.jobs.entry import JobEntry
from app.services.jobs.ports import JobRunner, Limits


class JobList:
    """Answers questions about all jobs; `JobQueue` changes them."""

    def __init__(self, limits: Callable[[str], Limits]) -> None:
        """`limits` returns the limits of a model of the active service."""
        self._limits = limits
        self._runners: dict[str, JobRunner] = {}
        self._entries: dict[str, JobEntry] = {}
        self._going: dict[str, JobEntry] = {}
        """Those that have not ended: what is done with every change must not cost more the more have."""
        self._by_subject: dict[str, tuple[JobEntry, str]] = {}
        self._durations = CallDurations()

    def jobs(self) -> tuple[JobStatus, ...]:
        """All jobs: those that go on in the order in which they are served, then the ended ones, the last first."""
        going = sorted(self._going.values(), key=lambda entry: (entry.job.rank, entry.job.created))
        ended = [entry for job_id, entry in self._entries.items() if job_id not in self._going]
        ended.sort(key=lambda entry: -entry.job.ended)
        return tuple(self._status(entry) for entry in (*going, *ended))

    def status(self, job_id: str) -> JobStatus:
        """The status of a job. Raises KeyError for an unknown job."""
        return self._status(self._entries[job_id])

    def going(self, owner: str) -> tuple[JobStatus, ...]:
        """The jobs of an owner that have not ended."""
        return tuple(self._status(entry) for entry in self._going.values() if entry.job.owner == owner)

    def items(self, job_id: str) -> tuple[JobItem, ...]:
        """The items of a job by position. Raises KeyError for an unknown job."""
        return self._entries[job_id].items

    def estimate(self, kind: str, model: str, count: int) -> JobEstimate:
        """What is known about a job of `count` calls before it starts."""
        limits = self._limits(model)
        cost, currency = self._runners[kind].expected_cost(Job("", kind, model=model), count)
        seconds = self._durations.expected(kind, model, count, limits)
        return JobEstimate(count, limits.free if limits.requests else None, seconds, cost, currency)

    def limits_in_use(self) -> Limits | None:
        """The limits of the model with the least room left, of those that jobs go on with; None if none goes on."""
        models = {entry.job.model for entry in self._going.values()}
        limits = [self._limits(model) for model in sorted(models)]
        return min(limits, key=_share_left, default=None)

    def is_to_be_made(self, subject: str) -> bool:
        """Whether a call that makes a subject is in progress, or in the queue, if only in a paused job."""
        entry, item_id = self._by_subject.get(subject, (None, ""))
        return entry is not None and (item_id in entry.running or entry[item_id].state == "queued")

    def job_of(self, subject: str) -> str:
        """The id of the listed job that makes a subject; empty if there is none."""
        entry, _item_id = self._by_subject.get(subject, (None, ""))
        return entry.job.id if entry is not None else ""

    def is_active(self, subject: str) -> bool:
        """Whether a call that makes a subject is in progress, or will be without user action."""
        entry, item_id = self._by_subject.get(subject, (None, ""))
        if entry is None:
            return False
        waits = entry[item_id].state == "queued" and entry.job.state == "active"
        return item_id in entry.running or waits

    def has_active(self, owner: str, ended: Collection[str] = ()) -> bool:
        """Whether calls for an owner are in progress, or will be by themselves; but for subjects that have `ended`."""
        entries = [entry for entry in self._going.values() if entry.job.owner == owner]
        return any(entry.job.state == "active" and entry.waiting for entry in entries) or any(
            entry[running].subject not in ended for entry in entries for running in entry.running
        )

    def active_subjects(self, owner: str) -> tuple[str, ...]:
        """What is being made, or will be by itself, for an owner."""
        return tuple(
            item.subject
            for entry in self._going.values()
            if entry.job.owner == owner
            for item in entry.items
            if self.is_active(item.subject)
        )

    # -- what the queue does with the list ----------------------------------------------------------------------

    def _add(self, entry: JobEntry) -> None:
        self._entries[entry.job.id] = entry
        if not entry.job.ended:
            self._going[entry.job.id] = entry
        for item in entry.items:
            self._by_subject[item.subject] = entry, item.id

    def _remove(self, entry: JobEntry) -> None:
        del self._entries[entry.job.id]
        self._going.pop(entry.job.id, None)
        for item in entry.items:
            self._by_subject.pop(item.subject, None)

    def _status(self, entry: JobEntry) -> JobStatus:
        job = entry.job
        if job.ended:
            return entry.last_status()
        left = len(entry.running) + entry.waiting
        seconds = self._durations.expected(job.kind, job.model, left, self._limits(job.model)) if left else 0.0
        return entry.status(seconds)


def _share_left(limits: Limits) -> tuple[float, int]:
    """How much is left of limits, for comparing them."""
    return limits.free / limits.requests if limits.requests else 1.0, limits.parallel
