"""Reads takes back for jobs: connects the job queue to the checks of words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import TYPE_CHECKING

from app.core.errors import Code, StorageError
from app.core.jobs import Job, JobItem
from app.core.messages import Usage, new_id
from app.services.jobs.ports import CallProgress, Record, Write

if TYPE_CHECKING:  # These import numpy, which a user who only chats never loads.
    from app.services.speech.ports import TakeStore
    from app.services.speech.word_checks import WordChecks

JOB_KIND = "read-back"
"""What the queue calls jobs that read takes back."""
CostOf = Callable[[str, Usage], tuple[float | None, str]]
"""Returns the cost of a call of a model with the active service, None if unknown, and the currency."""
_SEPARATOR = "/"


class WordCheckJobs:
    """The runner of jobs whose items read takes back. An item's subject is a check of its own: see `new_subject`."""

    def __init__(self, takes: TakeStore, checks: Callable[[], WordChecks], cost_of: CostOf) -> None:
        """`checks` creates the service on first use: it is heavy, and jobs of earlier runs are listed without."""
        self._takes = takes
        self._checks = checks
        self._cost_of = cost_of

    async def run(self, job: Job, item: JobItem, progress: CallProgress) -> float | None:
        """Read one take back and return the cost."""
        take_id, check_id = parts_of(item.subject)
        used = await self._checks().check(take_id, check_id, job.model, progress, interactive=item.interactive)
        return self._cost_of(job.model, used)[0]

    async def prepare_repeat(
        self, job: Job, items: Sequence[JobItem], record: Callable[[Sequence[str], Sequence[Write]], Awaitable[None]]
    ) -> None:
        """Check the same takes again."""
        await record([new_subject(parts_of(item.subject)[0]) for item in items], ())

    async def drop(self, items: Sequence[JobItem], record: Record) -> None:
        """Nothing was made, so there is nothing to remove."""
        await record(())

    async def completed(self, subjects: Sequence[str]) -> Collection[str]:
        """The subjects whose result is stored with the take."""
        found: set[str] = set()
        for subject in subjects:
            take_id, check_id = parts_of(subject)
            try:
                take = await self._takes.get(take_id)
            except StorageError as error:
                if error.code is not Code.NOT_KEPT:
                    raise
                continue  # It was deleted meanwhile.
            if take.read_back is not None and take.read_back.id == check_id:
                found.add(subject)
        return found

    def expected_cost(self, job: Job, count: int) -> tuple[float | None, str]:
        """Free or unknown: it depends on the length of the sound; see `WordChecks.estimate`."""
        cost, currency = self._cost_of(job.model, Usage(audio_seconds=1.0))
        return None if cost else cost, currency


def new_subject(take_id: str) -> str:
    """The subject of a new check of a take; no other check has the same."""
    return f"{take_id}{_SEPARATOR}{new_id()}"


def parts_of(subject: str) -> tuple[str, str]:
    """The ids of the take and of the check."""
    take_id, _, check_id = subject.rpartition(_SEPARATOR)
    return take_id, check_id
