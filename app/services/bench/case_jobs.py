"""Runs cases for jobs: connects the job queue to the service of test cases."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import TYPE_CHECKING

from app.core.cases import Cell, result_key
from app.core.jobs import Job, JobItem
from app.services.jobs.ports import CallProgress, Record, Write

if TYPE_CHECKING:  # Most runs of the program have no cases.
    from app.services.bench.cases import Cases
    from app.services.bench.ports import CaseResultStore
    from app.services.jobs.queue import JobQueue

ANSWERS, JUDGEMENTS = "case-answers", "case-judgements"
"""What the queue calls jobs that ask for answers, which are then judged, and jobs that only judge."""
JUDGED = "#"
"""Separates the id of an answer from that of an attempt to have it judged."""
_OWNER = "cases "


def owner_of(set_id: str) -> str:
    """The owner of the jobs of a set."""
    return _OWNER + set_id


def owning_cases(owner: str) -> str:
    """The id of the set that jobs of this owner belong to; empty if they belong to none."""
    return owner.removeprefix(_OWNER) if owner.startswith(_OWNER) else ""


def settle_lost(queue: JobQueue, set_id: str, cells: Collection[Cell]) -> None:
    """Give up lost answers that are asked for again, so that the list of jobs does not ask what to do about them."""
    for status in queue.jobs():
        if status.job.owner == owner_of(set_id) and status.job.kind == ANSWERS and status.lost:
            lost = [result_key(item.subject) for item in queue.items(status.job.id) if item.state == "lost"]
            if all(Cell(key.case_id, key.version_id) in cells for key in lost):
                queue.abandon_lost(status.job.id)


class CaseJobs:
    """The runner of jobs whose items are cells. An item's subject is the id of the answer, with an attempt to judge."""

    def __init__(self, results: CaseResultStore, cases: Callable[[], Cases]) -> None:
        """`cases` creates the service on first use: jobs of earlier runs are listed without."""
        self._results = results
        self._cases = cases

    async def run(self, job: Job, item: JobItem, progress: CallProgress) -> float | None:
        """Ask for one answer and have it judged, or only that; return the cost."""
        if job.kind == JUDGEMENTS:
            return await self._cases().calls.judge(item.subject, progress)
        return await self._cases().calls.answer(item.subject, job.model, progress)

    async def prepare_repeat(
        self, job: Job, items: Sequence[JobItem], record: Callable[[Sequence[str], Sequence[Write]], Awaitable[None]]
    ) -> None:
        """Ask again, for answers of their own."""
        await record([self._cases().calls.new_subject(item.subject) for item in items], ())

    async def drop(self, items: Sequence[JobItem], record: Record) -> None:
        """Nothing was made, so there is nothing to remove."""
        await record(())
        self._cases().calls.dropped([item.subject for item in items])

    async def completed(self, subjects: Sequence[str]) -> Collection[str]:
        """The subjects whose answer came completely. Whether a judgement is missing is seen in it."""
        answers = {subject: subject.partition(JUDGED)[0] for subject in subjects}
        complete = await self._results.complete(tuple(answers.values()))
        return {subject for subject, answer in answers.items() if answer in complete}

    def expected_cost(self, job: Job, count: int) -> tuple[float | None, str]:
        """Unknown here: it depends on what is sent; see `Cases.plan`."""
        return self._cases().expected_cost(job.model)
