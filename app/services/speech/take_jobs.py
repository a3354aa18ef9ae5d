"""Makes the takes of jobs: connects the job queue to the take service."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import TYPE_CHECKING

from app.core.jobs import Job, JobItem
from app.core.takes import Take
from app.services.jobs.ports import CallProgress, Record, Write

if TYPE_CHECKING:  # These import numpy, which a user who only chats never loads.
    from app.services.speech.ports import TakeStore
    from app.services.speech.take_service import TakeService

JOB_KIND = "takes"
"""What the queue calls jobs that make takes."""
CostOf = Callable[[Take], float | None]
"""Returns the cost of a finished take in the currency of the job, None if unknown."""


class TakeJobs:
    """The runner of jobs whose items make takes. An item's subject is the id of its take."""

    def __init__(
        self, takes: TakeStore, service: Callable[[], TakeService], *, cost_of: CostOf,
        expected_cost: Callable[[str, int], tuple[float | None, str]],
    ) -> None:  # fmt: skip
        """`service` creates the take service on first use: it is heavy, and jobs of earlier runs are listed without.

        `expected_cost` returns the cost of a number of takes of a model, and its currency.
        """
        self._takes = takes
        self._service = service
        self._cost_of = cost_of
        self._expected_cost = expected_cost

    async def run(self, job: Job, item: JobItem, progress: CallProgress) -> float | None:
        """Make a take and return its cost."""
        take = await self._service().make(item.subject, progress, interactive=item.interactive)
        return self._cost_of(take)

    async def prepare_repeat(
        self, job: Job, items: Sequence[JobItem], record: Callable[[Sequence[str], Sequence[Write]], Awaitable[None]]
    ) -> None:
        """Queue new takes with the settings of those that failed or were lost."""
        await self._service().queue_again([item.subject for item in items], record)

    async def drop(self, items: Sequence[JobItem], record: Record) -> None:
        """Remove takes that were never made."""
        await self._service().drop([item.subject for item in items], record)

    async def completed(self, subjects: Sequence[str]) -> Collection[str]:
        """The ids of the takes that are complete, even if they were deleted or joined into another one meanwhile."""
        return await self._takes.complete(subjects)

    def expected_cost(self, job: Job, count: int) -> tuple[float | None, str]:
        """The expected cost of `count` takes of the job's model, and its currency."""
        return self._expected_cost(job.model, count)
