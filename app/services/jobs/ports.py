"""Protocols for what the job queue needs: a store, what makes the calls, and the limits of the service."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import Any, NamedTuple, Protocol

from app.core.errors import WorkbenchError
from app.core.jobs import Job, JobItem

Write = Callable[[Any], None]
"""A change of the database that one store has prepared, to be made in a transaction of another. It may raise
StorageError. Only stores call it."""
Record = Callable[[Sequence[Write]], Awaitable[None]]
"""Stores the state of calls, and other changes in the same transaction: after a kill both are there, or neither.
Raises StorageError."""


class JobStore(Protocol):
    """Stores jobs and their items. Every method raises StorageError."""

    async def keep(self, job: Job | None, items: Sequence[JobItem] = (), also: Sequence[Write] = ()) -> None:
        """Add or update a job and items, and make other changes, in one transaction."""

    async def listed(self) -> tuple[tuple[Job, tuple[JobItem, ...]], ...]:
        """Return all jobs with their items by position, the one begun last first."""

    async def delete(self, job_ids: Sequence[str]) -> None:
        """Soft-delete jobs; `restore` undoes it."""

    async def restore(self, job_ids: Sequence[str]) -> None: ...


class NotNow(Exception):
    """Raised right before a request would leave: its job was paused, or goes on with another service, meanwhile.

    The call waits in the queue again.
    """


class CallProgress(NamedTuple):
    """What a runner reports while it makes a call.

    Attributes:
        sending: await it right before a request leaves, with the id of the service it goes to; afterwards it may have
            been billed. Raises StorageError or NotNow, and then the request must not leave.
        refused: await it when the service refused the request, so that nothing was billed and it will be repeated.
        is_kept: asked about an error that came before anything was sent: whether the call stays in the queue, whose
            job is paused for this error. Then nothing is to be recorded about the call, and the error is passed on.
    """

    sending: Callable[[str, Sequence[Write]], Awaitable[None]]
    refused: Record
    is_kept: Callable[[WorkbenchError], bool]


class JobRunner(Protocol):
    """Makes the calls of one kind of job."""

    async def run(self, job: Job, item: JobItem, progress: CallProgress) -> float | None:
        """Make one call and return its cost in the job's currency, None if unknown.

        Cancelled when the call is stopped. Passes NotNow on. Raises WorkbenchError; with the parameter `sent` if the
        request had left and its answer did not come completely.
        """

    async def prepare_repeat(
        self, job: Job, items: Sequence[JobItem], record: Callable[[Sequence[str], Sequence[Write]], Awaitable[None]]
    ) -> None:
        """Prepare to make calls once more. Raises WorkbenchError, and then they are not made.

        Calls `record` with their new subjects, in the same order, and with what is to be stored about these.
        """

    async def drop(self, items: Sequence[JobItem], record: Record) -> None:
        """Discard calls that were never made. `record` stores that. Raises WorkbenchError."""

    async def completed(self, subjects: Sequence[str]) -> Collection[str]:
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
