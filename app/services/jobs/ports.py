"""Protocols for what the job queue needs: a store, what makes the calls, and the limits of the service."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import NamedTuple, Protocol

from app.core.jobs import Job, JobItem


class JobStore(Protocol):
    """Stores jobs and their items. Every method raises StorageError."""

    async def keep(self, job: Job | None, items: Sequence[JobItem] = ()) -> None:
        """Add or update a job and items, in one transaction."""

    async def listed(self) -> tuple[tuple[Job, tuple[JobItem, ...]], ...]:
        """Return all jobs with their items by position, the one begun last first."""

    async def delete(self, job_ids: Sequence[str]) -> None:
        """Soft-delete jobs; `restore` undoes it."""

    async def restore(self, job_ids: Sequence[str]) -> None: ...


class CallProgress(NamedTuple):
    """What a runner reports while it makes a call.

    Attributes:
        sending: await it right before a request leaves; afterwards it may have been billed.
        refused: call it when the service refused the request, so that nothing was billed and it will be repeated.
    """

    sending: Callable[[], Awaitable[None]]
    refused: Callable[[], None]


class JobRunner(Protocol):
    """Makes the calls of one kind of job."""

    async def run(self, job: Job, item: JobItem, progress: CallProgress) -> float | None:
        """Make one call and return its cost in the job's currency, None if unknown.

        Cancelled when the call is stopped. Raises WorkbenchError; with the parameter `sent` if the request had left
        and its answer did not come completely.
        """

    async def again(self, job: Job, items: Sequence[JobItem]) -> Sequence[str]:
        """Prepare to make calls once more; return their new subjects, in the same order. Raises WorkbenchError."""

    async def drop(self, job: Job, items: Sequence[JobItem]) -> None:
        """Calls that were never made are not wanted any more. Raises WorkbenchError."""

    async def made(self, subjects: Sequence[str]) -> Collection[str]:
        """Which of these subjects are complete; asked after a restart. Raises WorkbenchError."""

    def expected_cost(self, job: Job, count: int) -> tuple[float | None, str]:
        """The expected cost of `count` calls and its currency; None if unknown."""


class Limits(NamedTuple):
    """The limits of a model on the active service.

    Attributes:
        requests: allowed in a minute, 0 for no known limit; `free` are left in this minute.
        parallel: calls that may run at the same time.
    """

    requests: int
    free: int
    parallel: int


class ActiveService(NamedTuple):
    """The service that calls are made with now."""

    id: str
    name: str
