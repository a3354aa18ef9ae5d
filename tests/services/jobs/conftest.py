"""A queue on a store in memory, with calls that end when the test says so."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from itertools import count

import pytest

from app.core.errors import WorkbenchError
from app.core.jobs import Job, JobItem
from app.services.jobs.ports import ActiveService, CallProgress, Limits, Record, Write
from app.services.jobs.queue import JobQueue
from app.services.tasks import TaskSet


class MemoryStore:
    """What a database would hold, written at the same moments.

    Attributes:
        failure: raised by every write.
    """

    def __init__(self) -> None:
        self.jobs: dict[str, Job] = {}
        self.items: dict[str, JobItem] = {}
        self.deleted: set[str] = set()
        self.failure: WorkbenchError | None = None

    async def keep(self, job: Job | None, items: Sequence[JobItem] = (), also: Sequence[Write] = ()) -> None:
        if self.failure is not None:
            raise self.failure
        for change in also:
            change(self)
        if job is not None:
            self.jobs[job.id] = job
        self.items |= {item.id: item for item in items}

    async def listed(self) -> tuple[tuple[Job, tuple[JobItem, ...]], ...]:
        jobs = [job for job in self.jobs.values() if job.id not in self.deleted]
        return tuple((job, tuple(item for item in self.items.values() if item.job == job.id)) for job in jobs)

    async def delete(self, job_ids: Sequence[str]) -> None:
        self.deleted |= set(job_ids)

    async def restore(self, job_ids: Sequence[str]) -> None:
        self.deleted -= set(job_ids)


class Calls:
    """Makes calls: each sends at once and ends when the test calls `end`.

    Attributes:
        begun: subjects in the order in which their calls were begun; `sent` in that of their sending.
        services: those that the calls of `sent` went to.
        gate: calls wait for it before they are sent, as for a limit of the service.
        unsent_errors: raised before a call is sent, by subject.
        complete: subjects that are complete after a restart.
    """

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.sent: list[str] = []
        self.dropped: list[str] = []
        self.services: list[str] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.unsent_errors: dict[str, WorkbenchError] = {}
        self.complete: set[str] = set()
        self.progress: dict[str, CallProgress] = {}
        self._ends: dict[str, asyncio.Future[float | None]] = {}
        self._again = count(1)

    async def run(self, job: Job, item: JobItem, progress: CallProgress) -> float | None:
        self.begun.append(item.subject)
        self.progress[item.subject] = progress
        self._ends[item.subject] = asyncio.get_running_loop().create_future()
        service = job.service
        await self.gate.wait()
        if item.subject in self.unsent_errors:
            raise self.unsent_errors.pop(item.subject)
        await progress.sending(service, ())
        self.services.append(service)
        self.sent.append(item.subject)
        end = self._ends[item.subject]
        try:
            return await end
        except asyncio.CancelledError:
            if end.done() and not end.cancelled():
                return end.result()  # What is complete is saved, as takes are.
            raise

    def end(self, subject: str, error: WorkbenchError | None = None, cost: float | None = 0.0) -> None:
        if error is not None:
            self._ends[subject].set_exception(error)
        else:
            self._ends[subject].set_result(cost)

    @property
    def running(self) -> list[str]:
        return [subject for subject, end in self._ends.items() if not end.done()]

    async def prepare_repeat(
        self, job: Job, items: Sequence[JobItem], record: Callable[[Sequence[str], Sequence[Write]], Awaitable[None]]
    ) -> None:
        await record([f"{item.subject}-again{next(self._again)}" for item in items], ())

    async def drop(self, items: Sequence[JobItem], record: Record) -> None:
        self.dropped += [item.subject for item in items]
        await record(())

    async def completed(self, subjects: Sequence[str]) -> Collection[str]:
        return self.complete & set(subjects)

    def expected_cost(self, job: Job, count: int) -> tuple[float | None, str]:
        return 0.5 * count, "USD"


class QueueHarness:
    """A queue and what it works with.

    Attributes:
        service: the active service; `parallel` calls of one model may run at the same time, `requests` in a minute.
    """

    def __init__(self, store: MemoryStore | None = None) -> None:
        self.store = store or MemoryStore()
        self.calls = Calls()
        self.service = ActiveService("demo", "Demo")
        self.parallel, self.requests = 3, 100
        self.reported: list[BaseException] = []
        self.tasks = TaskSet(self.reported.append)
        self.queue = JobQueue(self.store, self.tasks, lambda: self.service, self._limits)
        self.queue.add_runner("takes", self.calls)

    def _limits(self, model: str) -> Limits:
        return Limits(self.requests, self.requests, self.parallel)

    async def add(self, *subjects: str, model: str = "tts", interactive: int = 0) -> str:
        job = await self.queue.add(Job("", "takes", model=model), subjects, interactive=interactive)
        await self.settle()
        return job.id

    async def settle(self) -> None:
        """Let everything happen that can happen without an end of a call."""
        for _ in range(20):
            await asyncio.sleep(0)

    async def end(self, subject: str, error: WorkbenchError | None = None, cost: float | None = 0.0) -> None:
        self.calls.end(subject, error, cost)
        await self.settle()

    def use(self, service: str) -> None:
        self.service = ActiveService(service, service.title())
        self.queue.service_changed()

    async def aclose(self) -> None:
        await self.queue.aclose()
        await self.tasks.aclose()


@pytest.fixture
async def desk() -> AsyncIterator[QueueHarness]:
    desk = QueueHarness()
    yield desk
    await desk.aclose()
    assert not desk.reported
